"""What a query may not do, and what looks like it and may be done."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from keiretsu_graph.build import Build
from keiretsu_graph.guard import refuse
from keiretsu_graph.oxigraph import open_store, query
from keiretsu_graph.results import GRAPH_FORMATS, ROW_FORMATS, render
from keiretsu_ontology.errors import QueryRefusedError, UsageError
from keiretsu_ontology.vocabulary import GRAPHS

_OUT = "PREFIX : <http://127.0.0.1/> PREFIX out: <http://127.0.0.1/>"
REFUSED = {
    "service": "SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }",
    "service in small letters": "SELECT * { service silent <http://127.0.0.1/> { ?s ?p ?o } }",
    "service of a variable": "SELECT * { ?s ?p ?o SERVICE ?o { ?a ?b ?c } }",
    "service in a filter": "SELECT * { ?s ?p ?o FILTER EXISTS { SeRvIcE <http://127.0.0.1/> { ?a ?b ?c } } }",
    "service after a comment": "SELECT * { # harmless\nSERVICE <http://127.0.0.1/> { ?s ?p ?o } }",
    "service after a hash in an iri": "SELECT * { <http://a#b> ?p ?o . SERVICE <http://127.0.0.1/> { ?s ?p ?o } }",
    "service after a string": "SELECT * { ?s ?p 'it''s' SERVICE <http://127.0.0.1/> { ?s ?p ?o } }",
    "service after a long string": 'SELECT * { ?s ?p """a"b""" SERVICE <http://127.0.0.1/> { ?s ?p ?o } }',
    "service glued to a name": f"{_OUT} SELECT * {{ SERVICEout:a {{ ?s ?p ?o }} }}",
    "service as a prefix": f"{_OUT} SELECT * {{ SERVICE:a {{ ?s ?p ?o }} }}",
    "service glued to silent": "SELECT * { SERVICESILENT<http://127.0.0.1/> { ?s ?p ?o } }",
    "service glued to a truth": "SELECT * { ?s ?p trueSERVICE<http://127.0.0.1/> { ?s ?p ?o } }",
    "service glued to a figure": f"{_OUT} SELECT * {{ ?s ?p 5SERVICE:a {{ ?s ?p ?o }} }}",
    "service after an empty name": "SELECT * { ?s ?p :.SERVICE<http://127.0.0.1/> { ?s ?p ?o } }",
    "service after a second dot": "SELECT * { ?s ?p kei:a.b.SERVICE<http://127.0.0.1/> { ?s ?p ?o } }",
    "service after an escaped quote": "SELECT * { ?s ?p kei:a\u0300\\' SERVICE <http://127.0.0.1/> { ?s ?p ?o } } #'",
    "service after a bad escape": "SELECT * { VALUES ?x {'''a'} SERVICE <http://127.0.0.1/> {} #\\q'''\n}",
    "service after less than": "SELECT * { FILTER(?a<?b)SERVICE#>\n<http://127.0.0.1/>{} }",
    "service after a compared string": "SELECT * { FILTER(?a<'&&?b>') SERVICE <http://127.0.0.1/> {} #'\n}",
    "service after a hidden comment": "SELECT * { FILTER(?a<kei:b#>'''\n) SERVICE <http://127.0.0.1/> {} #'''}\n}",
    "service after a quoted triple": "SELECT * { BIND(<<?a?b?c#>>'''\n AS ?x) SERVICE <http://a> {} #'''}\n}",
    "escaped": "SELECT * { \\u0053ERVICE <http://127.0.0.1/> { ?s ?p ?o } }",
    "from a file": "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }",
    "from named": "SELECT * FROM NAMED <http://127.0.0.1/> { ?s ?p ?o }",
    "from a prefixed name": "PREFIX f: <file:///etc/> SELECT * FROM f:passwd { ?s ?p ?o }",
    "load": "LOAD <http://127.0.0.1/>",
    "insert": "INSERT DATA { <a:a> <a:b> <a:c> }",
    "delete": "DELETE WHERE { ?s ?p ?o }",
    "drop": "DROP ALL",
    "second operation": "ASK {} ; CLEAR ALL",
    "deep braces": "SELECT * " + "{" * 2000 + "}" * 2000,
    "deep brackets": "SELECT * { ?s ?p " + "[ ?p " * 700 + "1" + "]" * 700 + "}",
    "deep parentheses": "SELECT * { FILTER(" + "(" * 5000 + "1" + ")" * 5000 + ") }",
    "many unions": "SELECT * { " + " UNION ".join(["{ ?s ?p ?o }"] * 5000) + "}",
    "many negations": "SELECT * { FILTER(" + "!" * 9000 + "true) }",
    "a long path": "SELECT * { ?s " + "/".join(["<a:p>"] * 900) + " ?o }",
    "many sums": "SELECT * { FILTER(1" + "+1" * 30_000 + ") }",
    "many triples": "SELECT * { " + "?a?b?c." * 8_000 + "}",
    "many objects": "SELECT * { ?s <a:p> 1" + ",1" * 30_000 + "}",
    "a long list": "SELECT * { ?s <a:p> (" + "1 " * 30_000 + ") }",
    "many columns": "SELECT " + " ".join(f"(1 AS ?x{n})" for n in range(4_000)) + " {}",
    "many conditions": "SELECT (1 AS ?y) {} GROUP BY ?x HAVING " + "(1)" * 16_000,
    "many subqueries": "SELECT * { " + "{SELECT*{}}" * 5_000 + "}",
    "many things to describe": "DESCRIBE " + "<a:b> " * 10_000,
    "many reifiers": "SELECT * { ?s ?p 1 " + "~ " * 20_000 + "}",
    "deep triples": "SELECT * { ?s ?p " + "<< ?a ?b " * 3_000 + "1" + ">>" * 3_000 + " }",
    "deep triples in data": "SELECT * { VALUES ?x { " + "<< <a:a> <a:b> " * 3_000 + "1" + ">>" * 3_000 + " } }",
    "a string that is not closed": "SELECT * { ?s ?p 'x }",
    "long": "SELECT * { ?s ?p '" + "x" * 70_000 + "' }",
    "a lone surrogate": "SELECT * { ?s ?p '\ud800' }",
    "a null": "SELECT * { ?s ?p '\x00' }",
}
ADMITTED = (
    "SELECT * { ?service ?load 'SERVICE <http://a> LOAD FROM' }",
    'SELECT * { ?s ?p """INSERT " DATA""" } # SERVICE DROP',
    "PREFIX ex: <http://example.org/> SELECT * { ex:service ex:load ex:from }",
    "SELECT * { <http://example.org/SERVICE/from> ?delete ?drop }",
    "SELECT * { ?s ?p 'x'@en-GB FILTER(?s < 5 && ?p > 3) }",
    f"SELECT * FROM <{GRAPHS['curated']}> FROM NAMED <{GRAPHS['derived']}> {{ ?s ?p ?o }}",
    "SELECT ?a { ?a ?b ?c FILTER(?c <= 3) . FILTER(?c >=2) }",
    "SELECT (COUNT(*) AS ?from) { ?s ?p ?o }",
    "SELECT ?x { ?x a kei:Service ; kei:name 'service' FILTER(?x < <http://a> && ?x != kei:Service.a) }",
    "PREFIX kei: <http://example.org/> SELECT * { ?x a kei:b } # PREFIX claim:",
    "SELECT * { ?x a claim:a } # PREFIX claim: would be ours",
    "SELECT * { VALUES ?d { " + "'2025-01-01'^^xsd:date -1 " * 1_500 + "} FILTER(1 IN (1" + ",1" * 5_000 + ")) }",
    'SELECT * { ?s ?p kei:a\\\'b, kei:\u3001, _:a.b, \'it\\\'s\', """a""b""" }',
)
AT_THE_LIMIT = (
    "SELECT * { FILTER(1" + "+1" * 396 + ") }",
    "SELECT * { FILTER(" + "!" * 396 + "1) }",
    "SELECT * { {} " + "UNION {}" * 198 + "}",
    "SELECT * {" + "OPTIONAL{?a <a:p> ?b " * 62 + "}" * 63,
    "SELECT * {" + "FILTER EXISTS{ ?a <a:p> ?b " * 62 + "}" * 63,
    "SELECT " + " ".join(f"(1 AS ?x{n})" for n in range(195)) + " {}",
    "SELECT * { " + "".join(f"?a{n} ?b{n} ?a{n + 1}." for n in range(195)) + "}",
    "SELECT * { ?s <a:p>" + "/<a:p>" * 198 + " ?o }",
    "SELECT * { ?s ?p (" + "1 " * 98 + ") }",
    "SELECT * { ?s ?p " + "[ ?p " * 62 + "1" + "]" * 62 + "}",
    "SELECT * { ?s ?p " + "<< ?a ?b " * 60 + "1" + ">>" * 60 + " }",
    "DESCRIBE " + "<a:b> " * 200,
    "SELECT * {} ORDER BY " + " ".join(f"?x{n}" for n in range(200)),
)


