"""The ontology in OWL, from the declarations.

Only what is logically safe is a subclass of another vocabulary's term. A relation that has one object at a time is
marked as such and is not an owl:FunctionalProperty, which would make one thing of a unit's parents over the years.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from keiretsu_ontology.claim_terms import CLAIM_CLASSES, CLAIM_TERMS, ClaimTerm
from keiretsu_ontology.claims import BASES, MODALITIES, REASONS
from keiretsu_ontology.dates import PERIOD_KINDS
from keiretsu_ontology.entities import KINDS, Kind
from keiretsu_ontology.evidence import SOURCE_KINDS
from keiretsu_ontology.metrics import DIMENSIONS
from keiretsu_ontology.relations import RELATIONS, Relation
from keiretsu_ontology.roles import DEAL_KINDS, DEAL_STATUSES, OCCURRENCE_KINDS, ROLES
from keiretsu_ontology.turtle import block, collection, document, kei, text
from keiretsu_ontology.vocabulary import BASE, camel, lower_camel, term_iri

VERSION = "0.1.0"
_SAFE = {"agent": "prov:Agent", "organisation": "org:Organization", "person": "prov:Person", "source": "prov:Entity"}

# Closed lists: the scheme, and what its values mean.
SCHEMES: dict[str, Mapping[str, str]] = {
    "modality": {name: told for name, told in MODALITIES.items()},  # noqa: C416  widens the keys
    "rank": {"preferred": "chosen before others", "normal": "neither chosen nor put aside", "deprecated": "put aside"},
    "deal": {name: kind.definition for name, kind in DEAL_KINDS.items()},
    "occurrence": {name: kind.definition for name, kind in OCCURRENCE_KINDS.items()},
    "role": {name: role.definition for name, role in ROLES.items()},
    "status": {name: name.replace("_", " ") for name in DEAL_STATUSES},
    "measure": {"value": "a value is given", "change": "a change is given"},
    "direction": {"up": "more than before", "down": "less than before", "flat": "as before"},
    "base": dict(BASES),
    "reason": dict(REASONS),
    "period": {name: name.replace("_", " ") for name in PERIOD_KINDS},
    "source": {name: name.replace("_", " ") for name in SOURCE_KINDS},
    "dimension": dict(DIMENSIONS),
}


def to_turtle() -> str:
    """Return the ontology in Turtle."""
    return document("The Keiretsu ontology: what may be said of companies, products and partnerships.", _blocks())


def _blocks() -> Iterator[str]:
    yield block(
        f"<{BASE}ontology>",
        ("a", "owl:Ontology"),
        ("rdfs:label", text("Keiretsu ontology", "en")),
        ("dcterms:description", text("Companies, products, partnerships, and who says so.", "en")),
        ("owl:versionInfo", text(VERSION)),
        ("dcterms:license", text("MIT")),
    )
    yield from (_kind(kind) for kind in KINDS.values())
    yield from _claim_classes()
    for relation in RELATIONS.values():
        yield from _relation(relation)
    yield from (_claim_term(row) for row in CLAIM_TERMS.values())
    yield from _functional()
    for scheme, values in SCHEMES.items():
        yield from _scheme(scheme, values)


def _kind(kind: Kind) -> str:
    above = [kei(camel(kind.parent))] if kind.parent else []
    above += [_SAFE[kind.name]] if kind.name in _SAFE else []
    return block(
        kei(camel(kind.name)),
        ("a", "owl:Class"),
        ("rdfs:subClassOf", ", ".join(above)),
        ("rdfs:label", text(kind.label, "en")),
        ("skos:definition", text(kind.definition, "en")),
    )


def _claim_classes() -> Iterator[str]:
    for name, (definition, above) in CLAIM_CLASSES.items():
        pairs = (("a", "owl:Class"), ("rdfs:subClassOf", ", ".join(above)), ("skos:definition", text(definition, "en")))
        yield block(kei(name), *pairs, ("rdfs:label", text(_spaced(name), "en")))


def _spaced(name: str) -> str:
    return "".join(f" {char.lower()}" if char.isupper() else char for char in name).strip()


def _classes(kinds: Iterable[str]) -> str:
    return _union(camel(kind) for kind in kinds)


def _union(classes: Iterable[str]) -> str:
    named = [kei(name) for name in classes]
    return named[0] if len(named) == 1 else f"[ a owl:Class ; owl:unionOf {collection(named)} ]"


def _relation(relation: Relation) -> Iterator[str]:
    types = ["owl:ObjectProperty"]
    types += ["owl:SymmetricProperty"] if relation.symmetric else []
    types += ["owl:TransitiveProperty"] if relation.transitive else []
    inverse = None if relation.symmetric else kei(lower_camel(relation.inverse))
    yield block(
        kei(lower_camel(relation.name)),
        ("a", ", ".join(types)),
        ("rdfs:label", text(relation.label, "en")),
        ("skos:definition", text(relation.definition, "en")),
        ("rdfs:domain", _classes(relation.domain)),
        ("rdfs:range", _classes(relation.range)),
        ("owl:inverseOf", inverse),
        ("kei:functionalInTime", "true" if relation.functional else None),
    )
    if inverse is not None:
        yield block(
            inverse,
            ("a", "owl:ObjectProperty"),
            ("rdfs:label", text(relation.inverse_label, "en")),
            ("rdfs:domain", _classes(relation.range)),
            ("rdfs:range", _classes(relation.domain)),
        )


def _claim_term(row: ClaimTerm) -> str:
    data = row.range.startswith("xsd:")
    ranged = row.range if data else "skos:Concept" if row.range == "term" else kei(row.range)
    return block(
        kei(row.name),
        ("a", "owl:DatatypeProperty" if data else "owl:ObjectProperty"),
        ("rdfs:label", text(_spaced(row.name), "en")),
        ("skos:definition", text(row.definition, "en")),
        ("rdfs:domain", _union(row.domain.split())),
        ("rdfs:range", ranged),
    )


def _functional() -> Iterator[str]:
    definition = "The relation has at most one object at any one time; over time it may have several."
    yield block(
        "kei:functionalInTime",
        ("a", "owl:AnnotationProperty"),
        ("rdfs:label", text("functional in time", "en")),
        ("skos:definition", text(definition, "en")),
    )


def _scheme(scheme: str, values: Mapping[str, str]) -> Iterator[str]:
    name = f"kei:{scheme}-scheme"
    yield block(name, ("a", "skos:ConceptScheme"), ("rdfs:label", text(f"values of {scheme}", "en")))
    for value, definition in values.items():
        yield block(
            kei(term_iri(scheme, value)),
            ("a", "skos:Concept"),
            ("skos:inScheme", name),
            ("skos:prefLabel", text(value.replace("_", " "), "en")),
            ("skos:definition", text(definition, "en")),
        )
