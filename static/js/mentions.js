/**
 * Completes "@na" in a note or a reply to a name. Up and Down choose, Enter and Tab take, Escape closes. Without this
 * module a name is simply typed out.
 */

const BEGUN = /(?:^|[^\w@.+-])@([\w.+-]{1,30})$/u;
const WAIT = 150; // milliseconds without a key before the server is asked

for (const field of document.querySelectorAll("textarea[data-mentions]")) watch(field);

function watch(field) {
  const list = document.createElement("ul");
  list.className = "names";
  list.id = `${field.id}-names`;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", field.dataset.mentions);
  list.hidden = true;
  field.after(list);
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-controls", list.id);
  field.autocomplete = "off";
  let timer;
  let asked = 0;

  function close() {
    list.hidden = true;
    list.replaceChildren();
    field.removeAttribute("aria-activedescendant");
  }

  function choose(option) {
    for (const one of list.children) one.setAttribute("aria-selected", String(one === option));
    field.setAttribute("aria-activedescendant", option.id);
  }

  function show(names) {
    close();
    list.append(
      ...names.map((name, place) => {
        const option = document.createElement("li");
        option.id = `${list.id}-${place}`;
        option.setAttribute("role", "option");
        option.textContent = name;
        option.addEventListener("pointerdown", (event) => {
          event.preventDefault();
          take(option);
        });
        return option;
      }),
    );
    list.hidden = names.length === 0;
    if (names.length) choose(list.firstElementChild);
  }

  function take(option) {
    const end = field.selectionStart;
    const begun = BEGUN.exec(field.value.slice(0, end));
    if (begun) field.setRangeText(`${option.textContent} `, end - begun[1].length, end, "end");
    close();
  }

  async function ask() {
    const begun = BEGUN.exec(field.value.slice(0, field.selectionStart));
    if (!begun) return close();
    asked += 1;
    const turn = asked;
    try {
      const answer = await fetch(`/people/?begins=${encodeURIComponent(begun[1])}`);
      const names = answer.ok ? (await answer.json()).names : [];
      if (turn === asked) show(names.length === 1 && names[0] === begun[1] ? [] : names);
    } catch {
      close(); // offline: a name is typed out
    }
  }

  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT);
  });
  field.addEventListener("blur", () => {
    clearTimeout(timer);
    asked += 1;
    close();
  });
  field.addEventListener("keydown", (event) => {
    if (list.hidden || event.isComposing) return;
    const chosen = list.querySelector('[aria-selected="true"]');
    if (event.key === "ArrowDown") choose(chosen.nextElementSibling ?? list.firstElementChild);
    else if (event.key === "ArrowUp") choose(chosen.previousElementSibling ?? list.lastElementChild);
    else if (event.key === "Enter" || event.key === "Tab") take(chosen);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
  });
}
