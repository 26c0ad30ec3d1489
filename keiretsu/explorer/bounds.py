"""The rules of the two clocks as days that a page can compare: held_at and known_at, turned round."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from keiretsu_ontology.claims import AnyClaim, Observation, Occurrence


class Bounds(NamedTuple):
    """The days on which a claim may be so and may be known; None leaves a side open."""

    start: date | None  # before it, `held_at` says no
    end: date | None  # after it, `held_at` says no
    known: date | None  # before it, `known_at` says no


def bounds_of(claim: AnyClaim) -> Bounds:
    """Return on which days a claim may be so, and from which day on it may be known."""
    return Bounds(*_held(claim), _known(claim))


def _held(claim: AnyClaim) -> tuple[date | None, date | None]:
    if isinstance(claim, Observation) and claim.period is not None:
        return _first(claim.period.start, claim.period.end), None
    held = claim.held
    if not isinstance(claim, Observation | Occurrence):
        return (held.start.earliest if held.start else None), (held.end.latest if held.end else None)
    if (day := held.day) is not None:
        return _first(day.earliest, day.latest), None
    first, last = held.start or held.end, held.end or held.start
    return _first(first.earliest if first else None, last.latest if last else None), None


def _known(claim: AnyClaim) -> date | None:
    if claim.published is None:
        return None
    return _first(claim.published.earliest, min(claim.published.latest or claim.recorded, claim.recorded))


def _first(first: date | None, last: date | None) -> date | None:
    """Return the day before which a thing had certainly not happened that happened between two days."""
    return first if first is None or last is None else min(first, last)
