/** The place in the query that the server complains of, marked until the query is changed. */
import { StateEffect, StateField, type Extension, type Text } from "@codemirror/state";
import { Decoration, EditorView, type DecorationSet } from "@codemirror/view";

const mark = StateEffect.define<number | null>();

const field = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(marks, transaction) {
    for (const effect of transaction.effects) {
      if (effect.is(mark)) return effect.value === null ? Decoration.none : around(transaction.state.doc, effect.value);
    }
    return transaction.docChanged ? Decoration.none : marks;
  },
  provide: (self) => [
    EditorView.decorations.from(self),
    EditorView.contentAttributes.compute([self], (state): Record<string, string> => (state.field(self).size ? { "aria-invalid": "true" } : {})),
  ],
});

export const mistakes: Extension = field;

function around(doc: Text, at: number): DecorationSet {
  const line = doc.lineAt(at);
  const word = /^(?:[\p{L}\p{N}_:?$.-]+|\P{Cs})/u.exec(line.text.slice(at - line.from))?.[0].length ?? 0;
  const back = word || at === line.from ? 0 : 1;
  const marks = [Decoration.line({ class: "cm-mistaken" }).range(line.from)];
  if (word || back) marks.push(Decoration.mark({ class: "cm-mistake" }).range(at - back, at + word));
  return Decoration.set(marks);
}

/** Where a line and column are, both counted from 1, the column in characters; the end where there is no such place. */
function position(doc: Text, line: number, column: number): number {
  if (line > doc.lines) return doc.length;
  const { from, text } = doc.line(Math.max(1, line));
  return from + [...text].slice(0, Math.max(0, column - 1)).join("").length;
}

/** Mark a place; without one, no place. */
export function point(view: EditorView, place: { line: number; column: number } | null): void {
  view.dispatch({ effects: mark.of(place && position(view.state.doc, place.line, place.column)) });
}

/** Put the cursor there. */
export function goTo(view: EditorView, place: { line: number; column: number }): void {
  view.dispatch({ selection: { anchor: position(view.state.doc, place.line, place.column) }, scrollIntoView: true });
  view.focus();
}
