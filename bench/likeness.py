"""Whether two results of SPARQL say the same: blank nodes up to renaming, rows in order where asked.

Terms are compared as they are, but for figures, which are compared by datatype and value: an engine may keep `1.0` as
`1` (RDF 1.1, 3.3 warns of it). CSV is compared as text, its columns in any order.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import pyoxigraph as ox

RS = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#"
XSD = "http://www.w3.org/2001/XMLSchema#"
Row = dict[str, Any]
_VALUES: dict[str, Callable[[str], object]] = {
    "integer": int,
    "decimal": lambda text: Decimal(text).normalize() + 0,
    "double": float,
    "float": float,
    "boolean": lambda text: {"true": True, "1": True, "false": False, "0": False}[text],
}
_RESULTS = {
    ".srx": ox.QueryResultsFormat.XML,
    ".srj": ox.QueryResultsFormat.JSON,
    ".tsv": ox.QueryResultsFormat.TSV,
}
_COLUMN = "https://example.org/column/"


class Table:
    """Rows, with the names of their columns."""

    def __init__(self, columns: list[str], rows: list[Row]) -> None:
        self.columns = columns
        self.rows = rows

    def canonical(self, *, ordered: bool) -> Counter[str]:
        """Return what the rows say, the same for tables that differ only in the names of blank nodes."""
        held = ox.Dataset()
        for number, row in enumerate(self.rows):
            name = ox.BlankNode(f"row{number}")
            held.add(ox.Quad(name, ox.NamedNode(_COLUMN), ox.Literal(str(number) if ordered else "")))
            for column, term in row.items():
                held.add(ox.Quad(name, ox.NamedNode(_COLUMN + column), by_value(term)))
        held.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
        return Counter(map(str, held))


def by_value(term: Any) -> Any:
    """Return a figure in one way of writing; any other term as it is."""
    if not isinstance(term, ox.Literal) or not term.datatype.value.startswith(XSD):
        return term
    read = _VALUES.get(term.datatype.value.removeprefix(XSD))
    try:
        return term if read is None else ox.Literal(str(read(term.value)), datatype=term.datatype)
    except (ValueError, KeyError, InvalidOperation):
        return term


Result = Table | bool | frozenset[str]


def read_results(data: bytes, suffix: str) -> Result:
    """Return rows or a truth out of one of the formats of results."""
    read: Any = ox.parse_query_results(data, format=_RESULTS[suffix])
    if isinstance(read, ox.QueryBoolean):
        return bool(read)
    columns = [variable.value for variable in read.variables]
    rows = [{name: row[name] for name in columns if row[name] is not None} for row in read]
    return Table(columns, rows)


def read_expected(file: Path, base: str) -> Result | bytes:
    """Return what a test expects; CSV as it stands."""
    data = file.read_bytes()
    if file.suffix in _RESULTS:
        return read_results(data, file.suffix)
    if file.suffix == ".csv":
        return data
    kind = ox.RdfFormat.from_extension(file.suffix.removeprefix("."))
    triples = [quad.triple for quad in ox.parse(data, format=kind, base_iri=base)]
    tops = [triple.subject for triple in triples if triple.object == ox.NamedNode(RS + "ResultSet")]
    return _result_set(triples, tops[0]) if tops else canonical_graph(triples)


def canonical_graph(triples: Any) -> frozenset[str]:
    """Return what a graph says, whatever its blank nodes are called."""
    held = ox.Dataset(ox.Quad(one.subject, one.predicate, by_value(one.object)) for one in triples)
    held.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    return frozenset(map(str, held))


def _result_set(triples: list[ox.Triple], node: Any) -> Result:
    """Return the results that a graph in the vocabulary of result sets tells of."""
    told: dict[Any, dict[str, list[Any]]] = {}
    for one in triples:
        told.setdefault(one.subject, {}).setdefault(one.predicate.value.removeprefix(RS), []).append(one.object)
    top = told[node]
    if "boolean" in top:
        return bool(top["boolean"][0].value == "true")
    rows = []
    for solution in top.get("solution", []):
        fields = told.get(solution, {})  # of nothing that is bound
        bound = [told[node] for node in fields.get("binding", [])]
        place = int(fields["index"][0].value) if "index" in fields else 0
        rows.append((place, {one["variable"][0].value: one["value"][0] for one in bound}))
    rows.sort(key=lambda row: row[0])
    return Table([name.value for name in top.get("resultVariable", [])], [row for _, row in rows])


def is_alike(found: Result, expected: Result, *, ordered: bool = False, lax: bool = False) -> bool:
    """Say whether a result is what was expected.

    Args:
        found: Ours.
        expected: The test's.
        ordered: Whether the order of rows counts.
        lax: Whether rows that stand there more than once may be fewer.
    """
    if not (isinstance(found, Table) and isinstance(expected, Table)):
        return type(found) is type(expected) and found == expected
    if set(found.columns) != set(expected.columns):
        return False
    if lax:
        ours, theirs = Counter(_plain(found)), Counter(_plain(expected))
        return set(ours) == set(theirs) and all(ours[row] <= theirs[row] for row in ours)
    return found.canonical(ordered=ordered) == expected.canonical(ordered=ordered)


def _plain(table: Table) -> list[tuple[tuple[str, str], ...]]:
    return [tuple(sorted((name, str(by_value(term))) for name, term in row.items())) for row in table.rows]


def is_alike_csv(found: bytes, expected: bytes) -> bool:
    """Say whether two tables of CSV hold the same rows, with blank nodes under other names."""
    return _cells(found) == _cells(expected)


def _cells(data: bytes) -> tuple[list[str], list[list[str]]]:
    rows = list(csv.reader(io.StringIO(data.decode("utf-8"))))
    named: dict[str, str] = {}
    for row in rows:
        row[:] = [named.setdefault(cell, f"_:{len(named)}") if cell.startswith("_:") else cell for cell in row]
    order = sorted(range(len(rows[0])), key=lambda place: rows[0][place])
    rows = [[row[place] for place in order] for row in rows]
    return rows[0], sorted(rows[1:])
