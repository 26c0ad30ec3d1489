"""The two clocks of a claim: when it held, and when it could be known."""

from __future__ import annotations

from datetime import date

from keiretsu_ontology.claims import AnyClaim, Observation, Occurrence
from keiretsu_ontology.dates import Certainty, When


def held_at(claim: AnyClaim, day: date) -> Certainty:
    """Say whether what a claim says was so on a day.

    A statement or deal is so while it holds. A figure is so from the end of its period on, an occurrence from the
    day on which it took place: what has happened stays so.
    """
    if isinstance(claim, Observation) and claim.period is not None:
        return _since(claim.period.start, claim.period.end, day)
    if isinstance(claim, Observation | Occurrence):
        if claim.held.undated:
            return "undated"
        first, last = claim.held.start or claim.held.end, claim.held.end or claim.held.start
        return _since(first.earliest if first else None, last.latest if last else None, day)
    return claim.held.at(day)


def known_at(claim: AnyClaim, day: date) -> Certainty:
    """Say whether a claim's source had come out by a day; at the latest it had on the day of its recording."""
    first = claim.published.earliest if claim.published else None
    last = (claim.published.latest if claim.published else None) or claim.recorded
    return _since(first, min(last, claim.recorded), day)


def _since(first: date | None, last: date | None, day: date) -> Certainty:
    """Say whether a thing that happened between two days had happened by a third."""
    if first is None and last is None:
        return "undated"
    if last is not None and day >= last:
        return "certainly"
    if first is not None and day < first:
        return "no"
    return "possibly"


def date_of(claim: AnyClaim) -> When | None:
    """Return the point in time that a claim stands at on a timeline, or None where it has none."""
    if isinstance(claim, Observation) and claim.period is not None and claim.period.end is not None:
        period = claim.period
        return When(str(period.end), period.start, period.end, period.stated or str(period), period.inferred)
    return claim.held.day or claim.held.start or claim.held.end
