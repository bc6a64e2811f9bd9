/**
 * Say aloud what changed. After htmx has put in new content, the text of its last `data-announce` goes into the page's
 * live region, where a screen reader reads it.
 */

const live = document.getElementById("live");

document.addEventListener("htmx:afterSettle", (event) => {
  const place = event.target;
  if (!live || !(place instanceof Element)) return;
  const told = place.closest("[data-announce]") ?? [...place.querySelectorAll("[data-announce]")].at(-1);
  if (told) live.textContent = told.getAttribute("data-announce");
});
