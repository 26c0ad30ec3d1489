import type { ComponentChildren } from "preact";
import { Ask } from "./ask";
import type { Pane } from "../state/scene";
import { usePage } from "./context";
import { ConflictsPane } from "./conflicts";
import { Details } from "./details";
import { EvidencePane } from "./evidence";
import { SharePane } from "./share";
import { SparqlPane } from "./sparql";
import { TablePane } from "./table";

interface Tab { readonly pane: Pane; readonly label: string; readonly view: () => ComponentChildren; readonly served?: boolean }

/** The panes of the panel, in the order of their tabs. A pane joins by a line here. */
const TABS: readonly Tab[] = [
  { pane: "details", label: "Details", view: () => <Details /> },
  { pane: "ask", label: "Ask", view: () => <Ask /> },
  { pane: "table", label: "Table", view: () => <TablePane /> },
  { pane: "evidence", label: "Evidence", view: () => <EvidencePane /> },
  { pane: "conflicts", label: "Conflicts", view: () => <ConflictsPane /> },
  { pane: "sparql", label: "SPARQL", view: () => <SparqlPane />, served: true },
  { pane: "share", label: "Share", view: () => <SharePane /> },
];

export function Panel() {
  const { store } = usePage();
  const tabs = TABS.filter((tab) => !tab.served || store.about.served);
  const scene = store.scene.value;
  const at = Math.max(0, tabs.findIndex((tab) => tab.pane === scene.pane));
  const go = (index: number): void => {
    const { pane } = tabs[(index + tabs.length) % tabs.length]!;
    store.turn({ pane });
    document.getElementById(`tab-${pane}`)?.focus();
  };
  return (
    <aside class="panel" aria-label="What is known">
      <div class="tabs" role="tablist" aria-label="Panes">
        {tabs.map(({ pane, label }, index) => (
          <button
            key={pane} id={`tab-${pane}`} type="button" role="tab" aria-selected={index === at} aria-controls="pane" tabIndex={index === at ? 0 : -1}
            onClick={() => store.turn({ pane })}
            onKeyDown={(event) => {
              if (event.key === "ArrowRight") go(index + 1);
              else if (event.key === "ArrowLeft") go(index - 1);
              else if (event.key === "Home") go(0);
              else if (event.key === "End") go(tabs.length - 1);
            }}
          >{label}</button>
        ))}
      </div>
      <div class="pane" id="pane" role="tabpanel" tabIndex={0} aria-labelledby={`tab-${tabs[at]!.pane}`} data-pane={tabs[at]!.pane} key={tabs[at]!.pane}>
        {tabs[at]!.view()}
      </div>
    </aside>
  );
}
