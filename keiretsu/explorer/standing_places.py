"""Where things stand and how much they are tied, until the build keeps it: to be replaced by what a view gives."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from keiretsu_graph.derive import DIRECT
from keiretsu_graph.layout import positions
from keiretsu_graph.network import to_networkx
from keiretsu_graph.view import TieFilter, View
from keiretsu_ontology.claims import Tie
from keiretsu_ontology.relations import RELATIONS

HIDDEN = ("remarks",)  # groups of ties that are not drawn until asked for


class Place(NamedTuple):
    """Where a thing stands, and how many ties it has."""

    x: float
    y: float
    ties: int


def places(view: View, ids: Iterable[str]) -> dict[str, Place]:
    """Return where things stand; ids that are not there are left out."""
    every = _all(view)  # type: ignore[arg-type]  # a view is hashed as itself
    return {slug: every[slug] for slug in ids if slug in every}


def foremost(view: View, limit: int) -> list[str]:
    """Return the ids of the things with the most ties, most first."""
    every = _all(view)  # type: ignore[arg-type]  # a view is hashed as itself
    return sorted(every, key=lambda slug: (-every[slug].ties, slug))[:limit]


def among(view: View, ids: Iterable[str], where: TieFilter) -> list[Tie]:
    """Return the ties of which both ends are among some things."""
    wanted = set(ids)
    return [tie for tie in view.neighbours(sorted(wanted), where) if {tie.subject, tie.object} <= wanted]


@lru_cache(maxsize=2)
def _all(view: View) -> dict[str, Place]:
    drawn = tuple(name for name, relation in RELATIONS.items() if relation.group not in HIDDEN)
    network = to_networkx(view, TieFilter(relations=drawn, factual=None))
    derived = [edge for edge in network.edges(keys=True) if (network.edges[edge]["rule"] or None) not in DIRECT]
    network.remove_edges_from(derived)
    counted: Counter[str] = Counter()
    for tie in view.ties(TieFilter(factual=None)):
        counted.update({tie.subject, tie.object})
    return {slug: Place(x, y, counted[slug]) for slug, (x, y) in positions(network).items()}
