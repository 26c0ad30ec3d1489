"""What is usually known of a kind of thing, whoever asks: a model has parameters and a licence, a company a seat."""

from __future__ import annotations

from typing import NamedTuple

from keiretsu_ontology.entities import ancestry
from keiretsu_queries.doubts.features import Feature


class Expected(NamedTuple):
    """Something that should be known of a kind of thing; any of its features will do."""

    words: str
    features: tuple[Feature, ...]
    kind: str = "thing"  # that declares it


def _out(*relations: str) -> tuple[Feature, ...]:
    return tuple(Feature("relation", relation, "subject") for relation in relations)


def _in(*relations: str) -> tuple[Feature, ...]:
    return tuple(Feature("relation", relation, "object") for relation in relations)


def _figure(*metrics: str) -> tuple[Feature, ...]:
    return tuple(Feature("metric", metric) for metric in metrics)


def _event(kind: str, role: str) -> tuple[Feature, ...]:
    return (Feature("event", kind, role),)


def _id(*schemes: str) -> tuple[Feature, ...]:
    return tuple(Feature("identifier", scheme) for scheme in schemes)


# A member of a family is made by whoever makes the family.
_MAKER = Expected("who makes it", (*_in("develops", "offers", "manufactures"), *_out("variant_of")))
_LAUNCH = Expected("when it came out", (*_event("launch", "product"), *_event("announcement", "product")))
_LICENCE = Expected("its licence", _out("licensed_under"))

# By kind; a thing is expected to have what is expected of every kind that it is one of.
EXPECTED: dict[str, tuple[Expected, ...]] = {
    "company": (
        Expected("its seat", _out("located_in", "incorporated_in")),
        Expected("its founding", (*_event("founding", "subject"), *_in("founded"))),
        Expected("its chief executive", _in("chief_executive_of")),
        Expected("its listing, or that there is none", (*_out("listed_on"), *_id("ticker", "isin"))),
        Expected("an identifier", _id("wikidata", "lei", "cik", "isin", "ticker")),
        Expected("its revenue", _figure("revenue")),
    ),
    "business_unit": (
        Expected("what it is a unit of", _out("unit_of", "subsidiary_of")),
        Expected("who leads it", _in("chief_executive_of", "officer_of")),
    ),
    "person": (Expected("an office", _out("chief_executive_of", "chair_of", "director_of", "officer_of", "founded")),),
    "product": (_MAKER, _LAUNCH),
    "ai_model": (
        Expected("its parameters", _figure("parameters", "active-parameters")),
        Expected("its context length", _figure("context-length")),
        Expected("its family", _out("variant_of")),
        _LICENCE,
    ),
    "model_family": (_LICENCE,),
    "chip": (
        Expected("who manufactures it", _in("manufactures")),
        Expected("its process node", _figure("process-node")),
    ),
}


def expected_of(kind: str) -> tuple[Expected, ...]:
    """Return what should be known of a kind of thing, what holds for all of its sort last."""
    return tuple(row._replace(kind=step) for step in ancestry(kind) for row in EXPECTED.get(step, ()))
