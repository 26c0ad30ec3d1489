"""List: which things of a kind are there, how many, and which is the largest or newest."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from archipelago import SPRING, SUMMER, archipelago, tides
from factories import a_statement
from keiretsu_graph.build import build
from keiretsu_graph.sqlite import SqliteView
from keiretsu_ontology.dates import Held, When
from keiretsu_ontology.errors import UsageError
from keiretsu_queries.base import Answer, Clocks
from keiretsu_queries.questions import QUESTIONS
from keiretsu_queries.rows import rows_of
from keiretsu_queries.sheets import Bars, Table
from keiretsu_queries.things.catalogue import Catalogue, tell_list
from keiretsu_queries.things.lists import list as listed
from keiretsu_queries.words.kinds import kinds_named


def _ids(answer: Answer[Catalogue]) -> tuple[str, ...]:
    return tuple(row.entity.id for row in answer.result.things)


def _boards(answer: Answer[Catalogue]) -> dict[str, tuple[str, ...]]:
    return {board.label: tuple(entry.entity.id for entry in board.entries) for board in answer.result.boards}


@pytest.mark.parametrize(
    ("word", "kinds"),
    [
        ("chips", ("chip",)), ("Chip", ("chip",)), ("models", ("ai_model",)), ("AI models", ("ai_model",)),
        ("ai_model", ("ai_model",)), ("AI model families", ("model_family",)), ("people", ("person",)),
        ("business units", ("business_unit",)), ("units", ("business_unit",)), ("policies", ("policy",)),
        ("apps", ("application",)), ("people and voices", ("person", "voice")),
    ],
)  # fmt: skip
def test_kinds_have_many_words(word: str, kinds: tuple[str, ...]) -> None:
    """A label, its plural, the name in the model, a family or a common word."""
    assert kinds_named(word).kinds == kinds


def test_a_kind_holds_what_is_of_it() -> None:
    """Products are chips, models and all others; organisations are companies and all others."""
    assert {"chip", "ai_model", "product"} <= set(kinds_named("products").kinds)
    assert {"company", "business_unit"} <= set(kinds_named("organizations").kinds)


@pytest.mark.parametrize("word", ["chps", "modles", "'; DROP TABLE entity; --", "x" * 10_000, ""])
def test_an_unknown_kind_is_a_misuse(sea: SqliteView, word: str) -> None:
    """Nothing is guessed; the kinds there are are told."""
    with pytest.raises(UsageError, match="there are agents"):
        listed(sea, word)


def test_the_first_line_says_how_many(sea: SqliteView) -> None:
    """Things of a kind by name, how many, the newest and the oldest, each with where it belongs and since when."""
    answer = listed(sea, "models")

    assert _ids(answer) == ("pearl-1", "pearl-2", "pearl-3")
    assert (answer.result.headline, answer.result.extremes) == (
        "3 AI models", "2 dated; newest: Pearl-2 (2025-07); oldest: Pearl-1 (2025-03-01)",
    )  # fmt: skip
    assert [tie.relation for row in answer.result.things for tie in row.ties] == ["develops"] * 3
    assert "1 AI model family fits too and is counted apart: keiretsu list 'AI model families'" in answer.notes


def test_a_thing_without_claims_is_known_all_the_same(sea: SqliteView) -> None:
    """That there is such a thing is known where it is named; under a clock it takes a claim that speaks of it."""
    assert _ids(listed(sea, "people")) == ("quay", "kim", "lee")
    assert listed(sea, "people").state == "known"
    assert _ids(listed(sea, "people", clocks=Clocks(as_of=date(2025, 5, 1)))) == ("kim", "lee")
    assert listed(sea, "people", clocks=Clocks(known_by=date(2025, 1, 1))).state == "not known"


@pytest.mark.parametrize("relation", ["developed_by", "is developed by", "develops"])
def test_a_relation_is_read_from_either_side(sea: SqliteView, relation: str) -> None:
    """A chip cannot develop; it is developed, whichever way it is asked."""
    answer = listed(sea, "chips", relation=relation, of="Atoll")

    assert _ids(answer) == ("opal",)
    assert answer.result.headline == "1 chip: each is developed by Atoll"


def test_units_and_members_count_with_the_whole(sea: SqliteView) -> None:
    """What a unit develops, its group has; who serves a unit, serves the group; members of a family are its own."""
    assert _ids(listed(sea, "models", relation="developed_by", of="Reef")) == ("pearl-1", "pearl-2", "pearl-3")
    assert _ids(listed(sea, "people", of="Reef")) == ("kim", "lee")
    assert _ids(listed(sea, "AI models", of="Pearl")) == ("pearl-1", "pearl-2", "pearl-3")
    assert _ids(listed(sea, "customers", of="Reef")) == ("marsh",)


def test_derived_ties_name_their_rule_and_can_be_left_out(sea: SqliteView) -> None:
    """A customer by a deal is marked by its rule; without derived ties there is none."""
    rows = rows_of(QUESTIONS["list"], listed(sea, "customers", of="Reef")).to_dicts()

    assert [(row["id"], row["rule"], row["rests_on"]) for row in rows] == [
        ("marsh", "deal", "coral-unit marsh-coral"),
    ]  # fmt: skip
    assert listed(sea, "customers", of="Reef", stated_only=True).state == "not known"


def test_without_a_relation_any_tie_is_taken_where_nothing_belongs(sea: SqliteView) -> None:
    """Ferry owns no company, yet companies are tied to it."""
    assert _ids(listed(sea, "companies", of="Ferry")) == ("delta", "reef")


def test_what_is_only_claimed_is_not_counted(sea: SqliteView) -> None:
    """That delta develops a chip is an opinion: it stands at the end, marked."""
    answer = listed(sea, "companies", relation="develops")

    assert answer.result.headline == "2 companies: each develops something; 1 more only claimed"
    assert [(row.entity.id, row.claimed) for row in answer.result.things] == [
        ("atoll", False), ("reef", False), ("delta", True),
    ]  # fmt: skip
    alone = listed(sea, "companies", relation="competitor_of")
    assert (alone.state, alone.result.total) == ("only claimed", 0)


def test_days_leave_out_the_undated_and_say_so(sea: SqliteView) -> None:
    """Launched since a day: surely, possibly, or not; what nobody dates is counted apart. The newest comes first."""
    answer = listed(sea, "models", since=date(2025, 2, 1))
    possibly = listed(sea, "models", since=date(2025, 7, 15))

    assert (answer.result.headline, _ids(answer)) == (
        "2 AI models launched since 2025-02-01", ("pearl-2", "pearl-1"),
    )  # fmt: skip
    assert "1 AI model besides is of no known date" in answer.notes
    assert [(row.entity.id, row.doubt) for row in possibly.result.things] == [("pearl-2", "possibly in this time")]
    assert listed(sea, "models", until=date(2024, 1, 1)).state == "not known"
    with pytest.raises(UsageError, match="ends before it begins"):
        listed(sea, "models", since=date(2025, 2, 1), until=date(2025, 1, 1))


def test_only_comparable_figures_are_ranked(sea: SqliteView) -> None:
    """Scores of one benchmark in one unit stand together; another unit or benchmark and a forecast stand apart."""
    answer = listed(sea, "models", metric="benchmark-score")

    assert _boards(answer) == {
        "percent, on Exam": ("pearl-3", "pearl-1"), "percent, on Quiz": ("pearl-1",), "points, on Exam": ("pearl-2",),
        "percent, on Exam, forecast": ("pearl-2",),
    }  # fmt: skip
    assert [board.why for board in answer.result.boards] == [
        None, "different scopes", "different units: percent and points", "each is a forecast, no fact",
    ]  # fmt: skip
    assert answer.result.extremes == (
        "3 with a figure for benchmark score, 2 of them comparable (percent, on Exam); highest: Pearl-3 (72.5%); "
        "lowest: Pearl-1 (70%)"
    )


def test_a_leaderboard_of_one_benchmark(sea: SqliteView) -> None:
    """Figures are for the benchmark that is named; one that nobody was tested on is not known, with what is."""
    assert set(_boards(listed(sea, "models", metric="benchmark score", on="Quiz"))) == {"percent, on Quiz"}
    unknown = listed(sea, "models", metric="parameters", on="Exam")
    assert (unknown.state, unknown.instead) == (
        "not known", ("no figure for parameters on Exam is known of 3 AI models",
                      "there is: benchmark score (5), parameters (3)"),
    )  # fmt: skip
    with pytest.raises(UsageError, match="needs a metric"):
        listed(sea, "models", on="Exam")


def test_nobody_knows_how_much_more_over_is(sea: SqliteView) -> None:
    """Over 30 billion may be more than 32 billion, so either may be the highest; the lowest is sure."""
    answer = listed(sea, "models", metric="parameters")

    assert answer.result.extremes == (
        "3 with a figure for parameters (parameters); highest: one of Pearl-3 (32 billion parameters), "
        "Pearl-2 (over 30 billion parameters); lowest: Pearl-1 (7 billion parameters)"
    )
    (bars,) = [block for block in tell_list(answer) if isinstance(block, Bars)]
    assert [bar.label for bar in bars.bars] == ["Pearl-3", "Pearl-2", "Pearl-1"]


def test_a_tie_to_a_unit_is_never_hidden(sea: SqliteView) -> None:
    """What all have in common is left to the headline only where the headline says it: a unit is not the group."""

    def ties(**asked: str) -> list[object]:
        return [row["tie"] for row in rows_of(QUESTIONS["list"], listed(sea, "models", **asked)).to_dicts()]  # type: ignore[arg-type]

    assert ties(of="Pearl") == [None, None, None]
    assert ties(relation="offered_by", of="Reef") == ["is offered by Coral"]


def test_rows_hold_every_board(sea: SqliteView) -> None:
    """As CSV or a frame, the figures of all boards stand in one table that says what each is compared with."""
    rows = rows_of(QUESTIONS["list"], listed(sea, "models", metric="benchmark-score")).to_dicts()

    assert [(row["id"], row["amount"], row["compared"]) for row in rows] == [
        ("pearl-3", Decimal("72.5"), "percent, on Exam"), ("pearl-1", Decimal("70"), "percent, on Exam"),
        ("pearl-1", Decimal("9"), "percent, on Quiz"), ("pearl-2", Decimal("80"), "points, on Exam"),
        ("pearl-2", Decimal("99"), "percent, on Exam, forecast"),
    ]  # fmt: skip


def test_figures_that_disagree_stand_side_by_side(sea: SqliteView) -> None:
    """Both sides of a conflict are on the board, marked; other currencies stand apart."""
    answer = listed(sea, "companies", metric="revenue")

    assert answer.state == "conflicting"
    first = answer.result.boards[0]
    assert [(entry.written, entry.disputed) for entry in first.entries] == [
        ("6 billion CNY", True), ("5 billion CNY", True),
    ]  # fmt: skip
    assert [board.why for board in answer.result.boards] == [None, "different units: CNY and USD"]


def test_a_short_list_says_how_many_are_left(sea: SqliteView) -> None:
    """The table has so many rows as were asked for; the first line counts all."""
    answer = listed(sea, "companies", limit=2)

    assert (answer.result.headline, _ids(answer), answer.result.left) == ("7 companies", ("atoll", "creek"), 5)
    assert "... and 5 more: --limit 7" in [getattr(block, "text", "") for block in tell_list(answer)]


def test_programs_see_more_columns_than_people(sea: SqliteView) -> None:
    """Ids and all keys are in the rows; on a page they would only take room."""
    answer = listed(sea, "chips")
    (shown,) = [block for block in tell_list(answer) if isinstance(block, Table)]

    assert shown.to_dicts()[0] | {"id": "opal", "rests_on": "atoll-opal"} == shown.to_dicts()[0]
    assert not {"id", "rests_on"} & {column.name for column in shown.to_people().columns}


@pytest.mark.parametrize("more", [{"sort": "size"}, {"sort": "value"}, {"relation": "develps"}, {"metric": "revenu"}])
def test_a_slip_is_told(sea: SqliteView, more: dict[str, str]) -> None:
    """An order, relation or metric that is not there is a misuse."""
    with pytest.raises(UsageError):
        listed(sea, "models", **more)  # type: ignore[arg-type]


def test_orders(sea: SqliteView) -> None:
    """By name, by date with the undated last, by value."""
    assert _ids(listed(sea, "models", sort="date")) == ("pearl-2", "pearl-1", "pearl-3")
    assert _ids(listed(sea, "models", metric="parameters")) == ("pearl-3", "pearl-2", "pearl-1")
    assert _ids(listed(sea, "models", metric="parameters", sort="name")) == ("pearl-1", "pearl-2", "pearl-3")


def test_names_are_looked_up_as_text(sea: SqliteView) -> None:
    """A name that nothing has is not known; markup in a name stays text."""
    assert listed(sea, "chips", of="<script>alert(1)</script>").state == "not known"
    assert "<b>Quay</b>" in [row.entity.name for row in listed(sea, "people").result.things]


def test_a_ring_of_units_ends(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Two that are each other's unit are walked once."""
    claims = [*tides(), a_statement("ring", "reef", "unit_of", "coral")]
    view = SqliteView.open(build(archipelago(claims), tmp_path_factory.mktemp("ring") / "out").sqlite)

    assert _ids(listed(view, "people", of="Coral")) == ("kim", "lee")


