import type { Told } from "../format";
import { type Edge, type Node, otherEnd } from "../graph/known";
import { Passing } from "../graph/passing";
import { DARK } from "../picture/drawn";
import type { Picture } from "../picture/picture";
import { arrange, columns } from "../picture/layout";
import { keyOf } from "./asking";
import type { Choice, Pane, Point, Scene } from "./scene";
import { goTo } from "./going";
import { lightOf } from "./lighting";
import type { Store } from "./store";

/** How many neighbours an expansion adds at once. */
export const STEP = 12;
/** Up to so many things an answer is seen among all of them. */
const FEW = 150;
/** From so many things on there is no small view any more. */
const MOST_SHOWN = 600;

/** What a person can do with the picture: each is one step that undo takes back. */
export class Actions {
  /** The picture, once it is on the screen. */
  picture: Picture | null = null;
  /** How many ways to an address were begun. */
  ways = 0;

  constructor(readonly store: Store) {}

  private get scene(): Scene {
    return this.store.scene.value;
  }

  /** Have everything in view on the screen, or some things: what has just come is drawn first. */
  private fit(ids?: Iterable<string>): void {
    this.picture?.show(this.store.drawn.value);
    this.picture?.fit(ids);
  }

  /** Make sure that things and the ties between them and what is shown are at hand. */
  async load(ids: readonly string[]): Promise<boolean> {
    if (this.store.supply.whole) return true;
    const missing = ids.some((id) => !this.store.known.nodes.has(id));
    const wanted = this.scene.whole && !missing ? [] : [...new Set([...this.scene.shown, ...ids])];
    if (!wanted.length) return true;
    const found = await this.store.waitFor(this.store.supply.fragment(wanted));
    if (found) this.store.absorb(found);
    return found !== undefined;
  }

  /** Go to what the page opens on. */
  async begin(): Promise<void> {
    const { ids, chosen } = this.store.about.start;
    await this.show(ids, "went to the beginning", { chosen: chosen ? { sort: "entity", id: chosen } : null, view: null, step: null });
  }

  /** Go to what an address says, in one step that undo takes back. */
  go(address: string, said: string, more: Partial<Scene> = {}): Promise<void> {
    return goTo(this, address, said, more);
  }

  /** Show some things and nothing else, laid out anew. */
  async show(ids: readonly string[], said: string, more: Partial<Scene> = {}): Promise<void> {
    if (!(await this.load(ids))) return;
    const there = ids.filter((id) => this.store.known.nodes.has(id)).slice(0, MOST_SHOWN);
    this.store.light.value = DARK;
    this.store.act(said, { shown: there, whole: false, places: this.placed(there, new Map()), pinned: new Set(), ...more });
    this.fit();
  }

  /** Add things beside what is shown. */
  async add(ids: readonly string[], said: string, more: Partial<Scene> = {}): Promise<void> {
    const fresh = ids.filter((id) => !this.scene.shown.includes(id));
    if (!(await this.load(fresh))) return;
    if (this.scene.whole || !fresh.length) {
      this.store.turn(more);
      return;
    }
    const shown = [...this.scene.shown, ...fresh.filter((id) => this.store.known.nodes.has(id))].slice(0, MOST_SHOWN);
    this.store.act(said, { shown, places: this.placed(shown, this.scene.places), ...more });
    this.fit();
  }

  /** Fly to a thing; it comes into view with its foremost neighbours where it was not there. */
  async open(id: string): Promise<void> {
    const there = this.scene.whole || this.scene.shown.includes(id);
    if (!(await this.load([id]))) return;
    if (!there) await this.bring(id);
    this.choose({ sort: "entity", id });
    if (there) this.picture?.fly(id);
  }

  /** Bring a thing into view: beside what is there, where it is tied to that, else in a view of its own. */
  private async bring(id: string): Promise<void> {
    const near = await this.nearest(id, STEP);
    const name = this.store.known.name(id);
    const tied = near.some((other) => this.scene.shown.includes(other));
    if (tied && this.scene.shown.length < 120) await this.add([id, ...near.slice(0, 6)], `added ${name}`);
    else await this.show([id, ...near], `went to ${name}`);
  }

