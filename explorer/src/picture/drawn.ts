import type { Edge, Known, Node } from "../graph/known";
import { claimsOf, Passing } from "../graph/passing";
import type { Point, Scene } from "../state/scene";

/** What is to be drawn, whatever draws it: WebGL, a canvas without it, or an SVG file. */
export interface Drawn {
  readonly nodes: ReadonlyMap<string, DrawnNode>;
  readonly edges: ReadonlyMap<string, DrawnEdge>;
}

export interface DrawnNode {
  readonly node: Node;
  readonly x: number;
  readonly y: number;
  readonly size: number;
  readonly chosen: boolean;
  readonly lit: boolean;
  readonly dim: boolean;
  readonly pinned: boolean;
  /** How many of its neighbours are not in view. */
  readonly more: number;
}

export interface DrawnEdge {
  readonly edge: Edge;
  /** How far its middle is bent aside, so that parallel ones can be told apart: 0 is straight. */
  readonly bend: number;
  readonly width: number;
  readonly dashed: boolean;
  readonly disputed: boolean;
  readonly arrow: boolean;
  readonly chosen: boolean;
  readonly lit: boolean;
  readonly dim: boolean;
}

/** From so many edges on all are straight and plain. */
export const PLAIN_FROM = 1_500;

/** What the reader's attention is on, beside what is chosen: things and claims of an answer or a path. */
export interface Light { readonly nodes: ReadonlySet<string>; readonly edges: ReadonlySet<string> }
export const DARK: Light = { nodes: new Set(), edges: new Set() };

export function drawn(known: Known, scene: Scene, light: Light = DARK): Drawn {
  const passing = new Passing(known, scene);
  const inView = nodesInView(known, scene, passing);
  const edges = edgesInView(inView, passing, known);
  if (scene.whole && scene.off.has(ALONE)) leaveOutAlone(inView, edges, scene);
  const near = nearChosen(edges, scene);
  const lit = light.nodes.size > 0 || light.edges.size > 0;
  const small = sizeShare(inView.size);
  const nodes = new Map<string, DrawnNode>();
  for (const node of inView.values()) {
    const place = placeOf(node, scene);
    const chosen = scene.chosen?.sort === "entity" && scene.chosen.id === node.id;
    const isLit = lit ? light.nodes.has(node.id) : near.nodes.has(node.id);
    nodes.set(node.id, {
      node, x: place.x, y: place.y, size: radius(node) * small, chosen, lit: isLit,
      dim: (lit || near.nodes.size > 0) && !isLit && !chosen,
      pinned: scene.pinned.has(node.id),
      more: scene.whole ? 0 : Math.max(0, node.ties - shownTies(node, inView)),
    });
  }
  return { nodes, edges: looks(edges, scene, light, lit, near) };
}

/** Return the things in view that the filter lets pass. */
export function nodesInView(known: Known, scene: Scene, passing = new Passing(known, scene)): Map<string, Node> {
  const found = new Map<string, Node>();
  const ids = scene.whole ? known.nodes.keys() : scene.shown;
  for (const id of ids) {
    const node = known.nodes.get(id);
    if (node && passing.node(node.family, known.about.kinds[node.kind]!.id)) found.set(id, node);
  }
  return found;
}

/** The filter's name for things that no drawn tie leads to: in a picture of everything they say nothing. */
export const ALONE = "tied:alone";

function leaveOutAlone(inView: Map<string, Node>, edges: Passed, scene: Scene): void {
  const tied = new Set<string>();
  for (const edge of edges.keys()) tied.add(edge.subject.id).add(edge.object.id);
  if (scene.chosen) tied.add(scene.chosen.id);
  for (const id of inView.keys()) if (!tied.has(id)) inView.delete(id);
}

type Passed = Map<Edge, ReturnType<Passing["ties"]>>;

