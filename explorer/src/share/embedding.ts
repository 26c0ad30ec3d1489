import type { Store } from "../state/store";
import { addressOf, titleOf } from "./view";

/** Where the page is, without what is in view. */
export const hereWithout = (): string => location.href.replace(/#.*$/s, "");

/** The name of the file that the page is; what a file of a served page would be called. */
export function pageFile(served = false): string {
  const last = location.pathname.split("/").at(-1) ?? "";
  try {
    return served || !last ? "explorer.html" : decodeURIComponent(last);
  } catch {
    return last; // an address with a lone percent sign
  }
}

/** A frame with the view, for a page of somebody else. No folder of this machine is in it. */
export function embedding(store: Store): string {
  const address = addressOf(store, { embed: true });
  const file = encodeURIComponent(pageFile(store.about.served));
  return `<iframe src="${escaped(`${file}#${address}`)}" title="${escaped(titleOf(store))}" width="800" height="600" loading="lazy" style="border:0"></iframe>`;
}

const SIGNS: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => SIGNS[sign]!);
