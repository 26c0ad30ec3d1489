import { useState } from "preact/hooks";
import { usePage } from "./context";
import { useLate } from "./late";
import { Mark } from "./marks";
import { counted } from "./names";

interface Row { readonly name: string; readonly label: string; readonly hint?: string; readonly sign?: preact.ComponentChild; readonly parts?: readonly Row[] }

const MANNERS: readonly Row[] = [
  { name: "manner:stated", label: "said outright", sign: <Line /> },
  { name: "manner:derived", label: "follows by a rule", hint: "from one claim: that a deal makes partners, say", sign: <Line /> },
  { name: "manner:several", label: "from several claims", hint: "from several claims together: what a unit does its group does", sign: <Line /> },
];
const DISPUTES: readonly Row[] = [
  { name: "dispute:disputed", label: "disputed", sign: <Line kind="disputed" /> },
  { name: "dispute:undisputed", label: "not disputed", sign: <Line /> },
];
const FIRST = 8;

/** The legend, once the picture stands. */
export function Filter() {
  return useLate() ? <Legend /> : <nav class="filter" aria-label="Legend and filter" />;
}

/** The legend, which is the filter: what it names is drawn so, and a tick taken away takes it out of the picture. */
function Legend() {
  const { store } = usePage();
  const { about, known } = store;
  const { counts } = store.facets.value;
  const ranked = (prefix: string): Row[] =>
    [...counts].filter(([name]) => name.startsWith(prefix)).sort((one, two) => two[1] - one[1] || (one[0] < two[0] ? -1 : 1))
      .map(([name]) => ({ name, label: known.name(name.slice(prefix.length)) }));
  const families = about.families.map(([id, label]): Row => ({
    name: `family:${id}`, label, sign: <Mark family={id} />,
    parts: about.kinds.filter((kind) => kind.family === id).map((kind) => ({ name: `kind:${kind.id}`, label: kind.many })),
  }));
  if (store.scene.value.whole) families.push({ name: "tied:alone", label: "without a tie", hint: "things that nothing in the picture is tied to" });
  const groups = about.groups.map(([id, label]): Row => ({
    name: `group:${id}`, label,
    parts: about.relations.filter((relation) => relation.group === id).map((relation) => ({ name: `relation:${relation.id}`, label: relation.label })),
  }));
  const modalities = about.modalities.map(([id, hint]): Row => ({ name: `modality:${id}`, label: id, hint, sign: <Line kind={id === "reported" || id === "stated" ? "" : "dashed"} /> }));
  const roles = about.roles.map(([id, label]): Row => ({ name: `role:${id}`, label }));
  const [open, setOpen] = useState(() => !matchMedia("(max-width: 1080px)").matches);
  const off = [...store.scene.value.off].filter((name) => counts.has(name)).length;
  return (
    <nav class="filter" aria-label="Legend and filter">
      <details open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>Legend and filter{off > 0 && <span class="quiet"> · {off} off</span>}</summary>
        <div class="facets">
          <Facet title="Things" rows={families} />
          <Facet title="Ties" rows={groups} />
          <Facet title="Width" rows={[]}><p class="small widths"><span><Line kind="thin" /> one source</span> <span><Line kind="thick" /> several</span></p></Facet>
          <Facet title="How it is known" rows={MANNERS} />
          <Facet title="Modality" rows={modalities} />
          <Facet title="Disputes" rows={DISPUTES} />
          <Facet title="Roles" rows={roles} folded />
          <Facet title="Speakers" rows={ranked("speaker:")} folded />
          <Facet title="Sources" rows={ranked("source:")} folded />
        </div>
      </details>
    </nav>
  );
}

function Facet({ title, rows, folded = false, children }: { title: string; rows: readonly Row[]; folded?: boolean; children?: preact.ComponentChildren }) {
  const { store } = usePage();
  const [most, setMost] = useState(FIRST);
  const { counts } = store.facets.value;
  const there = rows.filter((row) => counts.has(row.name));
  if (!there.length && !children) return null;
  const body = (
    <>
      <ul>{there.slice(0, most).map((row) => <FacetRow key={row.name} row={row} beside={there} />)}</ul>
      {there.length > most && <button type="button" class="link small" onClick={() => setMost(most + 30)}>+{there.length - most} more</button>}
      {children}
    </>
  );
  if (folded) return <details class="facet"><summary><h2>{title} <span class="quiet">{there.length}</span></h2></summary>{body}</details>;
  return <section class="facet"><h2>{title}</h2>{body}</section>;
}

function FacetRow({ row, beside, inner = false }: { row: Row; beside: readonly Row[]; inner?: boolean }) {
  const { store, actions } = usePage();
  const [open, setOpen] = useState(false);
  const { counts } = store.facets.value;
  const { off } = store.scene.value;
  const on = !off.has(row.name);
  const parts = row.parts?.filter((part) => counts.has(part.name)) ?? [];
  const only = (): void => {
    const others = beside.filter((other) => other !== row).map((other) => other.name);
    const alone = on && others.every((name) => off.has(name));
    const next = new Set(off);
    for (const name of others) if (alone) next.delete(name); else next.add(name);
    next.delete(row.name);
    store.act(alone ? "showed all again" : `showed only ${row.label}`, { off: next });
  };
  return (
    <li>
      <div class="facet-row">
        <label title={row.hint}>
          <input type="checkbox" checked={on} onChange={() => actions.filter([row.name], !on, row.label)} />
          {row.sign}
          <span class="name">{row.label}</span>
        </label>
        {beside.length > 1 && <button type="button" class="only" onClick={only} aria-label={`Only ${row.label}`}>only</button>}
        {parts.length > 1 && <button type="button" class="unfold" aria-expanded={open} aria-label={`${open ? "Fold" : "Unfold"} ${row.label}`} onClick={() => setOpen(!open)}>{open ? "▾" : "▸"}</button>}
        <span class="count" aria-label={counted(counts.get(row.name) ?? 0, "one", "of them")}>{(counts.get(row.name) ?? 0).toLocaleString("en")}</span>
      </div>
      {open && !inner && <ul class="parts">{parts.map((part) => <FacetRow key={part.name} row={part} beside={parts} inner />)}</ul>}
    </li>
  );
}

/** How a tie is drawn. */
export function Line({ kind = "" }: { kind?: "" | "dashed" | "disputed" | "thin" | "thick" }) {
  if (kind === "disputed") {
    return <svg class="line" viewBox="0 0 22 10" aria-hidden="true"><path d="M0 3.4H22M0 6.6H22" stroke="var(--warn)" stroke-width="1.2" /></svg>;
  }
  return <svg class="line" viewBox="0 0 22 10" aria-hidden="true"><path d="M0 5H22" stroke="var(--tie)" stroke-width={kind === "thick" ? 3.2 : kind === "thin" ? 1.1 : 1.6} stroke-dasharray={kind === "dashed" ? "5 4" : undefined} /></svg>;
}