@pytest.mark.parametrize("name", REFUSED)
def test_it_is_refused(name: str, small_build: Build) -> None:
    """What reaches out, changes the graph or would end the process never comes to the engine."""
    with pytest.raises(QueryRefusedError):
        query(open_store(small_build.store), REFUSED[name])


@pytest.mark.parametrize("text", ADMITTED)
def test_words_in_their_place_are_admitted(text: str, small_build: Build) -> None:
    """A keyword inside a string, a comment, an IRI, a variable or a name is none."""
    refuse(text)
    query(open_store(small_build.store), text)


_RUN_ALL = """
import json, sys, threading
import pyoxigraph
from keiretsu_graph.guard import refuse
texts, done = json.load(sys.stdin), []
def run():
    for text in texts:
        refuse(text)
        done.append(list(pyoxigraph.Store().query(text)))
threading.stack_size(1024 * 1024)
thread = threading.Thread(target=run)
thread.start()
thread.join()
sys.exit(len(done) != len(texts))
"""


def test_what_is_admitted_leaves_the_engine_alive() -> None:
    """The largest queries of each sort are planned and run on an eighth of the usual stack."""
    command = [sys.executable, "-c", _RUN_ALL]
    found = subprocess.run(command, input=json.dumps(AT_THE_LIMIT), text=True, check=False, timeout=120)

    assert found.returncode == 0


