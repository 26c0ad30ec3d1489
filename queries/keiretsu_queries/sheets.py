"""Answers laid out: blocks that every face shows in its own way, a terminal, a web page, a notebook, a table.

A question lays its answer out once; no face knows the questions.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Literal, NamedTuple

from keiretsu_ontology.claims import AnyClaim, Tie

Style = Literal["title", "heading", "name", "quiet", "good", "warn", "bad"]
Cell = str | int | float | Decimal | date | None


class Span(NamedTuple):
    """A stretch of text in one style."""

    text: str
    style: Style | None = None


class Line(NamedTuple):
    """A paragraph; without spans, an empty line."""

    spans: tuple[Span, ...] = ()
    indent: int = 0

    @property
    def text(self) -> str:
        """The words without their styles."""
        return "".join(span.text for span in self.spans)


class Said(NamedTuple):
    """Who makes a claim, how and when, and the places that it was read at."""

    claim: AnyClaim
    indent: int = 6


class Column(NamedTuple):
    """A column of a table."""

    name: str  # as a program calls it
    label: str  # as a person reads it; without one the column is for programs alone
    whole: bool = False  # never cut, where a person may want to copy it
    wraps: bool = False  # goes on in further lines rather than be cut


class Table(NamedTuple):
    """Rows of one form. Cells keep their types; a face gives them their form."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    indent: int = 0

    def to_people(self) -> Table:
        """Return the table as people read it: without columns that are for programs or hold nothing."""
        places = [
            place
            for place, column in enumerate(self.columns)
            if column.label and any(row[place] is not None for row in self.rows)
        ]
        rows = tuple(tuple(row[place] for place in places) for row in self.rows)
        return Table(tuple(self.columns[place] for place in places), rows, self.indent)

    def to_dicts(self) -> list[dict[str, Cell]]:
        """Return each row as a dict by the names of columns."""
        return [dict(zip((column.name for column in self.columns), row, strict=True)) for row in self.rows]


class Bar(NamedTuple):
    """One value in a row of bars; low and high differ where the value is a range."""

    label: str
    low: Decimal
    high: Decimal
    text: str  # the value as its source writes it
    style: Style | None = None  # "warn" where it is disputed or only claimed


class Bars(NamedTuple):
    """Values that may be compared, one under the other."""

    title: str
    bars: tuple[Bar, ...]


class Stretch(NamedTuple):
    """Something on an axis of time: a point, or all the time in which it may lie."""

    lane: str  # whose it is
    label: str
    earliest: date | None
    latest: date | None
    style: Style | None = None


class Axis(NamedTuple):
    """Stretches of time under one axis."""

    stretches: tuple[Stretch, ...]


class Network(NamedTuple):
    """What a picture of ties shows beside them. Faces of text pass it by."""

    ties: tuple[Tie, ...]
    sizes: Mapping[str, float]  # by entity, from 0 to 1; others are small
    groups: Mapping[str, int]  # by entity: what is of one group has one colour
    places: Mapping[str, tuple[float, float]] = MappingProxyType({})  # of every entity, about 1 apart; else found


class Cites(NamedTuple):
    """Sources that the blocks speak of, though they show no claim of them; those of claims are known by `Said`."""

    sources: tuple[str, ...]


Block = Cites | Line | Said | Table | Bars | Axis | Network
BLANK = Line()


def line(text: str, indent: int = 0, style: Style | None = None) -> Line:
    """Return a paragraph in one style."""
    return Line((Span(text, style),), indent)


def spans(*parts: str | tuple[str, Style | None], indent: int = 0) -> Line:
    """Return a paragraph of several styles: plain texts, and pairs of text and style.

    Example:
        >>> spans("Qwen", (" family", "quiet")).text
        'Qwen family'
    """
    return Line(tuple(Span(part) if isinstance(part, str) else Span(*part) for part in parts), indent)


def table(
    columns: Mapping[str, str], rows: Iterable[Iterable[Cell]], indent: int = 0, *, whole: Collection[str] = (),
    wraps: Collection[str] = (),
) -> Table:  # fmt: skip
    """Return a table.

    Args:
        columns: What a program calls a column, and what a person reads over it.
        rows: The cells of each row.
        indent: How far it stands in.
        whole: Columns that are never cut.
        wraps: Columns that go on in further lines rather than be cut.
    """
    named = tuple(Column(name, label, name in whole, name in wraps) for name, label in columns.items())
    return Table(named, tuple(tuple(row) for row in rows), indent)


def apart(parts: Iterable[Iterable[Block]]) -> Iterator[Block]:
    """Yield the blocks of several parts with an empty line between them."""
    for number, part in enumerate(parts):
        if number:
            yield BLANK
        yield from part
