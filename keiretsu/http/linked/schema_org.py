"""The topic of a document in the words of schema.org, which search engines and general tools read.

The class follows from the alignments of its kind, or of the nearest wider kind that has one.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from pyoxigraph import Literal, NamedNode, Triple

from keiretsu.http.linked.statements import TYPE
from keiretsu_graph.rdf_fields import ENTITY, SOURCE, iri
from keiretsu_ontology.claims import AnyClaim, parts_of
from keiretsu_ontology.dates import When
from keiretsu_ontology.entities import KINDS, Entity, ancestry
from keiretsu_ontology.evidence import Source, digest
from keiretsu_ontology.vocabulary import claim_iri, entity_iri, source_iri
from keiretsu_ontology.writing import url_fault

# The kinds of source that schema.org has a class for; the others are works.
_WORKS = {
    "article": "Article", "news": "NewsArticle", "analysis": "AnalysisNewsArticle", "report": "Report",
    "blog": "BlogPosting", "dataset": "Dataset", "web_page": "WebPage", "post": "SocialMediaPosting", "book": "Book",
    "documentation": "TechArticle",
}  # fmt: skip
_WIKIDATA = "http://www.wikidata.org/entity/"
# Identifiers that schema.org has a property of its own for.
_OWN = {"lei": "schema:leiCode", "ticker": "schema:tickerSymbol"}


@cache
def class_of(kind: str) -> NamedNode:
    """Return the class of schema.org for a kind of entity.

    Example:
        >>> class_of("business_unit").value, class_of("metric").value
        ('https://schema.org/Organization', 'https://schema.org/StatisticalVariable')
    """
    for name in ancestry(kind):
        for match in KINDS[name].matches:
            _, _, other = match.partition(" ")
            if other.startswith("schema:"):
                return iri(other)
    return iri("schema:Thing")


def entity_triples(entity: Entity, page: str) -> Iterator[Triple]:
    """Yield what an entity is, what it is called, and what others call it."""
    node = NamedNode(entity_iri(entity.id))
    yield Triple(node, TYPE, class_of(entity.kind))
    yield Triple(node, iri("schema:name"), Literal(entity.name))
    for name in entity.names:
        if name.text != entity.name:
            yield Triple(node, iri("schema:alternateName"), Literal(name.text, language=name.language))
    if entity.description:
        yield Triple(node, iri("schema:description"), Literal(entity.description))
    for found in entity.identifiers:
        own = NamedNode(f"{node.value}#{found.scheme}-{digest(found.value)[:8]}")  # as terms.py names it
        yield Triple(node, iri("schema:identifier"), own)
        yield Triple(own, TYPE, iri("schema:PropertyValue"))
        yield Triple(own, iri("schema:propertyID"), Literal(found.scheme))
        yield Triple(own, iri("schema:value"), Literal(found.value))
        if found.scheme in _OWN:
            yield Triple(node, iri(_OWN[found.scheme]), Literal(found.value.rpartition(":")[2]))
        if found.scheme == "wikidata":
            yield Triple(node, iri("schema:sameAs"), NamedNode(_WIKIDATA + found.value))
    yield Triple(node, iri("schema:mainEntityOfPage"), NamedNode(page))


def source_triples(source: Source, page: str) -> Iterator[Triple]:
    """Yield what a source is called, who brought it out, and when."""
    node = NamedNode(source_iri(source.id))
    yield Triple(node, TYPE, iri(f"schema:{_WORKS.get(source.kind, 'CreativeWork')}"))
    yield Triple(node, iri("schema:name"), Literal(source.title))
    if source.publisher:
        yield Triple(node, iri("schema:publisher"), ENTITY.to_term(source.publisher))
    if source.author:
        yield Triple(node, iri("schema:author"), ENTITY.to_term(source.author))
    if source.language:
        yield Triple(node, iri("schema:inLanguage"), Literal(source.language))
    if day := _day(source.published):
        yield Triple(node, iri("schema:datePublished"), Literal(day, datatype=iri("xsd:date")))
    if source.url and url_fault(source.url) is None:
        yield Triple(node, iri("schema:sameAs"), Literal(source.url))
    yield Triple(node, iri("schema:mainEntityOfPage"), NamedNode(page))


def claim_triples(claim: AnyClaim, page: str) -> Iterator[Triple]:
    """Yield what a claim says, who says it, of whom, and where."""
    node = NamedNode(claim_iri(claim.id))
    yield Triple(node, TYPE, iri("schema:Claim"))
    yield Triple(node, iri("schema:text"), Literal(claim.text))
    yield Triple(node, iri("schema:author"), ENTITY.to_term(claim.speaker))
    yield Triple(node, iri("schema:appearance"), SOURCE.to_term(claim.source))
    for slug in sorted({part.entity for part in parts_of(claim)}):
        yield Triple(node, iri("schema:about"), ENTITY.to_term(slug))
    if day := _day(claim.published):
        yield Triple(node, iri("schema:datePublished"), Literal(day, datatype=iri("xsd:date")))
    yield Triple(node, iri("schema:mainEntityOfPage"), NamedNode(page))


def _day(when: When | None) -> str | None:
    """Return a date where it is known to the day, as schema.org wants it."""
    if when is None or when.earliest is None or when.earliest != when.latest:
        return None
    return when.earliest.isoformat()
