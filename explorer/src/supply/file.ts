import type { About, Details, Found, Fragment, Held, Tally, Told } from "../format";
import { bare, noDetails } from "./bare";
import { Known, otherEnd } from "../graph/known";
import { held } from "./inert";
import { NameIndex } from "./names";
import { type Supply, SupplyError } from "./supply";
import { askHere } from "../walks/asked";
import { OFFERED } from "../walks/desk";

const NOTHING: Fragment = { nodes: [], ties: [], claims: [], names: {} };
const TOP = 50;

/** Facts that stand in the page itself. The picture's come first; what panes read is unpacked when it is wanted. */
export class FileSupply implements Supply {
  readonly whole = true;
  readonly about: About;
  readonly known: Known;
  private readonly told: Readonly<Record<string, Told>>;
  private all: Promise<Details> | null = null;
  private index: Promise<NameIndex> | null = null;

  constructor(page: Held) {
    this.about = page.about;
    this.told = Object.assign(Object.create(null) as Record<string, Told>, page.told);
    this.known = new Known(page.about);
    this.known.absorb(page.fragment);
  }

  async find(text: string, limit: number): Promise<Found[]> {
    this.index ??= this.everyDetail().then((details) => new NameIndex(this.known, details));
    return (await this.index).find(text, limit);
  }

  async tally(id: string): Promise<Tally[]> {
    const node = this.known.nodes.get(id);
    if (!node) return [];
    const groups = new Map<string, { relation: number; outward: boolean; ids: Set<string> }>();
    for (const edge of node.edges) {
      const outward = this.about.relations[edge.relation]!.symmetric || edge.subject === node;
      const key = `${edge.relation} ${outward}`;
      const group = groups.get(key) ?? { relation: edge.relation, outward, ids: new Set<string>() };
      group.ids.add(otherEnd(edge, id).id);
      groups.set(key, group);
    }
    return [...groups.values()]
      .map(({ relation, outward, ids }) => {
        const nodes = [...ids].map((other) => this.known.nodes.get(other)!).sort((one, two) => two.ties - one.ties || (one.id < two.id ? -1 : 1));
        const top = nodes.slice(0, TOP).map((other): [string, string, number, number] => [other.id, other.name, other.kind, other.ties]);
        return { relation, outward, count: ids.size, top };
      })
      .sort((one, two) => two.count - one.count || one.relation - two.relation);
  }

  async fragment(): Promise<Fragment> {
    return NOTHING;
  }

  async everything(): Promise<Fragment> {
    return NOTHING;
  }

  async details(wanted: { entities?: readonly string[]; claims?: readonly string[] }): Promise<Details> {
    const all = await this.everyDetail();
    return part(all, wanted.entities ?? [], wanted.claims ?? []);
  }

  answers(question: string): boolean {
    return question in OFFERED;
  }

  takes(question: string, parameter: string): boolean {
    return OFFERED[question]?.includes(parameter) ?? false;
  }

  async ask(question: string, given: Readonly<Record<string, readonly string[]>>): Promise<Told> {
    const details = await this.everyDetail();
    const found = askHere(question, given, { known: this.known, details, told: this.told, find: (text, limit) => this.find(text, limit) });
    const told = await found;
    if (!told) throw new SupplyError(`this page is a file and cannot answer that; type: keiretsu ${question}`);
    return told;
  }

  private everyDetail(): Promise<Details> {
    this.all ??= held<Details>("details").then((found) => (found ? bare(found) : noDetails()));
    return this.all;
  }
}

/** The details of some things with their claims, and of some claims, with what those need. */
function part(all: Details, entities: readonly string[], claims: readonly string[]): Details {
  const made: Details = { ...noDetails(), sources: all.sources, names: all.names };
  const wanted = new Set(claims);
  for (const id of entities) {
    const entity = all.entities[id];
    if (!entity) continue;
    made.entities[id] = entity;
    for (const claim of entity.claims) wanted.add(claim);
  }
  made.conflicts = all.conflicts.filter((conflict) => conflict.claims.some((side) => wanted.has(side)));
  for (const conflict of made.conflicts) for (const side of conflict.claims) wanted.add(side);
  for (const id of wanted) {
    const claim = all.claims[id];
    if (claim) made.claims[id] = claim;
  }
  return made;
}
