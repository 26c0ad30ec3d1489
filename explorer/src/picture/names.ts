import type { Point } from "../state/scene";
import type { Drawn, DrawnEdge, DrawnNode } from "./drawn";
import { mixed, onTie, type Palette } from "./looks";

/** Graph to screen without turning: x' = x * a + b, y' = y * c + d; and what a node's size is multiplied by. */
export interface Lens { a: number; b: number; c: number; d: number; grow: number; width: number; height: number }

interface Box { x: number; y: number; w: number; h: number }
interface NodeName { node: DrawnNode; anchor: number; text: string; more: string }
/** Words at a place of the screen: a name begins there, words on a tie have their middle there. */
export interface Label { on: "node" | "edge"; id: string; text: string; more: string; x: number; y: number; dim: boolean; disputed: boolean }
interface EdgeName { edge: DrawnEdge; text: string; along: number }

export const FONT = '"Inter", system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", sans-serif';
const MOST = 140;
const LONGEST = 30;
const ROW = 15;
const ANCHORS = 8;
/** So many are named even where marks of others lie beneath. */
const FOREMOST = 14;

/** Writes names beside nodes: the important ones first, none over another. */
export class Names {
  private order: DrawnNode[] = [];
  private edges: DrawnEdge[] = [];
  private written: NodeName[] = [];
  private writtenEdges: EdgeName[] = [];
  private chosenAt = 0;
  private drawn: Drawn | null = null;
  private readonly widths = new Map<string, number>();
  hovered: string | null = null;

  show(drawn: Drawn): void {
    this.drawn = drawn;
    const weight = (node: DrawnNode): number => (node.chosen ? 4e6 : 0) + (node.lit ? 2e6 : 0) - (node.dim ? 1e6 : 0) + node.node.ties;
    this.order = [...drawn.nodes.values()].sort((one, two) => weight(two) - weight(one) || (one.node.id < two.node.id ? -1 : 1));
    const told = [...drawn.edges.values()].filter((edge) => edge.lit || edge.chosen);
    this.edges = told.length <= 60 ? told : told.filter((edge) => edge.chosen);
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
    for (const entry of this.writtenEdges) this.writeEdge(context, entry, lens, palette);
    for (const entry of this.written) this.writeNode(context, entry, lens, palette);
  }

  /** What is written where, for drawings that are no canvas. */
  labels(context: CanvasRenderingContext2D, lens: Lens): Label[] {
    context.font = `500 12px ${FONT}`;
    const nodes = this.choose(context, lens).map(({ node, anchor, text, more }): Label => {
      const box = boxAt(where(node, lens), node.size * lens.grow, this.width(context, text + more) + 4, anchor);
      return { on: "node", id: node.node.id, text, more, x: box.x + 2, y: box.y + box.h / 2, dim: node.dim, disputed: false };
    });
    const edges = this.writtenEdges.map(({ edge, text, along }): Label => {
      const at = onTie(...this.ends(edge, lens)!, edge.bend, along);
      return { on: "edge", id: edge.edge.key, text, more: "", ...at, dim: edge.dim, disputed: edge.disputed };
    });
    return [...edges, ...nodes];
  }

