"""The two clocks of a claim: when it held, and when it could be known."""

from __future__ import annotations

from datetime import date
from typing import Literal, NamedTuple

from keiretsu_ontology.claims import AnyClaim, Observation, Occurrence
from keiretsu_ontology.dates import Certainty, When

Aspect = Literal["takes place", "begins", "holds", "ends"]


class Moment(NamedTuple):
    """A point in time of a claim, and what it is to it."""

    aspect: Aspect
    when: When


def moments_of(claim: AnyClaim) -> tuple[Moment, ...]:
    """Return the points in time that a claim tells of, in order; none where it is undated.

    A figure takes place at the end of its period, an occurrence when it happens. What lasts begins and ends; where no
    more is said than that it held on a date, it holds then.
    """
    if isinstance(claim, Observation) and claim.period is not None:
        when = _end_of(claim)
        return (Moment("takes place", when),) if when is not None else ()
    held = claim.held
    if (known := held.day) is not None:
        return (Moment("holds", known),)
    if isinstance(claim, Observation | Occurrence):
        when = held.start or held.end
        return (Moment("takes place", when),) if when is not None else ()
    begins = (Moment("begins", held.start),) if held.start is not None else ()
    return (*begins, Moment("ends", held.end)) if held.end is not None else begins


def _end_of(claim: Observation) -> When | None:
    """Return when the period of a figure is over: its last day, or all days that an uncertain day may be."""
    period = claim.period
    if period is None or (period.start is None and period.end is None):
        return None
    uncertain = period.kind in ("instant", "day") or period.end is None
    first = period.start if uncertain else period.end
    edtf = str(period.end) if first == period.end else f"{first or '..'}/{period.end or '..'}"
    return When(edtf, first, period.end, period.stated, period.inferred)


def falls_within(when: When, since: date | None, until: date | None) -> Certainty:
    """Say whether a point in time lies between two days, both included; a day that is None bounds nothing.

    Example:
        >>> july = When("2025-07", date(2025, 7, 1), date(2025, 7, 31))
        >>> falls_within(july, date(2025, 7, 1), None), falls_within(july, date(2025, 7, 20), None)
        ('certainly', 'possibly')
    """
    first, last = when.earliest, when.latest
    if (since and last and last < since) or (until and first and first > until):
        return "no"
    sure = (since is None or (first is not None and first >= since)) and (
        until is None or (last is not None and last <= until)
    )
    return "certainly" if sure else "possibly"


def first_known(claim: AnyClaim) -> When:
    """Return when a claim could first be known: when its source came out, at the latest the day of its recording."""
    published = claim.published
    last = published.latest if published and published.latest and published.latest < claim.recorded else claim.recorded
    if published is None:
        return When(f"../{last}", None, last)
    return When(published.edtf, published.earliest, last, published.stated, published.inferred)


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
        if (known := claim.held.day) is not None:
            return _since(known.earliest, known.latest, day)
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
