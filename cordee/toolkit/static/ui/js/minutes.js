// Writing minutes: a small toolbar that types Markdown, a preview, and what others write coming in where one is not.

const PART = "[data-part]";
const areaOf = (element) => element.closest(PART)?.querySelector("textarea");
const WRITERS = { heading, bold, bullets, numbers, link, table };

for (const tools of document.querySelectorAll("[data-tools]")) tools.hidden = false;

// Typed as if by hand, so that the browser's own undo takes it back.
function type(area, text, from = area.selectionStart, to = area.selectionEnd) {
  area.focus();
  area.setSelectionRange(from, to);
  if (!document.execCommand("insertText", false, text)) area.setRangeText(text, from, to, "end");
  area.dispatchEvent(new Event("input", { bubbles: true }));
}

function lines(area) {
  const from = area.value.lastIndexOf("\n", area.selectionStart - 1) + 1;
  const end = area.value.indexOf("\n", area.selectionEnd);
  const to = end < 0 ? area.value.length : end;
  return { from, to, text: area.value.slice(from, to) };
}

function eachLine(area, prefix) {
  const { from, to, text } = lines(area);
  type(area, text.split("\n").map((line, place) => prefix(place) + line).join("\n"), from, to);
}

function heading(area) {
  eachLine(area, () => "## ");
}
function bullets(area) {
  eachLine(area, () => "- ");
}
function numbers(area) {
  eachLine(area, (place) => `${place + 1}. `);
}

function around(area, before, inside, after) {
  const chosen = area.value.slice(area.selectionStart, area.selectionEnd) || inside;
  const start = area.selectionStart + before.length;
  type(area, before + chosen + after);
  area.setSelectionRange(start, start + chosen.length);
}

function bold(area) {
  around(area, "**", "…", "**");
}
function link(area, words) {
  around(area, "[", words, "](https://)");
}
function table(area, word) {
  const { to } = lines(area);
  const start = to > 0 ? "\n\n" : "";
  type(area, `${start}| ${word} 1 | ${word} 2 |\n| --- | --- |\n|  |  |\n`, to, to);
}

// A tool leaves the writer in the text: to leave it would send it, and what is said of that could move the button away
// from under the pointer.
document.addEventListener("mousedown", (event) => {
  if (event.target.closest?.("[data-markdown]")) event.preventDefault();
});
document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-markdown]");
  if (button) WRITERS[button.dataset.markdown](areaOf(button), button.dataset.words);
});

document.addEventListener("keydown", (event) => {
  const writer = { b: "bold", k: "link" }[event.key.toLowerCase()];
  if (!writer || !(event.ctrlKey || event.metaKey) || event.altKey || !event.target.matches(`${PART} textarea`)) return;
  event.preventDefault();
  event.target.closest(PART).querySelector(`[data-markdown=${writer}]`).click();
});

// The preview opens with what the server made of the text, and closes when asked again.
document.addEventListener("htmx:confirm", (event) => {
  const button = event.target.closest?.("[data-preview]");
  const place = button && document.getElementById(button.getAttribute("aria-controls"));
  if (!place || place.hidden) return;
  event.preventDefault();
  place.hidden = true;
  button.setAttribute("aria-pressed", "false");
});
document.addEventListener("htmx:afterSwap", (event) => {
  if (!event.target.id?.startsWith("preview-")) return;
  event.target.hidden = false;
  event.target.closest(PART).querySelector("[data-preview]").setAttribute("aria-pressed", "true");
});

// What was received is what others' news may replace; what is being typed, or to be chosen, never.
document.addEventListener("htmx:afterRequest", ({ target, detail }) => {
  const area = target.matches?.("[data-saves]") && areaOf(target);
  if (!area || !detail.successful) return;
  area.defaultValue = detail.requestConfig.parameters[area.name] ?? area.value;
});
const pending = (part) => {
  const area = part.querySelector("textarea");
  return area.value !== area.defaultValue || part.querySelector("[data-unsaved], [data-conflict]");
};
const busy = (part) => pending(part) || part.contains(document.activeElement);

// Leaving the field sends what was typed; while one chooses between two texts, nothing may move under the pointer.
document.addEventListener(
  "change",
  (event) => {
    const part = event.target.matches(`${PART} textarea`) && event.target.closest(PART);
    if (part && part.querySelector("[data-conflict]")) event.stopPropagation();
  },
  true,
);

document.addEventListener("htmx:oobBeforeSwap", (event) => {
  const { target } = event.detail;
  if (target.matches(PART) && busy(target)) event.detail.shouldSwap = false;
});
document.addEventListener("htmx:beforeOnLoad", (event) => {
  const reloads = event.detail.xhr.getResponseHeader("HX-Refresh");
  if (reloads && [...document.querySelectorAll(PART)].some(busy)) event.preventDefault();
});
document.addEventListener("htmx:afterSettle", () => {
  for (const tools of document.querySelectorAll("[data-tools][hidden]")) tools.hidden = false;
});
