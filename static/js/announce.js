/**
 * Say aloud what changed. After htmx has put in new content, the text of its last `data-announce` goes into the page's
 * live region, where a screen reader reads it. What stands around the new content is not said again; what a page asks
 * for by itself, every second, is said only when it is another thing. The messages of a page that was loaded anew are
 * put in once more: what stands in a live region from the beginning is not read.
 */

const live = document.getElementById("live");

function say(text) {
  live.textContent = ""; // or the same words, said a second time, would be no change
  requestAnimationFrame(() => (live.textContent = text));
}

document.addEventListener("htmx:afterSettle", (event) => {
  const place = event.target;
  if (!live || !(place instanceof Element)) return;
  const told = [place, ...place.querySelectorAll("[data-announce]")].filter((one) => one.dataset?.announce).at(-1);
  const text = told?.dataset.announce;
  const asked = event.detail.requestConfig?.triggeringEvent;
  if (text && (asked || text !== live.textContent)) say(text);
});

const messages = document.getElementById("messages");
if (messages?.childElementCount) setTimeout(() => messages.append(...messages.childNodes), 200);
