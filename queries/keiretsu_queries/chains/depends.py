"""Depends: what does a thing rest on, and where does all hang on one thing?"""

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
from keiretsu_queries.chains.walks import Web, beneath, only_ways
from keiretsu_queries.parameters import Name, StatedOnly
from keiretsu_queries.sheets import Block, Table
from keiretsu_queries.sparql_texts import these
from keiretsu_queries.subjects import meant


def depends(
    view: View, name: Name, *, clocks: Clocks = ALWAYS, stated_only: StatedOnly = False, kind: KindName = None,
    depth: Depth = DEEPEST, limit: Most = MOST,
) -> Answer[Reach]:  # fmt: skip
    """Return what a thing rests on, step by step, by kind and nearest first, with single points of failure.

    What a group's units and a maker's products rest on counts for them. A single point of failure is a thing through
    which alone another one is reached: no other chain of facts leads there. What rests on what is declared in
    `keiretsu_ontology.dependence`.

    Raises:
        AmbiguousNameError: Several things have this name.
        UsageError: There is no such kind.
    """
    found, wanted = meant(view, name), kind_of(kind)
    question = f"What does {found.entity.name if found.entity else name} rest on?"
    if found.entity is None:
        return answer(view, question, NOTHING, (), sparql=these([]), instead=found.nearest)
    walk = beneath(Web.empty(view, clocks, stated_only=stated_only), found.entity.id, depth)
    ways, entities = only_ways(walk), view.entities(walk.paths)
    things = (
        Reached(entities[end], hops, end in ways, only_way_to=ways.get(end, ())) for end, hops in walk.paths.items()
    )
    reach = reach_of(found.entity, things, wanted, limit)
    none = f"nothing is known that {found.entity.name} rests on"
    return reach_answer(view, question, reach, walk, clocks, none=none)


def tell_depends(answer: Answer[Reach]) -> Iterator[Block]:
    """Yield what a thing rests on, first where all hangs on one thing."""
    yield from tell_reach(answer, "rests on", "single point of failure")
    yield layers(answer.result, -1)


def rows_depends(answer: Answer[Reach]) -> Table:
    """Return what a thing rests on, one a row."""
    return reach_table(answer)
