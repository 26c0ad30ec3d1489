"""Timeline: what happened with a thing, in order?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from keiretsu_graph.view import View
from keiretsu_ontology.clocks import date_of
from keiretsu_ontology.dates import When
from keiretsu_ontology.entities import Entity
from keiretsu_queries.base import ALWAYS, Answer, Clocks, answer
from keiretsu_queries.lines import Line, lines_of
from keiretsu_queries.parameters import Name, WithUnits
from keiretsu_queries.sheets import BLANK, Block
from keiretsu_queries.sparql_texts import about
from keiretsu_queries.subjects import group_of, known_of, meant
from keiretsu_queries.telling import header, told


class Moment(NamedTuple):
    """Something said of a point in time."""

    when: When
    line: Line


class Timeline(NamedTuple):
    """What is dated, in order, and how much is not."""

    entity: Entity | None
    moments: tuple[Moment, ...]
    undated: int


def timeline(view: View, name: Name, *, clocks: Clocks = ALWAYS, with_units: WithUnits = False) -> Answer[Timeline]:
    """Return what is said of points in time about a thing, earliest first; uncertain dates by their first day.

    Args:
        view: The graph.
        name: A name of the thing.
        clocks: The clocks to ask by.
        with_units: Whether its units and subsidiaries count with it.

    Raises:
        AmbiguousNameError: Several things have this name.
    """
    found = meant(view, name)
    question = f"What happened with {found.entity.name if found.entity else name}, in order?"
    if found.entity is None:
        return answer(view, question, Timeline(None, (), 0), (), sparql=about([]), instead=found.nearest)
    ids = group_of(view, found.entity.id) if with_units else (found.entity.id,)
    claims = view.claims(clocks.claims(entities=ids))
    dated = [claim for claim in claims if date_of(claim) is not None]
    moments = [Moment(when, line) for line in lines_of(view, dated, clocks) if (when := date_of(line.claim))]
    undated = len(claims) - len(dated)
    return answer(
        view, question, Timeline(found.entity, tuple(sorted(moments, key=_order)), undated), dated,
        sparql=about(ids), entities=ids, instead=() if dated else known_of(view, found.entity),
        notes=[f"{undated} further claims carry no date"] if undated else [],
    )  # fmt: skip


def _order(moment: Moment) -> tuple[date, date, str]:
    first = moment.when.earliest or moment.when.latest or date.max
    return first, moment.when.latest or date.max, moment.line.claim.key


def tell_timeline(answer: Answer[Timeline]) -> Iterator[Block]:
    """Yield each moment with its days."""
    entity = answer.result.entity
    if entity is None:
        return
    yield from header(entity)
    yield BLANK
    for moment in answer.result.moments:
        first, last = moment.when.earliest, moment.when.latest
        dates = str(first or "?") if first == last else f"{first or '?'} to {last or '?'}"
        yield from told(moment.line, answer, entity.id, lead=f"{dates}  ")
