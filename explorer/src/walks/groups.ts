import { type Claim, type Known, otherEnd } from "../graph/known";

const STRUCTURE = new Set(["unit_of", "subsidiary_of"]);

/** What belongs to a thing as its unit or subsidiary, by what is said and was so. */
export function unitsOf(known: Known, id: string, intime: (claim: Claim) => boolean = () => true): string[] {
  const found = (known.nodes.get(id)?.edges ?? []).filter((edge) => {
    if (edge.object.id !== id || !STRUCTURE.has(known.about.relations[edge.relation]!.id)) return false;
    return edge.ties.some((tie) => tie.rule === null && tie.factual && tie.claims.every(intime));
  });
  return found.map((edge) => otherEnd(edge, id).id);
}

/** A thing and all units and subsidiaries beneath it, itself first. */
export function groupOf(known: Known, id: string, intime?: (claim: Claim) => boolean): string[] {
  const found = new Set([id]);
  for (const one of found) for (const unit of unitsOf(known, one, intime)) found.add(unit);
  return [...found];
}

/** Each of several things with its units; where one belongs to another, its own count for it alone. */
export function groupsApart(known: Known, ids: readonly string[], intime: (claim: Claim) => boolean): string[][] {
  const groups = ids.map((id) => groupOf(known, id, intime));
  return groups.map((group) => {
    const beneath = groups.filter((other) => group.slice(1).includes(other[0]!));
    return group.filter((end) => !beneath.some((other) => other.includes(end)));
  });
}
