import type { Point } from "../state/scene";
import type { Drawn, DrawnNode } from "./drawn";
import { onTie, type Palette } from "./looks";
import type { Lens, Names } from "./names";
import { type Hit, type Listener, OPEN, type Picture } from "./picture";
import { onCanvas, paint } from "./strokes";

const MOVED = 5; // pixels from which on a press is a drag

/** The picture on a plain canvas, for browsers without WebGL: the same marks, up to some 2,000 things. */
export class PlainPicture implements Picture {
  private readonly canvas = document.createElement("canvas");
  private readonly context: CanvasRenderingContext2D;
  private drawn: Drawn = { nodes: new Map(), edges: new Map() };
  private view = { x: 0, y: 0, k: 300, fitted: 300 };
  private waiting = 0;
  covered = OPEN;
  private unfitted = true;
  private held: { at: Point; id: string | null; far: boolean; view: { x: number; y: number } } | null = null;
  private readonly touches = new Map<number, Point>();

  constructor(private readonly host: HTMLElement, private readonly listener: Listener, private readonly names: Names, private palette: Palette) {
    this.context = this.canvas.getContext("2d")!;
    this.canvas.className = "names plain";
    host.append(this.canvas);
    this.listen();
  }

  show(drawn: Drawn): void {
    if (drawn === this.drawn) return;
    this.drawn = drawn;
    this.names.show(drawn);
    this.draw();
  }

  paint(palette: Palette): void {
    this.palette = palette;
    this.draw();
  }

  fit(ids?: Iterable<string>): void {
    const wanted = ids ? [...ids].flatMap((id) => this.drawn.nodes.get(id) ?? []) : [...this.drawn.nodes.values()];
    const { clientWidth: width, clientHeight: height } = this.host;
    this.unfitted = !width || !wanted.length;
    if (this.unfitted) return;
    const xs = wanted.map((node) => node.x);
    const ys = wanted.map((node) => node.y);
    const [left, right, low, high] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
    const { covered } = this;
    const k = Math.max(20, Math.min((width - covered.left - 160) / Math.max(right - left, 0.3), (height - covered.bottom - 110) / Math.max(high - low, 0.3)));
    this.view = { x: (left + right) / 2 - covered.left / 2 / k, y: (low + high) / 2 - covered.bottom / 2 / k, k, fitted: k };
    this.draw();
  }

  fly(id: string): void {
    const node = this.drawn.nodes.get(id);
    if (!node) return;
    this.view = { ...this.view, x: node.x, y: node.y };
    this.draw();
  }

  zoom(by: number): void {
    this.view.k = Math.min(20_000, Math.max(10, this.view.k * by));
    this.draw();
  }

  screen(place: Point): Point {
    const lens = this.lens();
    return { x: place.x * lens.a + lens.b, y: place.y * lens.c + lens.d };
  }

  lens(): Lens {
    const { clientWidth: width, clientHeight: height } = this.host;
    const { x, y, k, fitted } = this.view;
    const grow = Math.min(4, Math.max(0.25, (k / fitted) ** 0.45));
    return { a: k, b: width / 2 - x * k, c: -k, d: height / 2 + y * k, width, height, grow };
  }

  private draw(): void {
    cancelAnimationFrame(this.waiting);
    this.waiting = requestAnimationFrame(() => {
      const lens = this.lens();
      const scale = window.devicePixelRatio || 1;
      [this.canvas.width, this.canvas.height] = [Math.round(lens.width * scale), Math.round(lens.height * scale)];
      paint(this.context, scale, this.drawn, lens, this.palette, this.names);
      this.host.dispatchEvent(new Event("keiretsu-drawn"));
    });
  }

  toCanvas(scale: number): HTMLCanvasElement {
    return onCanvas(scale, this.drawn, this.lens(), this.palette, this.names);
  }

