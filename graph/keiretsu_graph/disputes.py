"""Which claims stand against others: sides of conflicts that are neither explained nor settled by rank."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from keiretsu_ontology.claims import EXPLAINED, AnyClaim, Conflict


def disputed(conflicts: Iterable[Conflict], claims: Mapping[str, AnyClaim]) -> frozenset[str]:
    """Return the ids of claims that are sides of open conflicts, given all claims by id.

    A conflict is open while two of its sides stand that do not say each other again, unless its reason explains it.
    """
    return frozenset(side for conflict in conflicts if _is_open(conflict, claims) for side in conflict.claims)


def _is_open(conflict: Conflict, claims: Mapping[str, AnyClaim]) -> bool:
    if conflict.why in EXPLAINED:
        return False
    sides = [claims[side] for side in conflict.claims if side in claims]
    left = [side for side in sides if side.rank != "deprecated" and not side.outranked and side.retracted is None]
    keys = {side.key for side in left}
    return sum(side.restates not in keys for side in left) > 1
