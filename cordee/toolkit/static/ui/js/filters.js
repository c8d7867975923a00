// A list's filters apply by themselves. Without JavaScript the form has its own button.

const WAIT = 300; // milliseconds after the last key
const timers = new WeakMap();

function address(form) {
  const filled = [...new FormData(form)].filter(([, value]) => value !== "");
  const query = new URLSearchParams(filled).toString();
  return query ? `?${query}` : location.pathname;
}

function apply(form) {
  clearTimeout(timers.get(form));
  const target = form.dataset.filtersTarget;
  if (!target || !window.htmx) {
    location.assign(address(form));
    return;
  }
  history.replaceState(null, "", address(form));
  window.htmx.ajax("GET", location.href, { target, swap: "outerHTML", source: form });
}

document.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-filters]")) return;
  event.preventDefault();
  apply(event.target);
});

document.addEventListener("change", (event) => {
  const form = event.target.closest("[data-filters]");
  if (form && event.target.type !== "search") apply(form);
});

document.addEventListener("input", (event) => {
  const form = event.target.closest("[data-filters]");
  if (!form?.dataset.filtersTarget || event.target.type !== "search") return;
  clearTimeout(timers.get(form));
  timers.set(form, setTimeout(() => apply(form), WAIT));
});

// « Tout prendre » : the box in a table's head ticks those of its rows.
document.addEventListener("change", (event) => {
  if (!event.target.matches("[data-take-all]")) return;
  for (const box of event.target.closest("table").querySelectorAll("tbody input[type=checkbox]:not(:disabled)")) {
    box.checked = event.target.checked;
  }
});
