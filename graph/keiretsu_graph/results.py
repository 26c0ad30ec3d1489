"""Results of a query: as rows, as a table, and in the formats of the W3C."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pyoxigraph as ox

from keiretsu_ontology.errors import UsageError
from keiretsu_ontology.vocabulary import PREFIXES

ROW_FORMATS = {
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
}
GRAPH_FORMATS = {
    "turtle": ox.RdfFormat.TURTLE,
    "ntriples": ox.RdfFormat.N_TRIPLES,
    "jsonld": ox.RdfFormat.JSON_LD,
    "rdfxml": ox.RdfFormat.RDF_XML,
    "trig": ox.RdfFormat.TRIG,
    "nquads": ox.RdfFormat.N_QUADS,
}


@dataclass(frozen=True, slots=True)
class Results:
    """What a query found: rows, a yes or no, or a graph, read to the end."""

    columns: tuple[str, ...]
    solutions: tuple[tuple[Any, ...], ...]  # terms, None where unbound
    triples: tuple[ox.Triple, ...]
    truth: bool | None = None
    kind: str = "rows"  # "rows", "truth" or "graph"
    raw: bytes = b""  # what was read: SPARQL JSON, or N-Triples

    @classmethod
    def read(cls, raw: bytes, *, graph: bool) -> Results:
        """Return the results that SPARQL JSON tells of, or a graph in N-Triples."""
        if graph:
            triples = tuple(quad.triple for quad in ox.parse(raw, format=ox.RdfFormat.N_TRIPLES))
            return cls((), (), triples, None, "graph", raw)
        read: Any = ox.parse_query_results(raw, format=ox.QueryResultsFormat.JSON)
        if isinstance(read, ox.QueryBoolean):
            return cls((), (), (), bool(read), "truth", raw)
        columns = tuple(variable.value for variable in read.variables)
        return cls(columns, tuple(tuple(row[name] for name in columns) for row in read), (), None, "rows", raw)

    @property
    def empty(self) -> bool:
        """Whether nothing was found; a no is an answer."""
        return self.kind != "truth" and not self.solutions and not self.triples

    def rows(self) -> list[dict[str, Any]]:
        """Return the rows as texts by column; what is unbound is left out."""
        named = (zip(self.columns, row, strict=True) for row in self.solutions)
        return [{name: term.value for name, term in row if term is not None} for row in named]


def render(results: Results, fmt: str) -> bytes:
    """Return results in a format.

    Raises:
        UsageError: There is no such format, or it does not fit: a graph is no table.
    """
    check_format(fmt, graph=results.kind == "graph")
    if fmt == "table":
        return "".join(line + "\n" for line in _table(results)).encode("utf-8")
    if results.kind == "graph":
        own = {} if fmt == "jsonld" else dict(PREFIXES)
        return bytes(ox.serialize(results.triples, format=GRAPH_FORMATS[fmt], prefixes=own) or b"")
    read: Any = ox.parse_query_results(results.raw, format=ox.QueryResultsFormat.JSON)
    return bytes(read.serialize(format=ROW_FORMATS[fmt]))


def check_format(fmt: str, *, graph: bool) -> None:
    """Return nothing for a format that fits.

    Raises:
        UsageError: There is no such format, or it does not fit: a graph is no table.
    """
    fitting = {"table", *(GRAPH_FORMATS if graph else ROW_FORMATS)}
    if fmt not in fitting:
        known = fmt in ROW_FORMATS or fmt in GRAPH_FORMATS
        what = f"{fmt} does not fit what this query gives" if known else f"there is no format {fmt!r}"
        raise UsageError(f"{what}; use one of {', '.join(sorted(fitting))}")


def shortened(term: Any) -> str:
    """Return a term as people read it: compact names, plain text.

    Example:
        >>> shortened(ox.NamedNode("https://w3id.org/keiretsu/entity/bosch"))
        'entity:bosch'
    """
    if term is None:
        return ""
    if isinstance(term, ox.NamedNode):
        return _compact(term.value, PREFIXES)
    if isinstance(term, ox.Literal):
        return f"{term.value} ({term.language})" if term.language else str(term.value)
    return str(term)


def _compact(address: str, prefixes: Mapping[str, str]) -> str:
    for name, start in sorted(prefixes.items(), key=lambda row: -len(row[1])):
        if address.startswith(start) and len(address) > len(start):
            return f"{name}:{address.removeprefix(start)}"
    return f"<{address}>"


def _table(results: Results) -> Iterator[str]:
    if results.kind == "truth":
        yield "yes" if results.truth else "no"
        return
    columns = results.columns if results.kind == "rows" else ("subject", "predicate", "object")
    terms = (
        results.solutions if results.kind == "rows" else [(t.subject, t.predicate, t.object) for t in results.triples]
    )
    rows = [[_printable(shortened(term)) for term in row] for row in terms]
    widths = [max(len(cell) for cell in column) for column in zip(columns, *rows, strict=True)]
    for row in ([*columns], ["-" * width for width in widths], *rows):
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()


def _printable(text: str) -> str:
    return "".join(char if char.isprintable() else " " for char in text)
