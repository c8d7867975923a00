// Typing from paper: a letter goes on to the next person, Enter and the arrows move, Escape empties the line.

const fields = (list) => [...list.querySelectorAll("input:not([type=hidden])")];

function go(field, step) {
  const all = fields(field.closest("[data-sheet]"));
  const next = all[all.indexOf(field) + step];
  next?.focus();
  next?.select();
  return Boolean(next);
}

document.addEventListener("keydown", (event) => {
  if (!event.target.matches?.("[data-sheet] input") || event.ctrlKey || event.metaKey || event.altKey) return;
  const step = { ArrowDown: 1, ArrowUp: -1, Enter: 1 }[event.key];
  if (step) {
    // On the last line Enter is left to the browser, which sends the form.
    if (go(event.target, step) || event.key !== "Enter") event.preventDefault();
  } else if (event.key === "Escape") {
    event.target.value = "";
  }
});

document.addEventListener("input", (event) => {
  if (event.target.matches?.("[data-sheet] input") && event.target.value) go(event.target, 1);
});

document.querySelector("[data-sheet] [aria-invalid]")?.focus();
