"""A question as it is typed on the command line, as plain data: without a shell, and without asking it."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from typing import NamedTuple

from keiretsu_ontology.errors import UsageError
from keiretsu_ontology.notation import nearest
from keiretsu_queries.calling import name_of, prepared
from keiretsu_queries.parameters import Parameter, parameters_of
from keiretsu_queries.questions import QUESTIONS, Question

_CLOCKS = ("as-of", "known-by")


class Typed(NamedTuple):
    """A question and what it is asked with, as texts by the names that programs use."""

    question: Question
    given: dict[str, tuple[str, ...]]


def read_typed(text: str) -> Typed:
    """Return the question that a text asks, without the name of the program.

    Raises:
        UsageError: There is no such question, or it is not asked so; every fault of its parameters is told.

    Example:
        >>> read_typed('path NBA "Robert Bosch" --limit 2').given
        {'start': ('NBA',), 'end': ('Robert Bosch',), 'limit': ('2',)}
    """
    try:
        words = shlex.split(text)
    except ValueError:
        raise UsageError("a quotation mark is not closed") from None
    name = words[0] if words else ""
    if name not in QUESTIONS:
        raise UsageError(f"no question {name[:60]!r}{nearest(name[:60], QUESTIONS)}")
    question = QUESTIONS[name]
    given: dict[str, tuple[str, ...]] = {}
    for key, value in _values(question, words[1:]):
        given[key] = (*given.get(key, ()), value)
    prepared(question, given)
    return Typed(question, given)


def _values(question: Question, words: list[str]) -> Iterator[tuple[str, str]]:
    """Yield the value of each parameter that is given, by its name."""
    rows = parameters_of(question.ask)
    left = [row for row in rows if row.positional]
    rest, only_values = iter(words), False
    for word in rest:
        if word == "--" and not only_values:
            only_values = True
        elif word.startswith("-") and len(word) > 1 and not only_values:
            yield _option(question, rows, word, rest)
        elif not left:
            raise UsageError(f"{question.name} does not take {word[:60]!r}; it has all that it is about")
        else:
            yield name_of(left[0]), word
            if not left[0].several:
                left.pop(0)


def _option(question: Question, rows: list[Parameter], word: str, rest: Iterator[str]) -> tuple[str, str]:
    """Return the name and value of an option; its value may be the word that follows."""
    flag, joined, value = word.partition("=") if word.startswith("--") else (word[:2], word[2:], word[2:])
    options = {f"--{name_of(row).replace('_', '-')}": row for row in rows if not row.positional}
    short = {f"-{row.told.short}": row for row in options.values() if row.told.short}
    row = options.get(flag) or short.get(flag)
    if row is None:
        if flag[2:] in _CLOCKS:
            key = flag[2:].replace("-", "_")
            raise UsageError(f"{flag} is not part of the question here; write it beside it, as {key}: 2025-10-01")
        raise UsageError(f"{question.name} has no option {flag[:60]!r}{nearest(flag[:60], options)}")
    if row.kind is bool:
        if joined:
            raise UsageError(f"{flag} takes no value")
        return name_of(row), "true"
    found = value if joined else next(rest, None)
    if found is None:
        raise UsageError(f"{flag} needs a value")
    return name_of(row), found
