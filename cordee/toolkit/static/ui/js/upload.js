// A file chosen, or dropped anywhere on its zone, goes by itself. Without JavaScript the form has its own button.

const zoneOf = (event) => event.target.closest?.("[data-upload]");

document.addEventListener("change", (event) => {
  const zone = zoneOf(event);
  if (zone && event.target.type === "file" && event.target.files.length > 0) event.target.form.requestSubmit();
});

document.addEventListener("dragover", (event) => {
  if (zoneOf(event)) event.preventDefault();
});

document.addEventListener("drop", (event) => {
  const zone = zoneOf(event);
  const input = zone?.querySelector("input[type=file]");
  if (!input || event.target === input || event.dataTransfer.files.length === 0) return;
  event.preventDefault();
  input.files = event.dataTransfer.files;
  input.dispatchEvent(new Event("change", { bubbles: true }));
});
