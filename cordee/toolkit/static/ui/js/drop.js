// Files dropped anywhere on a form with data-drop go in its file field and are sent at once.

const fieldOf = (target) => target.closest?.("form[data-drop]")?.querySelector("input[type=file]");
const holdsFiles = (event) => event.dataTransfer?.types.includes("Files");

document.addEventListener("dragover", (event) => {
  if (fieldOf(event.target) && holdsFiles(event)) event.preventDefault();
});
document.addEventListener("drop", (event) => {
  const field = fieldOf(event.target);
  if (!field || !holdsFiles(event)) return;
  event.preventDefault();
  field.files = event.dataTransfer.files;
  field.form.requestSubmit();
});
