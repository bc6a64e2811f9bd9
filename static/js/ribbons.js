// Draws the ribbons between matched claims: one path for every two claims that a pair joins, and the relation's sign
// where it crosses the gutter. A claim says its pairs in data-links="12:agree 15:diverge" and its side in data-side.

const SVG = "http://www.w3.org/2000/svg";

function make(name, attributes, ...children) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

function pairsIn(columns) {
  const pairs = new Map();
  for (const claim of columns.querySelectorAll(".claim[data-links]")) {
    for (const link of claim.dataset.links.split(" ").filter(Boolean)) {
      const [key, relation] = link.split(":");
      if (!pairs.has(key)) pairs.set(key, { key, relation, a: [], b: [] });
      pairs.get(key)[claim.dataset.side].push(claim);
    }
  }
  return [...pairs.values()].filter((pair) => pair.a.length && pair.b.length);
}

function middle(claims, edge, origin) {
  const boxes = claims.map((claim) => claim.getBoundingClientRect());
  return {
    x: (edge === "right" ? boxes[0].right : boxes[0].left) - origin.left,
    ys: boxes.map((box) => box.top + box.height / 2 - origin.top),
  };
}

function curve(x, y, X, Y) {
  const m = (x + X) / 2;
  return `M${x} ${y}C${m} ${y} ${m} ${Y} ${X} ${Y}`;
}

function drawPair(pair, origin, chosen) {
  const left = middle(pair.a, "right", origin);
  const right = middle(pair.b, "left", origin);
  const here = pair.key === chosen ? " here" : "";
  const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const x = (left.x + right.x) / 2;
  const y = (mean(left.ys) + mean(right.ys)) / 2;
  // Several claims of a side gather in the sign; one and one are a single curve.
  const single = left.ys.length === 1 && right.ys.length === 1;
  const paths = single
    ? [curve(left.x, left.ys[0], right.x, right.ys[0])]
    : [...left.ys.map((from) => curve(left.x, from, x, y)), ...right.ys.map((to) => curve(x, y, right.x, to))];
  const ribbons = paths.map((d) => make("path", { d, class: `ribbon ${pair.relation}${here}` }));
  const sign = make("use", { href: `#sign-${pair.relation}`, x: x - 7, y: y - 7, width: 14, height: 14 });
  const knot = make("g", { class: `knot ${pair.relation}${here}`, "data-pair": pair.key }, make("circle", { cx: x, cy: y, r: 12 }), sign);
  return [ribbons, knot];
}

export function draw() {
  const columns = document.querySelector(".columns");
  const svg = columns?.querySelector(".ribbons");
  if (!svg || getComputedStyle(svg).display === "none") return;
  const origin = columns.getBoundingClientRect();
  const chosen = new URLSearchParams(location.search).get("pair");
  const drawn = pairsIn(columns).map((pair) => drawPair(pair, origin, chosen));
  svg.classList.toggle("choosing", chosen !== null && columns.querySelector(".claim.here") !== null);
  svg.replaceChildren(...drawn.flatMap(([ribbons]) => ribbons), ...drawn.map(([, knot]) => knot));
}

// One drawing a frame, whatever asked for it.
let asked = false;
function ask() {
  if (asked) return;
  asked = true;
  requestAnimationFrame(() => {
    asked = false;
    draw();
  });
}

function watch() {
  const columns = document.querySelector(".columns");
  if (columns) new ResizeObserver(ask).observe(columns);
  ask();
}

document.addEventListener("click", (event) => {
  const knot = event.target.closest?.(".knot");
  if (knot) document.querySelector(`.claim a.tag[href*="pair=${knot.dataset.pair}"]`)?.click();
});
addEventListener("resize", ask);
document.fonts.ready.then(ask);
document.addEventListener("htmx:afterSettle", watch);
document.addEventListener("htmx:historyRestore", watch);
watch();
