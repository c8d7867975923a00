// The header checkbox ticks every row; one row unticked unticks it. Without this, the server reads the header alone.

for (const form of document.querySelectorAll("[data-choices]")) {
  const head = form.querySelector("[data-choose-all]");
  const rows = () => [...form.querySelectorAll("input[name='claim']")];
  if (!head) continue;
  form.addEventListener("change", (event) => {
    if (event.target === head) {
      for (const row of rows()) row.checked = head.checked;
    } else {
      const ticked = rows().filter((row) => row.checked).length;
      head.checked = ticked === rows().length;
      head.indeterminate = ticked > 0 && !head.checked;
    }
  });
}
