"""What a claim of a thing may be asked for by: what it is to others, what it did, a metric, a heading, a role in deals.

A topic is a list of aims in the order in which they are asked for. The words are those of readings and sorts, read
from the side of the thing: "developed by", "ceo" and "customers" mean what others are to it, "acquisition as seller"
the deals in which it has that role.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from keiretsu_graph.view import View
from keiretsu_ontology.claims import AnyClaim, Shape, Statement, Tie, parts_of, shape_of, topic_of
from keiretsu_ontology.entities import Entity
from keiretsu_ontology.errors import UsageError
from keiretsu_ontology.metrics import METRICS
from keiretsu_ontology.notation import nearest
from keiretsu_ontology.relations import GROUPS, RELATIONS
from keiretsu_ontology.roles import DEAL_KINDS, OCCURRENCE_KINDS, ROLES
from keiretsu_queries.words.kinds import folded, plural
from keiretsu_queries.words.readings import NOUNS, Reading, readable, reading_words
from keiretsu_queries.words.sorts import sort_words

_ROLE = " as "  # "acquisition as seller"
_BOTH = frozenset((True, False))


class Aim(NamedTuple):
    """One thing that is asked for of a thing."""

    shape: Shape
    topics: frozenset[str] = frozenset()  # relations, kinds or metrics; empty: every one
    sides: frozenset[bool] = _BOTH  # of a tie: whether the thing is its subject
    role: str | None = None  # of the thing in a deal or event

    def takes(self, claim: AnyClaim, entity: str) -> bool:
        """Say whether a claim about an entity is asked for."""
        if shape_of(claim) != self.shape or (self.topics and topic_of(claim) not in self.topics):
            return False
        if isinstance(claim, Statement):
            return bool(self.sides & _sides(claim, entity))
        return self.role is None or any(part.role == self.role for part in parts_of(claim) if part.entity == entity)

    def takes_tie(self, tie: Tie, entity: str) -> bool:
        """Say whether a tie of an entity is asked for."""
        if self.shape != "statement" or (self.topics and tie.relation not in self.topics):
            return False
        return RELATIONS[tie.relation].symmetric or (tie.subject == entity) in self.sides


def _sides(claim: Statement, entity: str) -> frozenset[bool]:
    """Return the sides that a claim may be read from: both where it speaks of the entity beside its two ends."""
    if entity not in (claim.subject, claim.object) or RELATIONS[claim.relation].symmetric:
        return _BOTH
    return frozenset({claim.subject == entity})


class Topic(NamedTuple):
    """What is asked for of a thing, in this order."""

    aims: tuple[Aim, ...]

    def place(self, claim: AnyClaim, entity: str) -> int | None:
        """Return which of the aims takes a claim first, or None where none does."""
        return next((place for place, aim in enumerate(self.aims) if aim.takes(claim, entity)), None)

    def takes_tie(self, tie: Tie, entity: str) -> bool:
        """Say whether a tie of an entity is asked for."""
        return any(aim.takes_tie(tie, entity) for aim in self.aims)


ALL = Topic((Aim("statement"), Aim("deal"), Aim("observation"), Aim("occurrence")))


def topic_named(view: View, text: str, entity: Entity) -> Topic:
    """Return what a word or several, with commas between them, ask for of a thing.

    Raises:
        UsageError: Nothing is called so; the nearest word is offered.
    """
    words = [word.strip() for word in text.split(",") if word.strip()]
    if not words:
        raise UsageError("name a relation, a kind of deal or event, a metric, or a heading such as people or figures")
    return Topic(tuple(aim for word in words for aim in _aims(view, word, entity)))


def _aims(view: View, word: str, entity: Entity) -> tuple[Aim, ...]:
    key = folded(word)
    kind, as_role, role = key.partition(_ROLE)
    found = tuple(_in_role(kind, role) if as_role else _of(view, key, entity))
    if found:
        return found
    known = [*reading_words(), *sort_words(), *_nouns()]
    raise UsageError(f"nothing is said under {word!r}{nearest(key, known)}")


def _in_role(kind: str, role: str) -> Iterator[Aim]:
    """Yield what a thing takes part in as something: "acquisition as seller", "deal as customer"."""
    name = role.replace(" ", "_")
    sort = sort_words().get(kind)
    if name in ROLES and sort is not None and sort.shape in ("deal", "occurrence"):
        kinds = {**DEAL_KINDS, **OCCURRENCE_KINDS}
        topics = frozenset(topic for topic in sort.topics or kinds if name in _roles_of(topic))
        if topics:
            yield Aim(sort.shape, topics, role=name)


def _roles_of(topic: str) -> tuple[str, ...]:
    if topic in DEAL_KINDS:
        return (*DEAL_KINDS[topic].required, *DEAL_KINDS[topic].optional)
    return OCCURRENCE_KINDS[topic].roles


def _of(view: View, key: str, entity: Entity) -> Iterator[Aim]:
    """Yield every sense of a word: a relation, what others are to the thing, a sort of claims, a metric."""
    if (reading := _reading(key, entity)) is not None:
        yield _by(reading)
    sort = sort_words().get(key)
    if sort is not None and (reading is None or sort.shape != "statement"):
        yield Aim(sort.shape, frozenset(sort.topics))
    elif sort is None and reading is None and (metric := _own_metric(view, key)) is not None:
        yield Aim("observation", frozenset({metric}))
    if reading is not None and (sort is None or sort.shape == "statement") and (name := _metric_like(key)) is not None:
        yield Aim("observation", frozenset({name}))


def _by(reading: Reading) -> Aim:
    sides = _BOTH if RELATIONS[reading.relation].symmetric else frozenset({not reading.inverse})
    return Aim("statement", frozenset({reading.relation}), sides)


def _reading(key: str, entity: Entity) -> Reading | None:
    """Return a relation as it is read from a thing: what a noun names stands on its other side."""
    if (noun := _nouns().get(key)) is not None:
        return readable(Reading(noun.relation, not noun.inverse), (entity.kind,))
    return readable(found, (entity.kind,)) if (found := reading_words().get(key)) is not None else None


@cache
def _nouns() -> dict[str, Reading]:
    """Return what one is to another, in the singular and plural; a heading such as "people" is none."""
    named = {name: reading for noun, reading in NOUNS.items() for name in (noun, plural(noun))}
    return {name: reading for name, reading in named.items() if name not in GROUPS}


def _metric_like(key: str) -> str | None:
    """Return the metric that counts what a noun names: the "customers" of a thing are also a figure."""
    return key.replace(" ", "-") if key.replace(" ", "-") in METRICS else None


def _own_metric(view: View, key: str) -> str | None:
    """Return the metric of the graph itself that has a name or id."""
    metrics = [entity for entity in view.all_entities() if entity.kind == "metric"]
    return next((entity.id for entity in metrics if key in (folded(entity.id), folded(entity.name))), None)
