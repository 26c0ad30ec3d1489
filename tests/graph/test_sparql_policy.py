"""What the policy of a server admits, in queries and in updates, and what escapes may not smuggle past it."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from keiretsu_graph.answers import results_of
from keiretsu_graph.guard import Policy, admit, refuse_update
from keiretsu_graph.sparql import KEIRETSU, PLAIN
from keiretsu_ontology.errors import QueryRefusedError
from keiretsu_ontology.vocabulary import GRAPHS

ALLOWED = Policy(services=frozenset({"https://example.org/sparql"}))
UPDATES = (
    "INSERT DATA { <a:s> <a:p> 'LOAD <a:x>' , \"SERVICE\" }",
    "PREFIX load: <http://example.org/> CLEAR GRAPH load:a ; COPY load:a TO load:b ; MOVE SILENT load:a TO load:b",
    "WITH <a:g> DELETE { ?s ?p ?o } INSERT { ?s ?p 1 } USING <a:g> USING NAMED <a:h> WHERE { ?s ?p ?o }",
    "DELETE DATA { GRAPH <a:g> { <a:s> <a:p> _:x } }",
    "DELETE WHERE { ?s ?p ?o } ; DROP ALL ; CREATE SILENT GRAPH <a:g> ; ADD DEFAULT TO <a:g>",
    "INSERT DATA { " + "<a:s> <a:p> <a:o> , 'text' . " * 30_000 + "}",
)
REFUSED_UPDATES = {
    "load": "LOAD <http://127.0.0.1/>",
    "load glued to a name": "PREFIX x: <http://127.0.0.1/> LOADx:a",
    "load after a prefix": "PREFIX x: <http://127.0.0.1/>LOAD SILENT <http://127.0.0.1/>",
    "load as a second operation": "CLEAR ALL ; load silent <http://127.0.0.1/> INTO GRAPH <a:g>",
    "load after data": "INSERT DATA { <a:s> <a:p> '}' } ; LOAD <http://127.0.0.1/>",
    "load after a comment": "INSERT DATA { # }\n <a:s> <a:p> 1 } ; LOAD <http://127.0.0.1/>",
    "escaped load": "\\u004COAD <http://127.0.0.1/>",
    "service": "INSERT { ?s ?p ?o } WHERE { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }",
    "service glued to a name": "PREFIX x: <http://127.0.0.1/> DELETE { ?s ?p ?o } WHERE { SERVICEx:a { ?s ?p ?o } }",
    "data that is not closed": "INSERT DATA { <a:s> <a:p> 'x } ; LOAD <http://127.0.0.1/>",
    "deep data": "INSERT DATA { <a:s> <a:p> " + "[ <a:p> " * 300 + "1" + "]" * 300 + " }",
    "deep triples in data": "INSERT DATA { <a:s> <a:p> " + "<<( <a:s> <a:p> " * 300 + "1" + ")>>" * 300 + " }",
}


@pytest.mark.parametrize("text", UPDATES)
def test_updates_that_stay_inside_are_admitted(text: str) -> None:
    """Whatever changes graphs from what is in the text or in the store may be run, as long as it likes."""
    assert refuse_update(text) == text


@pytest.mark.parametrize("name", REFUSED_UPDATES)
def test_updates_that_reach_out_are_refused(name: str) -> None:
    """LOAD and SERVICE are found wherever the engine would see them."""
    with pytest.raises(QueryRefusedError):
        refuse_update(REFUSED_UPDATES[name])


def test_a_service_is_admitted_by_its_address() -> None:
    """SERVICE may name an address that is allowed, written out."""
    text = (
        "SELECT * { SERVICE SILENT <https://example.org/sparql> { ?s ?p ?o } service <https://example.org/sparql> {} }"
    )

    assert admit(text, ALLOWED).text == text


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { SERVICE <https://example.org/sparql/> { ?s ?p ?o } }",
        "SELECT * { SERVICE ?where { ?s ?p ?o } }",
        "PREFIX x: <https://example.org/> SELECT * { SERVICE x:sparql { ?s ?p ?o } }",
        "PREFIX x: <https://127.0.0.1/> SELECT * { SERVICEx:sparql { ?s ?p ?o } }",
        "BASE <https://example.org/> SELECT * { SERVICE <sparql> { ?s ?p ?o } }",
        "SELECT * { SERVICE SILENT",
        "SELECT * { ?s ?p trueSERVICE<https://example.org/sparql> { ?s ?p ?o } }",
        "SELECT * { SERVICE <https://example.org/sparql> { SERVICE <http://127.0.0.1/> {} } }",
    ],
)
def test_any_other_service_is_refused(text: str) -> None:
    """An address that is only alike, or is worked out by the query, is not allowed."""
    with pytest.raises(QueryRefusedError, match=r"line 1, column \d+: SERVICE"):
        admit(text, ALLOWED)


def test_escapes_of_code_points_are_read_first() -> None:
    """An escape is its character, wherever it stands (SPARQL 1.1, 19.2); an escaped backslash begins none."""
    found = admit(r"\u0053ELECT ?\u00e9 { ?\U000000e9 ?p '\u0041\\u0041' }")

    assert found.text == r"SELECT ?é { ?é ?p 'A\\u0041' }"


@pytest.mark.parametrize(
    "text",
    [
        r"SELECT * { \u0053ERVICE <http://127.0.0.1/> {} }",
        r"SELECT * { ?s ?p '\u0027 } SERVICE <http://127.0.0.1/> {} #' }",
        r"SELECT * { ?s ?p '\uD83D\uDE00' }",
        r"SELECT * { ?s ?p '\U00110000' }",
        r"SELECT * { ?s ?p '\u0000' }",
        r"SELECT * { ?s ?p '\u005Cu0041' }",
        r"SELECT * { ?s ?p '\u005C\u005Cu0041\u0027' }",
        r"SELECT * { ?s ?p '\u00' }",
    ],
)
def test_escapes_hide_nothing(text: str) -> None:
    """What an escape makes is judged like what is written out; what is no character, or another escape, is refused."""
    with pytest.raises(QueryRefusedError):
        results_of(ox.Store(), admit(text), PLAIN)


def test_graphs_must_be_here() -> None:
    """FROM names a graph of the store, as an address or as a name; in a graph of ours one that is not there is told."""
    store = ox.Store()
    node = ox.NamedNode("http://example.org/a")
    store.add(ox.Quad(node, node, node, node))
    head = "PREFIX ex: <http://example.org/> BASE <http://example.org/b/> SELECT * "

    assert len(results_of(store, admit(f"{head} FROM <../a> {{ ?s ?p ?o }}"), PLAIN).solutions) == 1
    assert len(results_of(store, admit(f"{head} FROM NAMED ex:a {{ GRAPH ?g {{ ?s ?p ?o }} }}"), PLAIN).solutions) == 1
    with pytest.raises(
        QueryRefusedError, match=r"line 2, column 6: there is no graph http://example.org/c here.*org/a>"
    ):
        results_of(store, admit(f"{head}\nFROM ex:c {{}}"), KEIRETSU)
    assert not results_of(store, admit(f"{head}\nFROM ex:c {{ ?s ?p ?o }}"), PLAIN).solutions


def test_from_narrows_the_default_graph() -> None:
    """Though the default graph is all graphs together, a query that says FROM sees those alone."""
    store = ox.Store()
    node = ox.NamedNode("http://example.org/a")
    store.add(ox.Quad(node, node, node, ox.NamedNode(GRAPHS["curated"])))

    assert len(results_of(store, admit("SELECT * { ?s ?p ?o }"), KEIRETSU).solutions) == 1
    assert not results_of(store, admit(f"SELECT * FROM <{GRAPHS['derived']}> {{ ?s ?p ?o }}"), KEIRETSU).solutions


def test_an_address_in_a_comparison_is_refused() -> None:
    """`<?a&&?b>` is an address by the longest match (19.8), and what was meant is told."""
    with pytest.raises(QueryRefusedError, match="put a space after '<'"):
        admit("SELECT * { FILTER (?x<?a&&?b>?y) }")
