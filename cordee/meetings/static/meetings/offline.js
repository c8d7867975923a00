// The roster opened once opens again without a network: what it shows is kept for its worker, for the person signed in
// and for a week, until the attendance is validated (decision 6).

const list = document.querySelector("[data-marks]");
const { page, owner, worker } = list.dataset;
const DAY = 86_400_000;
const DAYS = 7;
const SETTLED = 300;
let policy = "";
let later = 0;

const until = () => Math.ceil(Date.now() / DAY + DAYS) * DAY;
const name = () => `kept|${owner}|${until()}|${page}`;

async function forget(except = "") {
  for (const one of await caches.keys()) {
    if (one.startsWith("kept|") && one.endsWith(`|${page}`) && one !== except) await caches.delete(one);
  }
}

// What is shown now, marks received since included, as the server would have written it.
function copy() {
  const root = document.documentElement.cloneNode(true);
  const shown = list.querySelectorAll("input");
  root.querySelectorAll("[data-marks] input").forEach((field, index) => {
    if (field.type === "radio") field.toggleAttribute("checked", shown[index].checked);
    else field.setAttribute("value", shown[index].value);
  });
  root.dataset.keptPage = "";
  for (const one of root.querySelectorAll("[data-flash], [data-waiting], [data-undecided] li")) one.remove();
  for (const one of root.querySelectorAll("[data-unsaved]")) delete one.dataset.unsaved;
  for (const one of root.querySelectorAll("dialog[open]")) one.removeAttribute("open");
  for (const one of root.querySelectorAll("[style]")) one.removeAttribute("style"); // written by scripts, which come too
  return `<!doctype html>${root.outerHTML}`;
}

async function keep(cache) {
  const headers = { "Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": policy };
  await cache.put(page, new Response(copy(), { headers }));
}

function assets() {
  const all = [...document.querySelectorAll("head link[href], head script[src], use[href]")];
  return [...new Set(all.map((one) => (one.getAttribute("href") ?? one.src).split("#")[0]).filter(Boolean))];
}

async function start() {
  policy = (await fetch(worker, { method: "HEAD" })).headers.get("Content-Security-Policy");
  const cache = await caches.open(name());
  await cache.addAll(assets());
  await keep(cache);
  await forget(name());
  await navigator.serviceWorker.register(worker, { scope: page });
}

async function stop() {
  await forget();
  const registration = await navigator.serviceWorker.getRegistration(page);
  await registration?.unregister();
}

// The server's answers change what is to be kept.
async function again() {
  const names = await caches.keys();
  const mine = names.find((one) => one.startsWith(`kept|${owner}|`) && one.endsWith(`|${page}`));
  if (!mine) return;
  const cache = await caches.open(mine);
  policy ||= (await cache.match(page)).headers.get("Content-Security-Policy");
  await keep(cache);
}

if (window.isSecureContext && "serviceWorker" in navigator) {
  if (list.dataset.open === undefined) stop();
  else if (document.documentElement.dataset.keptPage === undefined) {
    start().catch(() => undefined); // the network went meanwhile: the next opening keeps it
  }
  document.addEventListener("htmx:afterSettle", () => {
    clearTimeout(later);
    later = setTimeout(again, SETTLED);
  });
}
