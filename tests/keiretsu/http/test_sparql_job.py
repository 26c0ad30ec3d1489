"""SPARQL as a job: formats, what clients take, and what is cut."""

from __future__ import annotations

import csv
import io
import json
from xml.etree import ElementTree

import pyoxigraph as ox
import pytest
import rdflib

from keiretsu.http.sparql_job import GRAPHS, ROWS, answer
from keiretsu.jobs import JOBS
from keiretsu.workers.limits import Limits
from keiretsu.workers.plan import Desk, Plan
from keiretsu.workers.product import LimitError, NotAcceptableError
from keiretsu_graph.answers import CUT
from keiretsu_graph.guard import admit
from keiretsu_graph.sparql import KEIRETSU, evaluate
from keiretsu_ontology.errors import QueryRefusedError

EX = "http://example.org/"
ALL = "SELECT ?s ?o { ?s ?p ?o } ORDER BY ?s"
READERS = {  # of a graph without a name, TriG is Turtle and N-Quads are N-Triples
    "turtle": "turtle",
    "ntriples": "nt",
    "jsonld": "json-ld",
    "rdfxml": "xml",
    "trig": "turtle",
    "nquads": "nt",
}
HOSTILE = ('a"},{"b', "},{", ",{}", "<script>&\"'", "é\t\n\\u0041 \U0001f600")


def a_desk(*texts: str, rows: int = 1_000, size: int = 1_000_000, services: tuple[str, ...] = ()) -> Desk:
    """Return plain RDF: a thing for each text."""
    store = ox.Store()
    for number, text in enumerate(texts):
        store.add(ox.Quad(ox.NamedNode(f"{EX}{number}"), ox.NamedNode(f"{EX}p"), ox.Literal(text)))
    plan = Plan(files=("made.nq",), union=False, services=services)
    return Desk(plan, Limits(rows=rows, answer=size), store)


def texts_of(media: str, body: bytes) -> list[str]:
    """Return the texts in a column, as another program reads them."""
    if "json" in media:
        return [row["o"]["value"] for row in json.loads(body)["results"]["bindings"]]
    if "xml" in media:
        found = ElementTree.fromstring(body)  # noqa: S314
        return [node.text or "" for node in found.iter("{http://www.w3.org/2005/sparql-results#}literal")]
    if "csv" in media:
        return [row[1] for row in list(csv.reader(io.StringIO(body.decode(), newline="")))[1:]]
    read = rdflib.query.Result.parse(io.BytesIO(body), format="tsv")
    return [str(binding[rdflib.Variable("o")]) for binding in read.bindings]


@pytest.mark.parametrize("media", [form.media for form in ROWS])
def test_rows_come_as_the_client_takes_them(media: str) -> None:
    """Each media type of rows is answered with itself, and hostile texts come through whole."""
    product = answer(a_desk(*HOSTILE), text=ALL, accept=f"image/png, {media}")

    assert product.media.partition(";")[0] == media
    assert (product.rows, product.cut) == (5, False)
    if "tab-separated" not in media:  # rdflib does not read every escape of TSV
        assert texts_of(media, product.body) == [*HOSTILE]
    assert texts_of(media, answer(a_desk("plain"), text=ALL, accept=media).body) == ["plain"]


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")  # of rdflib's own reader of JSON-LD
@pytest.mark.parametrize("media", [form.media for form in GRAPHS])
def test_graphs_come_as_the_client_takes_them(media: str) -> None:
    """Each media type of graphs is answered with itself, and another program reads the same triples."""
    text = f"PREFIX ex: <{EX}> CONSTRUCT {{ ?s ex:p ?o }} WHERE {{ ?s ?p ?o }}"
    product = answer(a_desk(*HOSTILE), text=text, accept=media)
    fmt = next(form.fmt for form in GRAPHS if form.media == media)

    read = rdflib.Graph().parse(data=product.body, format=READERS[fmt])

    assert product.media.partition(";")[0] == media
    assert {str(one) for one in read.objects()} == set(HOSTILE)
    assert product.rows == 5


