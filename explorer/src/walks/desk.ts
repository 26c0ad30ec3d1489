import type { Details, Found, Told } from "../format";
import type { Claim, Known } from "../graph/known";
import { Passing } from "../graph/passing";
import { SupplyError } from "../supply/supply";

/** What a file has to answer with. */
export interface Desk {
  readonly known: Known;
  readonly details: Details;
  readonly told: Readonly<Record<string, Told>>;
  find(text: string, limit: number): Promise<Found[]>;
}
export type Given = Readonly<Record<string, readonly string[]>>;

/** What a file answers, and by which parameters; for others one types the command. */
export const OFFERED: Readonly<Record<string, readonly string[]>> = {
  path: ["start", "end", "stated_only", "limit", "max_hops", "as_of", "known_by"],
  common: ["names", "stated_only", "limit", "as_of", "known_by"],
  compare: ["names"],
  depends: ["name"],
  exposure: ["name"],
  conflicts: ["name", "settled", "explained", "limit"],
};

/** Decides by the two clocks what may have been so, and known. */
export function intimeBy(desk: Desk, given: Given): (claim: Claim) => boolean {
  const passing = new Passing(desk.known, { off: new Set(), asOf: day(given, "as_of"), knownBy: day(given, "known_by") });
  return (claim) => passing.intime(claim);
}

function day(given: Given, name: string): string | null {
  const text = given[name]?.[0];
  if (text && !/^\d{4}-\d{2}-\d{2}$/.test(text)) throw new SupplyError(`${name} is a day such as 2025-10-01, not '${text}'`);
  return text || null;
}

export function numberOf(given: Given, name: string, usual: number, least: number, most: number): number {
  const text = given[name]?.[0];
  if (!text) return usual;
  const found = Number(text);
  if (!Number.isInteger(found) || found < least || found > most) throw new SupplyError(`${name} is a number from ${least} to ${most}, not '${text}'`);
  return found;
}

export const flagOf = (given: Given, name: string): boolean => ["true", "1", "yes"].includes(given[name]?.[0]?.toLowerCase() ?? "");

/** What a note says of answers by a clock: a file has bounds and no doubts. */
export function clockNotes(given: Given): string[] {
  const said = [...(given.as_of?.[0] ? [`was certainly not so on ${given.as_of[0]}`] : []), ...(given.known_by?.[0] ? [`was certainly not known by ${given.known_by[0]}`] : [])];
  return said.length ? [`what ${said.join(" or ")} is left out; the command also counts what is undated`] : [];
}
