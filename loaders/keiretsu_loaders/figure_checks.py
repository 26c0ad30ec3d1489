"""Rules over figures: each yields a problem for everything that breaks it."""

from __future__ import annotations

from collections.abc import Iterator

from keiretsu_loaders.facts import Facts
from keiretsu_loaders.reading import Located
from keiretsu_ontology.entries import ClaimEntry
from keiretsu_ontology.errors import Problem
from keiretsu_ontology.metrics import CHANGE_UNITS, METRICS, UNITS
from keiretsu_ontology.notation import NotationError, parse_period, parse_quantity

# Dimensions without numbers below zero.
_COUNTED = ("people", "count", "duration", "rank", "information", "rate", "power", "length", "area")


def figures_fit_their_metric(facts: Facts) -> Iterator[Problem]:
    """A figure is of a known thing and metric, in a unit of the metric's dimension, over a period that exists."""
    for _, claim in facts.each_claim():
        entry = claim.entry.observation
        if entry is None:
            continue
        if (fault := facts.misfit(entry.of, ("thing",))) is not None:
            yield claim.problem("observation", "of", message=fault)
        if (fault := facts.misfit(entry.metric, ("metric",))) is not None:
            yield claim.problem("observation", "metric", message=_unknown_metric(facts, fault, entry.metric))
        yield from _unit_problems(facts, claim)
        yield from _period_problems(facts, claim)


def deals_have_sums_and_shares(facts: Facts) -> Iterator[Problem]:
    """The amount of a deal is of money, its share in percent of a whole; neither is below nothing."""
    for _, claim in facts.each_claim():
        deal = claim.entry.deal
        if deal is None:
            continue
        if deal.amount is not None:
            amount = parse_quantity(deal.amount)
            if not amount.is_currency or amount.amount < 0:
                message = f"an amount is of money and not below zero, such as 3.6 billion USD, not {deal.amount!r}"
                yield claim.problem("deal", "amount", message=message)
        if deal.share is not None:
            share = parse_quantity(deal.share)
            if share.unit != "percent" or not 0 <= share.amount <= 100:
                message = f"a share is a part of a whole in percent, such as 33%, not {deal.share!r}"
                yield claim.problem("deal", "share", message=message)


def _unknown_metric(facts: Facts, fault: str, metric: str) -> str:
    return f"unknown metric {metric!r}{facts.hint(metric, METRICS)}" if fault.startswith("unknown") else fault


def _unit_problems(facts: Facts, claim: Located[ClaimEntry]) -> Iterator[Problem]:
    entry = claim.entry.observation
    dimension = facts.dimension(entry.metric) if entry else None
    if entry is None or dimension is None:
        return
    if entry.change is not None:
        unit = parse_quantity(entry.change).unit
        if unit not in CHANGE_UNITS:
            message = f"a change is in {', '.join(CHANGE_UNITS)}, not in {unit}"
            yield claim.problem("observation", "change", message=message)
    if entry.value is not None:
        quantity = parse_quantity(entry.value)
        fits = dimension == "money" if quantity.is_currency else dimension in UNITS[quantity.unit].dimensions
        if not fits:
            message = f"{entry.metric!r} is of the dimension {dimension}, which is not given in {quantity.unit}"
            yield claim.problem("observation", "value", message=message)
        elif quantity.amount < 0 and dimension in _COUNTED:
            message = f"{entry.metric!r} is counted; there are no fewer than none"
            yield claim.problem("observation", "value", message=message)


def _period_problems(facts: Facts, claim: Located[ClaimEntry]) -> Iterator[Problem]:
    entry = claim.entry.observation
    if entry is None or entry.period is None:
        return
    if facts.kind(entry.of) is None and entry.period.period.startswith("FY"):
        return  # whose year it is cannot be known; that the entity is unknown is told already
    try:
        parse_period(entry.period.period, entry.period.kind, fiscal_year_end=facts.fiscal_year_end(entry.of))
    except NotationError as error:
        yield claim.problem("observation", "period", message=str(error))
