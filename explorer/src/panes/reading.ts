import { useEffect, useState } from "preact/hooks";
import type { Details } from "../format";
import { usePage } from "./context";

/** Details of things and claims, once they are at hand; undefined until then. */
export function useDetails(entities: readonly string[], claims: readonly string[]): Details | undefined {
  const { store } = usePage();
  const [found, setFound] = useState<{ key: string; details: Details | undefined }>();
  const key = `${entities.join()}|${claims.join()}`;
  useEffect(() => {
    let gone = false;
    if (!entities.length && !claims.length) return;
    void store.waitFor(store.supply.details({ entities, claims })).then((details) => {
      if (details) for (const [id, name] of Object.entries(details.names)) store.known.names.set(id, name);
      if (!gone) setFound({ key, details });
    });
    return () => { gone = true; };
  }, [key]);
  return found?.key === key ? found.details : undefined;
}
