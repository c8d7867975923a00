// The state of what was typed: « Envoi… », « Enregistré à 9 h 12 », « Échec, réessayer ».
// What is not received yet keeps `data-unsaved`. What stands in a `data-queue` is kept here until it is received: it is
// never lost, and « Hors ligne, 3 changements gardés ici » is said when its queue says so (`marks:kept`).

const ZONE = "America/Toronto";
const REFUSED = new Set([403, 409, 422]);
const senders = new WeakMap(); // request → what it saves: the answer may take its button out of the page
const waiting = new Set();
const failed = new Map(); // what was not received → what sends it again
const refused = new Set(); // ids: a refusal replaces the element
let kept = { count: 0, away: false, silent: false };
const state = () => document.querySelector("[data-saved]");
const queued = (source) => source.closest("[data-queue]") !== null;

function hour() {
  const format = { hour: "numeric", minute: "2-digit", timeZone: ZONE };
  return new Intl.DateTimeFormat(document.documentElement.lang, format).format(new Date());
}

function show() {
  const place = state();
  if (!place) return;
  const words = place.dataset;
  place.classList.toggle("bad", failed.size > 0);
  place.classList.toggle("warn", failed.size === 0 && (refused.size > 0 || (kept.away && kept.count > 0)));
  if (failed.size > 0) {
    offerAgain(place, words.savedFailed);
  } else if (kept.away && kept.count > 0) {
    offerAgain(place, keptWords(words));
  } else if (waiting.size > 0 || kept.count > 0) {
    place.textContent = words.savedSending;
  } else {
    place.textContent = refused.size > 0 ? words.savedRefused : words.savedDone.replace("{hour}", hour());
  }
}

function offerAgain(place, text) {
  const retry = Object.assign(document.createElement("button"), { type: "button", textContent: place.dataset.savedRetry });
  retry.dataset.retry = "";
  place.replaceChildren(`${text} `, retry);
}

function keptWords(words) {
  const amount = kept.count === 1 ? words.savedKeptOne : words.savedKeptMany.replace("{count}", kept.count);
  return `${kept.silent ? words.savedAway : words.savedUnheard} ${amount}`;
}

function sending(source, request) {
  senders.set(request, source);
  waiting.add(source);
  failed.delete(source);
  source.dataset.unsaved = "";
}

function answered(source, { successful, xhr, requestConfig }) {
  // A refusal is an answer: it says what to do, and trying the same again would be refused again.
  const received = successful || REFUSED.has(xhr.status);
  waiting.delete(source);
  refused.delete(source.id);
  if (!received && !queued(source)) failed.set(source, requestConfig.elt);
  else if (!successful) refused.add(source.id);
  if (received) delete source.dataset.unsaved;
}

document.addEventListener("htmx:beforeRequest", (event) => {
  const source = event.target.closest?.("[data-saves]");
  if (!source) return;
  sending(source, event.detail.xhr);
  show();
});

document.addEventListener("htmx:afterRequest", (event) => {
  const source = senders.get(event.detail.xhr);
  if (!source) return;
  answered(source, event.detail);
  show();
});

document.addEventListener("click", (event) => {
  if (!event.target.closest("[data-retry]")) return;
  for (const [source, sender] of failed) window.htmx.trigger(sender, sender === source ? "change" : "click");
});

document.addEventListener("marks:kept", (event) => {
  kept = event.detail;
  show();
});

// Leaving while something is not saved asks first.
window.addEventListener("beforeunload", (event) => {
  if (failed.size || [...waiting].some((source) => !queued(source))) event.preventDefault();
});
