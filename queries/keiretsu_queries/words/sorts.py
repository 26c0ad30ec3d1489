"""From a word to what is said with it: a relation, a kind of deal or event, a heading, a shape of claims, a metric."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from keiretsu_ontology.claims import Shape
from keiretsu_ontology.errors import UsageError
from keiretsu_ontology.metrics import METRICS
from keiretsu_ontology.notation import nearest
from keiretsu_ontology.relations import GROUPS, RELATIONS
from keiretsu_ontology.roles import DEAL_KINDS, OCCURRENCE_KINDS
from keiretsu_queries.words.kinds import folded, plural
from keiretsu_queries.words.readings import NOUNS

_SHAPES: dict[Shape, tuple[str, ...]] = {
    "statement": ("statement", "tie"), "deal": ("deal",), "occurrence": ("occurrence", "event"),
    "observation": ("observation", "figure"),
}  # fmt: skip


class Sort(NamedTuple):
    """What a word for ties means: claims of one shape, all of them or those of some topics."""

    one: str  # "adoption", "tie 'develops'"
    many: str
    shape: Shape
    topics: tuple[str, ...]  # empty: every one

    def called(self, number: int) -> str:
        """Return so many of them in words."""
        return f"{number:,} {self.one if number == 1 else self.many}"


def _sort(shape: Shape, topics: tuple[str, ...], one: str, many: str = "") -> Sort:
    return Sort(one, many or plural(one), shape, topics)


def _ties(words: str, *relations: str) -> Sort:
    return _sort("statement", relations, f"tie {words!r}", f"ties {words!r}")


def sort_named(text: str) -> Sort:
    """Return what a word for ties, deals, events or figures means.

    Raises:
        UsageError: It means none; the nearest word that does is offered.
    """
    words = sort_words()
    if (found := words.get(folded(text))) is not None:
        return found
    raise UsageError(
        f"no relation, kind of deal, kind of event, heading or shape is called {text!r}{nearest(folded(text), words)}"
    )


@cache
def sort_words() -> dict[str, Sort]:
    """Return every word; the names of the model go before the words of its tables, and metrics come last."""
    words: dict[str, Sort] = {}
    for row in RELATIONS.values():
        _add(words, _ties(row.label, row.name), row.name, row.inverse)
    for kind in DEAL_KINDS.values():
        _add(words, _sort("deal", (kind.name,), kind.label), kind.name, kind.label, plural(kind.label))
    for event in OCCURRENCE_KINDS.values():
        _add(words, _sort("occurrence", (event.name,), event.label), event.name, event.label, plural(event.label))
    for shape, names in _SHAPES.items():
        _add(words, _sort(shape, (), names[-1]), *names, *map(plural, names))
    for row in RELATIONS.values():
        _add(words, _ties(row.label, row.name), row.label, row.inverse_label)
    for group, title in GROUPS.items():
        topics = tuple(row.name for row in RELATIONS.values() if row.group == group)
        _add(words, _ties(title, *topics), group, title)
    for noun, reading in NOUNS.items():
        _add(words, _ties(RELATIONS[reading.relation].label, reading.relation), noun, plural(noun))
    for metric in METRICS.values():
        figures = _sort("observation", (metric.name,), f"figure for {metric.label}", f"figures for {metric.label}")
        _add(words, figures, metric.name, metric.label)
    return words


def _add(words: dict[str, Sort], sort: Sort, *others: str) -> None:
    for word in others:
        words.setdefault(folded(word), sort)


def topic_label(shape: Shape, topic: str) -> str:
    """Return a topic of claims as a person reads it."""
    match shape:
        case "statement":
            return relation_label(topic)
        case "deal":
            return DEAL_KINDS[topic].label
        case "occurrence":
            return OCCURRENCE_KINDS[topic].label
        case "observation":
            return METRICS[topic].label if topic in METRICS else topic


def relation_label(name: str) -> str:
    """Return the words of a relation, with its field where two relations are read alike.

    Example:
        >>> relation_label("develops"), relation_label("uses")
        ('develops', 'uses (business)')
    """
    row = RELATIONS[name]
    alike = sum(other.label == row.label for other in RELATIONS.values()) > 1
    return f"{row.label} ({row.group})" if alike else row.label