@pytest.mark.parametrize(
    ("text", "accept", "media"),
    [
        ("ASK {}", None, "application/sparql-results+json"),
        ("ASK {}", "*/*", "application/sparql-results+json"),
        (
            "ASK {}",
            "text/html;q=0.9, application/sparql-results+xml;q=0.8, */*;q=0.1",
            "application/sparql-results+xml",
        ),
        ("SELECT * {}", "text/*", "text/csv; charset=utf-8"),
        ("SELECT * {}", "not a header", "application/sparql-results+json"),
        ("CONSTRUCT WHERE { ?s ?p ?o }", None, "text/turtle"),
        ("DESCRIBE <a:b>", "application/sparql-results+json, text/turtle;q=0.5", "text/turtle"),
        ("# SELECT\nPREFIX select: <a:> CONSTRUCT WHERE { ?s ?p ?o }", "*/*", "text/turtle"),
    ],
)
def test_the_best_fitting_form_is_chosen(text: str, accept: str | None, media: str) -> None:
    """The form of the query says what there is, and the client what of it."""
    assert answer(a_desk(), text=text, accept=accept).media == media


@pytest.mark.parametrize(("text", "accept"), [("ASK {}", "text/turtle"), ("DESCRIBE <a:b>", "text/csv, image/png")])
def test_what_nobody_takes_is_not_worked_out(text: str, accept: str) -> None:
    """A client that takes no fitting form is told what there is."""
    with pytest.raises(NotAcceptableError, match="comes as"):
        answer(a_desk(), text=text, accept=accept)


@pytest.mark.parametrize("number", [1, 2, 4, 5, 6])
@pytest.mark.parametrize("form", ROWS[:4])
def test_rows_beyond_the_limit_are_cut_and_told(form: object, number: int) -> None:
    """The first rows are given, whatever stands in them; that there are more is said beside them and in the head."""
    media = getattr(form, "media", "")
    product = answer(a_desk(*"abcde", rows=number), text=ALL, accept=media)

    assert texts_of(media, product.body) == list("abcde")[:number]
    assert (product.rows, product.cut) == (min(number, 5), number < 5)
    if "json" in media:
        assert json.loads(product.body)["head"].get("link") == ([CUT] if number < 5 else None)
    if "xml" in media:
        assert (b"<link href=" in product.body) == (number < 5)


@pytest.mark.parametrize("number", [1, 2, 4, 5, 6])
def test_rows_are_counted_whatever_stands_in_them(number: int) -> None:
    """Texts that look like the end of a row, and rows that say nothing, are counted right."""
    hostile = answer(a_desk(*HOSTILE, rows=number), text=ALL)
    empty = answer(a_desk(*"abcde", rows=number), text="SELECT ?none { ?s ?p ?o }")

    assert texts_of("json", hostile.body) == list(HOSTILE)[:number]
    assert json.loads(empty.body)["results"]["bindings"] == [{}] * min(number, 5)
    assert hostile.cut == empty.cut == (number < 5)
    assert hostile.rows == empty.rows == min(number, 5)


@pytest.mark.parametrize("number", [1, 4, 5, 6])
def test_graphs_beyond_the_limit_are_cut_and_told(number: int) -> None:
    """A graph that is cut is a smaller graph."""
    product = answer(a_desk(*HOSTILE, rows=number), text="CONSTRUCT WHERE { ?s ?p ?o }")

    assert (product.rows, product.cut) == (min(number, 5), number < 5)
    assert len(list(ox.parse(product.body, format=ox.RdfFormat.TURTLE))) == min(number, 5)


@pytest.mark.parametrize("media", ["text/csv", "application/sparql-results+json"])
def test_more_rows_than_can_be_held_are_cut_early(media: str) -> None:
    """A product of everything with everything is not worked out to its end."""
    many = a_desk(*("x" * 100 for _ in range(300)), rows=10)
    product = answer(many, text="SELECT ?o { ?s ?p ?o . ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }", accept=media)

    assert (product.rows, product.cut) == (10, True)


