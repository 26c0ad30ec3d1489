/** What the explorer and its SPARQL panel know of each other: two scripts, one global name. */

export interface Term {
  iri: string;
  prefixed: string;
  label: string;
  comment: string;
  sort: "class" | "property" | "individual";
}

export interface Terms {
  /** Those that the server knows without being told: `kei` -> IRI. */
  prefixes: Record<string, string>;
  terms: Term[];
}

/** A query of the library. */
export interface Example { name: string; title: string; text: string }

export interface Given {
  /** What stands in the editor at first. */
  query: string;
  /** "/sparql". */
  endpoint: string;
  terms: Terms;
  examples: Example[];
  dark: boolean;
  /** Entities that a text may mean, best first. */
  find(text: string): Promise<{ id: string; name: string }[]>;
  /** A query was sent: it may go into the address. */
  onQuery(text: string): void;
  /** "Show as graph": what the result names, in its order. */
  onGraph(ids: string[], claims: string[]): void;
  onChoose(kind: "entity" | "claim", id: string): void;
}

export interface Panel {
  /** Ask what stands in the editor. */
  run(): void;
  /** Put a query into the editor; it is not asked. */
  set(query: string): void;
  /** End what runs and leave the host empty. */
  close(): void;
}

declare global {
  interface Window {
    keiretsuSparql?: { mount(host: HTMLElement, given: Given): Panel };
  }
}
