"""Two entities that are one: recorded in the entry of the one that stays, with all that it takes to take it back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from keiretsu_loaders.dataset import load_facts
from keiretsu_loaders.editing import Edited, Pages, rehearse
from keiretsu_loaders.facts import Facts
from keiretsu_loaders.keys import with_item, with_item_after, without_item
from keiretsu_loaders.mentions import PARTS, Mention, is_among, mentions_of, rename, to_keys
from keiretsu_loaders.merged_entries import NOTHING, Moved, inner_remarks, put_record, take_record
from keiretsu_loaders.reading import Located
from keiretsu_loaders.tidy import tidy_text
from keiretsu_loaders.yaml_reader import Document
from keiretsu_ontology.claims import Observation
from keiretsu_ontology.dataset import Dataset
from keiretsu_ontology.entities import KINDS, is_a
from keiretsu_ontology.entries import EntityEntry
from keiretsu_ontology.errors import SeedError, UsageError
from keiretsu_ontology.metrics import METRICS
from keiretsu_ontology.writing import text_fault

_ONE_EACH = ("wikidata", "lei", "cik")  # schemes of which two values are two things


@dataclass(frozen=True, slots=True)
class Merger:
    """What it changes that two entities are one, or are two again; nothing is written yet."""

    kept: str
    other: str
    reason: str | None
    undone: bool = False
    moved: Moved = NOTHING  # names and identifiers that go from one to the other
    claims: tuple[str, ...] = ()  # that name the other one from now on
    sources: tuple[str, ...] = ()
    views: tuple[str, ...] = ()
    arisen: tuple[str, ...] = ()  # ids of conflicts
    settled: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    files: tuple[Edited, ...] = ()  # each with what stands there and what is to stand there

    def to_lines(self) -> Iterator[str]:
        """Yield the merger for a person."""
        one, two = (self.other, self.kept) if self.undone else (self.kept, self.other)
        yield f"{self.other} is {'a thing of its own again' if self.undone else self.kept}"
        if self.reason:
            yield f"  {'the reason had been' if self.undone else 'reason'}: {self.reason}"
        listed = (
            ("names", self.moved.names), ("identifiers", self.moved.identifiers), ("ids", self.moved.ids),
        )  # fmt: skip
        for label, texts in listed:
            if texts:
                yield f"  {label} of {one} now: {', '.join(texts)}"
        counted = [
            f"{len(keys)} {what}{'s' * (len(keys) != 1)}"
            for what, keys in (("claim", self.claims), ("source", self.sources), ("view", self.views)) if keys
        ]  # fmt: skip
        if counted:
            several = len(self.claims) + len(self.sources) + len(self.views) > 1
            told = ", ".join(counted[:-1]) + " and " * (len(counted) > 1) + counted[-1]
            yield f"  {told} that named {two} {'name' if several else 'names'} {one} now"
        for label, ids in (("arisen", self.arisen), ("settled", self.settled)):
            if ids:
                yield f"  conflicts {label}: {', '.join(ids)}"
        yield from (f"  {note}" for note in self.notes)

    def to_record(self) -> dict[str, Any]:
        """Return the merger for a program."""
        return {
            "version": 1, "kept": self.kept, "other": self.other, "reason": self.reason, "undone": self.undone,
            "moved": {name: list(texts) for name, texts in self.moved._asdict().items()},
            "claims": list(self.claims), "sources": list(self.sources), "views": list(self.views),
            "conflicts": {"arisen": list(self.arisen), "settled": list(self.settled)},
            "notes": list(self.notes), "files": [str(file.path) for file in self.files],
        }  # fmt: skip


def merge(folder: Path, kept: str, other: str, *, reason: str | None, sources: Iterable[Path] = ()) -> Merger:
    """Return what it changes to record that two entities are one.

    Args:
        folder: The dataset.
        kept: The id of the entity that stays.
        other: The id of the one that goes; it leads to the one that stays from then on.
        reason: Why they are one.
        sources: Folders in which texts of sources may lie.

    Raises:
        SeedError: The dataset does not load, before or after.
        UsageError: There are no such entities, they cannot be one, or there is no reason.
    """
    facts, dataset = load_facts(folder, sources=sources)
    _refuse_reason(reason)
    if (said := _said_already(facts, kept, other)) is not None:
        if said != reason:
            raise UsageError(
                f"{other!r} was merged into {kept!r} already: {said}; "
                f"take that back first: keiretsu merge {kept} {other} --undo"
            )
        return Merger(kept, other, reason)
    one, two = (_entity(facts, slug, folder) for slug in (kept, other))
    _refuse_unlike(one.entry, two.entry)
    here, there = mentions_of(facts, kept), mentions_of(facts, other)
    pages = Pages()
    rename(pages, there, kept)
    page = pages.page(one.document.path)
    part = page.part(one.location)
    named = {name: to_keys(name, there, here) for name in PARTS}
    remarks = inner_remarks(pages.page(two.document.path).part(two.location))
    moved = put_record(part, one.entry, two.entry, reason or "", named, remarks)
    pages.put(with_item(page, one.location, part, EntityEntry))
    _take_out(pages, two)
    return _rehearsed(folder, Merger(kept, other, reason, moved=moved), dataset, pages, there, sources)


def undo(folder: Path, kept: str, other: str, *, sources: Iterable[Path] = ()) -> Merger:
    """Return what it changes to take a merger back: the entry comes back, and what named it names it again.

    What was entered since then keeps naming the entity that it names.

    Raises:
        SeedError: The dataset does not load, before or after.
        UsageError: No such merger is recorded, or not what stood in the entry.
    """
    facts, dataset = load_facts(folder, sources=sources)
    one = _entity(facts, kept, folder)
    record = next((row for row in one.entry.merged if row.id == other), None)
    if record is None:
        ids = ", ".join(row.id for row in one.entry.merged) or "nothing"
        raise UsageError(f"{other!r} was not merged into {kept!r}; what was is {ids}")
    if record.was is None:
        raise UsageError(
            f"the entry of {other!r} was not kept when it was merged; "
            f"git has it: git -C {folder} log -S 'id: {other}' -- entities"
        )
    places = [place for place in mentions_of(facts, kept) if is_among(place, getattr(record, place.part))]
    pages = Pages()
    rename(pages, places, other)
    page = pages.page(one.document.path)
    part = page.part(one.location)
    taken = take_record(part, one.entry, record)
    page = with_item(page, one.location, part, EntityEntry)
    pages.put(with_item_after(page, one.location, taken.entry, EntityEntry, taken.remarks))
    wanted = {*record.claims, *record.sources, *record.views}
    met = {name for place in places for name in (place.key, place.exactly)}
    gone = sorted(wanted - met)
    notes = (f"named it and do not name {kept} any more: {', '.join(gone)}",) if gone else ()
    made = Merger(kept, other, record.reason, undone=True, moved=taken.moved, notes=notes)
    return _rehearsed(folder, made, dataset, pages, places, sources)


def _refuse_reason(reason: str | None) -> None:
    if reason is None:
        raise UsageError("a merger needs its reason: --reason TEXT")
    if (fault := text_fault(reason, lines=True)) is not None:
        raise UsageError(f"--reason: {fault}")


def _said_already(facts: Facts, kept: str, other: str) -> str | None:
    """Return the reason for which an id was merged into an entity, or None where it was not."""
    located = facts.entities.get(kept)
    rows = located.entry.merged if located is not None else ()
    return next((row.reason or "no reason is told" for row in rows if row.id == other), None)


def _entity(facts: Facts, slug: str, folder: Path) -> Located[EntityEntry]:
    """Return the entry of an entity, where it can be edited."""
    located = facts.entities.get(slug)
    if located is None:
        owner = next((row for row in facts.entities.values() if any(slug == one.id for one in row.entry.merged)), None)
        if owner is not None:
            raise UsageError(f"{slug!r} was merged into {owner.entry.id!r} at {owner.place()}")
        if slug in METRICS:
            raise UsageError(f"{slug!r} is a metric of the ontology and has no entry in {folder}; write one first")
        raise UsageError(f"no entity {slug[:60]!r} in {folder}{facts.likely(slug)}")
    if not isinstance(located.document, Document):
        raise UsageError(f"{slug!r} comes from the table {located.document.path}; its mapping says which thing it is")
    return located


def _refuse_unlike(one: EntityEntry, two: EntityEntry) -> None:
    if one.id == two.id:
        raise UsageError(f"{one.id!r} is one thing already; name two")
    if not (is_a(one.kind, two.kind) or is_a(two.kind, one.kind)):
        labels = (KINDS[entry.kind].label for entry in (one, two))
        raise UsageError(
            f"{one.id!r} is of the kind {f' and {two.id!r} of the kind '.join(labels)}; neither is a kind of "
            "the other, so they are not one thing"
        )
    for scheme in _ONE_EACH:
        mine, yours = (entry.identifiers.get(scheme, []) for entry in (one, two))
        if mine and yours and not set(mine) & set(yours):
            raise UsageError(
                f"{one.id!r} has the {scheme} {', '.join(mine)} and {two.id!r} has {', '.join(yours)}: these are two "
                "things, or one of the identifiers is wrong"
            )
    for key in ("dimension", "fiscal_year_end"):
        mine, yours = getattr(one, key), getattr(two, key)
        if mine and yours and mine != yours:
            raise UsageError(f"the {key} of {one.id!r} is {mine} and that of {two.id!r} is {yours}; mend that first")


def _take_out(pages: Pages, located: Located[EntityEntry]) -> None:
    """Take an entry out of its file; a file that holds nothing else goes."""
    page = pages.page(located.document.path)
    number = next(number for number, row in enumerate(page.document.data["entities"]) if row["id"] == located.entry.id)
    if len(page.document.data["entities"]) == 1:
        pages.drop(page.path)
    else:
        pages.put(without_item(page, ("entities", number)))


def _rehearsed(
    folder: Path, made: Merger, dataset: Dataset, pages: Pages, places: Iterable[Mention], sources: Iterable[Path]
) -> Merger:
    """Return a merger with what it does to the whole dataset, once every rule has let it pass."""
    files = pages.files()
    try:
        after = rehearse(folder, files, sources=sources)
    except SeedError as error:
        when = "taken back" if made.undone else "merged"
        raise SeedError(
            [row._replace(message=f"once they are {when}: {row.message}") for row in error.problems]
        ) from None
    arisen, settled = _conflicts(dataset, after)
    listed = {part: tuple(dict.fromkeys(place.key for place in places if place.part == part))
              for part in PARTS}  # fmt: skip
    return replace(
        made, claims=listed["claims"], sources=listed["sources"], views=listed["views"],
        arisen=arisen, settled=settled,
        notes=(*made.notes, *_period_notes(dataset, after)), files=tuple(map(_tidied, files)),
    )  # fmt: skip


def _conflicts(before: Dataset, after: Dataset) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the ids of conflicts that there are only after, and only before; they are known by their sides."""
    one, two = (
        {
            (conflict.why, *sorted(keys[side] for side in conflict.claims)): conflict.id
            for keys in ({claim.id: claim.key for claim in dataset.claims},)
            for conflict in dataset.conflicts
        }
        for dataset in (before, after)
    )
    return (
        tuple(sorted(two[sides] for sides in two.keys() - one.keys())),
        tuple(sorted(one[sides] for sides in one.keys() - two.keys())),
    )


def _period_notes(before: Dataset, after: Dataset) -> Iterator[str]:
    """Yield a note for figures whose period is another one by the fiscal year that they are read by now."""
    known = {claim.key: claim.period for claim in before.claims if isinstance(claim, Observation)}
    turned = sorted(
        claim.key for claim in after.claims
        if isinstance(claim, Observation) and claim.key in known and known[claim.key] != claim.period
    )  # fmt: skip
    if turned:
        yield f"read by another fiscal year now: {', '.join(turned)}"


def _tidied(file: Edited) -> Edited:
    """Return a file that was tidy as one that still is."""
    was, now = (data.decode("utf-8") for data in (file.before, file.after))
    if not now or tidy_text(file.path, was)[0] != was:
        return file
    tidy, _ = tidy_text(file.path, now)
    return file._replace(after=tidy.encode("utf-8")) if tidy is not None else file
