// Nothing typed is ever lost: a form with data-guard="name" is kept in this tab until it was received.

const PREFIX = "guard:";
const SENT = "guard-sent:";
const SKIPPED = new Set(["hidden", "password", "file", "submit", "button"]);

const keyOf = (form) => form.dataset.guard || form.getAttribute("action") || location.pathname;
const fields = (form) => [...form.elements].filter((field) => field.name && !SKIPPED.has(field.type));
const ticked = (field) => field.type === "checkbox" || field.type === "radio";

function keep(form) {
  const typed = fields(form).map((field) => [field.name, ticked(field) ? [field.value, field.checked] : field.value]);
  sessionStorage.setItem(PREFIX + keyOf(form), JSON.stringify(typed));
}

function forget(key) {
  sessionStorage.removeItem(PREFIX + key);
  sessionStorage.removeItem(SENT + key);
}

function giveBack(form) {
  const kept = JSON.parse(sessionStorage.getItem(PREFIX + keyOf(form)) || "[]");
  const waiting = fields(form);
  for (const [name, value] of kept) {
    const index = waiting.findIndex(
      (field) => field.name === name && (!Array.isArray(value) || field.value === value[0]),
    );
    if (index < 0) continue;
    const [field] = waiting.splice(index, 1);
    if (Array.isArray(value)) field.checked = value[1];
    else field.value = value;
  }
}

// The page that answers a sent form received it, unless it is a refusal or the same form again.
function settle() {
  if (document.querySelector("[data-refusal]")) return;
  const received = document.querySelector("[data-flash].ok");
  const here = new Set([...document.querySelectorAll("form[data-guard]")].map(keyOf));
  for (const name of Object.keys(sessionStorage)) {
    if (!name.startsWith(SENT)) continue;
    const key = name.slice(SENT.length);
    if (received || !here.has(key)) forget(key);
  }
}

settle();
for (const form of document.querySelectorAll("form[data-guard]")) {
  if (!form.querySelector("[aria-invalid=true]")) giveBack(form);
}

document.addEventListener("input", (event) => {
  const form = event.target.closest("form[data-guard]");
  if (form) keep(form);
});
document.addEventListener("submit", (event) => {
  if (event.target.matches("form[data-guard]")) sessionStorage.setItem(SENT + keyOf(event.target), "1");
});
document.addEventListener("htmx:afterRequest", (event) => {
  const form = event.detail.requestConfig?.elt.closest("form[data-guard]");
  if (form && event.detail.successful) forget(keyOf(form));
});
