// Ctrl+K: go to a page of the side bar, or to what the search finds.

const palette = document.getElementById("palette");
const plain = (text) => text.normalize("NFD").replace(/\p{Diacritic}/gu, "").toLowerCase();

function open() {
  if (!palette || palette.open) return;
  palette.showModal();
  palette.querySelector("input").select();
}

const links = () => [...palette.querySelectorAll("li:not([hidden]) > a")];

function filter(words) {
  for (const item of palette.querySelectorAll("[data-palette-links] > li")) {
    item.hidden = !plain(item.textContent).includes(plain(words));
  }
}

function move(step) {
  const shown = links();
  const index = shown.indexOf(document.activeElement) + step;
  if (index < 0) palette.querySelector("input").focus();
  else shown[Math.min(index, shown.length - 1)]?.focus();
}

document.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
    event.preventDefault();
    open();
  }
});

document.addEventListener("click", (event) => {
  if (!palette || !event.target.closest("[data-palette-open]")) return;
  event.preventDefault();
  document.getElementById("nav")?.hidePopover?.();
  open();
});

palette?.addEventListener("input", (event) => filter(event.target.value));
palette?.addEventListener("keydown", (event) => {
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    move(event.key === "ArrowDown" ? 1 : -1);
  } else if (event.key === "Enter" && event.target.matches("input") && links().length) {
    event.preventDefault();
    links()[0].click();
  }
});
