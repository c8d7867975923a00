// « ? » shows the shortcuts, « / » searches the page.

const typing = (element) => element.closest?.("input:not([type=radio], [type=checkbox]), select, textarea, [contenteditable]");
const dialog = document.getElementById("keys");

const roster = dialog?.querySelector("[data-keys-roster]");
if (roster && document.querySelector("[data-roster]")) dialog.querySelector(".keys").append(roster.content);

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  if (event.key === "?" && dialog && !dialog.open) {
    event.preventDefault();
    dialog.showModal();
  } else if (event.key === "/") {
    const field = [...document.querySelectorAll("[data-search]")].find((candidate) => candidate.checkVisibility());
    if (!field) return;
    event.preventDefault();
    field.focus();
    field.select();
  }
});

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-keys-open]")) dialog?.showModal();
  if (event.target.matches("dialog[open]")) event.target.close(); // the backdrop
});
