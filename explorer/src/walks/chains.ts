import { type Claim, type Edge, type Known, otherEnd, type Tie } from "../graph/known";

/** A tie of one step, and the edge that it is part of. */
export interface Step { readonly edge: Edge; readonly tie: Tie }
export interface Wanted { readonly factual: boolean; readonly statedOnly: boolean; readonly limit: number; readonly longest: number; readonly intime: (claim: Claim) => boolean }

/** Chains that are looked at before the best are chosen. */
const CANDIDATES = 2_000;
/** Things about which everything is looked up, so that alternatives and degrees are seen whole. */
const INNER = 400;

/** The part of the graph between two things that a search has seen. It goes as queries/keiretsu_queries/chains/paths.py goes. */
class Net {
  readonly steps = new Map<string, Step[]>();
  readonly around = new Map<string, Set<string>>();
  private readonly seen = new Set<string>();

  constructor(private readonly known: Known, private readonly wanted: Wanted) {}

  /** Take up the ties of a thing that are one step of their own; what follows from several is walked by these. */
  take(id: string): void {
    if (this.seen.has(id)) return;
    this.seen.add(id);
    for (const edge of this.known.nodes.get(id)?.edges ?? []) {
      if (!this.known.about.relations[edge.relation]!.walk || this.seen.has(otherEnd(edge, id).id) && edge.subject !== edge.object) continue;
      for (const tie of edge.ties) if (this.passes(tie)) this.add({ edge, tie });
    }
  }

  private passes(tie: Tie): boolean {
    const { factual, statedOnly, intime } = this.wanted;
    return tie.claims.length === 1 && (!factual || tie.factual) && !(statedOnly && tie.rule !== null) && tie.claims.every(intime);
  }

  private add(step: Step): void {
    const [subject, object] = [step.edge.subject.id, step.edge.object.id];
    const there = this.steps.get(`${subject} ${object}`);
    if (there) there.push(step);
    else this.steps.set(`${subject} ${object}`, [step]);
    this.near(subject).add(object);
    this.near(object).add(subject);
  }

  near(id: string): Set<string> {
    let found = this.around.get(id);
    if (!found) this.around.set(id, (found = new Set()));
    return found;
  }

  /** The steps between two things, whichever way they are read. */
  between(one: string, other: string): Step[][] {
    return [this.steps.get(`${one} ${other}`) ?? [], this.steps.get(`${other} ${one}`) ?? []];
  }

  owns(edge: Edge): boolean {
    return this.known.about.relations[edge.relation]!.owns ?? false;
  }

  /** What the ties of a hop are sorted by: facts first, what is said before what follows, partners at large last. */
  order({ edge, tie }: Step): string[] {
    const relation = this.known.about.relations[edge.relation]!.id;
    const flags = [!tie.factual, tie.rule !== null, relation === "partner_of"].map((is) => (is ? "1" : "0"));
    return [...flags, relation, edge.subject.id, tie.rule ?? "", ...tie.claims.map((claim) => claim.id)];
  }
}

export interface Chain { readonly ids: readonly string[]; readonly hops: readonly (readonly Step[])[] }

/** The best chains between two things: breadth first from both ends, the smaller frontier first. */
export function chainsBetween(known: Known, start: string, end: string, wanted: Wanted): Chain[] {
  const net = new Net(known, wanted);
  const seen = [new Set([start]), new Set([end])] as const;
  const frontiers = [new Set([start]), new Set([end])];
  for (let steps = 1; frontiers.every((frontier) => frontier.size) && steps <= wanted.longest; steps += 1) {
    const side = frontiers[0]!.size <= frontiers[1]!.size ? 0 : 1;
    for (const id of frontiers[side]!) net.take(id);
    const reached = new Set<string>();
    for (const id of frontiers[side]!) for (const other of net.near(id)) if (!seen[side].has(other)) reached.add(other);
    for (const id of reached) seen[side].add(id);
    frontiers[side] = reached;
    if ([...reached].some((id) => seen[side ? 0 : 1].has(id))) return best(net, start, end, wanted, Math.min(steps + 1, wanted.longest));
  }
  return [];
}

function best(net: Net, start: string, end: string, wanted: Wanted, longest: number): Chain[] {
  const inner = [...net.around.keys()].filter((id) => id !== start && id !== end).sort();
  for (const id of inner.slice(0, INNER)) net.take(id);
  const found: { ids: readonly string[]; firm: number; general: number }[] = [];
  for (const ids of chains(net, start, end, longest)) {
    found.push({ ids, firm: firm(net, ids), general: generality(net, ids) });
    if (found.length === CANDIDATES) break;
  }
  found.sort((one, two) => one.ids.length - two.ids.length || two.firm - one.firm || one.general - two.general || compare(one.ids, two.ids));
  return found.slice(0, wanted.limit).map(({ ids }) => ({ ids, hops: hops(net, ids) }));
}

/** Every chain of at most so many ties, shortest first; one with a hop that can be left out is none. */
function* chains(net: Net, start: string, end: string, longest: number): Generator<readonly string[]> {
  const distance = distances(net, end);
  for (let length = distance.get(start) ?? longest + 1; length <= longest; length += 1) {
    const stack: (readonly string[])[] = [[start]];
    for (let chain = stack.pop(); chain; chain = stack.pop()) {
      const left = length - chain.length + 1;
      const before = chain.slice(0, -1);
      for (const id of [...net.near(chain.at(-1)!)].sort().reverse()) {
        const around = net.near(id);
        if (before.some((one) => around.has(one))) continue;
        if (id === end && left === 1) yield [...chain, id];
        else if (id !== end && !chain.includes(id) && (distance.get(id) ?? longest) <= left - 1) stack.push([...chain, id]);
      }
    }
  }
}

function distances(net: Net, end: string): Map<string, number> {
  const found = new Map([[end, 0]]);
  for (let frontier = [end], step = 1; frontier.length; step += 1) {
    const reached = new Set<string>();
    for (const id of frontier) for (const other of net.near(id)) if (!found.has(other)) reached.add(other);
    for (const id of reached) found.set(id, step);
    frontier = [...reached];
  }
  return found;
}

/** In how many steps of a chain the one belongs to the other: it leads on through nobody else. */
function firm(net: Net, ids: readonly string[]): number {
  const owned = (steps: readonly Step[]): boolean => steps.some(({ edge }) => net.owns(edge));
  return pairs(ids).reduce((sum, [one, other]) => sum + net.between(one, other).filter(owned).length, 0);
}

/** How little a chain says: a step through a thing that is tied to everything says least. */
function generality(net: Net, ids: readonly string[]): number {
  const sum = ids.slice(1, -1).reduce((all, id) => all + Math.log2(1 + net.near(id).size), 0);
  return Math.round(sum * 1e6) / 1e6;
}

function hops(net: Net, ids: readonly string[]): Step[][] {
  return pairs(ids).map(([one, other]) => net.between(one, other).flat().sort((first, second) => compare(net.order(first), net.order(second))));
}

const pairs = (ids: readonly string[]): [string, string][] => ids.slice(1).map((id, at) => [ids[at]!, id]);

function compare(one: readonly string[], two: readonly string[]): number {
  for (let at = 0; at < Math.min(one.length, two.length); at += 1) if (one[at] !== two[at]) return one[at]! < two[at]! ? -1 : 1;
  return one.length - two.length;
}
