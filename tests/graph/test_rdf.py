"""The graph as RDF: the one rule, derived ties, and rdflib reading the same."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pyoxigraph
import pytest
import rdflib

from factories import (
    a_deal,
    a_statement,
    an_entity,
    an_observation,
    as_graph,
    small_claims,
    small_dataset,
)
from keiretsu_graph.build import Build
from keiretsu_graph.derive import RULES, all_ties
from keiretsu_graph.oxigraph import OxigraphView, open_store, query
from keiretsu_graph.rdf_fields import FIELDS
from keiretsu_graph.terms import ontology_lines, quads
from keiretsu_graph.view import ClaimFilter
from keiretsu_ontology.claim_terms import CLAIM_CLASSES, CLAIM_TERMS
from keiretsu_ontology.claims import MODALITIES, AnyClaim, Scope, Statement
from keiretsu_ontology.dates import Held, When
from keiretsu_ontology.entities import KINDS
from keiretsu_ontology.errors import StoreError
from keiretsu_ontology.evidence import Evidence, digest
from keiretsu_ontology.relations import RELATIONS
from keiretsu_ontology.values import Quantity
from keiretsu_ontology.vocabulary import GRAPHS, KEI, PREFIXES, class_iri, entity_iri, property_iri

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


HOSTILE = '<b>&"\\ \t\r\n\x85\u2028 \u202e 上海 😀 \\u0041 SERVICE'
HARD: dict[str, AnyClaim] = {
    "hostile words": a_statement("a", "north", "partner_of", "east", text=HOSTILE, scope=Scope(note=HOSTILE)),
    "empty words": a_statement("a", "north", "partner_of", "east", text="", scope=Scope(note="")),
    "places beyond a hundred": a_statement(
        "a", "north", "partner_of", "east",
        evidence=tuple(Evidence("paper", n, n + 1, digest(str(n))) for n in range(120)),
    ),
    "parts beyond a hundred": a_deal("a", "cooperation", {f"e{n:03}": "partner" for n in range(120)}),
    "places of every sort": a_statement(
        "a", "north", "partner_of", "east",
        evidence=(Evidence("paper"), Evidence("paper", quote=HOSTILE), Evidence("paper", 3, 5, digest("x"), "quoted")),
    ),
    "sums of a deal": a_deal(
        "a", "acquisition", {"north": "acquirer", "east": "target"}, amount=Quantity("41", "USD", "-", "billion", "60"),
        share=Quantity("33.5", "percent"),
    ),
    "one day and a counterparty": a_statement(
        "a", "north", "partner_of", "east", scope=Scope(counterparty="south"),
        held=Held.on(When("2025-03", date(2025, 3, 1), date(2025, 3, 31), "in March", inferred=True)),
    ),
    "a range": an_observation("a", "north", "revenue", quantity=Quantity("41", "USD", "-", "billion", "60")),
    "digits beyond any engine": an_observation("a", "north", "revenue", quantity=Quantity("9" * 60 + ".50", "USD")),
}  # fmt: skip


@pytest.mark.parametrize("name", HARD)
def test_hard_claims_come_back(name: str) -> None:
    """Whatever a claim holds, it is read as it was written, in the order in which it was written."""
    claim = HARD[name]
    entities = (*small_dataset().entities, *(an_entity(f"e{n:03}") for n in range(120)))
    dataset = replace(small_dataset([claim]), entities=tuple(sorted(entities, key=lambda entity: entity.id)))
    store = pyoxigraph.Store()
    lines = "\n".join(quads(dataset, all_ties(dataset.claims, dataset.entities)))
    store.bulk_load(input=lines.encode(), format=pyoxigraph.RdfFormat.N_QUADS)

    assert OxigraphView(store).claims(ClaimFilter()) == [claim]
    assert OxigraphView(store).all_entities() == list(dataset.entities)


def _keys(store: Path) -> list[str]:
    try:
        return [claim.key for claim in OxigraphView.open(store).claims(ClaimFilter())]
    except StoreError:
        return []


def test_a_damaged_store_is_named(small_build: Build, tmp_path: Path) -> None:
    """Bytes that rotted on disk give an error of ours or the right answer, at whatever moment they are read."""
    found = []
    for start in range(0, 40_000, 4_000):
        store = shutil.copytree(small_build.store, tmp_path / str(start))
        for file in store.glob("*.sst"):
            content = bytearray(file.read_bytes())
            content[start : start + 64] = bytes(len(content[start : start + 64]))
            file.write_bytes(content)
        found.append(_keys(store))

    whole = sorted(claim.key for claim in small_claims())
    assert [keys for keys in found if keys not in ([], whole)] == []
    assert [] in found


def test_terms_do_not_run_into_each_other() -> None:
    """No relation, from either side, is spelt like a property of claims, and no kind like a class of theirs."""
    relations = {side for row in RELATIONS.values() for side in (property_iri(row.name), property_iri(row.inverse))}

    assert not relations & {KEI + name for name in CLAIM_TERMS}
    assert not {class_iri(kind) for kind in KINDS} & {KEI + name for name in CLAIM_CLASSES}


def test_every_property_of_the_table_is_declared() -> None:
    """What is written of claims, places and sources has a row in the ontology."""
    written = {field.property.value for fields in FIELDS.values() for field in fields}

    assert {name.removeprefix(KEI) for name in written if name.startswith(KEI)} <= set(CLAIM_TERMS)
