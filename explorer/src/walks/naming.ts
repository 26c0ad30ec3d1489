import type { Found } from "../format";
import { fold } from "../supply/names";
import { SupplyError } from "../supply/supply";
import type { Desk } from "./desk";

/** Things that some texts name, or what comes nearest where one of them names nothing. */
export interface Meant { readonly ids: readonly string[]; readonly names: readonly string[]; readonly nearest: readonly string[] }

export async function meant(desk: Desk, texts: readonly string[]): Promise<Meant> {
  const ids: string[] = [];
  const names: string[] = [];
  const nearest: string[] = [];
  for (const text of texts) {
    const id = await resolved(desk, text);
    if (id) ids.push(id);
    else nearest.push(...(await near(desk, text)));
    names.push(id ? desk.known.name(id) : shortened(text));
  }
  return { ids, names, nearest: [...new Set(nearest)] };
}

/** The thing that a text names by its id, an identifier or one of its names: nothing that is merely alike. */
async function resolved(desk: Desk, text: string): Promise<string | null> {
  if (desk.known.nodes.has(text)) return text;
  const fits = await exact(desk, text);
  for (const sort of [sameId, isIdentifier]) {
    const found = fits.filter((fit) => sort(desk, fit, text));
    if (found.length === 1) return found[0]!.id;
  }
  if (fits.length > 1) throw new SupplyError(`'${shortened(text)}' may be ${fits.map(({ id, name }) => `${id} (${name})`).join(", ")}`);
  return fits[0]?.id ?? null;
}

async function exact(desk: Desk, text: string): Promise<Found[]> {
  const wanted = fold(text);
  return wanted ? (await desk.find(text, 24)).filter((found) => fold(found.match) === wanted) : [];
}

const sameId = (_: Desk, found: Found, text: string): boolean => found.id === fold(text);
const isIdentifier = (desk: Desk, found: Found, text: string): boolean =>
  desk.details.entities[found.id]?.identifiers.some(([, value]) => fold(value) === fold(text)) ?? false;

/** The name of a thing where it names that alone, to be typed; else its id. */
export async function typed(desk: Desk, id: string): Promise<string> {
  const name = desk.known.nodes.get(id)?.name;
  if (!name || name.length > 60) return id;
  const fits = await exact(desk, name);
  return fits.length === 1 && fits[0]!.id === id ? name : id;
}

async function near(desk: Desk, text: string): Promise<string[]> {
  const found = [...new Set((await desk.find(text, 3)).map(({ name }) => `'${name}'`))];
  const { title, counts } = desk.known.about;
  return [
    `nothing in this graph is named '${shortened(text)}'`,
    ...(found.length ? [`did you mean ${found.join(" or ")}?`] : []),
    `the graph '${title}' knows ${counts.entities} entities from ${counts.sources === 1 ? "1 source" : `${counts.sources} sources`}`,
  ];
}

export const shortened = (text: string): string => (text.length > 80 ? `${text.slice(0, 80)}…` : text);

/** "NBA", "NBA and Bosch", "NBA, Bosch and Qwen". */
export function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}

/** What is known of a thing, where an answer has nothing else to say. */
export function knownOf(desk: Desk, id: string): string[] {
  const count = desk.details.entities[id]?.claims.length ?? 0;
  const name = desk.known.name(id);
  if (!count) return [`${name} is named, and nothing is said of it`];
  return [`of ${name} there ${count === 1 ? "is 1 claim" : `are ${count} claims`}`, `see: keiretsu show ${id}`];
}
