import { useEffect, useState } from "preact/hooks";
import type { Parameter, Question } from "../format";
import { missing } from "../state/asking";
import type { Asked } from "../state/scene";
import { usePage } from "./context";
import { Search } from "./search";

type Given = Record<string, readonly string[]>;
const CLOCKS: readonly Parameter[] = [
  { name: "as_of", label: "as of", help: "Only what was so on this day.", sort: "day", required: false, many: false, choices: [], value: null },
  { name: "known_by", label: "known by", help: "Only what had been published by this day.", sort: "day", required: false, many: false, choices: [], value: null },
];

/** A question's parameters to be filled in; filled at first by what was asked, else by what is chosen in the picture. */
export function AskForm({ question, asked, carried, onChange }: { question: Question; asked: Asked["given"] | null; carried: readonly string[]; onChange: (things: readonly string[]) => void }) {
  const { store, actions } = usePage();
  const [given, setGiven] = useState<Given>({});
  const [wanting, setWanting] = useState<readonly string[]>([]);
  const parameters = [...question.parameters, ...CLOCKS].filter(({ name }) => store.supply.takes(question.name, name));
  const [first, more] = [parameters.filter(isFirst), parameters.filter((row) => !isFirst(row))];
  const key = `${question.name} ${JSON.stringify(asked)}`;
  useEffect(() => {
    const { asOf, knownBy } = store.scene.value;
    const clocks: Given = { ...(asOf ? { as_of: [asOf] } : {}), ...(knownBy ? { known_by: [knownBy] } : {}) };
    setGiven(asked ? { ...asked } : { ...clocks, ...shared(question, carried) });
    setWanting([]);
  }, [key]);
  const put = (name: string, values: readonly string[]): void => {
    const next = { ...given, [name]: values };
    setGiven(next);
    onChange(question.parameters.filter(({ sort }) => sort === "entity").flatMap((row) => next[row.name] ?? []));
  };

  function ask(event: Event): void {
    event.preventDefault();
    const full = Object.fromEntries(Object.entries(given).filter(([name]) => parameters.some((row) => row.name === name)).map(([name, values]) => [name, values.filter((text) => text.trim())]).filter(([, values]) => values!.length));
    const left = missing(question, full);
    setWanting(left);
    if (left.length) store.say(`still wanted: ${left.join(", ")}`);
    else void actions.ask(question.name, full).then(() => setTimeout(() => document.querySelector(".answer h2")?.scrollIntoView({ block: "start" })));
  }

  return (
    <form class="askform" onSubmit={ask} aria-label={question.asks}>
      {first.map((row) => <Field key={row.name} row={row} values={given[row.name] ?? []} wanting={wanting.includes(row.label)} onPut={(values) => put(row.name, values)} />)}
      {more.length > 0 && (
        <details open={more.some(({ name }) => given[name]?.some(Boolean)) || undefined}>
          <summary>Options</summary>
          {more.map((row) => <Field key={row.name} row={row} values={given[row.name] ?? []} wanting={false} onPut={(values) => put(row.name, values)} />)}
        </details>
      )}
      {(store.scene.value.asOf ?? store.scene.value.knownBy) && !parameters.some((row) => row.name === "as_of") && <p class="quiet small">The clock that the picture is set to does not count here; in a terminal it does.</p>}
      {wanting.length > 0 && <p class="warn" role="alert">still wanted: {wanting.join(", ")}{parameters.some((row) => row.many && wanting.includes(row.label)) ? ", two at least" : ""}</p>}
      <div class="row"><button type="submit" class="primary">Ask</button><span class="quiet small">keiretsu {question.examples[0] ?? question.name}</span></div>
    </form>
  );
}

const isFirst = ({ required, sort }: Parameter): boolean => required || sort === "entity";

/** Things that were named already, in the places that another question has for them. */
function shared(question: Question, things: readonly string[]): Given {
  const left = [...new Set(things)];
  const found: Given = {};
  for (const { name, sort, many } of question.parameters) {
    if (sort === "entity" && left.length) found[name] = many ? left.splice(0) : left.splice(0, 1);
  }
  return found;
}

interface Filled { readonly row: Parameter; readonly values: readonly string[]; readonly wanting: boolean; readonly onPut: (values: readonly string[]) => void }

function Field({ row, values, wanting, onPut }: Filled) {
  const id = `ask-${row.name}`;
  const value = values[0] ?? "";
  if (row.sort === "flag") {
    return (
      <div class="field flag">
        <input id={id} type="checkbox" checked={(value || row.value) === "true"} onChange={(event) => onPut([String(event.currentTarget.checked)])} aria-describedby={`${id}-help`} />
        <label for={id}>{row.label}</label><small id={`${id}-help`}>{row.help}</small>
      </div>
    );
  }
  const plain = {
    id, value, placeholder: row.value ?? "", "aria-describedby": `${id}-help`,
    onInput: (event: { currentTarget: HTMLInputElement }) => onPut([event.currentTarget.value]),
  };
  return (
    <div class={`field${wanting ? " wanting" : ""}`}>
      {row.sort === "entity" ? <span class="label" aria-hidden="true">{row.label}</span> : <label for={id}>{row.label}</label>}
      {row.sort === "entity" && row.many && <Things id={id} row={row} values={values} onPut={onPut} />}
      {row.sort === "entity" && !row.many && <OneThing id={id} row={row} value={value} onPut={onPut} />}
      {row.sort === "choice" && (
        <select id={id} value={value || row.value || ""} onChange={(event) => onPut([event.currentTarget.value])} aria-describedby={`${id}-help`}>
          {!row.value && <option value="">any</option>}
          {row.choices.map((choice) => <option key={choice} value={choice}>{choice.replaceAll("_", " ")}</option>)}
        </select>
      )}
      {row.sort === "day" && <input type="date" {...plain} />}
      {row.sort === "number" && <input type="number" step="any" min={0} {...plain} />}
      {row.sort === "text" && <input type="text" maxLength={500} {...plain} />}
      <small id={`${id}-help`}>{row.help}</small>
    </div>
  );
}

function OneThing({ id, row, value, onPut }: { id: string; row: Parameter; value: string; onPut: Filled["onPut"] }) {
  const { store } = usePage();
  return <Search id={id} label={`${row.label}: a thing by any of its names`} placeholder="a thing by any of its names" value={store.known.name(value)} keep onTake={(found) => onPut([found.id])} onText={(text) => onPut([text])} />;
}

/** Several things as chips, and a box for one more; what is typed there counts too. */
function Things({ id, row, values, onPut }: { id: string; row: Parameter; values: readonly string[]; onPut: Filled["onPut"] }) {
  const { store } = usePage();
  const [pending, setPending] = useState("");
  const taken = pending && values.at(-1) === pending ? values.slice(0, -1) : values;
  return (
    <>
      {taken.length > 0 && (
        <ul class="chips" aria-label={row.label}>
          {taken.map((value) => {
            const name = store.known.name(value);
            return <li key={value}><span>{name}</span><button type="button" aria-label={`Remove ${name}`} onClick={() => onPut(values.filter((other) => other !== value))}>×</button></li>;
          })}
        </ul>
      )}
      <Search
        id={id} label={`${row.label}: one more thing by any of its names`} placeholder={taken.length ? "one more" : "a thing by any of its names"}
        onTake={(found) => { setPending(""); onPut([...new Set([...taken, found.id])]); }}
        onText={(text) => { setPending(text); onPut(text ? [...taken, text] : taken); }}
      />
    </>
  );
}
