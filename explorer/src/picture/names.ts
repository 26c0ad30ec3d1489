import type { Point } from "../state/scene";
import type { Drawn, DrawnEdge, DrawnNode } from "./drawn";
import { middleOf, mixed, type Palette } from "./looks";

/** Graph to screen without turning: x' = x * a + b, y' = y * c + d; and what a node's size is multiplied by. */
export interface Lens { a: number; b: number; c: number; d: number; grow: number; width: number; height: number }

interface Box { x: number; y: number; w: number; h: number }
interface Set_ { node: DrawnNode; anchor: number; text: string; more: string }

export const FONT = '"Inter", system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", sans-serif';
const MOST = 140;
const LONGEST = 30;
const ROW = 15;

/** Writes names beside nodes: the important ones first, none over another. */
export class Names {
  private order: DrawnNode[] = [];
  private edges: DrawnEdge[] = [];
  private written: Set_[] = [];
  private chosenAt = 0;
  private drawn: Drawn | null = null;
  private readonly widths = new Map<string, number>();
  hovered: string | null = null;

  show(drawn: Drawn): void {
    this.drawn = drawn;
    const weight = (node: DrawnNode): number => (node.chosen ? 4e6 : 0) + (node.lit ? 2e6 : 0) - (node.dim ? 1e6 : 0) + node.node.ties;
    this.order = [...drawn.nodes.values()].sort((one, two) => weight(two) - weight(one) || (one.node.id < two.node.id ? -1 : 1));
    const told = [...drawn.edges.values()].filter((edge) => edge.lit || edge.chosen);
    this.edges = told.length <= 36 ? told : told.filter((edge) => edge.chosen);
    this.chosenAt = 0;
  }

  /** Write onto a canvas; which names have room is worked out anew at most every 120 ms. */
  write(context: CanvasRenderingContext2D, lens: Lens, palette: Palette, fresh = false): void {
    context.font = `500 12px ${FONT}`;
    context.textBaseline = "middle";
    context.lineJoin = "round";
    const now = performance.now();
    if (fresh || now - this.chosenAt > 120) {
      this.written = this.choose(context, lens);
      this.chosenAt = now;
    }
    for (const edge of this.edges) this.writeEdge(context, edge, lens, palette);
    for (const entry of this.written) this.writeNode(context, entry, lens, palette);
  }

  private choose(context: CanvasRenderingContext2D, lens: Lens): Set_[] {
    const taken: Box[] = [];
    const found: Set_[] = [];
    const few = this.order.length <= 400;
    if (few) for (const node of this.order) taken.push(around(node, lens));
    const hovered = this.hovered ? this.drawn?.nodes.get(this.hovered) : undefined;
    for (const node of hovered ? [hovered, ...this.order] : this.order) {
      if (found.length >= MOST) break;
      if (found.length && node === hovered) continue;
      const at = where(node, lens);
      if (at.x < -40 || at.y < -10 || at.x > lens.width + 40 || at.y > lens.height + 10) continue;
      if (node.dim && !few) continue;
      const must = node.chosen || node === hovered;
      const name = node.node.name;
      const text = name.length > LONGEST && !must ? `${name.slice(0, LONGEST - 1).trimEnd()}…` : name.slice(0, 90);
      const more = few && node.more > 0 && !node.dim ? ` +${node.more}` : "";
      const width = this.width(context, text + more) + 4;
      const own = few ? around(node, lens) : null;
      for (let anchor = 0; anchor < (few ? 4 : 1); anchor += 1) {
        const box = boxAt(at, node.size * lens.grow, width, anchor);
        if (!must && taken.some((other) => !same(other, own) && overlap(other, box))) continue;
        taken.push(box);
        found.push({ node, anchor, text, more });
        break;
      }
    }
    return found;
  }

  private writeNode(context: CanvasRenderingContext2D, { node, anchor, text, more }: Set_, lens: Lens, palette: Palette): void {
    const width = this.width(context, text + more) + 4;
    const box = boxAt(where(node, lens), node.size * lens.grow, width, anchor);
    const [x, y] = [box.x + 2, box.y + box.h / 2];
    context.strokeStyle = palette.paper;
    context.lineWidth = 3.5;
    context.strokeText(text + more, x, y);
    context.fillStyle = node.dim ? mixed(palette.ink, palette.paper, 0.4) : palette.ink;
    context.fillText(text, x, y);
    if (more) {
      context.fillStyle = palette.quiet;
      context.fillText(more, x + this.width(context, text), y);
    }
  }

  private writeEdge(context: CanvasRenderingContext2D, edge: DrawnEdge, lens: Lens, palette: Palette): void {
    const text = this.edgeWords(edge);
    const [start, end] = [edge.edge.subject.id, edge.edge.object.id].map((id) => this.drawn?.nodes.get(id));
    if (!start || !end || !text) return;
    const [from, to] = [where(start, lens), where(end, lens)];
    if (Math.hypot(from.x - to.x, from.y - to.y) < this.width(context, text) + 30) return;
    const at = middleOf(from, to, edge.bend);
    context.font = `400 11px ${FONT}`;
    context.textAlign = "center";
    context.strokeStyle = palette.paper;
    context.lineWidth = 3.5;
    context.strokeText(text, at.x, at.y);
    context.fillStyle = edge.disputed ? palette.warn : palette.quiet;
    context.fillText(text, at.x, at.y);
    context.textAlign = "left";
    context.font = `500 12px ${FONT}`;
  }

  /** What is written on a tie; set by who knows the words. */
  edgeWords: (edge: DrawnEdge) => string = () => "";

  private width(context: CanvasRenderingContext2D, text: string): number {
    let width = this.widths.get(text);
    if (width === undefined) {
      width = context.measureText(text).width;
      if (this.widths.size > 20_000) this.widths.clear();
      this.widths.set(text, width);
    }
    return width;
  }
}

const where = (node: DrawnNode, lens: Lens): Point => ({ x: node.x * lens.a + lens.b, y: node.y * lens.c + lens.d });

function around(node: DrawnNode, lens: Lens): Box {
  const at = where(node, lens);
  const size = node.size * lens.grow * 0.9;
  return { x: at.x - size, y: at.y - size, w: 2 * size, h: 2 * size };
}

/** The box of a name to the right of its node, to the left, below or above. */
function boxAt(at: Point, size: number, width: number, anchor: number): Box {
  const gap = size + 4;
  if (anchor === 0) return { x: at.x + gap, y: at.y - ROW / 2, w: width, h: ROW };
  if (anchor === 1) return { x: at.x - gap - width, y: at.y - ROW / 2, w: width, h: ROW };
  return { x: at.x - width / 2, y: anchor === 2 ? at.y + gap - 1 : at.y - gap - ROW + 1, w: width, h: ROW };
}

const same = (one: Box, two: Box | null): boolean => two !== null && one.x === two.x && one.y === two.y && one.w === two.w;
const overlap = (one: Box, two: Box): boolean =>
  one.x < two.x + two.w && two.x < one.x + one.w && one.y < two.y + two.h && two.y < one.y + one.h;
