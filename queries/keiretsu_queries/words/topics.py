"""What a claim may be asked for by: a relation read from one side, a kind of deal or event, a metric, a heading."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from keiretsu_graph.view import View
from keiretsu_ontology.claims import AnyClaim, Observation, Statement, Tie, topic_of
from keiretsu_ontology.errors import UsageError
from keiretsu_ontology.metrics import METRICS
from keiretsu_ontology.notation import nearest
from keiretsu_ontology.relations import GROUPS, INVERSES, RELATIONS
from keiretsu_ontology.roles import DEAL_KINDS, OCCURRENCE_KINDS

HEADINGS = {"deals": "Deal", "figures": "Observation", "events": "Occurrence"}


class Topic(NamedTuple):
    """What is asked for of a thing; an empty side leaves all open."""

    relations: frozenset[tuple[str, bool]] = frozenset()  # with whether the thing is the subject
    kinds: frozenset[str] = frozenset()  # of deals and occurrences
    metrics: frozenset[str] = frozenset()
    shapes: frozenset[str] = frozenset()  # names of classes of claims

    def takes(self, claim: AnyClaim, entity: str) -> bool:
        """Say whether a claim about an entity is of this topic."""
        if type(claim).__name__ in self.shapes:
            return True
        if isinstance(claim, Statement):
            sides = {True} if claim.subject == entity else {False} if claim.object == entity else {True, False}
            return any((claim.relation, side) in self.relations for side in sides)
        if isinstance(claim, Observation):
            return claim.metric in self.metrics
        return topic_of(claim) in self.kinds

    def takes_tie(self, tie: Tie, entity: str) -> bool:
        """Say whether a tie of an entity is of this topic."""
        symmetric = RELATIONS[tie.relation].symmetric
        sides = {tie.subject == entity} | ({True, False} if symmetric else set())
        return any((tie.relation, side) in self.relations for side in sides)


def topic_named(view: View, text: str) -> Topic:
    """Return the topic that a word or several, with commas between them, name.

    Raises:
        UsageError: Nothing is called so; the nearest word is offered.
    """
    words = [word.strip() for word in text.split(",") if word.strip()]
    if not words:
        raise UsageError("name a relation, a kind of deal or event, a metric, or a heading such as people or figures")
    return _joined(_topic(view, word) for word in words)


def _joined(topics: Iterable[Topic]) -> Topic:
    found = list(topics)
    return Topic(*(frozenset().union(*(topic[place] for topic in found)) for place in range(4)))  # type: ignore[arg-type]


def _topic(view: View, word: str) -> Topic:
    key = word.casefold().replace("-", "_").replace(" ", "_")
    for table in (_relation, _heading, _kind):
        if (found := table(key)) is not None:
            return found
    metrics = _metrics(view)
    plain = key.replace("_", "-")
    if plain in metrics:
        return Topic(metrics=frozenset({plain}))
    labels = {label.casefold(): slug for slug, label in metrics.items()}
    if word.casefold() in labels:
        return Topic(metrics=frozenset({labels[word.casefold()]}))
    known = [*RELATIONS, *INVERSES, *DEAL_KINDS, *OCCURRENCE_KINDS, *GROUPS, *HEADINGS, *metrics]
    raise UsageError(f"nothing is said under {word!r}{nearest(key, known)}")


def _relation(key: str) -> Topic | None:
    if key in RELATIONS:
        sides = {(key, True), (key, False)} if RELATIONS[key].symmetric else {(key, True)}
        return Topic(relations=frozenset(sides))
    return Topic(relations=frozenset({(INVERSES[key], False)})) if key in INVERSES else None


def _heading(key: str) -> Topic | None:
    if key in HEADINGS:
        return Topic(shapes=frozenset({HEADINGS[key]}))
    if key not in GROUPS:
        return None
    own = [row.name for row in RELATIONS.values() if row.group == key]
    return Topic(relations=frozenset((name, side) for name in own for side in (True, False)))


def _kind(key: str) -> Topic | None:
    return Topic(kinds=frozenset({key})) if key in DEAL_KINDS or key in OCCURRENCE_KINDS else None


def _metrics(view: View) -> dict[str, str]:
    own = {entity.id: entity.name for entity in view.all_entities() if entity.kind == "metric"}
    return {**{slug: row.label for slug, row in METRICS.items()}, **own}
