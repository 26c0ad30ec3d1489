import { useEffect, useState } from "preact/hooks";
import type { Tally } from "../format";
import { STEP } from "../state/actions";
import { usePage } from "./context";
import { Mark } from "./marks";
import { counted } from "./names";

/** Neighbours by relation with their counts: tick what is to come into view, the most tied stand first. */
export function Neighbours({ id }: { id: string }) {
  const { store, actions } = usePage();
  const [tallies, setTallies] = useState<Tally[] | null>(null);
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set());
  useEffect(() => {
    let gone = false;
    setTallies(null);
    setTicked(new Set());
    void store.waitFor(store.supply.tally(id)).then((found) => { if (!gone) setTallies(found ?? []); });
    return () => { gone = true; };
  }, [id]);
  if (!tallies?.length) return tallies ? <p class="quiet">Nothing is tied to it.</p> : null;
  const { whole } = store.scene.value;
  const shown = store.drawn.value.nodes;
  const tick = (ids: readonly string[], on: boolean): void => {
    const next = new Set(ticked);
    for (const one of ids) if (on) next.add(one); else next.delete(one);
    setTicked(next);
  };
  return (
    <section class="neighbours" aria-label="Neighbours">
      <h3>Neighbours</h3>
      {tallies.map((tally) => <Group key={`${tally.relation} ${tally.outward}`} tally={tally} ticked={ticked} tick={tick} inView={(other) => shown.has(other)} />)}
      {!whole && (
        <p class="row adds">
          <button type="button" class="primary" disabled={!ticked.size} onClick={() => { void actions.add([...ticked], `added ${counted(ticked.size, "neighbour")} of ${store.known.name(id)}`); setTicked(new Set()); }}>
            {ticked.size ? `Add ${ticked.size} ticked` : "Add ticked"}
          </button>
          <button type="button" onClick={() => void actions.expand(id)}>Add the first {STEP}</button>
        </p>
      )}
    </section>
  );
}

interface GroupGiven { tally: Tally; ticked: ReadonlySet<string>; tick: (ids: readonly string[], on: boolean) => void; inView: (id: string) => boolean }

function Group({ tally, ticked, tick, inView }: GroupGiven) {
  const { store } = usePage();
  const [most, setMost] = useState(STEP);
  const relation = store.about.relations[tally.relation]!;
  const label = tally.outward ? relation.label : relation.inverse;
  const hidden = store.scene.value.off.has(`group:${relation.group}`) || store.scene.value.off.has(`relation:${relation.id}`);
  const fresh = tally.top.filter(([other]) => !inView(other)).map(([other]) => other);
  const here = tally.top.length - fresh.length;
  const all = fresh.length > 0 && fresh.slice(0, most).every((other) => ticked.has(other));
  return (
    <details class="group">
      <summary>
        <span class="label">{label}</span>
        <span class="count">{here ? `${here.toLocaleString("en")} of ` : ""}{tally.count.toLocaleString("en")}{hidden ? " · filtered out" : ""}</span>
      </summary>
      {fresh.length > 1 && (
        <label class="tick all"><input type="checkbox" checked={all} onChange={() => tick(fresh.slice(0, most), !all)} /> the first {Math.min(most, fresh.length)} that are not in view</label>
      )}
      <ul>
        {tally.top.slice(0, most).map(([other, name, kind, ties]) => (
          <li key={other}>
            <label class="tick">
              <input type="checkbox" checked={inView(other) || ticked.has(other)} disabled={inView(other)} onChange={(event) => tick([other], event.currentTarget.checked)} />
              <Mark family={store.about.kinds[kind]?.family ?? "idea"} />
              <span class="name">{name}</span>
              <span class="quiet">{inView(other) ? "in view" : counted(ties, "tie")}</span>
            </label>
          </li>
        ))}
      </ul>
      {tally.count > most && (
        most < tally.top.length
          ? <button type="button" class="link small" onClick={() => setMost(most + 25)}>+{(tally.count - most).toLocaleString("en")} more</button>
          : <p class="quiet small">+{(tally.count - Math.min(most, tally.top.length)).toLocaleString("en")} more; find them by name above</p>
      )}
    </details>
  );
}
