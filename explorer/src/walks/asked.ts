import type { Details, Found, Told } from "../format";
import type { Known } from "../graph/known";

/** What a file has to answer with. */
export interface Desk {
  readonly known: Known;
  readonly details: Details;
  readonly told: Readonly<Record<string, Told>>;
  find(text: string): Promise<Found[]>;
}
type Given = Readonly<Record<string, readonly string[]>>;

/** Answer in the page what a file can answer: what was written into it, and walks over the ties that it holds. */
export async function askHere(question: string, given: Given, desk: Desk): Promise<Told | null> {
  const names = Object.values(given).flat();
  const found = names[0] ? await desk.find(names[0]) : [];
  const id = found[0]?.id;
  return desk.told[question] ?? (id ? desk.told[`${question} ${id}`] ?? null : null);
}
