"""What the engine answers otherwise than the standard, and what it answered rightly before."""

from __future__ import annotations

from collections import Counter

import pyoxigraph as ox
import pytest

from keiretsu_graph.answers import results_of
from keiretsu_graph.guard import Policy, admit
from keiretsu_graph.sparql import PLAIN, mended

DATA = """
PREFIX ex: <http://example.org/>
ex:a ex:p ex:b . ex:b ex:p ex:c .
GRAPH ex:one { ex:a ex:p ex:b , "x" . ex:b ex:q ex:one }
GRAPH ex:two { ex:a ex:p ex:c }
"""
HEAD = "PREFIX ex: <http://example.org/> PREFIX xsd: <http://www.w3.org/2001/XMLSchema#> "
WITHIN = (
    "VALUES ?x { 1 2 }",
    "VALUES (?g ?x) { (ex:one 1) (UNDEF 2) (ex:none 3) }",
    "?s ex:p ?o MINUS { ?other ex:p ?o2 }",
    "?s ex:p ?o MINUS { ?s ex:q ?g }",
    "SELECT (COUNT(*) AS ?n) { ?s ex:p ?o }",
    "?s ex:p ?o OPTIONAL { ?s ex:q ?g }",
    "FILTER(BOUND(?g))",
    "BIND(?g AS ?x)",
    "?s ex:p ?o FILTER NOT EXISTS { ?o ex:q ?g }",
    "{ ?s ex:q ?g } UNION { VALUES ?s { ex:a } }",
    "?s ex:p [] . VALUES ?o { 'GRAPH ?g {' }",
)


@pytest.fixture(scope="module")
def store() -> ox.Store:
    store = ox.Store()
    store.load(input=DATA.replace("GRAPH", ""), format=ox.RdfFormat.TRIG)
    return store


def rows(store: ox.Store, text: str) -> Counter[tuple[tuple[str, str], ...]]:
    """Return what a query finds, in no order."""
    found = results_of(store, admit(HEAD + text), PLAIN)
    return Counter(
        tuple(sorted((name, str(term)) for name, term in zip(found.columns, row, strict=True) if term is not None))
        for row in found.solutions
    )


def truth(store: ox.Store, text: str) -> bool | None:
    """Return the answer to a query of ASK."""
    return results_of(store, admit(HEAD + text), PLAIN).truth


@pytest.mark.parametrize("within", WITHIN)
def test_graph_is_worked_out_for_each_graph_by_itself(within: str, store: ox.Store) -> None:
    """GRAPH with a variable finds what GRAPH with each name finds, with that name beside it (SPARQL 1.1, 18.6)."""
    expected: Counter[tuple[tuple[str, str], ...]] = Counter()
    for graph in ("<http://example.org/one>", "<http://example.org/two>"):
        for row, times in rows(store, f"SELECT * {{ GRAPH {graph} {{ {within} }} }}").items():
            if dict(row).get("g", graph) == graph:
                expected[tuple(sorted({**dict(row), "g": graph}.items()))] += times

    assert rows(store, f"SELECT * {{ GRAPH ?g {{ {within} }} }}") == expected


def test_graph_goes_over_the_graphs_of_the_query(store: ox.Store) -> None:
    """Where FROM NAMED says which graphs there are, GRAPH is worked out for those; without any, for none."""
    values = "{ GRAPH ?g { VALUES ?x { 1 } } }"

    assert [dict(row)["g"] for row in rows(store, f"SELECT * FROM NAMED ex:two {values}")] == [
        "<http://example.org/two>"
    ]
    assert not rows(store, f"SELECT * FROM ex:two {values}")


def test_graph_within_graph_is_worked_out_too(store: ox.Store) -> None:
    """A graph within a graph is any graph."""
    found = rows(store, "SELECT ?g ?h { GRAPH ?g { VALUES ?x { 1 } GRAPH ?h { VALUES ?x { 1 } } } }")

    assert sum(found.values()) == 4


