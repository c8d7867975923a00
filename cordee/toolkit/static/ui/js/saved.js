// The state of what was typed: « Envoi… », « Enregistré à 9 h 12 », « Échec, rien n’est perdu : réessayer ».

const ZONE = "America/Toronto";
const REFUSED = new Set([403, 409, 422]);
const waiting = new Set();
const failed = new Set();
const state = () => document.querySelector("[data-saved]");
const saves = (event) => event.target.closest?.("[data-saves]");

function hour() {
  const format = { hour: "numeric", minute: "2-digit", timeZone: ZONE };
  return new Intl.DateTimeFormat(document.documentElement.lang, format).format(new Date());
}

function show() {
  const place = state();
  if (!place) return;
  const words = place.dataset;
  place.classList.toggle("bad", failed.size > 0);
  if (failed.size > 0) {
    const retry = Object.assign(document.createElement("button"), { type: "button", textContent: words.savedRetry });
    retry.dataset.retry = "";
    place.replaceChildren(`${words.savedFailed} `, retry);
  } else {
    place.textContent = waiting.size > 0 ? words.savedSending : words.savedDone.replace("{hour}", hour());
  }
}

document.addEventListener("htmx:beforeRequest", (event) => {
  const source = saves(event);
  if (!source) return;
  waiting.add(source);
  failed.delete(source);
  show();
});

document.addEventListener("htmx:afterRequest", (event) => {
  const source = event.detail.requestConfig?.elt.closest("[data-saves]"); // the target may be gone by now
  if (!source) return;
  waiting.delete(source);
  // A refusal is an answer: it says what to do, and trying the same again would be refused again.
  if (!event.detail.successful && !REFUSED.has(event.detail.xhr.status)) failed.add(source);
  show();
});

document.addEventListener("click", (event) => {
  if (!event.target.closest("[data-retry]")) return;
  for (const source of failed) window.htmx.trigger(source, "change");
});

// Leaving while something is not saved asks first.
window.addEventListener("beforeunload", (event) => {
  if (waiting.size || failed.size) event.preventDefault();
});
