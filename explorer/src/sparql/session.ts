/** What is being asked, and what came back last. */
import { signal } from "@preact/signals";
import { ask, Refusal, save, type Answered, type Form } from "./asking";
import { namedIn } from "./results";
import type { Given } from "./types";

export type State =
  | { sort: "idle" }
  | { sort: "running" }
  | { sort: "answered" }
  | { sort: "cancelled"; milliseconds: number }
  | { sort: "refused"; message: string; place: { line: number; column: number } | null };

/** An answer and the query it is to: the editor may have moved on. */
export interface Last extends Answered { query: string; ids: string[]; claims: string[] }

export class Session {
  readonly state = signal<State>({ sort: "idle" });
  readonly last = signal<Last | null>(null);
  /** What became of the wish to keep a result, where that went wrong. */
  readonly trouble = signal("");
  #running: AbortController | null = null;
  readonly #ended = new AbortController();

  constructor(readonly given: Given) {}

  /** Ask; what was running before is ended. */
  async run(query: string): Promise<void> {
    this.#running?.abort();
    const running = (this.#running = new AbortController());
    const began = performance.now();
    this.state.value = { sort: "running" };
    this.trouble.value = "";
    this.given.onQuery(query);
    try {
      const answered = await ask(this.given.endpoint, query, running.signal);
      if (this.#running !== running) return;
      this.last.value = { ...answered, query, ...namedIn(answered.result, this.given.terms.prefixes) };
      this.state.value = { sort: "answered" };
    } catch (error) {
      if (this.#running !== running) return;
      this.state.value = running.signal.aborted ? { sort: "cancelled", milliseconds: performance.now() - began } : refused(error);
    } finally {
      if (this.#running === running) this.#running = null;
    }
  }

  cancel(): void {
    this.#running?.abort();
  }

  async keep(form: Form): Promise<void> {
    const last = this.last.value;
    if (!last) return;
    this.trouble.value = "";
    try {
      await save(this.given.endpoint, last.query, form, this.#ended.signal);
    } catch (error) {
      if (!this.#ended.signal.aborted) this.trouble.value = `not saved: ${worded(error)}`;
    }
  }

  /** End everything; nothing is told any more. */
  close(): void {
    const running = this.#running;
    this.#running = null;
    running?.abort();
    this.#ended.abort();
  }
}

function refused(error: unknown): State {
  const place = error instanceof Refusal && error.line !== null && error.column !== null ? { line: error.line, column: error.column } : null;
  return { sort: "refused", message: worded(error), place };
}

function worded(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
