import type { Block, Source, Style, Told } from "../format";
import type { Edge, Known } from "../graph/known";
import type { Desk } from "./desk";

/** What a walk found; the rest of the answer follows from it. */
export interface Reply {
  readonly question: string;
  readonly blocks?: readonly Block[];
  readonly notes?: readonly string[];
  readonly instead?: readonly string[];
  readonly nodes?: readonly string[];
  /** Ids of the claims that it rests on. */
  readonly claims?: readonly string[];
  readonly paths?: readonly (readonly string[])[];
  /** Where it does not follow from the claims. */
  readonly state?: Told["state"];
}

/** The whole answer. */
export function toldOf(desk: Desk, name: string, command: string, reply: Reply): Told {
  const claims = [...new Set(reply.claims ?? [])];
  const state = reply.state ?? stateOf(desk, claims);
  return {
    name, command, state, claims,
    question: reply.question,
    blocks: state === "not known" ? [] : [...(reply.blocks ?? [])],
    notes: [...(reply.notes ?? [])],
    instead: [...(reply.instead ?? [])],
    nodes: [...new Set(reply.nodes ?? [])],
    paths: (reply.paths ?? []).map((chain) => [...chain]),
    layers: [],
    sources: sourcesOf(desk, claims),
  };
}

/** What claims amount to: nothing, mere claims, a conflict, or something known. */
export function stateOf(desk: Desk, claims: readonly string[]): Told["state"] {
  if (!claims.length) return "not known";
  if (!claims.some((id) => desk.details.claims[id]?.factual ?? desk.known.claims.get(id)?.factual)) return "only claimed";
  const rests = new Set(claims);
  const open = desk.details.conflicts.some(({ standing, claims: sides }) => standing === "open" && sides.some((side) => rests.has(side)));
  return open ? "conflicting" : "known";
}

function sourcesOf(desk: Desk, claims: readonly string[]): Record<string, Source> {
  const found: Record<string, Source> = {};
  const read = claims.flatMap((id) => {
    const claim = desk.details.claims[id];
    return claim ? [claim.source, ...claim.places.map((place) => place.source)] : [];
  });
  for (const id of [...new Set(read)].sort()) if (desk.details.sources[id]) found[id] = desk.details.sources[id]!;
  return found;
}

export const line = (text: string, indent = 0, style: Style = null): Block => ({ sort: "line", spans: [[text, style]], indent });
export const spans = (indent: number, ...parts: [string, Style][]): Block => ({ sort: "line", spans: parts, indent });
export const BLANK: Block = { sort: "line", spans: [], indent: 0 };

/** A claim as a block; none where the file does not hold it. */
export function said(desk: Desk, id: string, indent: number): Block[] {
  const claim = desk.details.claims[id];
  if (!claim) return [];
  const read = claim.places.length ? claim.places : [{ source: claim.source, at: "", words: null }];
  const places = read.map(({ source, at, words }) => `${desk.details.sources[source]?.title ?? source}${at && `, ${at}`}${words ? `: “${words}”` : ""}`);
  return [{ sort: "said", claim: id, says: claim.says, who: claim.who, when: claim.when, key: claim.key, places: places.join("; "), indent }];
}

export function edgeWords(known: Known, { subject, relation, object }: Edge): string {
  return `${subject.name} ${known.about.relations[relation]!.label} ${object.name}`;
}

/** "2 companies and 1 product" of counts by kind. */
export function kindsWords(known: Known, counts: ReadonlyMap<number, number>): string[] {
  return [...counts].map(([kind, count]) => `${count} ${count === 1 ? known.about.kinds[kind]!.label : within(known.about.kinds[kind]!.many)}`);
}

/** A word as it stands within a sentence: "companies", "AI models". */
const within = (word: string): string => (/^[A-Z][a-z]/.test(word) ? word[0]!.toLowerCase() + word.slice(1) : word);
