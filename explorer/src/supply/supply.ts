import type { About, Details, Found, Fragment, Tally, Told } from "../format";

/** Where the page has its facts from: itself, or a server. Both answer alike. */
export interface Supply {
  readonly about: About;
  /** Whether every node and tie is at hand without asking. */
  readonly whole: boolean;
  /** Things that a text may mean, best first. */
  find(text: string, limit: number): Promise<Found[]>;
  /** Neighbours by relation and direction, the largest group first. */
  tally(id: string): Promise<Tally[]>;
  /** Some things, with every tie between them. */
  fragment(ids: readonly string[]): Promise<Fragment>;
  /** Everything, up to as many nodes as may be drawn; the most important where there are more. */
  everything(): Promise<Fragment>;
  details(wanted: { entities?: readonly string[]; claims?: readonly string[] }): Promise<Details>;
  /** Whether a question can be asked here. */
  answers(question: string): boolean;
  /** Whether it takes a parameter here. */
  takes(question: string, parameter: string): boolean;
  ask(question: string, given: Readonly<Record<string, readonly string[]>>): Promise<Told>;
}

/** Something that went wrong, in words for the reader. */
export class SupplyError extends Error {}
