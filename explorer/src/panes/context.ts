import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Actions } from "../state/actions";
import type { Store } from "../state/store";

export interface Page { readonly store: Store; readonly actions: Actions }
export const PageContext = createContext<Page | null>(null);

export function usePage(): Page {
  const page = useContext(PageContext);
  if (!page) throw new Error("no page");
  return page;
}
