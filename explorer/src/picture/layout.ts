import Graph from "graphology";
import forceAtlas2 from "graphology-layout-forceatlas2";
import noverlap from "graphology-layout-noverlap";
import type { Edge, Node } from "../graph/known";
import type { Point } from "../state/scene";

/** How far apart neighbours stand in a small view, in units of the graph. */
const APART = 0.11;
/** Names are wide: a picture is laid out narrow and then drawn out. */
const WIDE = 1.9;

/**
 * Places for the things of a small view. Those that have one keep it; the others are set beside their neighbours by
 * ForceAtlas2 (Jacomy et al. 2014) from where the build has them, so that the same steps give the same picture.
 */
export function arrange(nodes: readonly Node[], edges: Iterable<Edge>, before: ReadonlyMap<string, Point>): Map<string, Point> {
  const kept = nodes.filter((node) => before.has(node.id));
  const found = new Map(kept.map((node) => [node.id, before.get(node.id)!]));
  if (kept.length === nodes.length) return found;
  const graph = start(nodes, edges, before);
  settle(graph, kept.length > 0);
  const scale = kept.length ? 1 : size(graph);
  graph.forEachNode((id, { x, y }) => {
    if (!before.has(id)) found.set(id, rounded({ x: x * scale * WIDE, y: y * scale }));
  });
  return found;
}

function start(nodes: readonly Node[], edges: Iterable<Edge>, before: ReadonlyMap<string, Point>): Graph {
  const graph = new Graph({ multi: false, type: "undirected" });
  const inView = new Set(nodes.map((node) => node.id));
  for (const node of nodes) {
    const there = before.get(node.id);
    const at = there ? { x: there.x / WIDE, y: there.y } : { x: node.x, y: node.y };
    graph.addNode(node.id, { ...at, size: APART * 0.42, fixed: there !== undefined });
  }
  for (const edge of edges) {
    if (inView.has(edge.subject.id) && inView.has(edge.object.id) && edge.subject !== edge.object) graph.mergeEdge(edge.subject.id, edge.object.id);
  }
  spread(graph, nodes, before);
  return graph;
}

/** Begin new things on a circle about a neighbour that stands already, or about the middle, in the direction of their home. */
function spread(graph: Graph, nodes: readonly Node[], before: ReadonlyMap<string, Point>): void {
  const fresh = nodes.filter((node) => !before.has(node.id));
  const count = new Map<string, number>();
  fresh.forEach((node, index) => {
    const by = graph.neighbors(node.id).find((id) => before.has(id));
    const middle = by ? graph.getNodeAttributes(by) : { x: 0, y: 0 };
    const nth = count.get(by ?? "") ?? 0;
    count.set(by ?? "", nth + 1);
    const angle = by ? nth * 2.399963 + Math.atan2(middle.y, middle.x) : Math.atan2(node.y, node.x) + index * 1e-3;
    const reach = by ? APART * (1.1 + 0.35 * Math.sqrt(nth)) : 0.3 + 0.01 * (index % 7);
    graph.mergeNodeAttributes(node.id, { x: middle.x + reach * Math.cos(angle), y: middle.y + reach * Math.sin(angle) });
  });
}

function settle(graph: Graph, held: boolean): void {
  const scale = 100; // ForceAtlas2 is made for units of about a pixel
  graph.updateEachNodeAttributes((_, at) => ({ ...at, x: at.x * scale, y: at.y * scale, size: at.size * scale }));
  const fixed = new Map<string, Point>();
  graph.forEachNode((id, at) => { if (at.fixed) fixed.set(id, { x: at.x, y: at.y }); });
  forceAtlas2.assign(graph, {
    iterations: held ? 120 : 400,
    settings: { linLogMode: false, gravity: held ? 0.05 : 0.6, scalingRatio: held ? 4 : 12, strongGravityMode: false, outboundAttractionDistribution: true, slowDown: 6, barnesHutOptimize: graph.order > 1_000 },
  });
  const back = (): void => fixed.forEach((at, id) => graph.mergeNodeAttributes(id, at));
  back();
  for (let round = 0; round < 4; round += 1) {
    noverlap.assign(graph, { maxIterations: 40, settings: { margin: 2.2, ratio: 1, expansion: 1.05, gridSize: 20 } });
    back();
  }
  graph.updateEachNodeAttributes((_, at) => ({ ...at, x: at.x / scale, y: at.y / scale, size: at.size / scale }));
}

/** The factor by which a picture becomes as large as its number of things asks for. */
function size(graph: Graph): number {
  let reach = 0;
  graph.forEachNode((_, { x, y }) => { reach = Math.max(reach, Math.hypot(x, y)); });
  return reach ? (APART * Math.sqrt(graph.order)) / reach : 1;
}

const rounded = ({ x, y }: Point): Point => ({ x: Math.round(x * 1000) / 1000, y: Math.round(y * 1000) / 1000 });

/** Places in columns from left to right: what is depended on, the thing itself, what depends on it. */
export function columns(layers: readonly (readonly string[])[]): Map<string, Point> {
  const found = new Map<string, Point>();
  const tallest = Math.max(1, ...layers.map((layer) => layer.length));
  layers.forEach((layer, column) => {
    layer.forEach((id, row) => {
      const x = (column - (layers.length - 1) / 2) * 0.62;
      const y = ((layer.length - 1) / 2 - row) * Math.min(0.13, 2.4 / tallest);
      if (!found.has(id)) found.set(id, rounded({ x, y }));
    });
  });
  return found;
}
