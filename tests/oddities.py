"""Plain RDF that clients and servers tend to get wrong, and questions of it with their answers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

import pyoxigraph as ox
import rdflib

XSD = "http://www.w3.org/2001/XMLSchema#"
DATA = """
<urn:a> <urn:is> "false"^^<http://www.w3.org/2001/XMLSchema#boolean> .
<urn:a> <urn:name> "日立製作所"@ja .
<urn:a> <urn:name> "Colour"@en .
<urn:a> <urn:says> "a \\"quote\\"\\nand <b>&amp;\\tmore\\\\ ' , ; 😀" .
<urn:a> <urn:since> "2024-02-29"^^<http://www.w3.org/2001/XMLSchema#date> .
<urn:a> <urn:worth> "2.5"^^<http://www.w3.org/2001/XMLSchema#decimal> .
<urn:a> <urn:odd> "x1"^^<urn:type> .
<http://example.org/a%20b> <urn:knows> <http://example.org/%C3%A9%2Fc> .
<http://example.org/a%20b> <urn:knows> <urn:a> .
<http://example.org/企業> <urn:knows> <urn:a> .
<urn:in> <urn:graph> "one" <http://example.org/graph%201> .
<urn:in> <urn:graph> "two" <urn:g2> .
"""
Cell = tuple[str, str, str]  # iri or literal; its text; its language or datatype
Row = tuple[Cell | None, ...]
Found = bool | tuple[Row, ...] | frozenset[tuple[Cell | None, ...]]


def iri(text: str) -> Cell:
    return ("iri", text, "")


def literal(text: str, kind: str = "") -> Cell:
    return ("literal", text, kind)


class Asked(NamedTuple):
    """A question, what it asks for, and its answer; rows are in the order of `variables`, and sorted."""

    name: str
    text: str
    answer: Any
    variables: tuple[str, ...] = ()  # none: a truth or a graph


def _rows(*rows: Row) -> tuple[Row, ...]:
    return tuple(sorted(rows, key=repr))


_MANY = " ".join(f"<http://example.org/number/{number:05}>" for number in range(1_000))

QUESTIONS = (
    Asked("zero", "SELECT (COUNT(*) AS ?n) { ?s <urn:none> ?o }", _rows((literal("0", XSD + "integer"),)), ("n",)),
    Asked("false", "SELECT ?v { <urn:a> <urn:is> ?v }", _rows((literal("false", XSD + "boolean"),)), ("v",)),
    Asked(
        "percent",
        "SELECT ?o { <http://example.org/a%20b> <urn:knows> ?o }",
        _rows((iri("http://example.org/%C3%A9%2Fc"),), (iri("urn:a"),)),
        ("o",),
    ),
    Asked("no values", "SELECT ?x { VALUES ?x {} }", (), ("x",)),
    Asked(
        "languages",
        "SELECT ?name { <urn:a> <urn:name> ?name }",
        _rows((literal("日立製作所", "ja"),), (literal("Colour", "en"),)),
        ("name",),
    ),
    Asked("script", 'SELECT ?s { ?s <urn:name> "日立製作所"@ja }', _rows((iri("urn:a"),)), ("s",)),
    Asked(
        "signs",
        "SELECT ?said { <urn:a> <urn:says> ?said }",
        _rows((literal('a "quote"\nand <b>&amp;\tmore\\ \' , ; 😀'),)),
        ("said",),
    ),
    Asked(
        "types",
        "SELECT ?v { <urn:a> <urn:since>|<urn:worth>|<urn:odd> ?v }",
        _rows(
            (literal("2024-02-29", XSD + "date"),),
            (literal("2.5", XSD + "decimal"),),
            (literal("x1", "urn:type"),),
        ),
        ("v",),
    ),
    Asked(
        "unbound",
        "SELECT ?s ?v { ?s <urn:knows> <urn:a> OPTIONAL { ?s <urn:is> ?v } }",
        _rows((iri("http://example.org/a%20b"), None), (iri("http://example.org/企業"), None)),
        ("s", "v"),
    ),
    Asked(
        "long",
        f"SELECT ?s ?o {{ VALUES ?s {{ {_MANY} <http://example.org/企業> }} ?s <urn:knows> ?o }}",
        _rows((iri("http://example.org/企業"), iri("urn:a"))),
        ("s", "o"),
    ),
    Asked(
        "graphs",
        "SELECT ?g ?o { GRAPH ?g { <urn:in> <urn:graph> ?o } }",
        _rows((iri("http://example.org/graph%201"), literal("one")), (iri("urn:g2"), literal("two"))),
        ("g", "o"),
    ),
    Asked("yes", "ASK { <urn:a> <urn:is> false }", True),  # noqa: FBT003  the answer
    Asked("no", "ASK { <urn:a> <urn:is> true }", False),  # noqa: FBT003  the answer
    Asked(
        "construct",
        "CONSTRUCT { ?o <urn:known> ?s ; <urn:name> ?name } WHERE { ?s <urn:knows> ?o . ?o <urn:name> ?name }",
        frozenset(
            {
                (iri("urn:a"), iri("urn:known"), iri("http://example.org/a%20b")),
                (iri("urn:a"), iri("urn:known"), iri("http://example.org/企業")),
                (iri("urn:a"), iri("urn:name"), literal("日立製作所", "ja")),
                (iri("urn:a"), iri("urn:name"), literal("Colour", "en")),
            }
        ),
    ),
)


def cell_of_record(record: dict[str, Any] | None) -> Cell | None:
    """Return a cell of results in JSON."""
    if record is None:
        return None
    if record["type"] == "uri":
        return iri(record["value"])
    kind = record.get("xml:lang") or record.get("datatype") or ""
    return literal(record["value"], "" if kind == XSD + "string" else kind)


def found_of_record(asked: Asked, record: dict[str, Any]) -> Found:
    """Return what results in JSON say."""
    if "boolean" in record:
        assert type(record["boolean"]) is bool
        return record["boolean"]
    rows = record["results"]["bindings"]
    assert tuple(record["head"]["vars"]) == asked.variables
    return _rows(*(tuple(cell_of_record(row.get(name)) for name in asked.variables) for row in rows))


def cell_of_rdflib(term: Any) -> Cell | None:
    """Return a cell of what rdflib read."""
    if term is None:
        return None
    if isinstance(term, rdflib.Literal):
        kind = term.language or str(term.datatype or "")
        return literal(str(term), "" if kind == XSD + "string" else kind)
    return iri(str(term))


def found_of_rdflib(asked: Asked, result: rdflib.query.Result) -> Found:
    """Return what a result of rdflib says."""
    if result.type == "ASK":
        return bool(result.askAnswer)
    if result.type in ("CONSTRUCT", "DESCRIBE"):
        assert result.graph is not None
        return found_of_graph(result.graph)
    rows = [row.get(rdflib.Variable(name)) for row in result.bindings for name in asked.variables]
    width = len(asked.variables)
    cells = [cell_of_rdflib(term) for term in rows]
    return _rows(*(tuple(cells[at : at + width]) for at in range(0, len(cells), width)))


def found_of_graph(triples: Iterable[tuple[Any, Any, Any]]) -> Found:
    """Return what triples of rdflib say."""
    return frozenset(tuple(cell_of_rdflib(term) for term in triple) for triple in triples)


def cell_of_oxigraph(term: Any) -> Cell | None:
    """Return a cell of what Oxigraph read."""
    if term is None:
        return None
    if isinstance(term, ox.Literal):
        return literal(
            term.value, term.language or ("" if term.datatype.value == XSD + "string" else term.datatype.value)
        )
    return iri(term.value)


def found_of_oxigraph(asked: Asked, body: bytes, form: ox.QueryResultsFormat | ox.RdfFormat) -> Found:
    """Return what bytes say that Oxigraph reads."""
    if isinstance(form, ox.RdfFormat):
        triples = ox.parse(body, format=form)
        return frozenset(tuple(map(cell_of_oxigraph, (one.subject, one.predicate, one.object))) for one in triples)
    found = ox.parse_query_results(body, format=form)
    if isinstance(found, ox.QueryBoolean):
        return bool(found)
    rows = [tuple(cell_of_oxigraph(row[name]) for name in asked.variables) for row in found]
    return _rows(*rows)
