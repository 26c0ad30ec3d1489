"""What is generated from the declarations is current, and is what it claims to be."""

from __future__ import annotations

import json

import pytest
import rdflib

from keiretsu_ontology import alignments, context, owl, schema, shapes
from keiretsu_ontology.artefacts import ARTEFACTS, stale
from keiretsu_ontology.claim_terms import CLAIM_TERMS
from keiretsu_ontology.entities import KINDS
from keiretsu_ontology.relations import RELATIONS
from keiretsu_ontology.vocabulary import KEI, class_iri, property_iri

CLOSED = {
    "schema": rdflib.SDO, "org": rdflib.ORG, "prov": rdflib.PROV, "qb": rdflib.QB, "skos": rdflib.SKOS,
    "dcterms": rdflib.DCTERMS,
}  # fmt: skip
YOUNGER = {"schema:observationAbout", "schema:StatisticalVariable"}  # newer than rdflib's list of schema.org


def _graph(text: str) -> rdflib.Graph:
    return rdflib.Graph().parse(data=text, format="turtle")


def test_generated_files_are_current() -> None:
    """The checked-in files are what the declarations give now; else run python -m keiretsu_ontology.artefacts."""
    assert stale() == []
    assert len(ARTEFACTS) == 11


@pytest.mark.parametrize("make", [owl.to_turtle, shapes.to_turtle, alignments.to_turtle])
def test_turtle_parses_and_is_stable(make: object) -> None:
    """Each Turtle file is read by rdflib and comes out the same twice."""
    assert callable(make)
    assert len(_graph(make())) > 100
    assert make() == make()


def test_every_declared_term_is_in_the_ontology() -> None:
    """Kinds are classes; relations, their other sides and the terms of claims are properties."""
    ontology = _graph(owl.to_turtle())

    classes = set(ontology.subjects(rdflib.RDF.type, rdflib.OWL.Class))
    properties = set(ontology.subjects(rdflib.RDF.type, rdflib.OWL.ObjectProperty))
    properties |= set(ontology.subjects(rdflib.RDF.type, rdflib.OWL.DatatypeProperty))
    assert {rdflib.URIRef(class_iri(kind)) for kind in KINDS} <= classes
    for relation in RELATIONS.values():
        assert {rdflib.URIRef(property_iri(name)) for name in (relation.name, relation.inverse)} <= properties
    assert {rdflib.URIRef(KEI + name) for name in CLAIM_TERMS} <= properties


def test_a_relation_of_one_object_at_a_time_is_not_functional_in_owl() -> None:
    """Over the years a unit may have several parents; OWL would make one thing of them."""
    ontology = _graph(owl.to_turtle())

    assert not list(ontology.subjects(rdflib.RDF.type, rdflib.OWL.FunctionalProperty))
    assert (rdflib.URIRef(property_iri("unit_of")), rdflib.URIRef(KEI + "functionalInTime"), None) in ontology


def test_aligned_terms_exist() -> None:
    """What we say our terms match is in the vocabularies that rdflib knows the terms of."""
    matches = list(alignments.matches())

    for _, kind, other in matches:
        prefix, _, name = other.partition(":")
        assert kind.removeprefix("skos:") in ("exactMatch", "closeMatch", "broadMatch", "narrowMatch", "relatedMatch")
        if prefix in CLOSED and other not in YOUNGER:
            assert name in CLOSED[prefix], other
    vocabularies = {other.partition(":")[0] for _, _, other in matches}
    assert {"schema", "org", "prov", "oa", "qb", "wd", "wdt"} <= vocabularies
    assert any(name.startswith("fibo") for name in vocabularies)


def test_the_context_names_every_relation() -> None:
    """JSON-LD may use the plain names of relations and kinds."""
    terms = json.loads(context.to_json())["@context"]

    assert terms["customerOf"] == {"@id": "kei:customerOf", "@type": "@id"}
    assert terms["Chip"] == "kei:Chip"
    assert terms["amount"]["@type"] == "xsd:decimal"


def test_schemas_offer_what_may_be_said() -> None:
    """An editor completes kinds and modalities, and takes a date for text."""
    entities, claims = (json.loads(schema.to_json(name)) for name in ("entities", "claims"))

    kinds = entities["$defs"]["EntityEntry"]["properties"]["kind"]["enum"]
    assert {"chip", "sports_league"} <= set(kinds)
    assert "agent" not in kinds
    assert claims["$schema"].endswith("2020-12/schema")
    assert "forecast" in json.dumps(claims["$defs"]["ClaimEntry"]["properties"]["modality"])
