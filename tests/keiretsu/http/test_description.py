"""What a server tells of itself and of its data: the right address, exact counts, nothing guessed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import httpx
import pyoxigraph as ox
import pytest
import rdflib
from rdflib import RDF, Namespace, URIRef
from starlette.requests import Request

from keiretsu.http.description import FORMS, Place, Powers, service, written
from keiretsu.http.figures import COUNTS, Figures, Tally, count, figures_of
from keiretsu.http.settings import Settings
from keiretsu.http.site import Site
from keiretsu.http.sparql import place_of
from keiretsu.workers.crew import Crew
from keiretsu.workers.limits import Limits
from keiretsu.workers.plan import Desk, Plan
from keiretsu_graph.build import Build
from keiretsu_graph.oxigraph import open_store
from keiretsu_ontology.vocabulary import BASE, DATASET, GRAPHS
from servers import serving

SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
VOID = Namespace("http://rdfs.org/ns/void#")
DCTERMS = Namespace("http://purl.org/dc/terms/")
DATA = """
<urn:a> <http://x.example/p/knows> <urn:b> .
<urn:a> <http://x.example/p/knows> <urn:b> <urn:g1> .
<urn:a> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://x.example/k#Person> <urn:g1> .
<urn:b> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://x.example/k#Person> <urn:g2> .
_:c <http://x.example/p/name> "c" <urn:g2> .
"""


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server of plain RDF."""
    file = tmp_path_factory.mktemp("plain") / "plain.nq"
    file.write_text(DATA, encoding="utf-8")
    with serving("--rdf", str(file)) as address:
        yield address


@pytest.fixture(scope="module")
def built(small_build: Build) -> Iterator[str]:
    """A server of the small graph."""
    with serving(str(small_build.folder)) as address:
        yield address


def described(address: str, path: str, accept: str = "text/turtle", **headers: str) -> rdflib.Graph:
    found = httpx.get(f"{address}{path}", headers={"Accept": accept, **headers})
    assert (found.status_code, found.headers["content-type"].split(";")[0]) == (200, accept)
    lines = ox.serialize(ox.parse(found.content, format=FORMS[accept]), format=ox.RdfFormat.N_TRIPLES)
    return rdflib.Graph().parse(data=lines or b"", format="nt")


def value(graph: rdflib.Graph, subject: Any, name: URIRef) -> Any:
    found = graph.value(subject, name, any=False)
    return found.toPython() if isinstance(found, rdflib.Literal) else found


@pytest.mark.parametrize("path", ["/sparql", "/query"])
def test_the_endpoint_is_the_address_that_was_asked(plain: str, path: str) -> None:
    """A client finds the address that it knows, by whatever name it knows it, with the right port."""
    other = plain.replace("127.0.0.1", "localhost")
    found = [
        list(described(plain, path, Host=address.removeprefix("http://")).objects(None, SD.endpoint))
        for address in (plain, other)
    ]
    assert found == [[URIRef(plain + path)], [URIRef(other + path)]]


def test_a_name_given_by_the_owner_is_the_address() -> None:
    """Behind a proxy descriptions name the address that the owner gave; else the one that was asked, if it can be."""
    scope = {"type": "http", "method": "GET", "scheme": "http", "path": "/sparql", "query_string": b"", "headers": []}
    plain, named = Settings(port=80), Settings(base="https://kg.example/graph")
    hosts = (b"localhost:81", b"[::1]:5", b"user@localhost", b"x<y")
    found = [
        [place_of(Site(Crew(), settings), Request({**scope, "headers": [(b"host", host)]})).endpoint for host in hosts]
        for settings in (plain, named)
    ]

    own = f"{plain.address}/sparql"
    assert found == [
        ["http://localhost:81/sparql", "http://[::1]:5/sparql", own, own],
        ["https://kg.example/graph/sparql"] * 4,
    ]


@pytest.mark.parametrize("path", ["/sparql", "/void", "/.well-known/void"])
@pytest.mark.parametrize("media", FORMS)
def test_descriptions_are_alike_in_every_format(plain: str, path: str, media: str) -> None:
    """Turtle, JSON-LD, RDF/XML and N-Triples say the same."""
    assert set(described(plain, path, media)) == set(described(plain, path, "application/n-triples"))


def test_graphs_are_told_with_their_sizes(plain: str) -> None:
    """The default graph and each named graph have their exact numbers of triples."""
    graph = described(plain, "/sparql")
    named = {
        str(value(graph, node, SD.name)): value(graph, value(graph, node, SD.graph), VOID.triples)
        for node in graph.subjects(RDF.type, SD.NamedGraph)
    }
    default = value(
        graph, value(graph, None, SD.defaultGraph) or next(graph.objects(None, SD.defaultGraph)), VOID.triples
    )

    assert (default, named) == (1, {"urn:g1": 2, "urn:g2": 2})
    assert SD.UnionDefaultGraph not in graph.objects(None, SD.feature)
    assert list(graph.objects(None, SD.supportedLanguage)) == [SD.SPARQL11Query]