  private choose(context: CanvasRenderingContext2D, lens: Lens): NodeName[] {
    const taken: Box[] = [];
    const found: NodeName[] = [];
    const few = this.order.length <= 400;
    const marks = few ? this.order.map((node) => around(node, lens)) : [];
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
      const width = few ? this.width(context, text + more) + 4 : roughWidth(text);
      const room = { lens, taken, marks, own: few ? around(node, lens) : null, must };
      const size = node.size * lens.grow;
      const anchor = roomFor(at, size, width, room, false) ?? (found.length < FOREMOST ? roomFor(at, size, width, room, true) : null);
      if (anchor === null) continue;
      taken.push(boxAt(at, size, width, anchor));
      found.push({ node, anchor, text, more });
    }
    taken.push(...marks);
    this.writtenEdges = this.edges.flatMap((edge) => this.roomOn(context, edge, lens, taken) ?? []);
    return found;
  }

  /** Where on a tie its words have room: in its middle, or to one side of it. */
  private roomOn(context: CanvasRenderingContext2D, edge: DrawnEdge, lens: Lens, taken: Box[]): EdgeName | null {
    const ends = this.ends(edge, lens);
    const text = this.edgeWords(edge);
    if (!ends || !text) return null;
    const width = this.width(context, text);
    if (Math.hypot(ends[0].x - ends[1].x, ends[0].y - ends[1].y) < width + 36) return null;
    for (const along of [0.5, 0.62, 0.38, 0.72, 0.28]) {
      const at = onTie(...ends, edge.bend, along);
      const box = { x: at.x - width / 2, y: at.y - 6, w: width, h: 12 };
      if (taken.some((other) => overlap(other, box))) continue;
      taken.push(box);
      return { edge, text, along };
    }
    return null;
  }

  private ends(edge: DrawnEdge, lens: Lens): [Point, Point] | null {
    const [start, end] = [this.drawn?.nodes.get(edge.edge.subject.id), this.drawn?.nodes.get(edge.edge.object.id)];
    return start && end ? [where(start, lens), where(end, lens)] : null;
  }

  private writeNode(context: CanvasRenderingContext2D, { node, anchor, text, more }: NodeName, lens: Lens, palette: Palette): void {
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

  private writeEdge(context: CanvasRenderingContext2D, { edge, text, along }: EdgeName, lens: Lens, palette: Palette): void {
    const ends = this.ends(edge, lens);
    if (!ends) return;
    const at = onTie(...ends, edge.bend, along);
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

/** About how wide a name will be: to measure thousands would take longer than to draw the graph. */
function roughWidth(text: string): number {
  let width = 8;
  for (const char of text) width += char > "\u2e80" ? 12.5 : 7;
  return width;
}

interface Room { lens: Lens; taken: readonly Box[]; marks: readonly Box[]; own: Box | null; must: boolean }

/** Where a name has room: over no other one, and over no mark of a thing unless `overMarks` lets it. */
function roomFor(at: Point, size: number, width: number, { lens, taken, marks, own, must }: Room, overMarks: boolean): number | null {
  for (let anchor = 0; anchor < (own ? ANCHORS : 1); anchor += 1) {
    const box = boxAt(at, size, width, anchor);
    if (must) return anchor;
    if (own && (box.x < 2 || box.x + box.w > lens.width - 2)) continue;
    if (taken.some((other) => overlap(other, box))) continue;
    if (overMarks || !marks.some((other) => !same(other, own) && overlap(other, box))) return anchor;
  }
  return null;
}

/** The box of a name to the right of its node, to the left, below, above, or at one of its corners. */
function boxAt(at: Point, size: number, width: number, anchor: number): Box {
  const gap = size + 4;
  if (anchor === 0) return { x: at.x + gap, y: at.y - ROW / 2, w: width, h: ROW };
  if (anchor === 1) return { x: at.x - gap - width, y: at.y - ROW / 2, w: width, h: ROW };
  if (anchor < 4) return { x: at.x - width / 2, y: anchor === 2 ? at.y + gap - 1 : at.y - gap - ROW + 1, w: width, h: ROW };
  const off = 0.72 * gap;
  return { x: anchor % 2 ? at.x - off - width : at.x + off, y: anchor < 6 ? at.y + off - 2 : at.y - off - ROW + 2, w: width, h: ROW };
}

const same = (one: Box, two: Box | null): boolean => two !== null && one.x === two.x && one.y === two.y && one.w === two.w;
const overlap = (one: Box, two: Box): boolean =>
  one.x < two.x + two.w && two.x < one.x + one.w && one.y < two.y + two.h && two.y < one.y + one.h;
