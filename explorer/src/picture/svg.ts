import type { Sign } from "../share/legend";
import { Maker } from "../share/xml";
import type { Point } from "../state/scene";
import type { Drawn, DrawnEdge, DrawnNode } from "./drawn";
import { corners, edgeColor, mixed, nodeColor, type Palette } from "./looks";
import { FONT, type Label, type Lens } from "./names";
import { arrowHead, course, onScreen, ranked, strokeWidth } from "./strokes";

/** What stands around the picture in a file of it. */
export interface Frame { readonly title: string; readonly told: string; readonly foot: string; readonly signs: readonly Sign[] }

const SVG = "http://www.w3.org/2000/svg";
const EDGE = 24; // from the rim of the sheet to what stands on it
const HEAD = 72;
const ROW = 24;
const RIM = 56; // about a thing at the upper or lower rim, for its sign and its name
const SIZE = 13;

/** The picture as it is on the screen, with title and legend, as a document of its own. */
export function svg(drawn: Drawn, lens: Lens, palette: Palette, labels: readonly Label[], frame: Frame, words: (edge: DrawnEdge) => string): XMLDocument {
  const document = window.document.implementation.createDocument(SVG, "svg", null);
  const drawing = new Drawing(new Maker(document, SVG), drawn, lens, palette, labels, frame, words);
  drawing.draw(document.documentElement);
  return document;
}

/** The screen without the empty strips above and below what is drawn. */
export function trimmed(lens: Lens, drawn: Drawn): Lens {
  const rows = [...drawn.nodes.values()].map((node) => node.y * lens.c + lens.d);
  const top = Math.max(0, Math.min(...rows) - RIM);
  const bottom = Math.min(lens.height, Math.max(...rows) + RIM);
  return bottom > top ? { ...lens, d: lens.d - top, height: Math.round(bottom - top) } : lens;
}

class Drawing {
  private readonly measure = window.document.createElement("canvas").getContext("2d")!;

  constructor(
    private readonly maker: Maker, private readonly drawn: Drawn, private readonly lens: Lens, private readonly palette: Palette,
    private readonly labels: readonly Label[], private readonly frame: Frame, private readonly words: (edge: DrawnEdge) => string,
  ) {}

  draw(root: Element): void {
    const { maker, palette, frame } = this;
    const width = Math.max(320, this.lens.width);
    const rows = this.rows(width);
    const height = HEAD + this.lens.height + rows.length * ROW + 56;
    maker.set(root, { width, height, viewBox: `0 0 ${width} ${height}`, "font-family": FONT });
    maker.add(root, "title", {}, frame.title);
    maker.add(root, "desc", {}, `${frame.told}. ${frame.foot}`);
    maker.add(root, "rect", { width, height, fill: palette.paper });
    maker.add(root, "text", { x: EDGE, y: 36, "font-size": 18, "font-weight": 650, fill: palette.ink }, this.short(frame.title, width - 2 * EDGE, `650 18px ${FONT}`));
    maker.add(root, "text", { x: EDGE, y: 57, "font-size": SIZE, fill: palette.quiet }, frame.told);
    const clip = maker.add(maker.add(root, "defs"), "clipPath", { id: "frame" });
    maker.add(clip, "rect", { width: this.lens.width, height: this.lens.height });
    this.picture(maker.add(maker.add(root, "g", { transform: `translate(${(width - this.lens.width) / 2} ${HEAD})` }), "g", { "clip-path": "url(#frame)" }));
    rows.forEach((row, at) => row.forEach(({ sign, x }) => this.sign(root, sign, x, HEAD + this.lens.height + 20 + at * ROW)));
    maker.add(root, "text", { x: EDGE, y: height - 16, "font-size": 11, fill: palette.quiet }, this.short(frame.foot, width - 2 * EDGE, `400 11px ${FONT}`));
  }

  private picture(group: Element): void {
    const ties = this.maker.add(group, "g", { fill: "none" });
    for (const edge of ranked(this.drawn.edges.values())) this.edge(ties, edge);
    const things = this.maker.add(group, "g", { "stroke-linejoin": "round" });
    for (const node of ranked(this.drawn.nodes.values())) this.node(things, node);
    const names = this.maker.add(group, "g", { "font-size": 12, "font-weight": 500, "dominant-baseline": "central" });
    for (const label of this.labels) this.label(names, label);
  }