  /** Ids of the neighbours with the most ties, by what the filter lets pass where that is known. */
  async nearest(id: string, most: number, without: readonly string[] = []): Promise<string[]> {
    const tallies = await this.store.waitFor(this.store.supply.tally(id));
    const { about, known } = this.store;
    const passing = new Passing(known, this.scene);
    const found = new Map<string, number>();
    for (const { relation, top } of tallies ?? []) {
      const { group, id: name } = about.relations[relation]!;
      if (this.scene.off.has(`group:${group}`) || this.scene.off.has(`relation:${name}`)) continue;
      for (const [other, , kind, ties] of top) {
        if (!passing.node(about.kinds[kind]!.family, about.kinds[kind]!.id)) continue;
        if (this.store.supply.whole && !this.tied(id, other, passing)) continue;
        if (other !== id && !without.includes(other)) found.set(other, ties);
      }
    }
    return [...found].sort((one, two) => two[1] - one[1] || (one[0] < two[0] ? -1 : 1)).slice(0, most).map(([other]) => other);
  }

  private tied(id: string, other: string, passing: Passing): boolean {
    const node = this.store.known.nodes.get(id);
    return node?.edges.some((edge) => otherEnd(edge, id).id === other && passing.ties(edge).length > 0) ?? false;
  }

  /** Add the foremost neighbours that are not in view yet. */
  async expand(id: string): Promise<void> {
    const near = await this.nearest(id, STEP, this.scene.shown);
    const name = this.store.known.name(id);
    if (!near.length) {
      this.store.say(`everything that ${name} is tied to is in view`);
      return;
    }
    await this.add(near, `expanded ${name}`);
    this.store.say(`${near.length} neighbours of ${name} added`);
  }

  /** Take out the neighbours of a thing that are tied to nothing else in view. */
  collapse(id: string): void {
    const leaves = this.leaves(id);
    if (leaves.size) this.takeOut(leaves, `collapsed ${this.store.known.name(id)}`);
  }

  leaves(id: string): Set<string> {
    const inView = this.store.drawn.value;
    const found = new Set<string>();
    const node = this.store.known.nodes.get(id);
    for (const edge of node?.edges ?? []) {
      if (!inView.edges.has(edge.key)) continue;
      const other = otherEnd(edge, id);
      if (this.neighboursInView(other).every((next) => next === id)) found.add(other.id);
    }
    found.delete(id);
    return found;
  }

  private neighboursInView(node: Node): string[] {
    const inView = this.store.drawn.value;
    return node.edges.filter((edge) => inView.edges.has(edge.key)).map((edge) => otherEnd(edge, node.id).id);
  }

  hide(id: string): void {
    this.takeOut(new Set([id]), `hid ${this.store.known.name(id)}`);
  }

  /** Keep a thing and what it is tied to in view, and nothing else. */
  keepAround(id: string): void {
    const node = this.store.known.nodes.get(id);
    if (!node) return;
    const kept = new Set([id, ...this.neighboursInView(node)]);
    this.takeOut(new Set([...this.store.drawn.value.nodes.keys()].filter((other) => !kept.has(other))), `kept ${node.name} and its ties`);
  }

  private takeOut(ids: ReadonlySet<string>, said: string): void {
    const { scene } = this;
    const shown = (scene.whole ? [...this.store.drawn.value.nodes.keys()] : scene.shown).filter((id) => !ids.has(id));
    const chosen = scene.chosen?.sort === "entity" && ids.has(scene.chosen.id) ? null : scene.chosen;
    const places = new Map([...scene.places].filter(([id]) => !ids.has(id)));
    this.store.act(said, { shown, places, whole: false, chosen });
  }

  pin(id: string): void {
    const pinned = new Set(this.scene.pinned);
    const name = this.store.known.name(id);
    if (pinned.delete(id)) this.store.act(`let go of ${name}`, { pinned });
    else this.store.act(`pinned ${name}`, { pinned: pinned.add(id), places: this.standing(id) });
  }

  /** A thing was put somewhere by hand: it stays there. */
  move(id: string, to: Point): void {
    const at = { x: Math.round(to.x * 1000) / 1000, y: Math.round(to.y * 1000) / 1000 };
    const places = new Map(this.scene.places).set(id, at);
    this.store.act(`moved ${this.store.known.name(id)}`, { places, pinned: new Set(this.scene.pinned).add(id) });
  }

  private standing(id: string): ReadonlyMap<string, Point> {
    const node = this.store.drawn.value.nodes.get(id);
    return node ? new Map(this.scene.places).set(id, { x: node.x, y: node.y }) : this.scene.places;
  }

