// The state of what was typed: « Envoi… », « Enregistré à 9 h 12 », « Échec, réessayer ».
// What is not received yet keeps `data-unsaved`.

const ZONE = "America/Toronto";
const REFUSED = new Set([403, 409, 422]);
const senders = new WeakMap(); // request → what it saves: the answer may take its button out of the page
const waiting = new Set();
const failed = new Map(); // what was not received → what sends it again
const refused = new Set(); // ids: a refusal replaces the element
const state = () => document.querySelector("[data-saved]");

function hour() {
  const format = { hour: "numeric", minute: "2-digit", timeZone: ZONE };
  return new Intl.DateTimeFormat(document.documentElement.lang, format).format(new Date());
}

function show() {
  const place = state();
  if (!place) return;
  const words = place.dataset;
  place.classList.toggle("bad", failed.size > 0);
  place.classList.toggle("warn", failed.size === 0 && refused.size > 0);
  if (failed.size > 0) {
    const retry = Object.assign(document.createElement("button"), { type: "button", textContent: words.savedRetry });
    retry.dataset.retry = "";
    place.replaceChildren(`${words.savedFailed} `, retry);
  } else if (waiting.size > 0) {
    place.textContent = words.savedSending;
  } else {
    place.textContent = refused.size > 0 ? words.savedRefused : words.savedDone.replace("{hour}", hour());
  }
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
  if (!received) failed.set(source, requestConfig.elt);
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

// Leaving while something is not saved asks first.
window.addEventListener("beforeunload", (event) => {
  if (waiting.size || failed.size) event.preventDefault();
});
