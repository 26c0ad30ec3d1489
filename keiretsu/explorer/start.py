"""Where the page begins: around a thing, with the result of a query, or with a small view of what matters most."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from keiretsu.explorer.about import Start
from keiretsu_graph.derive import DIRECT
from keiretsu_graph.neighbourhoods import HIDDEN
from keiretsu_graph.sqlite import SqliteView
from keiretsu_ontology.claims import Tie
from keiretsu_ontology.entities import Entity
from keiretsu_ontology.relations import RELATIONS
from keiretsu_queries.base import ALWAYS, Clocks

FEW = 40  # things at first, where nothing is asked for
MANY = 150  # things around one that is asked for
_CANDIDATES = 20  # of the foremost things, until one has company


def foremost_start(view: SqliteView, clocks: Clocks = ALWAYS) -> Start:
    """Return the foremost thing and what is most tied to it, in ties of one step."""
    for slug in view.foremost(_CANDIDATES):
        if ids := _around(view, slug, 1, FEW, clocks)[1:]:
            entity = view.entities([slug])[slug]
            return Start((slug, *ids), None, f"{entity.name} and what is most tied to it")
    return Start(tuple(view.foremost(FEW)), None, "")


def start_around(view: SqliteView, entity: Entity, depth: int = 1, clocks: Clocks = ALWAYS) -> Start:
    """Return a thing and what lies so many steps around it: the nearer first, then the most tied."""
    ids = _around(view, entity.id, depth, MANY, clocks)
    return Start(tuple(ids), entity.id, f"{entity.name}, {depth} step{'s' * (depth != 1)} around it")


def _around(view: SqliteView, slug: str, depth: int, most: int, clocks: Clocks) -> list[str]:
    """Return a thing and those around it, at most so many: step by step, the most tied first."""
    found, frontier = [slug], [slug]
    for _ in range(depth):
        if len(found) >= most or not frontier:
            break
        near = _steps(view.neighbours(frontier, clocks.ties(factual=None)))
        tied: Counter[str] = Counter()
        for one, other in near:
            tied.update(end for end, beside in ((one, other), (other, one)) if beside in frontier)
        frontier = _most_tied(view, tied, set(found))[: most - len(found)]
        found += frontier
    return found


def _steps(ties: Iterable[Tie]) -> list[tuple[str, str]]:
    """Return the ends of ties that are one step of their own, and are drawn without being asked for."""
    return [
        (tie.subject, tie.object)
        for tie in ties
        if tie.rule in DIRECT and RELATIONS[tie.relation].group not in HIDDEN and tie.subject != tie.object
    ]


def _most_tied(view: SqliteView, tied: Counter[str], known: set[str]) -> list[str]:
    """Return things by how many ties they have to those known, then by how many they have at all."""
    new = sorted(slug for slug in tied if slug not in known)
    standing = view.places(new)
    return sorted(standing, key=lambda slug: (-tied[slug], -standing[slug].ties, slug))


def start_with(view: SqliteView, ids: Sequence[str], title: str) -> Start:
    """Return things that were found otherwise, in the order given."""
    known = view.entities(ids)
    return Start(tuple(slug for slug in dict.fromkeys(ids) if slug in known), None, title)
