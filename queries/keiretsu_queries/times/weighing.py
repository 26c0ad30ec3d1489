"""How things stood on a day: several claims on one thing are weighed together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from keiretsu_ontology.claims import AnyClaim, Occurrence, Statement
from keiretsu_ontology.clocks import held_at
from keiretsu_ontology.dates import Certainty
from keiretsu_queries.lines import Line

_RANKS: tuple[Certainty, ...] = ("certainly", "possibly", "no", "undated")


class Weighed(NamedTuple):
    """A thing said, by one claim or several, and how it stood on a day."""

    certainty: Certainty
    lines: tuple[Line, ...]  # those that say most of the day first

    @property
    def first(self) -> Line:
        """What says most of the day."""
        return self.lines[0]


def thing_of(claim: AnyClaim) -> tuple[object, ...]:
    """Return what makes several claims claims on one thing: the tie, with its scope; else each stands alone."""
    if isinstance(claim, Statement):
        return claim.subject, claim.relation, claim.object, claim.scope
    return (claim.restates or claim.key,)


def weighed(lines: Iterable[Line], day: date) -> list[Weighed]:
    """Return how things stood on a day, each once, in the order in which they come."""
    grouped: defaultdict[tuple[object, ...], list[Line]] = defaultdict(list)
    for line in lines:
        grouped[thing_of(line.claim)].append(line)
    return [_weigh(own, day) for own in grouped.values()]


def _weigh(lines: Sequence[Line], day: date) -> Weighed:
    ends = [end for line in lines if (end := _end_of(line.claim)) is not None and end < day]
    found = {line.claim.id: _at(line.claim, day, ends) for line in lines}
    ordered = sorted(lines, key=lambda line: (_RANKS.index(found[line.claim.id]), line.claim.key))
    kept = [line for line in ordered if found[line.claim.id] in ("certainly", "possibly")] or ordered
    return Weighed(found[ordered[0].claim.id], tuple(kept))


def _end_of(claim: AnyClaim) -> date | None:
    """Return the last day on which a claim may have held, where it is said to have ended."""
    if claim.held.day is not None or claim.held.end is None:
        return None
    return claim.held.end.latest


def _at(claim: AnyClaim, day: date, ends: Sequence[date]) -> Certainty:
    """Return how a claim stands to a day; where it tells no end, the end that another claim tells counts."""
    standing = held_at(claim, day)
    start, end = claim.held.start, claim.held.end
    if standing == "possibly" and start is not None and end is None:
        first = start.earliest or start.latest
        if any(first is None or first <= known for known in ends):
            return "no"
    return standing


def out_by(launches: Sequence[Occurrence], day: date) -> Certainty:
    """Say whether a product was out on a day, by all that is said of its launches.

    Where sources give different days for one launch, it was possibly out between them. A launch in another place is
    another launch, and one is enough.
    """
    by_scope: defaultdict[object, set[Certainty]] = defaultdict(set)
    for launch in launches:
        by_scope[launch.scope].add(held_at(launch, day))
    found = [_together(standings - {"undated"}) for standings in by_scope.values()]
    return min(found, key=_RANKS.index, default="undated")


def _together(standings: set[Certainty]) -> Certainty:
    if not standings:
        return "undated"
    return next(iter(standings)) if len(standings) == 1 else "possibly"
