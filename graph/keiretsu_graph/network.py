"""A view as a networkx graph, for the analyst's own algorithms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keiretsu_graph.derive import order
from keiretsu_graph.disputes import disputed
from keiretsu_graph.view import ClaimFilter, TieFilter, View
from keiretsu_ontology.claims import AnyClaim, Tie

if TYPE_CHECKING:
    import networkx as nx

    Network = nx.MultiDiGraph[str]

EVERY = TieFilter(factual=None)


def to_networkx(view: View, where: TieFilter = EVERY) -> Network:
    """Return a graph whose nodes are entities and whose edges are ties, each with the claims that it rests on.

    Args:
        view: The graph.
        where: Which ties are wanted; by default all, and `factual` on the edge says which may be read as facts.

    Returns:
        A MultiDiGraph. Nodes are ids with `name`, `kind` and `family`. Edges run from subject to object, keyed by
        relation, rule and claims, with `relation`, `rule` ("" where stated), `factual`, `disputed` (a claim of it is
        a side of an open conflict), `claims`, `speakers`, `modalities` and `sources` (each texts joined by a space,
        so that every format can hold them), `says` and `since` and `until` (ISO days or ""). Entities without ties
        are nodes too.
    """
    import networkx as nx

    network: Network = nx.MultiDiGraph()
    for entity in view.all_entities():
        network.add_node(entity.id, name=entity.name, kind=entity.kind, family=entity.family)
    claims = {claim.id: claim for claim in view.claims(ClaimFilter())}
    in_dispute = disputed(view.conflicts(), claims)
    for tie in sorted(view.ties(where), key=order):
        rests = [claims[claim] for claim in tie.claims]
        key = " ".join([tie.relation, tie.rule or "", *tie.claims])
        network.add_edge(tie.subject, tie.object, key=key, **_attributes(tie, rests, in_dispute))
    return network


def _attributes(tie: Tie, rests: list[AnyClaim], in_dispute: frozenset[str]) -> dict[str, str | bool]:
    starts = [claim.held.start.earliest for claim in rests if claim.held.start and claim.held.start.earliest]
    ends = [claim.held.end.latest for claim in rests if claim.held.end and claim.held.end.latest]
    return {
        "relation": tie.relation,
        "rule": tie.rule or "",
        "factual": tie.factual,
        "disputed": not in_dispute.isdisjoint(tie.claims),
        "claims": " ".join(tie.claims),
        "speakers": " ".join(sorted({claim.speaker for claim in rests})),
        "modalities": " ".join(sorted({claim.modality for claim in rests})),
        "sources": " ".join(sorted({claim.source for claim in rests})),
        "says": " ".join(claim.text for claim in rests),
        "since": str(max(starts)) if starts else "",
        "until": str(min(ends)) if ends else "",
    }
