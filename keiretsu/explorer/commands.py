"""The command that asks a question with what a program gave: each face says the same answer's other address."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from keiretsu_queries.calling import CLOCKS, name_of
from keiretsu_queries.parameters import Parameter, parameters_of
from keiretsu_queries.questions import Question


def command_words(question: Question, given: Mapping[str, Sequence[Any]]) -> list[str]:
    """Return what one types after the name of the program to ask a question.

    Args:
        question: The question.
        given: The values of each parameter that is given, as a program gives them; they were found to be right.

    Example:
        >>> from keiretsu_queries.questions import QUESTIONS
        >>> command_words(QUESTIONS["path"], {"start": ["NBA"], "end": ["Bosch"], "limit": ["5"]})
        ['path', 'NBA', 'Bosch', '--limit', '5']
    """
    things: list[str] = []
    options: list[str] = []
    for row in parameters_of(question.ask):
        values = given.get(name_of(row), ())
        if row.positional:
            things += map(str, values)
        else:
            options += _option(row, values)
    for name in CLOCKS:
        options += _valued(f"--{name.replace('_', '-')}", given.get(name, ()))
    if any(word.startswith("-") for word in things):  # a name that would be taken for an option
        return [question.name, *options, "--", *things]
    return [question.name, *things, *options]


def _option(row: Parameter, values: Sequence[Any]) -> list[str]:
    flag = f"--{name_of(row).replace('_', '-')}"
    if row.kind is not bool:
        return _valued(flag, values)
    wanted = [str(value).lower() in ("true", "1", "yes") for value in values]
    return [flag if value else f"--no-{flag[2:]}" for value in wanted if value != row.row.default]


def _valued(flag: str, values: Sequence[Any]) -> list[str]:
    words: list[str] = []
    for value in map(str, values):
        words += [f"{flag}={value}"] if value.startswith("-") else [flag, value]
    return words
