"""Reading a table, whatever its format: a format joins by one line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from keiretsu_loaders.files import read_file
from keiretsu_loaders.tables.delimited import read_delimited
from keiretsu_loaders.tables.json_rows import read_document, read_lines
from keiretsu_loaders.tables.parquet import read_parquet
from keiretsu_loaders.tables.table import MAX_TABLE_BYTES, Table
from keiretsu_ontology.mapping import TableEntry

SUFFIXES = {
    ".csv": "csv", ".tsv": "tsv", ".tab": "tsv", ".jsonl": "jsonl", ".ndjson": "jsonl", ".json": "json",
    ".parquet": "parquet",
}  # fmt: skip
_TEXTS: dict[str, Callable[[Path, str, str], Table]] = {
    "csv": lambda path, text, sign: read_delimited(path, text, sign or ","),
    "tsv": lambda path, text, sign: read_delimited(path, text, sign or "\t"),
    "jsonl": lambda path, text, _: read_lines(path, text),
    "json": lambda path, text, _: read_document(path, text),
}


def read_table(path: Path, about: TableEntry | None = None) -> tuple[Table, bytes]:
    """Return the table in a file with every problem of form, and the bytes of the file."""
    found = read_file(path, limit=MAX_TABLE_BYTES)
    form = (about.format if about else None) or SUFFIXES.get(path.suffix.lower())
    if form is None:
        table = Table(path)
        table.say(0, 0, f"what is in this file its name does not tell; it ends in {', '.join(SUFFIXES)}")
        return table, found.data
    if form == "parquet" and found.data:
        return read_parquet(path, found.data), found.data
    if found.text is None:
        table = Table(path, problems=[found.problem] if found.problem else [])
        if found.data and found.problem is not None:  # it could be read, and is in another encoding
            message = f"{found.problem.message}; save the table as UTF-8"
            table.problems = [found.problem._replace(message=message)]
        return table, found.data
    sign = (about.delimiter if about else None) or ""
    return _TEXTS[form](path, found.text.removeprefix("\ufeff"), sign), found.data
