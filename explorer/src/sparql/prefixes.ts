/** The prefixes that a query declares, and how a term is written in it. */
import type { Term, Terms } from "./types";

const DECLARED = /\bPREFIX\s+([^\s:<>#"']*):\s*<([^<>\s]*)>/giu;

/** Prefix -> IRI, as the text declares them. */
export function declared(text: string): Record<string, string> {
  return Object.fromEntries([...text.matchAll(DECLARED)].map(([, name, iri]) => [name ?? "", iri ?? ""]));
}

export interface Written {
  /** What stands for the term. */
  text: string;
  /** A line that must come first, where neither the query nor the server knows the prefix. */
  line: string | null;
}

/** A term as it may be written in a query: with its prefix, or in full where the query uses that prefix for something else. */
export function written(term: Pick<Term, "iri" | "prefixed">, query: string, terms: Terms): Written {
  const [prefix, local] = parted(term.prefixed);
  const space = term.iri.slice(0, term.iri.length - local.length);
  const own = declared(query);
  if (prefix in own) return { text: own[prefix] === space ? term.prefixed : `<${term.iri}>`, line: null };
  if (terms.prefixes[prefix] === space) return { text: term.prefixed, line: null };
  return { text: term.prefixed, line: `PREFIX ${prefix}: <${space}>\n` };
}

export function parted(name: string): [string, string] {
  const colon = name.indexOf(":");
  return [name.slice(0, colon), name.slice(colon + 1)];
}
