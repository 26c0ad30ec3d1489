"""What changed between two editions of a graph, as an analyst asks: claims, entities, sources, conflicts, ties."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from typing import Generic, NamedTuple, TypeVar

from keiretsu_ontology.claims import AnyClaim
from keiretsu_ontology.entities import Entity
from keiretsu_ontology.evidence import Source
from keiretsu_ontology.identity import mint
from keiretsu_queries.editions.aspects import Change, claim_changes, entity_changes, source_changes
from keiretsu_queries.editions.conflict_changes import ConflictChange, conflict_changes
from keiretsu_queries.editions.edition import Edition
from keiretsu_queries.editions.mergers import Merger, find_mergers, moved, moved_source
from keiretsu_queries.editions.tie_changes import TieChange, tie_changes

Thing = TypeVar("Thing")


class Changed(NamedTuple, Generic[Thing]):
    """What is there in both editions, and in what it differs."""

    old: Thing
    new: Thing
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Differences:
    """What changed from one edition to another; every list in the order of ids or keys."""

    old: Edition
    new: Edition
    claims_added: tuple[AnyClaim, ...]
    claims_withdrawn: tuple[AnyClaim, ...]
    claims_renamed: tuple[Changed[AnyClaim], ...]  # another key, but the same is said at the same place
    claims_changed: tuple[Changed[AnyClaim], ...]
    entities_added: tuple[Entity, ...]
    entities_removed: tuple[Entity, ...]
    entities_merged: tuple[Merger, ...]
    entities_changed: tuple[Changed[Entity], ...]
    sources_added: tuple[Source, ...]
    sources_removed: tuple[Source, ...]
    sources_changed: tuple[Changed[Source], ...]
    conflicts: tuple[ConflictChange, ...]
    ties: tuple[TieChange, ...]

    def counts(self) -> dict[str, dict[str, int]]:
        """Return how many there are of each sort, without those that there are none of."""
        counted: dict[str, dict[str, int]] = {}
        for field in fields(self)[2:]:
            group, _, what = field.name.partition("_")
            listed = getattr(self, field.name)
            found = {what: len(listed)} if what else dict(sorted(Counter(row.what for row in listed).items()))
            counted.setdefault(group, {}).update({name: number for name, number in found.items() if number})
        return {group: found for group, found in counted.items() if found}


def compare(old: Edition, new: Edition) -> Differences:
    """Return what changed from one edition to another.

    Claims are matched by key, and by what they say where a key was renamed; entities and sources by id. What only
    names a merged entity by its other id has not changed.
    """
    renamed = _renamed_keys(old, new)
    mergers = find_mergers(old, new, renamed)
    ids = {merger.old.id: merger.new.id for merger in mergers}
    # where claims name another thing under another name, that is told of each of them
    same = {merger.old.id: merger.new.id for merger in mergers if merger.how != "by its claims"}
    renamed |= _renamed_keys(old, new, same)
    claims = list(_claims(old, new, renamed, same))
    fresh = {merger.new.id for merger in mergers if merger.renamed}
    return Differences(
        old, new,
        _only(new.claims, {*old.claims, *renamed.values()}),
        _only(old.claims, {*new.claims, *renamed}),
        tuple(row for row in claims if row.old.key != row.new.key),
        tuple(row for row in claims if row.old.key == row.new.key and row.changes),
        _only(new.entities, {*old.entities, *fresh}),
        _only(old.entities, {*new.entities, *ids}),
        mergers,
        tuple(_changed(old.entities, new.entities, _entity_changes(mergers))),
        _only(new.sources, set(old.sources)),
        _only(old.sources, set(new.sources)),
        tuple(_changed(old.sources, new.sources, lambda one, two: source_changes(moved_source(one, same), two))),
        conflict_changes(old, new, renamed),
        tuple(tie_changes(old, new, same)),
    )  # fmt: skip


def _entity_changes(mergers: Iterable[Merger]) -> Callable[[Entity, Entity], tuple[Change, ...]]:
    """Return what tells in what two editions of an entity differ; that ids lead to it is told with the mergers."""
    told = {(merger.new.id, merger.old.id) for merger in mergers if merger.how == "recorded"}

    def differ(old: Entity, new: Entity) -> tuple[Change, ...]:
        kept = {row.id for row in old.merged}
        rows = (row for row in new.merged if row.id in kept or (new.id, row.id) not in told)
        return entity_changes(old, replace(new, merged=tuple(rows)))

    return differ


def _only(things: Mapping[str, Thing], others: set[str]) -> tuple[Thing, ...]:
    return tuple(things[name] for name in sorted(things.keys() - others))


def _changed(
    old: Mapping[str, Thing], new: Mapping[str, Thing], differ: Callable[[Thing, Thing], tuple[Change, ...]]
) -> Iterator[Changed[Thing]]:
    for name in sorted(old.keys() & new.keys()):
        if found := differ(old[name], new[name]):
            yield Changed(old[name], new[name], found)


def _renamed_keys(old: Edition, new: Edition, ids: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return keys that are gone and the new ones of claims that say just the same, from the same place.

    Args:
        old: The edition before.
        new: The edition after.
        ids: Ids of entities that are gone, and those that stand for them now.
    """
    fresh = {claim.id: key for key, claim in new.claims.items() if key not in old.claims}
    gone = {key: claim for key, claim in old.claims.items() if key not in new.claims}
    said = {key: mint(moved(claim, ids)).id if ids else claim.id for key, claim in gone.items()}
    return {key: fresh[slug] for key, slug in said.items() if slug in fresh}


def _claims(
    old: Edition, new: Edition, renamed: Mapping[str, str], ids: Mapping[str, str]
) -> Iterator[Changed[AnyClaim]]:
    for key, claim in sorted(old.claims.items()):
        if (now := new.claims.get(renamed.get(key, key))) is not None:
            changes = claim_changes(moved(claim, ids), now, {**new.entities, **old.entities}, new.entities)
            yield Changed(claim, now, changes)
