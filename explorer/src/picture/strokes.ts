import type { Point } from "../state/scene";
import type { Drawn, DrawnEdge, DrawnNode } from "./drawn";
import { corners, edgeColor, middleOf, nodeColor, type Palette } from "./looks";
import type { Lens, Names } from "./names";

/** The picture drawn by strokes on a new canvas, so many times as large as on the screen. */
export function onCanvas(scale: number, drawn: Drawn, lens: Lens, palette: Palette, names: Names): HTMLCanvasElement {
  const made = sheet(lens.width, lens.height, scale, palette);
  paint(made.getContext("2d")!, scale, drawn, lens, palette, names);
  return made;
}

/** A canvas in the colour of the paper, to be drawn on in the pixels of the screen. */
export function sheet(width: number, height: number, scale: number, palette: Palette): HTMLCanvasElement {
  const made = document.createElement("canvas");
  [made.width, made.height] = [Math.round(width * scale), Math.round(height * scale)];
  const context = made.getContext("2d")!;
  context.fillStyle = palette.paper;
  context.fillRect(0, 0, made.width, made.height);
  context.setTransform(scale, 0, 0, scale, 0, 0);
  return made;
}

/** Draw ties, then things, then names: what matters most above the rest. */
export function paint(context: CanvasRenderingContext2D, scale: number, drawn: Drawn, lens: Lens, palette: Palette, names: Names): void {
  context.setTransform(scale, 0, 0, scale, 0, 0);
  const strokes = new Strokes(context, drawn, lens, palette);
  for (const edge of ranked(drawn.edges.values())) strokes.edge(edge);
  for (const node of ranked(drawn.nodes.values())) strokes.node(node);
  names.write(context, lens, palette, true);
}

interface Ranked { readonly chosen: boolean; readonly lit: boolean; readonly dim: boolean }
const rank = ({ chosen, lit, dim }: Ranked): number => (chosen ? 3 : lit ? 2 : dim ? 0 : 1);

/** What is dimmed first, what is chosen last. */
export function ranked<Row extends Ranked>(rows: Iterable<Row>): Row[] {
  return [...rows].sort((one, two) => rank(one) - rank(two));
}

/** The course of a tie on the screen: its ends, and the point that bends it. */
export function course(edge: DrawnEdge, drawn: Drawn, lens: Lens): { from: Point; to: Point; control: Point; radius: number } | null {
  const [one, two] = [drawn.nodes.get(edge.edge.subject.id), drawn.nodes.get(edge.edge.object.id)];
  if (!one || !two) return null;
  const [from, to] = [onScreen(one, lens), onScreen(two, lens)];
  const middle = middleOf(from, to, edge.bend);
  return { from, to, control: { x: 2 * middle.x - (from.x + to.x) / 2, y: 2 * middle.y - (from.y + to.y) / 2 }, radius: two.size * lens.grow };
}

/** The corners of an arrow's head that touches a thing. */
export function arrowHead(from: Point, to: Point, radius: number, edge: DrawnEdge): Point[] {
  const angle = Math.atan2(to.y - from.y, to.x - from.x);
  const tip = { x: to.x - radius * Math.cos(angle), y: to.y - radius * Math.sin(angle) };
  const head = 5 + 1.6 * edge.width;
  return [tip, ...[-0.45, 0.45].map((side) => ({ x: tip.x - head * Math.cos(angle + side), y: tip.y - head * Math.sin(angle + side) }))];
}

export const onScreen = (place: Point, lens: Lens): Point => ({ x: place.x * lens.a + lens.b, y: place.y * lens.c + lens.d });
export const strokeWidth = (edge: DrawnEdge): number => edge.width + (edge.chosen ? 1 : 0) + (edge.disputed ? 1.5 : 0);

class Strokes {
  constructor(private readonly context: CanvasRenderingContext2D, private readonly drawn: Drawn, private readonly lens: Lens, private readonly palette: Palette) {}

  edge(edge: DrawnEdge): void {
    const { context, palette } = this;
    const way = course(edge, this.drawn, this.lens);
    if (!way) return;
    context.beginPath();
    context.moveTo(way.from.x, way.from.y);
    context.quadraticCurveTo(way.control.x, way.control.y, way.to.x, way.to.y);
    context.strokeStyle = edgeColor(edge, palette, this.drawn.edges.size);
    context.lineWidth = strokeWidth(edge);
    context.setLineDash(edge.dashed ? [5, 4] : []);
    context.stroke();
    context.setLineDash([]);
    if (edge.disputed) {
      context.strokeStyle = palette.paper;
      context.lineWidth = 1;
      context.stroke();
    }
    if (!edge.arrow && !edge.chosen && !edge.lit) return;
    context.fillStyle = edgeColor(edge, palette, this.drawn.edges.size);
    this.trace(arrowHead(way.control, way.to, way.radius, edge));
    context.fill();
  }

  node(node: DrawnNode): void {
    const { context, palette } = this;
    const at = onScreen(node, this.lens);
    const size = node.size * this.lens.grow;
    this.sign(node.node.family, at, size);
    context.fillStyle = nodeColor(node, palette);
    context.fill();
    const ring = node.chosen ? palette.chosen : node.pinned ? palette.line : null;
    if (!ring) return;
    this.sign(node.node.family, at, size + 3.5);
    context.strokeStyle = ring;
    context.lineWidth = 2.2;
    context.stroke();
  }

  private sign(family: string, at: Point, size: number): void {
    const points = corners(family);
    if (points.length) this.trace(points.map(({ x, y }) => ({ x: at.x + size * x, y: at.y + size * y })));
    else {
      this.context.beginPath();
      this.context.arc(at.x, at.y, size, 0, 2 * Math.PI);
    }
  }

  private trace(points: readonly Point[]): void {
    this.context.beginPath();
    for (const { x, y } of points) this.context.lineTo(x, y);
    this.context.closePath();
  }
}
