// What every page does: keys, the sheet of keys, and saying aloud what a swap has changed.
//
// A key presses the button or follows the link that carries it: elements say so by data-key="a".

const typing = (element) => element.closest("input, textarea, select, [contenteditable]") !== null;

function press(key) {
  const target = document.querySelector(`[data-key="${CSS.escape(key)}"]`);
  if (!target || target.disabled) return false;
  target.focus({ preventScroll: true });
  target.click();
  return true;
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  const sheet = document.getElementById("keys");
  if (event.key === "?") {
    if (sheet.open) sheet.close();
    else sheet.showModal();
    event.preventDefault();
  } else if (!sheet.open && press(event.key)) {
    event.preventDefault();
  }
});

document.addEventListener("click", (event) => {
  if (!event.target.closest("[data-opens-keys]")) return;
  event.preventDefault();
  document.getElementById("keys").showModal();
});

document.addEventListener("htmx:afterSettle", (event) => {
  const told = event.target.querySelector?.("[data-announce]") ?? document.querySelector("[data-announce]");
  if (told) document.getElementById("live").textContent = told.dataset.announce;
});
