"""Growth worked out from figures: only between comparable periods, in exact arithmetic, beside what sources state."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal
from typing import NamedTuple

from keiretsu_ontology.claims import Observation
from keiretsu_ontology.values import range_of
from keiretsu_queries.figures.periods import earlier
from keiretsu_queries.figures.series import Point, Series, admitted

# For which kinds of period growth is worked out, on what came how many months before.
_STEPS: dict[str, tuple[tuple[str, int], ...]] = {
    "quarter": (("year_before", 12), ("quarter_before", 3)),
    "month": (("year_before", 12), ("month_before", 1)),
    **dict.fromkeys(("half_year", "year", "fiscal_year", "cumulative", "day", "instant"), (("year_before", 12),)),
}
_GROWING = ("money", "people", "count")
_TENTH = Decimal("0.1")


class Growth(NamedTuple):
    """How much a figure differs from an earlier one, worked out here and said by nobody."""

    base: str  # one of BASES
    amount: Decimal  # in the unit, to one decimal
    unit: str  # "percent"; for what is itself a part of a whole "percentage_points"
    low: Decimal  # the least and the greatest that the rounding of both figures admits
    high: Decimal
    now: Observation
    before: Observation


class Stated(NamedTuple):
    """A change that a source states, beside a growth that was worked out."""

    claim: Observation
    agrees: bool | None  # None where nothing was worked out to set it beside


class Grown(NamedTuple):
    """What is known of how a figure has changed."""

    computed: tuple[Growth, ...]
    stated: tuple[Stated, ...]


Days = tuple[date | None, date | None]


def growths_of(series: Sequence[Series]) -> dict[tuple[int, int], Grown]:
    """Return how each figure has changed, by the places of its series and of its point within it."""
    stated = _stated(series)
    found: dict[tuple[int, int], Grown] = {}
    for place, row in enumerate(series):
        if row.measure != "value":
            continue
        by_days = {_days(point): point for point in row.points}
        for number, point in enumerate(row.points):
            computed = tuple(_computed(row, point, by_days))
            changes = stated.get(_stated_key(row, _days(point)), ())
            if computed or changes:
                found[place, number] = Grown(computed, tuple(Stated(c, _agrees(c, computed)) for c in changes))
    return found


def _days(point: Point) -> Days:
    return (point.period.start, point.period.end) if point.period else (None, None)


def _stated_key(row: Series, days: Days) -> tuple[object, ...]:
    return row.about.id, row.metric, row.scope, row.kind, days


def _stated(series: Iterable[Series]) -> dict[tuple[object, ...], list[Observation]]:
    found: defaultdict[tuple[object, ...], list[Observation]] = defaultdict(list)
    for row in series:
        for point in row.points if row.measure == "change" and row.kind else ():
            facts = [line.claim for line in point.lines if line.claim.factual]
            found[_stated_key(row, _days(point))] += [fact for fact in facts if isinstance(fact, Observation)]
    return found


def _computed(row: Series, point: Point, by_days: Mapping[Days, Point]) -> Iterator[Growth]:
    """Yield the growth on each earlier period that may be set beside a period and has one value as well."""
    if point.period is None or point.value is None or row.unit is None:
        return
    for base, months in _STEPS.get(point.period.kind, ()):
        days = earlier(point.period, months)
        before = by_days.get(days) if days is not None else None
        if before is not None and before.value is not None:
            found = growth(base, point.value, before.value, row.dimension)
            if found is not None:
                yield found


def growth(base: str, now: Observation, before: Observation, dimension: str) -> Growth | None:
    """Return the growth of one figure on another, or None where none can be told.

    A part of a whole differs by percentage points, an amount grows by percent; from a loss, from nothing or to a loss
    nothing grows.
    """
    if now.quantity is None or before.quantity is None:
        return None
    new, old = now.quantity.amount, before.quantity.amount
    (new_low, new_high), (old_low, old_high) = admitted(now.quantity), admitted(before.quantity)
    if now.quantity.unit == "percent":
        bounds = new_low - old_high, new_high - old_low
        return Growth(base, _tenth(new - old), "percentage_points", *bounds, now, before)
    if dimension not in _GROWING or min(new, old, old_low) <= 0:
        return None
    low, high = _percent(new_low, old_high), _percent(new_high, old_low)
    return Growth(base, _tenth(_percent(new, old)), "percent", low, high, now, before)


def _percent(new: Decimal, old: Decimal) -> Decimal:
    return (new - old) * 100 / old


def _tenth(number: Decimal) -> Decimal:
    return number.quantize(_TENTH, ROUND_HALF_EVEN) + 0  # no "-0.0"


def _agrees(claim: Observation, computed: Sequence[Growth]) -> bool | None:
    """Say whether a stated change and the one worked out may be one and the same, rounding allowed for."""
    for found in computed:
        if found.base == claim.base and claim.quantity is not None and claim.quantity.unit == found.unit:
            low, high = _bounds(claim)
            return (low is None or low <= found.high) and (high is None or high >= found.low)
        if found.base == claim.base and claim.quantity is None and claim.direction in ("up", "down"):
            return found.high > 0 if claim.direction == "up" else found.low < 0
    return None


def _bounds(claim: Observation) -> tuple[Decimal | None, Decimal | None]:
    """Return what a stated change admits, with its sign, as rounded as it is written."""
    if claim.quantity is None:
        return None, None
    exact = claim.quantity.comparator in ("=", "~")
    low, high = admitted(claim.quantity) if exact else range_of(claim.quantity)[:2]
    if claim.direction != "down":
        return low, high
    if claim.quantity.amount < 0:  # "down -5%": the sign says it a second time
        return low, high
    return (None if high is None else -high), (None if low is None else -low)


def disagreements(series: Sequence[Series], grown: Sequence[Sequence[Grown | None]]) -> list[str]:
    """Return sentences on stated changes that what was worked out does not bear out, in any unit."""
    rows = [
        (row, point, found)
        for row, changes in zip(series, grown, strict=True)
        for point, found in zip(row.points, changes, strict=True)
        if found is not None
    ]
    borne_out = {stated.claim.id for *_, found in rows for stated in found.stated if stated.agrees}
    told: dict[str, str] = {}
    for row, point, found in rows:
        for stated in found.stated:
            if stated.agrees is False and stated.claim.id not in borne_out:
                own = next(one for one in found.computed if one.base == stated.claim.base)
                of = f"{row.label} of {row.about.name}, {point.label or point.days}"
                both = f"{growth_words(own)} by the figures, {change_words(stated.claim)} as stated"
                told.setdefault(stated.claim.id, f"{of}: {both} ({stated.claim.key})")
    return list(told.values())


def growth_words(found: Growth) -> str:
    """Return a growth in short: "+4.8%", "-1.2 points"."""
    return f"{found.amount:+}" + ("%" if found.unit == "percent" else " points")


def change_words(claim: Observation) -> str:
    """Return a stated change in short, as it is written: "+5%", "over +20%", "down"."""
    if claim.quantity is None:
        return claim.direction or ""
    number = str(claim.quantity).replace(" percentage points", " points")
    digit = next((place for place, char in enumerate(number) if char.isdigit()), 0)
    if number[:digit].rstrip().endswith(("-", "+")):
        return number
    sign = {"up": "+", "down": "-"}.get(claim.direction or "", "+" if claim.quantity.unit == "percent" else "")
    return f"{number[:digit]}{sign}{number[digit:]}"
