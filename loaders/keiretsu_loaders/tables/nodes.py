"""Patterns made ready: a tree that gives, for a row, what an entry would hold if a person had written it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, NamedTuple

from keiretsu_loaders.tables.filters import Step
from keiretsu_loaders.tables.origins import Origin
from keiretsu_loaders.tables.table import Row, Table, Value
from keiretsu_loaders.yaml_reader import Location, Place
from keiretsu_ontology.errors import Problem


class Stage(NamedTuple):
    """A filter made ready."""

    step: Step
    whole: bool = False  # takes a list as one
    fills: bool = False  # takes what is empty


@dataclass(frozen=True, slots=True)
class Source:
    """An expression made ready: where its value comes from and what it goes through."""

    origin: Origin
    stages: tuple[Stage, ...]

    def value(self, row: Row) -> Value:
        """Return what the expression gives for a row, or None.

        Raises:
            ValueError: What stands there does not go through a filter.
        """
        found = self.origin.value(row)
        for stage in self.stages:
            if found is None:
                found = stage.step(found) if stage.fills else None
            elif isinstance(found, list) and not stage.whole:
                found = [part for item in found for part in _listed(_through(stage, item))] or None
            elif not stage.fills:
                found = _through(stage, found)
        return found


def _through(stage: Stage, value: Value) -> Value:
    if not isinstance(value, str) and not stage.whole:
        raise ValueError(f"a text is wanted here, not a {'mapping' if isinstance(value, dict) else 'list'}")
    return stage.step(value)


def _listed(value: Value) -> list[Value]:
    return value if isinstance(value, list) else [] if value is None else [value]


@dataclass(frozen=True, slots=True)
class Leaf:
    """A pattern: alternatives of texts and sources; without sources it is a text as it stands."""

    mapping: Path
    place: Place
    alternatives: tuple[tuple[str | Source, ...], ...]

    @property
    def sources(self) -> list[Source]:
        """Every source in it."""
        return [piece for pieces in self.alternatives for piece in pieces if isinstance(piece, Source)]

    def value(self, row: Row) -> Value:
        """Return what the first alternative gives of which no part is empty, or None."""
        for pieces in self.alternatives:
            if len(pieces) == 1:
                found = pieces[0] if isinstance(pieces[0], str) else _whole(pieces[0], row)
            else:
                found = _text(pieces, row)
            if found is not None:
                return found
        return None

    def blame(self, row: Row, message: str) -> Problem:
        """Return a problem at the cell that it is about: the one that is empty, else the one whose value is told of."""
        chosen = next((row_ for row_ in self.alternatives if self._is_whole(row_, row)), self.alternatives[0])
        sources = [piece for piece in chosen if isinstance(piece, Source)]
        if not sources:
            return Problem(self.mapping, self.place.line, self.place.column, message)
        told = [piece for piece in sources if (value := piece.value(row)) is None or repr(value) in message]
        return (told or sources)[0].origin.problem(row, message)

    @staticmethod
    def _is_whole(pieces: tuple[str | Source, ...], row: Row) -> bool:
        return all(isinstance(piece, str) or piece.value(row) is not None for piece in pieces)


class FilterError(ValueError):
    """A value that does not go through, with the origin that it came from."""

    def __init__(self, message: str, origin: Origin) -> None:
        self.origin = origin
        super().__init__(message)


def _whole(source: Source, row: Row) -> Value:
    try:
        return source.value(row)
    except ValueError as error:
        raise FilterError(str(error), source.origin) from None


def _text(pieces: tuple[str | Source, ...], row: Row) -> str | None:
    found = []
    for piece in pieces:
        if isinstance(piece, str):
            found.append(piece)
            continue
        part = _whole(piece, row)
        if part is None:
            return None
        if not isinstance(part, str):
            raise FilterError("a list does not fit within a text; put |join after it", piece.origin)
        found.append(part)
    return "".join(found)


@dataclass(frozen=True, slots=True)
class Branch:
    """A mapping or a list of patterns."""

    mapping: Path
    place: Place
    children: dict[str | int, Node]
    keys: dict[str | int, Place]
    is_list: bool = False

    def over(self, common: Branch) -> Branch:
        """Return a branch that has what stands here, and of another one what does not stand here."""
        children, keys = {**self.children}, {**self.keys}
        for key, child in common.children.items():
            if key not in children:
                children[key], keys[key] = child, common.keys[key]
        return replace(self, children=children, keys=keys)

    @property
    def sources(self) -> list[Source]:
        """Every source beneath it."""
        return [source for child in self.children.values() for source in child.sources]


Node = Leaf | Branch


def render(node: Node, row: Row, problems: list[Problem]) -> Any:
    """Return what a node gives for a row, without what is empty; None where nothing is left of it."""
    if isinstance(node, Leaf):
        try:
            return node.value(row)
        except FilterError as error:
            problems.append(error.origin.problem(row, str(error)))
            return None
    found = {key: part for key, child in node.children.items() if (part := render(child, row, problems)) is not None}
    if not node.is_list:
        return found if found or not node.children else None
    return [item for part in found.values() for item in _listed(part)] or ([] if not node.children else None)


@dataclass(frozen=True, slots=True)
class RowDocument:
    """What a rule makes of a row, as a document: problems are told at cells, and of what is constant in the mapping."""

    table: Table
    root: Branch
    row: Row

    @property
    def path(self) -> Path:
        """The table."""
        return self.table.path

    def problem(self, location: Location, message: str, *, key: bool = False) -> Problem:
        """Return a problem at the cell that a location was filled from."""
        node: Node = self.root
        for part in location:
            if isinstance(node, Leaf):
                break
            inner = self._item(node, part) if node.is_list and isinstance(part, int) else part
            if key and part == location[-1] and inner in node.keys:
                place = node.keys[inner]
                return Problem(node.mapping, place.line, place.column, message)
            if inner not in node.children:
                break
            node = node.children[inner]
        return self._blame(node, message)

    def _item(self, node: Branch, wanted: int) -> int:
        """Return which pattern of a list an item of what came out was made by: some give none and some several."""
        for number, child in enumerate(node.children.values()):
            wanted -= len(_listed(render(child, self.row, [])))
            if wanted < 0:
                return number
        return len(node.children)

    def _blame(self, node: Node, message: str) -> Problem:
        if isinstance(node, Leaf):
            return node.blame(self.row, message)
        if node is not self.root:
            for leaf in _leaves(node):
                if leaf.sources and leaf.value(self.row) is None:
                    return leaf.blame(self.row, message)
        sources = node.sources
        if not sources:
            return Problem(node.mapping, node.place.line, node.place.column, message)
        if node is self.root:
            return self.table.problem(self.row, None, message)
        return sources[0].origin.problem(self.row, message)

    def place(self, location: Location, *, key: bool = False) -> Place:
        """Return where a location was filled from."""
        found = self.problem(location, "", key=key)
        return Place(found.line, found.column)


def _leaves(node: Node) -> Iterator[Leaf]:
    if isinstance(node, Leaf):
        yield node
    else:
        for child in node.children.values():
            yield from _leaves(child)


@dataclass(frozen=True, slots=True)
class Merged:
    """What several rows say of one entity, as a document: what a later row added is told there."""

    first: RowDocument
    added: dict[Location, tuple[RowDocument, Location]]

    @property
    def path(self) -> Path:
        """The table."""
        return self.first.path

    def problem(self, location: Location, message: str, *, key: bool = False) -> Problem:
        """Return a problem at the cell that a location was filled from."""
        for size in range(len(location), 0, -1):
            if (found := self.added.get(location[:size])) is not None:
                return found[0].problem((*found[1], *location[size:]), message, key=key)
        return self.first.problem(location, message, key=key)

    def place(self, location: Location, *, key: bool = False) -> Place:
        """Return where a location was filled from."""
        found = self.problem(location, "", key=key)
        return Place(found.line, found.column)
