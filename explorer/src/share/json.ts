import type { Details } from "../format";
import { claimsInView, edgeLines, nodeLines } from "../panes/rows";
import type { Store } from "../state/store";
import { addressOf } from "./view";

/** The view as JSON: things, ties and the claims that those rest on, by their ids, and the address that shows it again. */
export function viewJson(store: Store, title: string, details: Details): string {
  const { about, known, scene } = store;
  const { asOf, knownBy } = scene.value;
  const named = (id: string): { id: string; name: string } => ({ id, name: details.names[id] ?? known.name(id) });
  const claims = claimsInView(store);
  const view = {
    title, graph: about.name, digest: about.digest, version: about.version, address: `#${addressOf(store)}`, as_of: asOf, known_by: knownBy,
    things: nodeLines(store).map(({ drawn: { node, x, y }, kind }) => ({ id: node.id, name: node.name, kind, family: node.family, ties: node.ties, x, y })),
    ties: edgeLines(store).map(({ drawn: { edge, disputed }, relation, claims: rests }) => ({
      subject: edge.subject.id, relation: about.relations[edge.relation]!.id, label: relation, object: edge.object.id,
      disputed, claims: rests.map((claim) => claim.id),
    })),
    claims: claims.map((claim) => {
      const told = details.claims[claim.id];
      return {
        id: claim.id, key: told?.key ?? null, text: told?.text ?? null, speaker: named(claim.speaker), modality: claim.modality, roles: claim.roles,
        factual: claim.factual, disputed: claim.disputed, from: claim.from, until: claim.until, known: claim.known,
        held: told?.when || null, published: told?.published || null, source: claim.source, evidence: told?.places ?? [],
      };
    }),
    sources: Object.fromEntries([...new Set(claims.map((claim) => claim.source))].sort().map((id) => [id, details.sources[id] ?? { title: known.name(id) }])),
  };
  return `${JSON.stringify(view, null, 2)}\n`;
}
