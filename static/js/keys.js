/**
 * Single keys. A key goes to the element that carries it and clicks it: `<button data-key="a" data-does="agree">`. The
 * key of the sheet opens it; which key does what is the person's own choice and comes with the page. Nothing happens
 * while somebody types, holds a modifier, or has switched single keys off (in their settings, or on this device).
 *
 * Ctrl+Z (Command+Z) takes back what the last message tells of, or else the last decision, as the button does.
 */

const SWITCH = "crossread-single-keys";
const sheet = document.getElementById("keys");

/** Tell whether the event comes from a place where keys write text or choose. */
function typing(target) {
  return target instanceof Element && target.closest("input:not([type=checkbox]), textarea, select, [contenteditable], dialog") !== null;
}

/** Tell whether an element can be clicked now. */
const acts = (one) => one.checkVisibility() && !one.disabled && one.ariaDisabled !== "true";

/** Return the first element on the page that carries the key and can be clicked now. */
function carrier(key) {
  return [...document.querySelectorAll(`[data-key="${CSS.escape(key)}"]`)].find(acts);
}

function switchedOn() {
  if (sheet?.dataset.singleKeys === "off") return false;
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

/** Put what acts on this page, as it is now, above the rest. */
function sortSheet() {
  const [acting, resting] = [sheet.querySelector("[data-keys-acting]"), sheet.querySelector("[data-keys-resting]")];
  const rows = [...sheet.querySelectorAll("[data-of]")];
  const here = (row) =>
    row.dataset.of.split(" ").some((name) => name === "sheet" || [...document.querySelectorAll(`[data-does="${name}"]`)].some(acts));
  for (const row of rows) (here(row) ? acting : resting).append(row);
  const some = resting.childElementCount > 0;
  resting.hidden = !some;
  for (const head of sheet.querySelectorAll("[data-keys-here], [data-keys-elsewhere]")) head.hidden = !some;
}

function openSheet() {
  if (!sheet || sheet.open) return;
  sortSheet();
  sheet.showModal();
}

/** Return the button that takes back what was done last: the one of the newest message, or the page's own. */
function undoer() {
  return [...document.querySelectorAll("[data-undoes]")].at(-1) ?? [...document.querySelectorAll('[data-does="undo"]')].find(acts);
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
  if (event.key === (sheet?.dataset.sheetKey ?? "?")) {
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
