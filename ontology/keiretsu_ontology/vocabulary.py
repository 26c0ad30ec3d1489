"""Names on the web: the only place that mints IRIs.

Terms are spelt from the declarations: a kind is a class in CamelCase, a relation a property in lowerCamel.
"""

from __future__ import annotations

import re
from functools import cache

BASE = "https://w3id.org/keiretsu/"
KEI = BASE + "ontology#"

PREFIXES: dict[str, str] = {
    "kei": KEI,
    "entity": BASE + "entity/",
    "claim": BASE + "claim/",
    "source": BASE + "source/",
    "dcterms": "http://purl.org/dc/terms/",
    "oa": "http://www.w3.org/ns/oa#",
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "qb": "http://purl.org/linked-data/cube#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "sh": "http://www.w3.org/ns/shacl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}

# Vocabularies that only the alignments speak of.
ALIGNED_PREFIXES: dict[str, str] = {
    "fibo-be": "https://spec.edmcouncil.org/fibo/ontology/BE/LegalEntities/LegalPersons/",
    "fibo-cctl": "https://spec.edmcouncil.org/fibo/ontology/BE/OwnershipAndControl/CorporateControl/",
    "fibo-pas": "https://spec.edmcouncil.org/fibo/ontology/FND/ProductsAndServices/ProductsAndServices/",
    "wd": "http://www.wikidata.org/entity/",
    "wdt": "http://www.wikidata.org/prop/direct/",
}

DATASET = BASE + "dataset"
GRAPHS = {layer: f"{BASE}graph/{layer}" for layer in ("curated", "derived", "sources", "ontology")}

_SPECIAL = {"ai_model": "AIModel", "model_family": "AIModelFamily"}


@cache
def camel(name: str) -> str:
    """Return a snake_case or hyphenated name in CamelCase.

    Example:
        >>> camel("business_unit"), camel("net-income"), camel("ai_model")
        ('BusinessUnit', 'NetIncome', 'AIModel')
    """
    return _SPECIAL.get(name) or "".join(word[:1].upper() + word[1:] for word in re.split("[_-]", name))


def lower_camel(name: str) -> str:
    """Return a snake_case or hyphenated name in lowerCamel.

    Example:
        >>> lower_camel("chief_executive_of")
        'chiefExecutiveOf'
    """
    word = camel(name)
    return word[:1].lower() + word[1:]


@cache
def class_iri(kind: str) -> str:
    """Return the IRI of a kind of entity, deal or occurrence, or of a shape of claim."""
    return KEI + camel(kind)


@cache
def property_iri(name: str) -> str:
    """Return the IRI of a relation, a role, or a property of claims."""
    return KEI + lower_camel(name)


def term_iri(scheme: str, name: str) -> str:
    """Return the IRI of a value in a closed list, such as a modality.

    Example:
        >>> term_iri("modality", "forecast")
        'https://w3id.org/keiretsu/ontology#modality-forecast'
    """
    return f"{KEI}{lower_camel(scheme)}-{lower_camel(name)}"


def entity_iri(slug: str) -> str:
    """Return the IRI of an entity."""
    return f"{BASE}entity/{slug}"


def claim_iri(claim: str) -> str:
    """Return the IRI of a claim."""
    return f"{BASE}claim/{claim}"


def source_iri(slug: str) -> str:
    """Return the IRI of a source."""
    return f"{BASE}source/{slug}"


def conflict_iri(slug: str) -> str:
    """Return the IRI of a conflict."""
    return f"{BASE}conflict/{slug}"


def tie_iri(digest: str) -> str:
    """Return the IRI of a derived tie, by a digest of all that makes it."""
    return f"{BASE}tie/{digest}"


def slug_of(iri: str) -> str:
    """Return the last part of an IRI that this module minted."""
    return iri.rsplit("/", 1)[-1].rsplit("#", 1)[-1]
