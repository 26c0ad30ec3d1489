import { useState } from "preact/hooks";
import type { ClaimDetail, Conflict, Details, Place, Source } from "../format";
import { usePage } from "./context";
import { counted, Thing, WebLink } from "./names";

/** One claim: what is said, who says so, how, when it held, when it was published, and where it stands. */
export function Claim({ id, details, open = false }: { id: string; details: Details; open?: boolean }) {
  const { actions, store } = usePage();
  const claim = details.claims[id];
  if (!claim) return null;
  const chosen = store.scene.value.chosen;
  const conflicts = details.conflicts.filter((conflict) => conflict.claims.includes(id));
  const disputed = conflicts.some((conflict) => conflict.standing === "open");
  return (
    <li class={`claim${claim.factual ? "" : " unsure"}${chosen?.sort === "claim" && chosen.id === id ? " chosen" : ""}`} data-claim={claim.key}>
      <p class="text">{claim.text}</p>
      <p class="who">
        <span class="speaker">{claim.who}</span>
        <Modality claim={claim} />
        {claim.rank !== "normal" && <span class="badge" title={claim.why ?? ""}>{claim.rank}</span>}
        {disputed && <span class="badge warn">disputed</span>}
      </p>
      <dl class="clocks">
        {claim.when && <div><dt>held</dt><dd>{claim.when}</dd></div>}
        {claim.published && <div><dt>published</dt><dd>{claim.published}</dd></div>}
      </dl>
      <Evidence claim={claim} sources={details.sources} />
      {open ? <Named claim={claim} details={details} /> : (
        <p class="more"><button type="button" class="link small" onClick={() => actions.choose({ sort: "claim", id })} aria-label={`Open the claim ${claim.key}`}>{claim.key}</button></p>
      )}
    </li>
  );
}

function Modality({ claim }: { claim: ClaimDetail }) {
  const { store } = usePage();
  const meaning = store.about.modalities.find(([name]) => name === claim.modality)?.[1];
  return <span class={`badge${claim.factual ? "" : " dashed"}`} title={meaning}>{claim.modality}</span>;
}

/** The places that a claim was read at, with their words where those are at hand. */
export function Evidence({ claim, sources }: { claim: ClaimDetail; sources: Record<string, Source> }) {
  const places: Place[] = claim.places.length ? claim.places : [{ source: claim.source, at: "the source as a whole", words: null }];
  return (
    <ul class="places">
      {places.map((place) => (
        <li key={`${place.source} ${place.at}`}>
          {place.words && <blockquote>{place.words}</blockquote>}
          <SourceLine source={sources[place.source]} id={place.source} />
          <span class="quiet"> · {place.at}</span>
        </li>
      ))}
    </ul>
  );
}

export function SourceLine({ source, id }: { source: Source | undefined; id: string }) {
  if (!source) return <>{id}</>;
  const told = [source.publisher, source.published].filter(Boolean).join(", ");
  return <span class="source"><WebLink url={source.url} text={source.title} />{told && <span class="quiet"> {told}</span>}</span>;
}

function Named({ claim, details }: { claim: ClaimDetail; details: Details }) {
  return (
    <p class="named">
      <span class="quiet">about </span>
      {claim.about.map((id, index) => <span key={id}>{index > 0 && ", "}<Thing id={id} name={details.names[id]} /></span>)}
      {claim.restates && <span class="quiet"> · says again {claim.restates}</span>}
      <span class="quiet"> · {claim.key}</span>
    </p>
  );
}

/** Claims under a heading, the first few at once. */
export function ClaimList({ ids, details, first = 6, open = false }: { ids: readonly string[]; details: Details; first?: number; open?: boolean }) {
  const [all, setAll] = useState(false);
  const shown = all ? ids : ids.slice(0, first);
  return (
    <>
      <ul class="claims">{shown.map((id) => <Claim key={id} id={id} details={details} open={open} />)}</ul>
      {shown.length < ids.length && <button type="button" onClick={() => setAll(true)}>Show {counted(ids.length - shown.length, "more claim")}</button>}
    </>
  );
}

/** Claims that disagree, side by side. */
export function Dispute({ conflict, details }: { conflict: Conflict; details: Details }) {
  return (
    <section class={`dispute ${conflict.standing === "open" ? "open" : "settled"}`} data-conflict={conflict.id}>
      <p><strong>{conflict.why}</strong> <span class={`badge${conflict.standing === "open" ? " warn" : ""}`}>{conflict.standing}</span></p>
      {conflict.note && <p class="quiet small">{conflict.note}</p>}
      <ul class="sides">{conflict.claims.map((id) => <Claim key={id} id={id} details={details} />)}</ul>
    </section>
  );
}
