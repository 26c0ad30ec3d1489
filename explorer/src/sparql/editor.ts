/**
 * The editor: CodeMirror in a shadow root of its own.
 *
 * The root is why no policy of the page is broken: within one, CodeMirror's styles are adopted sheets; in the page they
 * would be <style> elements, which `style-src 'self'` refuses.
 */
import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap, type CompletionSource } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab, isolateHistory } from "@codemirror/commands";
import { bracketMatching, indentUnit, LRLanguage } from "@codemirror/language";
import { EditorState, Prec, type Extension } from "@codemirror/state";
import { drawSelection, EditorView, highlightActiveLine, highlightActiveLineGutter, highlightSpecialChars, keymap, lineNumbers, tooltips } from "@codemirror/view";
import { styleTags, tags } from "@lezer/highlight";
import { SparqlLanguage } from "codemirror-lang-sparql";
import { mistakes } from "./mistakes";
import { theme } from "./theme";

export interface Wanted {
  text: string;
  dark: boolean;
  complete: CompletionSource;
  onRun(): void;
  onChange(text: string): void;
}

/** The key that goes with Enter. */
export const MOD = /Mac|iP/.test(navigator.platform) ? "Cmd" : "Ctrl";
const HELP = `${MOD}-Enter runs the query. Escape, then Tab, leaves the editor.`;

const language = LRLanguage.define({
  parser: SparqlLanguage.parser.configure({
    props: [styleTags({ "Pname_ln Pname_ns IriRef": tags.namespace, Langtag: tags.annotation, "Double Decimal Integer": tags.integer })],
  }),
  languageData: { commentTokens: { line: "#" }, closeBrackets: { brackets: ["(", "[", "{", '"', "'"] } },
});

/** An editor in a host that is empty. */
export function edit(host: HTMLElement, wanted: Wanted): EditorView {
  const root = host.shadowRoot ?? host.attachShadow({ mode: "open" });
  const help = document.createElement("p");
  help.id = "help";
  help.hidden = true;
  help.textContent = HELP;
  const place = document.createElement("div");
  root.replaceChildren(help, place);
  host.addEventListener("keydown", (event) => event.stopPropagation()); // keys of the page are not for whoever types here
  const state = EditorState.create({ doc: wanted.text, extensions: extensions(wanted) });
  return new EditorView({ state, parent: place, root });
}

/** Put another text there, in one step that can be undone. */
export function replace(view: EditorView, text: string): void {
  if (view.state.doc.toString() === text) return;
  view.dispatch({
    changes: { from: 0, to: view.state.doc.length, insert: text },
    selection: { anchor: 0 },
    annotations: isolateHistory.of("full"),
    scrollIntoView: true,
  });
}

function extensions(wanted: Wanted): Extension[] {
  return [
    Prec.highest(keymap.of([{ key: "Mod-Enter", run: () => (wanted.onRun(), true) }])),
    lineNumbers(),
    highlightActiveLine(),
    highlightActiveLineGutter(),
    highlightSpecialChars(),
    history(),
    drawSelection(),
    bracketMatching(),
    closeBrackets(),
    indentUnit.of("  "),
    language,
    autocompletion({
      override: [wanted.complete], icons: false, activateOnTypingDelay: 80, optionClass: ({ type }) => (type === "entity" ? "cm-named" : ""),
    }),
    tooltips({ position: "fixed" }),
    keymap.of([...closeBracketsKeymap, ...completionKeymap, ...historyKeymap, ...defaultKeymap, indentWithTab]),
    wayOut(),
    typingOver(),
    mistakes,
    theme(wanted.dark),
    EditorView.lineWrapping,
    EditorView.contentAttributes.of({ "aria-label": "SPARQL query", "aria-describedby": "help", spellcheck: "false" }),
    EditorView.updateListener.of((update) => update.docChanged && wanted.onChange(update.state.doc.toString())),
  ];
}

/** Escape lets the next Tab go on to the page, however long that takes; typing takes it back. */
function wayOut(): Extension {
  return [
    Prec.lowest(keymap.of([{ key: "Escape", run: (view) => (view.setTabFocusMode(true), true) }])),
    EditorView.updateListener.of((update) => update.docChanged && update.view.setTabFocusMode(false)),
    EditorView.domEventHandlers({ blur: (_, view) => view.setTabFocusMode(false) }),
  ];
}

/** Typing over a selection without the browser's help, which would keep its colours by a style attribute: the policy forbids those. */
function typingOver(): Extension {
  return EditorView.domEventHandlers({
    beforeinput(event, view) {
      const { data, inputType } = event;
      const { from, to, empty } = view.state.selection.main;
      if (inputType !== "insertText" || !data || empty || view.composing) return false;
      const insert = () => view.state.update(view.state.replaceSelection(data), { userEvent: "input.type", scrollIntoView: true });
      if (!view.state.facet(EditorView.inputHandler).some((handle) => handle(view, from, to, data, insert))) view.dispatch(insert());
      return true;
    },
  });
}
