"""Features of things: which relations, figures, events and identifiers are known of each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Literal, NamedTuple

from keiretsu_ontology.claims import AnyClaim, Deal, Observation, Occurrence, Statement
from keiretsu_ontology.entities import Entity
from keiretsu_ontology.metrics import METRICS
from keiretsu_ontology.relations import RELATIONS
from keiretsu_ontology.roles import OCCURRENCE_KINDS, ROLES
from keiretsu_queries.wording import name

Sort = Literal["relation", "metric", "event", "deal", "identifier"]


class Feature(NamedTuple):
    """Something that may be known of a thing."""

    sort: Sort
    name: str  # of the relation, metric, kind of event or scheme
    role: str = ""  # of the thing in it


class Known(NamedTuple):
    """What is known of some things."""

    claims: dict[str, dict[Feature, list[AnyClaim]]]  # by entity; an identifier has no claim
    latest: dict[tuple[str, str], date]  # by entity and metric: the end of the last period with a figure


def known_of_all(entities: Iterable[Entity], claims: Iterable[AnyClaim]) -> Known:
    """Return the features of things, by entity: what facts say, and that there is none; no forecast, no remark."""
    found: dict[str, dict[Feature, list[AnyClaim]]] = {
        entity.id: {Feature("identifier", own.scheme): [] for own in entity.identifiers} for entity in entities
    }
    features: defaultdict[str, defaultdict[Feature, list[AnyClaim]]] = defaultdict(lambda: defaultdict(list))
    latest: dict[tuple[str, str], date] = {}
    for claim in claims:
        if not claim.factual:
            continue
        for entity, feature in _features(claim):
            features[entity][feature].append(claim)
        if isinstance(claim, Observation) and (end := _end(claim)) is not None:
            place = claim.about, claim.metric
            latest[place] = max(end, latest.get(place, end))
    return Known({slug: {**own, **features[slug]} for slug, own in found.items()}, latest)


def _end(claim: Observation) -> date | None:
    if claim.period is not None:
        return claim.period.end
    return claim.held.start.latest if claim.held.start else None


def _features(claim: AnyClaim) -> Iterable[tuple[str, Feature]]:
    match claim:
        case Statement() if RELATIONS[claim.relation].tie:
            symmetric = RELATIONS[claim.relation].symmetric
            yield claim.subject, Feature("relation", claim.relation, "subject")
            if claim.object is not None:
                yield claim.object, Feature("relation", claim.relation, "subject" if symmetric else "object")
        case Observation():
            yield claim.about, Feature("metric", claim.metric)
        case Occurrence():
            for part in claim.parts:
                yield part.entity, Feature("event", claim.kind, part.role)
        case Deal():
            yield from ((part.entity, Feature("deal", "deal")) for part in claim.parts)
        case Statement():
            return  # a remark


def feature_words(feature: Feature, names: dict[str, Entity]) -> str:
    """Return a feature in words, as one would say it of a thing.

    Example:
        >>> feature_words(Feature("relation", "chief_executive_of", "object"), {})
        'has the chief executive ...'
    """
    match feature.sort:
        case "relation":
            relation = RELATIONS[feature.name]
            return f"{relation.label if feature.role == 'subject' else relation.inverse_label} ..."
        case "metric":
            label = METRICS[feature.name].label if feature.name in METRICS else name(names, feature.name)
            return f"figures of {label}"
        case "event":
            kind = OCCURRENCE_KINDS[feature.name].label
            return f"{kind}, as {ROLES[feature.role].label}" if feature.role in ROLES else kind
        case "deal":
            return "a deal"
        case "identifier":
            return f"identifier: {feature.name}"
