import { useEffect, useState } from "preact/hooks";
import type { Details, Told } from "../format";
import { Dispute } from "./claims";
import { usePage } from "./context";
import { counted } from "./names";
import { useDetails } from "./reading";

/** Where claims disagree: of what is in view, or all that is known. */
export function ConflictsPane() {
  const { store } = usePage();
  const [everywhere, setEverywhere] = useState(false);
  const [told, setTold] = useState<Told>();
  const ids = [...store.drawn.value.nodes.keys()].slice(0, 300);
  const near = useDetails(everywhere ? [] : ids, []);
  const all = useDetails([], everywhere && told ? told.claims : []);
  useEffect(() => {
    if (everywhere && !told) void store.waitFor(store.supply.ask("conflicts", {})).then((found) => found && setTold(found));
  }, [everywhere]);
  const details = everywhere ? all : near;
  const found = details ? wanted(details) : [];
  return (
    <>
      <h2>Where claims disagree</h2>
      <div class="row choices" role="group" aria-label="Where">
        <button type="button" aria-pressed={!everywhere} onClick={() => setEverywhere(false)}>About what is in view</button>
        <button type="button" aria-pressed={everywhere} onClick={() => setEverywhere(true)}>Everywhere</button>
      </div>
      {details ? <p class="quiet">{counted(found.length, "conflict")}, {found.filter((conflict) => conflict.standing === "open").length} of them open.</p> : <p class="quiet">Reading …</p>}
      {everywhere && details && <p class="quiet small">Those that are settled or explained stand with the things that they are about, as in `keiretsu conflicts`.</p>}
      {found.map((conflict) => <Dispute key={conflict.id} conflict={conflict} details={details!} />)}
    </>
  );
}

function wanted(details: Details): Details["conflicts"] {
  return [...details.conflicts].sort((one, two) => Number(two.standing === "open") - Number(one.standing === "open") || (one.id < two.id ? -1 : 1));
}
