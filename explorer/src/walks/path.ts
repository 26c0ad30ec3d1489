import type { Block } from "../format";
import { SupplyError } from "../supply/supply";
import { type Chain, chainsBetween, type Step } from "./chains";
import { clockNotes, type Desk, flagOf, type Given, intimeBy, numberOf } from "./desk";
import { knownOf, meant, shortened } from "./naming";
import { edgeWords, line, type Reply, said } from "./reply";

/** How two things hang together: the shortest chains of ties, facts first, and alternatives. */
export async function path(given: Given, desk: Desk): Promise<Reply> {
  const texts = [...(given.start ?? []).slice(0, 1), ...(given.end ?? []).slice(0, 1)];
  if (texts.length < 2) throw new SupplyError("name two things, such as: keiretsu path NBA Bosch");
  const { ids, names, nearest } = await meant(desk, texts);
  const question = `How do ${names[0]} and ${names[1]} hang together?`;
  if (nearest.length) return { question, instead: nearest };
  const [start, end] = [ids[0]!, ids[1]!];
  if (start === end) throw new SupplyError(`'${shortened(texts[0]!)}' and '${shortened(texts[1]!)}' are the same thing: ${start}`);
  const longest = numberOf(given, "max_hops", 6, 1, 12);
  const wanted = { statedOnly: flagOf(given, "stated_only"), limit: numberOf(given, "limit", 3, 1, 50), longest, intime: intimeBy(desk, given) };
  for (const factual of [true, false]) {
    const chains = chainsBetween(desk.known, start, end, { ...wanted, factual });
    if (chains.length) return found(desk, question, chains, clockNotes(given));
  }
  const none = `no chain of at most ${longest} ties between ${names[0]} and ${names[1]} is known`;
  return { question, nodes: ids, instead: [none, ...ids.flatMap((id) => knownOf(desk, id))] };
}

function found(desk: Desk, question: string, chains: readonly Chain[], notes: readonly string[]): Reply {
  const claims = chains.flatMap(({ hops }) => hops.flat().flatMap(({ tie }) => tie.claims.map((claim) => claim.id)));
  const firm = chains[0]!.hops.every((hop) => hop.some(({ tie }) => tie.factual));
  return {
    question, notes, claims,
    ...(firm ? {} : { state: "only claimed" as const }),
    nodes: chains.flatMap(({ ids }) => ids),
    paths: chains.map(({ ids }) => ids),
    blocks: chains.flatMap((chain, at) => [...(at ? [line("")] : []), ...tellChain(desk, chain, at + 1)]),
  };
}

/** A chain with every tie of every hop, and who says it. */
function tellChain(desk: Desk, { ids, hops }: Chain, number: number): Block[] {
  return [
    line(`${number}. ${ids.map((id) => desk.known.name(id)).join(" → ")}`, 0, "title"),
    ...hops.flatMap((hop) => [
      ...[...new Set(once(hop).map((step) => words(desk, step)))].map((text) => line(text, 3)),
      ...[...new Set(hop.flatMap(({ tie }) => tie.claims.map((claim) => claim.id)))].flatMap((id) => said(desk, id, 7)),
    ]),
  ];
}

/** The ties of a hop, of those that rest on the same claims the first: it says most. */
function once(hop: readonly Step[]): Step[] {
  return [...new Map([...hop].reverse().map((step) => [step.tie.claims.map((claim) => claim.id).join(), step])).values()];
}

function words(desk: Desk, { edge, tie }: Step): string {
  return `${edgeWords(desk.known, edge)}${tie.rule ? `  [by the rule '${tie.rule}']` : ""}${tie.factual ? "" : "  [only claimed]"}`;
}
