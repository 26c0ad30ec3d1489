"""Central: what stands in the middle of the graph, by several measures side by side?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Annotated, NamedTuple

from keiretsu_graph.view import View
from keiretsu_ontology.claims import AnyClaim, Tie
from keiretsu_ontology.entities import KINDS, Entity
from keiretsu_ontology.errors import UsageError
from keiretsu_ontology.notation import nearest
from keiretsu_queries.base import ALWAYS, Answer, Clocks, answer
from keiretsu_queries.parameters import Param, StatedOnly
from keiretsu_queries.sheets import BLANK, Block, Cell, Network, line, spans, table
from keiretsu_queries.sparql_texts import these
from keiretsu_queries.whole.measures import EXACT, MEASURES, SAMPLE, measured
from keiretsu_queries.whole.tied import (
    CHAINS,
    PARALLEL,
    Web,
    bounded,
    claims_behind,
    doubtful,
    nothing_tied,
    sources_of,
    web_of,
)
from keiretsu_queries.words.kinds import Kinds, OnlyKind, kinds_named

BESIDE = ("degree", "betweenness", "pagerank")  # always shown
_DRAWN = 240  # ties in a picture

MeasureName = Annotated[
    str, Param(f"What to order by: {', '.join(MEASURES)}.", "MEASURE", "m", choices=tuple(MEASURES))
]
Top = Annotated[int, Param("How many things at most.", "N", "n", least=1, most=1000)]


class Place(NamedTuple):
    """Where a thing stands, and what its place rests on."""

    rank: int
    entity: Entity
    values: dict[str, float]  # by measure
    ties: int  # ties side by side counted each
    rests_on: tuple[str, ...]  # keys of claims
    sources: tuple[str, ...]


class Centre(NamedTuple):
    """What stands in the middle, by one measure."""

    measure: str
    things: int  # that are tied at all
    pairs: int  # of things that are tied
    among: int  # how many are of the kind that was asked for
    places: tuple[Place, ...]
    drawn: tuple[Tie, ...]
    sizes: dict[str, float]  # of all that is drawn, from 0 to 1


def central(
    view: View, *, measure: MeasureName = "degree", kind: OnlyKind = None, top: Top = 10, clocks: Clocks = ALWAYS,
    stated_only: StatedOnly = False,
) -> Answer[Centre]:  # fmt: skip
    """Return the things that are most central among facts, highest first; equal ones by name.

    The whole graph is measured, whatever kind is listed. Forecasts and opinions tie nothing, ties between the same two
    things count once, and what follows from several claims is left out: it repeats a chain that is there.

    Raises:
        UsageError: There is no such measure or kind.
    """
    if measure not in MEASURES:
        raise UsageError(f"no measure {measure!r}{nearest(measure, MEASURES)}; there are {', '.join(MEASURES)}")
    kinds = kinds_named(kind) if kind is not None else None
    question = f"Which {kinds.many if kinds else 'things'} are most central, by {measure}?"
    web = web_of(view, clocks, stated_only=stated_only)
    if not web.pairs:
        nothing = Centre(measure, 0, 0, 0, (), (), {})
        return answer(view, question, nothing, (), sparql=these([]), instead=nothing_tied(view, clocks))
    values = measured(web, list(dict.fromkeys([*BESIDE, measure])))
    entities = view.entities(web.things)
    among = [entities[thing] for thing in web.things if kinds is None or kinds.of(entities[thing])]
    ranked = sorted(among, key=lambda entity: (-values[measure][entity.id], entity.name.casefold(), entity.id))[:top]
    rests = claims_behind(view, web.ties(entity.id for entity in ranked))
    places = tuple(_places(web, ranked, values, rests))
    drawn = _drawn(web, [entity.id for entity in ranked])
    centre = Centre(measure, len(web.things), len(web.pairs), len(among), places, drawn, _sizes(drawn, values[measure]))
    kept, notes = bounded(list(rests.values()))
    return answer(
        view, question, centre, kept, sparql=these([claim.id for claim in kept]),
        entities=[*(entity.id for entity in ranked), *(end for tie in drawn for end in (tie.subject, tie.object))],
        instead=() if ranked else _none(kinds), notes=[*_notes(web, values), *notes, *doubtful(clocks, kept)],
        clocks=clocks,
    )  # fmt: skip


def _places(
    web: Web, ranked: Sequence[Entity], values: dict[str, dict[str, float]], claims: dict[str, AnyClaim]
) -> Iterator[Place]:
    for rank, entity in enumerate(ranked, start=1):
        ties = web.ties([entity.id])
        rests = sorted((claims[claim] for claim in {claim for tie in ties for claim in tie.claims}), key=_key)
        own = {name: found[entity.id] for name, found in values.items()}
        yield Place(rank, entity, own, len(ties), tuple(map(_key, rests)), sources_of(rests))


def _key(claim: AnyClaim) -> str:
    return claim.key


def _drawn(web: Web, ranked: Sequence[str]) -> tuple[Tie, ...]:
    """Return what a picture shows: the ties among what is listed, then those of each in turn, as many as it holds."""
    among = web.within(ranked)
    return tuple(dict.fromkeys([*among, *web.ties(ranked)]))[:_DRAWN]


def _sizes(ties: Sequence[Tie], values: dict[str, float]) -> dict[str, float]:
    ends = sorted({end for tie in ties for end in (tie.subject, tie.object)})
    highest = max((values[end] for end in ends), default=0) or 1
    return {end: round(values[end] / highest, 4) for end in ends}


def _none(kinds: Kinds | None) -> list[str]:
    return [f"no fact ties any of the {kinds.many} of this graph to something"] if kinds else []


def _notes(web: Web, values: dict[str, dict[str, float]]) -> list[str]:
    notes = [f"{PARALLEL}; {CHAINS}"]
    if len(web.things) > EXACT and "betweenness" in values:
        notes.append(f"betweenness is estimated from {SAMPLE} of {len(web.things):,} things, always the same ones")
    return notes


_COLUMNS = {"rank": "", "id": "", "name": "name", "kind": "kind"}
_RESTS = {"ties": "ties", "claims": "claims", "sources": "sources", "rests_on": ""}


def tell_central(answer: Answer[Centre]) -> Iterator[Block]:
    """Yield the table of the most central things, what each measure means, and a picture."""
    centre = answer.result
    names = list(dict.fromkeys([centre.measure, *BESIDE]))
    yield line(f"{centre.things:,} things, {centre.pairs:,} pairs of them tied by facts", 0, "quiet")
    yield BLANK
    columns = {**_COLUMNS, **{name: MEASURES[name].label for name in names}, **_RESTS}
    yield table(columns, (_row(place, names) for place in centre.places))
    yield BLANK
    for name in names:
        yield spans((f"{name}", "name"), (f": {MEASURES[name].meaning}", None))
    yield Network(centre.drawn, centre.sizes, {})


def _row(place: Place, names: Sequence[str]) -> tuple[Cell, ...]:
    values = tuple(shown(name, place.values[name]) for name in names)
    what = (place.rank, place.entity.id, place.entity.name, KINDS[place.entity.kind].label)
    rests = (place.ties, len(place.rests_on), len(place.sources), " ".join(place.rests_on))
    return (*what, *values, *rests)


def shown(name: str, value: float) -> Cell:
    """Return the value of a measure as it is shown: a number of things, or percent."""
    return Decimal(f"{100 * value:.1f}") if MEASURES[name].percent else round(value)
