import Graph from "graphology";
import Sigma from "sigma";
import { EdgeLineProgram, NodePointProgram } from "sigma/rendering";
import type { MouseCoords } from "sigma/types";
import type { Point } from "../state/scene";
import type { Drawn } from "./drawn";
import { TieProgram } from "./lines";
import { dressedEdge, dressedNode } from "./dressed";
import type { Palette } from "./looks";
import { MarkProgram } from "./marks";
import { type Lens, Names } from "./names";
import { NoEdges, NoNodes } from "./nothing";
import { calm, type Hit, type Listener, OPEN, type Picture } from "./picture";
import { onCanvas, sheet } from "./strokes";

const STROKED = 3_000; // up to so many a file of the picture is drawn anew, as sharp as it is large
const FRAME = { x: [-1, 1] as [number, number], y: [-1, 1] as [number, number] };
const NOWHERE = { x: 0, y: 0 };

export const smallness = (width: number, height: number): number => Math.min(1, Math.max(0.5, Math.min(width, height) / 560));

/** The picture by WebGL: sigma draws nodes and ties, we write the names over them. */
export class WebGLPicture implements Picture {
  private readonly sigma: Sigma;
  private readonly over: HTMLCanvasElement;
  private readonly context: CanvasRenderingContext2D;
  private drawn: Drawn = { nodes: new Map(), edges: new Map() };
  private palette: Palette;
  private fitted = { from: 1, to: 1, at: 0 };
  private dragged: string | null = null;
  private settled = 0;
  covered = OPEN;

  constructor(private readonly host: HTMLElement, private readonly listener: Listener, private readonly names: Names, palette: Palette) {
    this.palette = palette;
    this.sigma = new Sigma(new Graph({ multi: true, type: "directed" }), host, {
      allowInvalidContainer: true,
      renderLabels: false,
      enableEdgeEvents: true,
      stagePadding: 0,
      zIndex: true,
      minCameraRatio: 0.002,
      maxCameraRatio: 6,
      minEdgeThickness: 0.6,
      zoomToSizeRatioFunction: (ratio) => 1 / this.grow(ratio),
      nodeProgramClasses: { mark: MarkProgram, point: NodePointProgram, circle: NoNodes },
      nodeHoverProgramClasses: { mark: NoNodes, point: NoNodes, circle: NoNodes },
      edgeProgramClasses: { tie: TieProgram, line: EdgeLineProgram, arrow: NoEdges },
      defaultDrawNodeHover: () => undefined,
      defaultNodeType: "mark",
      defaultEdgeType: "tie",
      nodeReducer: (id) => this.node(id),
      edgeReducer: (id) => this.edge(id),
    });
    this.sigma.setCustomBBox(FRAME);
    this.over = document.createElement("canvas");
    this.over.className = "names";
    host.append(this.over);
    this.context = this.over.getContext("2d")!;
    this.sigma.on("afterRender", () => this.write());
    this.listen();
  }

  show(drawn: Drawn): void {
    if (drawn === this.drawn) return;
    const graph = this.sigma.getGraph();
    this.drawn = drawn;
    this.names.show(drawn);
    const same = graph.order === drawn.nodes.size && graph.size === drawn.edges.size
      && [...drawn.nodes.keys()].every((id) => graph.hasNode(id)) && [...drawn.edges.keys()].every((key) => graph.hasEdge(key));
    if (same) {
      graph.updateEachNodeAttributes((id) => this.spot(id), { attributes: ["x", "y"] });
      this.sigma.refresh();
    } else this.sigma.setGraph(this.graph(drawn)); // it refreshes by itself
    this.settle();
  }

  private graph(drawn: Drawn): Graph {
    const graph = new Graph({ multi: true, type: "directed" });
    for (const id of drawn.nodes.keys()) graph.addNode(id, this.spot(id));
    for (const [key, { edge }] of drawn.edges) graph.addDirectedEdgeWithKey(key, edge.subject.id, edge.object.id);
    return graph;
  }

  private spot(id: string): Point {
    const node = this.drawn.nodes.get(id);
    return node ? { x: node.x, y: node.y } : NOWHERE; // y grows upwards in sigma: as in the layout
  }

  private node(id: string): Record<string, unknown> {
    const node = this.drawn.nodes.get(id);
    return node ? dressedNode(node, this.palette, this.drawn.nodes.size, this.names.hovered === id) : { ...NOWHERE, hidden: true };
  }

  private edge(key: string): Record<string, unknown> {
    const edge = this.drawn.edges.get(key);
    return edge ? dressedEdge(edge, this.palette, this.drawn.edges.size) : { hidden: true };
  }

  paint(palette: Palette): void {
    this.palette = palette;
    this.sigma.refresh({ skipIndexation: true });
  }

