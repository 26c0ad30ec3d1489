"""Tables whose cells are separated by a character, such as CSV and TSV: RFC 4180, with the place of every cell.

Source: RFC 4180. A cell that begins with a quotation mark ends with one, may hold line breaks, and holds a quotation
mark as two. Empty lines are passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, partial
from pathlib import Path
from typing import NamedTuple

from keiretsu_loaders.tables.table import MAX_ROWS, Row, Table, cell_fault
from keiretsu_loaders.yaml_reader import Place
from keiretsu_ontology.notation import nearest

_QUOTED = re.compile(r'"([^"]*(?:""[^"]*)*)"')
_OTHERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
_LONE_RETURN = re.compile(r"\r(?!\n)")


class _Cell(NamedTuple):
    start: int  # offset in the text
    text: str


class _Fault(NamedTuple):
    at: int
    message: str


class _Record(NamedTuple):
    start: int
    line: int
    cells: list[str]
    fault: _Fault | None


def read_delimited(path: Path, text: str, delimiter: str) -> Table:
    """Return the table in a text; the first line names the columns."""
    table = Table(path, locate=partial(_locate, text, delimiter))
    if (lone := _LONE_RETURN.search(text)) is not None:
        line = text.count("\n", 0, lone.start()) + 1
        message = "a carriage return without a line feed; save the table with line breaks of one sort"
        table.say(line, lone.start() - text.rfind("\n", 0, lone.start()), message)
        return table
    records = _records(text, delimiter)
    head = next(records, None)
    if head is None:
        table.say(1, 1, "nothing stands in this table; its first line names the columns")
        return table
    table.columns = tuple(head.cells)
    _check_head(table, text, delimiter, head)
    if not table.problems:
        _read_rows(table, text, delimiter, records)
    return table


def _check_head(table: Table, text: str, delimiter: str, head: _Record) -> None:
    if head.fault is not None:
        _say_fault(table, text, head, head.fault)
        return
    known: set[str] = set()
    for cell in _cells(text, head.start, delimiter):
        if isinstance(cell, _Cell):
            if cell.text in known and cell.text:
                place = _place(text, head.line, head.start, cell.start)
                table.say(*place, f"the column {cell.text[:60]!r} stands twice; give each a name of its own")
            known.add(cell.text)
    if len(head.cells) == 1:
        other = next((name for sign, name in _OTHERS.items() if sign != delimiter and sign in head.cells[0]), None)
        table.hint = f"; the table has one column: does a {other} separate its cells?" if other else ""


def _read_rows(table: Table, text: str, delimiter: str, records: Iterator[_Record]) -> None:
    width = len(table.columns)
    for number, record in enumerate(records):
        if number >= MAX_ROWS:
            table.say(record.line, 1, f"at most {MAX_ROWS} rows are read")
        if table.full or number >= MAX_ROWS:
            return
        if record.fault is not None:
            _say_fault(table, text, record, record.fault)
        elif len(record.cells) != width:
            _say_ragged(table, text, delimiter, record)
        else:
            row = Row(record.line, record.start, dict(zip(table.columns, record.cells, strict=True)))
            faults = [(name, fault) for name, cell in row.cells.items() if (fault := cell_fault(cell)) is not None]
            table.problems.extend(table.problem(row, name, fault) for name, fault in faults)
            if not faults:
                table.rows.append(row)


def _say_fault(table: Table, text: str, record: _Record, fault: _Fault) -> None:
    table.say(*_place(text, record.line, record.start, fault.at), fault.message)


def _say_ragged(table: Table, text: str, delimiter: str, record: _Record) -> None:
    """Tell of a row that is not as long as the first; at the first cell too many, else at the last one."""
    width, found = len(table.columns), len(record.cells)
    cells = [cell for cell in _cells(text, record.start, delimiter) if isinstance(cell, _Cell)]
    place = _place(text, record.line, record.start, cells[min(width, found - 1)].start)
    missing = (
        f"; {table.columns[found][:60]!r} is missing" if found < width else "; put a cell with a separator in quotes"
    )
    table.say(*place, f"the row has {found} cell{'s' * (found != 1)} and the table {width} columns{missing}")


def _records(text: str, delimiter: str) -> Iterator[_Record]:
    """Yield every record; the quick way where no quotation mark stands in its line."""
    at, line, end = 0, 1, len(text)
    while at < end:
        stop = text.find("\n", at)
        stop = end if stop < 0 else stop
        chunk = text[at:stop].removesuffix("\r")
        if '"' not in chunk:
            if chunk:
                yield _Record(at, line, chunk.split(delimiter), None)
            at, line = stop + 1, line + 1
            continue
        cells, fault, begin = [], None, at
        for cell in _cells(text, at, delimiter):
            if isinstance(cell, _Cell):
                cells.append(cell.text)
            elif isinstance(cell, _Fault):
                fault = cell
            else:
                at = cell
        yield _Record(begin, line, cells, fault)
        line += text.count("\n", begin, at)


def _cells(text: str, at: int, delimiter: str) -> Iterator[_Cell | _Fault | int]:
    """Yield the cells of the record that begins at an offset, what is wrong with it, and where the next one begins."""
    bare, end = _bare(delimiter), len(text)
    while True:
        found = _QUOTED.match(text, at) if text.startswith('"', at) else bare.match(text, at)
        if found is None:
            yield _Fault(at, "the quotation mark that opens here is never closed")
            yield end
            return
        start, at, content = at, found.end(), found[1]
        if start == found.start(1):
            content = content.removesuffix("\r") if not text.startswith(delimiter, at) else content
        else:
            content = content.replace('""', '"').replace("\r\n", "\n")
            at += text.startswith("\r\n", at)
        if at < end and text[at] not in (delimiter, "\n"):
            yield _Fault(start, _goes_on(found[0]))
            stop = text.find("\n", at)
            yield end if stop < 0 else stop + 1
            return
        yield _Cell(start, content)
        if at >= end or text[at] == "\n":
            yield at + 1
            return
        at += 1


@cache
def _bare(delimiter: str) -> re.Pattern[str]:
    return re.compile(f"([^{re.escape(delimiter)}\n]*)")


def _goes_on(quoted: str) -> str:
    lines = quoted.count("\n")
    where = f", {lines} line{'s' * (lines != 1)} below," if lines else ""
    return (
        f"the cell that begins here goes on after its closing quotation mark{where} where a separator is wanted; "
        "a quotation mark within a cell is written twice"
    )


def _place(text: str, line: int, start: int, at: int) -> Place:
    """Return the place of an offset within a record that begins in a line."""
    inner = text.count("\n", start, at)
    begin = text.rfind("\n", start, at) + 1 if inner else text.rfind("\n", 0, start) + 1
    return Place(line + inner, at - begin + 1)


def _locate(text: str, delimiter: str, row: Row, column: str) -> Place:
    """Return where a cell begins: counted only when it is asked for."""
    cells = [cell for cell in _cells(text, row.start, delimiter) if isinstance(cell, _Cell)]
    number = list(row.cells).index(column)
    return _place(text, row.line, row.start, cells[number].start)


def unknown_column(table: Table, name: str) -> str:
    """Return what to say of a column that a table does not have."""
    return f"no column {name[:60]!r} in {table.path.name}{nearest(name, table.columns) or table.hint}"
