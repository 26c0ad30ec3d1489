/** Terms of RDF, how they are shown, and which of them the explorer knows. */

export type Term =
  | { sort: "iri"; value: string }
  | { sort: "blank"; value: string }
  | { sort: "literal"; value: string; language: string; datatype: string }
  | { sort: "triple"; parts: [Term, Term, Term] };

export interface Chosen { kind: "entity" | "claim"; id: string }

const XSD = "http://www.w3.org/2001/XMLSchema#";
export const STRING = `${XSD}string`;
const NUMBERS = new Set(["integer", "decimal", "double", "float", "nonNegativeInteger", "positiveInteger", "long", "int"].map((name) => XSD + name));
const LOCAL = /^[\p{L}\p{N}_](?:[\p{L}\p{N}_.-]*[\p{L}\p{N}_-])?$/u;
const SLUG = /^[A-Za-z0-9][A-Za-z0-9._-]*$/;

export function isNumber(term: Term): boolean {
  return term.sort === "literal" && NUMBERS.has(term.datatype);
}

/** Whether a browser may go there. */
export function isLink(iri: string): boolean {
  return /^https?:\/\/[^\s/]/i.test(iri);
}

/** `kei:customerOf`, or null where no prefix fits. */
export function prefixed(iri: string, prefixes: Readonly<Record<string, string>>): string | null {
  let best: string | null = null;
  let longest = 0;
  for (const [name, space] of Object.entries(prefixes)) {
    if (space.length <= longest || !iri.startsWith(space) || !LOCAL.test(iri.slice(space.length))) continue;
    best = `${name}:${iri.slice(space.length)}`;
    longest = space.length;
  }
  return best;
}

/** The entity or claim that an IRI is the name of. */
export function chosenBy(iri: string, prefixes: Readonly<Record<string, string>>): Chosen | null {
  for (const kind of ["entity", "claim"] as const) {
    const space = prefixes[kind];
    if (space && iri.startsWith(space) && SLUG.test(iri.slice(space.length))) return { kind, id: iri.slice(space.length) };
  }
  return null;
}

/** Where a browser finds what an IRI names: sources, conflicts and words of ours at the server that the page is from. */
export function addressOf(iri: string, prefixes: Readonly<Record<string, string>>): string {
  const base = prefixes["entity"]?.replace(/entity\/$/, "");
  const path = base && iri.startsWith(base) ? iri.slice(base.length) : "";
  return /^(?:source|conflict)\/[A-Za-z0-9._-]+$|^ontology#[\w-]+$/.test(path) ? `/${path}` : iri;
}

/** A term as one line of text: what columns are sorted by. */
export function words(term: Term | undefined, prefixes: Readonly<Record<string, string>>): string {
  if (!term) return "";
  if (term.sort === "iri") return prefixed(term.value, prefixes) ?? term.value;
  if (term.sort === "blank") return `_:${term.value}`;
  if (term.sort === "literal") return term.value;
  return `<< ${term.parts.map((part) => words(part, prefixes)).join(" ")} >>`;
}

/** Every IRI in a term. */
export function* irisOf(term: Term | undefined): Generator<string> {
  if (term?.sort === "iri") yield term.value;
  if (term?.sort === "triple") for (const part of term.parts) yield* irisOf(part);
}
