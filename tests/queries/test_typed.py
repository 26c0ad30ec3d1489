"""A question as it is typed becomes what programs ask, without a shell and without being asked."""

from __future__ import annotations

import re

import pytest

from examples import EXAMPLES, call_of
from keiretsu_ontology.errors import UsageError
from keiretsu_queries.base import Clocks
from keiretsu_queries.calling import name_of, prepared
from keiretsu_queries.parameters import parameters_of
from keiretsu_queries.questions import QUESTIONS
from keiretsu_queries.typed import read_typed

ASKABLE = [example.replace(" --json", "") for example in EXAMPLES if "--as-of" not in example]


@pytest.mark.parametrize("example", ASKABLE)
def test_examples_are_read_as_the_command_line_reads_them(example: str) -> None:
    """Every example of every question, with the values that its command would be given."""
    question, wanted = call_of(example)
    listed, named, _ = prepared(*read_typed(example))

    rows = {name_of(row): row for row in parameters_of(question.ask)}
    several = next((name for name, row in rows.items() if row.several), None)
    assert read_typed(example).question is question
    assert listed == wanted.pop(several or "", [])
    typed = {name_of(rows[name.rstrip("_")]): value for name, value in named.items()}
    assert {name: str(value) for name, value in typed.items()} == {name: str(value) for name, value in wanted.items()}


def test_there_are_examples() -> None:
    """Nearly all examples can be kept in a view."""
    assert len(ASKABLE) >= 45


@pytest.mark.parametrize(
    ("text", "given"),
    [
        ("path NBA Bosch -n 2", {"start": ("NBA",), "end": ("Bosch",), "limit": ("2",)}),
        ("path NBA Bosch -n2", {"start": ("NBA",), "end": ("Bosch",), "limit": ("2",)}),
        ("path --limit=2 'N B A' Bosch", {"start": ("N B A",), "end": ("Bosch",), "limit": ("2",)}),
        ("show -- --help", {"name": ("--help",)}),
        ("show -", {"name": ("-",)}),
        ('show "<script>alert(1)</script>"', {"name": ("<script>alert(1)</script>",)}),
        ("show '$(id)'", {"name": ("$(id)",)}),
        ("depends A --stated-only", {"name": ("A",), "stated_only": ("true",)}),
    ],
)
def test_options_may_be_written_in_every_way(text: str, given: dict[str, tuple[str, ...]]) -> None:
    """Short and long, joined or apart; what a shell would run is only a text."""
    assert read_typed(text).given == given


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "no question ''"),
        ("paht NBA Bosch", "no question 'paht'; did you mean 'path'?"),
        ("path NBA", "end is missing"),
        ("path", "start is missing: A name, alias, id or identifier.; end is missing"),
        ("path NBA Bosch Qwen", "path does not take 'Qwen'"),
        ("path NBA Bosch --limt 2", "path has no option '--limt'; did you mean '--limit'?"),
        ("path NBA Bosch --limit", "--limit needs a value"),
        ("path NBA Bosch --limit many", "limit is a whole number"),
        ("path NBA Bosch --limit 0", "limit is a whole number from 1"),
        ("path NBA Bosch --limit 1 --limit 2", "limit is given 2 times"),
        ("path NBA Bosch --stated-only=yes", "--stated-only takes no value"),
        ("path NBA Bosch --as-of 2025-10-01", "write it beside it, as as_of: 2025-10-01"),
        ("path NBA Bosch --json", "path has no option '--json'"),
        ("path NBA Bosch -x", "path has no option '-x'"),
        ("central --top 0", "top is a whole number from 1"),
        ("changes --since soon", "since is a day"),
        ("show 'A", "a quotation mark is not closed"),
        (f"show {'x' * 501}", "at most 500"),
        ("show a\0b", "a character that is no text"),
        ("common " + "a " * 21, "names is given 21 times"),
    ],
)
def test_what_cannot_be_asked_is_told(text: str, says: str) -> None:
    """The fault is named, with what was probably meant."""
    with pytest.raises(UsageError, match=re.escape(says)):
        read_typed(text)


def test_what_is_read_can_be_asked() -> None:
    """Values have their types once they are prepared."""
    listed, named, clocks = prepared(QUESTIONS["path"], read_typed("path NBA Bosch --limit 2").given)

    assert (listed, named, clocks) == ([], {"start": "NBA", "end": "Bosch", "limit": 2}, Clocks())
