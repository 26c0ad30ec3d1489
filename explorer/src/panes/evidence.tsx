import type { ClaimDetail, Details } from "../format";
import { print } from "../share/printing";
import { usePage } from "./context";
import { SourceLine } from "./claims";
import { counted } from "./names";
import { useDetails } from "./reading";
import { claimsInView } from "./rows";

/** Everything that the view rests on, by source: to be read through, and to be printed. */
export function EvidencePane() {
  const { store, actions } = usePage();
  const claims = claimsInView(store);
  const details = useDetails([], claims.map((claim) => claim.id).sort());
  return (
    <article class="evidence">
      <h2>What the view rests on</h2>
      <p class="quiet">{counted(claims.length, "claim")} of {counted(new Set(claims.map((claim) => claim.source)).size, "source")}, for {counted(store.drawn.value.edges.size, "tie")} in view.</p>
      <p class="row unprinted"><button type="button" disabled={store.printed.value !== null} onClick={() => void print(store, actions)}>Print</button></p>
      {details && <Sources ids={claims.map((claim) => claim.id)} details={details} onOpen={(id) => { actions.choose({ sort: "claim", id }); store.turn({ pane: "details" }); }} />}
      {!claims.length && <p class="quiet">No tie is in view.</p>}
      {claims.length > 0 && !details && <p class="quiet">Reading …</p>}
    </article>
  );
}

/** Claims under the sources that they stand in; on paper nothing can be opened. */
export function Sources({ ids: wanted, details, onOpen }: { ids: readonly string[]; details: Details; onOpen?: (id: string) => void }) {
  return (
    <>
      {bySource(wanted, details).map(([source, ids]) => (
        <section key={source}>
          <h3><SourceLine source={details.sources[source]} id={source} /></h3>
          <ul>
            {ids.map((id) => {
              const claim = details.claims[id]!;
              return (
                <li key={id}>
                  {onOpen ? <button type="button" class="link" onClick={() => onOpen(id)}>{claim.text}</button> : <p>{claim.text}</p>}
                  <p class="small quiet">{said(claim)}</p>
                  {claim.places.filter((place) => place.source === source).map((place) => place.words
                    ? <blockquote key={place.at}>{place.words}</blockquote>
                    : <p key={place.at} class="small quiet">{place.at}</p>)}
                </li>
              );
            })}
          </ul>
        </section>
      ))}
    </>
  );
}

const said = (claim: ClaimDetail): string => [claim.who, claim.modality, claim.when, claim.key].filter(Boolean).join(" · ");

function bySource(ids: readonly string[], details: Details): [string, string[]][] {
  const found = new Map<string, string[]>();
  for (const id of ids) {
    const claim = details.claims[id];
    if (!claim) continue;
    const sources = new Set([claim.source, ...claim.places.map((place) => place.source)]);
    for (const source of sources) found.set(source, [...(found.get(source) ?? []), id]);
  }
  return [...found].sort((one, two) => two[1].length - one[1].length || (one[0] < two[0] ? -1 : 1));
}
