import type { Block } from "../format";
import { type Claim, type Edge, otherEnd, type Tie } from "../graph/known";
import { SupplyError } from "../supply/supply";
import { clockNotes, type Desk, flagOf, type Given, intimeBy, numberOf } from "./desk";
import { groupsApart, unitsOf } from "./groups";
import { knownOf, listed, meant } from "./naming";
import { BLANK, edgeWords, kindsWords, line, type Reply, said, spans } from "./reply";

/** What ties one of the things asked about, or a unit of it, to something. */
interface Link { readonly end: string; readonly edge: Edge; readonly tie: Tie }
interface Side { readonly of: string; readonly links: readonly Link[] }
interface Shared { readonly id: string; readonly sides: readonly Side[] }
interface Search { readonly desk: Desk; readonly intime: (claim: Claim) => boolean; readonly statedOnly: boolean }

const SHOWN = 2;
const LESS = "a file looks at ties alone; the command also counts who took part in the same deal or event, and who speaks of all of them";

/** What several things are tied to, each of them or two of them at least. */
export async function common(given: Given, desk: Desk): Promise<Reply> {
  const { ids, names, nearest } = await meant(desk, given.names ?? []);
  const question = `What do ${listed(names)} have in common?`;
  if (nearest.length) return { question, instead: nearest };
  if (new Set(ids).size < Math.max(ids.length, 2)) throw new SupplyError("name two different things or more");
  const search: Search = { desk, intime: intimeBy(desk, given), statedOnly: flagOf(given, "stated_only") };
  const shared = sharedBy(search, ids);
  const limit = numberOf(given, "limit", 8, 0, 100_000);
  const links = shared.flatMap(({ sides }) => sides.flatMap((side) => side.links));
  return {
    question,
    notes: [...clockNotes(given), LESS],
    instead: shared.length ? [] : ["nothing is known that they have in common", ...ids.flatMap((id) => knownOf(desk, id))],
    nodes: [...ids, ...shared.map(({ id }) => id)],
    claims: links.flatMap(({ tie }) => tie.claims.map((claim) => claim.id)),
    blocks: tell(desk, names, ids.length, shared, limit),
  };
}

function sharedBy(search: Search, ids: readonly string[]): Shared[] {
  const { known } = search.desk;
  const groups = groupsApart(known, ids, search.intime);
  const asked = new Set(groups.flat());
  const found = new Map<string, Side[]>();
  ids.forEach((of, at) => {
    for (const [other, links] of around(search, groups[at]!, asked)) {
      const sides = found.get(other);
      if (sides) sides.push({ of, links });
      else found.set(other, [{ of, links }]);
    }
  });
  const several = new Map([...found].filter(([, sides]) => sides.length > 1));
  return [...several]
    .filter(([id, sides]) => !follows(search, id, sides, several))
    .map(([id, sides]) => ({ id, sides }))
    .sort((one, two) => compare(order(search.desk, one), order(search.desk, two)));
}

/** Everything that a group is tied to by a fact: by a step of its own, else by what follows from several. */
function around({ desk, intime, statedOnly }: Search, group: readonly string[], asked: ReadonlySet<string>): Map<string, Link[]> {
  const direct = new Map<string, Link[]>();
  const ruled = new Map<string, Link[]>();
  for (const end of group) {
    for (const edge of desk.known.nodes.get(end)?.edges ?? []) {
      const other = otherEnd(edge, end).id;
      if (asked.has(other) || !desk.known.about.relations[edge.relation]!.walk) continue;
      for (const tie of edge.ties) {
        if (!tie.factual || !tie.claims.every(intime) || (statedOnly && tie.rule !== null)) continue;
        const into = tie.claims.length === 1 ? direct : ruled;
        into.set(other, [...(into.get(other) ?? []), { end, edge, tie }]);
      }
    }
  }
  for (const [other, links] of ruled) if (!direct.has(other)) direct.set(other, links);
  return new Map([...direct].map(([other, links]) => [other, once(links, group[0]!)]));
}

