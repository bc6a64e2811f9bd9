/**
 * The focus stays where it was when htmx has swapped a part of the page, or goes to what took the place of what held it:
 * the element of the same id, else what is chosen or comes next in the part, else the part itself. It never falls back
 * to the beginning of the page.
 */

const FOCUSABLE = "a[href], button, input, select, textarea, summary, [tabindex]";
let held = null;

document.addEventListener("htmx:beforeSwap", (event) => {
  const { target } = event.detail;
  const focused = document.activeElement;
  if (target instanceof Element && focused !== document.body && target.contains(focused)) held = { id: focused.id, part: target.id };
});

document.addEventListener("htmx:afterSettle", () => {
  if (!held) return;
  const { id, part } = held;
  const place = document.getElementById(part) ?? document.getElementById("main");
  held = null;
  if (place.contains(document.activeElement)) return;
  const again =
    (id && document.getElementById(id)) || place.querySelector('.by [aria-current="true"]') || place.querySelector("#following") || place;
  if (!again.matches(FOCUSABLE)) again.tabIndex = -1;
  again.focus({ preventScroll: true });
});
