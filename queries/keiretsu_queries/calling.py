"""Asking a question by plain data, as programs do: every parameter by its name, every fault told at once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from inspect import Parameter as Row
from typing import TYPE_CHECKING, Any

from keiretsu_ontology.errors import UsageError
from keiretsu_ontology.notation import nearest
from keiretsu_queries.base import Answer, Clocks
from keiretsu_queries.parameters import Parameter, parameters_of
from keiretsu_queries.questions import Question

if TYPE_CHECKING:
    from keiretsu_graph.view import View

CLOCKS = {"as_of": "Only what was so on this day.", "known_by": "Only what had been published by this day."}
LONGEST = 500  # characters of a text
MOST = 20  # values of one parameter
_WORDS = {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False}


class ParametersError(UsageError):
    """A question is asked with parameters that it does not take; each fault is told."""

    def __init__(self, faults: Sequence[str]) -> None:
        self.faults = tuple(faults)
        super().__init__("; ".join(self.faults))


def name_of(row: Parameter) -> str:
    """Return the name by which programs give a parameter: `from` where Python must say `from_`."""
    return row.name.rstrip("_")


def call(view: View, question: Question, given: Mapping[str, Sequence[Any]]) -> Answer[Any]:
    """Return the answer to a question.

    Args:
        view: The graph.
        question: The question.
        given: The values of each parameter that is given, as texts or already of their type; `as_of` and `known_by`
            are days.

    Raises:
        ParametersError: One of them is not known, missing, out of bounds, or of another type.
        KeiretsuError: As the question raises.
    """
    listed, named, clocks = prepared(question, given)
    return question.ask(view, *listed, **named, clocks=clocks)


def prepared(question: Question, given: Mapping[str, Sequence[Any]]) -> tuple[list[Any], dict[str, Any], Clocks]:
    """Return what a question is asked with, each value of its type: positional values, named ones, and the clocks.

    Raises:
        ParametersError: As `call` raises.
    """
    rows = parameters_of(question.ask)
    faults = list(_strangers(question, rows, given))
    listed: list[Any] = []
    named: dict[str, Any] = {}
    for row in rows:
        values = given.get(name_of(row), ())
        try:
            found = [_read(row, value) for value in values]
            _see_number(row, found)
        except UsageError as error:
            faults.append(str(error))
            continue
        if row.several:
            listed = found
        elif found:
            named[row.name] = found[0]
    clocks = Clocks(*(_clock(name, given.get(name, ()), faults) for name in CLOCKS))
    if faults:
        raise ParametersError(faults)
    return listed, named, clocks


def _strangers(question: Question, rows: Sequence[Parameter], given: Mapping[str, Any]) -> Iterator[str]:
    known = [*map(name_of, rows), *CLOCKS]
    for name in sorted(set(given) - set(known)):
        shown = name[:60]
        yield f"{question.name} is not asked with {shown!r}{nearest(shown, known)}; it takes {', '.join(known)}"


def _see_number(row: Parameter, values: Sequence[Any]) -> None:
    """Raise where there are too few or too many values of a parameter."""
    if not values and (row.several or row.row.default is Row.empty):
        raise UsageError(f"{name_of(row)} is missing: {row.told.help}")
    if len(values) > (MOST if row.several else 1):
        most = f"at most {MOST} times" if row.several else "once"
        raise UsageError(f"{name_of(row)} is given {len(values)} times; it may be given {most}")


def _read(row: Parameter, value: Any) -> Any:
    """Return a value as the question takes it."""
    name, kinds = name_of(row), str(row.kind)
    if isinstance(value, str):
        see_text(name, value)
        value = _from_text(row, name, kinds, value)
    if (fault := row.fault(value)) is not None:
        raise UsageError(fault.replace(row.name, name, 1))
    if row.told.choices and value not in row.told.choices:
        raise UsageError(f"{name} is one of {', '.join(row.told.choices)}, not {value!r}")
    return value


def _from_text(row: Parameter, name: str, kinds: str, text: str) -> Any:
    if row.dated:
        return as_day(name, text)
    if "bool" in kinds:
        if text.lower() not in _WORDS:
            raise UsageError(f"{name} is true or false, not {text!r}")
        return _WORDS[text.lower()]
    if "int" in kinds and re.fullmatch(r"[+-]?\d{1,9}", text, re.ASCII):
        return int(text)
    if "float" in kinds and re.fullmatch(r"[+-]?\d{1,20}(\.\d{1,20})?([eE][+-]?\d{1,3})?", text, re.ASCII):
        return float(text)
    return text


def see_text(name: str, value: str) -> None:
    """Raise where a text is too long, or none at all.

    Raises:
        UsageError: It is.
    """
    if len(value) > LONGEST:
        raise UsageError(f"{name} has {len(value)} characters; at most {LONGEST} are taken")
    if re.search("[\x00\ud800-\udfff]", value):
        raise UsageError(f"{name} holds a character that is no text")


def _clock(name: str, values: Sequence[Any], faults: list[str]) -> date | None:
    if len(values) > 1:
        faults.append(f"{name} is given {len(values)} times; it may be given once")
        return None
    try:
        return as_day(name, values[0]) if values else None
    except UsageError as error:
        faults.append(str(error))
        return None


def as_day(name: str, value: Any) -> date | None:
    """Return a day that may be given as a text.

    Raises:
        UsageError: It is no day of the calendar.
    """
    if value is None or isinstance(value, date):
        return value
    try:
        if re.fullmatch(r"\d{4}-\d\d-\d\d", value, re.ASCII):
            return date.fromisoformat(value)
    except (TypeError, ValueError):
        pass
    raise UsageError(f"{name} is a day such as 2025-10-01, not {str(value)[:60]!r}")
