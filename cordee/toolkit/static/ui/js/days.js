// A date is typed as one likes; the browser's own calendar stands beside and writes in the same field.

for (const place of document.querySelectorAll("[data-day]")) place.hidden = false;

document.addEventListener("change", (event) => {
  const calendar = event.target.closest("[data-day] > input");
  const typed = calendar?.parentElement.previousElementSibling;
  if (!typed || !calendar.value) return;
  typed.value = calendar.value;
  typed.dispatchEvent(new Event("input", { bubbles: true }));
});

document.addEventListener("click", (event) => {
  event.target.closest("[data-day] > input")?.showPicker?.();
});
