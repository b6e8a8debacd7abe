"use strict";
const [x0, x1, y0, y1] = data.window, n = data.nodes, side = n - 1;
const dx = (x1 - x0) / side, dy = (y1 - y0) / side;
const numbers = new Float64Array(Uint8Array.from(atob(data.numbers), c => c.charCodeAt(0)).buffer);

// Hermite's cubics on [0, 1]: value at 0, value at 1, slope at 0, slope at 1; and their derivatives.
const cubics = t => [(1 + 2 * t) * (1 - t) ** 2, t * t * (3 - 2 * t), t * (1 - t) ** 2, t * t * (t - 1)];
const slopes = t => [6 * t * (t - 1), 6 * t * (1 - t), (1 - t) * (1 - 3 * t), t * (3 * t - 2)];

// The node at or below a coordinate, and the way from it to the next one.
function split(x, low, step) {
  const t = (x - low) / step, i = Math.min(Math.max(Math.floor(t), 0), side - 1);
  return [i, t - i];
}

// The bicubic polynomial of a cell from the products of cubics in x and in y.
function bicubic(i, j, a, b) {
  let sum = 0;
  for (let q = 0; q < 2; q++) for (let p = 0; p < 2; p++) {
    const k = 6 * ((j + q) * n + i + p);
    sum += numbers[k] * a[p] * b[q] + numbers[k + 1] * dx * a[p + 2] * b[q]
      + numbers[k + 2] * dy * a[p] * b[q + 2] + numbers[k + 4] * dx * dy * a[p + 2] * b[q + 2];
  }
  return sum;
}

function at(x, y) {
  const [i, u] = split(x, x0, dx), [j, v] = split(y, y0, dy);
  const mean = part => [0, 1].reduce((sum, q) => sum + [0, 1].reduce((row, p) =>
    row + numbers[6 * ((j + q) * n + i + p) + part] * (p ? u : 1 - u), 0) * (q ? v : 1 - v), 0);
  return {
    f: bicubic(i, j, cubics(u), cubics(v)),
    g: [bicubic(i, j, slopes(u), cubics(v)) / dx, bicubic(i, j, cubics(u), slopes(v)) / dy],
    h: [mean(3), mean(4), mean(5)],
  };
}

// The curvatures of [xx, xy, yy] from the lower one, and the direction of the lower one.
function principal([xx, xy, yy]) {
  const middle = (xx + yy) / 2, radius = Math.hypot((xx - yy) / 2, xy);
  const angle = Math.atan2(2 * xy, xx - yy) / 2 + Math.PI / 2;
  return { low: middle - radius, high: middle + radius, angle };
}

const fixed = x => !Number.isFinite(x) ? "–" : x === 0 ? "0" : String(Number(x.toPrecision(7)));
const pair = ([a, b]) => `(${fixed(a)}, ${fixed(b)})`;
const element = id => document.getElementById(id);
const show = (id, text) => { element(id).textContent = text; };

// --- the map -------------------------------------------------------------------------------------------------

const base = element("base"), over = element("over");
const margin = { left: 46, right: 8, top: 8, bottom: 40 };
let size = 0, ratio = 1;
const width = () => size - margin.left - margin.right, height = () => size - margin.top - margin.bottom;
const toScreen = ([x, y]) => [
  margin.left + (x - x0) / (x1 - x0) * width(), margin.top + (y1 - y) / (y1 - y0) * height(),
];
const toPlane = ([a, b]) => [
  x0 + Math.min(Math.max((a - margin.left) / width(), 0), 1) * (x1 - x0),
  y1 - Math.min(Math.max((b - margin.top) / height(), 0), 1) * (y1 - y0),
];
const colour = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const dark = () => matchMedia("(prefers-color-scheme: dark)").matches;

// Eleven levels at even quantiles of the nodes' values.
const levels = (() => {
  const values = numbers.filter((v, k) => k % 6 === 0 && Number.isFinite(v)).sort();
  return [...new Set(Array.from({ length: 11 }, (_, k) => values[Math.floor((values.length - 1) * (k + 1) / 12)]))];
})();

const viridis = [[68, 1, 84], [71, 44, 122], [59, 81, 139], [44, 113, 142], [33, 144, 141], [39, 173, 129],
  [92, 200, 99], [170, 220, 50], [253, 231, 37]];
function shade(t) {
  const k = Math.min(Math.floor(t * 8), 7), s = t * 8 - k;
  const to = dark() ? 20 : 255, part = dark() ? 0.5 : 0.62;
  return viridis[k].map((c, i) => (c + (viridis[k + 1][i] - c) * s) * part + to * (1 - part));
}