/** What rests on the same claims once: what is said before what follows, a thing's own before its units'. */
function once(links: readonly Link[], own: string): Link[] {
  const rank = ({ end, tie }: Link): number => (tie.rule === null ? 0 : 2) + (end === own ? 0 : 1);
  const sorted = [...links].sort((one, two) => rank(one) - rank(two));
  return [...new Map([...sorted].reverse().map((link) => [link.tie.claims.map(({ id }) => id).join(), link])).values()].reverse();
}

/** Whether a thing is shared by rule alone, and a unit of its is shared by the same. */
function follows({ desk, intime }: Search, id: string, sides: readonly Side[], several: ReadonlyMap<string, readonly Side[]>): boolean {
  if (!sides.every((side) => side.links.every(({ tie }) => tie.claims.length > 1))) return false;
  return unitsOf(desk.known, id, intime).some((unit) => sides.every(({ of }) => several.get(unit)?.some((side) => side.of === of)));
}

/** By kind, what most of them share first, then what has most ties. */
function order({ known }: Desk, { id, sides }: Shared): (number | string)[] {
  const node = known.nodes.get(id)!;
  return [known.about.families.findIndex(([family]) => family === node.family), node.kind, -sides.length, -node.ties, id];
}

function compare(one: readonly (number | string)[], two: readonly (number | string)[]): number {
  const at = one.findIndex((part, place) => part !== two[place]);
  return at < 0 ? 0 : one[at]! < two[at]! ? -1 : 1;
}

function tell(desk: Desk, names: readonly string[], asked: number, shared: readonly Shared[], limit: number): Block[] {
  const kinds = new Map<number, Shared[]>();
  for (const row of shared) {
    const { kind } = desk.known.nodes.get(row.id)!;
    kinds.set(kind, [...(kinds.get(kind) ?? []), row]);
  }
  const counts = new Map([...kinds].map(([kind, rows]) => [kind, rows.length]));
  return [
    spans(0, [listed(names), "title"]),
    line(`share ${listed(kindsWords(desk.known, counts))}`),
    ...[...kinds].flatMap(([kind, rows]) => [
      BLANK,
      line(desk.known.about.kinds[kind]!.many, 0, "heading"),
      ...rows.slice(0, limit || rows.length).flatMap((row) => tellOne(desk, row, asked)),
      ...(limit && rows.length > limit ? [line(`... and ${rows.length - limit} more: --limit 0`, 2, "quiet")] : []),
    ]),
  ];
}

function tellOne(desk: Desk, { id, sides }: Shared, asked: number): Block[] {
  const whose = listed(sides.map((side) => desk.known.name(side.of)));
  return [
    spans(2, [desk.known.name(id), "name"], ...(sides.length < asked ? ([[`  ${whose} only`, "quiet"]] as [string, "quiet"][]) : [])),
    ...sides.flatMap((side) => [line(through(desk, side), 4), ...side.links.slice(0, SHOWN).flatMap((link) => tellLink(desk, link)), ...rest(desk, side)]),
  ];
}

function through({ known }: Desk, { of, links }: Side): string {
  const units = [...new Set(links.map((link) => link.end))].filter((end) => end !== of).map((end) => known.name(end));
  return `${known.name(of)}${units.length ? ` through ${units.join(", ")}` : ""}`;
}

function tellLink(desk: Desk, { edge, tie }: Link): Block[] {
  if (tie.claims.length === 1) return said(desk, tie.claims[0]!.id, 6);
  return [line(edgeWords(desk.known, edge), 6), line(`by the rule '${tie.rule}' from ${listed(keys(desk, tie))}`, 8, "quiet")];
}

function rest(desk: Desk, { links }: Side): Block[] {
  const more = [...new Set(links.slice(SHOWN).flatMap(({ tie }) => keys(desk, tie)))];
  return more.length ? [line(`and ${more.slice(0, 12).join(", ")}${more.length > 12 ? ` and ${more.length - 12} more` : ""}`, 6, "quiet")] : [];
}

const keys = (desk: Desk, tie: Tie): string[] => tie.claims.map(({ id }) => desk.details.claims[id]?.key ?? id);
