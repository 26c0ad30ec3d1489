import type { Claim, Known } from "../graph/known";
import { claimsOf, Passing } from "../graph/passing";
import type { Drawn, DrawnEdge, DrawnNode } from "../picture/drawn";
import type { Store } from "../state/store";
import type { Column } from "./sheet";

/** What is in view as rows: one definition for the tables on the page and for the files that are saved of them. */
export interface NodeLine { readonly drawn: DrawnNode; readonly kind: string; readonly here: number }
export interface EdgeLine { readonly drawn: DrawnEdge; readonly claims: readonly Claim[]; readonly relation: string }

export function nodeLines(store: Store): NodeLine[] {
  const drawn = store.drawn.value;
  const here = degrees(drawn);
  return [...drawn.nodes.values()].map((node) => ({ drawn: node, kind: store.about.kinds[node.node.kind]!.label, here: here.get(node.node.id) ?? 0 }));
}

export function edgeLines(store: Store): EdgeLine[] {
  const passing = new Passing(store.known, store.scene.value);
  return [...store.drawn.value.edges.values()].map((edge) => ({
    drawn: edge, relation: store.about.relations[edge.edge.relation]!.label, claims: claimsOf(passing.ties(edge.edge)),
  }));
}

/** Every claim that a tie in view rests on, each once. */
export function claimsInView(store: Store): Claim[] {
  return [...new Set(edgeLines(store).flatMap((line) => line.claims))];
}

function degrees(drawn: Drawn): Map<string, number> {
  const found = new Map<string, number>();
  for (const { edge } of drawn.edges.values()) for (const end of new Set([edge.subject.id, edge.object.id])) found.set(end, (found.get(end) ?? 0) + 1);
  return found;
}

const speakers = (claims: readonly Claim[], known: Known): string => [...new Set(claims.map((claim) => known.name(claim.speaker)))].sort().join("; ");
const earliest = (claims: readonly Claim[], day: "from" | "known"): string => claims.map((claim) => claim[day]).filter((found) => found !== null).sort()[0] ?? "";

export function nodeColumns(): Column<NodeLine>[] {
  return [
    { label: "Name", value: (row) => row.drawn.node.name },
    { label: "Kind", value: (row) => row.kind },
    { label: "Ties in view", value: (row) => row.here },
    { label: "Ties", value: (row) => row.drawn.node.ties },
  ];
}

export function edgeColumns(known: Known): Column<EdgeLine>[] {
  return [
    { label: "Subject", value: (row) => row.drawn.edge.subject.name },
    { label: "Tie", value: (row) => row.relation },
    { label: "Object", value: (row) => row.drawn.edge.object.name },
    { label: "Who says so", value: (row) => speakers(row.claims, known) },
    { label: "Since", value: (row) => earliest(row.claims, "from") },
    { label: "Known from", value: (row) => earliest(row.claims, "known") },
    { label: "Sources", value: (row) => new Set(row.claims.map((claim) => claim.source)).size },
    { label: "How sure", value: (row) => sureness(row) },
  ];
}

export function sureness({ drawn, claims }: EdgeLine): string {
  const words = [...new Set(claims.map((claim) => claim.modality))].sort();
  return [...words, ...(drawn.disputed ? ["disputed"] : [])].join(", ");
}
