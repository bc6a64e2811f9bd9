/**
 * The list of pairs: how many are ticked stands beside the choice, and shift-click ticks all between two.
 */

const boxes = () => [...document.querySelectorAll('#bulk input[name="pair"]')];
const told = document.querySelector("[data-ticked]");
let last = null;

function tell() {
  const count = boxes().filter((box) => box.checked).length;
  if (told) told.textContent = ` (${count})`;
}

document.getElementById("bulk")?.addEventListener("click", (event) => {
  const box = event.target;
  if (!(box instanceof HTMLInputElement) || box.name !== "pair") return;
  const all = boxes();
  if (event.shiftKey && last && all.includes(last)) {
    const [from, to] = [all.indexOf(last), all.indexOf(box)].sort((one, other) => one - other);
    for (const between of all.slice(from, to + 1)) between.checked = box.checked;
  }
  last = box;
  tell();
});

tell();