export function edgesInView(inView: ReadonlyMap<string, Node>, passing: Passing, known: Known): Passed {
  const found: Passed = new Map();
  const edges = inView.size * 4 > known.nodes.size ? known.edges.values() : fewEdges(inView);
  for (const edge of edges) {
    if (!inView.has(edge.subject.id) || !inView.has(edge.object.id) || edge.subject === edge.object) continue;
    const ties = passing.ties(edge);
    if (ties.length) found.set(edge, ties);
  }
  return found;
}

function* fewEdges(inView: ReadonlyMap<string, Node>): Iterable<Edge> {
  for (const node of inView.values()) for (const edge of node.edges) if (edge.subject === node) yield edge;
}

function nearChosen(edges: Passed, scene: Scene): { nodes: Set<string>; edges: Set<string> } {
  const nodes = new Set<string>();
  const keys = new Set<string>();
  const { chosen } = scene;
  if (!chosen) return { nodes, edges: keys };
  for (const [edge, ties] of edges) {
    const hit = chosen.sort === "entity" ? edge.subject.id === chosen.id || edge.object.id === chosen.id
      : chosen.sort === "tie" ? edge.key === chosen.id
      : ties.some((tie) => tie.claims.some((claim) => claim.id === chosen.id));
    if (!hit) continue;
    keys.add(edge.key);
    nodes.add(edge.subject.id).add(edge.object.id);
  }
  return { nodes, edges: keys };
}

function looks(edges: Passed, scene: Scene, light: Light, lit: boolean, near: { edges: Set<string> }): Map<string, DrawnEdge> {
  const bends = edges.size < PLAIN_FROM ? bendsOf(edges.keys()) : null;
  const found = new Map<string, DrawnEdge>();
  for (const [edge, ties] of edges) {
    const claims = claimsOf(ties);
    const sources = new Set(claims.map((claim) => claim.source)).size;
    const chosen = scene.chosen?.sort === "tie" && scene.chosen.id === edge.key;
    const isLit = lit ? light.edges.has(edge.key) : near.edges.has(edge.key);
    found.set(edge.key, {
      edge, bend: bends?.get(edge) ?? 0, chosen, lit: isLit,
      width: sources > 1 ? Math.min(1.6 + 0.5 * sources, 4) : 1.1,
      dashed: !claims.some((claim) => claim.factual),
      disputed: claims.some((claim) => claim.disputed),
      arrow: bends !== null,
      dim: (lit || near.edges.size > 0) && !isLit,
    });
  }
  return found;
}

/** Spread the edges between the same two things. */
function bendsOf(edges: Iterable<Edge>): Map<Edge, number> {
  const pairs = new Map<string, Edge[]>();
  for (const edge of edges) {
    const [a, b] = [edge.subject.id, edge.object.id];
    const pair = a < b ? `${a} ${b}` : `${b} ${a}`;
    const there = pairs.get(pair);
    if (there) there.push(edge);
    else pairs.set(pair, [edge]);
  }
  const bends = new Map<Edge, number>();
  for (const parallel of pairs.values()) {
    parallel.forEach((edge, index) => {
      const aside = index - (parallel.length - 1) / 2;
      bends.set(edge, aside * (edge.subject.id < edge.object.id ? 1 : -1));
    });
  }
  return bends;
}

function shownTies(node: Node, inView: ReadonlyMap<string, Node>): number {
  const seen = new Set<string>();
  for (const edge of node.edges) {
    const other = edge.subject === node ? edge.object : edge.subject;
    if (inView.has(other.id) && edge.ties.some((tie) => tie.claims.length === 1)) seen.add(edge.key);
  }
  return seen.size;
}

export const placeOf = (node: Node, scene: Scene): Point => scene.places.get(node.id) ?? node;
export const radius = (node: Node): number => 4.5 + 1.9 * Math.log2(1 + node.ties);
/** Sizes are in pixels: of many things each is drawn smaller. */
export const sizeShare = (count: number): number => Math.min(1, Math.max(0.12, 13 / Math.sqrt(Math.max(1, count))));
