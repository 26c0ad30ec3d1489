"""Figures in series: only what may be set side by side stands in one, and each period has all its sides."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from keiretsu_graph.view import ClaimFilter, View
from keiretsu_ontology.claims import BASES, AnyClaim, Observation, Scope
from keiretsu_ontology.dates import Period
from keiretsu_ontology.entities import Entity
from keiretsu_ontology.metrics import METRICS
from keiretsu_ontology.values import Quantity, may_both_hold
from keiretsu_queries.base import Clocks
from keiretsu_queries.figures.periods import bounds_of, days_words, label_of
from keiretsu_queries.lines import Line, lines_of
from keiretsu_queries.wording import Names, name, scope_words, when_words

_ORDER = {metric: place for place, metric in enumerate(METRICS)}


class Point(NamedTuple):
    """All that is said of one period, every side of it."""

    period: Period | None
    label: str  # what the period is called; empty where it has no name
    days: str
    lines: tuple[Line, ...]  # facts first
    value: Observation | None  # the one value of the period, where no open conflict is about it
    disputed: bool  # whether facts stand against each other


class Series(NamedTuple):
    """The figures of one metric that may be set beside each other, newest period last."""

    about: Entity
    metric: str
    label: str
    dimension: str  # one of DIMENSIONS; empty where it is not known
    measure: str  # "value" or "change"
    unit: str | None  # None where only a direction is said
    base: str | None  # of a change
    kind: str | None  # of period
    scope: Scope
    scoped: str  # the scope in words
    points: tuple[Point, ...]

    @property
    def comparable(self) -> str:
        """What its figures have in common, in words."""
        unit = self.unit.replace("_", " ") if self.unit else "direction only"
        kind = f"by {self.kind.replace('_', ' ')}" if self.kind else "no period"
        base = f"on {BASES[self.base]}" if self.base else ""
        change = "change" if self.measure == "change" else ""
        return ", ".join(part for part in (change, unit, kind, base, self.scoped) if part)

    @property
    def claims(self) -> tuple[AnyClaim, ...]:
        """Every claim of the series, those that say one again with it."""
        lines = [line for point in self.points for line in point.lines]
        return tuple(claim for line in lines for claim in (line.claim, *line.restated))


def series_of(
    view: View,
    claims: Sequence[AnyClaim],
    clocks: Clocks,
    entities: Mapping[str, Entity],
    years: Mapping[str, str | None],
) -> list[Series]:
    """Return figures as series, in the order of the entities, then of the metrics; those without facts come last.

    Args:
        view: The graph.
        claims: Observations.
        clocks: The clocks that they passed.
        entities: What they are of, in the order wanted.
        years: The end of the fiscal year of each entity.
    """
    names = view.entities({slug for claim in claims for slug in _named(claim)})
    lines = lines_of(view, claims, clocks)
    disputed = _disputed(view, lines)
    grouped: defaultdict[tuple[object, ...], list[Line]] = defaultdict(list)
    for line in lines:
        if isinstance(line.claim, Observation):
            grouped[key_of(line.claim)].append(line)
    found = [_series(own, entities, names, years, disputed) for own in grouped.values()]
    places = {slug: place for place, slug in enumerate(entities)}
    return sorted(found, key=lambda row: (places[row.about.id], *_order(row)))


def key_of(claim: Observation) -> tuple[object, ...]:
    """Return what figures must have in common to stand in one series: all but the period, and its kind."""
    return (claim.about, *shared_key(claim))


def shared_key(claim: Observation) -> tuple[object, ...]:
    """Return what figures of several things must have in common to be set side by side, the days left aside."""
    unit = claim.quantity.unit if claim.quantity else None
    kind = claim.period.kind if claim.period else None
    return claim.metric, claim.measure, unit, claim.base, kind, claim.scope


def _disputed(view: View, lines: Iterable[Line]) -> set[str]:
    """Return the ids of claims that stand against others which stand as well."""
    doubted = [line for line in lines if line.conflicts]
    ids = {conflict for line in doubted for conflict in line.conflicts}
    found = view.conflicts([line.claim.id for line in doubted]) if doubted else []
    sides = {conflict.id: set(conflict.claims) for conflict in found if conflict.id in ids}
    wanted = tuple(sorted({side for own in sides.values() for side in own}))
    claims = view.claims(ClaimFilter(ids=wanted)) if wanted else []
    standing = {c.id for c in claims if c.rank != "deprecated" and not c.outranked and c.retracted is None}
    return {side for own in sides.values() if len(own & standing) > 1 for side in own}


def _named(claim: AnyClaim) -> Iterator[str]:
    scope = claim.scope
    yield from (slug for slug in (scope.product, scope.market, scope.place, scope.benchmark) if slug)
    if (other := getattr(scope, "counterparty", None)) is not None:
        yield other
    yield from scope.excludes
    if isinstance(claim, Observation):
        yield claim.metric


def _order(row: Series) -> tuple[object, ...]:
    newest = max(bounds_of(line.claim)[1] or date.min for point in row.points for line in point.lines)
    wished = not any(line.claim.factual for point in row.points for line in point.lines)
    place = _ORDER.get(row.metric, len(_ORDER))
    return (
        wished, place, row.label, row.measure != "value", row.scoped, -len(row.points), -newest.toordinal(),
        row.comparable,
    )  # fmt: skip


def _series(
    lines: Sequence[Line], entities: Mapping[str, Entity], names: Names, years: Mapping[str, str | None],
    disputed: set[str],
) -> Series:  # fmt: skip
    first = lines[0].claim
    if not isinstance(first, Observation):
        raise TypeError(f"{first.key} is no observation")
    metric, measure, unit, base, kind, scope = first.metric, first.measure, *_rest(first)
    label, dimension = _told(metric, names)
    by_time: defaultdict[tuple[object, ...], list[Line]] = defaultdict(list)
    for line in lines:
        by_time[_time(line.claim)].append(line)
    points = [_point(own, years.get(first.about), disputed) for own in by_time.values()]
    return Series(
        entities[first.about], metric, label, dimension, measure, unit, base, kind, scope, scope_words(scope, names),
        tuple(sorted(points, key=_by_end)),
    )  # fmt: skip


def _told(metric: str, names: Names) -> tuple[str, str]:
    """Return what a metric is called and what it measures."""
    if metric in METRICS:
        return METRICS[metric].label, METRICS[metric].dimension
    return name(names, metric), (names[metric].dimension or "" if metric in names else "")


def _rest(claim: Observation) -> tuple[str | None, str | None, str | None, Scope]:
    return (
        claim.quantity.unit if claim.quantity else None,
        claim.base,
        claim.period.kind if claim.period else None,
        claim.scope,
    )


def _time(claim: AnyClaim) -> tuple[object, ...]:
    period = claim.period if isinstance(claim, Observation) else None
    return (period.start, period.end) if period else (claim.held.start, claim.held.end)


def _by_end(point: Point) -> tuple[date, date]:
    first, last = bounds_of(point.lines[0].claim)
    return last or date.min, first or date.min


def _point(lines: Sequence[Line], fiscal_year_end: str | None, disputed: set[str]) -> Point:
    claim = lines[0].claim
    period = next(
        (p for line in lines if isinstance(o := line.claim, Observation) and (p := o.period) is not None), None
    )
    label = label_of(period, fiscal_year_end) if period else ""
    days = days_words(period.start, period.end) if period else when_words(claim)
    facts = [o for line in lines if isinstance(o := line.claim, Observation) and o.factual]
    doubted = any(fact.id in disputed for fact in facts)
    value = agreed(facts, disputed)
    ordered = tuple(sorted(lines, key=lambda line: (not line.claim.factual, line.claim.key)))
    return Point(period, label, days, ordered, value, doubted and value is None)


def agreed(facts: Iterable[Observation], disputed: set[str]) -> Observation | None:
    """Return the claim with the one value of a period, written most finely, or None where there is none.

    It is an exact figure that is a side of no open conflict, and every other fact of the period is it or its rounding.
    """
    known = [fact for fact in facts if fact.quantity is not None]
    exact = [fact for fact in known if fact.id not in disputed and fact.quantity and fact.quantity.comparator == "="]
    if not exact:
        return None
    finest = min(exact, key=lambda fact: (step_of(fact.quantity), fact.key))
    return finest if all(_agrees(fact.quantity, finest.quantity) for fact in known) else None


def step_of(quantity: Quantity | None) -> Decimal:
    """Return what one more in the last written digit is worth.

    Example:
        >>> f"{step_of(Quantity('34.81', 'USD', scale='billion')):f}"
        '10000000.00'
    """
    if quantity is None:
        return Decimal(0)
    one = Quantity("1", quantity.unit, scale=quantity.scale).amount
    return one.scaleb(-len(quantity.written.partition(".")[2]))


def admitted(quantity: Quantity) -> tuple[Decimal, Decimal]:
    """Return the least and the greatest number that an exact figure may have been rounded from."""
    half = step_of(quantity) / 2
    return quantity.amount - half, quantity.amount + half


def _agrees(one: Quantity | None, other: Quantity | None) -> bool:
    """Whether a figure is another one, or the same told more coarsely."""
    if one is None or other is None:
        return False
    low, high = admitted(one)
    return may_both_hold(one, other) or (one.comparator in ("=", "~") and low <= other.amount <= high)
