import Graph from "graphology";
import forceAtlas2 from "graphology-layout-forceatlas2";
import noverlap from "graphology-layout-noverlap";
import type { Edge, Node } from "../graph/known";
import type { Point } from "../state/scene";
import { radius } from "./drawn";

/** Places are laid out in pixels and then brought to units of the graph: a view of fifty things fills a screen. */
const UNIT = 420;
/** Names are wide: a picture is laid out narrow and then drawn out. */
const WIDE = 1.4;
/** Pixels about each thing for its name and for ties to be told apart. */
const ROOM = 17;

/**
 * Places for the things of a small view. Those that have one keep it; the others are set beside their neighbours by
 * ForceAtlas2 (Jacomy et al. 2014) from where the build has them, so that the same steps give the same picture.
 */
export function arrange(nodes: readonly Node[], edges: Iterable<Edge>, before: ReadonlyMap<string, Point>): Map<string, Point> {
  const found = new Map<string, Point>();
  for (const node of nodes) if (before.has(node.id)) found.set(node.id, before.get(node.id)!);
  if (found.size === nodes.length) return found;
  const graph = start(nodes, edges, before);
  settle(graph, found.size > 0);
  graph.forEachNode((id, { x, y }) => {
    if (!before.has(id)) found.set(id, rounded({ x: (x * WIDE) / UNIT, y: y / UNIT }));
  });
  return found;
}

function start(nodes: readonly Node[], edges: Iterable<Edge>, before: ReadonlyMap<string, Point>): Graph {
  const graph = new Graph({ multi: false, type: "undirected" });
  const inView = new Set(nodes.map((node) => node.id));
  for (const node of nodes) {
    const there = before.get(node.id);
    const at = there ? { x: (there.x / WIDE) * UNIT, y: there.y * UNIT } : { x: node.x * UNIT, y: node.y * UNIT };
    graph.addNode(node.id, { ...at, size: radius(node) + ROOM, fixed: there !== undefined });
  }
  for (const edge of edges) {
    if (inView.has(edge.subject.id) && inView.has(edge.object.id) && edge.subject !== edge.object) graph.mergeEdge(edge.subject.id, edge.object.id);
  }
  spread(graph, nodes, before);
  return graph;
}

/** Begin new things on a spiral about a neighbour that stands already, or about the middle, in the direction of their home. */
function spread(graph: Graph, nodes: readonly Node[], before: ReadonlyMap<string, Point>): void {
  const count = new Map<string, number>();
  nodes.filter((node) => !before.has(node.id)).forEach((node, index) => {
    const by = graph.neighbors(node.id).find((id) => before.has(id));
    const middle = by ? graph.getNodeAttributes(by) : { x: 0, y: 0, size: 0 };
    const nth = count.get(by ?? "") ?? 0;
    count.set(by ?? "", nth + 1);
    const angle = by ? nth * 2.399963 + Math.atan2(middle.y, middle.x) : Math.atan2(node.y, node.x) + index * 1e-3;
    const reach = by ? middle.size + 34 + 14 * Math.sqrt(nth) : 120 + 4 * (index % 7);
    graph.mergeNodeAttributes(node.id, { x: middle.x + reach * Math.cos(angle), y: middle.y + reach * Math.sin(angle) });
  });
}

function settle(graph: Graph, held: boolean): void {
  const fixed = new Map<string, Point>();
  graph.forEachNode((id, at) => { if (at.fixed) fixed.set(id, { x: at.x, y: at.y }); });
  const back = (): void => fixed.forEach((at, id) => graph.mergeNodeAttributes(id, at));
  forceAtlas2.assign(graph, {
    iterations: held ? 100 : 500,
    settings: { linLogMode: true, gravity: held ? 0.02 : 0.9, scalingRatio: held ? 2 : 6, adjustSizes: false, slowDown: 4, barnesHutOptimize: graph.order > 1_000 },
  });
  if (!held) resize(graph);
  back();
  for (let round = 0; round < 5; round += 1) {
    noverlap.assign(graph, { maxIterations: 60, settings: { margin: 2, ratio: 1, expansion: 1.04, gridSize: 20 } });
    back();
  }
}

/** Bring a picture to the size that its number of things asks for, about its middle. */
function resize(graph: Graph): void {
  let [x, y, reach] = [0, 0, 0];
  graph.forEachNode((_, at) => { x += at.x / graph.order; y += at.y / graph.order; });
  graph.forEachNode((_, at) => { reach += Math.hypot(at.x - x, at.y - y) / graph.order; });
  const scale = reach ? (34 * Math.sqrt(graph.order)) / reach : 1;
  graph.updateEachNodeAttributes((_, at) => ({ ...at, x: (at.x - x) * scale, y: (at.y - y) * scale }));
}

const rounded = ({ x, y }: Point): Point => ({ x: Math.round(x * 1000) / 1000, y: Math.round(y * 1000) / 1000 });

/** Places in columns from left to right: what is depended on, the thing itself, what depends on it. */
export function columns(layers: readonly (readonly string[])[]): Map<string, Point> {
  const found = new Map<string, Point>();
  const tallest = Math.max(1, ...layers.map((layer) => layer.length));
  layers.forEach((layer, column) => {
    layer.forEach((id, row) => {
      const x = (column - (layers.length - 1) / 2) * Math.max(0.62, Math.min(1, 3.2 / layers.length));
      const y = ((layer.length - 1) / 2 - row) * Math.min(0.3, 2.4 / tallest);
      if (!found.has(id)) found.set(id, rounded({ x, y }));
    });
  });
  return found;
}
