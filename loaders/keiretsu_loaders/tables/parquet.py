"""Tables in Parquet: values as the text that they would be in a table of text."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from keiretsu_loaders.tables.table import MAX_ROWS, Row, Table, Value, cell_fault
from keiretsu_loaders.yaml_reader import Place

MAX_UNPACKED = 1_000_000_000  # bytes; a small file may claim to hold much more


def read_parquet(path: Path, data: bytes) -> Table:
    """Return the table in a file; places are numbers of rows and columns."""
    table = Table(path, nested=True, numbered=True)
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError:
        table.say(0, 0, "Parquet is read by pyarrow, which is not installed: pip install 'keiretsu[parquet]'")
        return table
    try:
        file = pyarrow.parquet.ParquetFile(io.BytesIO(data))
        _read(table, file)
    except (pyarrow.ArrowException, OSError, ValueError, OverflowError) as error:
        table.say(
            0, 0, f"not Parquet that can be read: {str(error).splitlines()[0][:200] if str(error) else 'damaged'}"
        )
    return table


def _read(table: Table, file: Any) -> None:
    unpacked = sum(file.metadata.row_group(number).total_byte_size for number in range(file.num_row_groups))
    if file.metadata.num_rows > MAX_ROWS or unpacked > MAX_UNPACKED:
        table.say(
            0, 0, f"{file.metadata.num_rows} rows of {unpacked} bytes; at most {MAX_ROWS} and {MAX_UNPACKED} are read"
        )
        return
    names = tuple(file.schema_arrow.names)
    table.columns = names
    table.locate = lambda row, column: Place(row.line, names.index(column) + 1)
    for number, name in enumerate(names):
        if name in names[:number]:
            table.say(0, number + 1, f"the column {name[:60]!r} stands twice; give each a name of its own")
    for number, values in enumerate(() if table.problems else _rows(file), 1):
        if table.full:
            return
        _take_row(table, Row(number, number, dict(zip(names, values, strict=True))))


def _rows(file: Any) -> Iterator[tuple[Any, ...]]:
    for batch in file.iter_batches(batch_size=10_000):
        yield from zip(*(column.to_pylist() for column in batch.columns), strict=True)


def _take_row(table: Table, row: Row) -> None:
    count = len(table.problems)
    for name, value in row.cells.items():
        if isinstance(value, bytes):
            table.problems.append(table.problem(row, name, "bytes are no text; save the column as text"))
        else:
            row.cells[name] = _to_value(value)
            if (fault := cell_fault(row.cells[name])) is not None:
                table.problems.append(table.problem(row, name, fault))
    if len(table.problems) == count:
        table.rows.append(row)


def _to_value(value: Any) -> Value:
    """Return a value as text: a number in plain digits, a day as YYYY-MM-DD."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        whole = value == value and abs(value) < 1e300 and value.is_integer()
        return format(Decimal(int(value) if whole else repr(value)), "f")
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if isinstance(value, dict):
        return {str(key): _to_value(part) for key, part in value.items()}
    return [_to_value(part) for part in value] if isinstance(value, (list, tuple)) else str(value)