function drawBase() {
  ratio = Math.min(window.devicePixelRatio || 1, 2);
  size = base.clientWidth;
  for (const canvas of [base, over]) canvas.width = canvas.height = Math.round(size * ratio);
  const c = base.getContext("2d");
  const w = Math.round(width() * ratio), h = Math.round(height() * ratio);
  const bands = new Int16Array(w * h);
  const columns = Array.from({ length: w }, (_, a) => split(x0 + (x1 - x0) * (a + 0.5) / w, x0, dx));
  const across = columns.map(([, u]) => cubics(u));
  for (let b = 0; b < h; b++) {
    const [j, v] = split(y1 - (y1 - y0) * (b + 0.5) / h, y0, dy), up = cubics(v);
    for (let a = 0; a < w; a++) {
      const f = bicubic(columns[a][0], j, across[a], up);
      let band = 0;
      while (band < levels.length && f > levels[band]) band++;
      bands[b * w + a] = Number.isNaN(f) ? -1 : band;
    }
  }
  const colours = levels.concat(0).map((_, k) => shade(k / levels.length));
  const line = dark() ? [235, 235, 235] : [30, 30, 30];
  const image = c.createImageData(w, h);
  for (let k = 0; k < w * h; k++) {
    const band = bands[k];
    if (band < 0) continue;
    const right = (k + 1) % w ? bands[k + 1] : band, below = k + w < w * h ? bands[k + w] : band;
    const edge = band !== right || band !== below ? 0.45 : 0;
    for (let i = 0; i < 3; i++) image.data[4 * k + i] = colours[band][i] * (1 - edge) + line[i] * edge;
    image.data[4 * k + 3] = 255;
  }
  c.putImageData(image, Math.round(margin.left * ratio), Math.round(margin.top * ratio));
  c.setTransform(ratio, 0, 0, ratio, 0, 0);
  axes(c);
  field(c);
  for (const [x, y, kind] of data.critical) marker(c, toScreen([x, y]), kind);
}

// Round numbers between two, about six of them.
function ticks(low, high) {
  const raw = (high - low) / 6, unit = 10 ** Math.floor(Math.log10(raw));
  const step = unit * [1, 2, 5, 10].find(k => k * unit >= raw);
  const count = Math.floor((high - low) / step + 1e-9) + 1, first = Math.ceil(low / step - 1e-9) * step;
  return Array.from({ length: count }, (_, k) => Number((first + k * step).toPrecision(12))).filter(t => t <= high);
}

function axes(c) {
  c.strokeStyle = c.fillStyle = colour("--text");
  c.lineWidth = 1;
  c.font = "13px system-ui, sans-serif";
  c.strokeRect(margin.left, margin.top, width(), height());
  c.textAlign = "center";
  c.textBaseline = "top";
  for (const t of ticks(x0, x1)) {
    const [a] = toScreen([t, y0]), b = size - margin.bottom;
    c.fillRect(a - 0.5, b, 1, 5);
    c.fillText(String(t), a, b + 7);
  }
  c.fillText(data.names[0], margin.left + width() / 2, size - 16);
  c.textAlign = "right";
  c.textBaseline = "middle";
  for (const t of ticks(y0, y1)) {
    const [, b] = toScreen([x0, t]);
    c.fillRect(margin.left - 5, b - 0.5, 5, 1);
    c.fillText(String(t), margin.left - 8, b);
  }
  c.textAlign = "left";
  c.fillText(data.names[1], 2, margin.top + height() / 2 + (ticks(y0, y1).length % 2 ? 18 : 0));
}

// The direction of steepest ascent, on a grid of points.
function field(c) {
  const count = Math.max(8, Math.round(width() / 36)), cell = width() / count;
  c.strokeStyle = colour("--ink");
  c.globalAlpha = 0.4;
  c.lineWidth = 1.2;
  for (let i = 0; i < count; i++) for (let j = 0; j < count; j++) {
    const centre = [margin.left + (i + 0.5) * cell, margin.top + (j + 0.5) * height() / count];
    const { g } = at(...toPlane(centre));
    const seen = [g[0] * (x1 - x0), -g[1] * (y1 - y0)], length = Math.hypot(...seen);
    if (!(length > 0 && length < Infinity)) continue;
    arrow(c, centre, seen.map(s => s / length * 0.36 * cell), 0.13 * cell, 1);
  }
  c.globalAlpha = 1;
}

// An arrow from (centre - back · along) to (centre + along).
function arrow(c, [a, b], [u, v], head, back) {
  const length = Math.hypot(u, v), [e, f] = [u / length * head, v / length * head], [p, q] = [a + u, b + v];
  c.beginPath();
  c.moveTo(a - back * u, b - back * v);
  c.lineTo(p, q);
  c.moveTo(p - e - f, q - f + e);
  c.lineTo(p, q);
  c.lineTo(p - e + f, q - f - e);
  c.stroke();
}

