// Marks are kept in this browser before they are sent and until they are answered: what is made without a network, or
// just before the browser dies, arrives later, once and in order. Without IndexedDB, HTMX sends them as ever.

const list = document.querySelector("[data-marks]");
const note = document.querySelector("[data-away]");
const undecided = document.querySelector("[data-undecided]");
const foreign = document.querySelector("[data-foreign]");
const { page, owner } = list.dataset;
const LOCK = `queue ${page}`; // one tab sends at a time
const late = new Set(); // acts made without a network or not sent at once: refused, they are kept until one decides
const refused = new Set(); // acts the server said no to since this page was loaded
let database = null;
let away = document.documentElement.dataset.keptPage !== undefined || !navigator.onLine;
let silent = away; // no answer at all; else the server answered that it could not
let told; // how many were last said to wait
let channel = null;

const rowOf = (act) => document.getElementById(`person-${act.person}`);
const result = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

function opened() {
  const request = indexedDB.open("marks", 1);
  request.onupgradeneeded = () => request.result.createObjectStore("acts", { keyPath: "order", autoIncrement: true });
  return result(request);
}

const acts = (mode) => database.transaction("acts", mode, { durability: "strict" }).objectStore("acts");
const ours = (all) => all.filter((act) => act.owner === owner && act.page === page);
const queue = async () => ours(await result(acts("readonly").getAll()));

async function keep(act) {
  const store = acts("readwrite");
  const before = ours(await result(store.getAll())).filter((one) => one.person === act.person);
  await result(store.add({ ...act, after: before.at(-1)?.id ?? "" }));
  channel.postMessage("kept");
}

// A line that was answered has nothing left to say of what was made of it before.
async function settle(act) {
  const store = acts("readwrite");
  const done = ours(await result(store.getAll())).filter(({ person, order }) => person === act.person && order <= act.order);
  for (const one of done) {
    store.delete(one.order);
    refused.delete(one.id);
  }
  channel.postMessage("settled");
}

function made(row, source) {
  const person = row.id.slice("person-".length);
  const mine = source.name === "mine" ? "mine-" : "";
  const field = (name, which = "") => row.querySelector(`[name="${name}-${person}"]${which}`)?.value;
  const portion = (mine ? field("mine-portion") : field("portion", ":checked")) ?? "";
  // What the person said in declining is the reason of their absence, until one gives another or takes it away.
  const said = portion === "none" ? row.dataset.said : "";
  return {
    id: crypto.randomUUID(),
    owner,
    page,
    person,
    url: row.getAttribute("hx-post"),
    name: row.querySelector(".who b").textContent,
    portion,
    reason: field(`${mine}reason`) ?? said ?? "",
    version: field("version") ?? "",
    made: Date.now(),
  };
}

function parcel({ person, portion, reason, version, id, after, made }) {
  const age = Math.max(0, Math.round((Date.now() - made) / 1000));
  const fields = { [`portion-${person}`]: portion, [`reason-${person}`]: reason, [`version-${person}`]: version };
  return { ...fields, act: id, after, age, owner };
}

const token = () => document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1];

// HTMX sends it, so that the answer takes its place in the line; a line that takes no marks has no place for it.
async function deliver(act) {
  let answer = null;
  const row = rowOf(act);
  const where = row?.hasAttribute("hx-post") ? { source: row } : { source: undecided, target: "#messages", swap: "none" };
  const hear = ({ detail }) => {
    if (detail.requestConfig?.parameters.act === act.id) answer = detail.xhr;
  };
  if (!token()) await fetch(page).catch(() => undefined); // a browser that was killed may have lost it
  if (!token()) return null; // the page came from what is kept: unsigned, the mark would be refused and not tried again
  document.addEventListener("htmx:afterRequest", hear);
  await window.htmx.ajax("POST", act.url, { ...where, values: parcel(act) }).catch(() => undefined);
  document.removeEventListener("htmx:afterRequest", hear);
  return answer;
}

async function answered(act, answer) {
  const status = answer?.status ?? 0;
  const asksToSignIn = answer?.getResponseHeader("HX-Redirect");
  silent = status === 0;
  away = silent || status >= 500;
  if (away || asksToSignIn || status === 403) late.add(act.id);
  if (away || asksToSignIn) return false;
  if (status >= 400 && late.has(act.id)) refused.add(act.id);
  else await settle(act);
  return true;
}

async function send() {
  await navigator.locks.request(LOCK, async () => {
    let goesOn = true;
    while (goesOn) {
      const act = (await queue()).find(({ id }) => !refused.has(id));
      goesOn = act !== undefined && (await answered(act, await deliver(act)));
    }
  });
  await show();
}

