"""Figures as the page draws them: numbers where it may, and what must be alike for two to be compared."""

from __future__ import annotations

from decimal import Decimal
from math import isfinite
from typing import Any

from keiretsu_ontology.claims import Observation
from keiretsu_ontology.evidence import digest
from keiretsu_ontology.metrics import METRICS
from keiretsu_ontology.values import range_of
from keiretsu_queries.figures.periods import bounds_of, days_words, label_of
from keiretsu_queries.figures.series import shared_key
from keiretsu_queries.figures.series_sheets import spaced
from keiretsu_queries.wording import Names, name, value_words, when_words


def figure(claim: Observation, names: Names, fiscal_year_end: str | None) -> dict[str, Any]:
    """Return a figure (Figure in explorer/src/format.ts).

    Args:
        claim: What says it.
        names: The entities that it names.
        fiscal_year_end: "MM-DD", of what it is about.
    """
    low, high = _range(claim)
    first, last = bounds_of(claim)
    return {
        "metric": claim.metric,
        "label": METRICS[claim.metric].label if claim.metric in METRICS else name(names, claim.metric),
        "value": spaced(value_words(claim)) if not claim.none else "none",
        "low": low,
        "high": high,
        "unit": claim.quantity.unit.replace("_", " ") if claim.quantity else "",
        "period": _period(claim, fiscal_year_end),
        "from": str(first) if first is not None else None,
        "until": str(last) if last is not None else None,
        "like": likeness(claim),
        "of": claim.about,
    }


def likeness(claim: Observation) -> str:
    """Return what is equal of two figures exactly where they may be set side by side, the days left aside."""
    return digest(repr(shared_key(claim)))[:12]


def _range(claim: Observation) -> tuple[int | float | None, int | float | None]:
    """Return the least and the greatest number that a figure admits; what went down is below nought."""
    if claim.quantity is None:
        return None, None
    bounds = range_of(claim.quantity)
    low, high = _number(bounds.low), _number(bounds.high)
    if claim.direction == "down" and claim.quantity.amount > 0:
        return (-high if high is not None else None), (-low if low is not None else None)
    return low, high


def _number(amount: Decimal | None) -> int | float | None:
    if amount is None:
        return None
    if abs(amount) < 2**53 and amount == amount.to_integral_value():
        return int(amount)
    number = float(amount)
    return number if isfinite(number) else None  # a page knows no greater ones


def _period(claim: Observation, fiscal_year_end: str | None) -> str:
    """Return what the period of a figure is called; where it has no name, its days."""
    period = claim.period
    if period is None:
        return when_words(claim)
    return label_of(period, fiscal_year_end) or days_words(period.start, period.end) or str(period)