function marker(c, [a, b], kind) {
  const path = new Path2D();
  if (kind === "local minimum") path.arc(a, b, 6, 0, 7);
  else if (kind === "local maximum") { path.moveTo(a, b - 8); path.lineTo(a + 7, b + 5); path.lineTo(a - 7, b + 5); path.closePath(); }
  else if (kind === "degenerate") path.rect(a - 5, b - 5, 10, 10);
  else for (const s of [-1, 1]) { path.moveTo(a - 6, b - 6 * s); path.lineTo(a + 6, b + 6 * s); }
  const cross = kind.startsWith("saddle");
  c.strokeStyle = dark() ? "#000" : "#fff";
  c.lineWidth = cross ? 7 : 3;
  c.stroke(path);
  c.strokeStyle = c.fillStyle = dark() ? "#fff" : "#000";
  c.lineWidth = 3.5;
  if (cross) c.stroke(path); else c.fill(path);
}

// --- the pointer ---------------------------------------------------------------------------------------------

let here = [x0 + 0.6 * (x1 - x0), y0 + 0.4 * (y1 - y0)], way = [], shown = 0;

// What is usual for the gradient's length: arrows are half as long there.
const usual = (() => {
  const lengths = [];
  for (let k = 0; k < numbers.length; k += 6) lengths.push(Math.hypot(numbers[k + 1], numbers[k + 2]));
  return lengths.filter(Number.isFinite).sort((a, b) => a - b)[lengths.length >> 1] || 1;
})();

function signed(slope, name, place) {
  const from = place === 0 ? name : `(${name}\u00a0${place < 0 ? "+" : "−"}\u00a0${fixed(Math.abs(place))})`;
  return ` ${slope < 0 ? "−" : "+"}\u00a0${fixed(Math.abs(slope))}\u00a0${from}`;
}

function select(point) {
  here = point;
  const [x, y] = point, { f, g, h } = at(x, y), length = Math.hypot(...g);
  const { low, high } = principal(h), small = 1e-9 * Math.max(Math.abs(low), Math.abs(high));
  show("point", pair(point));
  show("value", fixed(f));
  show("gradient", pair(g));
  show("length", fixed(length));
  const turn = Math.atan2(g[1], g[0]) * 180 / Math.PI;
  show("direction", length > 0 ? `${pair(g.map(s => s / length))}, ${turn.toFixed(1)}° from the ${data.names[0]} axis` : "–");
  show("plane", `z = ${fixed(f)}${signed(g[0], data.names[0], x)}${signed(g[1], data.names[1], y)}`);
  show("hessian", `(${fixed(h[0])}, ${fixed(h[1])}; ${fixed(h[1])}, ${fixed(h[2])})`);
  show("curvatures", `${fixed(low)} and ${fixed(high)}`);
  show("shape", !Number.isFinite(low + high) ? "–"
    : low > small ? "a bowl: the surface bends upwards in every direction"
    : high < -small ? "a dome: the surface bends downwards in every direction"
    : low < -small && high > small ? "a saddle: the surface bends upwards in some directions, downwards in others"
    : "flat in a direction: the second derivatives do not decide");
  drawOver();
}

// The points d around the pointer with |d · H d| of one size, at most 80 pixels away.
function indicatrix(c, [a, b], h) {
  const { low, high } = principal(h), largest = Math.max(Math.abs(low), Math.abs(high));
  if (!(largest > 0 && largest < Infinity)) return;
  c.strokeStyle = colour("--curve");
  c.lineWidth = 2.5;
  c.beginPath();
  let drawing = false;
  for (let k = 0; k <= 720; k++) {
    const t = k * Math.PI / 360, [u, v] = [Math.cos(t), Math.sin(t)];
    const r = 26 / Math.sqrt(Math.abs(h[0] * u * u + 2 * h[1] * u * v + h[2] * v * v) / largest);
    if (r > 80) { drawing = false; continue; }
    c[drawing ? "lineTo" : "moveTo"](a + r * u, b - r * v);
    drawing = true;
  }
  c.stroke();
}

