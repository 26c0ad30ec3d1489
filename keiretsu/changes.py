"""Differences between two editions as sections of rows: what the terminal and a pull request both show."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

from keiretsu_ontology.claims import REASONS, AnyClaim
from keiretsu_ontology.entities import KINDS, Entity
from keiretsu_ontology.evidence import Source
from keiretsu_queries.editions.aspects import Names
from keiretsu_queries.editions.comparison import Changed, Differences
from keiretsu_queries.editions.mergers import Merger
from keiretsu_queries.wording import speaker_words, when_words, words_of


class Detail(NamedTuple):
    """Something more on a row: our own word, and what stands in the data, before and after."""

    label: str
    texts: tuple[str, ...]


class Row(NamedTuple):
    """One thing that changed."""

    mark: str  # + - ~ or !
    name: str  # its key or id; empty where it has none
    words: str
    details: tuple[Detail, ...] = ()


class Section(NamedTuple):
    """Things that changed in one way."""

    group: str
    what: str
    rows: tuple[Row, ...]


# The sections in their order, and what each counts in a word.
_CONFLICTS = {
    "arisen": "arisen", "settled": "settled", "changed": "changed", "recorded": "recorded as decided",
    "removed": "struck out",
}  # fmt: skip
_TIES = {
    "seen": ("+", "newly seen"), "missed": ("-", "no longer seen"), "fact now": ("~", "fact now"),
    "only claimed now": ("~", "only claimed now"),
}  # fmt: skip


def to_sections(found: Differences) -> list[Section]:
    """Return what changed, section by section; what did not change has none."""
    return [section for section in _sections(found) if section.rows]


def _sections(found: Differences) -> Iterator[Section]:
    old, new = found.old.entities, found.new.entities
    yield Section("claims", "added", _rows(found.claims_added, lambda row: _claim("+", row, new)))
    yield Section("claims", "withdrawn", _rows(found.claims_withdrawn, lambda row: _claim("-", row, old)))
    yield Section("claims", "changed", _rows(found.claims_changed, lambda row: _changed_claim(row, new)))
    yield Section("claims", "renamed", _rows(found.claims_renamed, lambda row: _changed_claim(row, new)))
    yield Section("entities", "added", _rows(found.entities_added, lambda row: _entity("+", row)))
    yield Section("entities", "removed", _rows(found.entities_removed, lambda row: _entity("-", row)))
    merged, ids = (tuple(row for row in found.entities_merged if row.renamed is renamed) for renamed in (False, True))
    yield Section("entities", "merged into others", _rows(merged, _merger))
    yield Section("entities", "given another id", _rows(ids, _merger))
    names, rest = (
        tuple(row for row in found.entities_changed if (row.old.name != row.new.name) is named)
        for named in (True, False)
    )
    yield Section("entities", "renamed", _rows(names, _changed_entity))
    yield Section("entities", "changed", _rows(rest, _changed_entity))
    yield Section("sources", "added", _rows(found.sources_added, lambda row: _source("+", row)))
    yield Section("sources", "removed", _rows(found.sources_removed, lambda row: _source("-", row)))
    yield Section("sources", "changed", _rows(found.sources_changed, _changed_source))
    for what, title in _CONFLICTS.items():
        conflicts = (row for row in found.conflicts if row.what == what)
        yield Section("conflicts", title, tuple(
            Row("!", row.conflict.id, REASONS[row.conflict.why], _conflict_details(row)) for row in conflicts
        ))  # fmt: skip
    for what, (mark, title) in _TIES.items():
        ties = (row for row in found.ties if row.what == what)
        yield Section("ties", title, tuple(Row(mark, "", row.words, _tie_details(row)) for row in ties))


def _rows(things: Iterable[Any], to_row: Callable[[Any], Row]) -> tuple[Row, ...]:
    return tuple(to_row(thing) for thing in things)


def _claim(mark: str, claim: AnyClaim, names: Names) -> Row:
    said = "; ".join(part for part in (speaker_words(claim, names), when_words(claim), claim.source) if part)
    return Row(mark, claim.key, words_of(claim, names), (Detail("", (said,)),))


def _changed_claim(row: Changed[AnyClaim], names: Names) -> Row:
    before = (Detail("key", (row.old.key, row.new.key)),) if row.old.key != row.new.key else ()
    return Row("~", row.new.key, words_of(row.new, names), (*before, *_details(row)))


def _entity(mark: str, entity: Entity) -> Row:
    return Row(mark, entity.id, f"{entity.name}, {KINDS[entity.kind].label}")


def _merger(row: Merger) -> Row:
    label = "its claims now name" if row.how == "by its claims" else f"now {row.new.id}, {row.how}"
    named = row.new.name if row.how != "by its claims" else f"{row.new.id}, {row.new.name}"
    reason = (Detail("reason", (row.reason,)),) if row.reason else ()
    return Row("~", row.old.id, row.old.name, (Detail(label, (named,)), *reason))


def _changed_entity(row: Changed[Entity]) -> Row:
    return Row("~", row.new.id, f"{row.new.name}, {KINDS[row.new.kind].label}", _details(row))


def _source(mark: str, source: Source) -> Row:
    return Row(mark, source.id, source.title)


def _changed_source(row: Changed[Source]) -> Row:
    return Row("~", row.new.id, row.new.title, _details(row))


def _details(row: Changed[Any]) -> tuple[Detail, ...]:
    return tuple(Detail(change.aspect, (change.old, change.new)) for change in row.changes)


def _conflict_details(row: Any) -> tuple[Detail, ...]:
    note = (Detail("how" if row.what == "settled" else "note", (row.note,)),) if row.note else ()
    return (Detail("between", (", ".join(row.sides),)), *note)


def _tie_details(row: Any) -> tuple[Detail, ...]:
    rules = (Detail("follows by", (", ".join(row.rules),)),) if row.rules else ()
    claimed = (Detail("", ("only claimed",)),) if not row.factual and row.what in ("seen", "missed") else ()
    return (*rules, *claimed)


def summary(sections: Iterable[Section]) -> dict[str, str]:
    """Return how much changed, in words, by group."""
    found: dict[str, list[str]] = {}
    for section in sections:
        found.setdefault(section.group, []).append(f"{len(section.rows)} {section.what}")
    return {group: ", ".join(counted) for group, counted in found.items()}