  private hit(at: Point): Hit {
    const lens = this.lens();
    let best: { hit: Hit; far: number } | null = null;
    for (const node of this.drawn.nodes.values()) {
      const place = this.screen(node);
      const far = Math.hypot(place.x - at.x, place.y - at.y) - node.size * lens.grow;
      if (far < 4 && (!best || far < best.far)) best = { hit: { sort: "node", id: node.node.id }, far };
    }
    if (best) return best.hit;
    for (const edge of this.drawn.edges.values()) {
      const [one, two] = [this.drawn.nodes.get(edge.edge.subject.id)!, this.drawn.nodes.get(edge.edge.object.id)!];
      const far = toCurve(at, this.screen(one), this.screen(two), edge.bend);
      if (far < 6 && (!best || far < best.far)) best = { hit: { sort: "edge", id: edge.edge.key }, far };
    }
    return best ? best.hit : null;
  }

  private point(event: MouseEvent): Point {
    const box = this.host.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  }

  private listen(): void {
    const { host } = this;
    host.addEventListener("pointerdown", (event) => this.down(event));
    host.addEventListener("pointermove", (event) => this.move(event));
    host.addEventListener("pointerup", (event) => this.up(event));
    host.addEventListener("pointercancel", (event) => { this.touches.delete(event.pointerId); this.held = null; });
    host.addEventListener("dblclick", (event) => this.listener.twice(this.hit(this.point(event))));
    host.addEventListener("contextmenu", (event) => { const at = this.point(event); this.listener.menu(this.hit(at), at); });
    host.addEventListener("wheel", (event) => { event.preventDefault(); this.zoom(Math.exp(-event.deltaY / 400)); }, { passive: false });
  }

  private down(event: PointerEvent): void {
    if (event.button) return;
    const at = this.point(event);
    this.touches.set(event.pointerId, at);
    const hit = this.hit(at);
    this.held = { at, id: hit?.sort === "node" ? hit.id : null, far: false, view: { x: this.view.x, y: this.view.y } };
  }

  private move(event: PointerEvent): void {
    const at = this.point(event);
    const before = this.touches.get(event.pointerId);
    if (before && this.touches.size === 2) {
      const [other] = [...this.touches].filter(([id]) => id !== event.pointerId).map(([, place]) => place);
      this.zoom(Math.hypot(at.x - other!.x, at.y - other!.y) / Math.max(1, Math.hypot(before.x - other!.x, before.y - other!.y)));
      this.held = null;
    }
    if (before) this.touches.set(event.pointerId, at);
    if (!this.held) {
      if (!before) this.hover(this.hit(at));
      return;
    }
    const [dx, dy] = [at.x - this.held.at.x, at.y - this.held.at.y];
    if (!this.held.far && Math.hypot(dx, dy) < MOVED) return;
    this.held.far = true;
    const node = this.held.id ? this.drawn.nodes.get(this.held.id) : undefined;
    const lens = this.lens();
    if (node) (this.drawn.nodes as Map<string, DrawnNode>).set(node.node.id, { ...node, x: (at.x - lens.b) / lens.a, y: (at.y - lens.d) / lens.c });
    else this.view = { ...this.view, x: this.held.view.x - dx / this.view.k, y: this.held.view.y + dy / this.view.k };
    this.names.show(this.drawn);
    this.draw();
  }

  private up(event: PointerEvent): void {
    this.touches.delete(event.pointerId);
    const { held } = this;
    this.held = null;
    if (!held) return;
    const node = held.id ? this.drawn.nodes.get(held.id) : undefined;
    if (!held.far) this.listener.press(this.hit(this.point(event)), event);
    else if (node) this.listener.moved(node.node.id, { x: node.x, y: node.y });
  }

  private hover(hit: Hit): void {
    const id = hit?.sort === "node" ? hit.id : null;
    this.host.style.cursor = hit ? "pointer" : "";
    this.listener.over(hit);
    if (this.names.hovered === id) return;
    this.names.hovered = id;
    this.draw();
  }

  resize(): void {
    if (this.unfitted) this.fit();
    else this.draw();
  }

  kill(): void {
    cancelAnimationFrame(this.waiting);
    this.canvas.remove();
  }
}

/** How far a point is from a bent tie, by some points of it. */
function toCurve(at: Point, from: Point, to: Point, bend: number): number {
  let best = Infinity;
  for (let step = 1; step < 24; step += 1) {
    const place = onTie(from, to, bend, step / 24);
    best = Math.min(best, Math.hypot(place.x - at.x, place.y - at.y));
  }
  return best;
}
