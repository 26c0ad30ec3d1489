"""Since when things are there: launches of products, foundings of organisations."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from keiretsu_graph.view import View
from keiretsu_ontology.claims import AnyClaim, Occurrence
from keiretsu_ontology.clocks import date_of
from keiretsu_ontology.dates import When
from keiretsu_queries.base import Clocks

# An event with which a thing begins, and the role that the thing has in it.
BEGINNINGS = {"launch": "product", "founding": "subject"}


class Beginning(NamedTuple):
    """A date on which a thing came to be, by one claim."""

    when: When
    claim: AnyClaim


def beginnings(view: View, things: Iterable[str], clocks: Clocks) -> dict[str, tuple[Beginning, ...]]:
    """Return for each thing the facts that say since when it is there, earliest first."""
    wanted = set(things)
    found: defaultdict[str, list[Beginning]] = defaultdict(list)
    for claim in view.claims(clocks.claims(shapes=("occurrence",), topics=tuple(BEGINNINGS), factual=True)):
        when = date_of(claim)
        if isinstance(claim, Occurrence) and when is not None and not claim.none:
            for part in claim.parts:
                if part.role == BEGINNINGS[claim.kind] and part.entity in wanted:
                    found[part.entity].append(Beginning(when, claim))
    return {thing: tuple(sorted(own, key=_order)) for thing, own in found.items()}


def _order(beginning: Beginning) -> tuple[date, str]:
    return first_day(beginning.when) or date.max, beginning.claim.key


def first_day(when: When) -> date | None:
    """Return the first day that a date admits, or the last where only that is known."""
    return when.earliest or when.latest


def outermost(dates: Mapping[str, When], *, newest: bool) -> list[str]:
    """Return the things of which one must be the newest, or the oldest: several where dates leave it open.

    Example:
        >>> spring, year = [When("", date(2025, month, 1), date(2025, last, 30)) for month, last in ((4, 4), (1, 12))]
        >>> day = When("", date(2024, 5, 1), date(2024, 5, 1))
        >>> outermost({"a": spring, "b": year, "c": day}, newest=True)
        ['a', 'b']
    """
    if newest:
        floor = max((when.earliest for when in dates.values() if when.earliest), default=date.min)
        return sorted(thing for thing, when in dates.items() if (when.latest or date.max) >= floor)
    ceiling = min((when.latest for when in dates.values() if when.latest), default=date.max)
    return sorted(thing for thing, when in dates.items() if (when.earliest or date.min) <= ceiling)


def falls(when: When, since: date | None, until: date | None) -> str:
    """Say whether a date falls between two days: "certainly", "possibly" or "no".

    Example:
        >>> july = When("2025-07", date(2025, 7, 1), date(2025, 7, 31))
        >>> [falls(july, since, None) for since in (date(2025, 6, 1), date(2025, 7, 5), date(2025, 8, 1))]
        ['certainly', 'possibly', 'no']
    """
    if (since and when.latest and when.latest < since) or (until and when.earliest and when.earliest > until):
        return "no"
    surely_after = since is None or (when.earliest is not None and when.earliest >= since)
    surely_before = until is None or (when.latest is not None and when.latest <= until)
    return "certainly" if surely_after and surely_before else "possibly"


def best(dates: Sequence[When], since: date | None, until: date | None) -> str:
    """Say how the date of which most speaks falls between two days."""
    found = {falls(when, since, until) for when in dates}
    return "certainly" if found == {"certainly"} else "possibly" if found - {"no"} else "no"
