"""Decisions on conflicts: which side is preferred and why, recorded in the files of facts themselves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any, NamedTuple

from keiretsu_loaders.canonical import key_order
from keiretsu_loaders.dataset import load_facts
from keiretsu_loaders.editing import Edited, Pages, rehearse
from keiretsu_loaders.facts import Facts
from keiretsu_loaders.keys import with_key, without_key
from keiretsu_ontology.claims import REASONS, AnyClaim, Conflict
from keiretsu_ontology.conflicts import find_conflicts
from keiretsu_ontology.dataset import Dataset
from keiretsu_ontology.entries import ClaimEntry
from keiretsu_ontology.errors import UnknownClaimError, UsageError
from keiretsu_ontology.notation import nearest
from keiretsu_ontology.writing import text_fault


class Standing(NamedTuple):
    """How a claim stands before and after a decision."""

    key: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Decision:
    """What a decision on a conflict changes; nothing is written yet."""

    conflict: Conflict
    sides: tuple[Standing, ...]
    others: tuple[Standing, ...]  # claims beside the sides that stand otherwise afterwards
    files: tuple[Edited, ...]  # each with what stands there and what is to stand there

    def to_lines(self) -> Iterator[str]:
        """Yield the decision for a person: how each claim stands, before and after."""
        yield f"{self.conflict.id}: {REASONS[self.conflict.why]}"
        width = max(len(row.key) for row in (*self.sides, *self.others))
        for row in self.sides:
            turned = f"{row.before} → {row.after}" if row.before != row.after else row.after
            yield f"  {row.key.ljust(width)}  {turned}"
        for row in self.others:
            yield f"  {row.key.ljust(width)}  {row.before} → {row.after}, in another conflict"

    def to_record(self) -> dict[str, Any]:
        """Return the decision for a program."""
        return {
            "version": 1,
            "conflict": self.conflict.id,
            "why": self.conflict.why,
            "sides": [row._asdict() for row in self.sides],
            "others": [row._asdict() for row in self.others],
            "files": [str(file.path) for file in self.files],
        }


def decide(
    folder: Path,
    conflict: str,
    *,
    prefer: str | None = None,
    deprecate: Sequence[str] = (),
    reason: str | None = None,
    sources: Iterable[Path] = (),
) -> Decision:
    """Return what it changes to prefer one side of a conflict, or to deprecate some.

    Args:
        folder: The dataset.
        conflict: The id of the conflict.
        prefer: The key or id of the side to prefer.
        deprecate: The keys or ids of sides that are wrong.
        reason: Why; it is shown wherever the claims are.
        sources: Folders in which texts of sources may lie.

    Raises:
        SeedError: The dataset does not load, before or after.
        UsageError: No such conflict, claims that are no sides of it, no reason, or another decision stands.
    """
    facts, dataset = load_facts(folder, sources=sources)
    found = _find_conflict(dataset, conflict)
    sides = _sides(dataset, found)
    ranks = {_side(facts, dataset, found, claim).key: "deprecated" for claim in deprecate}
    if prefer is not None:
        chosen = _side(facts, dataset, found, prefer)
        if chosen.key in ranks:
            raise UsageError(f"{chosen.key!r} cannot be preferred and deprecated at once")
        ranks[chosen.key] = "preferred"
    if not ranks:
        listed = " or ".join(f"--prefer {side.key}" for side in sides)
        raise UsageError(f"name the side that is to be preferred: {listed}")
    _refuse_reason(reason)
    _refuse_second_decision(found, sides, ranks)
    pages = _Ranks(facts)
    for key, rank in ranks.items():
        pages.set(key, "rank", rank)
        pages.set(key, "rank_reason", reason or "")
    return _rehearsed(folder, found, dataset, pages, sources)


def undo(folder: Path, conflict: str, *, sources: Iterable[Path] = ()) -> Decision:
    """Return what it changes to take back every decision on a conflict: its sides have no rank then.

    Raises:
        SeedError: The dataset does not load, before or after.
        UsageError: There is no such conflict, or no decision to take back.
    """
    facts, dataset = load_facts(folder, sources=sources)
    found = _find_conflict(dataset, conflict)
    ranked = [side for side in _sides(dataset, found) if side.rank != "normal"]
    if not ranked:
        raise UsageError(f"no decision on {found.id!r} is recorded; there is nothing to take back")
    pages = _Ranks(facts)
    for side in ranked:
        pages.unset(side.key, "rank_reason")
        pages.unset(side.key, "rank")
    return _rehearsed(folder, found, dataset, pages, sources)


def _find_conflict(dataset: Dataset, named: str) -> Conflict:
    """Return a conflict by its id; one that was settled by rank is found all the same."""
    plain = (replace(claim, rank="normal", outranked=False) for claim in dataset.claims)
    known = {conflict.id: conflict for conflict in (*find_conflicts(plain), *dataset.conflicts)}
    if named not in known:
        hint = nearest(named, known) or "; `keiretsu conflicts` lists them"
        raise UsageError(f"no conflict {named[:60]!r} in the dataset{hint}")
    return known[named]


def _sides(dataset: Dataset, conflict: Conflict) -> list[AnyClaim]:
    return sorted((claim for claim in dataset.claims if claim.id in conflict.claims), key=lambda claim: claim.key)


def _side(facts: Facts, dataset: Dataset, conflict: Conflict, named: str) -> AnyClaim:
    """Return the side of a conflict that a key or id names."""
    sides = _sides(dataset, conflict)
    for side in sides:
        if named in (side.key, side.id):
            return side
    keys = [side.key for side in sides]
    if named not in facts.claims and all(claim.id != named for claim in dataset.claims):
        raise UnknownClaimError(named, get_close_matches(named, keys, 1) or get_close_matches(named, facts.claims, 1))
    raise UsageError(f"{named!r} is no side of {conflict.id!r}; its sides are {', '.join(keys)}")


def _refuse_reason(reason: str | None) -> None:
    if reason is None:
        raise UsageError("a decision needs its reason: --reason TEXT")
    if (fault := text_fault(reason, lines=True)) is not None:
        raise UsageError(f"--reason: {fault}")


def _refuse_second_decision(conflict: Conflict, sides: Iterable[AnyClaim], ranks: dict[str, str]) -> None:
    chosen = "preferred" in ranks.values()
    for side in sides:
        turned = side.key in ranks and ranks[side.key] != side.rank
        displaced = chosen and side.rank == "preferred" and side.key not in ranks
        if side.rank != "normal" and (turned or displaced):
            raise UsageError(
                f"{side.key!r} is {side.rank} already: {side.rank_reason}; "
                f"take that back first: keiretsu resolve {conflict.id} --undo"
            )


class _Ranks(Pages):
    """The files of claims that a decision edits."""

    def __init__(self, facts: Facts) -> None:
        super().__init__()
        self._facts = facts

    def set(self, claim: str, key: str, text: str) -> None:
        """Give a claim a key."""
        _, located = self._facts.claims[claim]
        page = self.page(located.document.path)
        self.put(with_key(page, located.location, key, text, key_order(ClaimEntry)))

    def unset(self, claim: str, key: str) -> None:
        """Take a key from a claim."""
        _, located = self._facts.claims[claim]
        self.put(without_key(self.page(located.document.path), located.location, key))


def _rehearsed(folder: Path, conflict: Conflict, dataset: Dataset, pages: Pages, sources: Iterable[Path]) -> Decision:
    files = pages.files()
    after = rehearse(folder, files, sources=sources)
    now = {claim.id: claim for claim in after.claims}
    rows = [
        (claim.id, Standing(claim.key, standing_of(claim), standing_of(now[claim.id])))
        for claim in sorted(dataset.claims, key=lambda claim: claim.key)
    ]
    sides = tuple(row for slug, row in rows if slug in conflict.claims)
    others = tuple(row for slug, row in rows if slug not in conflict.claims and row.before != row.after)
    return Decision(conflict, sides, others, files)


def standing_of(claim: AnyClaim) -> str:
    """Return how a claim stands among others, in a word or two."""
    if claim.retracted is not None:
        return f"retracted {claim.retracted}"
    if claim.rank != "normal":
        return claim.rank
    return "outranked" if claim.outranked else "stands"