function drawOver() {
  const c = over.getContext("2d");
  c.setTransform(ratio, 0, 0, ratio, 0, 0);
  c.clearRect(0, 0, size, size);
  c.save();
  c.beginPath();
  c.rect(margin.left, margin.top, width(), height());
  c.clip();
  if (way.length) {
    const places = way.slice(0, shown + 1).map(toScreen);
    c.lineJoin = "round";
    for (const [style, line] of [[colour("--back"), 6], [colour("--way"), 3]]) {
      c.strokeStyle = style;
      c.lineWidth = line;
      c.beginPath();
      places.forEach(([a, b], k) => c[k ? "lineTo" : "moveTo"](a, b));
      c.stroke();
    }
    c.fillStyle = colour("--way");
    for (const [a, b] of places) { c.beginPath(); c.arc(a, b, 3, 0, 7); c.fill(); }
  }
  const { g, h } = at(...here), place = toScreen(here);
  indicatrix(c, place, h);
  const seen = [g[0] * width() / (x1 - x0), -g[1] * height() / (y1 - y0)], length = Math.hypot(...seen);
  const slope = Math.hypot(...g);
  if (length > 0 && length < Infinity) {
    const long = 15 + 85 * slope / (slope + usual);
    c.strokeStyle = colour("--arrow");
    c.lineWidth = 3.5;
    arrow(c, place, seen.map(s => s / length * long), 9, 0);
  }
  c.fillStyle = colour("--ink");
  c.beginPath();
  c.arc(...place, 4, 0, 7);
  c.fill();
  c.restore();
}

// --- the descent ---------------------------------------------------------------------------------------------

// How much of the way from a to b is on the map.
function within(a, b) {
  const part = ([z, to], low, high) => to < low ? (z - low) / (z - to) : to > high ? (high - z) / (to - z) : 1;
  return Math.min(part([a[0], b[0]], x0, x1), part([a[1], b[1]], y0, y1));
}

// Gradient descent; the step is halved until the value falls by a tenth of what the slope promises, and doubled
// after each success (Nocedal and Wright, Numerical Optimization, 2nd ed., algorithm 3.1).
function descend(start) {
  const points = [start];
  const { g, h } = at(...start), { low, high } = principal(h);
  let step = 1 / (Math.max(Math.abs(low), Math.abs(high)) || 1), x = start, now = at(...start), end = "after 500 steps it stops";
  const first = Math.hypot(...g), longest = 0.1 * Math.hypot(x1 - x0, y1 - y0);
  for (let k = 0; k < 500; k++) {
    const slope = Math.hypot(...now.g);
    if (!Number.isFinite(now.f + slope)) { end = "the function has no value there"; break; }
    if (slope <= 1e-6 * (first + usual)) { end = "the gradient is zero there"; break; }
    let next, there;
    step = Math.min(step, longest / slope);
    for (let t = 0; t < 60; t++, step /= 2) {
      next = [x[0] - step * now.g[0], x[1] - step * now.g[1]];
      there = at(Math.min(Math.max(next[0], x0), x1), Math.min(Math.max(next[1], y0), y1));
      if (there.f <= now.f - 0.1 * step * slope * slope) break;
    }
    if (!(there.f < now.f)) { end = "no step goes further down"; break; }
    const inside = within(x, next);
    points.push(next.map((z, i) => x[i] + inside * (z - x[i])));
    if (inside < 1) { end = "there it leaves the map"; break; }
    [x, now, step] = [next, there, 2 * step];
  }
  way = points;
  const steps = points.length - 1, last = points[steps];
  show("descent", `from ${pair(start)}, ${steps} step${steps === 1 ? "" : "s"} to ${pair(last)}, where f = ${fixed(at(...last).f)}: ${end}`);
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  shown = still ? steps : 0;
  const move = () => {
    if (way !== points) return;
    drawOver();
    if (shown++ < steps) requestAnimationFrame(move);
  };
  move();
}

const pointed = event => {
  const box = over.getBoundingClientRect();
  return toPlane([event.clientX - box.left, event.clientY - box.top]);
};
over.addEventListener("pointermove", event => select(pointed(event)));
over.addEventListener("click", event => { select(pointed(event)); descend(here); });
over.addEventListener("keydown", event => {
  const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowDown: [0, -1], ArrowUp: [0, 1] }[event.key];
  if (step) {
    const [x, y] = [here[0] + step[0] * (x1 - x0) / 100, here[1] + step[1] * (y1 - y0) / 100];
    select([Math.min(Math.max(x, x0), x1), Math.min(Math.max(y, y0), y1)]);
  } else if (event.key === "Enter") {
    descend(here);
  } else {
    return;
  }
  event.preventDefault();
});

function draw() {
  drawBase();
  drawOver();
}
new ResizeObserver(() => { if (base.clientWidth !== size) draw(); }).observe(base);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
draw();
select(here);
// page.html#at=1,2 begins at a point, #from=1,2 with a descent.
for (const [key, text] of new URLSearchParams(location.hash.slice(1))) {
  const point = text.split(",").map(Number);
  if (point.length !== 2 || point.some(x => !Number.isFinite(x))) continue;
  select(point);
  if (key === "from") descend(point);
}