async function show() {
  const kept = await result(acts("readonly").getAll());
  const all = ours(kept);
  const waiting = all.filter(({ id }) => !refused.has(id));
  for (const row of list.querySelectorAll(".person")) {
    const act = waiting.findLast((one) => rowOf(one) === row);
    row.toggleAttribute("data-unsaved", act !== undefined);
    showWaiting(row, away ? act : undefined);
  }
  note.hidden = !away;
  foreign.hidden = !kept.some((act) => act.page === page && act.owner !== owner);
  showUndecided(all.filter((act) => refused.has(act.id) && !rowOf(act)?.querySelector("[data-choice]")));
  remember(all.length);
  tell(waiting.length);
}

// Other pages recall it (`kept.js`).
function remember(count) {
  const key = `unsent|${owner}`;
  const pages = JSON.parse(localStorage.getItem(key) ?? "{}");
  if (count) pages[page] = count;
  else delete pages[page];
  localStorage.setItem(key, JSON.stringify(pages));
}

// `saved.js` says it where one looks for what is saved.
function tell(count) {
  if (told === undefined && !count) return;
  told = count;
  document.dispatchEvent(new CustomEvent("marks:kept", { detail: { count, away, silent } }));
}

function showWaiting(row, act) {
  row.querySelector("[data-waiting]")?.remove();
  if (!act) return;
  row.querySelector(".src").append(document.getElementById("waiting").content.cloneNode(true));
  showReason(row, act);
}

// The server gives an absence the place of its reason; meanwhile it is made here.
function showReason(row, { person, portion, reason }) {
  const place = row.querySelector(".more");
  const field = place.querySelector(`[name="reason-${person}"]`);
  if (portion !== "none") {
    place.querySelector("label")?.remove();
    field?.remove();
  } else if (!field) {
    const made = document.getElementById("reason").content.cloneNode(true);
    made.querySelector("label").htmlFor = made.querySelector("input").id = `why-${person}`;
    Object.assign(made.querySelector("input"), { name: `reason-${person}`, value: reason });
    place.append(made);
  }
}

function showUndecided(some) {
  const items = some.map((act) => {
    const item = document.getElementById("undecided").content.firstElementChild.cloneNode(true);
    const words = item.dataset[act.portion] ?? "";
    item.querySelector("[data-name]").textContent = act.name;
    item.querySelector("[data-what]").textContent = act.reason ? `${words}, ${act.reason}` : words;
    const correction = item.querySelector("a");
    const asked = new URLSearchParams({ portion: act.portion, reason: act.reason });
    if (correction) correction.href = `${act.url}correction/?${asked}`;
    item.querySelector("button").addEventListener("click", () => settle(act).then(show));
    return item;
  });
  undecided.hidden = items.length === 0;
  undecided.querySelector("ul").replaceChildren(...items);
}

// What was kept is shown again as it was left; the version it names stays the one it was made from.
async function restore() {
  for (const act of await queue()) {
    late.add(act.id);
    const row = rowOf(act);
    const radio = row?.querySelector(`input[type=radio][value="${CSS.escape(act.portion)}"]`);
    if (!radio) continue;
    radio.checked = true;
    showReason(row, act);
    const field = row.querySelector(`[name="reason-${act.person}"]`);
    if (field) field.value = act.reason;
  }
}

function take(event) {
  const { triggeringEvent, issueRequest } = event.detail;
  const row = event.target.closest?.("[data-marks] .person");
  if (!row || !triggeringEvent) return;
  event.preventDefault();
  tell((told ?? 0) + 1);
  const act = made(row, event.target);
  if (away) late.add(act.id); // the network may be back before it is sent
  keep(act).then(send, () => issueRequest(true));
}

// The page signs what it sends with the token of the day it was loaded; someone may have signed in since.
function sign(event) {
  if (token()) event.detail.headers["X-CSRFToken"] = token();
}

// The page asks for news every few seconds: how it knows whether the network is there.
async function listen(event) {
  if (event.target.id !== "watch") return;
  const was = away;
  silent = event.detail.xhr.status === 0;
  away = silent;
  if (!away && (await queue()).some(({ id }) => !refused.has(id))) send();
  else if (was !== away) show();
}

// What asks for another page would lose this one.
function stay(event) {
  if (!away || !event.target.closest?.("main a[href], main form button[type=submit]")) return;
  event.preventDefault();
  note.scrollIntoView({ block: "center" });
  ask();
}

function ask() {
  const watch = document.getElementById("watch");
  if (watch) window.htmx.trigger(watch, "news");
}

async function start() {
  database = await opened();
  channel = new BroadcastChannel(LOCK);
  list.dataset.queue = "";
  document.addEventListener("htmx:confirm", take);
  document.addEventListener("htmx:configRequest", sign);
  document.addEventListener("htmx:afterRequest", listen);
  document.addEventListener("click", stay, { capture: true });
  document.addEventListener("click", (event) => event.target.closest("[data-retry]") && send());
  window.addEventListener("online", send);
  window.addEventListener("offline", () => {
    away = silent = true;
    show();
  });
  channel.addEventListener("message", ({ data }) => show().then(() => data === "settled" && ask()));
  await restore();
  await show();
  await send();
  if (away) ask();
}

if (window.isSecureContext && "indexedDB" in window && navigator.locks) start();
