/**
 * Single keys. A key goes to the element that carries it and clicks it: `<button data-key="a">`. `?` opens the
 * sheet of keys. Nothing happens while somebody types, holds a modifier, or has switched single keys off.
 *
 * Ctrl+Z (Command+Z) takes back what the last message tells of, or else the last decision, as the button does.
 */

const SWITCH = "crossread-single-keys";
const sheet = document.getElementById("keys");

/** Tell whether the event comes from a place where keys write text or choose. */
function typing(target) {
  return target instanceof Element && target.closest("input:not([type=checkbox]), textarea, select, [contenteditable], dialog") !== null;
}

/** Return the first element on the page that carries the key and can be clicked now. */
function carrier(key) {
  const carriers = [...document.querySelectorAll(`[data-key="${CSS.escape(key)}"]`)];
  return carriers.find((one) => one.checkVisibility() && !one.disabled && one.ariaDisabled !== "true");
}

function switchedOn() {
  try {
    return localStorage.getItem(SWITCH) !== "off";
  } catch {
    return true; // storage is forbidden: the switch lasts as long as the page
  }
}

function remember(on) {
  try {
    localStorage.setItem(SWITCH, on ? "on" : "off");
  } catch {
    // Without storage there is nothing to remember in.
  }
}

function openSheet() {
  if (sheet && !sheet.open) sheet.showModal();
}

/** Return the button that takes back what was done last: the one of the newest message, or the page's own. */
function undoer() {
  return [...document.querySelectorAll("[data-undoes]")].at(-1) ?? carrier("u");
}

document.addEventListener("keydown", (event) => {
  const undoes = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === "z";
  const found = undoes && !event.repeat && !typing(event.target) ? undoer() : undefined;
  if (!found) return;
  event.preventDefault();
  found.click();
});

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.repeat || event.isComposing || typing(event.target)) return;
  if (!switchedOn()) return;
  if (event.key === "?") {
    event.preventDefault();
    openSheet();
    return;
  }
  const found = event.key.length === 1 ? carrier(event.key) : undefined;
  if (!found) return;
  event.preventDefault();
  found.focus({ preventScroll: true });
  found.click();
});

document.addEventListener("click", (event) => {
  const target = event.target instanceof Element ? event.target : null;
  if (target?.closest("[data-opens-keys]")) {
    event.preventDefault();
    openSheet();
  } else if (target?.closest("[data-keys-close]") || target === sheet) {
    event.preventDefault();
    sheet.close();
  }
});

const choice = sheet?.querySelector("[data-keys-on]");
if (choice) {
  choice.checked = switchedOn();
  choice.addEventListener("change", () => remember(choice.checked));
}
