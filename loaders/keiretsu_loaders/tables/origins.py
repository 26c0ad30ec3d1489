"""Where values come from: a column of the table or of a table beside it, or the id of an entity made of the row."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from keiretsu_loaders.hints import Hints
from keiretsu_loaders.tables.table import Row, Table, Value
from keiretsu_ontology.errors import Problem


class Origin(Protocol):
    """Gives a value for a row, and knows where in a table it stands."""

    def value(self, row: Row) -> Value:
        """Return the value, or None where there is none.

        Raises:
            ValueError: There should be one.
        """

    def problem(self, row: Row, message: str) -> Problem:
        """Return a problem of the value."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column, or a key within what its cells hold."""

    table: Table
    name: str
    empty: frozenset[str]  # values that mean that there is none
    path: tuple[str, ...] = ()
    required: bool = False

    def value(self, row: Row) -> Value:
        """Return what stands in the cell."""
        found = row.cells.get(self.name)
        for part in self.path:
            found = found.get(part) if isinstance(found, dict) else None
        if isinstance(found, str):
            return None if found in self.empty else found
        if isinstance(found, list):
            return [
                part for part in found if part is not None and not (isinstance(part, str) and part in self.empty)
            ] or None
        return found or None

    def problem(self, row: Row, message: str) -> Problem:
        """Return a problem of the cell."""
        return self.table.problem(row, self.name, message)


@dataclass(frozen=True, slots=True, eq=False)
class Join:
    """A table beside the table, and how a row finds the one that belongs to it."""

    key: Column
    other: Column
    rows: dict[str, Row]
    optional: bool
    hints: Hints

    def find(self, row: Row) -> Row | None:
        """Return the row that belongs to a row.

        Raises:
            ValueError: There should be one.
        """
        wanted = self.key.value(row)
        if wanted is None:
            return None
        found = self.rows.get(wanted) if isinstance(wanted, str) else None
        if found is None and not self.optional:
            hint = self.hints.of(str(wanted), self.rows)
            raise ValueError(
                f"no row of {self.other.table.path.name} has {str(wanted)[:60]!r} as its {self.other.name!r}{hint}"
            )
        return found


@dataclass(frozen=True, slots=True)
class Joined:
    """A column of a table beside the table."""

    join: Join
    column: Column

    def value(self, row: Row) -> Value:
        """Return what stands in the cell of the row that belongs to a row."""
        found = self.join.find(row)
        return self.column.value(found) if found is not None else None

    def problem(self, row: Row, message: str) -> Problem:
        """Return a problem of that cell, or of the one that leads there."""
        wanted = self.join.key.value(row)
        found = self.join.rows.get(wanted) if isinstance(wanted, str) else None
        return self.column.problem(found, message) if found is not None else self.join.key.problem(row, message)


@dataclass(frozen=True, slots=True)
class Made:
    """The id of the entity that a rule makes of a row."""

    find: Callable[[Row], str | None]
    blame: Callable[[Row, str], Problem]

    def value(self, row: Row) -> Value:
        """Return the id."""
        return self.find(row)

    def problem(self, row: Row, message: str) -> Problem:
        """Return a problem of what the entity is named by."""
        return self.blame(row, message)
