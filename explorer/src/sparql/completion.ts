/** What is offered while one types: words of SPARQL, prefixes, terms of the ontology, entities by name, variables. */
import {
  pickedCompletion, snippet, startCompletion, type Completion, type CompletionContext, type CompletionResult,
} from "@codemirror/autocomplete";
import { syntaxTree } from "@codemirror/language";
import type { EditorView } from "@codemirror/view";
import { FUNCTIONS, KEYWORDS } from "./keywords";
import { declared, parted, written } from "./prefixes";
import type { Given, Terms } from "./types";

const NAME = /(?:[?$][\p{L}\p{N}_]*|[\p{L}\p{N}_-]*:[\p{L}\p{N}_.-]*|[\p{L}_][\p{L}\p{N}_-]*)$/u;
const QUIET = new Set(["Comment", "String", "IriRef"]);
const LONGEST = 90;
const SORTS = { class: "class", property: "property", individual: "constant" } as const;

export function completing(given: Pick<Given, "terms" | "find">): (context: CompletionContext) => Promise<CompletionResult | null> {
  const ours = terms(given.terms);
  const words = [...keywords(), ...prefixes(given.terms), ...ours];
  return async (context) => {
    if (QUIET.has(syntaxTree(context.state).resolveInner(context.pos, -1).name)) return null;
    const line = context.state.doc.lineAt(context.pos);
    const word = NAME.exec(line.text.slice(0, context.pos - line.from))?.[0] ?? "";
    const from = context.pos - word.length;
    if (/^[?$]/.test(word)) return { from, options: variables(context.state.doc.toString(), word), validFor: /^[?$][\p{L}\p{N}_]*$/u };
    if (!word.includes(":")) return word || context.explicit ? { from, options: words, validFor: /^[\p{L}\p{N}_-]*$/u } : null;
    const [prefix, local] = parted(word);
    const space = { ...given.terms.prefixes, ...declared(context.state.doc.toString()) }[prefix];
    if (space && space === given.terms.prefixes["entity"]) return entities(given, context, { from, prefix, local, space });
    return { from, options: ours.filter(({ label }) => label.startsWith(`${prefix}:`)), validFor: /^[\p{L}\p{N}_-]*:[\p{L}\p{N}_.-]*$/u };
  };
}

function keywords(): Completion[] {
  return [
    ...KEYWORDS.map((label) => ({ label, type: "keyword" })),
    ...FUNCTIONS.map(([label, inside, info]) => ({
      label, type: "function", info, detail: `(${inside})`, boost: -10, apply: snippet(`${label}(\${${inside.replaceAll("}", "")}})`),
    })),
  ];
}

function prefixes({ prefixes: known }: Terms): Completion[] {
  return Object.entries(known).map(([name, iri]) => ({
    label: `${name}:`,
    type: "namespace",
    detail: shortened(iri),
    boost: 5,
    apply: (view: EditorView, option: Completion, from: number, to: number) => {
      put(view, option, { from, to, text: `${name}:` });
      startCompletion(view);
    },
  }));
}

function terms(told: Terms): Completion[] {
  return told.terms.map((term) => ({
    label: term.prefixed,
    type: SORTS[term.sort],
    detail: shortened(term.label),
    info: term.comment || undefined,
    boost: -5,
    apply: (view, option, from, to) => {
      const { text, line } = written(term, view.state.doc.toString(), told);
      put(view, option, { from, to, text, line });
    },
  }));
}

interface Asked { from: number; prefix: string; local: string; space: string }

async function entities(given: Pick<Given, "find">, context: CompletionContext, asked: Asked): Promise<CompletionResult | null> {
  const found = asked.local || context.explicit ? await meant(given, asked.local) : [];
  if (context.aborted || !found.length) return null;
  return {
    from: asked.from,
    filter: false,
    options: found.map(({ id, name }) => ({
      label: `${asked.prefix}:${id}`, displayLabel: shortened(name), detail: shortened(id), type: "entity", info: undefined,
    })),
  };
}

/** Entities that a text may mean as it stands, else with spaces, which cannot stand in a query, for its hyphens. */
async function meant(given: Pick<Given, "find">, text: string): Promise<{ id: string; name: string }[]> {
  const find = (words: string) => given.find(words).catch(() => []);
  const found = await find(text);
  return found.length || !/[-_]/.test(text) ? found : find(text.replace(/[-_]+/g, " ").trim());
}

function variables(text: string, word: string): Completion[] {
  const counts = new Map<string, number>();
  for (const [name] of text.matchAll(/[?$][\p{L}\p{N}_]+/gu)) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].filter(([name, count]) => name !== word || count > 1).map(([label]) => ({ label, type: "variable" }));
}

interface Change { from: number; to: number; text: string; line?: string | null }

function put(view: EditorView, option: Completion, { from, to, text, line }: Change): void {
  const before = line ? [{ from: 0, insert: line }] : [];
  view.dispatch({
    changes: [...before, { from, to, insert: text }],
    selection: { anchor: (line?.length ?? 0) + from + text.length },
    annotations: pickedCompletion.of(option),
    userEvent: "input.complete",
    scrollIntoView: true,
  });
}

function shortened(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}
