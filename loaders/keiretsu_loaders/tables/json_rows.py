"""Tables in JSON: one object a line, or one document of rows, with the place of every value.

Numbers stay the text that they are written as, so that 2.50 keeps its zero. What RFC 8259 does not admit is refused,
and so are keys that stand twice.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any, NoReturn

from keiretsu_loaders.tables.table import MAX_ROWS, Row, Table, cell_fault
from keiretsu_loaders.yaml_reader import Place

_SPACE = re.compile(r"[ \t\r\n]*")
_STRING = re.compile(r'"(?:[^"\\]|\\.)*"', re.DOTALL)
_CONSTANT = re.compile(r'"(?:[^"\\]|\\.)*"|(NaN|-?Infinity)', re.DOTALL)
_DECODER_WORDS = {
    "Expecting property name enclosed in double quotes": "a key in double quotes is wanted here",
    "Expecting ':' delimiter": "a colon is wanted here",
    "Expecting ',' delimiter": "a comma or a closing bracket is wanted here",
    "Expecting value": "a value is wanted here",
    "Unterminated string starting at": "the quotation mark that opens here is never closed",
    "Invalid control character at": "a control character within a text is written as an escape",
    "Illegal trailing comma before end of object": "nothing follows this comma",
    "Illegal trailing comma before end of array": "nothing follows this comma",
    "Invalid \\escape": "this escape is not known",
    "Invalid \\uXXXX escape": "four hexadecimal digits are wanted after \\u",
}


class _JsonError(ValueError):
    """What is wrong in a text of JSON, at an offset; -1 where it has to be looked for."""

    def __init__(self, message: str, at: int = -1, key: str | None = None) -> None:
        self.message, self.at, self.key = message, at, key
        super().__init__(message)


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        known: set[str] = set()
        for key, _ in pairs:
            if key in known:
                raise _JsonError(f"the key {key[:60]!r} stands twice", key=key)
            known.add(key)
    return found


def _constant(name: str) -> NoReturn:
    raise _JsonError(f"{name} is no value of JSON; write null where there is none")


def _boolean_as_text(value: Any) -> Any:
    return str(value).lower() if isinstance(value, bool) else value


_DECODER = json.JSONDecoder(
    object_pairs_hook=_pairs, parse_float=str, parse_int=str, parse_constant=_constant
)  # a number is the text that it is written as


def _decode(text: str, at: int) -> tuple[Any, int]:
    """Return the value that begins at an offset, and where it ends.

    Raises:
        _JsonError: It is not JSON.
    """
    try:
        return _DECODER.raw_decode(text, at)
    except json.JSONDecodeError as error:
        raise _JsonError(_DECODER_WORDS.get(error.msg, error.msg.lower()), error.pos) from None
    except RecursionError:
        raise _JsonError("nested too deep to be read", at) from None
    except _JsonError as error:
        raise _JsonError(error.message, _found_again(text, at, error.key)) from None


def _found_again(text: str, at: int, key: str | None) -> int:
    """Return where a constant stands, or a key that stands twice."""
    if key is None:
        return next((found.start() for found in _CONSTANT.finditer(text, at) if found[1]), at)
    open_keys: list[set[str]] = []
    for found in re.finditer(r'"(?:[^"\\]|\\.)*"|[{}]', text[at:], re.DOTALL):
        if found[0] == "{":
            open_keys.append(set())
        elif found[0] == "}":
            open_keys = open_keys[:-1]
        elif open_keys and text.startswith(":", _SPACE.match(text, at + found.end()).end()):  # type: ignore[union-attr]
            name = json.loads(found[0])
            if name == key and name in open_keys[-1]:
                return at + found.start()
            open_keys[-1].add(name)
    return at


def read_lines(path: Path, text: str) -> Table:
    """Return the table in a text of one object a line."""
    table, at = Table(path, locate=partial(_locate, text), nested=True), 0
    columns: dict[str, None] = {}
    for number, line in enumerate(text.split("\n"), 1):
        start, at = at, at + len(line) + 1
        if not line.strip(" \t\r"):
            continue
        if table.full or len(table.rows) >= MAX_ROWS:
            break
        _take_line(table, columns, text, number, start)
    table.columns = tuple(columns)
    if not table.rows and not table.problems:
        table.say(1, 1, "nothing stands in this table; a line holds one object")
    return table


def _take_line(table: Table, columns: dict[str, None], text: str, number: int, start: int) -> None:
    stop = text.find("\n", start)
    stop = len(text) if stop < 0 else stop
    line = text[start:stop].removesuffix("\r")
    at = _skip(line, 0)
    try:
        found, end = _decode(line, at)
        if (rest := _skip(line, end)) < len(line):
            raise _JsonError("a line holds one object and nothing after it", rest)
        _take_row(table, columns, found, number, start + at)
    except _JsonError as error:
        hint = "; a list of rows is a file called .json" if line[at] == "[" and error.at + 1 >= len(line) else ""
        table.say(number, error.at + 1, f"not JSON: {error.message}{hint}")


def _take_row(table: Table, columns: dict[str, None], found: Any, line: int, start: int) -> None:
    if not isinstance(found, dict):
        table.say(line, 1, "a row is an object with a key for each column")
        return
    row = Row(line, start, {key: _boolean_as_text(value) for key, value in found.items()})
    faults = [(name, fault) for name, cell in found.items() if (fault := cell_fault(cell)) is not None]
    table.problems.extend(table.problem(row, name, fault) for name, fault in faults)
    if not faults:
        columns.update(dict.fromkeys(found))
        table.rows.append(row)


def read_document(path: Path, text: str) -> Table:
    """Return the table in a document: a list of rows, an object of rows, or lists under `columns` and `data`."""
    table = Table(path, locate=partial(_locate, text), nested=True)
    columns: dict[str, None] = {}
    try:
        at = _skip(text, 0)
        if text.startswith("[", at):
            lines = _Lines(text)
            for start, found in _elements(text, at):
                _take_row(table, columns, found, lines.of(start), start)
        elif text.startswith("{", at):
            _take_object(table, columns, text, at)
        else:
            raise _JsonError("a list of rows is wanted here", at)
    except _JsonError as error:
        line = _line(text, error.at)
        table.say(line, error.at - text.rfind("\n", 0, error.at), f"not JSON: {error.message}")
    table.columns = tuple(columns)
    return table


def _take_object(table: Table, columns: dict[str, None], text: str, at: int) -> None:
    members, lines = dict(_members(text, at)), _Lines(text)
    if "columns" in members and "data" in members:
        names, _ = _decode(text, members["columns"])
        if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
            raise _JsonError("a list of names is wanted here", members["columns"])
        for start, found in _elements(text, members["data"]):
            if not isinstance(found, list) or len(found) != len(names):
                table.say(lines.of(start), 1, f"a row is a list of {len(names)} values, one for each column")
            else:
                _take_row(table, columns, dict(zip(names, found, strict=True)), lines.of(start), start)
        return
    for start in members.values():
        found, _ = _decode(text, start)
        _take_row(table, columns, found, lines.of(start), start)


class _Lines:
    """The lines of a text, by offset."""

    def __init__(self, text: str) -> None:
        self._breaks = [found.start() for found in re.finditer("\n", text)]

    def of(self, at: int) -> int:
        """Return the line of an offset, from 1."""
        return bisect_left(self._breaks, at) + 1


def _elements(text: str, at: int) -> Iterator[tuple[int, Any]]:
    """Yield each element of the list that begins at an offset, with where it begins."""
    if not text.startswith("[", at):
        raise _JsonError("a list of rows is wanted here", at)
    at = _skip(text, at + 1)
    while not text.startswith("]", at):
        found, end = _decode(text, at)
        yield at, found
        at = _after(text, end, "]")


def _members(text: str, at: int) -> Iterator[tuple[str, int]]:
    """Yield each key of the object that begins at an offset, with where its value begins."""
    at = _skip(text, at + 1)
    while not text.startswith("}", at):
        key, end = _decode(text, at)
        at = _skip(text, end)
        if not isinstance(key, str) or not text.startswith(":", at):
            raise _JsonError("a key in double quotes and a colon are wanted here", at)
        at = _skip(text, at + 1)
        yield key, at
        at = _after(text, _decode(text, at)[1], "}")


def _after(text: str, end: int, closing: str) -> int:
    """Return where the next element begins, or where the closing bracket stands."""
    at = _skip(text, end)
    if text.startswith(closing, at):
        return at
    if not text.startswith(",", at):
        raise _JsonError("a comma or a closing bracket is wanted here", at)
    at = _skip(text, at + 1)
    if text.startswith(closing, at):
        raise _JsonError("nothing follows this comma", at)
    return at


def _skip(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found is not None else at


def _line(text: str, at: int) -> int:
    return text.count("\n", 0, at) + 1


def _locate(text: str, row: Row, column: str) -> Place:
    """Return where a value stands: looked for only when it is asked for."""
    places: list[int] = []
    if text.startswith("{", row.start):
        places = [start for key, start in _members(text, row.start) if key == column]
    elif text.startswith("[", row.start):
        places = [start for start, _ in _elements(text, row.start)][list(row.cells).index(column) :]
    at = places[0] if places else row.start
    return Place(_line(text, at), at - text.rfind("\n", 0, at))
