"""A table in memory: rows of cells by column, each of which can say where it stands in its file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from keiretsu_loaders.yaml_reader import Place
from keiretsu_ontology.errors import Problem

MAX_TABLE_BYTES = 100_000_000
MAX_ROWS = 1_000_000
MAX_CELL = 100_000  # characters
MAX_DEPTH = 20  # of what is nested in one cell
MAX_PROBLEMS = 1_000  # of one table; more would bury what matters

Value = Any  # of a cell: a text, a list or a mapping of them, or None where there is none


class Row(NamedTuple):
    """One row; a cell that is not there is None."""

    line: int  # in the file, or the number of the row where a file has no lines
    start: int  # offset in the text of the file, or the number of the row
    cells: dict[str, Value]


@dataclass(slots=True, eq=False)
class Table:
    """The rows of a file, and what is wrong with those that are left out."""

    path: Path
    columns: tuple[str, ...] = ()
    rows: list[Row] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    locate: Callable[[Row, str], Place] = lambda row, _: Place(row.line, 1)
    hint: str = ""  # what may be amiss where a column is not found
    nested: bool = False  # cells may hold lists and mappings
    numbered: bool = False  # places are rows and columns, not lines and characters

    @property
    def full(self) -> bool:
        """Whether no more problems are looked for."""
        return len(self.problems) >= MAX_PROBLEMS

    def say(self, line: int, column: int, message: str) -> None:
        """Write down a problem."""
        self.problems.append(Problem(self.path, line, column, message))

    def problem(self, row: Row, column: str | None, message: str) -> Problem:
        """Return a problem of a row, or of one of its cells."""
        place = self.locate(row, column) if column is not None else Place(row.line, 1)
        if self.numbered:
            named = f"row {row.line}, column {column!r}" if column is not None else f"row {row.line}"
            message = f"{named}: {message}"
        return Problem(self.path, place.line, place.column, message)


def cell_fault(value: Value, depth: int = 0) -> str | None:
    """Return what is wrong with a cell whatever it means, or None."""
    if isinstance(value, str):
        if len(value) > MAX_CELL:
            return f"a cell of {len(value)} characters; at most {MAX_CELL} are read"
        return "the character U+0000 is not admitted" if "\0" in value else None
    if isinstance(value, (list, dict)):
        if depth >= MAX_DEPTH:
            return f"nested more than {MAX_DEPTH} deep"
        parts = value if isinstance(value, list) else [*value, *value.values()]
        return next((fault for part in parts if (fault := cell_fault(part, depth + 1)) is not None), None)
    return None
