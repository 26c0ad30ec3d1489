"""Which field of the model is which property in RDF: one table, read in both directions."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from pyoxigraph import Literal, NamedNode

from keiretsu_ontology.vocabulary import (
    KEI,
    PREFIXES,
    claim_iri,
    entity_iri,
    property_iri,
    slug_of,
    source_iri,
    term_iri,
)

Term = NamedNode | Literal


@cache
def iri(name: str) -> NamedNode:
    """Return the node of a compact name such as "rdf:type".

    Example:
        >>> iri("rdf:type")
        <NamedNode value=http://www.w3.org/1999/02/22-rdf-syntax-ns#type>
    """
    prefix, _, local = name.partition(":")
    return NamedNode(PREFIXES[prefix] + local)


XSD_DATE, XSD_BOOLEAN, XSD_DECIMAL = iri("xsd:date"), iri("xsd:boolean"), iri("xsd:decimal")
XSD_INTEGER = iri("xsd:integer")


class Codec(NamedTuple):
    """How a value becomes a term and comes back."""

    to_term: Callable[[Any], Any]  # a NamedNode or a Literal, by the codec
    from_term: Callable[[Any], Any]


def _from_relation(node: NamedNode) -> str:
    return RELATION_NAMES[node.value]


TEXT = Codec(Literal, lambda term: term.value)
FLAG = Codec(lambda flag: Literal("true" if flag else "false", datatype=XSD_BOOLEAN), lambda term: term.value == "true")
DAY = Codec(lambda day: Literal(day.isoformat(), datatype=XSD_DATE), lambda term: date.fromisoformat(term.value))
NUMBER = Codec(lambda number: Literal(str(number), datatype=XSD_INTEGER), lambda term: int(term.value))
ENTITY = Codec(lambda slug: NamedNode(entity_iri(slug)), lambda node: slug_of(node.value))
CLAIM = Codec(lambda claim: NamedNode(claim_iri(claim)), lambda node: slug_of(node.value))
SOURCE = Codec(lambda slug: NamedNode(source_iri(slug)), lambda node: slug_of(node.value))
RELATION = Codec(lambda name: NamedNode(property_iri(name)), _from_relation)


def term(scheme: str, names: Any) -> Codec:
    """Return the codec of a closed list: each name is an IRI of the ontology."""
    known = {term_iri(scheme, name): name for name in names}
    return Codec(lambda name: NamedNode(term_iri(scheme, name)), lambda node: known[node.value])


class Field(NamedTuple):
    """A field of a dataclass and its property."""

    name: str
    property: NamedNode
    codec: Codec
    default: Any = None  # what is not written


@cache
def kei(name: str) -> NamedNode:
    """Return the node of a term of ours."""
    return NamedNode(KEI + name)


def _tables() -> dict[str, tuple[Field, ...]]:
    from keiretsu_ontology.claims import BASES, MODALITIES, RANKS
    from keiretsu_ontology.dates import PERIOD_KINDS
    from keiretsu_ontology.evidence import SOURCE_KINDS
    from keiretsu_ontology.metrics import DIMENSIONS
    from keiretsu_ontology.roles import DEAL_KINDS, DEAL_STATUSES, OCCURRENCE_KINDS, ROLES

    return {
        "claim": (
            Field("key", iri("dcterms:identifier"), TEXT),
            Field("text", iri("rdfs:label"), TEXT),
            Field("speaker", kei("claimedBy"), ENTITY),
            Field("relayed_by", kei("relayedBy"), ENTITY),
            Field("modality", kei("modality"), term("modality", MODALITIES)),
            Field("rank", kei("rank"), term("rank", RANKS)),
            Field("rank_reason", kei("rankReason"), TEXT),
            Field("retracted", kei("retractedOn"), DAY),
            Field("none", kei("knownToBeNone"), FLAG, default=False),
            Field("source", iri("dcterms:source"), SOURCE),
            Field("recorded", kei("recordedOn"), DAY),
            Field("restates", kei("restatesKey"), TEXT),
            Field("outranked", kei("outranked"), FLAG, default=False),
        ),
        "scope": (
            Field("note", kei("scopeNote"), TEXT),
            Field("product", kei("scopeProduct"), ENTITY),
            Field("market", kei("scopeMarket"), ENTITY),
            Field("place", kei("scopePlace"), ENTITY),
            Field("benchmark", kei("scopeBenchmark"), ENTITY),
            Field("counterparty", kei("scopeCounterparty"), ENTITY),
        ),
        "statement": (
            Field("subject", iri("rdf:subject"), ENTITY),
            Field("relation", iri("rdf:predicate"), RELATION),
            Field("object", iri("rdf:object"), ENTITY),
        ),
        "deal": (
            Field("kind", kei("kind"), term("deal", DEAL_KINDS)),
            Field("purpose", kei("purpose"), TEXT),
            Field("status", kei("status"), term("status", DEAL_STATUSES)),
        ),
        "occurrence": (Field("kind", kei("kind"), term("occurrence", OCCURRENCE_KINDS)),),
        "observation": (
            Field("about", kei("observed"), ENTITY),
            Field("metric", kei("metric"), ENTITY),
            Field("measure", kei("measure"), term("measure", ("value", "change"))),
            Field("direction", kei("direction"), term("direction", ("up", "down", "flat"))),
            Field("base", kei("base"), term("base", BASES)),
        ),
        "quantity": (
            Field("written", kei("written"), TEXT),
            Field("unit", kei("unit"), TEXT),
            Field("comparator", kei("comparator"), TEXT),
            Field("scale", kei("scale"), TEXT),
            Field("upper", kei("writtenUpper"), TEXT),
        ),
        "period": (
            Field("kind", kei("periodKind"), term("period", PERIOD_KINDS)),
            Field("start", kei("periodStart"), DAY),
            Field("end", kei("periodEnd"), DAY),
            Field("label", kei("periodLabel"), TEXT),
            Field("stated", kei("periodStated"), TEXT),
            Field("inferred", kei("periodInferred"), FLAG, default=False),
        ),
        "when": (
            Field("edtf", kei("edtf"), TEXT),
            Field("earliest", kei("earliest"), DAY),
            Field("latest", kei("latest"), DAY),
            Field("stated", kei("stated"), TEXT),
            Field("inferred", kei("inferred"), FLAG, default=False),
        ),
        "part": (
            Field("role", kei("role"), term("role", ROLES)),
            Field("entity", kei("party"), ENTITY),
        ),
        "entity": (
            Field("name", kei("name"), TEXT),
            Field("description", iri("dcterms:description"), TEXT),
            Field("fiscal_year_end", kei("fiscalYearEnd"), TEXT),
            Field("dimension", kei("dimension"), term("dimension", DIMENSIONS)),
        ),
        "merged": (
            Field("id", kei("mergedId"), TEXT),
            Field("reason", kei("mergeReason"), TEXT),
        ),
        "identifier": (
            Field("scheme", kei("scheme"), TEXT),
            Field("value", kei("value"), TEXT),
        ),
        "source": (
            Field("title", iri("dcterms:title"), TEXT),
            Field("kind", kei("sourceKind"), term("source", SOURCE_KINDS)),
            Field("recorded", kei("recordedOn"), DAY),
            Field("publisher", kei("publisher"), ENTITY),
            Field("author", kei("author"), ENTITY),
            Field("url", iri("schema:url"), TEXT),
            Field("language", iri("dcterms:language"), TEXT),
            Field("licence", iri("dcterms:license"), TEXT),
            Field("quotable", kei("quotable"), FLAG, default=False),
            Field("file", kei("file"), TEXT),
            Field("characters", kei("characters"), NUMBER),
            Field("sha256", kei("sha256"), TEXT),
        ),
    }


def _relation_names() -> dict[str, str]:
    from keiretsu_ontology.relations import RELATIONS

    return {property_iri(name): name for name in RELATIONS}


RELATION_NAMES = _relation_names()
FIELDS = _tables()
