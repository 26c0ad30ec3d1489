/** The questions that go to the endpoint, and what comes back of them. Source: SPARQL 1.1 Protocol. */
import { TAKEN, readResult, type Result } from "./results";

/** What the server says of a query that it does not answer; line and column count from 1. */
export class Refusal extends Error {
  constructor(message: string, readonly line: number | null = null, readonly column: number | null = null) {
    super(message);
  }
}

export interface Answered {
  result: Result;
  /** After how many rows the server cut it; null where it is whole. */
  cut: number | null;
  milliseconds: number;
}

const LONGEST = 600;

async function sent(endpoint: string, query: string, accept: string, signal: AbortSignal): Promise<Response> {
  const headers = { "Content-Type": "application/sparql-query", Accept: accept };
  let response: Response;
  try {
    response = await fetch(endpoint, { method: "POST", headers, body: query, signal });
  } catch (error) {
    if (signal.aborted) throw error;
    throw new Refusal("the server does not answer; does keiretsu explore still run?");
  }
  if (!response.ok) throw refusalOf(response, await response.text());
  return response;
}

function refusalOf(response: Response, body: string): Refusal {
  const later = response.status === 503 ? response.headers.get("Retry-After") : null;
  const again = later && /^\d+$/.test(later) ? ` (try again in ${later} s)` : "";
  try {
    const told = JSON.parse(body) as { detail?: unknown; title?: unknown; line?: unknown; column?: unknown };
    const place = Number.isInteger(told.line) && Number.isInteger(told.column) ? [Number(told.line), Number(told.column)] : [];
    const words = String(told.detail ?? told.title ?? `status ${response.status}`);
    return new Refusal(shortened(words) + again, place[0] ?? null, place[1] ?? null);
  } catch {
    return new Refusal(shortened(body.trim() || `status ${response.status} ${response.statusText}`) + again);
  }
}

function shortened(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

/**
 * The result of a query.
 *
 * Throws a Refusal where the server gives none, and an AbortError where it was cancelled.
 */
export async function ask(endpoint: string, query: string, signal: AbortSignal): Promise<Answered> {
  const began = performance.now();
  const response = await sent(endpoint, query, TAKEN, signal);
  const text = await response.text();
  const milliseconds = performance.now() - began;
  const rows = /rows=(\d+)/.exec(response.headers.get("Keiretsu-Cut") ?? "");
  const result = readResult(response.headers.get("Content-Type") ?? "", text);
  return { result, cut: rows ? Number(rows[1]) : null, milliseconds };
}

export interface Form { name: string; media: string; ending: string }

const TABLES: Form[] = [
  { name: "CSV", media: "text/csv", ending: "csv" },
  { name: "JSON", media: "application/sparql-results+json", ending: "json" },
];
const GRAPHS: Form[] = [
  { name: "TTL", media: "text/turtle", ending: "ttl" },
  { name: "JSON", media: "application/ld+json", ending: "jsonld" },
];

/** The forms in which a result can be kept. */
export function formsOf(result: Result): Form[] {
  return result.sort === "triples" ? GRAPHS : TABLES;
}

/** Ask again in another form, and hand the answer to the browser as a file. */
export async function save(endpoint: string, query: string, form: Form, signal: AbortSignal): Promise<void> {
  const response = await sent(endpoint, query, form.media, signal);
  const address = URL.createObjectURL(await response.blob());
  const link = document.createElement("a");
  link.href = address;
  link.download = `result.${form.ending}`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
