"""Exposure: what would be touched if a thing failed or were restricted?"""

from __future__ import annotations

from collections.abc import Iterator

from keiretsu_graph.view import View
from keiretsu_queries.base import ALWAYS, Answer, Clocks, answer
from keiretsu_queries.chains.reached import (
    DEEPEST,
    MOST,
    NOTHING,
    Depth,
    KindName,
    Most,
    Reach,
    Reached,
    kind_of,
    layers,
    reach_answer,
    reach_of,
    reach_table,
    tell_reach,
)
from keiretsu_queries.chains.walks import Standing, Walk, Web, over, standings
from keiretsu_queries.parameters import Name, StatedOnly
from keiretsu_queries.sheets import Block, Table
from keiretsu_queries.sparql_texts import these
from keiretsu_queries.subjects import meant

_MARKED = "nothing is known that could stand in: a single point of failure"


def exposure(
    view: View, name: Name, *, clocks: Clocks = ALWAYS, stated_only: StatedOnly = False, kind: KindName = None,
    depth: Depth = DEEPEST, limit: Most = MOST,
) -> Answer[Reach]:  # fmt: skip
    """Return what rests on a thing, step by step, by kind and nearest first, and whether anything could stand in.

    A group or maker whose things are touched is touched through them, and nobody further. A thing has the other as
    its single point of failure where nothing else is known that could stand in: another maker, host, model or chip.

    Raises:
        AmbiguousNameError: Several things have this name.
        UsageError: There is no such kind.
    """
    found, wanted = meant(view, name), kind_of(kind)
    question = f"What would be touched if {found.entity.name if found.entity else name} failed or were restricted?"
    if found.entity is None:
        return answer(view, question, NOTHING, (), sparql=these([]), instead=found.nearest)
    walk = over(Web.empty(view, clocks, stated_only=stated_only), found.entity.id, depth)
    reach = reach_of(found.entity, _touched(view, walk), wanted, limit)
    none = f"nothing is known that rests on {found.entity.name}"
    marked = sum(group.single_points for group in reach.groups)
    first = [f"● for {marked} of {sum(group.total for group in reach.groups)} {_MARKED}"] if marked else []
    return reach_answer(view, question, reach, walk, clocks, none=none, first=first)


def _touched(view: View, walk: Walk) -> Iterator[Reached]:
    """Yield everything that is touched, nearest first."""
    beside = {other for node in walk.paths for other in walk.web.below.get(node, {})}
    entities = view.entities({walk.start, *walk.paths, *walk.theirs, *beside})
    standing = standings(walk, entities)
    every = {**walk.paths, **walk.theirs}
    for end, hops in sorted(every.items(), key=lambda row: (len(row[1]), row[0])):
        stands = standing.get(end, Standing(single_point=False))
        yield Reached(entities[end], hops, stands.single_point, instead=stands.instead, as_owner=end in walk.theirs)


def tell_exposure(answer: Answer[Reach]) -> Iterator[Block]:
    """Yield what would be touched."""
    yield from tell_reach(answer, "touches", "●")
    yield layers(answer.result, 1)


def rows_exposure(answer: Answer[Reach]) -> Table:
    """Return what would be touched, one a row."""
    return reach_table(answer)
