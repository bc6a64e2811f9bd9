// Files dropped anywhere on a marked place are chosen in the file field that it holds.

for (const place of document.querySelectorAll("[data-drop]")) {
  const field = place.querySelector('input[type="file"]');
  const over = (event, is) => {
    event.preventDefault();
    place.classList.toggle("over", is);
  };
  place.addEventListener("dragover", (event) => over(event, true));
  place.addEventListener("dragleave", (event) => over(event, false));
  place.addEventListener("drop", (event) => {
    over(event, false);
    const dropped = event.dataTransfer?.files;
    if (!dropped?.length) return;
    const chosen = new DataTransfer();
    for (const file of field.multiple ? dropped : [dropped[0]]) chosen.items.add(file);
    field.files = chosen.files;
    field.dispatchEvent(new Event("change", { bubbles: true }));
  });
}
