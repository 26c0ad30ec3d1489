"""From what a person types to the entity that is meant, and to what is known instead where there is none."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from keiretsu_graph.view import Candidate, ClaimFilter, TieFilter, View
from keiretsu_ontology.entities import KINDS, Entity
from keiretsu_ontology.errors import AmbiguousNameError, UnknownEntityError

STRUCTURE = ("unit_of", "subsidiary_of")
_OWN = TieFilter(relations=STRUCTURE, stated_only=True)
_EXACT = ("id", "identifier", "name")


class Meant(NamedTuple):
    """An entity that a name means, or what comes nearest to the name."""

    entity: Entity | None
    nearest: tuple[str, ...]  # sentences


def resolve(view: View, text: str) -> Entity:
    """Return the entity that a text names: its id, an identifier, or one of its names.

    Raises:
        UnknownEntityError: Nothing has this name; the nearest names are told, none of them is taken.
        AmbiguousNameError: Several things have it.
    """
    fits = view.names(text, limit=8, exact=True)
    for match in _EXACT:
        ids = sorted({candidate.entity for candidate in fits if candidate.match == match})
        if len(ids) == 1:
            return view.entities(ids)[ids[0]]
        if ids:
            raise AmbiguousNameError(text, [_described(entity) for entity in view.entities(ids).values()])
    raise UnknownEntityError(text, _nearest(view.names(text, limit=8)))


def meant(view: View, text: str) -> Meant:
    """Return the entity that a text names, or what comes nearest, in sentences.

    Raises:
        AmbiguousNameError: Several things have this name.
    """
    try:
        return Meant(resolve(view, text), ())
    except UnknownEntityError as error:
        about = view.about()
        told = [f"nothing in this graph is named {text!r}"]
        told += [f"did you mean {' or '.join(map(repr, error.nearest))}?"] if error.nearest else []
        told.append(f"the graph {about.title!r} knows {about.entities} entities from {_sources(about.sources)}")
        return Meant(None, tuple(told))


def group_of(view: View, entity: str, where: TieFilter = _OWN) -> tuple[str, ...]:
    """Return the ids of an entity and of all units and subsidiaries beneath it, itself first."""
    found, frontier = [entity], [entity]
    while frontier:
        ties = view.neighbours(frontier, where)
        frontier = sorted({tie.subject for tie in ties if tie.object in frontier} - set(found))
        found += frontier
    return tuple(found)


def groups_apart(view: View, ids: Sequence[str], where: TieFilter = _OWN) -> list[tuple[str, ...]]:
    """Return each of several things with its units; where one belongs to another, its own count for it alone."""
    groups = [group_of(view, one, where) for one in ids]
    return [
        tuple(end for end in group if not any(end in other for other in groups if other[0] in group[1:]))
        for group in groups
    ]


def known_of(view: View, entity: Entity) -> tuple[str, ...]:
    """Return what is known of an entity, counted, for an answer that has nothing else to say."""
    counts = view.counts(ClaimFilter(entities=(entity.id,)), "topic")
    if not counts:
        return (f"{entity.name} is named ({KINDS[entity.kind].label}), and nothing is said of it",)
    listed = ", ".join(f"{topic.replace('_', ' ')} ({number})" for topic, number in sorted(counts.items())[:12])
    return (f"of {entity.name} there is: {listed}", f"see: keiretsu show {entity.id}")


def _nearest(found: Sequence[Candidate]) -> list[str]:
    return list(dict.fromkeys(candidate.name for candidate in found))[:3]


def _described(entity: Entity) -> str:
    return f"{entity.id} ({entity.name}, {KINDS[entity.kind].label})"


def _sources(number: int) -> str:
    return "1 source" if number == 1 else f"{number} sources"
