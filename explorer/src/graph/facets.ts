import type { Edge, Known, Node } from "./known";
import { claimsOf, mannerOf } from "./passing";

/** How many things and ties in view have each property: by the names that the filter knows, as "family:person". */
export interface Facets { readonly counts: ReadonlyMap<string, number>; readonly days: Days }
/** The first days on which claims in view may have been so, and may have been known. */
export interface Days { readonly held: readonly string[]; readonly known: readonly string[] }

/** Count over what is in view, whatever the filter takes out: a row of the legend keeps its number. */
export function facets(known: Known, nodes: Iterable<Node>, edges: Iterable<Edge>): Facets {
  const counts = new Map<string, number>();
  const add = (name: string): void => void counts.set(name, (counts.get(name) ?? 0) + 1);
  for (const node of nodes) {
    add(`family:${node.family}`);
    add(`kind:${known.about.kinds[node.kind]!.id}`);
  }
  const held: string[] = [];
  const published: string[] = [];
  const seen = new Set<string>();
  const tied = new Set<Node>();
  for (const edge of edges) {
    tied.add(edge.subject).add(edge.object);
    const relation = known.about.relations[edge.relation]!;
    add(`group:${relation.group}`);
    add(`relation:${relation.id}`);
    for (const manner of new Set(edge.ties.map(mannerOf))) add(`manner:${manner}`);
    for (const claim of claimsOf(edge.ties)) {
      if (seen.has(claim.id)) continue;
      seen.add(claim.id);
      for (const name of [`modality:${claim.modality}`, `speaker:${claim.speaker}`, `source:${claim.source}`, `dispute:${claim.disputed ? "disputed" : "undisputed"}`]) add(name);
      for (const role of new Set(claim.roles)) add(`role:${role}`);
      if (claim.from) held.push(claim.from);
      if (claim.known) published.push(claim.known);
    }
  }
  const alone = [...nodes].filter((node) => !tied.has(node)).length;
  if (alone) counts.set("tied:alone", alone);
  return { counts, days: { held: held.sort(), known: published.sort() } };
}
