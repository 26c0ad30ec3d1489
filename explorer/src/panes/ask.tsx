import { useEffect, useState } from "preact/hooks";
import type { Question } from "../format";
import { isComplete, keyOf } from "../state/asking";
import { Answer } from "./answer";
import { AskForm } from "./askform";
import { usePage } from "./context";

const FIRST = ["path", "common", "compare", "depends", "exposure", "conflicts"];

/** Questions to ask, a form for each, and the answer. */
export function Ask() {
  const { store } = usePage();
  const { asked, chosen } = store.scene.value;
  const questions = store.about.questions.filter(({ name }) => name !== "ask" && store.supply.answers(name));
  const first = FIRST.flatMap((name) => questions.filter((row) => row.name === name));
  const more = questions.filter((row) => !FIRST.includes(row.name));
  const [name, setName] = useState(asked?.name ?? FIRST[0]!);
  const [things, setThings] = useState<readonly string[]>(chosen?.sort === "entity" ? [chosen.id] : []);
  useEffect(() => { if (asked) setName(asked.name); }, [asked?.name, JSON.stringify(asked?.given)]);
  useEffect(() => { if (chosen?.sort === "entity" && things.length < 2) setThings([chosen.id]); }, [chosen?.id]);
  const question = questions.find((row) => row.name === name) ?? first[0];
  const told = useTold();
  if (!question) return <p class="quiet">nothing can be asked here</p>;
  return (
    <div class="ask">
      <h2 class="hush">Ask</h2>
      {store.supply.answers("ask") && <PlainEnglish />}
      <div class="field">
        <label for="ask-question">Question</label>
        <select id="ask-question" value={question.name} onChange={(event) => setName(event.currentTarget.value)}>
          <optgroup label="Chains, comparisons, conflicts">{first.map((row) => <Option key={row.name} row={row} />)}</optgroup>
          {more.length > 0 && <optgroup label="More questions">{more.map((row) => <Option key={row.name} row={row} />)}</optgroup>}
        </select>
        <small>{question.help}</small>
      </div>
      <AskForm question={question} asked={asked?.name === question.name ? asked.given : null} carried={things} onChange={setThings} />
      {told && <Answer told={told} />}
    </div>
  );
}

const Option = ({ row }: { row: Question }) => <option value={row.name}>{row.asks}</option>;

/** The answer to what the scene asks; looked up again where one has come back to it. */
function useTold() {
  const { store } = usePage();
  const { asked } = store.scene.value;
  const last = store.told.value;
  const key = asked && isComplete(store.about, asked) ? keyOf(asked) : null;
  const there = key !== null && last?.key === key;
  useEffect(() => {
    if (!asked || key === null || there) return;
    let gone = false;
    void store.waitFor(store.supply.ask(asked.name, asked.given)).then((told) => {
      if (told && !gone) store.told.value = { key, told };
    });
    return () => { gone = true; };
  }, [key]);
  return there ? last.told : null;
}

/** A question in a sentence; Enter asks it. */
function PlainEnglish() {
  const { store, actions } = usePage();
  const { asked } = store.scene.value;
  const [text, setText] = useState(asked?.name === "ask" ? asked.given.text?.[0] ?? "" : "");
  return (
    <form class="field english" onSubmit={(event) => { event.preventDefault(); if (text.trim()) void actions.ask("ask", { text: [text.trim()] }); }}>
      <label for="ask-english">In plain English</label>
      <input id="ask-english" type="text" value={text} maxLength={500} placeholder="Who is the chief executive of Alibaba?" onInput={(event) => setText(event.currentTarget.value)} />
    </form>
  );
}
