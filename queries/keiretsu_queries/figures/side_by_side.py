"""Figures of several things side by side, only where they may be compared, and otherwise why they may not."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import combinations
from typing import NamedTuple

from keiretsu_ontology.claims import AnyClaim, Observation
from keiretsu_ontology.conflicts import why_not_comparable
from keiretsu_ontology.dates import Period
from keiretsu_ontology.entities import Entity
from keiretsu_queries.figures.periods import bounds_of
from keiretsu_queries.figures.series import Point, Series, shared_key
from keiretsu_queries.lines import Line
from keiretsu_queries.wording import Names, scope_words


class Beside(NamedTuple):
    """One figure of several things, of the same period, unit, base and scope."""

    label: str  # of the metric
    scoped: str
    measure: str  # "value" or "change"
    unit: str | None
    base: str | None
    period: Period | None
    points: tuple[Point | None, ...]  # in the order of the things; None where nothing is known

    @property
    def first(self) -> Observation:
        """One of its figures: what all of them have in common is in it."""
        return next(claim for claim in self.claims if isinstance(claim, Observation))

    @property
    def claims(self) -> tuple[AnyClaim, ...]:
        """What it rests on."""
        return tuple(line.claim for point in self.points if point is not None for line in _facts(point))


class Unlike(NamedTuple):
    """Figures of two things that are not set side by side."""

    label: str  # of the metric
    one: Entity
    other: Entity
    why: str
    example: tuple[Observation, Observation]  # that come nearest to each other
    pairs: int  # how many there are for this reason


def side_by_side(series: Sequence[Series], entities: Sequence[Entity]) -> list[Beside]:
    """Return what may be compared: for each kind of figure the newest period of which most of the things have one."""
    by_kind: defaultdict[tuple[object, ...], dict[str, Series]] = defaultdict(dict)
    for row in series:
        if facts := [line.claim for point in row.points for line in _facts(point)]:
            first = facts[0]
            if isinstance(first, Observation):
                by_kind[shared_key(first)][row.about.id] = row
    found = (_newest(rows, entities) for rows in by_kind.values() if len(rows) > 1)
    return [row for row in found if row is not None]


def _newest(rows: Mapping[str, Series], entities: Sequence[Entity]) -> Beside | None:
    by_days: defaultdict[tuple[object, ...], dict[str, Point]] = defaultdict(dict)
    for slug, row in rows.items():
        for point in row.points:
            if _facts(point):
                by_days[_days(point)][slug] = point
    best = max(by_days.values(), key=lambda points: (len(points), _last(points)))
    if len(best) < 2:
        return None
    first = next(rows[entity.id] for entity in entities if entity.id in best)
    period = next(point.period for point in best.values())
    points = tuple(best.get(entity.id) for entity in entities)
    return Beside(first.label, first.scoped, first.measure, first.unit, first.base, period, points)


def _facts(point: Point) -> list[Line]:
    return [line for line in point.lines if line.claim.factual]


def _days(point: Point) -> tuple[object, ...]:
    held = point.lines[0].claim.held
    return (point.period.start, point.period.end) if point.period else (held.start, held.end)


def _last(points: Mapping[str, Point]) -> date:
    return max(bounds_of(point.lines[0].claim)[1] or date.min for point in points.values())


def not_compared(
    series: Sequence[Series], entities: Sequence[Entity], rows: Iterable[Beside], names: Names
) -> list[Unlike]:
    """Return why figures of a metric that two things have are not set side by side, where others are left over.

    Scores of different tests are no reason where those of one test stand side by side.
    """
    done = {(shared_key(row.first), pair) for row in rows for pair in _pairs_of(row, entities)}
    by_metric: defaultdict[str, defaultdict[str, list[Observation]]] = defaultdict(lambda: defaultdict(list))
    for row in series:
        facts = (line.claim for point in row.points for line in _facts(point))
        by_metric[row.label][row.about.id] += [fact for fact in facts if isinstance(fact, Observation)]
    found: list[Unlike] = []
    for label, figures in by_metric.items():
        for one, other in combinations(entities, 2):
            ours, theirs = (
                [figure for figure in figures[entity.id] if (shared_key(figure), (one.id, other.id)) not in done]
                for entity in (one, other)
            )
            some = len(ours) < len(figures[one.id])
            found += _reasons(label, one, other, _pairs(ours, theirs, of_one_test=some), names)
    return found


def _pairs(
    ours: Sequence[Observation], theirs: Sequence[Observation], *, of_one_test: bool
) -> list[tuple[Observation, Observation]]:
    pairs = [(a, b) for a in _newest_of_each(ours) for b in _newest_of_each(theirs)]
    return [(a, b) for a, b in pairs if not of_one_test or a.scope.benchmark == b.scope.benchmark]


def _pairs_of(row: Beside, entities: Sequence[Entity]) -> Iterator[tuple[str, str]]:
    known = [entity.id for entity, point in zip(entities, row.points, strict=True) if point is not None]
    yield from combinations(known, 2)


def _reasons(
    label: str, one: Entity, other: Entity, pairs: Sequence[tuple[Observation, Observation]], names: Names
) -> Iterator[Unlike]:
    """Yield the reason that keeps the nearest two figures apart, and for how many pairs it holds."""
    why = {pair: told for pair in pairs if (told := why_apart(*pair, names)) is not None}
    if why:
        nearest = min(why, key=_distance)
        yield Unlike(label, one, other, why[nearest], nearest, Counter(why.values())[why[nearest]])


def _newest_of_each(claims: Iterable[Observation]) -> list[Observation]:
    """Return the newest figure of each kind: of a hundred quarters one is enough to say why."""
    found: dict[tuple[object, ...], Observation] = {}
    for claim in sorted(claims, key=lambda claim: (bounds_of(claim)[1] or date.min, claim.key)):
        found[shared_key(claim)] = claim
    return list(found.values())


def _distance(pair: tuple[Observation, Observation]) -> tuple[object, ...]:
    """How far two figures are from being comparable: how much is unlike, and how far their periods lie apart."""
    first, second = (shared_key(claim) for claim in pair)
    unlike = sum(a != b for a, b in zip(first, second, strict=True))
    ends = [bounds_of(claim)[1] or date.min for claim in pair]
    return unlike, abs((ends[0] - ends[1]).days), pair[0].key, pair[1].key


def why_apart(one: Observation, other: Observation, names: Names) -> str | None:
    """Return why two figures of one metric may not be set side by side, with the scopes in words."""
    why = why_not_comparable(one, other)
    if why == "different scopes":
        first, second = (scope_words(claim.scope, names) or "no scope" for claim in (one, other))
        return f"different scopes: {first} and {second}"
    return why.replace("_", " ") if why is not None else None
