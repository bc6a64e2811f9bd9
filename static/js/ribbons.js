/**
 * Draw the ribbons between matched claims, and the relation's sign on each.
 *
 * A claim says its side in `data-side` and its pairs in `data-links="12:agree 15:diverge"`; the columns say the chosen
 * pair in `data-chosen`. Several claims of a side gather in the sign. What is drawn is a picture of what the page
 * already says in words, so it is hidden from screen readers.
 */

const SVG = "http://www.w3.org/2000/svg";
const RADIUS = 12;
// Where along its ribbon a sign may stand, best first, so that signs do not cover one another.
const PLACES = [0.5, 0.38, 0.62, 0.28, 0.72, 0.2, 0.8];

function make(name, attributes, ...children) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

/** Return the pairs that have claims on both sides of what is shown. */
function pairsIn(columns) {
  const pairs = new Map();
  for (const claim of columns.querySelectorAll(".claim[data-links]")) {
    for (const link of claim.dataset.links.split(" ").filter(Boolean)) {
      const [key, relation] = link.split(":");
      if (!pairs.has(key)) pairs.set(key, { key, relation, a: [], b: [] });
      pairs.get(key)[claim.dataset.side].push(claim);
    }
  }
  return [...pairs.values()].filter((pair) => pair.a.length > 0 && pair.b.length > 0);
}

/** Return the points where ribbons meet the claims of one side, measured from the columns' corner. */
function ends(claims, edge, origin) {
  return claims.map((claim) => {
    const box = claim.getBoundingClientRect();
    return { x: box[edge] - origin.left, y: box.top + box.height / 2 - origin.top };
  });
}

function curve(from, to) {
  const middle = (from.x + to.x) / 2;
  return `M${from.x} ${from.y}C${middle} ${from.y} ${middle} ${to.y} ${to.x} ${to.y}`;
}

/** Return the point at `t` (0 to 1) of the curve above. */
function along(from, to, t) {
  const s = 1 - t;
  const middle = (from.x + to.x) / 2;
  return {
    x: s ** 3 * from.x + 3 * s * t * middle + t ** 3 * to.x,
    y: s * s * (s + 3 * t) * from.y + t * t * (t + 3 * s) * to.y,
  };
}

const mean = (points) => ({
  x: points.reduce((sum, point) => sum + point.x, 0) / points.length,
  y: points.reduce((sum, point) => sum + point.y, 0) / points.length,
});

/** Return the first place along the curve that is free of other signs, and take it. */
function freePlace(from, to, taken) {
  const points = PLACES.map((t) => along(from, to, t));
  const free = points.find((point) => taken.every((other) => Math.hypot(point.x - other.x, point.y - other.y) > 2 * RADIUS + 2));
  const place = free ?? points[0];
  taken.push(place);
  return place;
}

function drawPair(pair, origin, chosen, taken) {
  const left = ends(pair.a, "right", origin);
  const right = ends(pair.b, "left", origin);
  const place = freePlace(mean(left), mean(right), taken);
  const single = left.length === 1 && right.length === 1;
  const paths = single
    ? [curve(left[0], right[0])]
    : [...left.map((from) => curve(from, place)), ...right.map((to) => curve(place, to))];
  const here = pair.key === chosen ? " here" : "";
  const ribbons = paths.map((d) => make("path", { d, class: `ribbon ${pair.relation}${here}` }));
  // A divergence is a double line: a broad one with a thin one of the paper's colour in it.
  if (pair.relation === "diverge") ribbons.push(...paths.map((d) => make("path", { d, class: `ribbon core${here}` })));
  const knot = make(
    "g",
    { class: `knot ${pair.relation}${here}`, "data-pair": pair.key },
    make("circle", { cx: place.x, cy: place.y, r: RADIUS }),
    make("use", { href: `#sign-${pair.relation}`, x: place.x - 7.5, y: place.y - 7.5, width: 15, height: 15 }),
  );
  return { ribbons, knot, here: here !== "" };
}

function draw() {
  const columns = document.querySelector(".columns");
  const svg = columns?.querySelector(".ribbons");
  if (!svg || getComputedStyle(svg).display === "none") return;
  const origin = columns.getBoundingClientRect();
  const taken = [];
  const steep = (pair) => Math.abs(pair.a[0].getBoundingClientRect().top - pair.b[0].getBoundingClientRect().top);
  // The level ribbons come first, so that their signs have the middle and those of the crossing ones give way.
  const pairs = pairsIn(columns).map((pair) => [steep(pair), pair]).sort(([one], [other]) => one - other);
  const drawn = pairs.map(([, pair]) => drawPair(pair, origin, columns.dataset.chosen, taken));
  drawn.sort((one, other) => one.here - other.here); // the chosen one lies on top
  svg.classList.toggle("choosing", drawn.some((one) => one.here));
  svg.replaceChildren(...drawn.flatMap((one) => one.ribbons), ...drawn.map((one) => one.knot));
}

// One drawing a frame, whatever asked for it: a resize, a font that came, a claim that grew.
let asked = false;
function ask() {
  if (asked) return;
  asked = true;
  requestAnimationFrame(() => {
    asked = false;
    draw();
  });
}

const sizes = new ResizeObserver(ask);
function watch() {
  sizes.disconnect();
  const columns = document.querySelector(".columns");
  if (columns) sizes.observe(columns);
  draw();
}

document.addEventListener("click", (event) => {
  const knot = event.target.closest?.(".knot");
  if (knot) document.querySelector(`.claim a[id^="open-${CSS.escape(knot.dataset.pair)}-"]`)?.click();
});
addEventListener("resize", ask);
addEventListener("beforeprint", draw);
document.fonts.ready.then(ask);
document.addEventListener("htmx:afterSettle", watch);
watch();
