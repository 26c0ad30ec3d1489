// The picture: SVG, panned and zoomed, with every parallel tie to be seen.
const drawing = document.getElementById("drawing");
const world = document.getElementById("world");
const SIZE = 620; // of the unit of the layout, in pixels
const home = (node) => ({ x: node.x * SIZE, y: node.y * SIZE });
const place = new Map(graph.nodes.map((node) => [node.id, home(node)]));
const camera = { x: 0, y: 0, k: 1 };
const marks = { nodes: new Map(), ties: new Map() };
const radius = (node) => 5 + 2.1 * Math.sqrt(node.degree);

// A small view has places of its own: rings around what it begins with, each thing in the direction of its home.
function ring(start) {
  const from = home(nodes.get(start)), seen = new Set([start]);
  let ids = [start], reach = 0;
  place.set(start, { x: 0, y: 0 });
  while (ids.length) {
    const next = new Set(ids.flatMap((id) => tiesOf.get(id).filter(passes).map((tie) => other(tie, id))));
    const angle = (id) => { const to = home(nodes.get(id)); return Math.atan2(to.y - from.y, to.x - from.x); };
    ids = [...next].filter((id) => only.has(id) && !seen.has(id)).sort((a, b) => angle(a) - angle(b) || a.localeCompare(b));
    reach = Math.max(reach + 130, (ids.length * 46) / (2 * Math.PI));
    ids.forEach((id, index) => {
      seen.add(id);
      const turn = (2 * Math.PI * index) / ids.length - Math.PI / 2;
      place.set(id, { x: 1.35 * reach * Math.cos(turn), y: reach * Math.sin(turn) });
    });
  }
}
const homeAll = () => graph.nodes.forEach((node) => place.set(node.id, home(node)));

