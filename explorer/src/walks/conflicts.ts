import type { Block, Conflict, Style } from "../format";
import { type Desk, flagOf, type Given, numberOf } from "./desk";
import { groupOf } from "./groups";
import { knownOf, meant } from "./naming";
import { BLANK, line, type Reply, said, spans } from "./reply";

const STYLES: Readonly<Record<string, Style>> = { open: "warn", "settled by rank": "good", explained: "quiet" };
const NEXT = `to settle one: keiretsu resolve CONFLICT --prefer CLAIM --reason "..."`;

/** Where claims disagree: everywhere, about a thing and its units, or the one conflict with an id. */
export async function conflicts(given: Given, desk: Desk): Promise<Reply> {
  const name = given.name?.[0];
  const { every, instead, one, whom } = await wanted(desk, name);
  const question = `Where do claims${whom ? ` about ${whom}` : ""} disagree?`;
  const shows = (conflict: Conflict): boolean => one || asked(conflict, flagOf(given, "settled"), flagOf(given, "explained"));
  const shown = every.filter(shows);
  const left = leftOut(every.filter((conflict) => !shows(conflict)));
  const limit = numberOf(given, "limit", 6, 0, 100_000) || shown.length;
  const more = shown.length > limit ? [`${shown.length - limit} more in the table alone: --limit 0`] : [];
  return {
    question,
    notes: [...left, ...more, ...(shown.some(({ standing }) => standing === "open") ? [NEXT] : [])],
    instead: shown.length ? [] : [...left, ...instead],
    nodes: [...new Set(shown.flatMap(({ claims }) => claims.flatMap((id) => desk.details.claims[id]?.about ?? [])))].filter((id) => desk.known.nodes.has(id)),
    claims: shown.flatMap(({ claims }) => claims),
    blocks: [...(shown.length > 1 ? [table(desk, shown)] : []), ...shown.slice(0, limit).flatMap((conflict) => [BLANK, ...tell(desk, conflict)])],
  };
}

async function wanted(desk: Desk, name: string | undefined): Promise<{ every: readonly Conflict[]; instead: readonly string[]; one: boolean; whom: string | null }> {
  const every = desk.details.conflicts;
  if (!name) return { every, instead: ["no two claims in this graph are known to disagree"], one: false, whom: null };
  const own = every.filter(({ id }) => id === name);
  if (own.length) return { every: own, instead: [], one: true, whom: name };
  const { ids, names, nearest } = await meant(desk, [name]);
  const id = ids[0];
  if (!id) return { every: [], instead: nearest, one: false, whom: names[0]! };
  const group = new Set(groupOf(desk.known, id));
  const about = every.filter(({ claims }) => claims.some((claim) => desk.details.claims[claim]?.about.some((end) => group.has(end))));
  return { every: about, instead: [`no claims about ${names[0]} are known to disagree`, ...knownOf(desk, id)], one: false, whom: names[0]! };
}

function asked({ standing }: Conflict, settled: boolean, explained: boolean): boolean {
  return standing === "open" || (standing === "explained" ? explained : settled);
}

/** How many are left out, and how they are asked for. */
function leftOut(conflicts: readonly Conflict[]): string[] {
  const explained = conflicts.filter(({ standing }) => standing === "explained").length;
  const settled = conflicts.length - explained;
  const them = (count: number): string => (count === 1 ? "it" : "them");
  const differences = explained === 1 ? "1 explained difference" : `${explained} explained differences`;
  return [...(settled ? [`${settled} settled by rank: --settled shows ${them(settled)}`] : []), ...(explained ? [`${differences}: --explained shows ${them(explained)}`] : [])];
}

function table(desk: Desk, shown: readonly Conflict[]): Block {
  const columns = ["conflict", "about", "what stands against what", "standing"].map((label) => ({ label, number: false }));
  return { sort: "table", columns, rows: shown.map((row) => [row.id, about(desk, row), row.note || row.why, row.standing]), indent: 0 };
}

/** What all of its sides are about. */
function about(desk: Desk, { claims }: Conflict): string {
  const each = claims.map((id) => desk.details.claims[id]?.about ?? []);
  const shared = (each[0] ?? []).filter((id) => each.every((ids) => ids.includes(id)));
  return shared.map((id) => desk.known.nodes.get(id)?.name ?? desk.details.names[id] ?? id).slice(0, 3).join(", ");
}

/** One conflict, its sides one under the other. */
function tell(desk: Desk, conflict: Conflict): Block[] {
  return [
    spans(0, [conflict.id, "heading"], [`: ${conflict.why}  `, null], [conflict.standing, STYLES[conflict.standing] ?? null]),
    ...(about(desk, conflict) ? [line(about(desk, conflict), 2, "name")] : []),
    ...(conflict.note ? [line(conflict.note, 2)] : []),
    ...conflict.claims.flatMap((id) => {
      const claim = desk.details.claims[id];
      if (!claim) return [];
      return [
        spans(2, ["• ", null], [claim.figure?.value ?? claim.says, claim.rank === "deprecated" ? "quiet" : "warn"], [claim.why ? `  ${claim.rank}: ${claim.why}` : "", "quiet"]),
        ...(claim.text !== claim.says ? [line(claim.text, 6)] : []),
        ...said(desk, id, 6),
      ];
    }),
  ];
}