@pytest.mark.parametrize("path", ["ex:p*", "ex:p?", "(ex:p/ex:q)*", "^ex:p*", "(^ex:p|ex:q)?", "a*"])
def test_a_path_of_no_steps_needs_no_graph(path: str, store: ox.Store) -> None:
    """A term has a path of no steps to itself, be it in the graph or not (18.4)."""
    here = [(("x", "<http://example.org/none>"),)]

    assert list(rows(store, f"SELECT * {{ ex:none {path} ?x }}")) == here
    assert list(rows(store, f"SELECT * {{ ?x {path} ex:none }}")) == here
    assert truth(store, f"ASK {{ ex:none {path} ex:none }}")
    assert not truth(store, f"ASK {{ ex:none {path} ex:nowhere }}")


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("{ ex:a ex:p* ?x }", 3),
        ("{ ?x ex:p* ex:c }", 3),
        ("{ ex:none ex:p* ?x . ?x ex:p ?y }", 0),
        ("{ ex:none ex:p+ ?x }", 0),
        ("{ ex:none ex:p*/ex:p ?x }", 0),
        ("{ ?x ex:p ?y FILTER(2 * 3 = 6) }", 2),
        ("{ VALUES ?x { ex:none } ?x ex:p* ?y }", 0),
        ("{ VALUES ?x { ex:none ex:a } FILTER EXISTS { ex:none ex:p* ?x } }", 1),
        ("{ VALUES ?x { ex:none ex:a } FILTER NOT EXISTS { ?x ex:p* ex:none } }", 1),
        ("{ VALUES ?x { ex:none ex:a } MINUS { ex:none ex:p* ?x } }", 1),
        ("{ VALUES ?x { ex:none ex:a } OPTIONAL { ex:none ex:p* ?x } }", 2),
        ("{ GRAPH ex:missing { ex:none ex:p* ?x } }", 0),
    ],
)
def test_paths_that_were_right_stay_right(text: str, number: int, store: ox.Store) -> None:
    """What is no path of no steps from an unknown term is left to the engine."""
    assert sum(rows(store, f"SELECT * {text}").values()) == number


def test_what_runs_elsewhere_is_left_alone() -> None:
    """A query with SERVICE goes out as it was written."""
    text = "SELECT (BNODE('a') AS ?b) { SERVICE <https://example.org/> { GRAPH ?g { VALUES ?x { TRUE } } } }"
    asked = admit(text, Policy(services=frozenset({"https://example.org/"})))

    assert mended(ox.Store(), asked, PLAIN) == text


def test_a_concatenation_is_plain_text(store: ox.Store) -> None:
    """GROUP_CONCAT gives a plain text, even of members in one language (18.5.1.7)."""
    values = "{ VALUES ?o { 'a'@en } }"

    assert rows(store, f"SELECT (GROUP_CONCAT(?o; SEPARATOR=')') AS ?x) {values}") == Counter([(("x", '"a"'),)])
    assert rows(store, f"SELECT (STRLEN(GROUP_CONCAT(DISTINCT ?o)) AS ?x) {values}") == Counter(
        [(("x", '"1"^^<http://www.w3.org/2001/XMLSchema#integer>'),)]
    )


def test_a_blank_node_of_a_text_is_one_for_each_row(store: ox.Store) -> None:
    """BNODE of a text is the same node within a row, another in the next (17.4.2.9); of anything else it is none."""
    found = results_of(
        store, admit("SELECT (BNODE(?s) AS ?a) (BNODE(?s) AS ?b) (BNODE(5) AS ?c) { VALUES ?s { 'x' 'x' } }"), PLAIN
    ).solutions

    assert [row[0] == row[1] for row in found] == [True, True]
    assert found[0][0] != found[1][0]
    assert [row[2] for row in found] == [None, None]


def test_a_blank_node_without_a_text_and_of_groups_is_left_to_the_engine(store: ox.Store) -> None:
    """BNODE without a text is new each time; where rows are grouped nothing is added to the query."""
    plain = results_of(store, admit("SELECT (BNODE() AS ?a) (BNODE() AS ?b) {}"), PLAIN).solutions[0]
    grouped = results_of(store, admit("SELECT (BNODE(?x) AS ?a) { VALUES ?x { 'u' } } GROUP BY ?x"), PLAIN)

    assert plain[0] != plain[1]
    assert grouped.solutions == ((ox.BlankNode("u"),),)


def test_truths_are_known_in_capitals(store: ox.Store) -> None:
    """A keyword may be written in capitals (19.8); in a string it is a text."""
    assert truth(store, "ASK { FILTER(TRUE && !False && 'TRUE' != 'true') }")


def test_columns_come_in_the_order_of_the_query(store: ox.Store) -> None:
    """SELECT * gives its columns as they first stand in the query."""
    assert results_of(store, admit("SELECT * { ?s ?p ?o . BIND(1 AS ?a) }"), PLAIN).columns == ("s", "p", "o", "a")
    assert results_of(store, admit("SELECT ?o ?s { ?s ?p ?o }"), PLAIN).columns == ("o", "s")
