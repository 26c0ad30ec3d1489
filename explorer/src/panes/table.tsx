import { useMemo, useState } from "preact/hooks";
import type { Claim } from "../graph/known";
import { usePage } from "./context";
import { Thing } from "./names";
import { useDetails } from "./reading";
import { claimsInView, edgeColumns, edgeLines, nodeColumns, nodeLines } from "./rows";
import { type Column, Sheet } from "./sheet";

type Which = "things" | "ties" | "claims";
const WHICH: readonly (readonly [Which, string])[] = [["things", "Things"], ["ties", "Ties"], ["claims", "Claims"]];

/** Everything that is drawn, as tables. */
export function TablePane() {
  const [which, setWhich] = useState<Which>("ties");
  return (
    <>
      <h2>In view, as a table</h2>
      <div class="row choices" role="group" aria-label="Which table">
        {WHICH.map(([name, label]) => <button key={name} type="button" aria-pressed={which === name} onClick={() => setWhich(name)}>{label}</button>)}
      </div>
      {which === "things" ? <Things /> : which === "ties" ? <Ties /> : <Claims />}
    </>
  );
}

function Things() {
  const { store, actions } = usePage();
  const rows = nodeLines(store);
  const columns = useMemo(() => {
    const [name, ...rest] = nodeColumns();
    return [{ ...name!, cell: (row: (typeof rows)[number]) => <button type="button" class="link" onClick={() => { actions.choose({ sort: "entity", id: row.drawn.node.id }); actions.picture?.fly(row.drawn.node.id); }}>{row.drawn.node.name}</button> }, ...rest];
  }, []);
  return <Sheet caption="Things in view" rows={rows} columns={columns} id={(row) => row.drawn.node.id} chosen={(row) => row.drawn.chosen} />;
}

function Ties() {
  const { store, actions } = usePage();
  const rows = edgeLines(store);
  const columns = useMemo(() => edgeColumns(store.known).map((column): typeof column => column.label === "Tie"
    ? { ...column, cell: (row) => <button type="button" class="link" onClick={() => { actions.choose({ sort: "tie", id: row.drawn.edge.key }); store.turn({ pane: "details" }); }}>{row.relation}</button> }
    : column.label === "Subject" ? { ...column, cell: (row) => <Thing id={row.drawn.edge.subject.id} name={row.drawn.edge.subject.name} /> }
    : column.label === "Object" ? { ...column, cell: (row) => <Thing id={row.drawn.edge.object.id} name={row.drawn.edge.object.name} /> }
    : column), []);
  return <Sheet caption="Ties in view" rows={rows} columns={columns} id={(row) => row.drawn.edge.key} chosen={(row) => row.drawn.chosen} />;
}

function Claims() {
  const { store, actions } = usePage();
  const rows = claimsInView(store);
  const details = useDetails([], rows.map((claim) => claim.id).sort());
  const columns = useMemo((): Column<Claim>[] => [
    { label: "Claim", value: (row) => details?.claims[row.id]?.text ?? "…", cell: (row) => <button type="button" class="link" onClick={() => { actions.choose({ sort: "claim", id: row.id }); store.turn({ pane: "details" }); }}>{details?.claims[row.id]?.text ?? "…"}</button> },
    { label: "Who says so", value: (row) => details?.claims[row.id]?.who ?? store.known.name(row.speaker) },
    { label: "Modality", value: (row) => row.modality },
    { label: "Held", value: (row) => details?.claims[row.id]?.when ?? row.from ?? "" },
    { label: "Published", value: (row) => details?.claims[row.id]?.published ?? row.known ?? "" },
    { label: "Source", value: (row) => store.known.name(row.source) },
  ], [details]);
  return <Sheet caption="Claims that the ties in view rest on" rows={rows} columns={columns} id={(row) => row.id} />;
}
