import type { Point } from "../state/scene";
import type { Drawn } from "./drawn";
import type { Palette } from "./looks";
import type { Lens } from "./names";

/** What the pointer meets. */
export type Hit = { readonly sort: "node"; readonly id: string } | { readonly sort: "edge"; readonly id: string } | null;

export interface Listener {
  /** A click or tap; on nothing it clears the choice. */
  press(hit: Hit, event: MouseEvent | TouchEvent): void;
  twice(hit: Hit): void;
  menu(hit: Hit, at: Point): void;
  over(hit: Hit): void;
  /** A node was taken elsewhere by hand. */
  moved(id: string, to: Point): void;
}

export interface Covered { readonly left: number; readonly bottom: number }
export const OPEN: Covered = { left: 0, bottom: 0 };

/** A drawing of the graph on the screen, whatever draws it. */
export interface Picture {
  /** What lies over the picture from its left or its bottom, in pixels: what is fitted keeps clear of it. */
  covered: Covered;
  show(drawn: Drawn): void;
  paint(palette: Palette): void;
  /** Have everything in view, or some things. */
  fit(ids?: Iterable<string>, atOnce?: boolean): void;
  fly(id: string): void;
  zoom(by: number): void;
  /** How the graph lies on the screen. */
  lens(): Lens;
  /** Where a place of the graph is on the screen. */
  screen(place: Point): Point;
  /** The picture as it is on the screen, in so many times as many pixels. */
  toCanvas(scale: number): HTMLCanvasElement;
  /** The host has another size now. */
  resize(): void;
  kill(): void;
}

/** Say whether this browser draws with WebGL. */
export function hasWebGL(): boolean {
  try {
    const canvas = document.createElement("canvas");
    const found = canvas.getContext("webgl2") ?? canvas.getContext("webgl");
    found?.getExtension("WEBGL_lose_context")?.loseContext();
    return found !== null;
  } catch {
    return false;
  }
}

export const calm = (): boolean => matchMedia("(prefers-reduced-motion: reduce)").matches;