function draw() {
  const list = drawnTies();
  const seen = new Set(list.flatMap((tie) => [tie.s, tie.o]));
  if (chosen.node) seen.add(chosen.node);
  document.getElementById("edges").replaceChildren(...drawTies(list));
  document.getElementById("nodes").replaceChildren(...drawNodes(seen));
  document.getElementById("hint").textContent = only
    ? `${seen.size} of ${graph.nodes.length} things in view` : `${seen.size} things, ${list.length} ties in view`;
  mark();
  look();
}
function drawNodes(seen) {
  marks.nodes.clear();
  return graph.nodes.filter((node) => seen.has(node.id)).sort((a, b) => a.degree - b.degree).map((node) => {
    const group = svg("g", { class: "node", "data-id": node.id });
    const text = svg("text", {});
    text.textContent = node.name.length > 34 ? `${node.name.slice(0, 32)}…` : node.name;
    group.append(shape(node.family, 0, 0, radius(node)), text);
    marks.nodes.set(node.id, { group, text, node });
    return group;
  });
}
function drawTies(list) {
  marks.ties.clear();
  const parallel = new Map();
  for (const tie of list) {
    const pair = tie.s < tie.o ? `${tie.s} ${tie.o}` : `${tie.o} ${tie.s}`;
    if (!parallel.has(pair)) parallel.set(pair, []);
    parallel.get(pair).push(tie);
  }
  const made = [];
  for (const group of parallel.values()) {
    group.forEach((tie, index) => {
      const kind = [tie.rule ? "derived" : "", tie.factual ? "" : "guess", isDisputed(tie) ? "disputed" : ""].join(" ");
      const mark = svg("g", { class: `tie ${kind}`, "data-id": tie.id });
      const parts = { mark, edge: svg("path", { class: `edge ${kind}` }), reach: svg("path", { class: "reach" }),
        arrow: svg("path", { class: "arrow" }), bend: (index - (group.length - 1) / 2) * (tie.s < tie.o ? 1 : -1), tie };
      const title = svg("title");
      title.textContent = tieWords(tie);
      mark.append(title, parts.edge, parts.arrow, parts.reach);
      marks.ties.set(tie.id, parts);
      made.push(mark);
    });
  }
  return made;
}
// Puts everything where the camera sees it; sizes of marks and words do not grow with the picture.
function look() {
  world.setAttribute("transform", `translate(${camera.x} ${camera.y}) scale(${camera.k})`);
  const small = 1 / Math.pow(camera.k, .72);
  for (const { group, text, node } of marks.nodes.values()) {
    const at = place.get(node.id);
    group.setAttribute("transform", `translate(${at.x} ${at.y}) scale(${small})`);
    text.setAttribute("y", radius(node) + 14);
  }
  for (const parts of marks.ties.values()) bend(parts, small);
  thin(small);
}
function bend({ edge, reach, arrow, bend: turn, tie }, small) {
  const a = place.get(tie.s), b = place.get(tie.o);
  const dx = b.x - a.x, dy = b.y - a.y, length = Math.hypot(dx, dy) || 1;
  const off = turn * Math.min(46, 20 + length * .08) * 1.5 * small;
  const mx = (a.x + b.x) / 2 - (dy / length) * off, my = (a.y + b.y) / 2 + (dx / length) * off;
  const line = `M${a.x} ${a.y}Q${mx} ${my} ${b.x} ${b.y}`;
  edge.setAttribute("d", line);
  reach.setAttribute("d", line);
  if (tie.symmetric) return;
  const gap = (radius(nodes.get(tie.o)) + 2) * small, ex = b.x - mx, ey = b.y - my, far = Math.hypot(ex, ey) || 1;
  const ux = ex / far, uy = ey / far, tip = { x: b.x - ux * gap, y: b.y - uy * gap }, w = 4 * small, l = 8 * small;
  arrow.setAttribute("d", `M${tip.x} ${tip.y}L${tip.x - ux * l - uy * w} ${tip.y - uy * l + ux * w}L${tip.x - ux * l + uy * w} ${tip.y - uy * l - ux * w}Z`);
}
// Labels that would lie on each other give way to those of things with more ties.
function thin(small) {
  const taken = [];
  const order = [...marks.nodes.values()].sort((a, b) =>
    (b.group.classList.contains("chosen") - a.group.classList.contains("chosen")) || b.node.degree - a.node.degree);
  for (const { group, text, node } of order) {
    const at = place.get(node.id), scale = camera.k * small;
    const wide = text.textContent.length * 6.6 * scale, x = at.x * camera.k, y = at.y * camera.k + (radius(node) + 10) * scale;
    const box = [x - wide / 2, y - 7, x + wide / 2, y + 9];
    const free = !taken.some((o) => box[0] < o[2] && box[2] > o[0] && box[1] < o[3] && box[3] > o[1]);
    group.classList.toggle("quiet", !free);
    if (free) taken.push(box);
  }
}
function mark() {
  const near = new Set(), ends = new Set();
  if (chosen.node) for (const tie of tiesOf.get(chosen.node)) if (marks.ties.has(tie.id)) { near.add(tie.id); ends.add(other(tie, chosen.node)); }
  if (chosen.tie && ties.has(chosen.tie)) { ends.add(ties.get(chosen.tie).s); ends.add(ties.get(chosen.tie).o); }
  drawing.classList.toggle("dimmed", Boolean(chosen.node || chosen.tie));
  for (const [id, { group }] of marks.nodes) {
    group.classList.toggle("chosen", id === chosen.node);
    group.classList.toggle("near", ends.has(id));
  }
  for (const [id, { mark: group }] of marks.ties) {
    group.classList.toggle("chosen", id === chosen.tie);
    group.classList.toggle("near", near.has(id));
    if (near.has(id) || id === chosen.tie) group.parentNode.append(group); // in front, so that a click reaches it
  }
}
function fit() {
  const points = [...marks.nodes.keys()].map((id) => place.get(id));
  const box = drawing.getBoundingClientRect();
  if (!points.length || !box.width) return;
  const xs = points.map((p) => p.x), ys = points.map((p) => p.y);
  const left = Math.min(...xs), right = Math.max(...xs), top = Math.min(...ys), low = Math.max(...ys);
  const legend = document.getElementById("legend");
  const beside = box.width > 700 && legend.open ? legend.getBoundingClientRect().width + 10 : 0;
  camera.k = Math.min((box.width - beside - 190) / (right - left || 1), (box.height - 90) / (low - top || 1), 3);
  camera.x = beside + (box.width - beside) / 2 - ((left + right) / 2) * camera.k;
  camera.y = box.height / 2 - 6 - ((top + low) / 2) * camera.k;
  look();
}
function zoom(factor, x, y) {
  const box = drawing.getBoundingClientRect();
  const cx = x ?? box.width / 2, cy = y ?? box.height / 2, k = Math.max(.08, Math.min(12, camera.k * factor));
  camera.x = cx - ((cx - camera.x) * k) / camera.k;
  camera.y = cy - ((cy - camera.y) * k) / camera.k;
  camera.k = k;
  look();
}
function fly(id) {
  const box = drawing.getBoundingClientRect(), at = place.get(id);
  const x = at.x * camera.k + camera.x, y = at.y * camera.k + camera.y;
  if (x > 60 && y > 60 && x < box.width - 60 && y < box.height - 60) return;
  camera.x = box.width / 2 - at.x * camera.k;
  camera.y = box.height / 2 - at.y * camera.k;
  look();
}
// Fingers and mouse: drag the ground to move, a thing to place it, two fingers to zoom.
const held = new Map();
let grip = null;
drawing.addEventListener("pointerdown", (event) => {
  held.set(event.pointerId, { x: event.clientX, y: event.clientY });
  const node = event.target.closest(".node");
  grip = { node: node ? node.dataset.id : null, moved: 0, target: event.target };
});
drawing.addEventListener("pointermove", (event) => {
  const last = held.get(event.pointerId);
  if (!last || !grip) return;
  const dx = event.clientX - last.x, dy = event.clientY - last.y;
  if (held.size === 2) {
    const still = [...held].find(([id]) => id !== event.pointerId)[1], box = drawing.getBoundingClientRect();
    const was = Math.hypot(last.x - still.x, last.y - still.y), now = Math.hypot(event.clientX - still.x, event.clientY - still.y);
    zoom(now / (was || 1), (event.clientX + still.x) / 2 - box.left, (event.clientY + still.y) / 2 - box.top);
    grip.moved = 99;
  } else if (grip.moved + Math.abs(dx) + Math.abs(dy) > 3) {
    if (!drawing.hasPointerCapture(event.pointerId)) drawing.setPointerCapture(event.pointerId);
    if (grip.node) { const at = place.get(grip.node); at.x += dx / camera.k; at.y += dy / camera.k; }
    else { camera.x += dx; camera.y += dy; }
    look();
  }
  grip.moved += Math.abs(dx) + Math.abs(dy);
  held.set(event.pointerId, { x: event.clientX, y: event.clientY });
});
function release(event) {
  held.delete(event.pointerId);
  if (!grip || held.size || event.type === "pointercancel") return;
  const { moved, target } = grip;
  grip = null;
  if (moved > 4) return;
  const node = target.closest(".node"), tie = target.closest(".tie");
  choose(node ? { node: node.dataset.id } : tie ? { tie: tie.dataset.id } : {});
}
drawing.addEventListener("pointerup", release);
drawing.addEventListener("pointercancel", release);
drawing.addEventListener("wheel", (event) => {
  event.preventDefault();
  const box = drawing.getBoundingClientRect();
  zoom(Math.exp(-event.deltaY * .0016), event.clientX - box.left, event.clientY - box.top);
}, { passive: false });
const ARROWS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };
drawing.addEventListener("keydown", (event) => {
  if (event.key in ARROWS) {
    event.preventDefault();
    const next = chosen.node ? step(chosen.node, ARROWS[event.key]) : [...marks.nodes.values()].sort((a, b) => b.node.degree - a.node.degree)[0]?.node.id;
    if (next) choose({ node: next });
  } else if (event.key === "Enter") document.getElementById("panel").focus();
  else if (event.key === "+" || event.key === "=") zoom(1.3);
  else if (event.key === "-") zoom(1 / 1.3);
  else if (event.key === "0") fit();
  else if (event.key === "Escape") choose({});
});
// The neighbour that lies most nearly in a direction; where none does, any thing that does.
function step(from, [dx, dy]) {
  const at = place.get(from), near = new Set(tiesOf.get(from).filter((tie) => marks.ties.has(tie.id)).map((tie) => other(tie, from)));
  let best = null;
  for (const id of marks.nodes.keys()) {
    if (id === from) continue;
    const to = place.get(id), x = to.x - at.x, y = to.y - at.y, along = x * dx + y * dy, length = Math.hypot(x, y) || 1;
    if (along / length < .5) continue;
    const cost = (length * (2 - along / length)) * (near.has(id) ? 1 : 4);
    if (!best || cost < best.cost) best = { id, cost };
  }
  return best?.id;
}
