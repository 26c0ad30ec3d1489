import type { About, Details, Found, Fragment, Tally, Told } from "../format";
import { noDetails } from "./bare";
import { type Supply, SupplyError } from "./supply";

/** Facts from the server that the page came from. */
export class ServedSupply implements Supply {
  readonly whole = false;

  constructor(readonly about: About) {}

  find(text: string, limit: number): Promise<Found[]> {
    return get(`explore/find?${new URLSearchParams({ text, limit: String(limit) })}`);
  }

  tally(id: string): Promise<Tally[]> {
    return get(`explore/tally?${new URLSearchParams({ id })}`);
  }

  fragment(ids: readonly string[]): Promise<Fragment> {
    return post("explore/fragment", { ids });
  }

  everything(): Promise<Fragment> {
    return get("explore/everything");
  }

  async details(wanted: { entities?: readonly string[]; claims?: readonly string[] }): Promise<Details> {
    const entities = wanted.entities ?? [];
    const claims = wanted.claims ?? [];
    const most = 400; // at once; the server takes 500
    const parts: Promise<Details>[] = [];
    for (let at = 0; at < entities.length; at += most) parts.push(post("explore/details", { entities: entities.slice(at, at + most) }));
    for (let at = 0; at < claims.length; at += most) parts.push(post("explore/details", { claims: claims.slice(at, at + most) }));
    return together(await Promise.all(parts));
  }

  answers(question: string): boolean {
    return this.about.questions.some((row) => row.name === question);
  }

  takes(): boolean {
    return true;
  }

  ask(question: string, given: Readonly<Record<string, readonly string[]>>): Promise<Told> {
    const asked = new URLSearchParams();
    for (const [name, values] of Object.entries(given)) for (const value of values) asked.append(name, value);
    return get(`explore/ask/${encodeURIComponent(question)}?${asked}`);
  }
}

/** Details put together of several. */
export function together(parts: readonly Details[]): Details {
  const made = noDetails();
  const seen = new Set<string>();
  for (const part of parts) {
    Object.assign(made.entities, part.entities);
    Object.assign(made.claims, part.claims);
    Object.assign(made.sources, part.sources);
    Object.assign(made.names, part.names);
    for (const conflict of part.conflicts) {
      if (!seen.has(conflict.id)) made.conflicts.push(conflict);
      seen.add(conflict.id);
    }
  }
  return made;
}

export function get<T>(path: string): Promise<T> {
  return answered(fetch(address(path), { headers: { Accept: "application/json" } }));
}

function post<T>(path: string, body: unknown): Promise<T> {
  const headers = { "Content-Type": "application/json", Accept: "application/json" };
  return answered(fetch(address(path), { method: "POST", headers, body: JSON.stringify(body) }));
}

/** Addresses are beneath the page's own, wherever a proxy has put it. */
export function address(path: string): URL {
  return new URL(`../${path}`, location.href.replace(/[?#].*$/, "").replace(/\/?$/, "/"));
}

async function answered<T>(asked: Promise<Response>): Promise<T> {
  let response: Response;
  try {
    response = await asked;
  } catch {
    throw new SupplyError("the server does not answer; is it still running?");
  }
  if (response.ok) return (await response.json()) as T;
  const told: unknown = await response.json().catch(() => null);
  const faults = told && typeof told === "object" && "faults" in told && Array.isArray(told.faults) ? told.faults.join("; ") : null;
  const detail = told && typeof told === "object" && "detail" in told ? String(told.detail) : null;
  throw new SupplyError(faults ?? detail ?? `the server answered ${response.status}`);
}
