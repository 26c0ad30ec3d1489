import type { About, Question } from "../format";
import type { Asked } from "./scene";

/** The parameters that a question still wants before it can be asked. */
export function missing(question: Question, given: Asked["given"]): string[] {
  return question.parameters
    .filter(({ name, required, many }) => required && (given[name] ?? []).filter(Boolean).length < (many && SEVERAL.includes(question.name) ? 2 : 1))
    .map(({ label }) => label);
}
const SEVERAL = ["common", "compare"];

export function isComplete(about: About, { name, given }: Asked): boolean {
  const question = about.questions.find((row) => row.name === name);
  return question !== undefined && missing(question, given).length === 0;
}

/** What makes two askings the same. */
export const keyOf = ({ name, given }: Asked): string =>
  JSON.stringify([name, ...Object.entries(given).filter(([, values]) => values.some(Boolean)).sort(([one], [two]) => (one < two ? -1 : 1))]);
