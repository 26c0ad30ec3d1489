"""Things said, one a line: what is said again stands with what it repeats, and disputes are marked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from keiretsu_graph.view import View
from keiretsu_ontology.claims import AnyClaim
from keiretsu_queries.base import Clocks, standings_of
from keiretsu_queries.sameness import facts_of
from keiretsu_queries.standing import stands


class Line(NamedTuple):
    """One thing said, with every claim that says it again."""

    claim: AnyClaim
    restated: tuple[AnyClaim, ...]
    conflicts: tuple[str, ...]  # ids of the open conflicts that it is a side of
    doubt: str | None  # how it stands to the clocks where it does not certainly pass them


def lines_of(view: View, claims: Sequence[AnyClaim], clocks: Clocks) -> list[Line]:
    """Return claims as lines: what is said again stands with what it repeats."""
    by_key = {claim.key: claim for claim in claims}
    again: defaultdict[str, list[AnyClaim]] = defaultdict(list)
    for claim in claims:
        if claim.restates in by_key:
            again[claim.restates or ""].append(claim)
    disputes = disputes_of(view, claims, clocks)
    return [
        Line(claim, tuple(again[claim.key]), tuple(disputes[claim.id]), clocks.doubt(claim))
        for claim in claims
        if claim.restates not in by_key
    ]


def folded(lines: Iterable[Line]) -> list[Line]:
    """Return lines of which each says another thing: what several sources say stands as one, with all of them.

    What was put aside, outranked or taken back backs nothing and stands for itself.
    """
    listed = {row.claim.id: row for row in lines}
    found = [row for row in listed.values() if not stands(row.claim)]
    for fact in facts_of(row.claim for row in listed.values() if stands(row.claim)):
        first = listed[fact.first.id]
        others = [listed[claim.id] for claim in fact.claims if claim.id != first.claim.id]
        again = (*first.restated, *(claim for row in others for claim in (row.claim, *row.restated)))
        disputes = tuple(dict.fromkeys(conflict for row in (first, *others) for conflict in row.conflicts))
        doubt = first.doubt if all(row.doubt for row in others) else None
        found.append(Line(first.claim, again, disputes, doubt))
    return found


def disputes_of(view: View, claims: Sequence[AnyClaim], clocks: Clocks) -> defaultdict[str, list[str]]:
    """Return for each claim the open conflicts that it is a side of; what is settled or explained is none."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    conflicts = view.conflicts([claim.id for claim in claims]) if claims else []
    standings = standings_of(view, claims, conflicts, clocks)
    for conflict in conflicts:
        for side in conflict.claims if standings[conflict.id] == "open" else ():
            found[side].append(conflict.id)
    return found
