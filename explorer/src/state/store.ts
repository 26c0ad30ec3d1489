import { computed, signal } from "@preact/signals";
import type { About, Fragment } from "../format";
import { type Facets, facets } from "../graph/facets";
import { type Edge, Known, type Node } from "../graph/known";
import { DARK, drawn, type Light } from "../picture/drawn";
import type { Supply } from "../supply/supply";
import { fromAddress, toAddress } from "./address";
import { blank, type Scene } from "./scene";

interface Moment { readonly scene: Scene; readonly said: string }

/** The state of the page: one scene, what came before and after it, and all that is known so far. */
export class Store {
  readonly about: About;
  /** Grows with every fragment that comes: what depends on `known` reads it. */
  readonly grown = signal(0);
  readonly scene = signal<Scene>(blank([]));
  readonly light = signal<Light>(DARK);
  readonly hovered = signal<string | null>(null);
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
    this.show(last.scene);
    this.say(`undone: ${last.said}`);
  }

  redo(): void {
    const next = this.undone.value.at(-1);
    if (!next) return;
    this.undone.value = this.undone.value.slice(0, -1);
    this.done.value = [...this.done.value, { scene: this.scene.value, said: next.said }];
    this.show(next.scene);
    this.say(`done again: ${next.said}`);
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

  private inView(shown: readonly string[], whole: boolean): [Iterable<Node>, Iterable<Edge>] {
    if (whole) return [this.known.nodes.values(), this.known.edges.values()];
    const ids = new Set(shown);
    const nodes = shown.map((id) => this.known.nodes.get(id)).filter((node) => node !== undefined);
    return [nodes, nodes.flatMap((node) => node.edges.filter((edge) => edge.subject === node && ids.has(edge.object.id)))];
  }

  private show(scene: Scene): void {
    this.scene.value = scene;
  }
}
