import { useState } from "preact/hooks";
import type { Details as Read, EntityDetail } from "../format";
import { claimsOf } from "../graph/passing";
import { titleOf } from "../share/view";
import { ClaimList, Dispute } from "./claims";
import { Figures } from "./charts";
import { usePage } from "./context";
import { Mark } from "./marks";
import { counted, WebLink } from "./names";
import { Neighbours } from "./neighbours";
import { useDetails } from "./reading";

const HEADINGS: Readonly<Record<string, string>> = { deal: "Deals", occurrence: "Events", observation: "Figures" };

/** All that is known of what is chosen: a thing, a tie, or one claim. */
export function Details() {
  const { store } = usePage();
  const { chosen } = store.scene.value;
  if (!chosen) return <Welcome />;
  if (chosen.sort === "entity") return <Entity id={chosen.id} key={chosen.id} />;
  return chosen.sort === "tie" ? <TieDetails id={chosen.id} key={chosen.id} /> : <ClaimDetails id={chosen.id} key={chosen.id} />;
}

function Welcome() {
  const { store } = usePage();
  return (
    <div class="welcome">
      <h2>{store.scene.value.view ? titleOf(store) : store.about.start.title || store.about.title}</h2>
      <p>Choose a thing or a tie in the picture: what is said of it, by whom, and where it can be read.</p>
      <dl class="keys">
        <div><dt><kbd>/</kbd></dt><dd>find a thing by any of its names</dd></div>
        <div><dt>double click, <kbd>Enter</kbd></dt><dd>add its foremost neighbours</dd></div>
        <div><dt>right click, <kbd>Shift F10</kbd></dt><dd>what else can be done with it</dd></div>
        <div><dt>drag, <kbd>P</kbd></dt><dd>put a thing somewhere, and keep it there</dd></div>
        <div><dt><kbd>Ctrl Z</kbd></dt><dd>take a step back</dd></div>
      </dl>
    </div>
  );
}

function Entity({ id }: { id: string }) {
  const { store, actions } = usePage();
  const details = useDetails([id], []);
  const entity = details?.entities[id];
  const name = entity?.name ?? store.known.name(id);
  const kind = store.about.kinds[entity?.kind ?? store.known.nodes.get(id)?.kind ?? 0];
  const { pinned, whole, shown } = store.scene.value;
  const inView = whole || shown.includes(id);
  return (
    <article class="entity">
      <p class="kind"><Mark family={kind?.family ?? "idea"} /> {kind?.label}</p>
      <h2>{name}</h2>
      {entity && <Names entity={entity} />}
      <p class="row does">
        {!inView && <button type="button" onClick={() => void actions.add([id], `added ${name}`)}>Bring into view</button>}
        {inView && !whole && <button type="button" onClick={() => void actions.expand(id)}>Expand</button>}
        {inView && !whole && <button type="button" onClick={() => actions.hide(id)}>Hide</button>}
        {inView && <button type="button" aria-pressed={pinned.has(id)} onClick={() => actions.pin(id)}>Pin</button>}
        <button type="button" onClick={() => store.turn({ pane: "ask", asked: { name: "path", given: { start: [id] } } })}>Path from here</button>
        {store.about.served && <a href={`../entity/${encodeURIComponent(id)}`}>Its page</a>}
      </p>
      <Neighbours id={id} />
      {details && entity ? <Claims entity={entity} details={details} /> : <p class="quiet">Reading …</p>}
    </article>
  );
}

function Names({ entity }: { entity: EntityDetail }) {
  return (
    <>
      {entity.description && <p>{entity.description}</p>}
      {entity.names.length > 0 && <p class="quiet small names-line">{entity.names.map(([text, language], at) => <span key={text} lang={language ?? undefined}>{at > 0 && " · "}{text}</span>)}</p>}
      {entity.identifiers.length > 0 && <p class="quiet small">{entity.identifiers.map(([scheme, value, url], at) => <span key={scheme + value}>{at > 0 && " · "}{scheme} <WebLink url={url} text={value} /></span>)}</p>}
    </>
  );
}

function Claims({ entity, details }: { entity: EntityDetail; details: Read }) {
  const { store } = usePage();
  const groups = byGroup(entity.claims, details);
  const open = details.conflicts.filter((conflict) => conflict.claims.some((id) => entity.claims.includes(id)));
  const dated = entity.claims.filter((id) => details.claims[id]?.day && details.claims[id]?.shape !== "observation");
  return (
    <>
      {groups.has("observation") && <section><h3>Figures</h3><Figures ids={groups.get("observation")!} details={details} /></section>}
      {open.length > 0 && <Fold title={counted(open.length, "conflict")}>{open.map((conflict) => <Dispute key={conflict.id} conflict={conflict} details={details} />)}</Fold>}
      {dated.length > 1 && <Fold title={`Timeline · ${dated.length}`}><Timeline ids={dated} details={details} /></Fold>}
      {[...groups].map(([group, ids]) => {
        const label = HEADINGS[group] ?? store.about.groups.find(([name]) => name === group)?.[1] ?? group;
        return <Fold key={group} title={`${label} · ${ids.length}`} open={groups.size < 3 || (group !== "observation" && ids.length <= 12)}><ClaimList ids={ids} details={details} /></Fold>;
      })}
    </>
  );
}

