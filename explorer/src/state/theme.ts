import { effect } from "@preact/signals";
import type { Theme } from "./scene";
import type { Store } from "./store";

/** The page is light or dark as the scene says, else as the system does; pictures are told when that changes. */
export function followTheme(store: Store): void {
  effect(() => wear(store.scene.value.theme));
}

/** Have the page light or dark from now on. */
export function wear(theme: Theme | null): void {
  const root = document.documentElement;
  if ((root.dataset.theme ?? null) === theme) return;
  if (theme) root.dataset.theme = theme;
  else delete root.dataset.theme;
  document.dispatchEvent(new Event("keiretsu-theme"));
}