def test_plain_data_is_counted_once(plain: str) -> None:
    """What stands in two graphs counts once; what nobody said, such as a title or a licence, is not there."""
    graph = described(plain, "/void")
    dataset = value(graph, None, RDF.type) or next(graph.subjects(RDF.type, VOID.Dataset))
    names = ("triples", "entities", "classes", "properties", "distinctSubjects", "distinctObjects")
    classes = {str(value(graph, part, VOID["class"])): value(graph, part, VOID.entities)
               for part in graph.objects(dataset, VOID.classPartition)}  # fmt: skip
    properties = {str(value(graph, part, VOID.property)): value(graph, part, VOID.triples)
                  for part in graph.objects(dataset, VOID.propertyPartition)}  # fmt: skip

    assert {name: value(graph, dataset, VOID[name]) for name in names} == {
        "triples": 4,
        "entities": 2,
        "classes": 1,
        "properties": 3,
        "distinctSubjects": 3,
        "distinctObjects": 3,
    }
    assert classes == {"http://x.example/k#Person": 2}
    assert properties == {str(RDF.type): 2, "http://x.example/p/knows": 1, "http://x.example/p/name": 1}
    assert {str(space) for space in graph.objects(dataset, VOID.vocabulary)} == {
        str(RDF),
        "http://x.example/k#",
        "http://x.example/p/",
    }
    assert not [*graph.objects(None, DCTERMS.title), *graph.objects(None, DCTERMS.license), *graph[: VOID.uriSpace]]


def test_a_graph_of_ours_is_told_by_its_own_name(built: str, small_build: Build) -> None:
    """A build is the dataset that it says it is, with its title, its space, and examples that are there."""
    graph, store = described(built, "/void"), open_store(small_build.store)
    dataset = URIRef(DATASET)
    held = {quad.triple for quad in store}
    classes = {quad.object for quad in store if quad.predicate.value == str(RDF.type)}
    examples = [ox.NamedNode(str(node)) for node in graph.objects(dataset, VOID.exampleResource)]

    assert value(graph, dataset, DCTERMS.title) == small_build.manifest.title
    assert value(graph, dataset, VOID.triples) == len(held)
    assert value(graph, dataset, VOID.classes) == len(classes)
    assert value(graph, dataset, VOID.entities) == small_build.manifest.entities
    assert value(graph, dataset, VOID.uriSpace) == f"{BASE}entity/"
    assert len(examples) == 3
    assert all(any(triple.subject == one for triple in held) for one in examples)
    named = {str(name) for name in described(built, "/sparql").objects(None, SD.name)}
    assert named <= set(GRAPHS.values())
    assert SD.UnionDefaultGraph in described(built, "/sparql").objects(None, SD.feature)


def test_a_description_is_the_same_in_every_process(plain: str) -> None:
    """Every worker gives the same bytes, so that the tag holds."""
    place, figures = Place("http://x.example"), Figures(graphs=Tally(1, (("urn:g", 2),)))
    assert len({written(service(place, Powers(), figures), "text/turtle") for _ in range(5)}) == 1
    tags = {
        httpx.get(f"{plain}/void", headers={"Accept": f"text/turtle;q=0.{at}"}).headers["etag"] for at in range(1, 9)
    }
    assert len(tags) == 1


def test_what_could_not_be_counted_is_left_out() -> None:
    """A description without figures is whole, and says no number."""
    made = written(
        service(Place("http://x.example"), Powers(union=True, changes=True), Figures()), "application/n-triples"
    )

    assert b"void#triples" not in made
    assert b"SPARQL11Update" in made
    assert figures_of({}) == Figures()


def test_every_figure_is_counted() -> None:
    """The jobs that count, and what is told of them, are the same; an empty store has none of everything."""
    desk = Desk(Plan(union=False), Limits(), ox.Store())
    record = {name: json.loads(count(desk, name).body) for name in COUNTS}

    assert set(COUNTS) == set(Figures._fields)
    found = figures_of(record)
    assert (found.triples, found.graphs, found.classes, found.examples) == (0, Tally(), Tally(), ())


def test_a_licence_is_told_where_the_data_say_it() -> None:
    """The one dataset that data describe has its title and licence; of two, neither is taken."""
    text = """
    <urn:d> a <http://www.w3.org/ns/dcat#Dataset> ; <http://purl.org/dc/terms/title> "Makers" ;
      <http://purl.org/dc/terms/license> <https://creativecommons.org/publicdomain/zero/1.0/> ."""
    store = ox.Store()
    store.load(text, format=ox.RdfFormat.TURTLE)
    desk = Desk(Plan(union=False), Limits(), store)
    one = json.loads(count(desk, "said").body)
    store.load("<urn:e> a <http://www.w3.org/ns/dcat#Dataset> .", format=ox.RdfFormat.TURTLE)
    two = json.loads(count(desk, "said").body)

    assert one == ["urn:d", "Makers", "https://creativecommons.org/publicdomain/zero/1.0/"]
    assert two == [None, None, None]


@pytest.mark.parametrize("host", ["localhost:99999", "user@localhost", "localhost:x", "localhost/x"])
def test_odd_names_do_no_harm(plain: str, host: str) -> None:
    """A Host that cannot be read is refused, or answered with the address that the server has."""
    found = httpx.get(f"{plain}/sparql", headers={"Host": host, "Accept": "text/turtle"})
    assert found.status_code in (200, 400, 421)
    assert "user@" not in found.text if found.status_code == 200 else True
