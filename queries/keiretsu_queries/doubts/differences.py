"""By how much the sides of a conflict differ, in one unit or in days, and whether rounding could explain it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from itertools import combinations
from typing import NamedTuple

from keiretsu_ontology.claims import AnyClaim, Observation, Occurrence
from keiretsu_ontology.clocks import date_of
from keiretsu_ontology.metrics import SCALES
from keiretsu_ontology.values import Quantity, range_of

_ROUND_SCALES = (("trillion", 12), ("billion", 9), ("million", 6))
_SHARES = ("percent", "percentage_points")


class Apart(NamedTuple):
    """How far apart the outermost sides are."""

    amount: Decimal | None = None  # in `unit`
    unit: str | None = None
    percent: Decimal | None = None  # of the lesser; None for shares, and where it makes no sense
    bounds: bool = False  # whether one says "over" or "at most" where another does not
    rounding: bool | None = None  # whether the coarser figures may be the finer ones, rounded
    least_days: int | None = None
    most_days: int | None = None  # unlike the least where a date is uncertain


def apart(sides: Iterable[AnyClaim], why: str) -> Apart | None:
    """Return how far claims are apart, or None where they have no figures in one unit and no dates."""
    listed = list(sides)
    if why == "time" or all(isinstance(claim, Occurrence) for claim in listed):
        return None if any(isinstance(claim, Observation) for claim in listed) else _days(listed)
    quantities = [claim.quantity for claim in listed if isinstance(claim, Observation) and claim.quantity]
    alike = {(claim.measure, claim.base) for claim in listed if isinstance(claim, Observation)}
    if len(quantities) < len(listed) or len(alike) > 1 or len({quantity.unit for quantity in quantities}) > 1:
        return None
    return _figures(quantities)


def _figures(quantities: Sequence[Quantity]) -> Apart:
    low, high = min(row.amount for row in quantities), max(row.amount for row in quantities)
    unit, least = quantities[0].unit, min(abs(low), abs(high))
    percent = None
    if unit not in _SHARES and least and (low > 0) == (high > 0):
        percent = _short((high - low) / least * 100)
    bounds = len({row.comparator for row in quantities}) > 1
    rounding = all(rounded(one, other) for one, other in combinations(quantities, 2))
    return Apart(high - low, unit, percent, bounds, rounding)


def _short(number: Decimal) -> Decimal:
    """Return a number with two significant digits, as people read it."""
    return Decimal(f"{Decimal(f'{number:.2g}'):f}") if number < 100 else number.quantize(Decimal(1))


def rounded(one: Quantity, other: Quantity) -> bool:
    """Say whether one of two quantities may be the other, rounded to its last written digit.

    Example:
        >>> rounded(Quantity("2.9", "USD", scale="billion"), Quantity("2895", "USD", scale="million"))
        True
        >>> rounded(Quantity("2.95", "USD", scale="billion"), Quantity("2895", "USD", scale="million"))
        False
    """
    coarse, fine = sorted((one, other), key=_step, reverse=True)
    (low, high), half = _span(fine), _step(coarse) / 2
    return any(low <= bound + half and bound - half <= high for bound in _span(coarse))


def _step(quantity: Quantity) -> Decimal:
    shift = SCALES[quantity.scale] if quantity.scale else 0
    return Decimal(1).scaleb(shift - len(quantity.written.partition(".")[2]))


def _span(quantity: Quantity) -> tuple[Decimal, Decimal]:
    low, high = range_of(quantity)[:2]
    return (quantity.amount if low is None else low), (quantity.amount if high is None else high)


def _days(claims: Sequence[AnyClaim]) -> Apart | None:
    bounds = []
    for claim in claims:
        when = date_of(claim)
        if when is None or when.earliest is None or when.latest is None:
            return None
        bounds.append((when.earliest, when.latest))
    first, last = min(bounds), max(bounds)
    return Apart(least_days=max(_between(first[1], last[0]), 0), most_days=_between(first[0], last[1]))


def _between(one: date, other: date) -> int:
    return (other - one).days


def apart_words(found: Apart | None) -> str:
    """Return how far apart sides are, in a few words; empty where that cannot be said.

    Example:
        >>> apart_words(Apart(Decimal("55000000"), "USD", Decimal("1.9")))
        '55 million USD (1.9%)'
        >>> apart_words(Apart(least_days=2, most_days=2))
        '2 days'
    """
    if found is None:
        return ""
    if found.least_days is not None:
        least, most = found.least_days, found.most_days or found.least_days
        return f"{least} day{'s' * (least != 1)}" if least == most else f"{least} to {most} days"
    if not found.amount:
        return "only by a bound" if found.bounds else "not in figures"
    share = f" ({_share(found.percent)})" if found.percent is not None else ""
    return amount_words(found.amount, found.unit or "") + share


def short_words(found: Apart | None) -> str:
    """Return how far apart sides are in one figure: a share where there is one, else an amount or days.

    Example:
        >>> short_words(Apart(Decimal("55000000"), "USD", Decimal("1.9"))), short_words(Apart(Decimal(2), "percent"))
        ('1.9%', '2 points')
    """
    if found is None:
        return ""
    if found.amount == 0:
        return "a bound" if found.bounds else ""
    if found.least_days != found.most_days:
        return f"{found.least_days}+ days"
    if found.percent is not None:
        return _share(found.percent)
    if found.amount and found.unit in _SHARES:
        return f"{_plain(found.amount)} points"
    return apart_words(found)


def _share(percent: Decimal) -> str:
    """Return a share in words; what is ten times as much or more is told as a factor."""
    return f"{percent:f}%" if percent < 900 else f"factor {(percent / 100 + 1).to_integral():f}"


def amount_words(amount: Decimal, unit: str) -> str:
    """Return an exact amount with its unit as people write it.

    Example:
        >>> amount_words(Decimal("46055000000"), "CNY"), amount_words(Decimal("0.5"), "percent")
        ('46.055 billion CNY', '0.5 percentage points')
    """
    label = "percentage points" if unit in _SHARES else unit.replace("_", " ")
    for scale, digits in _ROUND_SCALES:
        if abs(amount) >= Decimal(1).scaleb(digits):
            return f"{_plain(amount.scaleb(-digits))} {scale} {label}"
    return f"{_plain(amount)} {label}"


def _plain(number: Decimal) -> str:
    text = f"{number:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
