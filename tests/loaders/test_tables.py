"""Tables become the same entries as files of facts, and every problem is told at its cell."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keiretsu_loaders.tables.delimited import read_delimited
from keiretsu_loaders.tables.reading import read_table
from keiretsu_loaders.tables.table import MAX_CELL
from tabled import ORDERS, changed, imported, told

# what stands in the table instead of what, and what is said of it
BROKEN_TABLES = {
    "a row too short": (
        "3,Quay Systems,Pier & Sons,,,1/2/2025,",
        "3,Quay Systems,Pier & Sons",
        "4:16: the row has 3 cells",
    ),
    "a row too long": (
        "3,Quay Systems,Pier & Sons,,,1/2/2025,",
        "3,a,b,c,5,1/2/2025,,x,y",
        "4:21: the row has 9 cells",
    ),
    "a column twice": ("goods", "order", "1:25: the column 'order' stands twice"),
    "a quotation mark left open": (
        '"disks, small",90',
        '"disks, small,90',
        "3:28: the quotation mark that opens here is never",
    ),
    "a quotation mark within a cell": ('"disks, small"', '"disks" small', "3:28: the cell that begins here goes on"),
    "a NUL": ("parts", "pa\0rts", "2:30: the character U+0000 is not admitted"),
    "a huge cell": ("parts", "p" * (MAX_CELL + 1), f"2:30: a cell of {MAX_CELL + 1} characters"),
    "a lone carriage return": ("parts", "pa\rrts", "2:32: a carriage return without a line feed"),
    "no such day": ("3/4/2025", "31/4/2025", "2:47: there is no day '31/4/2025' in the calendar"),
    "another form of a date": ("3/4/2025", "2025-03-04", "2:47: '2025-03-04' is not a date of the form M/D/YYYY"),
    "no number": ('"1,200.50"', '"1,20.50"', "2:36: '1,20.50' is not a number"),
    "not a number": ('"1,200.50"', "NaN", "2:36: 'NaN' is not a number"),
    "an identifier of another form": ("NYSE:BSN", "BSN", "3:57: a value of ticker is EXCHANGE:SYMBOL"),
    "a name at both ends": ("Pier & Sons", "Quay Systems", "4:3: 'quay-systems' stands at both ends"),
    "white space around a name": ("Basin Data", " Basin Data", "3:3: the text begins or ends with white space"),
    "a bidirectional control": ("Basin Data", "Basin\u202eData", "3:3: the bidirectional control U+202E"),
    "a lookalike": ("Basin Data", "B\u0430sin Data", "3:3: the word 'Bаsin' mixes letters"),
    "a name too long": ("Basin Data", "B" * 10_000, "3:3: at most 300 characters"),
    "two names of one id": ("Basin Data", "Quay-Systems", "3:3: 'Quay-Systems' and 'Quay Systems' (at"),
    "a row twice": (
        "3,Quay Systems,Pier & Sons,,,1/2/2025,",
        "1,Quay Systems,Harbour Foods,parts,,3/4/2025,",
        "4:1: the claim 'quay-",
    ),
    "an empty party": ("Pier & Sons", "", "4:16: at least 3 items are wanted here"),
}


@pytest.mark.parametrize("name", BROKEN_TABLES)
def test_what_is_wrong_in_a_table_is_told_at_its_cell(name: str, tmp_path: Path) -> None:
    """Line and column are those of the cell in the file, never those of something made from it."""
    old, new, says = BROKEN_TABLES[name]

    made = imported(tmp_path, changed(ORDERS, old, new))

    assert any(line.startswith(f"orders.csv:{says}") for line in told(made)), told(made)


def test_every_problem_of_a_table_is_told_at_once(tmp_path: Path) -> None:
    """Faults of form, of a filter, of a model and of a rule stand in one list, in the order of the table."""
    table = changed(changed(ORDERS, "3/4/2025", "x"), "NYSE:BSN", "BSN") + "4,Quay Systems\n5,A,A,,,1/1/2025,\n"

    made = imported(tmp_path, table)

    assert [line.split(": ")[0] for line in told(made)] == [
        "orders.csv:2:47", "orders.csv:3:57", "orders.csv:5:3", "orders.csv:6:3",
    ]  # fmt: skip


BROKEN_BYTES = {
    "UTF-16": (ORDERS.encode("utf-16"), "1:1: not UTF-8: byte 0xff; it looks like UTF-16; save the table as UTF-8"),
    "Latin-1": (
        ORDERS.replace("Basin", "Bäsin").encode("latin-1"),
        "3:4: not UTF-8: byte 0xe4; save the table as UTF-8",
    ),
    "nothing": (b"", "1:1: nothing stands in this table"),
    "blank lines": (b"\n\n", "1:1: nothing stands in this table"),
}


@pytest.mark.parametrize("name", BROKEN_BYTES)
def test_bytes_that_are_no_table_are_told_with_a_hint(name: str, tmp_path: Path) -> None:
    """Another encoding or an empty file is named as what it is."""
    data, says = BROKEN_BYTES[name]

    assert told(imported(tmp_path, data))[0].startswith(f"orders.csv:{says}")


def test_marks_and_line_breaks_of_other_systems_are_read(tmp_path: Path) -> None:
    """A byte order mark, carriage returns, empty lines and a missing last line break change nothing."""
    plain = imported(tmp_path / "a")

    odd = imported(tmp_path / "b", b"\xef\xbb\xbf" + ORDERS.rstrip().replace("\n", "\r\n\r\n").encode())

    assert plain.problems == odd.problems == ()
    assert [row.entry for row in plain.sources[0].claims] == [row.entry for row in odd.sources[0].claims]


def test_a_cell_of_several_lines_is_counted_in_lines_of_the_file(tmp_path: Path) -> None:
    """What follows a cell with line breaks is told in the line that an editor shows."""
    table = changed(ORDERS, "parts", '"parts\nand ""more""\r\nof them"')

    made = imported(tmp_path, changed(table, "12/31/2024", "x"))

    assert told(made) == ["orders.csv:5:46: 'x' is not a date of the form M/D/YYYY"]
    fine = imported(tmp_path, table).sources[0].claims[0].entry
    assert fine.scope is not None
    assert fine.scope.note == 'parts\nand "more"\nof them'


_CELLS = st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\0\r"), max_size=12)


@given(st.lists(st.lists(_CELLS, min_size=3, max_size=3), min_size=1, max_size=6))
def test_what_a_writer_of_csv_writes_is_read_with_its_places(rows: list[list[str]]) -> None:
    """Every cell comes back as it was, and stands where it is said to stand."""
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\n").writerows([["a", "b", "c"], *rows])
    text = stream.getvalue()

    table = read_delimited(Path("t.csv"), text, ",")

    assert [list(row.cells.values()) for row in table.rows] == rows
    lines = text.split("\n")
    for row in table.rows:
        for name, cell in row.cells.items():
            place = table.locate(row, name)
            written = lines[place.line - 1][place.column - 1 :]
            assert written.startswith(('"', cell.split("\n")[0]) if cell else ("", '"')), (cell, place)


def _parquet(rows: list[dict[str, Any]]) -> bytes:
    import pyarrow
    import pyarrow.parquet

    stream = io.BytesIO()
    pyarrow.parquet.write_table(pyarrow.Table.from_pylist(rows), stream)
    return stream.getvalue()


def _records(text: str) -> list[dict[str, str]]:
    return [dict(row) for row in csv.DictReader(io.StringIO(text))]


FORMATS = {
    "orders.csv": lambda _: ORDERS.encode(),
    "orders.tsv": lambda rows: "\n".join(
        "\t".join(cells) for cells in (rows[0], *(row.values() for row in rows))
    ).encode(),
    "orders.jsonl": lambda rows: "\n".join(json.dumps(row) for row in rows).encode(),
    "orders.json": lambda rows: json.dumps(rows, indent=1).encode(),
    "split/orders.json": lambda rows: json.dumps(
        {"columns": list(rows[0]), "index": [0, 1, 2], "data": [list(row.values()) for row in rows]}
    ).encode(),
    "index/orders.json": lambda rows: json.dumps({str(number): row for number, row in enumerate(rows)}).encode(),
    "orders.parquet": _parquet,
}


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_rows_give_the_same_claims_in_every_format(name: str, tmp_path: Path) -> None:
    """A format says how rows are written and nothing of what they say."""
    expected = imported(tmp_path / "csv")

    found = imported(tmp_path / "other", FORMATS[name](_records(ORDERS)), name=Path(name).name)

    assert told(found) == []
    assert found.entities == expected.entities
    assert [row.entry for row in found.sources[0].claims] == [row.entry for row in expected.sources[0].claims]
    assert len(found.sources[0].claims) == 5


@pytest.mark.parametrize(("name", "place"), [
    ("orders.tsv", "3:44"), ("orders.jsonl", "2:119"), ("split/orders.json", "1:249"), ("orders.parquet", "2:6"),
])  # fmt: skip
def test_every_format_tells_where_a_value_stands(name: str, place: str, tmp_path: Path) -> None:
    """Line and column in a text; number of row and column where a file has no lines."""
    rows = _records(changed(ORDERS, "12/31/2024", "13/31/2024"))

    made = imported(tmp_path, FORMATS[name](rows), name=Path(name).name)

    column = "row 2, column 'day': " if name.endswith("parquet") else ""
    assert told(made) == [f"{Path(name).name}:{place}: {column}there is no day '13/31/2024' in the calendar"]


BROKEN_JSON = {
    "a key twice": ('{"a": "1", "b": "x", "a": "2"}', "1:22: not JSON: the key 'a' stands twice"),
    "a key twice further in": ('{"a": {"c": "}", "b": 1, "b": 2}}', "1:26: not JSON: the key 'b' stands twice"),
    "NaN": ('{"a": "NaN", "b": NaN}', "1:19: not JSON: NaN is no value of JSON"),
    "infinity": ('{"a": -Infinity}', "1:7: not JSON: -Infinity is no value"),
    "nested too deep": ('{"a": ' + "[" * 30 + "]" * 30 + "}", "1:7: nested more than 20 deep"),
    "nested far too deep": ('{"a": ' + "[" * 200_000 + "]" * 200_000 + "}", "1:1: not JSON: nested too deep"),
    "no object": ('["a"]', "1:1: a row is an object with a key for each column"),
    "a text": ("hello", "1:1: not JSON: a value is wanted here"),
    "two values": ('{"a": 1} {"a": 2}', "1:10: not JSON: a line holds one object and nothing after it"),
    "left open": ('{"a": "x', "1:7: not JSON: the quotation mark that opens here is never closed"),
    "a trailing comma": ('{"a": 1,}', "1:9: not JSON: a key in double quotes is wanted here"),
    "a control character": ('{"a": "x\x01"}', "1:9: not JSON: a control character within a text"),
    "a NUL": ('{"a": "x\\u0000"}', "1:7: the character U+0000 is not admitted"),
    "nothing": ("\n", "1:1: nothing stands in this table"),
}


@pytest.mark.parametrize("name", BROKEN_JSON)
def test_what_is_no_json_is_told_at_its_place(name: str, tmp_path: Path) -> None:
    """What RFC 8259 does not admit, and what may mean two things, is refused where it stands."""
    text, says = BROKEN_JSON[name]
    (tmp_path / "t.jsonl").write_text(text, encoding="utf-8")

    table, _ = read_table(tmp_path / "t.jsonl")

    problem = table.problems[0]
    assert f"{problem.line}:{problem.column}: {problem.message}".startswith(says)


@pytest.mark.parametrize(("text", "says"), [
    ('[{"a": 1}, {"a": 1 "b"}]', "1:20: not JSON: a comma or a closing bracket"),
    ('[{"a": 1} {"a": 2}]', "1:11: not JSON: a comma or a closing bracket"),
    ('[{"a": 1},\n]', "2:1: not JSON: nothing follows this comma"),
    ('{"columns": [[1]], "data": []}', "1:13: not JSON: a list of names"),
    ('{"columns": ["a"], "data": [[1, 2]]}', "1:1: a row is a list of 1 values"),
    ("7", "1:1: not JSON: a list of rows"),
])  # fmt: skip
def test_documents_of_json_are_read_as_strictly(text: str, says: str, tmp_path: Path) -> None:
    """A document of rows is looked at row by row."""
    (tmp_path / "t.json").write_text(text, encoding="utf-8")

    problem = read_table(tmp_path / "t.json")[0].problems[0]

    assert f"{problem.line}:{problem.column}: {problem.message}".startswith(says)


def test_numbers_of_json_stay_as_they_are_written(tmp_path: Path) -> None:
    """2.50 keeps its zero, a long number its digits, and true is a word."""
    (tmp_path / "t.jsonl").write_text('{"a": 2.50, "b": 12345678901234567890123, "c": true, "d": null}')

    assert read_table(tmp_path / "t.jsonl")[0].rows[0].cells == {
        "a": "2.50", "b": "12345678901234567890123", "c": "true", "d": None,
    }  # fmt: skip


def test_values_of_parquet_become_the_text_that_they_are(tmp_path: Path) -> None:
    """Whole floats lose their point, days are written as EDTF, lists stay lists; bytes are refused at their cell."""
    from datetime import date, datetime
    from decimal import Decimal

    row = {"f": 2.0, "g": 0.1, "h": 1e-7, "d": date(2025, 3, 4), "t": datetime(2025, 3, 4, 5), "n": Decimal("2.50"),
           "b": True, "l": ["x", "y"], "m": {"k": 1}, "i": 7, "z": float("nan")}  # fmt: skip
    (tmp_path / "t.parquet").write_bytes(_parquet([row]))
    (tmp_path / "b.parquet").write_bytes(_parquet([{"a": "x", "b": b"\x00"}]))

    assert read_table(tmp_path / "t.parquet")[0].rows[0].cells == {
        "f": "2", "g": "0.1", "h": "0.0000001", "d": "2025-03-04", "t": "2025-03-04T05:00:00", "n": "2.50",
        "b": "true", "l": ["x", "y"], "m": {"k": "1"}, "i": "7", "z": "NaN",
    }  # fmt: skip
    assert [str(row) for row in read_table(tmp_path / "b.parquet")[0].problems] == [
        f"{tmp_path / 'b.parquet'}:1:2: row 1, column 'b': bytes are no text; save the column as text"
    ]


@pytest.mark.parametrize("data", [b"PAR1", b"PAR1" + b"\0" * 100 + b"PAR1", b"a,b\n1,2\n"])
def test_damaged_parquet_is_one_problem(data: bytes, tmp_path: Path) -> None:
    """Whatever the bytes are, there is no traceback."""
    (tmp_path / "t.parquet").write_bytes(data)

    problems = read_table(tmp_path / "t.parquet")[0].problems

    assert [row.message.startswith("not Parquet that can be read") for row in problems] == [True]


def test_a_table_that_is_wrong_everywhere_is_not_read_to_its_end(tmp_path: Path) -> None:
    """A thousand problems are enough, and none follows from what was left out."""
    rows = "".join(f"{number},A {number},B,,x,1/1/2025,\n" for number in range(3_000))

    made = imported(tmp_path, ORDERS.splitlines(keepends=True)[0] + rows)

    assert {row.message for row in made.problems} == {"'x' is not a number"}
    assert len(made.problems) == 1_000


@given(st.binary(max_size=200))
def test_no_bytes_break_the_readers(data: bytes) -> None:
    """Whatever a file holds, a table or problems come out."""
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as made:
        for suffix in (".csv", ".tsv", ".jsonl", ".json"):
            (Path(made) / f"t{suffix}").write_bytes(data)
            table, _ = read_table(Path(made) / f"t{suffix}")
            for row in table.rows:
                assert all(table.locate(row, name).line >= 1 for name in row.cells)