def test_an_office_stands_with_its_time(tmp_path: Path) -> None:
    """When a tie began or ended is told with it; an end is no beginning, and a day on which it held is neither."""
    seen = Held(When("../2025-03-01", None, date(2025, 3, 1)), When("2025-03-01/..", date(2025, 3, 1), None))
    offices = [
        a_statement("quay-led", "quay", "chair_of", "reef", held=Held(None, SPRING)),
        a_statement("quay-seen", "quay", "director_of", "atoll", held=seen),
        a_statement("lee-leads", "lee", "chair_of", "coral", held=Held(SUMMER, None)),
    ]
    view = SqliteView.open(build(archipelago([*tides(), *offices]), tmp_path / "out").sqlite)
    rows = rows_of(QUESTIONS["list"], listed(view, "people", of="Reef")).to_dicts()
    atoll = rows_of(QUESTIONS["list"], listed(view, "people", of="Atoll")).to_dicts()

    assert {row["id"]: row["tie"] for row in (*rows, *atoll)} == {
        "kim": "is chief executive of Reef Group",
        "lee": "chairs Coral (since 2025-07), is an officer of Coral (chief scientist)",
        "quay": "is a director of Atoll (on 2025-03-01)",
    }
    assert [row["tie"] for row in rows if row["id"] == "quay"] == ["chairs Reef Group (until 2025-03-01)"]
    assert [_ids(listed(view, "people", of="Reef", since=date(2025, 1, 1)))] == [("lee",)]
