import { readPalette } from "../picture/looks";
import type { Actions } from "../state/actions";
import type { Store } from "../state/store";
import { wear } from "../state/theme";
import { detailsInView } from "./view";

/** Print the view with its evidence: the page draws what is to be printed, and then asks the browser (panes/print.tsx). */
export async function print(store: Store, actions: Actions): Promise<void> {
  const details = await detailsInView(store);
  if (details) store.printed.value = { picture: onPaper(actions), details };
}

/** Have the picture on paper as well where a person prints by the browser's own menu; what is in the pane comes after it. */
export function followPrinting(store: Store, actions: Actions): () => void {
  const before = (): void => { store.printed.value ??= { picture: onPaper(actions), details: null }; };
  const after = (): void => {
    store.printed.value = null;
    wear(store.scene.value.theme);
  };
  window.addEventListener("beforeprint", before);
  window.addEventListener("afterprint", after);
  return () => {
    window.removeEventListener("beforeprint", before);
    window.removeEventListener("afterprint", after);
  };
}

/** The picture as an image, dark on white: what WebGL has drawn is blank on paper. */
function onPaper(actions: Actions): string | null {
  wear("light");
  actions.picture?.paint(readPalette());
  return actions.picture?.toCanvas(2).toDataURL("image/png") ?? null;
}
