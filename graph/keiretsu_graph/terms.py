"""Claims, entities, sources and ties as RDF: pure, sorted, without blank nodes.

The one rule of the model stands in `_direct`: a direct triple exactly where a claim may be read as a fact.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from pyoxigraph import Literal, NamedNode, Quad

from keiretsu_graph.rdf_fields import CLAIM, ENTITY, FIELDS, RELATION, SOURCE, XSD_DECIMAL, XSD_INTEGER, Term, iri, kei
from keiretsu_ontology.claims import (
    AnyClaim,
    Conflict,
    Deal,
    Observation,
    Occurrence,
    Statement,
    Tie,
    parts_of,
    shape_of,
)
from keiretsu_ontology.dataset import Dataset
from keiretsu_ontology.dates import When
from keiretsu_ontology.entities import Entity, ancestry
from keiretsu_ontology.evidence import Evidence, Source, digest
from keiretsu_ontology.relations import RELATIONS
from keiretsu_ontology.values import Quantity
from keiretsu_ontology.vocabulary import (
    DATASET,
    GRAPHS,
    class_iri,
    conflict_iri,
    property_iri,
    term_iri,
    tie_iri,
)

Triple = tuple[NamedNode, NamedNode, Term]
TYPE, LABEL = iri("rdf:type"), iri("rdfs:label")
_LAYERS = {layer: NamedNode(name) for layer, name in GRAPHS.items()}


def quads(dataset: Dataset, ties: Iterable[Tie], ontology: Iterable[str] = ()) -> Iterator[str]:
    """Yield the whole graph as lines of N-Quads, sorted, each once.

    Args:
        dataset: The facts.
        ties: Stated and derived ties.
        ontology: The ontology as lines of N-Triples, for a graph of its own.
    """
    listed = list(ties)
    layers: dict[str, Iterator[Triple]] = {
        "curated": _curated(dataset),
        "derived": _derived(dataset, listed),
        "sources": _sources(dataset),
    }
    lines = {_line(triple, _LAYERS[layer]) for layer, triples in layers.items() for triple in triples}
    lines |= {f"{line.rstrip().removesuffix('.').rstrip()} {_LAYERS['ontology']} ." for line in ontology}
    yield from sorted(lines)


def ontology_lines() -> Iterator[str]:
    """Yield the ontology as lines of N-Triples, for a graph of its own beside the facts.

    Unions of kinds are left out: they would be blank nodes, and the ontology's own file has them.
    """
    import pyoxigraph as ox

    from keiretsu_ontology import owl

    for quad in ox.parse(owl.to_turtle(), format=ox.RdfFormat.TURTLE):
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode | Literal):
            yield f"{quad.triple} ."


def _line(triple: Triple, layer: NamedNode) -> str:
    return f"{Quad(*triple, layer)} ."


def _curated(dataset: Dataset) -> Iterator[Triple]:
    keys = {claim.key: claim.id for claim in dataset.claims}
    for entity in dataset.entities:
        yield from entity_triples(entity)
    for claim in dataset.claims:
        yield from claim_triples(claim)
        if claim.restates in keys:
            yield CLAIM.to_term(claim.id), kei("restates"), CLAIM.to_term(keys[claim.restates])
        yield from _direct(claim)
    for conflict in dataset.conflicts:
        yield from _conflict(conflict)


def _direct(claim: AnyClaim) -> Iterator[Triple]:
    """Yield the direct triple of a statement that may be read as a fact, and of nothing else."""
    if isinstance(claim, Statement) and claim.factual and claim.object and not claim.none:
        yield ENTITY.to_term(claim.subject), RELATION.to_term(claim.relation), ENTITY.to_term(claim.object)


def _fields(node: NamedNode, table: str, value: Any) -> Iterator[Triple]:
    for field in FIELDS[table]:
        found = getattr(value, field.name)
        if found is not None and found != field.default:
            yield node, field.property, field.codec.to_term(found)


def claim_triples(claim: AnyClaim) -> Iterator[Triple]:
    """Yield everything about a claim but its direct triple."""
    node, shape = CLAIM.to_term(claim.id), shape_of(claim)
    yield node, TYPE, NamedNode(class_iri(shape))
    yield node, TYPE, NamedNode(class_iri("claim"))
    yield node, kei("factual"), Literal("true" if claim.factual else "false", datatype=iri("xsd:boolean"))
    yield from _fields(node, "claim", claim)
    yield from _fields(node, "scope", claim.scope)
    yield from _fields(node, shape, claim)
    for slug in claim.scope.excludes:
        yield node, kei("scopeExcludes"), ENTITY.to_term(slug)
    for part in parts_of(claim):
        yield node, kei("about"), ENTITY.to_term(part.entity)
    for name, when in (("published", claim.published), ("heldFrom", claim.held.start), ("heldTo", claim.held.end)):
        yield from _when(node, name, when)
    for number, place in enumerate(claim.evidence, start=1):
        yield from _evidence(node, number, place)
    if isinstance(claim, Deal | Occurrence):
        yield from _parts(node, claim)
    if isinstance(claim, Deal):
        yield from _sums(node, claim)
    if isinstance(claim, Observation):
        yield from _value(node, claim)


def _sums(node: NamedNode, deal: Deal) -> Iterator[Triple]:
    for name, quantity in (("dealAmount", deal.amount), ("dealShare", deal.share)):
        if quantity is not None:
            own = NamedNode(f"{node.value}#{name}")
            yield node, kei(name), own
            yield own, TYPE, NamedNode(class_iri("quantity"))
            yield from _quantity(own, quantity)


def _quantity(node: NamedNode, quantity: Quantity) -> Iterator[Triple]:
    yield from _fields(node, "quantity", quantity)
    yield node, kei("amount"), Literal(f"{quantity.amount:f}", datatype=XSD_DECIMAL)
    if quantity.upper_amount is not None:
        yield node, kei("upperAmount"), Literal(f"{quantity.upper_amount:f}", datatype=XSD_DECIMAL)


def _value(node: NamedNode, claim: Observation) -> Iterator[Triple]:
    if claim.quantity is not None:
        yield from _quantity(node, claim.quantity)
    if claim.period is not None:
        yield from _fields(node, "period", claim.period)


def _parts(node: NamedNode, claim: Deal | Occurrence) -> Iterator[Triple]:
    for number, part in enumerate(claim.parts, start=1):
        own = NamedNode(f"{node.value}#part-{number:02}")
        yield node, kei("participation"), own
        yield own, TYPE, NamedNode(class_iri("participation"))
        yield from _fields(own, "part", part)


def _when(node: NamedNode, name: str, when: When | None) -> Iterator[Triple]:
    if when is not None:
        own = NamedNode(f"{node.value}#{name}")
        yield node, kei(name), own
        yield own, TYPE, NamedNode(class_iri("when"))
        yield from _fields(own, "when", when)


def _evidence(node: NamedNode, number: int, place: Evidence) -> Iterator[Triple]:
    """Yield a place as a specific resource of the Web Annotation model, with its selectors."""
    own = NamedNode(f"{node.value}#place-{number:02}")
    yield node, kei("evidence"), own
    yield own, TYPE, NamedNode(class_iri("text_place"))
    yield own, iri("oa:hasSource"), SOURCE.to_term(place.source)
    if place.sha256 is not None:
        yield own, kei("sha256"), Literal(place.sha256)
    if place.start is not None and place.end is not None:
        selector = NamedNode(f"{own.value}-position")
        yield own, iri("oa:hasSelector"), selector
        yield selector, TYPE, iri("oa:TextPositionSelector")
        yield selector, iri("oa:start"), Literal(str(place.start), datatype=XSD_INTEGER)
        yield selector, iri("oa:end"), Literal(str(place.end), datatype=XSD_INTEGER)
    if place.quote is not None:
        selector = NamedNode(f"{own.value}-quote")
        yield own, iri("oa:hasSelector"), selector
        yield selector, TYPE, iri("oa:TextQuoteSelector")
        yield selector, iri("oa:exact"), Literal(place.quote)


def entity_triples(entity: Entity) -> Iterator[Triple]:
    """Yield everything about an entity."""
    node = ENTITY.to_term(entity.id)
    yield node, TYPE, NamedNode(class_iri(entity.kind))
    yield node, LABEL, Literal(entity.name)
    yield from _fields(node, "entity", entity)
    for name in entity.names:
        yield (
            node,
            iri("skos:prefLabel" if name.preferred else "skos:altLabel"),
            Literal(name.text, language=name.language),
        )
    for merged in entity.merged:
        own = NamedNode(f"{node.value}#merged-{merged.id}")
        yield node, kei("idMerger"), own
        yield own, TYPE, NamedNode(class_iri("id_merger"))
        yield from _fields(own, "merged", merged)
    for found in entity.identifiers:
        own = NamedNode(f"{node.value}#{found.scheme}-{digest(found.value)[:8]}")
        yield node, kei("identifier"), own
        yield own, TYPE, NamedNode(class_iri("identifier"))
        yield from _fields(own, "identifier", found)


def _conflict(conflict: Conflict) -> Iterator[Triple]:
    node = NamedNode(conflict_iri(conflict.id))
    yield node, TYPE, NamedNode(class_iri("conflict"))
    yield node, kei("reason"), NamedNode(term_iri("reason", conflict.why))
    yield node, kei("curated"), Literal("true" if conflict.curated else "false", datatype=iri("xsd:boolean"))
    if conflict.note:
        yield node, iri("rdfs:comment"), Literal(conflict.note)
    for side in conflict.claims:
        yield node, kei("side"), CLAIM.to_term(side)


def _sources(dataset: Dataset) -> Iterator[Triple]:
    node = NamedNode(DATASET)
    yield node, TYPE, NamedNode(class_iri("dataset"))
    yield node, iri("dcterms:identifier"), Literal(dataset.name)
    yield node, iri("dcterms:title"), Literal(dataset.title)
    yield node, kei("digest"), Literal(dataset.digest)
    for source in dataset.sources:
        yield from source_triples(source)


def source_triples(source: Source) -> Iterator[Triple]:
    """Yield everything about a source."""
    node = SOURCE.to_term(source.id)
    yield node, TYPE, NamedNode(class_iri("source"))
    yield node, LABEL, Literal(source.title)
    yield from _fields(node, "source", source)
    yield from _when(node, "published", source.published)


def _derived(dataset: Dataset, ties: Iterable[Tie]) -> Iterator[Triple]:
    """Yield what follows: derived ties with what they rest on, readings from the other side, wider kinds."""
    for tie in ties:
        if tie.rule is not None:
            yield from _tie(tie)
        if tie.factual:
            yield from _readings(tie)
    for entity in dataset.entities:
        for kind in ancestry(entity.kind)[1:]:
            yield ENTITY.to_term(entity.id), TYPE, NamedNode(class_iri(kind))


def _readings(tie: Tie) -> Iterator[Triple]:
    relation = RELATIONS[tie.relation]
    subject, obj = ENTITY.to_term(tie.subject), ENTITY.to_term(tie.object)
    if tie.rule is not None:
        yield subject, RELATION.to_term(tie.relation), obj
    yield obj, NamedNode(property_iri(relation.inverse)), subject


def _tie_node(tie: Tie) -> NamedNode:
    made_of = " ".join([tie.subject, tie.relation, tie.object, tie.rule or "", *tie.claims])
    return NamedNode(tie_iri(digest(made_of)[:16]))


def _tie(tie: Tie) -> Iterator[Triple]:
    node = _tie_node(tie)
    yield node, TYPE, NamedNode(class_iri("derived_tie"))
    yield node, iri("rdf:subject"), ENTITY.to_term(tie.subject)
    yield node, iri("rdf:predicate"), RELATION.to_term(tie.relation)
    yield node, iri("rdf:object"), ENTITY.to_term(tie.object)
    yield node, kei("rule"), Literal(tie.rule or "")
    yield node, kei("factual"), Literal("true" if tie.factual else "false", datatype=iri("xsd:boolean"))
    for claim in tie.claims:
        yield node, iri("prov:wasDerivedFrom"), CLAIM.to_term(claim)
