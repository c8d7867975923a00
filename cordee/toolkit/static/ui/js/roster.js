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
  if (!row || event.target.type !== "radio" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault(); // the browser would change the mark
    go(row, event.key === "ArrowDown" ? 1 : -1);
  } else if (mark(row, event.key.toLowerCase())) {
    event.preventDefault();
  }
});

// The server's answer replaces the row: what had the focus has it again.
document.addEventListener("htmx:beforeSwap", (event) => {
  const row = rowOf(document.activeElement);
  focused = row && event.detail.target.contains(document.activeElement) ? row.id : "";
});
document.addEventListener("htmx:afterSwap", () => {
  const row = focused && document.getElementById(focused);
  if (row && document.activeElement === document.body) choice(row)?.focus();
});
