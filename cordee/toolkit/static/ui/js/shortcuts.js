// « ? » shows the shortcuts, « / » searches the page.

const typing = (element) => element.closest?.("input:not([type=radio], [type=checkbox]), select, textarea, [contenteditable]");
const dialog = document.getElementById("keys");

for (const [page, keys] of [["[data-roster]", "[data-keys-roster]"], ["[data-key]", "[data-keys-calendar]"]]) {
  const more = dialog?.querySelector(keys);
  if (more && document.querySelector(page)) dialog.querySelector(".keys").append(more.content);
}

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
  } else if (event.key.startsWith("Arrow") && !event.shiftKey && !event.target.closest?.("[role=group], fieldset, nav.views")) {
    document.querySelector(`[data-key="${event.key}"]`)?.click();
  }
});

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-keys-open]")) dialog?.showModal();
  if (event.target.matches("dialog[open]")) event.target.close(); // the backdrop
});
