/** What the server answered, read: rows, yes or no, or triples. Source: SPARQL 1.1 Query Results JSON Format. */
import { STRING, chosenBy, irisOf, type Term } from "./terms";
import { readTriples } from "./triples";

export type Row = (Term | undefined)[];
export type Result =
  | { sort: "rows"; columns: string[]; rows: Row[] }
  | { sort: "triples"; columns: string[]; rows: Row[] }
  | { sort: "truth"; truth: boolean };

interface Spoken { type: string; value: unknown; datatype?: string; "xml:lang"?: string }
interface Table { head?: { vars?: string[] }; boolean?: boolean; results?: { bindings?: Record<string, Spoken>[] } }

/** What one takes: rows and truths as JSON, graphs as triples. */
export const TAKEN = "application/sparql-results+json, application/n-triples;q=0.9";

export function readResult(media: string, text: string): Result {
  if (media.startsWith("application/n-triples")) {
    return { sort: "triples", columns: ["subject", "predicate", "object"], rows: readTriples(text) };
  }
  if (!/^application\/(?:sparql-results\+)?json/.test(media)) throw new Error(`the server answered in ${media || "no format"}`);
  const told = JSON.parse(text) as Table;
  if (typeof told.boolean === "boolean") return { sort: "truth", truth: told.boolean };
  const columns = told.head?.vars ?? [];
  return { sort: "rows", columns, rows: (told.results?.bindings ?? []).map((row) => columns.map((name) => read(row[name]))) };
}

function read(spoken: Spoken | undefined): Term | undefined {
  if (!spoken) return undefined;
  if (spoken.type === "triple") {
    const { subject, predicate, object } = spoken.value as Record<string, Spoken>;
    const parts = [read(subject), read(predicate), read(object)];
    return parts.every((part) => part !== undefined) ? { sort: "triple", parts: parts as [Term, Term, Term] } : undefined;
  }
  const value = String(spoken.value);
  if (spoken.type === "uri") return { sort: "iri", value };
  if (spoken.type === "bnode") return { sort: "blank", value };
  return { sort: "literal", value, language: spoken["xml:lang"] ?? "", datatype: spoken.datatype ?? STRING };
}

/** Entities and claims that a result names, each once, in the order in which they come. */
export function namedIn(result: Result, prefixes: Readonly<Record<string, string>>): { ids: string[]; claims: string[] } {
  const ids = new Set<string>();
  const claims = new Set<string>();
  if (result.sort === "truth") return { ids: [], claims: [] };
  for (const row of result.rows) {
    for (const term of row) {
      for (const iri of irisOf(term)) {
        const found = chosenBy(iri, prefixes);
        if (found) (found.kind === "entity" ? ids : claims).add(found.id);
      }
    }
  }
  return { ids: [...ids], claims: [...claims] };
}
