"""What became of conflicts from one edition to another: which arose, and which were settled and how."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple

from keiretsu_ontology.claims import AnyClaim, Conflict
from keiretsu_queries.editions.edition import Edition

_Name = tuple[str, ...]


class ConflictChange(NamedTuple):
    """What became of a conflict; it is open while two of its sides stand."""

    what: Literal["arisen", "settled", "changed", "recorded", "removed"]
    conflict: Conflict
    sides: tuple[str, ...]  # keys
    note: str  # why, or how it was settled


class _Side(NamedTuple):
    """The conflicts of one edition, and its claims by id."""

    edition: Edition
    by_id: dict[str, AnyClaim]
    renamed: Mapping[str, str]  # keys that are called otherwise in the other edition

    @classmethod
    def of(cls, edition: Edition, renamed: Mapping[str, str]) -> _Side:
        return cls(edition, {claim.id: claim for claim in edition.claims.values()}, renamed)

    def keys(self, conflict: Conflict) -> tuple[str, ...]:
        """Return the keys of the sides, as they are called in the new edition."""
        keys = (self.by_id[side].key for side in conflict.claims)
        return tuple(sorted(self.renamed.get(key, key) for key in keys))

    def is_open(self, conflict: Conflict | None) -> bool:
        return conflict is not None and sum(_stands(self.by_id[side]) for side in conflict.claims) > 1

    def by_name(self) -> dict[_Name, Conflict]:
        """Return conflicts by what tells them apart: curated ones by id, found ones by their sides."""
        return {
            ("", conflict.id) if conflict.curated else (conflict.why, *self.keys(conflict)): conflict
            for conflict in self.edition.conflicts
        }


def _stands(claim: AnyClaim) -> bool:
    return claim.rank != "deprecated" and not claim.outranked and claim.retracted is None


def conflict_changes(old: Edition, new: Edition, renamed: Mapping[str, str]) -> tuple[ConflictChange, ...]:
    """Return what became of conflicts, by id.

    Args:
        old: The edition before.
        new: The edition after.
        renamed: Keys of claims that are called otherwise now.
    """
    before, after = _Side.of(old, renamed), _Side.of(new, {})
    named, now = before.by_name(), after.by_name()
    _pair(before, named, after, now)
    rows = (_change(named.get(name), now.get(name), before, after) for name in named.keys() | now.keys())
    return tuple(sorted((row for row in rows if row is not None), key=lambda row: (row.conflict.id, row.what)))


def _pair(before: _Side, named: dict[_Name, Conflict], after: _Side, now: dict[_Name, Conflict]) -> None:
    """Give a conflict that gained or lost sides, or was written down or struck out, the name that it had."""
    for name in sorted(named.keys() - now.keys()):
        near = [
            other for other in sorted(now.keys() - named.keys())
            if _are_near(name, before.keys(named[name]), other, after.keys(now[other]))
        ]  # fmt: skip
        if near:
            now[name] = now.pop(near[0])


def _are_near(one: _Name, sides: tuple[str, ...], other: _Name, others: tuple[str, ...]) -> bool:
    """Say whether two conflicts of two editions are one: both found with two sides in common, or one in the other."""
    common = set(sides) & set(others)
    if one[0] and other[0]:
        return one[0] == other[0] and len(common) > 1
    if one[0] or other[0]:
        return common == set(sides if one[0] else others)
    return False


def _change(one: Conflict | None, other: Conflict | None, before: _Side, after: _Side) -> ConflictChange | None:
    was, now = before.is_open(one), after.is_open(other)
    if other is None:
        if one is None:
            return None
        keys = before.keys(one)
        if was:
            return ConflictChange("settled", one, keys, _how_settled(keys, after.edition))
        return ConflictChange("removed", one, keys, "it had been decided")
    keys = after.keys(other)
    if now and not was:
        return ConflictChange("arisen", other, keys, other.note)
    if was and not now:
        return ConflictChange("settled", other, keys, _how_settled(keys, after.edition))
    if one is None:
        return ConflictChange("recorded", other, keys, "decided already")
    if (before.keys(one), one.why, one.note) == (keys, other.why, other.note):
        return None
    return ConflictChange("changed", other, keys, f"before: {', '.join(before.keys(one))}; {one.note or one.why}")


def _how_settled(keys: tuple[str, ...], edition: Edition) -> str:
    said = []
    for key in keys:
        claim = edition.claims.get(key)
        if claim is None:
            said.append(f"{key} is withdrawn")
        elif claim.retracted is not None:
            said.append(f"{key} is retracted")
        elif claim.rank != "normal":
            said.append(f"{key} is {claim.rank}: {claim.rank_reason}")
        elif claim.outranked:
            said.append(f"{key} is outranked")
    return "; ".join(said) or "the sides no longer disagree"
