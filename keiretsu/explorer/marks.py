"""What an answer marks in the picture: the things that it is about, its chains, and its layers.

The things are found by walking the result, whatever its form: a new question is marked without a line here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from keiretsu_ontology.claims import Conflict, Deal, Observation, Occurrence, Statement, Tie, parts_of
from keiretsu_ontology.entities import Entity
from keiretsu_ontology.evidence import Source
from keiretsu_queries.base import Answer
from keiretsu_queries.questions import QUESTIONS, Question

MOST = 300  # things that are marked
_ASIDE = ("metric", "scope:excludes")  # roles of what a claim names without being about it


def nodes_of(answer: Answer[Any]) -> list[str]:
    """Return the ids of the things that an answer is about.

    First come the things that the result lists, in its order, then those that it names in chains and ties, then those
    that its claims are about.
    """
    found: tuple[dict[str, None], ...] = ({}, {}, {})
    for rank, slug in _named(answer.result, answer.entities):
        found[rank].setdefault(slug)
    return list(dict.fromkeys(slug for rank in found for slug in rank))[:MOST]


def _named(value: Any, entities: Mapping[str, Entity]) -> Iterator[tuple[int, str]]:
    """Yield every thing in a value with its rank, in the order in which it stands there."""
    match value:
        case Entity():
            yield 0, value.id
        case str():
            if value in entities:
                yield 1, value
        case Tie():
            yield from ((1, value.subject), (1, value.object))
        case Statement() | Deal() | Observation() | Occurrence():
            yield from ((2, part.entity) for part in parts_of(value) if part.role not in _ASIDE)
        case Answer():
            yield from _named(value.result, entities)
        case Conflict() | Source():
            return
        case _:
            for part in _parts(value):
                yield from _named(part, entities)


def _parts(value: Any) -> Iterator[Any]:
    """Yield what a value is made of; nothing where it is plain."""
    if isinstance(value, Mapping):
        for key, part in value.items():
            yield from (key, part)
    elif isinstance(value, tuple | list):
        yield from value
    elif is_dataclass(value):
        yield from (getattr(value, field.name) for field in fields(value))


def step_by_step(question: Question, answer: Answer[Any]) -> tuple[Question, Answer[Any]]:
    """Return the question that was answered in the end, with its answer: the one that a sentence was understood as."""
    from keiretsu_queries.english.ask import Asked

    while isinstance(found := answer.result, Asked) and found.question and found.answer:
        question, answer = QUESTIONS[found.question], found.answer
    return question, answer


def paths_of(question: Question, answer: Answer[Any]) -> list[list[str]]:
    """Return the chains of things that can be picked one by one."""
    return [list(chain.nodes) for chain in answer.result] if question.name == "path" else []


def layers_of(question: Question, answer: Answer[Any]) -> list[list[str]]:
    """Return things by column: what is depended on to the left, the farthest first; what is touched to the right."""
    if question.name not in ("depends", "exposure"):
        return []
    from keiretsu_queries.chains.reached import steps_of

    columns = [list(step) for step in steps_of(answer.result)]
    return columns[::-1] if question.name == "depends" else columns
