import type { Store } from "../state/store";

/** One sign of the picture and what it means. */
export type Sign =
  | { readonly sort: "family"; readonly family: string; readonly label: string }
  | { readonly sort: "line"; readonly look: Look; readonly label: string };
export type Look = "thin" | "thick" | "dashed" | "disputed";

const LINES: readonly (readonly [Look, string])[] = [
  ["thin", "one source"], ["thick", "several sources"], ["dashed", "nobody states it as a fact"], ["disputed", "disputed"],
];

/** The signs that are in view, in the order of the legend. */
export function signsOf(store: Store): Sign[] {
  const { nodes, edges } = store.drawn.value;
  const families = new Set([...nodes.values()].map((node) => node.node.family));
  const looks = new Set<Look>();
  for (const edge of edges.values()) {
    looks.add(edge.width > 1.1 ? "thick" : "thin");
    if (edge.dashed) looks.add("dashed");
    if (edge.disputed) looks.add("disputed");
  }
  return [
    ...store.about.families.filter(([family]) => families.has(family)).map(([family, label]): Sign => ({ sort: "family", family, label })),
    ...LINES.filter(([look]) => looks.has(look)).map(([look, label]): Sign => ({ sort: "line", look, label })),
  ];
}
