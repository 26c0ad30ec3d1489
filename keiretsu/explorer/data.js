// The graph as it was built, and what is looked up in it.
const graph = JSON.parse(document.getElementById("graph").textContent);
const nodes = new Map(graph.nodes.map((node) => [node.id, node]));
const claims = new Map(Object.entries(graph.claims));
const ties = new Map(graph.ties.map((tie) => [tie.id, tie]));
const byKey = new Map([...claims].map(([id, claim]) => [claim.key, { ...claim, id }]));
const families = new Map(graph.families), groups = new Map(graph.groups);
const disputes = new Map(); // claim id -> open conflicts
for (const conflict of graph.conflicts) {
  if (conflict.standing !== "open") continue; // settled by rank, or explained
  for (const side of conflict.claims) {
    if (!disputes.has(side)) disputes.set(side, []);
    disputes.get(side).push(conflict);
  }
}
const tiesOf = new Map(graph.nodes.map((node) => [node.id, []]));
for (const tie of graph.ties) {
  tiesOf.get(tie.s).push(tie);
  if (tie.o !== tie.s) tiesOf.get(tie.o).push(tie);
}
const isDisputed = (tie) => tie.claims.some((id) => disputes.has(id));
const follows = (tie) => tie.claims.length > 1; // from several claims together
const other = (tie, id) => (tie.s === id ? tie.o : tie.s);

// What is drawn: the legend is the filter.
const shown = {
  families: new Set(families.keys()),
  groups: new Set([...groups.keys()].filter((name) => !graph.hidden.includes(name))),
  derived: false,
  guess: true,
};
const passes = (tie) =>
  shown.groups.has(tie.group) && (shown.derived || !follows(tie)) && (shown.guess || tie.factual) &&
  shown.families.has(nodes.get(tie.s).family) && shown.families.has(nodes.get(tie.o).family);

function around(start, depth) {
  let found = new Set([start]);
  for (let step = 0; step < depth; step += 1) {
    const next = new Set(found);
    for (const id of found) for (const tie of tiesOf.get(id)) if (passes(tie)) next.add(other(tie, id));
    found = next;
  }
  return found;
}
let only = graph.focus && nodes.has(graph.focus) ? around(graph.focus, graph.depth) : null;
if (!only && graph.nodes.filter((node) => node.degree).length > 400) {
  const top = [...graph.nodes].sort((a, b) => b.degree - a.degree)[0];
  only = around(top.id, 1);
}
const drawnTies = () => graph.ties.filter((tie) => passes(tie) && (!only || (only.has(tie.s) && only.has(tie.o))));

// Names: exact, beginning, part, and with up to two slips.
const fold = (text) => text.normalize("NFKC").toLowerCase().replace(/\s+/g, " ").trim();
const named = graph.nodes.flatMap((node) =>
  [node.name, ...node.names.map((row) => row[0]), ...node.identifiers.map((row) => row[1]), node.id].map((text) => [fold(text), text, node]));
function slips(one, two, most) {
  if (Math.abs(one.length - two.length) > most) return most + 1;
  let before = Array.from({ length: two.length + 1 }, (_, i) => i);
  for (let i = 1; i <= one.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= two.length; j += 1) {
      row[j] = Math.min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (one[i - 1] === two[j - 1] ? 0 : 1));
    }
    before = row;
  }
  return before[two.length];
}
function find(text) {
  const wanted = fold(text).slice(0, 80);
  if (!wanted) return [];
  const best = new Map();
  for (const [folded, name, node] of named) {
    let score = folded === wanted ? 0 : folded.startsWith(wanted) ? 1 : folded.includes(wanted) ? 2 : 9;
    if (score === 9 && wanted.length > 3) {
      const most = wanted.length > 6 ? 2 : 1;
      const slipped = slips(wanted, folded, most);
      if (slipped <= most) score = 3 + slipped;
    }
    if (score < 9 && (!best.has(node.id) || best.get(node.id).score > score)) best.set(node.id, { score, name, node });
  }
  return [...best.values()].sort((a, b) => a.score - b.score || b.node.degree - a.node.degree || a.node.name.localeCompare(b.node.name)).slice(0, 12);
}
