import type { Details } from "../format";
import { counted } from "../panes/names";
import { claimsInView } from "../panes/rows";
import { toAddress } from "../state/address";
import type { Scene } from "../state/scene";
import type { Store } from "../state/store";

/** What a view is called: by the dataset where it keeps the view, else after the graph. */
export function titleOf(store: Store): string {
  const { view, step } = store.scene.value;
  const found = store.about.views.find(({ id }) => id === view);
  const part = step ? found?.steps[step - 1] : undefined;
  return found ? (part ? `${found.title}: ${part.title}` : found.title) : store.about.title;
}

/** How much is in view, and on which day. */
export function toldOf(store: Store): string {
  const { asOf, knownBy } = store.scene.value;
  const { nodes, edges } = store.drawn.value;
  return [
    counted(nodes.size, "thing"), counted(edges.size, "tie"),
    ...(asOf ? [`as it was on ${asOf}`] : []), ...(knownBy ? [`as known by ${knownBy}`] : []),
  ].join(" · ");
}

/** The address of the view for somebody else, who is not to be met by this pane. */
export function addressOf(store: Store, change: Partial<Scene> = {}): string {
  const scene = store.scene.value;
  return toAddress({ ...scene, pane: scene.pane === "share" ? "details" : scene.pane, ...change }, store.about.hidden);
}

/** Which facts the view was made of. */
export function madeOf(store: Store): string {
  const { name, version, digest } = store.about;
  return `${name} · built from ${digest} · Keiretsu ${version}`;
}

/** How many sources the ties in view rest on. */
export const sourcesInView = (store: Store): number => new Set(claimsInView(store).map((claim) => claim.source)).size;

/** What is said of every claim that a tie in view rests on. */
export function detailsInView(store: Store): Promise<Details | undefined> {
  return store.waitFor(store.supply.details({ claims: claimsInView(store).map((claim) => claim.id).sort() }));
}
