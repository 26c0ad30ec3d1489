import { effect } from "@preact/signals";
import { render } from "preact";
import type { About, Held } from "./format";
import { App } from "./panes/app";
import { PageContext } from "./panes/context";
import { offer } from "./programs";
import { Actions } from "./state/actions";
import { askAt, sceneAt } from "./state/going";
import { Store } from "./state/store";
import { followTheme } from "./state/theme";
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
  followTheme(store);
  host.replaceChildren();
  render(<PageContext.Provider value={{ store, actions }}><App /></PageContext.Provider>, host);
  keepAddress(store, actions);
  offer(store, actions);
}

function ofFile(page: Held): Store {
  const supply = new FileSupply(page);
  return new Store(supply, supply.known);
}

/** Begin with what an address says, or where the page begins. */
async function open(store: Store, actions: Actions, address: string): Promise<void> {
  const scene = await sceneAt(actions, address);
  if (!scene) return;
  store.scene.value = scene;
  await askAt(actions, scene);
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
