"""The examples of the questions as programs ask them: read once, for every face that is held to them."""

from __future__ import annotations

import shlex
from typing import Any

from keiretsu_queries.parameters import parameters_of
from keiretsu_queries.questions import QUESTIONS, Question

EXAMPLES = tuple(example for question in QUESTIONS.values() for example in question.examples)


def words_of(example: str) -> list[str]:
    """Return the words of an example of the command line, without the form of its output."""
    return [word for word in shlex.split(example) if word != "--json"]


def call_of(example: str) -> tuple[Question, dict[str, Any]]:
    """Return the question of an example, and what it is asked with: values of their types, by name."""
    name, *rest = words_of(example)
    question = QUESTIONS[name]
    rows = {row.name.rstrip("_"): row for row in parameters_of(question.ask)}
    positional = [row for row in rows.values() if row.positional]
    given: dict[str, Any] = {}
    while rest:
        word = rest.pop(0)
        if word.startswith("--"):
            key = word[2:].replace("-", "_")
            kind = rows[key].kind if key in rows else str
            value: Any = True if kind is bool else rest.pop(0)
            given[key] = kind(value) if kind in (int, float) else value
        elif positional[0].several:
            given.setdefault(positional[0].name, []).append(word)
        else:
            given[positional.pop(0).name] = word
    return question, given