@pytest.mark.parametrize("text", ["a." * 30_000, "a\u0300" * 30_000, "'''\\q" * 12_000, "<" * 60_000, "a-" * 30_000])
def test_a_refusal_stands_at_the_beginning(text: str) -> None:
    """Text that is made to be cut again and again is refused before much of it is read."""
    with pytest.raises(QueryRefusedError, match=r"line 1, column \d{1,3}:"):
        refuse(text)


def test_a_refusal_names_line_and_column() -> None:
    """The message leads to the word."""
    with pytest.raises(QueryRefusedError, match=r"line 2, column 3: SERVICE"):
        refuse("SELECT * {\n  SERVICE <http://a> {} }")


def test_bad_sparql_names_line_and_column(small_build: Build) -> None:
    """A syntax error is told with its place."""
    with pytest.raises(QueryRefusedError, match=r"line 2"):
        query(open_store(small_build.store), "SELECT ?x\n{ ?x ?y }")


@pytest.mark.parametrize("fmt", [*ROW_FORMATS, "table"])
def test_rows_come_in_every_format(fmt: str, small_build: Build) -> None:
    """Rows and truths have each format of rows; a graph's format does not fit them."""
    store = open_store(small_build.store)

    assert b"north" in render(query(store, "SELECT ?x { ?x kei:customerOf entity:south }"), fmt)
    assert render(query(store, "ASK { ?x kei:customerOf entity:south }"), fmt)
    with pytest.raises(UsageError, match="does not fit"):
        render(query(store, "ASK {}"), "turtle")


@pytest.mark.parametrize("fmt", [*GRAPH_FORMATS, "table"])
def test_graphs_come_in_every_format(fmt: str, small_build: Build) -> None:
    """A constructed graph has each format of graphs."""
    text = "CONSTRUCT { ?x kei:customerOf ?y } WHERE { ?x kei:customerOf ?y }"

    assert b"north" in render(query(open_store(small_build.store), text), fmt)
    with pytest.raises(UsageError, match="there is no format"):
        render(query(open_store(small_build.store), text), "pdf")


def test_blank_nodes_and_quotes_survive(small_build: Build) -> None:
    """Every term of a result comes through the formats, whatever it holds."""
    results = query(
        open_store(small_build.store), "SELECT (BNODE() AS ?b) ('a\"b\\n<c>' AS ?t) (0 AS ?n) (false AS ?f) {}"
    )

    assert b'<c>"' in render(results, "csv") or b"<c>" in render(results, "csv")
    assert b">0<" in render(results, "xml")
    assert b">false<" in render(results, "xml")
