import type { Block, ClaimDetail, Figure } from "../format";
import { otherEnd } from "../graph/known";
import { SupplyError } from "../supply/supply";
import type { Desk, Given } from "./desk";
import { knownOf, listed, meant } from "./naming";
import { BLANK, line, type Reply, spans } from "./reply";

/** What things are tied to in one way: for each of them what, with the claims. */
interface Trait { readonly label: string; readonly each: readonly ReadonlyMap<string, readonly string[]>[] }
interface Point { readonly id: string; readonly claim: ClaimDetail; readonly figure: Figure; readonly of: number }

const LISTED = 8;
const CELL = 3;
const NOTE = "figures stand side by side only where their metric, unit, scope and days are the same; nothing is converted or ranked";

/** Things side by side: what they share, where they differ, and the figures that may be compared. */
export async function compare(given: Given, desk: Desk): Promise<Reply> {
  const { ids, names, nearest } = await meant(desk, given.names ?? []);
  const question = `What do ${names.join(" and ")} have in common, and where do they differ?`;
  if (nearest.length) return { question, instead: nearest };
  if (new Set(ids).size < Math.max(2, ids.length)) throw new SupplyError("name two different things or more to compare, such as: keiretsu compare Qwen3-Max Qwen3-Omni");
  const traits = traitsOf(desk, ids);
  const points = ids.flatMap((id, of) => pointsOf(desk, id, of));
  const rows = beside(points);
  const shared = traits.flatMap((trait) => sharedIn(trait).flatMap((other) => trait.each.flatMap((own) => own.get(other) ?? [])));
  const own = traits.flatMap((trait) => trait.each.flatMap((each) => [...each.values()].flat()));
  const claims = [...shared, ...own, ...rows.flat().map(({ id }) => id)];
  return {
    question, claims, nodes: ids,
    notes: rows.length ? [NOTE] : [],
    instead: claims.length ? [] : ids.flatMap((id) => knownOf(desk, id)),
    blocks: [
      line(names.join(", "), 0, "title"),
      ...inCommon(desk, ids, traits), ...different(desk, ids, names, traits), ...figures(names, rows), ...alone(names, points, rows),
    ],
  };
}

function traitsOf(desk: Desk, ids: readonly string[]): Trait[] {
  const { known } = desk;
  const found = new Map<string, { label: string; each: Map<string, string[]>[] }>();
  ids.forEach((id, place) => {
    for (const edge of known.nodes.get(id)?.edges ?? []) {
      const relation = known.about.relations[edge.relation]!;
      const facts = edge.ties.filter((tie) => tie.factual);
      if (!relation.walk || !facts.length) continue;
      const label = relation.symmetric || edge.subject.id === id ? relation.label : relation.inverse;
      const trait = found.get(label) ?? { label, each: ids.map(() => new Map<string, string[]>()) };
      found.set(label, trait);
      const claims = facts.flatMap((tie) => tie.claims.map((claim) => claim.id));
      const own = trait.each[place]!;
      const other = otherEnd(edge, id).id;
      own.set(other, [...(own.get(other) ?? []), ...claims]);
    }
  });
  return [...found.values()].sort((one, two) => (one.label < two.label ? -1 : 1));
}

const sharedIn = ({ each }: Trait): string[] => [...each[0]!.keys()].filter((id) => each.every((own) => own.has(id)));

function inCommon(desk: Desk, ids: readonly string[], traits: readonly Trait[]): Block[] {
  const kinds = new Set(ids.map((id) => desk.known.nodes.get(id)!.kind));
  const said = traits.flatMap((trait) => {
    const names = sharedIn(trait).map((id) => desk.known.name(id)).sort();
    return names.length ? [line(`${trait.label} (${names.length}): ${some(names, LISTED)}`, 2)] : [];
  });
  const kind = kinds.size === 1 ? [line(`kind: ${desk.known.about.kinds[[...kinds][0]!]!.label}`, 2)] : [];
  return [BLANK, line("In common", 0, "heading"), ...kind, ...said, ...(kind.length || said.length ? [] : [line("nothing that is known", 2, "quiet")])];
}

function different(desk: Desk, ids: readonly string[], names: readonly string[], traits: readonly Trait[]): Block[] {
  const kinds = ids.map((id) => desk.known.about.kinds[desk.known.nodes.get(id)!.kind]!.label);
  const rows = [
    ...(new Set(kinds).size > 1 ? [["kind", ...kinds]] : []),
    ...identifiers(desk, ids),
    ...traits.flatMap((trait) => {
      const shared = sharedIn(trait);
      return trait.each.some((own) => own.size !== shared.length) ? [[trait.label, ...trait.each.map((own) => cell(desk, own, shared))]] : [];
    }),
  ];
  if (!rows.length) return [];
  return [BLANK, line("Different", 0, "heading"), { sort: "table", columns: ["what", ...names].map((label) => ({ label, number: false })), rows, indent: 0 }];
}

