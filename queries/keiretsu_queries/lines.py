"""Things said, one a line: what is said again stands with what it repeats, and disputes are marked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from keiretsu_graph.view import View
from keiretsu_ontology.claims import AnyClaim
from keiretsu_queries.base import Clocks


class Line(NamedTuple):
    """One thing said, with every claim that says it again."""

    claim: AnyClaim
    restated: tuple[AnyClaim, ...]
    conflicts: tuple[str, ...]  # ids of the conflicts that it is a side of
    doubt: str | None  # how it stands to the clocks where it does not certainly pass them


def lines_of(view: View, claims: Sequence[AnyClaim], clocks: Clocks) -> list[Line]:
    """Return claims as lines: what is said again stands with what it repeats."""
    by_key = {claim.key: claim for claim in claims}
    again: defaultdict[str, list[AnyClaim]] = defaultdict(list)
    for claim in claims:
        if claim.restates in by_key:
            again[claim.restates or ""].append(claim)
    disputes = _disputes(view, claims)
    return [
        Line(claim, tuple(again[claim.key]), tuple(disputes[claim.id]), clocks.doubt(claim))
        for claim in claims
        if claim.restates not in by_key
    ]


def _disputes(view: View, claims: Sequence[AnyClaim]) -> defaultdict[str, list[str]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for conflict in view.conflicts([claim.id for claim in claims]) if claims else ():
        for side in conflict.claims:
            found[side].append(conflict.id)
    return found
