import type { Told } from "./format";
import type { Actions } from "./state/actions";
import type { Store } from "./state/store";

/** What other programs find in the page as `window.keiretsu`. */
export interface Programs {
  /** The address of what is in view: the part after "#". */
  address(): string;
  /** What is in view, as plain data. */
  scene(): { shown: string[]; places: Record<string, { x: number; y: number }>; pinned: string[]; off: string[]; chosen: string | null; asOf: string | null; knownBy: string | null };
  /** Where a thing stands on the screen, in pixels of the window; null where it is not in view. */
  where(id: string): { x: number; y: number } | null;
  /** The answer to a question, laid out. */
  ask(name: string, given: Record<string, string[]>): Promise<Told>;
}
declare global { interface Window { keiretsu?: Programs } }

export function offer(store: Store, actions: Actions): void {
  window.keiretsu = {
    address: () => store.address,
    scene() {
      const { shown, places, pinned, off, chosen, asOf, knownBy } = store.scene.value;
      const found = Object.fromEntries([...places].sort(([one], [two]) => (one < two ? -1 : 1)));
      return { shown: [...shown], places: found, pinned: [...pinned].sort(), off: [...off].sort(), chosen: chosen ? `${chosen.sort}:${chosen.id}` : null, asOf, knownBy };
    },
    where(id) {
      const node = store.drawn.value.nodes.get(id);
      const host = document.querySelector(".drawing");
      if (!node || !host || !actions.picture) return null;
      const [at, frame] = [actions.picture.screen(node), host.getBoundingClientRect()];
      return { x: at.x + frame.left, y: at.y + frame.top };
    },
    ask: (name, given) => store.supply.ask(name, given),
  };
}
