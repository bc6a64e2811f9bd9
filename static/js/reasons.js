// A reason's label lights up its words on both sides: while it is pointed at or focused, and for good when pressed.

const wordsOf = (label) =>
  [...document.querySelectorAll("mark[data-reason]")].filter((mark) => mark.dataset.reason.split(" ").includes(label.dataset.shows));

function light(label, on) {
  for (const mark of wordsOf(label)) mark.classList.toggle("lit", on);
}

for (const [name, on] of [["pointerover", true], ["focusin", true], ["pointerout", false], ["focusout", false]]) {
  document.addEventListener(name, (event) => {
    const label = event.target.closest?.("[data-shows]");
    if (label && label.getAttribute("aria-pressed") !== "true") light(label, on);
  });
}

document.addEventListener("click", (event) => {
  const label = event.target.closest("[data-shows]");
  if (!label) return;
  const on = label.getAttribute("aria-pressed") !== "true";
  label.setAttribute("aria-pressed", String(on));
  light(label, on);
});
