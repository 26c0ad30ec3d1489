// Everything as text: the ties in view and all claims, to be sorted and filtered, for those who cannot use the picture.
const COLUMNS = {
  ties: [["Subject", (r) => nodes.get(r.s).name], ["Tie", (r) => r.label], ["Object", (r) => nodes.get(r.o).name],
    ["Who says so", (r) => [...new Set(r.claims.map((id) => claims.get(id).who))].join("; ")],
    ["When", (r) => [...new Set(r.claims.map((id) => claims.get(id).when).filter(Boolean))].join("; ")],
    ["How sure", (r) => [r.factual ? "as a fact" : "only claimed", r.rule ? `derived (${r.rule})` : "", isDisputed(r) ? "disputed" : ""].filter(Boolean).join(", ")]],
  claims: [["Claim", (r) => r.text], ["In short", (r) => r.says], ["Who says so", (r) => r.who], ["When", (r) => r.when],
    ["Place", (r) => r.places.map((p) => p.at).join("; ")]],
};
const tableState = { kind: "ties", by: 0, down: false, filter: "" };
function showTable() {
  const box = pane("table");
  const kinds = el("p", {}, ...Object.keys(COLUMNS).map((kind) => el("button", { type: "button", "aria-pressed": String(tableState.kind === kind),
    onclick: () => { Object.assign(tableState, { kind, by: 0, down: false }); showTable(); } }, kind === "ties" ? "Ties in view" : "All claims")));
  const filter = el("input", { class: "filter", type: "search", placeholder: "Only rows with …", "aria-label": "Only rows with", value: tableState.filter });
  filter.addEventListener("input", () => { tableState.filter = filter.value; body(); });
  const table = el("table", {});
  const holder = el("div", { class: "scroll" }, table);
  box.replaceChildren(el("h2", {}, "Table"), kinds, filter, holder);
  function body() {
    const columns = COLUMNS[tableState.kind], wanted = fold(tableState.filter);
    const source = tableState.kind === "ties" ? drawnTies() : [...claims].map(([id, claim]) => ({ ...claim, claimId: id }));
    const rows = source.map((row) => ({ row, cells: columns.map(([, read]) => read(row)) }))
      .filter(({ cells }) => !wanted || fold(cells.join(" ")).includes(wanted))
      .sort((a, b) => a.cells[tableState.by].localeCompare(b.cells[tableState.by], undefined, { numeric: true }) * (tableState.down ? -1 : 1));
    const head = el("tr", {}, ...columns.map(([name], index) => el("th", { scope: "col", "aria-sort": tableState.by !== index ? "none" : tableState.down ? "descending" : "ascending" },
      el("button", { type: "button", onclick: () => { tableState.down = tableState.by === index && !tableState.down; tableState.by = index; body(); } },
        name + (tableState.by === index ? (tableState.down ? " ↓" : " ↑") : "")))));
    const open = ({ row }) => choose(row.claimId ? { node: row.of || row.about.find((id) => nodes.has(id)) } : { tie: row.id });
    const lines = rows.map((entry) => el("tr", {}, ...entry.cells.map((cell, index) =>
      el("td", {}, index === 0 ? el("button", { class: "link", type: "button", onclick: () => open(entry) }, cell) : cell))));
    table.replaceChildren(el("caption", { class: "hush" }, `${rows.length} rows`), el("thead", {}, head), el("tbody", {}, ...lines));
  }
  body();
}
