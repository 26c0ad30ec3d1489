"""What may be asked of an entity in a reconciliation: its identifiers, its names, and what it is tied to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from keiretsu_graph.view import TieFilter, View
from keiretsu_ontology.entities import KINDS, Entity
from keiretsu_ontology.relations import RELATIONS
from keiretsu_ontology.writing import IDENTIFIER_SCHEMES


class Property(NamedTuple):
    """A property by which entities are matched and extended."""

    id: str
    name: str
    sort: str  # "identifier", "text" or "tie"


def _properties() -> dict[str, Property]:
    found = [Property(scheme, f"identifier: {scheme}", "identifier") for scheme in IDENTIFIER_SCHEMES]
    found += [Property("alias", "another name", "text"), Property("description", "description", "text")]
    found.append(Property("kind", "kind", "text"))
    for relation in RELATIONS.values():
        found.append(Property(relation.name, relation.label, "tie"))
        if relation.inverse != relation.name:
            found.append(Property(relation.inverse, relation.inverse_label, "tie"))
    return {row.id: row for row in found}


PROPERTIES = _properties()
Value = dict[str, Any]


def type_of(kind: str) -> Value:
    """Return a kind as the service tells it."""
    return {"id": kind, "name": KINDS[kind].label}


def values_of(view: View, entities: Mapping[str, Entity], wanted: Iterable[str]) -> dict[str, dict[str, list[Value]]]:
    """Return the values of some properties of entities, by entity and property; of ties, only facts."""
    properties = [PROPERTIES[name] for name in wanted]
    found = {slug: {row.id: _own(entity, row) for row in properties} for slug, entity in entities.items()}
    ties = {row.id for row in properties if row.sort == "tie"}
    if not ties:
        return found
    pairs = [
        (end, name, other)
        for tie in view.neighbours(list(entities), TieFilter())
        for end, name, other in (
            (tie.subject, tie.relation, tie.object),
            (tie.object, RELATIONS[tie.relation].inverse, tie.subject),
        )
        if name in ties and end in found
    ]
    named = view.entities({other for *_, other in pairs})
    for end, name, other in sorted(set(pairs)):
        if other in named:
            found[end][name].append({"id": other, "name": named[other].name})
    return found


def _own(entity: Entity, row: Property) -> list[Value]:
    if row.sort == "identifier":
        return [{"str": one.value} for one in entity.identifiers if one.scheme == row.id]
    if row.id == "kind":
        return [{"str": type_of(entity.kind)["name"]}]
    if row.id == "alias":
        return [{"str": name.text} for name in entity.names if name.text != entity.name]
    if row.id == "description":
        return [{"str": entity.description}] if entity.description else []
    return []
