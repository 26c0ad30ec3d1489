/** The panel: examples, the editor, and what came of it. */
import type { EditorView } from "@codemirror/view";
import { useSignal, type Signal } from "@preact/signals";
import { useLayoutEffect, useRef } from "preact/hooks";
import { completing } from "./completion";
import { edit, MOD, replace } from "./editor";
import { goTo, point } from "./mistakes";
import { Outcome, Sentence } from "./outcome";
import type { Session } from "./session";
import type { Example } from "./types";

export const BEGINNING = `# What is in the graph, and how much of it?
SELECT ?kind (COUNT(?thing) AS ?number)
WHERE { ?thing a ?kind }
GROUP BY ?kind ORDER BY DESC(?number) LIMIT 20`;

/** What the outside may do with the editor once it stands. */
export interface Hold { run(): void; set(query: string): void }

export function View({ session, onReady }: { session: Session; onReady(hold: Hold): void }) {
  const { given } = session;
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const text = useSignal(given.query.trim() ? given.query : BEGINNING);
  const run = () => void asked(session, view.current!);
  const set = (query: string) => replace(view.current!, query);

  useLayoutEffect(() => {
    const complete = completing(given);
    const made = edit(host.current!, { text: text.peek(), dark: given.dark, complete, onRun: run, onChange: (now) => (text.value = now) });
    view.current = made;
    onReady({ run, set });
    return () => made.destroy();
  }, []);

  const running = session.state.value.sort === "running";
  return (
    <div class="sq">
      <div class="sq-bar">
        <Examples examples={given.examples} text={text} onPick={set} />
        {running ? <button type="button" class="sq-cancel" onClick={() => session.cancel()}>Cancel</button> : null}
        <button type="button" class="sq-run" onClick={run} title={`${MOD}-Enter`}>Run</button>
      </div>
      <div class="sq-editor" ref={host} />
      <p class="sq-hint">
        <kbd>{MOD}</kbd> <kbd>Enter</kbd> runs, <kbd>Ctrl</kbd> <kbd>Space</kbd> completes; <kbd>Esc</kbd>, then <kbd>Tab</kbd>, leaves the editor.
      </p>
      <Sentence session={session} onPlace={(place) => goTo(view.current!, place)} />
      <Outcome session={session} />
    </div>
  );
}

async function asked(session: Session, view: EditorView): Promise<void> {
  const query = view.state.doc.toString();
  point(view, null);
  await session.run(query);
  const state = session.state.value;
  if (state.sort === "refused" && state.place && view.state.doc.toString() === query) point(view, state.place);
}

function Examples({ examples, text, onPick }: { examples: Example[]; text: Signal<string>; onPick(query: string): void }) {
  if (!examples.length) return <span />;
  const chosen = examples.find((example) => example.text.trim() === text.value.trim())?.name ?? "";
  return (
    <label class="sq-examples">
      <span class="sq-quiet">Example</span>
      <select value={chosen} onChange={(event) => pick(examples, event.currentTarget.value, onPick)}>
        <option value="" disabled>Choose a query…</option>
        {examples.map(({ name, title }) => <option key={name} value={name}>{title || name}</option>)}
      </select>
    </label>
  );
}

function pick(examples: Example[], name: string, onPick: (query: string) => void): void {
  const found = examples.find((example) => example.name === name);
  if (found) onPick(found.text.trimEnd());
}
