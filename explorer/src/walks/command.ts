import type { Question } from "../format";
import type { Given } from "./desk";

const PLAIN = /^[A-Za-z0-9_@%+=:,./-]+$/;

/** A word as a shell takes it. */
export const quoted = (word: string): string => (PLAIN.test(word) ? word : `'${word.replaceAll("'", `'"'"'`)}'`);

/** What one types for the same answer: `keiretsu path NBA Bosch`. Things are typed without their names, options with. */
export function commandOf(question: Question, given: Given): string {
  const things: string[] = [];
  const options: string[] = [];
  for (const { name, sort, value } of question.parameters) {
    const values = (given[name] ?? []).map(typeable).filter(Boolean);
    if (sort === "entity") things.push(...values);
    else if (sort === "flag") options.push(...values.filter((said) => said !== (value ?? "false")).map((said) => flag(name, said === "true")));
    else options.push(...valued(name, values.filter((said) => said !== value)));
  }
  for (const name of ["as_of", "known_by"]) options.push(...valued(name, (given[name] ?? []).map(typeable)));
  const words = things.some((word) => word.startsWith("-")) ? [...options, "--", ...things] : [...things, ...options];
  return ["keiretsu", question.name, ...words].map(quoted).join(" ");
}

const flag = (name: string, on: boolean): string => `--${on ? "" : "no-"}${name.replaceAll("_", "-")}`;

function valued(name: string, values: readonly string[]): string[] {
  return values.flatMap((value) => (value.startsWith("-") ? [`${flag(name, true)}=${value}`] : [flag(name, true), value]));
}

/** No shell takes a NUL, and a new line would end the command. */
const typeable = (text: string): string => text.replace(/[\u0000-\u001f\u007f]+/g, " ").trim();
