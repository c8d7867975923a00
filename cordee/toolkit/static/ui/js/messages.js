// What the service says: messages that one closes, failures that HTMX alone would keep silent.

const region = () => document.getElementById("messages");
const REFUSED = new Set([403, 409, 422, 503]); // their answer is itself a message (see htmx-config)

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-dismiss]");
  button?.closest("[data-flash]")?.remove();
});

// What saves as one types says its failures itself; what only looks for news has nothing to lose.
function sayFailure(event) {
  if (event.target.closest?.("[data-saves], [data-quiet]")) return;
  const template = document.getElementById("failure");
  if (!template || region().querySelector("[data-failure]")) return;
  const flash = template.content.firstElementChild.cloneNode(true);
  flash.dataset.failure = "";
  region().append(flash);
}

document.addEventListener("htmx:responseError", (event) => {
  if (!REFUSED.has(event.detail.xhr.status)) sayFailure(event);
});
document.addEventListener("htmx:sendError", sayFailure);
document.addEventListener("htmx:timeout", sayFailure);
document.addEventListener("htmx:afterRequest", (event) => {
  if (event.detail.successful) region().querySelector("[data-failure]")?.remove();
});

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-back]") && history.length > 1) {
    event.preventDefault(); // going back keeps what was typed
    history.back();
  }
});

document.querySelector("[data-focus]")?.focus();
