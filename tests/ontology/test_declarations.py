"""The declarations agree with each other."""

from __future__ import annotations

from keiretsu_ontology.entities import FAMILIES, KINDS, ancestry
from keiretsu_ontology.metrics import DIMENSIONS, METRICS, UNITS
from keiretsu_ontology.relations import GROUPS, INVERSES, RELATIONS
from keiretsu_ontology.roles import DEAL_KINDS, OCCURRENCE_KINDS, ROLES, roles_of
from keiretsu_ontology.vocabulary import class_iri, property_iri
from keiretsu_ontology.writing import slug_fault


def test_every_kind_descends_from_thing() -> None:
    """Kinds form one tree, each in a family that pictures know."""
    assert all(ancestry(kind)[-1] == "thing" for kind in KINDS)
    assert {kind.family for kind in KINDS.values()} == set(FAMILIES)


def test_relations_join_known_kinds() -> None:
    """Domains, ranges and groups exist; inverse names are not names of relations."""
    for relation in RELATIONS.values():
        assert {*relation.domain, *relation.range} <= set(KINDS), relation.name
        assert relation.group in GROUPS, relation.name
        assert relation.symmetric == (relation.inverse == relation.name), relation.name
    assert not set(INVERSES) & set(RELATIONS)


def test_what_follows_from_a_deal_is_declared() -> None:
    """Roles and relations that deals speak of exist, and a role's kinds fit the tie that follows."""
    for deal in DEAL_KINDS.values():
        assert set(roles_of(deal.name)) <= set(ROLES), deal.name
        for follows in deal.follows:
            assert {follows.subject, follows.object} <= set(roles_of(deal.name)), deal.name
            assert follows.relation in RELATIONS, deal.name
    assert all(set(kind.roles) <= set(ROLES) for kind in OCCURRENCE_KINDS.values())


def test_every_metric_can_be_given_in_some_unit() -> None:
    """Dimensions are known, and money is the only one without a unit of its own beside directions."""
    measured = {dimension for unit in UNITS.values() for dimension in unit.dimensions}
    assert {metric.dimension for metric in METRICS.values()} <= set(DIMENSIONS)
    assert {metric.dimension for metric in METRICS.values()} - measured <= {"money", "level"}
    assert not [metric for metric in METRICS if slug_fault(metric)]


def test_iris_are_unique() -> None:
    """No two terms are spelt alike on the web."""
    iris = [class_iri(name) for name in KINDS] + [property_iri(name) for name in RELATIONS]
    iris += [property_iri(relation.inverse) for relation in RELATIONS.values() if not relation.symmetric]
    assert len(iris) == len(set(iris))
