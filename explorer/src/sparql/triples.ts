/** N-Triples, as the server writes them, to rows. Source: W3C RDF 1.1 N-Triples. */
import { STRING, type Term } from "./terms";

const TOKEN = /\s*(?:<<\(?|\)?>>|<([^>]*)>|_:([^\s<>"]+)|"([^"\\]*(?:\\.[^"\\]*)*)"(?:@([A-Za-z0-9-]+)|\^\^<([^>]*)>)?|\.)/suy;
const ESCAPED = /\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))/gsu;
const LETTERS: Record<string, string> = { t: "\t", b: "\b", n: "\n", r: "\r", f: "\f" };

/** The triples of a text, in its order; what is no N-Triples is an error. */
export function readTriples(text: string): [Term, Term, Term][] {
  const rows: [Term, Term, Term][] = [];
  const open: Term[][] = [[]];
  TOKEN.lastIndex = 0;
  const end = text.trimEnd().length;
  while (TOKEN.lastIndex < end) {
    const at = TOKEN.lastIndex;
    const found = TOKEN.exec(text);
    if (!found) throw new Error(`the server sent no N-Triples at character ${at}`);
    const token = found[0].trimStart();
    if (token === ".") {
      rows.push(three(open[0]!));
      open.splice(0, open.length, []);
    } else if (token.startsWith("<<")) open.push([]);
    else if (token.endsWith(">>")) {
      const parts = three(open.pop()!);
      open.at(-1)?.push({ sort: "triple", parts });
    } else open.at(-1)!.push(termOf(found));
  }
  return rows;
}

function three(terms: Term[]): [Term, Term, Term] {
  const [one, two, other, more] = terms;
  if (!one || !two || !other || more) throw new Error("the server sent a triple that has not three terms");
  return [one, two, other];
}

function termOf([, iri, blank, literal, language, datatype]: RegExpExecArray): Term {
  if (iri !== undefined) return { sort: "iri", value: unescaped(iri) };
  if (blank !== undefined) return { sort: "blank", value: blank };
  return { sort: "literal", value: unescaped(literal ?? ""), language: language ?? "", datatype: unescaped(datatype ?? STRING) };
}

function unescaped(text: string): string {
  if (!text.includes("\\")) return text;
  return text.replace(ESCAPED, (_, short: string, long: string, letter: string) =>
    letter === undefined ? String.fromCodePoint(Math.min(parseInt(short ?? long, 16), 0x10ffff)) : (LETTERS[letter] ?? letter));
}
