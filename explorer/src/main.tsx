import { effect } from "@preact/signals";
import { render } from "preact";
import type { About, Held } from "./format";
import { App } from "./panes/app";
import { PageContext } from "./panes/context";
import { offer } from "./programs";
import { Actions } from "./state/actions";
import { Store } from "./state/store";
import { FileSupply } from "./supply/file";
import { held } from "./supply/inert";
import { ServedSupply } from "./supply/served";

async function start(): Promise<void> {
  const host = document.getElementById("app")!;
  const page = await held<Partial<Held> & { about: About }>("held");
  if (!page) throw new Error("the page holds no graph");
  const store = page.fragment ? ofFile(page as Held) : new Store(new ServedSupply(page.about));
  const actions = new Actions(store);
  await open(store, actions, location.hash);
  host.replaceChildren();
  render(<PageContext.Provider value={{ store, actions }}><App /></PageContext.Provider>, host);
  keepAddress(store, actions);
  offer(store, actions);
}

function ofFile(page: Held): Store {
  const supply = new FileSupply(page);
  return new Store(supply, supply.known);
}

/** Go to what an address says, or to where the page begins. */
async function open(store: Store, actions: Actions, address: string): Promise<void> {
  const { scene, named, around } = store.read(address);
  const { start } = store.about;
  const ids = named ? scene.shown : around ? await surroundings(actions, around.id, around.depth) : start.ids;
  if (scene.whole) {
    const all = await store.waitFor(store.supply.everything());
    if (all) store.absorb(all);
  } else await actions.load(ids);
  const shown = scene.whole ? [] : ids.filter((id) => store.known.nodes.has(id));
  const chosen = scene.chosen ?? (named || around || !start.chosen ? null : { sort: "entity" as const, id: start.chosen });
  store.scene.value = { ...scene, shown, chosen };
  store.scene.value = { ...store.scene.value, places: scene.whole ? scene.places : actions.placed(shown, scene.places) };
  if (scene.asked && store.supply.answers(scene.asked.name)) await actions.ask(scene.asked.name, scene.asked.given);
}

async function surroundings(actions: Actions, id: string, depth: number): Promise<string[]> {
  let found = [id];
  for (let step = 0; step < depth; step += 1) {
    const near = await Promise.all(found.slice(0, 40).map((one) => actions.nearest(one, step ? 8 : 60)));
    found = [...new Set([...found, ...near.flat()])];
  }
  return found.slice(0, 150);
}

/** The address follows the scene, and the scene an address that somebody types or goes back to. */
function keepAddress(store: Store, actions: Actions): void {
  let written = location.hash;
  effect(() => {
    store.scene.value;
    const next = `#${store.address}`;
    clearTimeout(waiting);
    waiting = window.setTimeout(() => {
      if (next === written) return;
      written = next;
      try {
        history.replaceState(null, "", next);
      } catch {
        // an address too long for this browser is not kept; what it was stays
      }
    }, 150);
  });
  window.addEventListener("hashchange", () => {
    if (location.hash === written) return;
    written = location.hash;
    void open(store, actions, location.hash);
  });
}
let waiting = 0;

start().catch((error: unknown) => {
  const host = document.getElementById("app");
  if (host) host.textContent = `The explorer could not begin: ${error instanceof Error ? error.message : String(error)}`;
});
