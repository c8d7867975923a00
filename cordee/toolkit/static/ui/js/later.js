// A page that is long and only read comes without HTMX, a quarter lighter: what wants it brings it as it opens.

let script = null;

function bring({ target, newState }) {
  if (script || newState !== "open" || !target.dataset.htmx) return;
  script = Object.assign(document.createElement("script"), { src: target.dataset.htmx });
  script.onload = () => {
    for (const field of target.querySelectorAll("input[hx-get]")) {
      if (field.value) window.htmx.trigger(field, "search"); // typed meanwhile
    }
  };
  document.head.append(script);
}

document.addEventListener("toggle", bring, { capture: true });