  /** Nodes keep their size where the picture fits, and grow slowly as one comes nearer. */
  private grow(ratio: number): number {
    const { from, to, at } = this.fitted;
    const share = Math.min(1, Math.max(0, (performance.now() - at) / 300));
    const fitted = from * (to / from) ** share;
    return Math.min(4, Math.max(0.25, (fitted / ratio) ** 0.45)) * this.small;
  }

  fit(ids?: Iterable<string>, atOnce = false): void {
    const wanted = ids ? [...ids].map((id) => this.drawn.nodes.get(id)).filter((node) => node !== undefined) : [...this.drawn.nodes.values()];
    if (!wanted.length) return;
    let [left, right, low, high] = [Infinity, -Infinity, Infinity, -Infinity];
    for (const { x, y } of wanted) {
      [left, right] = [Math.min(left, x), Math.max(right, x)];
      [low, high] = [Math.min(low, y), Math.max(high, y)];
    }
    const { width, height } = this.sigma.getDimensions();
    this.unfitted = !width || !height;
    if (this.unfitted) return;
    this.small = smallness(width, height);
    const unit = Math.min(width, height) / 2; // pixels of a unit of the graph at a ratio of 1
    const margin = width < 500 ? 50 : 112; // names stand beside nodes
    const { covered } = this;
    const across = ((right - left) * unit) / Math.max(60, width - covered.left - 2 * margin);
    const down = ((high - low) * unit) / Math.max(60, height - covered.bottom - 2 * Math.min(margin, 64));
    const ratio = Math.min(4, Math.max(across, down, (0.25 * unit) / Math.min(width, height)));
    const now = performance.now();
    this.fitted = { from: this.fitted.to, to: ratio, at: atOnce || calm() ? now - 1_000 : now };
    const pixel = ratio / unit / 4; // half a pixel, in the units of the camera
    const state = { x: ((left + right) / 2 + 1) / 2 - covered.left * pixel, y: ((low + high) / 2 + 1) / 2 - covered.bottom * pixel, ratio, angle: 0 };
    this.framed = { ids: ids ? wanted.map(({ node }) => node.id) : undefined, state };
    this.go(state, atOnce);
  }

  fly(id: string): void {
    const node = this.drawn.nodes.get(id);
    if (!node) return;
    const camera = this.sigma.getCamera();
    const at = this.screen(node);
    const { width, height } = this.sigma.getDimensions();
    const inside = at.x > width * 0.12 && at.x < width * 0.88 && at.y > height * 0.12 && at.y < height * 0.88;
    const ratio = this.drawn.nodes.size > 400 ? Math.min(camera.ratio, 12 / Math.sqrt(this.drawn.nodes.size)) : camera.ratio;
    if (inside && ratio === camera.ratio) return;
    this.go({ x: (node.x + 1) / 2, y: (node.y + 1) / 2, ratio, angle: 0 }, false);
  }

  zoom(by: number): void {
    const { x, y, ratio } = this.sigma.getCamera();
    this.go({ x, y, ratio: Math.min(6, Math.max(0.002, ratio / by)), angle: 0 }, false);
  }

  private go(state: { x: number; y: number; ratio: number; angle: number }, atOnce: boolean): void {
    const camera = this.sigma.getCamera();
    if (atOnce || calm()) camera.setState(state);
    else void camera.animate(state, { duration: 300, easing: "quadraticInOut" });
    this.settle();
  }

  screen(place: Point): Point {
    const lens = this.lens();
    return { x: place.x * lens.a + lens.b, y: place.y * lens.c + lens.d };
  }

  lens(): Lens {
    const [one, two] = [this.sigma.graphToViewport({ x: 0, y: 0 }), this.sigma.graphToViewport({ x: 1, y: 1 })];
    const { width, height } = this.sigma.getDimensions();
    return {
      a: two.x - one.x, b: one.x, c: two.y - one.y, d: one.y, width, height,
      grow: this.grow(this.sigma.getCamera().ratio),
    };
  }

  private write(fresh = false): void {
    const lens = this.lens();
    const scale = window.devicePixelRatio || 1;
    const [width, height] = [Math.round(lens.width * scale), Math.round(lens.height * scale)];
    if (this.over.width !== width || this.over.height !== height) [this.over.width, this.over.height] = [width, height];
    this.context.setTransform(scale, 0, 0, scale, 0, 0);
    this.context.clearRect(0, 0, lens.width, lens.height);
    this.names.write(this.context, lens, this.palette, fresh);
    if (fresh) return;
    this.settle();
    this.host.dispatchEvent(new Event("keiretsu-drawn"));
  }

  /** Once nothing moves any more, see anew which names have room. */
  private settle(): void {
    clearTimeout(this.settled);
    this.settled = window.setTimeout(() => this.write(true), 140);
  }

