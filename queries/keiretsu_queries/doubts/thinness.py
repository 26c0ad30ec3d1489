"""Where a whole graph is thin: what is usual of a kind of thing, and of how many it is not known."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from keiretsu_graph.view import View
from keiretsu_ontology.claims import AnyClaim
from keiretsu_ontology.entities import KINDS, Entity
from keiretsu_queries.base import Clocks
from keiretsu_queries.doubts.expectations import expected_of
from keiretsu_queries.doubts.features import Feature, Known, feature_words
from keiretsu_queries.doubts.peers import having, told_of, usual


class Thin(NamedTuple):
    """Something that should be, or usually is, known of a kind of thing, and often is not."""

    kind: str  # its label
    words: str
    known_of: int
    of: int
    lacks: Entity  # the best documented thing of which it is not known


def thin_spots(view: View, clocks: Clocks, least: int) -> tuple[list[Thin], list[AnyClaim]]:
    """Return where a graph is thin, the most wanting first, and the claims that were looked at."""
    claims = view.claims(clocks.claims())
    every = view.all_entities()
    told, known = told_of(every, claims)
    names = {entity.id: entity for entity in every}
    found = [
        spot
        for kind in KINDS
        if len(own := [entity for entity in told if entity.kind == kind]) >= least
        for spot in _of_kind(kind, own, known, names, least)
    ]
    return sorted(found, key=lambda spot: (spot.known_of - spot.of, spot.kind, spot.words)), claims


def _of_kind(kind: str, own: Sequence[Entity], known: Known, names: dict[str, Entity], least: int) -> list[Thin]:
    wanted: dict[str, Sequence[Feature]] = {row.words: row.features for row in expected_of(kind)}
    declared = {feature for features in wanted.values() for feature in features}
    wanted |= {
        feature_words(feature, names): [feature] for feature in usual(own, known, least) if feature not in declared
    }
    found = []
    for words, features in wanted.items():
        have = {entity.id for entity in having(own, known, features)}
        if lacking := [entity for entity in own if entity.id not in have]:
            best = max(lacking, key=lambda entity: (len(known.claims[entity.id]), entity.id))
            found.append(Thin(KINDS[kind].label, words, len(have), len(own), best))
    return found
