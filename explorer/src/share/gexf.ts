import type { Claim } from "../graph/known";
import { type EdgeLine, edgeLines, nodeLines, sureness } from "../panes/rows";
import { edgeColor, nodeColor, type Palette } from "../picture/looks";
import type { Store } from "../state/store";
import { Maker, serialised } from "./xml";

const GEXF = "http://gexf.net/1.3";
const VIZ = `${GEXF}/viz`;
const SPAN = 1_000; // of the unit disc, in the units of programs that draw GEXF
const SHAPES: Readonly<Record<string, string>> = { product: "square", person: "diamond", idea: "triangle" };
const NODE_FIELDS = [["kind", "string"], ["family", "string"], ["ties", "integer"]] as const;
const EDGE_FIELDS = [["relation", "string"], ["symmetric", "boolean"], ["sure", "string"], ["disputed", "boolean"], ["claims", "integer"], ["sources", "integer"]] as const;

/** The view as GEXF 1.3, for Gephi and other programs: with kinds, relations, days, colours and places. */
export function gexf(store: Store, title: string, palette: Palette): string {
  const document = window.document.implementation.createDocument(GEXF, "gexf", null);
  const maker = new Maker(document, GEXF);
  const root = document.documentElement;
  root.setAttribute("version", "1.3");
  root.setAttributeNS("http://www.w3.org/2000/xmlns/", "xmlns:viz", VIZ);
  const meta = maker.add(root, "meta");
  maker.add(meta, "creator", {}, `Keiretsu ${store.about.version}`);
  maker.add(meta, "description", {}, `${title}, built from ${store.about.digest}`);
  const graph = maker.add(root, "graph", { mode: "dynamic", defaultedgetype: "directed", timeformat: "date" });
  fields(maker, graph, "node", NODE_FIELDS);
  fields(maker, graph, "edge", EDGE_FIELDS);
  nodes(maker, graph, store, palette);
  edges(maker, graph, store, palette);
  return serialised(document);
}

function fields(maker: Maker, graph: Element, of: string, told: readonly (readonly [string, string])[]): void {
  const all = maker.add(graph, "attributes", { class: of });
  for (const [name, type] of told) maker.add(all, "attribute", { id: name, title: name, type });
}

function nodes(maker: Maker, graph: Element, store: Store, palette: Palette): void {
  const viz = new Maker(maker.document, VIZ);
  const all = maker.add(graph, "nodes");
  for (const { drawn, kind } of nodeLines(store)) {
    const node = maker.add(all, "node", { id: drawn.node.id, label: drawn.node.name });
    values(maker, node, { kind, family: drawn.node.family, ties: drawn.node.ties });
    viz.add(node, "viz:color", rgb(nodeColor({ ...drawn, dim: false }, palette)));
    viz.add(node, "viz:position", { x: round(drawn.x * SPAN), y: round(drawn.y * SPAN), z: 0 });
    viz.add(node, "viz:size", { value: round(drawn.size) });
    viz.add(node, "viz:shape", { value: SHAPES[drawn.node.family] ?? "disc" });
  }
}

function edges(maker: Maker, graph: Element, store: Store, palette: Palette): void {
  const viz = new Maker(maker.document, VIZ);
  const all = maker.add(graph, "edges");
  for (const line of edgeLines(store)) {
    const { edge } = line.drawn;
    const made = maker.add(all, "edge", { id: edge.key, source: edge.subject.id, target: edge.object.id, label: line.relation });
    values(maker, made, {
      relation: line.relation, symmetric: store.about.relations[edge.relation]!.symmetric, sure: sureness(line), disputed: line.drawn.disputed,
      claims: line.claims.length, sources: new Set(line.claims.map((claim) => claim.source)).size,
    });
    spells(maker, made, line);
    viz.add(made, "viz:color", rgb(edgeColor({ ...line.drawn, dim: false, chosen: false, lit: false }, palette, 0)));
    viz.add(made, "viz:thickness", { value: line.drawn.width });
    if (line.drawn.dashed) viz.add(made, "viz:shape", { value: "dashed" });
  }
}

function values(maker: Maker, parent: Element, told: Readonly<Record<string, string | number | boolean>>): void {
  const all = maker.add(parent, "attvalues");
  for (const [name, value] of Object.entries(told)) maker.add(all, "attvalue", { for: name, value: String(value) });
}

/** When it may have been so, by each claim; one that leaves both sides open says that it always was. */
function spells(maker: Maker, parent: Element, { claims }: EdgeLine): void {
  const open = (claim: Claim): boolean => claim.from === null && claim.until === null;
  if (!claims.length || claims.some(open)) return;
  const all = maker.add(parent, "spells");
  const days = new Map(claims.map(({ from, until }) => [`${from} ${until}`, { start: from, end: until }]));
  for (const [, spell] of [...days].sort(([one], [two]) => (one < two ? -1 : 1))) maker.add(all, "spell", spell);
}

const round = (value: number): number => Math.round(value * 100) / 100;
const rgb = (color: string): { r: number; g: number; b: number } => ({ r: parseInt(color.slice(1, 3), 16), g: parseInt(color.slice(3, 5), 16), b: parseInt(color.slice(5, 7), 16) });
