// What is chosen, the legend, the search, and the address.
const chosen = { node: null, tie: null };
let tab = "details";

function open(name) {
  tab = name;
  for (const other of ["details", "table", "conflicts"]) {
    pane(other).hidden = other !== name;
    const button = document.getElementById(`tab-${other}`);
    button.setAttribute("aria-selected", String(other === name));
    button.tabIndex = other === name ? 0 : -1;
  }
  document.querySelector("main").classList.toggle("tabled", name === "table");
  if (name === "table") showTable();
}
function choose(what, { remember = true } = {}) {
  chosen.node = what.node && nodes.has(what.node) ? what.node : null;
  chosen.tie = what.tie && ties.has(what.tie) ? what.tie : null;
  if (only && chosen.node && !only.has(chosen.node)) { for (const id of around(chosen.node, 1)) only.add(id); draw(); }
  else if (chosen.node && !marks.nodes.has(chosen.node)) draw();
  mark();
  look();
  if (chosen.node) { showNode(nodes.get(chosen.node)); fly(chosen.node); say(nodes.get(chosen.node).name, tiesOf.get(chosen.node).length); }
  else if (chosen.tie) { showTie(ties.get(chosen.tie)); document.getElementById("live").textContent = tieWords(ties.get(chosen.tie)); }
  else showWelcome();
  if (chosen.node || chosen.tie || tab === "details") open("details");
  pane("details").scrollTop = 0;
  if (remember) {
    const state = chosen.node ? `#entity=${encodeURIComponent(chosen.node)}` : chosen.tie ? `#tie=${chosen.tie}` : "#";
    if (location.hash !== state && !(state === "#" && !location.hash)) history.pushState(null, "", state);
  }
}
function say(name, count) {
  document.getElementById("live").textContent = `${name}, ${count} ties`;
}
function restore() {
  const state = new URLSearchParams(location.hash.slice(1));
  choose({ node: state.get("entity"), tie: state.get("tie") }, { remember: false });
  if (state.get("tab")) open(state.get("tab"));
}

// Legend: a row a filter, with its sign and its count.
function legendRow(where, label, count, on, sign, change) {
  const box = el("input", { type: "checkbox" });
  box.checked = on;
  box.addEventListener("change", () => { change(box.checked); draw(); if (tab === "table") showTable(); });
  const picture = svg("svg", { viewBox: "0 0 24 16", "aria-hidden": "true" });
  if (sign) picture.append(sign);
  document.getElementById(where).append(el("label", {}, box, picture, label, el("span", { class: "count" }, String(count))));
}
const line = (kind) => svg("path", { class: `edge ${kind}`, d: "M1 8H23" });
const toggle = (set, name) => (on) => (on ? set.add(name) : set.delete(name));
function legend() {
  for (const [name, label] of families) {
    const count = graph.nodes.filter((node) => node.family === name).length;
    if (count) legendRow("families", label, count, true, shape(name, 12, 8, 6.5), toggle(shown.families, name));
  }
  for (const [name, label] of groups) {
    const count = graph.ties.filter((tie) => tie.group === name).length;
    if (count) legendRow("groups", label, count, shown.groups.has(name), null, toggle(shown.groups, name));
  }
  const derived = graph.ties.filter(follows).length, guess = graph.ties.filter((tie) => !tie.factual).length;
  legendRow("manners", "follows from several", derived, false, line("derived"), (on) => { shown.derived = on; });
  legendRow("manners", "forecast or opinion", guess, true, line("guess"), (on) => { shown.guess = on; });
  const row = svg("svg", { viewBox: "0 0 24 16", "aria-hidden": "true" });
  row.append(line("disputed"));
  document.getElementById("manners").append(el("label", {}, row, "disputed", el("span", { class: "count" }, String(graph.ties.filter(isDisputed).length))));
}

// Search: a combobox; arrows go through the list, Enter takes one.
const search = document.getElementById("search"), list = document.getElementById("found");
let rows = [], at = -1;
function offer() {
  rows = find(search.value);
  at = rows.length ? 0 : -1;
  list.replaceChildren(...rows.map(({ node, name }, index) => {
    const item = el("li", { role: "option", id: `found-${index}`, "aria-selected": String(index === at) }, node.name,
      el("small", {}, name === node.name ? node.kind : `${node.kind}, ${name}`));
    item.addEventListener("pointerdown", (event) => { event.preventDefault(); take(index); });
    return item;
  }));
  if (!rows.length && search.value.trim()) list.append(el("li", {}, "nothing has such a name"));
  list.hidden = !search.value.trim();
  search.setAttribute("aria-expanded", String(!list.hidden));
  point();
}
function point() {
  [...list.children].forEach((item, index) => item.setAttribute("aria-selected", String(index === at)));
  if (at >= 0) { search.setAttribute("aria-activedescendant", `found-${at}`); list.children[at].scrollIntoView({ block: "nearest" }); }
  else search.removeAttribute("aria-activedescendant");
}
function take(index) {
  list.hidden = true;
  search.setAttribute("aria-expanded", "false");
  search.value = rows[index].node.name;
  choose({ node: rows[index].node.id });
}
search.addEventListener("input", offer);
search.addEventListener("keydown", (event) => {
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    if (list.hidden) offer();
    if (rows.length) at = (at + (event.key === "ArrowDown" ? 1 : -1) + rows.length) % rows.length;
    point();
  } else if (event.key === "Enter" && at >= 0 && !list.hidden) { event.preventDefault(); take(at); }
  else if (event.key === "Escape") { list.hidden = true; search.setAttribute("aria-expanded", "false"); }
});
search.addEventListener("blur", () => { list.hidden = true; search.setAttribute("aria-expanded", "false"); });
document.addEventListener("keydown", (event) => {
  if (event.key === "/" && !/input|textarea/i.test(document.activeElement.tagName)) { event.preventDefault(); search.focus(); }
});

for (const name of ["details", "table", "conflicts"]) {
  const button = document.getElementById(`tab-${name}`);
  button.addEventListener("click", () => open(name));
  button.addEventListener("keydown", (event) => {
    const order = ["details", "table", "conflicts"], move = { ArrowRight: 1, ArrowLeft: 2 }[event.key];
    if (!move) return;
    const next = order[(order.indexOf(name) + move) % 3];
    open(next);
    document.getElementById(`tab-${next}`).focus();
  });
}
document.getElementById("closer").addEventListener("click", () => zoom(1.3));
document.getElementById("farther").addEventListener("click", () => zoom(1 / 1.3));
document.getElementById("fit").addEventListener("click", () => { if (only) homeAll(); only = null; draw(); fit(); });
window.addEventListener("popstate", restore);
window.addEventListener("hashchange", restore);
new ResizeObserver(() => look()).observe(drawing);

document.getElementById("title").textContent = graph.title;
const { entities, claims: said, sources } = graph.counts;
document.getElementById("counts").textContent = `${entities} things · ${said} claims · ${sources} source${sources === 1 ? "" : "s"} · ${graph.conflicts.length} conflicts`;
const places = [...claims.values()].flatMap((claim) => claim.places), read = places.filter((spot) => spot.words).length;
document.getElementById("foot").textContent = `Keiretsu · ${read} of ${places.length} places shown with their words, the others as offsets (text not here) · built from ${graph.digest}`;
if (matchMedia("(max-width: 820px)").matches) document.getElementById("legend").open = false;
legend();
if (only) ring(only.values().next().value);
draw();
showConflicts();
fit();
if (location.hash.length > 1) restore();
else choose(graph.focus ? { node: graph.focus } : {}, { remember: false });
