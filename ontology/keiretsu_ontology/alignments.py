"""How our terms stand to those of other vocabularies: SKOS matches, which imply nothing by logic."""

from __future__ import annotations

from collections.abc import Iterator

from keiretsu_ontology.claim_terms import CLAIM_TERMS
from keiretsu_ontology.entities import KINDS
from keiretsu_ontology.relations import RELATIONS
from keiretsu_ontology.turtle import block, document, kei
from keiretsu_ontology.vocabulary import camel, lower_camel

# Classes of claims, which no table of kinds holds.
_CLASSES = {
    "Claim": ("closeMatch prov:Entity", "closeMatch schema:Claim"),
    "Deal": ("closeMatch org:OrganizationalCollaboration",),
    "Observation": ("closeMatch schema:Observation", "broadMatch qb:Observation"),
    "Occurrence": ("closeMatch schema:Event", "broadMatch prov:Activity"),
    "Participation": ("closeMatch schema:Role", "closeMatch org:Membership", "closeMatch prov:Association"),
    "Quantity": ("closeMatch schema:QuantitativeValue",),
    "TextPlace": ("closeMatch oa:SpecificResource",),
}


def matches() -> Iterator[tuple[str, str, str]]:
    """Yield our term, the kind of match and the other term, each as a compact name."""
    named = [(camel(kind.name), kind.matches) for kind in KINDS.values()]
    named += [(lower_camel(relation.name), relation.matches) for relation in RELATIONS.values()]
    named += [(row.name, row.matches) for row in CLAIM_TERMS.values()]
    named += list(_CLASSES.items())
    for name, found in named:
        for match in found:
            kind, _, other = match.partition(" ")
            yield kei(name), f"skos:{kind}", other


def to_turtle() -> str:
    """Return the alignments in Turtle."""
    by_term: dict[str, list[tuple[str, str | None]]] = {}
    for term, kind, other in matches():
        by_term.setdefault(term, []).append((kind, other))
    blocks = (block(term, *pairs) for term, pairs in by_term.items())
    return document("Alignments to schema.org, W3C ORG, PROV-O, Web Annotation, Data Cube, FIBO and Wikidata.", blocks,
                    aligned=True)  # fmt: skip
