import { useRef, useState } from "preact/hooks";
import type { Told } from "../format";
import { Blocks } from "./blocks";
import { usePage } from "./context";
import { counted, WebLink } from "./names";

const STATES: Readonly<Record<Told["state"], { sign: string; style: string; means: string }>> = {
  "known": { sign: "●", style: "good", means: "stated as fact by a source, and not disputed" },
  "only claimed": { sign: "◌", style: "warn", means: "it leans on forecasts, plans or opinions" },
  "conflicting": { sign: "◐", style: "bad", means: "claims that it rests on disagree with others" },
  "not known": { sign: "○", style: "quiet", means: "this graph does not say" },
};

/** An answer: how firm it is, what it says, on what it rests, and how one gets it elsewhere. */
export function Answer({ told }: { told: Told }) {
  const { sign, style, means } = STATES[told.state];
  const sources = Object.entries(told.sources);
  return (
    <article class="answer">
      <h2>{told.question}</h2>
      <p class="state"><strong class={style}><span aria-hidden="true">{sign} </span>{told.state}</strong><span class="quiet"> {means}</span></p>
      <Command text={told.command} />
      {told.instead.length > 0 && <ul class="instead">{told.instead.map((text) => <li key={text}>{text}</li>)}</ul>}
      <InPicture told={told} />
      {told.notes.length > 0 && <ul class="notes" aria-label="Notes">{told.notes.map((text) => <li key={text}>{text}</li>)}</ul>}
      <Blocks blocks={told.blocks} />
      {sources.length > 0 && (
        <section>
          <h3>{counted(sources.length, "source")}</h3>
          <ul class="sources">
            {sources.map(([id, source]) => (
              <li key={id}>
                <WebLink url={source.url} text={source.title} />
                <small>{[source.publisher, source.kind, source.published ?? `read ${source.recorded}`].filter(Boolean).join(", ")}</small>
              </li>
            ))}
          </ul>
        </section>
      )}
    </article>
  );
}

function Command({ text }: { text: string }) {
  const { store } = usePage();
  const code = useRef<HTMLElement>(null);
  const [copied, setCopied] = useState<string | null>(null);
  async function copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(text);
      setCopied(text);
      store.say("copied");
    } catch {
      getSelection()?.selectAllChildren(code.current!); // where a page may not write there, one copies what is marked
      store.say("marked, to be copied by hand");
    }
  }
  return (
    <div class="command">
      <span class="quiet small">Same answer in a terminal</span>
      <code ref={code} dir="ltr">{text}</code>
      <button type="button" aria-label="Copy the command" onClick={() => void copy()}>{copied === text ? "Copied" : "Copy"}</button>
    </div>
  );
}

/** What of the answer is to be seen in the picture: chains to be picked, columns, and the way back. */
function InPicture({ told }: { told: Told }) {
  const { store, actions } = usePage();
  const { picked } = store.scene.value;
  const lit = store.light.value.nodes.size > 0;
  const layered = told.layers.length > 1;
  const last = store.done.value.at(-1);
  const names = (chain: readonly string[]): string => chain.map((id) => store.known.name(id)).join(" → ");
  if (!told.nodes.length) return null;
  return (
    <section class="lit" aria-label="In the picture">
      {told.paths.length > 0 && (
        <>
          <h3>{told.paths.length === 1 ? "The chain in the picture" : `${told.paths.length} chains in the picture`}</h3>
          <ol>
            {told.paths.map((chain, index) => (
              <li key={index}><button type="button" aria-pressed={lit && picked === index} onClick={() => void actions.illuminate(told, index)}>{names(chain)}</button></li>
            ))}
          </ol>
        </>
      )}
      {layered && <p>{told.name === "exposure" ? "The picture stands in columns: the thing itself to the left, what would be touched to the right, step by step." : "The picture stands in columns: the thing itself to the right, what it rests on to the left, step by step."}</p>}
      <div class="row">
        {told.paths.length > 1 && <button type="button" aria-pressed={lit && picked === null} onClick={() => void actions.illuminate(told, null)}>All of them</button>}
        {!told.paths.length && !lit && <button type="button" onClick={() => void actions.illuminate(told, null)}>Show in the picture</button>}
        {lit && <button type="button" onClick={() => actions.unlight()}>Show everything</button>}
        {layered && last?.said === `asked: ${told.question}` && <button type="button" onClick={() => { store.undo(); actions.unlight(); }}>Back to the view before</button>}
      </div>
    </section>
  );
}
