/** One term in a table. */
import { useState } from "preact/hooks";
import { addressOf, chosenBy, isLink, isNumber, prefixed, STRING, type Term } from "./terms";
import type { Given } from "./types";

const LONGEST = 400;
const WHOLE = 36; // as many characters stay on one line
const PLAIN = new Set(["string", "boolean"]);

export function Cell({ term, given }: { term: Term | undefined; given: Given }) {
  if (!term) return null;
  if (term.sort === "iri") return <Iri iri={term.value} given={given} />;
  if (term.sort === "blank") return <span class="sq-quiet">_:{term.value}</span>;
  if (term.sort === "triple") {
    return <span>{"<< "}{term.parts.map((part, at) => <span key={at}><Cell term={part} given={given} /> </span>)}{">>"}</span>;
  }
  const type = term.datatype === STRING || isNumber(term) ? "" : (prefixed(term.datatype, given.terms.prefixes) ?? term.datatype);
  return (
    <span>
      <Text text={term.value} />
      {term.language ? <span class="sq-tag" title="language">{term.language}</span> : null}
      {type && !term.language && !PLAIN.has(type.slice(type.indexOf(":") + 1)) ? <span class="sq-tag" title="datatype">{type}</span> : null}
    </span>
  );
}

function Iri({ iri, given }: { iri: string; given: Given }) {
  const { prefixes } = given.terms;
  const shown = prefixed(iri, prefixes) ?? iri;
  const chosen = chosenBy(iri, prefixes);
  if (chosen) {
    return <button type="button" class="sq-iri" onClick={() => given.onChoose(chosen.kind, chosen.id)}><Line text={shown} /></button>;
  }
  if (!isLink(iri)) return <Text text={shown} />;
  return <a href={addressOf(iri, prefixes)} target="_blank" rel="noopener noreferrer" title={clipped(iri)}><Line text={shown} /></a>;
}

function Line({ text }: { text: string }) {
  return <bdi class={text.length <= WHOLE && !text.includes("\n") ? "sq-whole" : ""}>{clipped(text)}</bdi>;
}

/** A text; a long one opens when it is wanted. */
function Text({ text }: { text: string }) {
  const [open, setOpen] = useState(false);
  if (text.length <= LONGEST) return <Line text={text} />;
  if (open) return <bdi>{text}</bdi>;
  return (
    <>
      <bdi>{clipped(text)}</bdi>{" "}
      <button type="button" class="sq-more" onClick={() => setOpen(true)}>all {text.length.toLocaleString("en")} characters</button>
    </>
  );
}

function clipped(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}
