"""Forecasts and what came of them: later facts bear them out, or do not, or cannot be compared."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Literal, NamedTuple

from keiretsu_graph.view import View
from keiretsu_ontology.claims import AnyClaim, Occurrence
from keiretsu_queries.base import Clocks
from keiretsu_queries.doubts.differences import Apart, apart
from keiretsu_queries.sameness import fact_key, mainly_about, may_agree

Verdict = Literal["borne out", "not borne out", "disputed", "open"]
# What was to come is another kind of event than what came.
_CAME = {"planned_launch": "launch"}


class Outcome(NamedTuple):
    """A forecast, and the facts that it can be compared with."""

    forecast: AnyClaim
    verdict: Verdict  # "open" where there is no such fact
    facts: tuple[AnyClaim, ...]
    apart: Apart | None = None  # how far the first of them is from the forecast, where it is not borne out


def outcomes_of(view: View, forecasts: Sequence[AnyClaim], clocks: Clocks) -> list[Outcome]:
    """Return what came of forecasts, in their order.

    A fact can be compared where all but the manner is the same: what it is of, metric, unit, period, scope. A note
    on a forecast's scope that the fact lacks, such as whose consensus it is, does not keep them apart.
    """
    wanted = tuple(sorted({slug for claim in forecasts for slug in mainly_about(claim)}))
    facts: defaultdict[tuple[object, ...], list[AnyClaim]] = defaultdict(list)
    for claim in view.claims(clocks.claims(entities=wanted)) if wanted else ():
        if claim.factual or claim.modality == "denied":
            facts[fact_key(claim)].append(claim)
    return [_outcome(forecast, [fact for key in _keys(forecast) for fact in facts[key]]) for forecast in forecasts]


def _keys(forecast: AnyClaim) -> Iterable[tuple[object, ...]]:
    """Return what a fact, or its denial, that can be compared with a forecast would be known by."""
    return dict.fromkeys(
        fact_key(replace(came, modality=modality)) for came in _as_it_came(forecast) for modality in _MANNERS
    )


_MANNERS: tuple[Literal["stated"], Literal["denied"]] = ("stated", "denied")


def _as_it_came(forecast: AnyClaim) -> Iterator[AnyClaim]:
    came = forecast
    if isinstance(forecast, Occurrence):
        came = replace(forecast, kind=_CAME.get(forecast.kind, forecast.kind))
    yield came
    yield replace(came, scope=replace(came.scope, note=None))


def _outcome(forecast: AnyClaim, facts: Sequence[AnyClaim]) -> Outcome:
    verdicts = {fact.modality != "denied" and may_agree(forecast, fact) for fact in facts}
    found: Verdict = "open" if not verdicts else "disputed" if len(verdicts) > 1 else "not borne out"
    if verdicts == {True}:
        return Outcome(forecast, "borne out", tuple(facts))
    return Outcome(forecast, found, tuple(facts), apart((forecast, facts[0]), "value") if facts else None)
