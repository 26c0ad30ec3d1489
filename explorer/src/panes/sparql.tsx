import { useEffect, useRef, useState } from "preact/hooks";
import type { Example, Panel, Terms } from "../sparql/types";
import { address, get } from "../supply/served";
import { usePage } from "./context";

/** How many things of a result are drawn. */
const MOST = 300;

/** The panel for SPARQL: a script of its own, which is loaded when the panel is opened. */
export function SparqlPane() {
  const { store, actions } = usePage();
  const host = useRef<HTMLDivElement>(null);
  const [ready, setReady] = useState(false);

  useEffect(() => {
    let panel: Panel | null = null;
    let gone = false;
    void store.waitFor(parts()).then((found) => {
      if (gone || !found || !host.current || !window.keiretsuSparql) return;
      const [terms, examples] = found;
      const query = store.scene.value.query;
      panel = window.keiretsuSparql.mount(host.current, {
        query: query ?? "", endpoint: address("sparql").href, terms, examples, dark: isDark(),
        find: (text) => store.supply.find(text, 12),
        onQuery: (text) => store.turn({ query: text }),
        onGraph: (ids, claims) => void draw(ids, claims),
        onChoose: (sort, id) => {
          if (sort === "entity") void actions.open(id).then(() => store.turn({ pane: "sparql" }));
          else actions.choose({ sort: "claim", id });
        },
      });
      setReady(true);
      if (query) panel.run();
    });
    return () => {
      gone = true;
      panel?.close();
    };
  }, []);

  async function draw(ids: readonly string[], claims: readonly string[]): Promise<void> {
    const details = claims.length ? await store.waitFor(store.supply.details({ claims: claims.slice(0, MOST) })) : undefined;
    const about = Object.values(details?.claims ?? {}).flatMap((claim) => claim.about);
    await actions.show([...new Set([...ids, ...about])].slice(0, MOST), "showed the result of a query", { pane: "sparql" });
  }

  return (
    <>
      <h2>Ask in SPARQL</h2>
      {!ready && <p class="quiet">Reading …</p>}
      <div ref={host} />
    </>
  );
}

async function parts(): Promise<[Terms, Example[]]> {
  const found = await Promise.all([get<Terms>("explore/terms"), get<Example[]>("explore/queries"), script()]);
  return [found[0], found[1]];
}

let loading: Promise<void> | null = null;
function script(): Promise<void> {
  loading ??= new Promise((done, fail) => {
    const made = document.createElement("script");
    made.src = document.getElementById("app")?.dataset.sparql ?? "";
    made.onload = () => done();
    made.onerror = () => fail(new Error("the editor could not be loaded"));
    document.head.append(made);
  });
  return loading;
}

function isDark(): boolean {
  const { theme } = document.documentElement.dataset;
  return theme ? theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
}
