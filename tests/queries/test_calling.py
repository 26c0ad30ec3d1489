"""Asking a question by plain data: every parameter by its name, every fault at once."""

from __future__ import annotations

from datetime import date

import pytest

from keiretsu_graph.sqlite import SqliteView
from keiretsu_queries.base import Clocks
from keiretsu_queries.calling import ParametersError, call
from keiretsu_queries.questions import QUESTIONS
from keiretsu_queries.records import answer_record


def test_texts_are_read_as_the_question_takes_them(small_view: SqliteView) -> None:
    """Numbers, days and yes or no may be given as texts; the answer is that of the call in Python."""
    given = {"name": ["alibaba"], "stated_only": ["true"], "limit": ["3"], "as_of": ["2025-10-01"]}

    found = call(small_view, QUESTIONS["show"], given)

    asked = QUESTIONS["show"].ask
    told = asked(small_view, "alibaba", stated_only=True, limit=3, clocks=Clocks(date(2025, 10, 1), None))
    assert answer_record(found) == answer_record(told)


def test_values_of_their_type_are_taken_as_they_are(small_view: SqliteView) -> None:
    """A program may give numbers and truths as such, and several values of what takes several."""
    one = call(small_view, QUESTIONS["common"], {"names": ["alibaba", "bosch"], "limit": [3], "stated_only": [True]})
    other = call(small_view, QUESTIONS["common"], {"names": ["alibaba", "bosch"], "limit": ["3"], "stated_only": ["1"]})

    assert answer_record(one) == answer_record(other)


def test_every_fault_is_told_at_once(small_view: SqliteView) -> None:
    """What is unknown, missing, of another type and given twice is told together, with what was probably meant."""
    given: dict[str, list[object]] = {
        "nam": ["x"],
        "limit": ["many"],
        "stated_only": ["maybe", "no"],
        "as_of": ["2025-13-01"],
        "known_by": [7],
    }

    with pytest.raises(ParametersError) as found:
        call(small_view, QUESTIONS["show"], given)

    assert found.value.faults == (
        "show is not asked with 'nam'; did you mean 'name'?; it takes name, only, about, stated_only, limit, as_of, "
        "known_by",
        "name is missing: A name, alias, id or identifier.",
        "stated_only is true or false, not 'maybe'",
        "limit is a whole number, not 'many'",
        "as_of is a day such as 2025-10-01, not '2025-13-01'",
        "known_by is a day such as 2025-10-01, not '7'",
    )


@pytest.mark.parametrize(
    ("question", "given", "fault"),
    [
        ("show", {"name": ["a", "b"]}, "name is given 2 times; it may be given once"),
        ("common", {"names": ["a"] * 21}, "names is given 21 times; it may be given at most 20 times"),
        ("common", {}, "names is missing: Names, aliases, ids or identifiers."),
        ("show", {"name": ["x" * 501]}, "name has 501 characters; at most 500 are taken"),
        ("show", {"name": ["a\x00b"]}, "name holds a character that is no text"),
        ("show", {"name": ["\ud800"]}, "name holds a character that is no text"),
        ("show", {"name": [["a"]]}, "name is a text, not ['a']"),
        ("find", {"text": ["a"], "limit": [True]}, "limit is a whole number, not True"),
        ("find", {"text": ["a"], "limit": ["9" * 400]}, f"limit is a whole number, not '{'9' * 400}'"),
        ("find", {"text": ["a"], "limit": ["٣"]}, "limit is a whole number, not '٣'"),
        ("find", {"text": ["a"], "limit": ["0"]}, "limit is a whole number from 1 to 1000, not 0"),
        ("timeline", {"names": ["a"], "from": ["2025-1-1"]}, "from is a day such as 2025-10-01, not '2025-1-1'"),
    ],
)
def test_what_is_out_of_bounds_is_refused(
    small_view: SqliteView, question: str, given: dict[str, list[object]], fault: str
) -> None:
    """Too many, too long, of another type, or no text at all."""
    with pytest.raises(ParametersError) as found:
        call(small_view, QUESTIONS[question], given)

    assert fault in found.value.faults