  toCanvas(scale: number): HTMLCanvasElement {
    if (this.drawn.nodes.size <= STROKED) return onCanvas(scale, this.drawn, this.lens(), this.palette, this.names);
    const { width, height } = this.sigma.getDimensions();
    const made = sheet(width, height, scale, this.palette);
    const context = made.getContext("2d")!;
    this.sigma.refresh({ skipIndexation: true }); // WebGL keeps no picture once it was shown: draw and copy in one go
    for (const layer of ["edges", "nodes", "hoverNodes"]) {
      const canvas = this.sigma.getCanvases()[layer];
      if (canvas) context.drawImage(canvas, 0, 0, width, height);
    }
    this.names.write(context, this.lens(), this.palette, true);
    return made;
  }

  private listen(): void {
    const { sigma, listener } = this;
    const node = (id: string): Hit => ({ sort: "node", id });
    const edge = (id: string): Hit => ({ sort: "edge", id });
    const point = (event: MouseCoords): Point => ({ x: event.x, y: event.y });
    sigma.on("clickNode", (event) => listener.press(node(event.node), event.event.original));
    sigma.on("clickEdge", (event) => listener.press(edge(event.edge), event.event.original));
    sigma.on("clickStage", (event) => listener.press(null, event.event.original));
    sigma.on("doubleClickNode", (event) => { event.preventSigmaDefault(); listener.twice(node(event.node)); });
    sigma.on("rightClickNode", (event) => { event.event.original.preventDefault(); listener.menu(node(event.node), point(event.event)); });
    sigma.on("rightClickEdge", (event) => { event.event.original.preventDefault(); listener.menu(edge(event.edge), point(event.event)); });
    sigma.on("enterNode", ({ node: id }) => this.over_(node(id)));
    sigma.on("leaveNode", () => this.over_(null));
    sigma.on("enterEdge", ({ edge: id }) => this.over_(edge(id)));
    sigma.on("leaveEdge", () => this.over_(null));
    sigma.on("downNode", ({ node: id, event }) => {
      if ((event.original as MouseEvent).button) return;
      this.dragged = id;
      this.far = false;
      event.preventSigmaDefault();
    });
    sigma.on("moveBody", ({ event }) => this.drag(event));
    const drop = (): void => this.drop();
    sigma.on("upNode", drop);
    sigma.on("upStage", drop);
    sigma.on("upEdge", drop);
    this.host.addEventListener("pointerleave", drop);
  }

  private far = false;
  private unfitted = false;
  /** What the picture was fitted to, and where that has put the camera. */
  private framed: { ids: string[] | undefined; state: { x: number; y: number; ratio: number } } | null = null;
  /** On a small screen everything is drawn smaller. */
  private small = 1;
  private over_(hit: Hit): void {
    const before = this.names.hovered;
    this.names.hovered = hit?.sort === "node" ? hit.id : null;
    this.host.style.cursor = hit ? "pointer" : "";
    this.listener.over(hit);
    const nodes = [before, this.names.hovered].filter((id) => id !== null && this.drawn.nodes.has(id)) as string[];
    if (nodes.length) this.sigma.refresh({ partialGraph: { nodes }, skipIndexation: true, schedule: true });
    this.settle();
  }

  private drag(event: MouseCoords): void {
    if (!this.dragged) return;
    const node = this.drawn.nodes.get(this.dragged);
    if (!node) return;
    const to = this.sigma.viewportToGraph(event);
    const at = this.screen(node);
    if (!this.far && Math.hypot(at.x - event.x, at.y - event.y) < 5) return;
    this.far = true;
    (this.drawn.nodes as Map<string, typeof node>).set(this.dragged, { ...node, x: to.x, y: to.y });
    this.names.show(this.drawn);
    this.sigma.getGraph().mergeNodeAttributes(this.dragged, to);
    event.preventSigmaDefault();
    event.original.preventDefault();
  }

  private drop(): void {
    const id = this.dragged;
    this.dragged = null;
    const node = id ? this.drawn.nodes.get(id) : undefined;
    if (id && node && this.far) this.listener.moved(id, { x: node.x, y: node.y });
  }

  resize(): void {
    const before = this.sigma.getDimensions();
    this.sigma.resize();
    const { width, height } = this.sigma.getDimensions();
    if (before.width === width && before.height === height) return;
    if (this.unfitted || this.isFramed()) this.fit(this.framed?.ids, true);
    else this.sigma.scheduleRender();
  }

  /** Whether nobody has moved the picture since it was fitted. */
  private isFramed(): boolean {
    const [now, then] = [this.sigma.getCamera().getState(), this.framed?.state];
    return then !== undefined && Math.abs(now.x - then.x) + Math.abs(now.y - then.y) + Math.abs(now.ratio - then.ratio) < 1e-6;
  }

  kill(): void {
    clearTimeout(this.settled);
    this.over.remove();
    this.sigma.kill();
  }
}