function Fold({ title, open = false, children }: { title: string; open?: boolean; children: preact.ComponentChildren }) {
  const [shown, setShown] = useState(open);
  return (
    <details class="fold" open={shown} onToggle={(event) => setShown(event.currentTarget.open)}>
      <summary><h3>{title}</h3></summary>
      {shown && children}
    </details>
  );
}

function byGroup(ids: readonly string[], details: Read): Map<string, string[]> {
  const { about } = usePage().store;
  const order = [...about.groups.map(([name]) => name), "deal", "occurrence", "observation"];
  const found = new Map<string, string[]>(order.map((name) => [name, []]));
  for (const id of ids) {
    const claim = details.claims[id];
    if (claim) (found.get(claim.group) ?? found.set(claim.group, []).get(claim.group)!).push(id);
  }
  for (const [name, list] of found) if (!list.length) found.delete(name);
  for (const list of found.values()) list.sort((one, two) => (details.claims[two]!.day ?? "").localeCompare(details.claims[one]!.day ?? "") || (one < two ? -1 : 1));
  return found;
}

function Timeline({ ids, details }: { ids: readonly string[]; details: Read }) {
  const { actions } = usePage();
  const order = [...ids].sort((one, two) => details.claims[one]!.day!.localeCompare(details.claims[two]!.day!) || (one < two ? -1 : 1));
  let year = "";
  return (
    <ol class="timeline">
      {order.map((id) => {
        const claim = details.claims[id]!;
        const next = claim.day!.slice(0, 4);
        const fresh = next !== year;
        year = next;
        return (
          <li key={id} class={claim.factual ? "" : "unsure"}>
            <span class="year">{fresh ? next : ""}</span>
            <time dateTime={claim.day!}>{claim.day!.slice(5)}</time>
            <button type="button" class="link" onClick={() => actions.choose({ sort: "claim", id })}>{claim.text}</button>
          </li>
        );
      })}
    </ol>
  );
}

function TieDetails({ id }: { id: string }) {
  const { store, actions } = usePage();
  store.grown.value;
  const edge = store.known.edges.get(id);
  const claims = edge ? claimsOf(edge.ties).map((claim) => claim.id) : [];
  const details = useDetails([], claims);
  if (!edge) return <p class="quiet">That tie is not known here.</p>;
  const others = edge.subject.edges.filter((other) => other !== edge && (other.object === edge.object || other.subject === edge.object));
  const rules = [...new Set(edge.ties.map((tie) => tie.rule).filter((rule) => rule !== null))];
  return (
    <article class="tie">
      <p class="kind">tie · {counted(claims.length, "claim")}</p>
      <h2>
        <button type="button" class="link" onClick={() => void actions.open(edge.subject.id)}>{edge.subject.name}</button>
        {` ${store.about.relations[edge.relation]!.label} `}
        <button type="button" class="link" onClick={() => void actions.open(edge.object.id)}>{edge.object.name}</button>
      </h2>
      {rules.map((rule) => <p key={rule} class="quiet small">Follows by the rule “{rule}”: {store.about.rules.find(([name]) => name === rule)?.[1]}</p>)}
      {details ? <TieEvidence claims={claims} details={details} /> : <p class="quiet">Reading …</p>}
      {others.length > 0 && (
        <section>
          <h3>Also between the two</h3>
          <ul class="also">{others.map((other) => <li key={other.key}><button type="button" class="link" onClick={() => actions.choose({ sort: "tie", id: other.key })}>{actions.edgeWords(other)}</button></li>)}</ul>
        </section>
      )}
    </article>
  );
}

function TieEvidence({ claims, details }: { claims: readonly string[]; details: Read }) {
  const disputes = details.conflicts.filter((conflict) => conflict.claims.some((side) => claims.includes(side)));
  return (
    <>
      {disputes.length > 0 && <section><h3>Where claims disagree</h3>{disputes.map((conflict) => <Dispute key={conflict.id} conflict={conflict} details={details} />)}</section>}
      <section><h3>Who says so</h3><ClaimList ids={claims} details={details} first={20} open /></section>
    </>
  );
}

function ClaimDetails({ id }: { id: string }) {
  const details = useDetails([], [id]);
  if (!details) return <p class="quiet">Reading …</p>;
  const claim = details.claims[id];
  if (!claim) return <p class="quiet">That claim is not known here.</p>;
  const disputes = details.conflicts.filter((conflict) => conflict.claims.includes(id));
  return (
    <article class="one-claim">
      <p class="kind">claim · {claim.shape}</p>
      <h2>{claim.says}</h2>
      <ClaimList ids={[id]} details={details} open />
      {disputes.map((conflict) => <Dispute key={conflict.id} conflict={conflict} details={details} />)}
    </article>
  );
}
