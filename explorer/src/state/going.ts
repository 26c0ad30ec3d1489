import { DARK } from "../picture/drawn";
import type { Actions } from "./actions";
import type { Read } from "./address";
import { isComplete } from "./asking";
import type { Scene } from "./scene";
import type { Store } from "./store";

/** The scene that an address leads to, once what it needs is at hand; undefined where that could not be had. */
export async function sceneAt(actions: Actions, address: string): Promise<Scene | undefined> {
  const { store } = actions;
  const { scene, named, around } = ofView(store, store.read(address));
  const { start } = store.about;
  const ids = named ? scene.shown : around ? await surroundings(actions, around.id, around.depth) : start.ids;
  if (scene.whole) {
    const all = await store.waitFor(store.supply.everything());
    if (!all) return undefined;
    store.absorb(all);
  } else if (!(await actions.load(ids))) return undefined;
  const shown = scene.whole ? [] : ids.filter((id) => store.known.nodes.has(id));
  const chosen = scene.chosen ?? (named || around || !start.chosen ? null : { sort: "entity" as const, id: start.chosen });
  return { ...scene, shown, chosen, places: scene.whole ? scene.places : actions.placed(shown, scene.places, scene) };
}

/** Go to what an address says, as one step of undo; of several that are under way the last one counts. */
export async function goTo(actions: Actions, address: string, said: string, more: Partial<Scene>): Promise<void> {
  const { store } = actions;
  const way = (actions.ways += 1);
  const scene = await sceneAt(actions, address);
  if (!scene || way !== actions.ways) return;
  const { theme, embed } = store.scene.value;
  await store.together(said, async () => {
    store.light.value = DARK;
    store.turn({ ...scene, theme, embed, ...more });
    actions.picture?.show(store.drawn.value); // it is told again when the page is drawn anew, too late to fit it now
    actions.picture?.fit();
    await askAt(actions, scene);
  });
}

/** Ask what a scene asks, where all that it needs is there, and pick the chain that it picks. */
export async function askAt(actions: Actions, { asked, picked }: Scene): Promise<void> {
  const { store } = actions;
  if (!asked || !store.supply.answers(asked.name) || !isComplete(store.about, asked)) return;
  const told = await actions.ask(asked.name, asked.given);
  if (told && picked !== null && told.paths[picked]) await actions.illuminate(told, picked);
}

/** Where an address only names a view of the dataset, and what it shows is not in it: what the dataset says. */
function ofView(store: Store, read: Read): Read {
  const { view, step, embed, theme, pane, chosen } = read.scene;
  const found = read.named || read.around ? undefined : store.about.views.find(({ id }) => id === view);
  if (!found) return read;
  const told = step ? found.steps[step - 1] ?? found : found;
  const there = store.read(told.state);
  const scene = { ...there.scene, view, step: told === found ? null : step, embed, theme, pane, chosen: chosen ?? there.scene.chosen };
  return { ...there, scene };
}

async function surroundings(actions: Actions, id: string, depth: number): Promise<string[]> {
  let found = [id];
  for (let step = 0; step < depth; step += 1) {
    const near = await Promise.all(found.slice(0, 40).map((one) => actions.nearest(one, step ? 8 : 60)));
    found = [...new Set([...found, ...near.flat()])];
  }
  return found.slice(0, 150);
}
