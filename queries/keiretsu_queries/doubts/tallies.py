"""Claims counted: how many are facts, forecasts, opinions and denials, and how many are disputed, by whom."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from keiretsu_graph.view import View
from keiretsu_ontology.claims import FACTUAL, AnyClaim
from keiretsu_queries.base import Clocks, standings_of
from keiretsu_queries.voices import houses


class Tally(NamedTuple):
    """Claims, counted."""

    claims: int
    facts: int
    forecasts: int
    opinions: int
    denied: int
    disputed: int  # sides of open conflicts
    contradicted: int  # of these by others than the one who speaks


class Counting:
    """Counts claims, with what is disputed and by whom, looked up once."""

    def __init__(self, view: View, claims: Sequence[AnyClaim], clocks: Clocks) -> None:
        conflicts = view.conflicts([claim.id for claim in claims]) if claims else []
        standings = standings_of(view, claims, conflicts, clocks)
        ids = tuple(sorted({side for conflict in conflicts for side in conflict.claims}))
        sides = {claim.id: claim for claim in view.claims(clocks.claims(ids=ids))} if ids else {}
        house = houses(view, sides.values())
        self._against: defaultdict[str, set[str]] = defaultdict(set)  # by claim: houses on the other sides
        for conflict in conflicts:
            passed = [side for side in conflict.claims if side in sides and standings[conflict.id] == "open"]
            for side in passed:
                self._against[side] |= {house[sides[other].speaker] for other in passed if other != side}
        self._house = house

    def tally(self, claims: Iterable[AnyClaim]) -> Tally:
        """Return claims counted by manner, and how many are disputed."""
        listed = list(claims)
        manner = Counter("facts" if claim.modality in FACTUAL else claim.modality for claim in listed)
        disputed = [claim for claim in listed if self._against[claim.id]]
        others = [claim for claim in disputed if self._against[claim.id] - {self._house[claim.speaker]}]
        return Tally(
            len(listed), manner["facts"], manner["forecast"], manner["opinion"], manner["denied"], len(disputed),
            len(others),
        )  # fmt: skip


def tally_words(tally: Tally) -> str:
    """Return a count of claims in words.

    Example:
        >>> tally_words(Tally(5, 3, 1, 1, 0, 2, 1))
        '5 claims: 3 facts, 1 forecast, 1 opinion; 2 disputed (1 by others)'
    """
    manners = {"fact": tally.facts, "forecast": tally.forecasts, "opinion": tally.opinions, "denial": tally.denied}
    told = ", ".join(f"{number} {word}{'s' * (number != 1)}" for word, number in manners.items() if number)
    disputed = f"; {tally.disputed} disputed" if tally.disputed else ""
    others = f" ({tally.contradicted} by others)" if tally.contradicted else ""
    return f"{tally.claims} claim{'s' * (tally.claims != 1)}: {told}{disputed}{others}"