  private edge(parent: Element, edge: DrawnEdge): void {
    const way = course(edge, this.drawn, this.lens);
    if (!way) return;
    const { from, to, control, radius } = way;
    const stroke = edgeColor(edge, this.palette, this.drawn.edges.size);
    const d = edge.bend ? `M${pair(from)}Q${pair(control)} ${pair(to)}` : `M${pair(from)}L${pair(to)}`;
    const group = this.maker.add(parent, "g");
    this.maker.add(group, "title", {}, this.words(edge));
    this.maker.add(group, "path", { d, stroke, "stroke-width": round(strokeWidth(edge)), "stroke-dasharray": edge.dashed ? "5 4" : null });
    if (edge.disputed) this.maker.add(group, "path", { d, stroke: this.palette.paper, "stroke-width": 1 });
    if (edge.arrow || edge.chosen || edge.lit) this.maker.add(group, "polygon", { points: arrowHead(control, to, radius, edge).map(pair).join(" "), fill: stroke });
  }

  private node(parent: Element, node: DrawnNode): void {
    const at = onScreen(node, this.lens);
    const size = node.size * this.lens.grow;
    const group = this.maker.add(parent, "g");
    this.maker.add(group, "title", {}, node.node.name);
    this.shape(group, node.node.family, at, size, { fill: nodeColor(node, this.palette) });
    const ring = node.chosen ? this.palette.chosen : node.pinned ? this.palette.line : null;
    if (ring) this.shape(group, node.node.family, at, size + 3.5, { fill: "none", stroke: ring, "stroke-width": 2.2 });
  }

  private shape(parent: Element, family: string, at: Point, size: number, look: Readonly<Record<string, string | number>>): void {
    const points = corners(family).map(({ x, y }) => pair({ x: at.x + size * x, y: at.y + size * y })).join(" ");
    if (points) this.maker.add(parent, "polygon", { points, ...look });
    else this.maker.add(parent, "circle", { cx: round(at.x), cy: round(at.y), r: round(size), ...look });
  }

  private label(parent: Element, label: Label): void {
    const { palette } = this;
    const onTie = label.on === "edge";
    const fill = onTie ? (label.disputed ? palette.warn : palette.quiet) : label.dim ? mixed(palette.ink, palette.paper, 0.4) : palette.ink;
    const text = this.maker.add(parent, "text", {
      x: round(label.x), y: round(label.y), fill, stroke: palette.paper, "stroke-width": 3.5, "stroke-linejoin": "round", "paint-order": "stroke",
      ...(onTie ? { "text-anchor": "middle", "font-size": 11, "font-weight": 400 } : {}),
    }, label.text);
    if (label.more) this.maker.add(text, "tspan", { fill: palette.quiet }, label.more);
  }

  /** The legend in rows as wide as the sheet. */
  private rows(width: number): { sign: Sign; x: number }[][] {
    const rows: { sign: Sign; x: number }[][] = [];
    let x = Infinity;
    for (const sign of this.frame.signs) {
      const wide = 30 + this.wide(sign.label, `400 ${SIZE}px ${FONT}`) + 22;
      if (x + wide > width - EDGE) {
        rows.push([]);
        x = EDGE;
      }
      rows.at(-1)!.push({ sign, x });
      x += wide;
    }
    return rows;
  }

  private sign(parent: Element, sign: Sign, x: number, y: number): void {
    const { palette, maker } = this;
    if (sign.sort === "family") this.shape(parent, sign.family, { x: x + 9, y }, 6, { fill: palette.families[sign.family] ?? palette.quiet });
    else if (sign.look === "disputed") maker.add(parent, "path", { d: `M${x} ${y - 1.6}h22m-22 3.2h22`, stroke: palette.warn, "stroke-width": 1.2, fill: "none" });
    else maker.add(parent, "path", { d: `M${x} ${y}h22`, stroke: palette.line, "stroke-width": sign.look === "thick" ? 3 : 1.2, "stroke-dasharray": sign.look === "dashed" ? "5 4" : null });
    maker.add(parent, "text", { x: x + 28, y, "font-size": SIZE, fill: palette.ink, "dominant-baseline": "central" }, sign.label);
  }

  private wide(text: string, font: string): number {
    this.measure.font = font;
    return this.measure.measureText(text).width;
  }

  private short(text: string, most: number, font: string): string {
    let cut = text.slice(0, 400);
    if (cut === text && this.wide(cut, font) <= most) return text;
    while (cut && this.wide(`${cut}…`, font) > most) cut = cut.slice(0, -1);
    return `${cut}…`;
  }
}

const round = (value: number): number => Math.round(value * 100) / 100;
const pair = ({ x, y }: Point): string => `${round(x)},${round(y)}`;
