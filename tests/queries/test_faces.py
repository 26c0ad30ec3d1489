"""What every question must offer, so that every face can show it."""

from __future__ import annotations

import csv
import inspect
import io
from decimal import Decimal
from typing import get_type_hints

import pytest

from keiretsu_graph.sqlite import SqliteView
from keiretsu_queries.parameters import Param
from keiretsu_queries.questions import QUESTIONS
from keiretsu_queries.rows import claims_table, rows_of, to_csv
from keiretsu_queries.sheets import Said, Table, apart, line, spans, table


@pytest.mark.parametrize("name", QUESTIONS)
def test_every_parameter_is_told(name: str) -> None:
    """Each parameter of a question carries its help, each question two clocks and what lays its answer out."""
    question = QUESTIONS[name]
    rows = inspect.signature(question.ask).parameters
    hints = get_type_hints(question.ask, include_extras=True)

    assert next(iter(rows)) == "view"
    assert rows["clocks"].kind is inspect.Parameter.KEYWORD_ONLY
    for parameter in set(rows) - {"view", "clocks"}:
        assert any(isinstance(extra, Param) for extra in hints[parameter].__metadata__), parameter
    assert callable(question.tell)
    assert all(example.split()[0] == name for example in question.examples)


def test_an_answer_is_laid_out_in_blocks(small_view: SqliteView) -> None:
    """Each claim that makes a partner stands under it with who says so."""
    question = QUESTIONS["partners"]
    blocks = list(question.tell(question.ask(small_view, "North")))

    assert [block.claim.key for block in blocks if isinstance(block, Said)] == ["north-south"]


def test_rows_are_the_table_or_the_claims(small_view: SqliteView) -> None:
    """An answer with a table gives its rows; any other gives its claims, with exact numbers."""
    find, partners, metrics = QUESTIONS["find"], QUESTIONS["partners"], QUESTIONS["metrics"]

    assert rows_of(find, find.ask(small_view, "North")).to_dicts()[0]["id"] == "north"
    assert [row["claim"] for row in rows_of(partners, partners.ask(small_view, "North")).to_dicts()] == ["north-south"]
    rows = claims_table(metrics.ask(small_view, "North")).to_dicts()
    assert {row["claim"]: row["value"] for row in rows}["sales-own"] == Decimal("3000000000")


def test_csv_runs_nothing(small_view: SqliteView) -> None:
    """A cell that a spreadsheet would take for a formula is plain text; nothing known gives the head alone."""
    question = QUESTIONS["show"]
    known = list(csv.DictReader(io.StringIO(to_csv(question, question.ask(small_view, "North")))))
    nothing = to_csv(question, question.ask(small_view, "=cmd()")).splitlines()

    assert {row["claim"] for row in known} >= {"north-south", "sales-own"}
    assert len(nothing) == 1


def test_blocks_are_made_in_one_line() -> None:
    """The short makers give what the long ones give."""
    assert line("x", 2).text == "x"
    assert spans("a", ("b", "name")).text == "ab"
    assert table({"a": "A"}, [[1]]).to_dicts() == [{"a": 1}]
    assert isinstance(table({"a": "A"}, []), Table)
    assert [block for block in apart([[line("x")], [line("y")]]) if not getattr(block, "spans", ())] != []