function identifiers(desk: Desk, ids: readonly string[]): string[][] {
  const own = ids.map((id) => desk.details.entities[id]?.identifiers ?? []);
  const schemes = [...new Set(own.flat().map(([scheme]) => scheme))].sort();
  return schemes.map((scheme) => [scheme, ...own.map((rows) => rows.filter(([name]) => name === scheme).map(([, value]) => value).join(", ") || "not known")]);
}

/** What only one has, in a few names; what all share stands above. */
function cell(desk: Desk, own: ReadonlyMap<string, unknown>, shared: readonly string[]): string {
  if (!own.size) return "not known";
  const names = [...own.keys()].filter((id) => !shared.includes(id)).map((id) => desk.known.name(id)).sort();
  return [...(names.length ? [some(names, CELL)] : []), ...(shared.length ? [`${shared.length} in common`] : [])].join("; ");
}

function pointsOf(desk: Desk, id: string, of: number): Point[] {
  return (desk.details.entities[id]?.claims ?? []).flatMap((key) => {
    const claim = desk.details.claims[key];
    const figure = claim?.figure;
    return claim && figure && claim.factual && claim.rank !== "deprecated" && (figure.of ?? claim.about[0]) === id ? [{ id: key, claim, figure, of }] : [];
  });
}

/** For each kind of figure the newest days of which most of the things have one. */
function beside(points: readonly Point[]): Point[][] {
  const kinds = grouped(points, ({ figure }) => figure.like);
  const found = kinds.map((kind) => {
    const days = grouped(kind, ({ figure }) => `${figure.from} ${figure.until} ${figure.from ? "" : figure.period}`);
    return days.sort((one, two) => voices(two) - voices(one) || (last(one) < last(two) ? 1 : -1))[0]!;
  });
  return found.filter((row) => voices(row) > 1);
}

const voices = (points: readonly Point[]): number => new Set(points.map(({ of }) => of)).size;
const last = (points: readonly Point[]): string => points[0]!.figure.until ?? points[0]!.figure.from ?? points[0]!.claim.day ?? "";

function grouped(points: readonly Point[], by: (point: Point) => string): Point[][] {
  const found = new Map<string, Point[]>();
  for (const point of points) found.set(by(point), [...(found.get(by(point)) ?? []), point]);
  return [...found.values()];
}

function figures(names: readonly string[], rows: readonly (readonly Point[])[]): Block[] {
  if (!rows.length) return [];
  const cells = rows.map((row) => {
    const each = names.map((_, of) => [...new Set(row.filter((point) => point.of === of).map(({ figure }) => figure.value))].join("; "));
    return [row[0]!.figure.label, row[0]!.figure.period, ...each];
  });
  const keys = [...new Set(rows.flat().map(({ claim }) => claim.key))];
  return [
    BLANK, line("Figures that may be compared", 0, "heading"),
    { sort: "table", columns: ["figure", "period", ...names].map((label) => ({ label, number: false })), rows: cells.sort((one, two) => (one.join() < two.join() ? -1 : 1)), indent: 0 },
    line(`claims: ${some(keys, 40)}`, 2, "quiet"),
  ];
}

/** Sorts of figures that only one of them has. */
function alone(names: readonly string[], points: readonly Point[], rows: readonly (readonly Point[])[]): Block[] {
  const labels = names.map((_, of) => new Set(points.filter((point) => point.of === of).map(({ figure }) => figure.label)));
  const own = labels.map((mine, at) => [...mine].filter((label) => labels.every((other, place) => place === at || !other.has(label))).sort());
  const unlike = [...new Set(points.map(({ figure }) => figure.label))]
    .filter((label) => labels.filter((has) => has.has(label)).length > 1 && !rows.some((row) => row[0]!.figure.label === label)).sort();
  const said = own.flatMap((mine, at) => (mine.length ? [line(`only ${names[at]}: ${some(mine, LISTED)}`, 2, "quiet")] : []));
  if (!said.length && !unlike.length) return [];
  const other = unlike.length ? [line(`of ${listed(unlike.slice(0, LISTED))} there are figures of several, of other days, units or scopes`, 2)] : [];
  return [BLANK, spans(0, ["Not compared", "heading"]), ...other, ...said];
}

const some = (words: readonly string[], most: number): string =>
  words.slice(0, most).join(", ") + (words.length > most ? ` and ${words.length - most} more` : "");
