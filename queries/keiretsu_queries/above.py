"""What stands above a thing: the unit, company, family or product that it is a part or member of, step by step."""

from __future__ import annotations

from typing import NamedTuple

from keiretsu_graph.view import TieFilter, View
from keiretsu_ontology.claims import Tie

WITHIN = ("unit_of", "subsidiary_of", "part_of", "variant_of")
_DEEPEST = 4


class Above(NamedTuple):
    """A thing above another, and the ties that lead up to it."""

    entity: str
    ties: tuple[Tie, ...]  # the lowest first


def above(view: View, entity: str, where: TieFilter | None = None) -> tuple[Above, ...]:
    """Return what stands above a thing, the nearest first, each once.

    Args:
        view: The graph.
        entity: An id.
        where: Which ties count; by default stated facts.
    """
    filtered = where or TieFilter(relations=WITHIN, stated_only=True)
    found: dict[str, Above] = {entity: Above(entity, ())}
    depth, frontier = {entity: 0}, [entity]
    for step in range(1, _DEEPEST + 1):
        ties = [tie for tie in view.neighbours(frontier, filtered) if tie.subject in frontier] if frontier else []
        for tie in ties:
            found.setdefault(tie.object, Above(tie.object, (*found[tie.subject].ties, tie)))
            depth[tie.object] = step  # a whole of a whole comes after it, whatever else leads there
        frontier = list(dict.fromkeys(tie.object for tie in ties if tie.object != entity))
    return tuple(sorted(list(found.values())[1:], key=lambda whole: depth[whole.entity]))
