import type { Known } from "../graph/known";
import type { Light } from "../picture/drawn";

/** What lights up for an answer: some things, and the ties between them that are steps of its chains, or rest on its claims. */
export function lightOf(known: Known, ids: readonly string[], chains: readonly (readonly string[])[], claims: readonly string[]): Light {
  const nodes = new Set(ids);
  const steps = new Set(chains.flatMap((chain) => chain.slice(1).map((id, at) => pair(chain[at]!, id))));
  const rests = new Set(claims);
  const edges = new Set<string>();
  for (const id of nodes) {
    for (const edge of known.nodes.get(id)?.edges ?? []) {
      if (!nodes.has(edge.subject.id) || !nodes.has(edge.object.id)) continue;
      const told = chains.length ? steps.has(pair(edge.subject.id, edge.object.id)) : edge.ties.some((tie) => tie.claims.some((claim) => rests.has(claim.id)));
      if (told) edges.add(edge.key);
    }
  }
  return { nodes, edges };
}

const pair = (one: string, other: string): string => (one < other ? `${one} ${other}` : `${other} ${one}`);