@pytest.mark.parametrize("text", [ALL, "CONSTRUCT WHERE { ?s ?p ?o }", "SELECT (CONCAT(?o, ?o) AS ?x) { ?s ?p ?o }"])
def test_too_many_bytes_are_refused(text: str) -> None:
    """An answer that is too long is none, and says so."""
    with pytest.raises(LimitError, match="bytes"):
        answer(a_desk(*("x" * 1_000 for _ in range(50)), size=20_000), text=text)


def test_graphs_beside_the_query_come_first() -> None:
    """What a client names beside the query stands instead of what the query says (SPARQL 1.1 Protocol, 2.1.4)."""
    desk = a_desk("default")
    for name in "gh":
        node = ox.NamedNode(f"{EX}{name}")
        desk.store.add(ox.Quad(node, node, ox.Literal(name), node))
    text = f"SELECT ?o FROM <{EX}h> {{ {{ ?s ?p ?o }} UNION {{ GRAPH ?g {{ ?s ?p ?o }} }} }}"

    assert texts_of("json", answer(desk, text=text, default_graphs=[f"{EX}g"]).body) == ["g"]
    assert texts_of("json", answer(desk, text=text, named_graphs=[f"{EX}g"]).body) == ["g"]
    assert texts_of("json", answer(desk, text=text).body) == ["h"]
    assert texts_of("json", answer(desk, text=text, default_graphs=["file:///etc/passwd"]).body) == []
    with pytest.raises(QueryRefusedError, match="the address of a graph"):
        answer(desk, text=text, named_graphs=["not an address"])


def test_the_base_resolves_addresses() -> None:
    """Relative addresses in a query are resolved with what the server says."""
    assert texts_of("json", answer(a_desk("a"), text="SELECT ?o { <0> ?p ?o }", base=EX).body) == ["a"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "line 1, column 1: a query says SELECT"),
        ("SELECT ?x {\n ?y ?z }", r"line 2, column \d+: not SPARQL"),
        ("SELECT ?x {} GROUP BY ?y", "line 1, column 25: the SELECT contains a variable that is unbound"),
        ("SELECT * { SERVICE <http://127.0.0.1/> {} }", "line 1, column 12: SERVICE"),
    ],
)
def test_bad_queries_say_where(text: str, message: str) -> None:
    """What is wrong is told with its line and column."""
    with pytest.raises(QueryRefusedError, match=message):
        answer(a_desk(), text=text)


def test_an_unknown_function_is_an_error_in_an_expression() -> None:
    """In plain RDF a function that is not there leaves its variable unbound; in a graph of ours it is told."""
    text = "SELECT ?f (COALESCE(<a:g>(2), 7) AS ?h) { BIND(<a:f>(1) AS ?f) }"

    found = json.loads(answer(a_desk(), text=text).body)["results"]["bindings"]

    assert [{name: term["value"] for name, term in row.items()} for row in found] == [{"h": "7"}]
    with pytest.raises(QueryRefusedError, match=r"the query cannot be run: .*a:f"):
        evaluate(ox.Store(), admit("SELECT (<a:f>(1) AS ?x) {}"), KEIRETSU)


def test_services_are_those_of_the_plan() -> None:
    """A service of the plan passes the guard; that it cannot be reached is told as such."""
    text = "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }"

    with pytest.raises(QueryRefusedError, match="the query cannot be run"):
        answer(a_desk(services=("http://127.0.0.1:1/",)), text=text)


def test_figures_are_numerals_of_their_kind_in_tables() -> None:
    """Where a table tells no datatypes, a double has an exponent and a decimal has a point."""
    text = "SELECT (1.0e6 AS ?a) (-0.05e0 AS ?b) (0e0 AS ?c) (2.0 AS ?d) (2 AS ?e) (1.5 AS ?f) {}"

    assert answer(a_desk(), text=text, accept="text/csv").body == (b"a,b,c,d,e,f\r\n1.0E6,-5.0E-2,0.0E0,2.0,2,1.5\r\n")
    assert answer(a_desk(), text=text, accept="text/tab-separated-values").body == (
        b"?a\t?b\t?c\t?d\t?e\t?f\n1.0E6\t-5.0E-2\t0.0E0\t2.0\t2\t1.5\n"
    )


def test_it_is_a_job() -> None:
    """The server asks for it by this name."""
    assert JOBS["sparql"] is answer