  /** Lay the view out anew; what is pinned stays. */
  tidy(): void {
    if (this.scene.whole) return;
    const kept = new Map([...this.scene.places].filter(([id]) => this.scene.pinned.has(id)));
    this.store.act("laid out anew", { places: this.placed(this.scene.shown, kept) });
    this.fit();
  }

  async everything(): Promise<void> {
    const found = await this.store.waitFor(this.store.supply.everything());
    if (!found) return;
    this.store.absorb(found);
    this.store.light.value = DARK;
    this.store.act("showed everything", { whole: true, shown: [], places: new Map(), pinned: new Set() });
    this.fit();
  }

  choose(chosen: Choice | null, pane: Pane = "details"): void {
    const keeps = this.scene.pane === "table" || this.scene.pane === "evidence";
    this.store.turn({ chosen, pane: chosen && !keeps ? pane : this.scene.pane });
    if (chosen) this.store.say(this.words(chosen));
  }

  words(chosen: Choice): string {
    const { known, about } = this.store;
    if (chosen.sort === "entity") {
      const node = known.nodes.get(chosen.id);
      return node ? `${node.name}, ${about.kinds[node.kind]!.label}, ${node.ties} ties` : chosen.id;
    }
    const edge = chosen.sort === "tie" ? known.edges.get(chosen.id) : undefined;
    return edge ? this.edgeWords(edge) : "a claim";
  }

  edgeWords(edge: Edge): string {
    return `${edge.subject.name} ${this.store.about.relations[edge.relation]!.label} ${edge.object.name}`;
  }

  /** Switch a part of the filter on or off, by its name: "family:person". */
  filter(names: readonly string[], on: boolean, said: string): void {
    const off = new Set(this.scene.off);
    for (const name of names) if (on) off.delete(name); else off.add(name);
    this.store.act(on ? `showed ${said}` : `filtered out ${said}`, { off });
  }

  clock(change: { asOf?: string | null; knownBy?: string | null }): void {
    this.store.act("set the clock", change);
  }

  /** Ask a question and light up what its answer is about. */
  async ask(name: string, given: Readonly<Record<string, readonly string[]>>): Promise<Told | undefined> {
    const told = await this.store.waitFor(this.store.supply.ask(name, given));
    this.store.told.value = told ? { key: keyOf({ name, given }), told } : null;
    this.store.turn({ asked: { name, given }, picked: null, pane: "ask" });
    this.store.light.value = DARK;
    if (told && told.nodes.length) await this.illuminate(told, null);
    if (told) this.store.say(`${told.question} ${told.state}`);
    return told;
  }

  /** Bring what an answer is about into view, and dim the rest; with `path`, one of its chains alone. */
  async illuminate(told: Told, path: number | null): Promise<void> {
    const chains = path === null ? told.paths : told.paths.slice(path, path + 1);
    const ids = chains.length ? [...new Set(chains.flat())] : told.nodes.slice(0, 120);
    const all = told.paths.length ? [...new Set(told.paths.flat())] : ids;
    const layered = told.layers.length > 1;
    if (layered) {
      if (!(await this.load(told.layers.flat()))) return;
      const places = columns(told.layers);
      this.store.act(`asked: ${told.question}`, { shown: [...places.keys()], places, whole: false, picked: path });
    } else if (this.scene.whole) this.store.turn({ picked: path });
    else if (all.some((id) => !this.scene.shown.includes(id))) await this.add(all, `asked: ${told.question}`, { picked: path });
    else this.store.turn({ picked: path });
    this.store.light.value = lightOf(this.store.known, ids, chains, told.claims);
    this.fit(this.scene.whole || this.scene.shown.length > FEW ? ids : undefined);
  }

  unlight(): void {
    this.store.light.value = DARK;
    this.store.turn({ picked: null });
  }

  placed(ids: readonly string[], before: ReadonlyMap<string, Point>, scene = this.scene): Map<string, Point> {
    const nodes = ids.map((id) => this.store.known.nodes.get(id)).filter((node) => node !== undefined);
    const passing = new Passing(this.store.known, scene);
    const edges = nodes.flatMap((node) => node.edges.filter((edge) => edge.subject === node && passing.ties(edge).length > 0));
    return arrange(nodes, edges, before);
  }
}
