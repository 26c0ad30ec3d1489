/** What became of a query: one sentence, the result, and what can be done with it. */
import type { ComponentChildren } from "preact";
import { formsOf, type Answered } from "./asking";
import type { Result } from "./results";
import type { Last, Session, State } from "./session";
import { Table } from "./table";

/** The sentence that is announced. */
export function Sentence({ session, onPlace }: { session: Session; onPlace(place: { line: number; column: number }): void }) {
  const state = session.state.value;
  const last = session.last.value;
  return (
    <div class="sq-told">
      <div role="status">
        <p class={state.sort === "refused" ? "sq-bad" : ""}><bdi>{told(state, last)}</bdi></p>
        {state.sort === "answered" && last?.cut != null ? <p class="sq-cut">{cut(last, last.cut)}</p> : null}
        {session.trouble.value ? <p class="sq-bad"><bdi>{session.trouble.value}</bdi></p> : null}
      </div>
      {state.sort === "refused" && state.place ? <Go place={state.place} onPlace={onPlace} /> : null}
    </div>
  );
}

function told(state: State, last: Last | null): string {
  if (state.sort === "running") return "Asking…";
  if (state.sort === "cancelled") return `Cancelled after ${time(state.milliseconds)}.`;
  if (state.sort === "refused") return state.message;
  return state.sort === "answered" && last ? ended(last) : "";
}

function cut({ result }: Answered, rows: number): string {
  const most = count(rows, nounOf(result));
  return `Cut: the server gives at most ${most} of one query, and there is more. LIMIT and OFFSET, or a narrower question, give the rest.`;
}

function Go({ place, onPlace }: { place: { line: number; column: number }; onPlace(place: { line: number; column: number }): void }) {
  return <button type="button" onClick={() => onPlace(place)}>Go to line {place.line}, column {place.column}</button>;
}

export function Outcome({ session }: { session: Session }) {
  const last = session.last.value;
  if (!last) return null;
  const now = session.state.value.sort;
  const old = now === "refused" || now === "cancelled";
  return (
    <section class={now === "running" ? "sq-outcome sq-running" : "sq-outcome"} aria-label="Result">
      {old ? <p class="sq-quiet">The result of the query before:</p> : null}
      {last.result.sort === "truth" ? <p class="sq-truth">{last.result.truth ? "Yes: the graph says so." : "No: the graph does not say so."}</p> : null}
      {last.result.sort !== "truth" && last.result.rows.length ? (
        <Table key={last} columns={last.result.columns} rows={last.result.rows} given={session.given} />
      ) : null}
      {last.result.sort !== "truth" && !last.result.rows.length ? <p class="sq-quiet">Nothing in the graph fits.</p> : null}
      <Deeds session={session} last={last} />
    </section>
  );
}

function Deeds({ session, last }: { session: Session; last: Last }): ComponentChildren {
  const { ids, claims } = last;
  const named = [ids.length ? count(ids.length, "thing") : "", claims.length ? count(claims.length, "claim") : ""].filter(Boolean).join(", ");
  return (
    <div class="sq-deeds">
      <button type="button" disabled={!named} title={named ? "" : "the result names no entity and no claim"} onClick={() => session.given.onGraph(ids, claims)}>
        Show as graph{named ? <span class="sq-quiet"> {named}</span> : null}
      </button>
      <span class="sq-save" role="group" aria-label="Save the result">
        <span class="sq-quiet" aria-hidden="true">Save</span>
        {formsOf(last.result).map((form) => (
          <button key={form.name} type="button" aria-label={`Save as ${form.name}`} onClick={() => void session.keep(form)}>{form.name}</button>
        ))}
      </span>
    </div>
  );
}

function ended({ result, milliseconds }: Answered): string {
  if (result.sort === "truth") return `Ended after ${time(milliseconds)}: ${result.truth ? "yes" : "no"}.`;
  return `Ended after ${time(milliseconds)}: ${count(result.rows.length, nounOf(result))}.`;
}

function nounOf(result: Result): string {
  return result.sort === "triples" ? "triple" : "row";
}

function count(number: number, noun: string): string {
  return `${number.toLocaleString("en")} ${noun}${number === 1 ? "" : "s"}`;
}

function time(milliseconds: number): string {
  return `${Math.max(1, Math.round(milliseconds)).toLocaleString("en")} ms`;
}
