import type { Question, Told } from "../format";
import { SupplyError } from "../supply/supply";
import { commandOf } from "./command";
import { common } from "./common";
import { compare } from "./compare";
import { conflicts } from "./conflicts";
import { type Desk, type Given, OFFERED } from "./desk";
import { meant, typed } from "./naming";
import { path } from "./path";
import { type Reply, toldOf } from "./reply";

export type { Desk } from "./desk";

const WALKS: Readonly<Record<string, (given: Given, desk: Desk) => Promise<Reply>>> = { path, common, compare, conflicts };

/** Answer in the page what a file can answer: what was written into it, and walks over the ties that it holds. */
export async function askHere(name: string, given: Given, desk: Desk): Promise<Told | null> {
  const question = desk.known.about.questions.find((row) => row.name === name);
  if (!question || !OFFERED[name]) return null;
  const command = commandOf(question, await asTyped(question, given, desk));
  const strange = Object.keys(given).filter((key) => given[key]!.some(Boolean) && !OFFERED[name]!.includes(key) && !isUsual(question, key, given));
  if (strange.length) throw new SupplyError(`this page is a file and does not take ${strange.join(", ")} here; type: ${command}`);
  if (name === "conflicts" && !command.includes(" --") && !given.name?.length && desk.told.conflicts) return { ...desk.told.conflicts, command };
  const walk = WALKS[name];
  return walk ? toldOf(desk, name, command, await walk(given, desk)) : written(name, given, command, desk);
}

const isUsual = (question: Question, key: string, given: Given): boolean =>
  question.parameters.find((row) => row.name === key)?.value === given[key]![0];

/** What one types: names where they are clear, and the clocks by which the file was made. */
async function asTyped(question: Question, given: Given, desk: Desk): Promise<Given> {
  const { asOf, knownBy } = desk.known.about.clocks;
  const found: Record<string, readonly string[]> = { ...(asOf ? { as_of: [asOf] } : {}), ...(knownBy ? { known_by: [knownBy] } : {}) };
  for (const [key, values] of Object.entries(given)) if (values.some(Boolean)) found[key] = values;
  for (const { name, sort } of question.parameters) {
    if (sort === "entity" && found[name]) found[name] = await Promise.all(found[name].map((text) => (desk.known.nodes.has(text) ? typed(desk, text) : text)));
  }
  return found;
}

/** An answer that was written into the file. */
async function written(name: string, given: Given, command: string, desk: Desk): Promise<Told> {
  const text = given.name?.[0];
  if (!text) throw new SupplyError(`name a thing, such as: keiretsu ${name} Qwen`);
  const { ids, names, nearest } = await meant(desk, [text]);
  const told = ids[0] ? desk.told[`${name} ${ids[0]}`] : undefined;
  if (told) return { ...told, command };
  const question = name === "depends" ? `What does ${names[0]} rest on?` : `What would be touched if ${names[0]} failed?`;
  const instead = nearest.length ? nearest : [`this file does not hold that answer; type: ${command}`];
  return toldOf(desk, name, command, { question, instead, nodes: ids });
}
