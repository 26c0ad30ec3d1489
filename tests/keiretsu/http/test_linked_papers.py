"""A document of RDF holds what the graph says of its topic, and every form of it holds the same."""

from __future__ import annotations

import json
import re

import pyoxigraph as ox
import pytest
import rdflib
from rdflib.compare import to_isomorphic

from keiretsu.http.linked import described
from keiretsu.http.linked.forms import FORMS
from keiretsu.jobs import JOBS
from keiretsu.workers.limits import Limits
from keiretsu.workers.plan import Desk, Plan
from keiretsu.workers.product import LimitError
from keiretsu_graph.build import Build, build
from keiretsu_ontology.vocabulary import BASE, GRAPHS, KEI
from masquerade import masquerade

SCHEMA = "https://schema.org/"
READERS = {"ttl": "turtle", "jsonld": "json-ld", "nt": "nt", "rdf": "xml"}


def a_desk(built: Build, limits: Limits | None = None) -> Desk:
    """Return an open graph that is known by an address."""
    return Desk(Plan(build=str(built.folder), base="https://kg.example.org"), limits or Limits())


@pytest.fixture(scope="module")
def masked(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """The graph of masks."""
    return a_desk(build(masquerade(), tmp_path_factory.mktemp("masked") / "out"))


def written(desk: Desk, sort: str, name: str, page: int = 1) -> bytes:
    return JOBS["document"](desk, sort=sort, name=name, page=page).body


def triples(desk: Desk, sort: str, name: str, suffix: str = "nt", page: int = 1) -> set[ox.Triple]:
    """Return the triples of a document, read by an engine that knows our forms."""
    form = getattr(ox.RdfFormat, FORMS[suffix].rdf or "")
    return {quad.triple for quad in ox.parse(written(desk, sort, f"{name}.{suffix}", page), format=form)}


def iri(text: str) -> ox.NamedNode:
    return ox.NamedNode(text)


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")  # in rdflib's own reader of JSON-LD
@pytest.mark.parametrize(
    ("sort", "name"), [("entity", "hub"), ("entity", "mask-script"), ("entity", "alone"), ("source", "trap")]
)
def test_every_form_holds_the_same_triples(masked: Desk, sort: str, name: str) -> None:
    """By two readers of RDF, with texts that are markup, queries and formulas in them."""
    own = {suffix: triples(masked, sort, name, suffix) for suffix in ("nt", "ttl", "jsonld", "rdf", "trig")}
    graphs = [rdflib.Graph().parse(data=written(masked, sort, f"{name}.{s}"), format=f) for s, f in READERS.items()]

    assert all(found == own["nt"] for found in own.values())
    assert len(own["nt"]) > 20
    assert all(to_isomorphic(graph) == to_isomorphic(graphs[0]) for graph in graphs)


def test_a_claim_is_told_with_all_that_it_carries(small_build: Build) -> None:
    """Every quad of the build whose subject is the claim or a part of it is in the document."""
    desk = a_desk(small_build)
    claim = desk.view.keys().popitem()[0]
    node = f"{BASE}claim/{claim}"
    known = {
        quad.triple
        for quad in ox.parse(path=str(small_build.quads), format=ox.RdfFormat.N_QUADS)
        if isinstance(quad.subject, ox.NamedNode) and re.match(rf"{node}(#|$)", quad.subject.value)
    }

    assert known
    assert known <= triples(desk, "claim", claim)


def test_an_entity_is_told_with_its_claims_and_what_follows(small_build: Build) -> None:
    """Every triple about it, every claim about it, every tie that follows, the names of what is named: nothing else."""
    desk, node = a_desk(small_build), iri(f"{BASE}entity/south")
    found = triples(desk, "entity", "south")
    quads = list(ox.parse(path=str(small_build.quads), format=ox.RdfFormat.N_QUADS))
    claims = {quad.subject for quad in quads if quad.predicate.value == f"{KEI}about" and quad.object == node}
    ties = {
        quad.subject
        for quad in quads
        if quad.graph_name == iri(GRAPHS["derived"]) and quad.object == node and "rdf-syntax" in quad.predicate.value
    }
    described_here = {triple.subject for triple in found if triple.predicate.value.endswith("#type")}

    assert {quad.triple for quad in quads if quad.subject == node} <= found
    assert claims <= described_here
    assert ties <= described_here
    assert {str(node) for node in described_here if re.search(r"/claim/[^#]*$", str(node))} == set(map(str, claims))


def test_layers_are_kept_in_trig(small_build: Build) -> None:
    """What was derived stands in the graph of its own that it has in the store."""
    quads = list(ox.parse(written(a_desk(small_build), "entity", "south.trig"), format=ox.RdfFormat.TRIG))
    kinds = {quad.graph_name for quad in quads if quad.object == iri(f"{KEI}DerivedTie")}

    assert kinds <= {iri(GRAPHS["derived"])}
    assert {quad.graph_name for quad in quads} >= {iri(GRAPHS["curated"]), iri(GRAPHS["derived"]), ox.DefaultGraph()}


def test_a_document_describes_itself(small_build: Build) -> None:
    """It says what it is about, of which dataset it is a part, and in which forms it is had."""
    found = triples(a_desk(small_build), "entity", "south")
    page, dcterms = iri("https://kg.example.org/entity/south.html"), "http://purl.org/dc/terms/"
    own = {(triple.predicate.value, triple.object) for triple in found if triple.subject == page}

    assert ("http://xmlns.com/foaf/0.1/primaryTopic", iri(f"{BASE}entity/south")) in own
    assert (f"{dcterms}isPartOf", iri(f"{BASE}dataset")) in own
    assert (f"{dcterms}hasFormat", iri("https://kg.example.org/entity/south.ttl")) in own
    assert (f"{dcterms}title", ox.Literal("South Group")) in own


def test_an_entity_speaks_schema_org(small_build: Build) -> None:
    """Its class, name, other names, identifiers and the same thing elsewhere, from the alignments."""
    node = iri(f"{BASE}entity/south")
    found = triples(a_desk(small_build), "entity", "south")
    own = {
        (triple.predicate.value.removeprefix(SCHEMA), triple.object)
        for triple in found
        if triple.subject == node and triple.predicate.value.startswith(SCHEMA)
    }

    assert own >= {
        ("name", ox.Literal("South Group")),
        ("alternateName", ox.Literal("南方集团", language="zh")),
        ("tickerSymbol", ox.Literal("STH")),
        ("sameAs", iri("http://www.wikidata.org/entity/Q1359568")),
        ("mainEntityOfPage", iri("https://kg.example.org/entity/south.html")),
    }
    kinds = {triple.object for triple in found if triple.subject == node and triple.predicate.value.endswith("#type")}
    assert iri(f"{SCHEMA}Corporation") in kinds


def test_json_ld_is_compact_and_whole(small_build: Build) -> None:
    """The topic comes first, terms are short, and the context has what is used and reaches for nothing."""
    told = json.loads(written(a_desk(small_build), "entity", "south.jsonld"))
    first = told["@graph"][0]

    assert first["id"] == "entity:south"
    assert "Company" in first["type"]
    assert first["name"] == "South Group"
    assert "http" not in "".join(key for node in told["@graph"] for key in node)
    assert not any(isinstance(value, str) and not value.endswith(("/", "#")) and value.startswith("http")
                   for value in told["@context"].values())  # fmt: skip


def test_a_hub_is_told_page_by_page(small_build: Build, monkeypatch: pytest.MonkeyPatch) -> None:
    """A document is bounded; each names the next one, and together they tell all."""
    desk = a_desk(small_build)
    whole = triples(desk, "entity", "south")
    monkeypatch.setattr(described, "PAGE", 2)
    first = JOBS["document"](desk, sort="entity", name="south.nt")
    pages = described.describe(desk, "entity", "south").pages
    told = set().union(*(triples(desk, "entity", "south", page=page + 1) for page in range(pages)))
    last = JOBS["document"](desk, sort="entity", name="south.nt", page=pages)

    def facts(found: set[ox.Triple]) -> set[ox.Triple]:
        return {triple for triple in found if not str(triple.subject).startswith("<https://kg.example.org/")}

    assert pages > 2
    assert facts(told) == facts(whole)
    assert '<https://kg.example.org/entity/south.nt?page=2>; rel="next"' in dict(first.headers)["Link"]
    assert 'rel="prev"' in dict(last.headers)["Link"]
    assert 'rel="next"' not in dict(last.headers)["Link"]


def test_a_document_is_bounded_in_bytes(small_build: Build) -> None:
    """What is larger than answers may be is refused, not cut."""
    with pytest.raises(LimitError, match="bytes"):
        written(a_desk(small_build, Limits()._replace(answer=1_000)), "entity", "south.nt")


def test_conflicts_and_ties_have_documents(small_build: Build) -> None:
    """A conflict is told with its sides, a derived tie with the claims that it rests on."""
    desk = a_desk(small_build)
    conflict = desk.view.conflicts()[0]
    sides = {
        triple.object for triple in triples(desk, "conflict", conflict.id) if triple.predicate.value == f"{KEI}side"
    }
    quads = ox.parse(path=str(small_build.quads), format=ox.RdfFormat.N_QUADS)
    ties = sorted({quad.subject.value for quad in quads if "/tie/" in quad.subject.value})
    tie = ties[0].rpartition("/")[2]

    assert sides == {iri(f"{BASE}claim/{side}") for side in conflict.claims}
    assert any(triple.predicate.value.endswith("#rule") for triple in triples(desk, "tie", tie))
    assert any("/claim/" in str(triple.subject) for triple in triples(desk, "tie", tie))


def test_the_json_form_is_the_answer_of_the_question(small_build: Build) -> None:
    """The same record as the API gives."""
    told = json.loads(written(a_desk(small_build), "entity", "south.json"))

    assert told["question"] == "What is known of South Group?"
    assert told["result"]["entity"] == "south"
