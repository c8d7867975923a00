// Taking attendance at the keyboard: up and down change the person, a letter marks and goes on.

const ROSTER = "[data-roster]";
const rowOf = (element) => element.closest?.(`${ROSTER} .person`);
const rows = (roster) => [...roster.querySelectorAll(".person")];
const choice = (row) => row.querySelector("input[type=radio]:checked") ?? row.querySelector("input[type=radio]");
let focused = "";

function go(row, step) {
  const all = rows(row.closest(ROSTER));
  const next = all[all.indexOf(row) + step];
  if (next) choice(next)?.focus();
}

function mark(row, key) {
  const radio = row.querySelector(`input[type=radio][data-key="${CSS.escape(key)}"]:not(:disabled)`);
  if (!radio) return false;
  if (radio.checked) radio.focus();
  else radio.click();
  go(row, 1);
  return true;
}

document.addEventListener("keydown", (event) => {
  const row = rowOf(event.target);
  if (!row || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Enter" && event.target.matches("input")) {
    event.preventDefault(); // it would send the whole form; what changed is saved by itself
    if (event.target.type !== "radio") choice(row)?.focus();
  } else if (event.target.type === "radio") {
    type(event, row);
  }
});

function type(event, row) {
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault(); // the browser would change the mark
    go(row, event.key === "ArrowDown" ? 1 : -1);
  } else if (mark(row, event.key.toLowerCase())) {
    event.preventDefault();
  }
}

// What others changed never takes away what is not saved, not chosen or still being typed here: such a row waits for
// its own answer, and a page that has one is not loaded again.
const edited = (row) => [...row.querySelectorAll(".more input:not([type=hidden])")].some((one) => one.value !== one.defaultValue);
const pending = (row) => row.matches("[data-unsaved]") || row.querySelector("[data-choice]") || edited(row);

document.addEventListener("htmx:oobBeforeSwap", (event) => {
  const { target, fragment } = event.detail;
  const news = target.matches(`${ROSTER} .person`) && !fragment.querySelector("[data-answer]");
  if (news && pending(target)) event.detail.shouldSwap = false;
  // Nor does the answer to a mark take away the reason one is writing since.
  const writes = target.matches(`${ROSTER} .more`) && target.contains(document.activeElement) && edited(rowOf(target));
  if (writes && !fragment.querySelector("[data-answer]")) event.detail.shouldSwap = false;
});
document.addEventListener("htmx:beforeOnLoad", (event) => {
  const reloads = event.detail.xhr.getResponseHeader("HX-Refresh");
  if (reloads && [...document.querySelectorAll(`${ROSTER} .person`)].some(pending)) event.preventDefault();
});

// The server's answer replaces the row, or part of it: what had the focus has it again.
document.addEventListener("htmx:beforeSwap", () => {
  focused = rowOf(document.activeElement)?.id ?? "";
});
document.addEventListener("htmx:afterSwap", giveFocusBack);
document.addEventListener("htmx:oobAfterSwap", giveFocusBack);

function giveFocusBack() {
  const row = focused && document.getElementById(focused);
  if (!row || document.activeElement !== document.body) return;
  (row.querySelector("[data-choice] button") ?? choice(row))?.focus();
}
