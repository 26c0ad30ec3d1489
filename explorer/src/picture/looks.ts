import type { Point } from "../state/scene";
import type { DrawnEdge, DrawnNode } from "./drawn";

/** Families in the order of the shapes that shaders and canvases draw: one shape each, so that colour is never alone. */
export const SHAPES = ["organisation", "product", "person", "idea", "setting", "happening"] as const;

/** Colours of the page, read from its style, so that light and dark have one home: style.css. */
export interface Palette {
  readonly paper: string;
  readonly ink: string;
  readonly quiet: string;
  readonly line: string;
  readonly warn: string;
  readonly chosen: string;
  readonly families: Readonly<Record<string, string>>;
}

export function readPalette(): Palette {
  const style = getComputedStyle(document.documentElement);
  const read = (name: string): string => toHex(style.getPropertyValue(`--${name}`).trim());
  return {
    paper: read("paper"), ink: read("ink"), quiet: read("quiet"), line: read("tie"), warn: read("warn"), chosen: read("chosen"),
    families: Object.fromEntries(SHAPES.map((family) => [family, read(family)])),
  };
}

function toHex(color: string): string {
  return /^#[0-9a-f]{6}$/i.test(color) ? color : "#888888";
}

/** Return one colour laid thinly over another: `share` of the first. */
export function mixed(over: string, under: string, share: number): string {
  const part = (at: number): string => {
    const value = parseInt(over.slice(at, at + 2), 16) * share + parseInt(under.slice(at, at + 2), 16) * (1 - share);
    return Math.round(value).toString(16).padStart(2, "0");
  };
  return `#${part(1)}${part(3)}${part(5)}`;
}

export function nodeColor(node: DrawnNode, palette: Palette): string {
  const full = palette.families[node.node.family] ?? palette.quiet;
  return node.dim ? mixed(full, palette.paper, 0.22) : full;
}

export function edgeColor(edge: DrawnEdge, palette: Palette, crowd: number): string {
  const full = edge.disputed ? palette.warn : edge.chosen || edge.lit ? palette.ink : palette.line;
  if (edge.chosen) return palette.chosen;
  if (edge.dim) return mixed(full, palette.paper, 0.25);
  return mixed(full, palette.paper, edge.lit ? 0.62 : edge.disputed ? 0.85 : Math.max(0.16, 0.9 - crowd / 2_500));
}

/** How far from its straight course the middle of a bent tie lies, in pixels. */
export function aside(bend: number, length: number): number {
  return bend * Math.min(26, length * 0.22);
}

/** The middle of a tie on the screen (y downwards). */
export function middleOf(start: Point, end: Point, bend: number): Point {
  const [dx, dy] = [end.x - start.x, end.y - start.y];
  const length = Math.hypot(dx, dy) || 1;
  const off = aside(bend, length);
  return { x: (start.x + end.x) / 2 + (dy / length) * off, y: (start.y + end.y) / 2 - (dx / length) * off };
}

/** A place so far along a tie on the screen. */
export function onTie(start: Point, end: Point, bend: number, t: number): Point {
  const middle = middleOf(start, end, bend);
  const control = { x: 2 * middle.x - (start.x + end.x) / 2, y: 2 * middle.y - (start.y + end.y) / 2 };
  const [a, b, c] = [(1 - t) ** 2, 2 * t * (1 - t), t * t];
  return { x: a * start.x + b * control.x + c * end.x, y: a * start.y + b * control.y + c * end.y };
}

/** The corners of a shape of radius 1 about the origin (y downwards); none for a circle. */
export function corners(family: string): Point[] {
  const around = (count: number, turn: number, reach: number): Point[] =>
    Array.from({ length: count }, (_, at) => {
      const angle = turn + (2 * Math.PI * at) / count;
      return { x: reach * Math.cos(angle), y: reach * Math.sin(angle) };
    });
  switch (family) {
    case "product": return around(4, Math.PI / 4, 1.25);
    case "person": return around(4, 0, 1.22);
    case "idea": return around(3, -Math.PI / 2, 1.3);
    case "setting": return around(6, 0, 1.1);
    case "happening": return around(5, -Math.PI / 2, 1.15);
    default: return [];
  }
}
