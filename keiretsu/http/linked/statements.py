"""Triples that are not in the graph but in every document: what it says of itself, and its topic by schema.org."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from pyoxigraph import Literal, NamedNode, Triple

from keiretsu.http.linked.forms import FORMS
from keiretsu_graph.rdf_fields import iri
from keiretsu_ontology.vocabulary import DATASET, PREFIXES

FOAF = "http://xmlns.com/foaf/0.1/"
VOID = "http://rdfs.org/ns/void#"
NEXT = "http://www.w3.org/1999/xhtml/vocab#next"
PREFIXES_HERE = {**PREFIXES, "foaf": FOAF, "void": VOID}
TYPE = iri("rdf:type")
_DOCUMENT, _TOPIC = NamedNode(FOAF + "Document"), NamedNode(FOAF + "primaryTopic")


class Paper(NamedTuple):
    """A document: where it stands, without the suffix of a form, and what it is about."""

    address: str  # https://kg.example.org/entity/bosch
    topic: str  # the IRI of the thing
    title: str
    modified: str | None  # the day of the newest of its claims
    forms: tuple[str, ...]
    page: int = 1
    pages: int = 1

    def in_form(self, suffix: str, page: int | None = None) -> str:
        """Return the address of the document in a form."""
        number = self.page if page is None else page
        return f"{self.address}.{suffix}" + (f"?page={number}" if number > 1 else "")


def triples_of(paper: Paper) -> Iterator[Triple]:
    """Yield what a document says of itself: the page first, then the forms that it is had in."""
    page, topic = NamedNode(paper.in_form("html")), NamedNode(paper.topic)
    yield Triple(page, TYPE, _DOCUMENT)
    yield Triple(page, _TOPIC, topic)
    yield Triple(page, iri("dcterms:title"), Literal(paper.title))
    yield Triple(page, iri("dcterms:isPartOf"), NamedNode(DATASET))
    yield Triple(page, iri("prov:wasDerivedFrom"), NamedNode(DATASET))
    if paper.modified is not None:
        yield Triple(page, iri("dcterms:modified"), Literal(paper.modified, datatype=iri("xsd:date")))
    if paper.page < paper.pages:
        yield Triple(page, NamedNode(NEXT), NamedNode(paper.in_form("html", paper.page + 1)))
    forms = {suffix: NamedNode(paper.in_form(suffix)) for suffix in paper.forms}
    yield Triple(page, iri("dcterms:format"), Literal(FORMS["html"].type))
    for suffix, form in forms.items():
        if suffix != "html":
            yield Triple(page, iri("dcterms:hasFormat"), form)
    for suffix, form in forms.items():
        if suffix != "html":
            yield Triple(form, TYPE, _DOCUMENT)
            yield Triple(form, _TOPIC, topic)
            yield Triple(form, iri("dcterms:format"), Literal(FORMS[suffix].type))
