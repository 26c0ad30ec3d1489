"""The entry of an entity into which another one is merged: what moves into it, and what is written down of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from keiretsu_loaders.nodes import Node, Part, Remark, of_data
from keiretsu_loaders.tables.writing import to_data
from keiretsu_ontology.entries import EntityEntry, MergedEntry


class Moved(NamedTuple):
    """What goes from one entity to the other."""

    names: tuple[str, ...] = ()
    identifiers: tuple[str, ...] = ()  # with their scheme
    ids: tuple[str, ...] = ()  # that had been merged before


NOTHING = Moved()


class Taken(NamedTuple):
    """An entry that comes back, with the comments that were kept of it."""

    entry: dict[str, Any]
    remarks: tuple[Remark, ...]
    moved: Moved


def inner_remarks(part: Part) -> list[Remark]:
    """Return the comments within an item, which go where it goes; those above it stay where they are."""
    return [*part.beside, *_inside(part.value)]


def _inside(node: Node) -> Iterator[Remark]:
    for part in node.parts:
        yield from (*part.above, *part.beside)
        yield from _inside(part.value)
    yield from node.foot


def put_record(
    part: Part, kept: EntityEntry, other: EntityEntry, reason: str, named: Mapping[str, list[str]],
    remarks: Sequence[Remark] = (),
) -> Moved:  # fmt: skip
    """Put into an entry what another one knows, and the record of the merger.

    Args:
        part: The entry that stays, in its file.
        kept: The same as it is meant.
        other: The entry that goes.
        reason: Why they are one.
        named: What named the other one: claims, sources and views.
        remarks: Comments of the other entry.
    """
    own, old = part.value, to_data(other)
    before, names = _texts(kept), dict.fromkeys(name for _, name in _names(other))
    for language, name in _names(other):
        if name not in before:
            _add(own, ("aliases", language), name)
            before.add(name)
    values = [(scheme, value) for scheme, listed in other.identifiers.items() for value in listed]
    for scheme, value in values:
        if value not in before:
            _add_identifier(own, scheme, value)
    if other.fiscal_year_end and not kept.fiscal_year_end:
        own.parts.append(Part(of_data("fiscal_year_end"), of_data(other.fiscal_year_end)))
    ids = [row.id for row in other.merged]
    had = _texts(kept)
    shared = [text for text in (*names, *(value for _, value in values), other.fiscal_year_end) if text in had]
    was = {key: value for key, value in old.items() if key not in ("id", "merged")} | ({"merged": ids} if ids else {})
    record = {"id": other.id, "reason": reason, "was": was, "shared": shared, **named}
    record = {key: value for key, value in record.items() if value}
    for row in other.merged:
        _add(own, ("merged",), _record(row))
    _add(own, ("merged",), record, remarks)
    new_names = tuple(name for name in names if name not in had)
    return Moved(new_names, tuple(f"{scheme} {value}" for scheme, value in values if value not in had), tuple(ids))


def take_record(part: Part, kept: EntityEntry, record: MergedEntry) -> Taken:
    """Take out of an entry what a merger put into it, and return the entry that comes back."""
    own, was = part.value, record.was
    if was is None:
        raise ValueError(record.id)
    shared = set(record.shared)
    names = [name for listed in was.aliases.values() for name in listed] + [was.name]
    for name in set(names) - shared - {kept.name}:
        _drop(own, "aliases", name)
    values = [(scheme, value) for scheme, listed in was.identifiers.items() for value in listed]
    for _, value in values:
        if value not in shared:
            _drop(own, "identifiers", value)
    if was.fiscal_year_end and was.fiscal_year_end not in shared:
        own.parts = [one for one in own.parts if one.key is None or one.key.value != "fiscal_year_end"]
    back = [row for row in kept.merged if row.id in was.merged]
    remarks = _drop_merged(own, {record.id, *was.merged})
    data = {key: value for key, value in to_data(was).items() if key != "merged"}
    entry = {"id": record.id, **data, **({"merged": [_record(row) for row in back]} if back else {})}
    moved = Moved(
        tuple(dict.fromkeys(name for name in names if name not in shared)),
        tuple(f"{scheme} {value}" for scheme, value in values if value not in shared), tuple(row.id for row in back),
    )  # fmt: skip
    return Taken(entry, remarks, moved)


def _record(row: MergedEntry) -> Any:
    return row.id if row.model_fields_set == {"id"} else to_data(row)


def _names(entry: EntityEntry) -> Iterator[tuple[str, str]]:
    """Yield the names of an entity with their languages; a name whose language is not told is taken to be English."""
    told = [(language, name) for language, listed in entry.aliases.items() for name in listed]
    if all(name != entry.name for _, name in told):
        yield "en", entry.name
    yield from told


def _texts(entry: EntityEntry) -> set[str]:
    """Return all that an entity is known by."""
    values = (value for listed in entry.identifiers.values() for value in listed)
    year_end = [entry.fiscal_year_end] if entry.fiscal_year_end else []
    return {entry.name, *(name for _, name in _names(entry)), *values, *year_end}


def _add(own: Node, where: tuple[str, ...], data: Any, remarks: Sequence[Remark] = ()) -> None:
    """Add an item to a list in a mapping, which is made where there is none."""
    around = own
    for key in where[:-1]:
        around = _inner(around, key, {})
    listed = _inner(around, where[-1], [])
    if listed.kind == "text":  # one that was written without brackets
        alone = Node("text", listed.start, listed.end, listed.flow, listed.value, listed.style)
        listed.kind, listed.value, listed.parts = "list", "", [Part(None, alone)]
    above = [Remark(remark.text, remark.start) for remark in remarks]
    listed.parts.append(Part(None, of_data(data), above=above))


def _add_identifier(own: Node, scheme: str, value: str) -> None:
    """Add an identifier; the first of a scheme stands without brackets."""
    around = _inner(own, "identifiers", {})
    if around.part(scheme) is None:
        around.parts.append(Part(of_data(scheme), of_data(value)))
    else:
        _add(own, ("identifiers", scheme), value)


def _inner(around: Node, key: str, empty: Any) -> Node:
    found = around.part(key)
    if found is None:
        found = Part(of_data(key), of_data(empty))
        around.parts.append(found)
    return found.value


def _drop(own: Node, key: str, text: str) -> None:
    """Take a text out of the lists of a mapping; what is empty then goes as well."""
    found = own.part(key)
    if found is None:
        return
    for inner in list(found.value.parts):
        value = inner.value
        if value.kind == "list":
            value.parts = [one for one in value.parts if one.value.value != text]
        if value.value == text if value.kind == "text" else not value.parts:
            found.value.parts.remove(inner)
    if not found.value.parts:
        own.parts.remove(found)


def _drop_merged(own: Node, ids: set[str]) -> tuple[Remark, ...]:
    """Take the records of some ids out of an entry; return the comments of the records."""
    found = own.part("merged")
    if found is None or found.value.kind != "list":
        return ()
    taken = [one for one in found.value.parts if _id_of(one.value) in ids]
    found.value.parts = [one for one in found.value.parts if _id_of(one.value) not in ids]
    if not found.value.parts:
        own.parts.remove(found)
    return tuple(remark for one in taken for remark in (*one.above, *inner_remarks(one)))


def _id_of(node: Node) -> str:
    told = node.part("id")
    return told.value.value if told is not None else node.value
