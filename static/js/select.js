// Words selected in a claim become the anchor of an annotation: the form gets the claim and the offsets in its article.
//
// A claim's text is an element with data-claim and data-start whose text content is the claim, exactly. Offsets count
// code points, as the server does; a browser counts UTF-16 units.

const codePoints = (text) => [...text].length;

function claimOf(node) {
  const element = node.nodeType === Node.TEXT_NODE ? node.parentElement : node;
  return element?.closest("[data-claim][data-start]") ?? null;
}

function before(claim, node, offset) {
  const range = document.createRange();
  range.selectNodeContents(claim);
  range.setEnd(node, offset);
  return codePoints(range.toString());
}

export function selectedWords() {
  const selection = getSelection();
  if (!selection || selection.isCollapsed || selection.rangeCount === 0) return null;
  const range = selection.getRangeAt(0);
  const claim = claimOf(range.startContainer);
  if (!claim || claim !== claimOf(range.endContainer)) return null;
  const text = [...claim.textContent];
  let from = before(claim, range.startContainer, range.startOffset);
  let to = before(claim, range.endContainer, range.endOffset);
  while (from < to && /\s/.test(text[from])) from += 1;
  while (to > from && /\s/.test(text[to - 1])) to -= 1;
  if (from === to) return null;
  const start = Number(claim.dataset.start);
  return { claim: claim.dataset.claim, start: start + from, end: start + to, quote: text.slice(from, to).join("") };
}

function fill(form, words) {
  for (const name of ["claim", "start", "end", "quote"]) form.elements[name].value = words ? words[name] : "";
  const shown = form.querySelector("[data-selected]");
  shown.hidden = !words;
  shown.querySelector("blockquote").textContent = words ? words.quote : "";
  const title = form.querySelector("h3");
  title.textContent = words ? title.dataset.ofWords : title.dataset.ofPair;
}

const form = document.querySelector("form#annotate");

// Where the form is on the page, a selection goes straight into it.
if (form) {
  document.addEventListener("selectionchange", () => {
    const words = selectedWords();
    if (words) fill(form, words);
  });
  form.querySelector("[data-clears]").addEventListener("click", () => {
    fill(form, null);
    form.elements.text.focus();
  });
  const asked = new URLSearchParams(location.hash.slice(1));
  if (asked.has("claim")) {
    const claim = document.querySelector(`[data-claim="${CSS.escape(asked.get("claim"))}"]`);
    const [start, end] = [Number(asked.get("start")), Number(asked.get("end"))];
    const first = Number(claim?.dataset.start);
    if (claim && first <= start && start < end) {
      const quote = [...claim.textContent].slice(start - first, end - first).join("");
      fill(form, { claim: claim.dataset.claim, start, end, quote });
      form.scrollIntoView({ block: "center" });
      form.elements.text.focus();
    }
  }
}

// On the comparison page the link to the pair's form takes the selection along.
document.addEventListener(
  "click",
  (event) => {
    const link = event.target.closest?.("a[data-annotates]");
    const words = link && selectedWords();
    if (!words) return;
    link.hash = new URLSearchParams({ claim: words.claim, start: words.start, end: words.end }).toString();
  },
  true,
);
