"""How a conflict stands: open, settled by what its curators ranked, or a difference that is explained."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

from keiretsu_ontology.claims import EXPLAINED, REASONS, AnyClaim, Conflict
from keiretsu_queries.sameness import are_apart

Standing = Literal["open", "settled", "explained"]


class Ranking(NamedTuple):
    """What settles a conflict: a claim that is put above or below the others, and why."""

    claim: AnyClaim
    reason: str


def stands(claim: AnyClaim) -> bool:
    """Say whether a claim was neither put aside nor outranked nor taken back."""
    return claim.rank != "deprecated" and not claim.outranked and claim.retracted is None


def standing_of(conflict: Conflict, sides: Sequence[AnyClaim]) -> Standing:
    """Return how a conflict stands, given those of its sides that are looked at."""
    if conflict.why in EXPLAINED:
        return "explained"
    left = [side for side in sides if stands(side)]
    return "open" if are_apart(conflict, left) else "settled"


def rankings(sides: Iterable[AnyClaim]) -> tuple[Ranking, ...]:
    """Return what curators decided about the sides of a conflict, what they prefer first."""
    order = {"preferred": 0, "normal": 1, "deprecated": 2}
    ranked = (Ranking(side, _reason(side)) for side in sides if side.rank != "normal" or side.retracted is not None)
    return tuple(sorted(ranked, key=lambda row: (order[row.claim.rank], row.claim.key)))


def _reason(claim: AnyClaim) -> str:
    taken_back = f"retracted {claim.retracted}" if claim.retracted else ""
    return "; ".join(part for part in (claim.rank_reason or "", taken_back) if part) or "no reason is given"


def reason_words(why: str) -> str:
    """Return why claims disagree, in words."""
    return REASONS.get(why, why)
