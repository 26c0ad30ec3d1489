"""The graph as RDF: the one rule, derived ties, and rdflib reading the same."""

from __future__ import annotations

import pytest
import rdflib

from factories import a_statement, as_graph, small_claims, small_dataset
from keiretsu_graph.build import Build
from keiretsu_graph.derive import RULES, all_ties
from keiretsu_graph.oxigraph import open_store, query
from keiretsu_graph.terms import ontology_lines, quads
from keiretsu_ontology.claims import MODALITIES, Statement
from keiretsu_ontology.vocabulary import GRAPHS, PREFIXES, entity_iri, property_iri

CURATED, DERIVED = GRAPHS["curated"], GRAPHS["derived"]


def _line(subject: str, relation: str, obj: str, graph: str) -> str:
    return f"<{entity_iri(subject)}> <{property_iri(relation)}> <{entity_iri(obj)}> <{graph}> ."


def _lines(*claims: Statement) -> set[str]:
    dataset = small_dataset(list(claims))
    return set(quads(dataset, all_ties(dataset.claims, dataset.entities)))


@pytest.mark.parametrize("modality", MODALITIES)
def test_a_direct_triple_exactly_for_facts(modality: str) -> None:
    """The one rule of the model: `s p o` stands in the graph exactly where a claim may be read as a fact."""
    claim = a_statement("a", "north", "competitor_of", "east", modality=modality)

    direct = _line("north", "competitor_of", "east", CURATED) in _lines(claim)
    assert direct is claim.factual
    assert (_line("east", "competitor_of", "north", DERIVED) in _lines(claim)) is claim.factual


@pytest.mark.parametrize("change", [{"rank": "deprecated", "rank_reason": "x"}, {"outranked": True}, {"none": True}])
def test_what_was_put_aside_has_no_direct_triple(change: dict[str, object]) -> None:
    """Deprecated, outranked and "known to be none" leave no triple that a path could walk over."""
    assert _line("north", "competitor_of", "east", CURATED) not in _lines(
        a_statement("a", "north", "competitor_of", "east", **change)
    )


def test_the_rule_holds_in_the_bundled_graph(seeds_build: Build) -> None:
    """No direct triple without a factual statement, and no factual statement without its triple."""
    store = open_store(seeds_build.store)
    direct = """SELECT ?s ?p ?o { GRAPH <%s> { ?s ?p ?o . ?s kei:name ?n . ?o kei:name ?m } }""" % CURATED  # noqa: UP031
    stated = """SELECT ?s ?p ?o { ?c a kei:Statement ; kei:factual true ;
                rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o }"""

    found, meant = ({tuple(row.values()) for row in query(store, text).rows()} for text in (direct, stated))
    assert found == meant
    assert len(found) > 60


def test_derived_ties_point_to_what_they_rest_on(small_build: Build) -> None:
    """Each derived tie has its rule and its claims, in a graph of its own."""
    rows = query(
        open_store(small_build.store),
        f"SELECT ?rule ?c {{ GRAPH <{DERIVED}> {{ ?t a kei:DerivedTie ; kei:rule ?rule ; prov:wasDerivedFrom ?c }} }}",
    ).rows()

    assert {row["rule"] for row in rows} == {"deal", "launch", "group"}
    assert {row["rule"] for row in rows} <= set(RULES)


def test_wishes_make_only_wished_ties() -> None:
    """A tie that follows from a forecast may not be read as a fact."""
    claims = [claim for claim in small_claims() if claim.key in ("lab-unit", "lab-spark")]
    wished = a_statement("lab-spark", "lab", "develops", "spark", modality="forecast")
    dataset = small_dataset([claims[0], wished])

    (tie,) = [tie for tie in all_ties(dataset.claims, dataset.entities) if tie.rule == "group"]
    assert not tie.factual
    assert _line("south", "develops", "spark", DERIVED) not in set(quads(dataset, [tie]))


def test_no_blank_nodes_and_sorted_lines(small_build: Build) -> None:
    """The file of the graph is one sorted list of lines that can be compared."""
    lines = small_build.quads.read_text(encoding="utf-8").splitlines()

    assert lines == sorted(set(lines))
    assert not [line for line in lines if line.startswith("_:") or " _:" in line.partition('"')[0]]


QUERIES = (
    "SELECT ?who { ?who kei:customerOf entity:south }",
    "SELECT ?x { entity:north kei:customerOf/^kei:unitOf/kei:develops ?x }",
    "SELECT ?x { entity:north (kei:partnerOf|kei:develops)+ ?x }",
    "SELECT ?c ?w { ?c a kei:Observation ; kei:written ?w }",
    "SELECT ?m (COUNT(?c) AS ?n) { ?c kei:modality ?m } GROUP BY ?m",
    "SELECT ?x { ?x a kei:Organisation }",
)


@pytest.mark.parametrize("text", QUERIES)
def test_rdflib_answers_alike(text: str, small_build: Build) -> None:
    """Rdflib opens the same graph and gives the same rows, property paths included."""
    graph = _rdflib(small_build)

    ours = {tuple(row.values()) for row in query(open_store(small_build.store), text).rows()}
    theirs = {tuple(str(value) for value in row) for row in graph.query(text) if isinstance(row, tuple)}
    assert ours == theirs
    assert ours


def _rdflib(build: Build) -> rdflib.Graph:
    graph = as_graph(build.quads.read_text(encoding="utf-8").splitlines())
    for prefix, address in PREFIXES.items():
        graph.bind(prefix, address, replace=True)
    return graph


def test_the_ontology_is_a_graph_of_its_own(small_build: Build) -> None:
    """What the terms mean can be asked beside the facts, and does not mix with them."""
    text = f"ASK {{ GRAPH <{GRAPHS['ontology']}> {{ kei:Chip rdfs:subClassOf kei:Product }} }}"

    assert query(open_store(small_build.store), text).truth
    assert len(list(ontology_lines())) > 800


def test_figures_keep_their_digits(small_build: Build) -> None:
    """3.00 stays 3.00 in the file, whatever an engine makes of it."""
    assert '"3.00"' in small_build.quads.read_text(encoding="utf-8")
