/** What is to be seen: everything that a link carries and that undo takes back. Scenes are never changed in place. */
export interface Scene {
  /** Things in view, in the order in which they came; with `whole` set, everything is. */
  readonly shown: readonly string[];
  readonly whole: boolean;
  /** Where they stand. What is missing here stands where the build has put it. */
  readonly places: ReadonlyMap<string, Point>;
  /** Things that were put where they are by hand. */
  readonly pinned: ReadonlySet<string>;
  /** What the filter takes out: "family:person", "group:remarks", "speaker:reuters" ... */
  readonly off: ReadonlySet<string>;
  readonly asOf: string | null;
  readonly knownBy: string | null;
  readonly chosen: Choice | null;
  readonly asked: Asked | null;
  /** Which of the answer's paths is picked, from 0. */
  readonly picked: number | null;
  readonly pane: Pane;
  readonly view: string | null;
  /** The step of the view's story, from 1. */
  readonly step: number | null;
  readonly query: string | null;
  /** Whether the page shows the picture alone, as within a page of somebody else. */
  readonly embed: boolean;
  /** Light or dark whatever the system says; null leaves it to that. */
  readonly theme: Theme | null;
}

export type Theme = "light" | "dark";
export interface Point { readonly x: number; readonly y: number }
export interface Choice { readonly sort: "entity" | "tie" | "claim"; readonly id: string }
export interface Asked { readonly name: string; readonly given: Readonly<Record<string, readonly string[]>> }
export const PANES = ["details", "ask", "table", "evidence", "conflicts", "sparql", "share"] as const;
export type Pane = (typeof PANES)[number];

/** What is not drawn until asked for: talk of topics, and what follows from several claims together. */
export function usuallyOff(hidden: readonly string[]): ReadonlySet<string> {
  return new Set([...hidden.map((group) => `group:${group}`), "manner:several", "tied:alone"]);
}

export function blank(hidden: readonly string[]): Scene {
  return {
    shown: [], whole: false, places: new Map(), pinned: new Set(), off: usuallyOff(hidden), asOf: null, knownBy: null,
    chosen: null, asked: null, picked: null, pane: "details", view: null, step: null, query: null,
    embed: false, theme: null,
  };
}
