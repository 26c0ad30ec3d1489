import { computed, signal } from "@preact/signals";
import type { About, Details, Fragment, Told } from "../format";
import { type Facets, facets } from "../graph/facets";
import { type Edge, Known, type Node } from "../graph/known";
import { DARK, drawn, type Light } from "../picture/drawn";
import type { Supply } from "../supply/supply";
import { fromAddress, toAddress } from "./address";
import { blank, type Scene } from "./scene";

interface Moment { readonly scene: Scene; readonly said: string }

/** The picture as an image, and the evidence of what is in view where that is printed too. */
export interface Printed { readonly picture: string | null; readonly details: Details | null }

/** The state of the page: one scene, what came before and after it, and all that is known so far. */
export class Store {
  readonly about: About;
  /** Grows with every fragment that comes: what depends on `known` reads it. */
  readonly grown = signal(0);
  readonly scene = signal<Scene>(blank([]));
  readonly light = signal<Light>(DARK);
  /** The last answer, and what it was asked by (asking.ts). */
  readonly told = signal<{ readonly key: string; readonly told: Told } | null>(null);
  readonly hovered = signal<string | null>(null);
  /** What is being put on paper, beside what is on the screen. */
  readonly printed = signal<Printed | null>(null);
  /** What went wrong, for the reader; and how much is being waited for. */
  readonly problem = signal<string | null>(null);
  readonly waiting = signal(0);
  /** What a screen reader is told. */
  readonly spoken = signal("");
  readonly undone = signal<readonly Moment[]>([]);
  readonly done = signal<readonly Moment[]>([]);
  readonly drawn = computed(() => {
    this.grown.value;
    return drawn(this.known, this.scene.value, this.light.value);
  });

  private readonly shown = computed(() => this.scene.value.shown);
  private readonly whole = computed(() => this.scene.value.whole);
  /** What the legend counts: everything in view, whatever is filtered out. */
  readonly facets = computed<Facets>(() => {
    this.grown.value;
    const [nodes, edges] = this.inView(this.shown.value, this.whole.value);
    return facets(this.known, nodes, edges);
  });

  constructor(readonly supply: Supply, readonly known = new Known(supply.about)) {
    this.about = supply.about;
    this.scene.value = blank(this.about.hidden);
  }

  absorb(fragment: Fragment): void {
    this.known.absorb(fragment);
    this.grown.value += 1;
  }

  /** Go on to another scene, which undo takes back; `said` names the step: "hid Bosch". */
  act(said: string, change: Partial<Scene>): void {
    const before = this.scene.value;
    this.done.value = [...this.done.value.slice(-199), { scene: before, said }];
    this.undone.value = [];
    this.show({ ...before, ...change });
  }

  /** Change what undo does not take back by itself: the pane, what is chosen. */
  turn(change: Partial<Scene>): void {
    this.show({ ...this.scene.value, ...change });
  }

  /** Have undo go back to a scene from which others were shown since, as while a slider is held. */
  keep(said: string, before: Scene): void {
    this.done.value = [...this.done.value.slice(-199), { scene: before, said }];
    this.undone.value = [];
  }

  undo(): void {
    const last = this.done.value.at(-1);
    if (!last) return;
    this.done.value = this.done.value.slice(0, -1);
    this.undone.value = [...this.undone.value, { scene: this.scene.value, said: last.said }];
    this.back(last.scene);
    this.dim();
    this.say(`undone: ${last.said}`);
  }

  redo(): void {
    const next = this.undone.value.at(-1);
    if (!next) return;
    this.undone.value = this.undone.value.slice(0, -1);
    this.done.value = [...this.done.value, { scene: this.scene.value, said: next.said }];
    this.back(next.scene);
    this.dim();
    this.say(`done again: ${next.said}`);
  }

  /** Go back to a scene; how the page looks as a whole stays, and another question's light goes out. */
  private back(scene: Scene): void {
    const { theme, embed, asked } = this.scene.value;
    if (scene.asked !== asked) this.light.value = DARK;
    this.show({ ...scene, theme, embed });
  }

  /** Do several steps that undo takes back as one. */
  async together(said: string, work: () => Promise<void>): Promise<void> {
    const before = this.scene.value;
    const last = this.done.value.at(-1);
    await work();
    this.done.value = last ? this.done.value.slice(0, this.done.value.lastIndexOf(last) + 1) : [];
    this.keep(said, before);
  }

  say(words: string): void {
    this.spoken.value = words;
  }

  /** Do something that has to wait for facts; what goes wrong is told to the reader. */
  async waitFor<T>(work: Promise<T>): Promise<T | undefined> {
    this.waiting.value += 1;
    try {
      const found = await work;
      this.problem.value = null;
      return found;
    } catch (error) {
      this.problem.value = error instanceof Error ? error.message : String(error);
      return undefined;
    } finally {
      this.waiting.value -= 1;
    }
  }

  get address(): string {
    return toAddress(this.scene.value, this.about.hidden);
  }

  read(text: string): ReturnType<typeof fromAddress> {
    return fromAddress(text, this.about.hidden);
  }

  /** Nothing is lit up any more that has left the view. */
  private dim(): void {
    const { shown, whole } = this.scene.value;
    if (!whole && [...this.light.value.nodes].some((id) => !shown.includes(id))) this.light.value = DARK;
  }

  private inView(shown: readonly string[], whole: boolean): [Iterable<Node>, Iterable<Edge>] {
    if (whole) return [[...this.known.nodes.values()], this.known.edges.values()];
    const ids = new Set(shown);
    const nodes = shown.map((id) => this.known.nodes.get(id)).filter((node) => node !== undefined);
    return [nodes, nodes.flatMap((node) => node.edges.filter((edge) => edge.subject === node && ids.has(edge.object.id)))];
  }

  private show(scene: Scene): void {
    this.scene.value = scene;
  }
}
