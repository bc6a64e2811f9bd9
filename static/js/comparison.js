/**
 * Moving about in a comparison: a click on a claim chooses its pair, the chosen pair comes into view, and selected
 * words become the anchor of a note.
 */

import { selectedWords } from "./select.js";

/** Bring both claims of the chosen pair between the columns' heads and the panel, if they are not there. */
function showChosen({ smooth = false } = {}) {
  const claims = [...document.querySelectorAll(".claim.here")].filter((claim) => claim.checkVisibility());
  if (claims.length === 0) return;
  const boxes = claims.map((claim) => claim.getBoundingClientRect());
  const top = Math.min(...boxes.map((box) => box.top));
  const bottom = Math.max(...boxes.map((box) => box.bottom));
  const upper = 72;
  const lower = innerHeight - (document.querySelector(".panel")?.offsetHeight ?? 0) - 12;
  if (top >= upper && bottom <= lower) return;
  // Where they do not fit together, the left one is shown.
  const middle = bottom - top <= lower - upper ? (top + bottom) / 2 : boxes[0].top + boxes[0].height / 2;
  const far = middle - (upper + lower) / 2;
  const calm = !smooth || Math.abs(far) > 2 * innerHeight || matchMedia("(prefers-reduced-motion: reduce)").matches;
  scrollBy({ top: far, behavior: calm ? "instant" : "smooth" });
}

document.addEventListener("click", (event) => {
  const target = event.target instanceof Element ? event.target : null;
  const claim = target?.closest("#desk .claim");
  if (!claim || target.closest("a, button, summary, details, label, input") || !getSelection().isCollapsed) return;
  claim.querySelector(".by a")?.click();
});

/** Anchor the note in words, or in the whole pair. Words of claims outside the chosen pair anchor nothing. */
function anchor(form, words) {
  const claims = [...document.querySelectorAll(".claim.here [data-claim]")];
  const own = words && claims.some((claim) => claim.dataset.claim === words.claim) ? words : null;
  for (const name of ["claim", "start", "end", "quote"]) form.elements[name].value = own ? own[name] : "";
  const quote = form.querySelector(".quote");
  quote.hidden = !own;
  quote.textContent = own ? own.quote : "";
}

// Pressing the button ends the selection, so it is read before.
let words = null;
document.addEventListener("pointerdown", () => (words = selectedWords()), true);
document.addEventListener("keydown", () => (words = selectedWords()), true);
document.addEventListener(
  "toggle",
  (event) => {
    if (!event.target.matches?.(".annotating[open]")) return;
    const form = event.target.querySelector("form");
    anchor(form, words);
    form.elements.text.focus();
  },
  true,
);

// The fragment of a link serves browsers without scripts; here the chosen pair is shown whole instead.
document.addEventListener("htmx:beforeRequest", (event) => {
  if (event.detail.boosted && event.detail.pathInfo) event.detail.pathInfo.anchor = undefined;
});

document.addEventListener("htmx:afterSettle", () => showChosen({ smooth: true }));

showChosen();
