"""Where claims disagree: sides, voices, distance, and what is settled or explained."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from factories import a_when, an_observation, an_occurrence
from keiretsu_graph.view import View
from keiretsu_ontology.dates import Held
from keiretsu_ontology.errors import UsageError
from keiretsu_ontology.values import Quantity
from keiretsu_queries.base import Answer, Clocks
from keiretsu_queries.doubts.conflicts import conflicts
from keiretsu_queries.doubts.differences import Apart, apart, apart_words, rounded, short_words
from keiretsu_queries.doubts.disputes import Dispute
from keiretsu_queries.figures.metrics import metrics
from keiretsu_queries.questions import QUESTIONS
from keiretsu_queries.records import answer_record
from keiretsu_queries.sheets import Table


def _by_id(answer: Answer[tuple[Dispute, ...]]) -> dict[str, Dispute]:
    return {dispute.conflict.id: dispute for dispute in answer.result}


def _revenue(news: View) -> Dispute:
    (found,) = conflicts(news, why="value").result
    return found


def test_sides_say_the_same_and_count_independent_voices(news: View) -> None:
    """A wire that passes the company on is no second voice; two papers of their own knowledge are two."""
    sides = _revenue(news).sides

    assert [(side.says, [claim.key for claim in side.claims], side.voices) for side in sides] == [
        ("4 billion USD", ["rev-daily", "rev-herald"], 2),
        ("3.00 billion USD", ["rev-filing", "rev-wire"], 1),
    ]


def test_figures_differ_by_an_amount_and_a_share(news: View) -> None:
    """The distance stands in the one unit, as a share of the lesser, and says whether rounding would explain it."""
    found = _revenue(news).apart

    assert found == Apart(Decimal(1000000000), "USD", Decimal(33), bounds=False, rounding=False)
    assert (apart_words(found), short_words(found)) == ("1 billion USD (33%)", "33%")


def test_dates_differ_by_days(news: View) -> None:
    """Two days of one launch are a day apart, whoever names the maker."""
    assert _by_id(conflicts(news))["spark-date"].apart == Apart(least_days=1, most_days=1)


def test_what_is_settled_is_counted_and_shown_on_request(news: View) -> None:
    """A conflict whose other sides were outranked is no open one; with it stands the curator's reason."""
    plain, full = conflicts(news), conflicts(news, settled=True)

    assert set(_by_id(full)) - set(_by_id(plain)) == {"lab-owner"}
    assert "1 settled by rank: --settled shows it" in plain.notes
    settled = full.result[-1]
    assert (settled.standing, [(row.claim.key, row.reason) for row in settled.settled]) == (
        "settled", [("lab-acme", "the filing is later")],
    )  # fmt: skip
    assert [side.stands for side in settled.sides] == [True, False]


def test_a_settled_conflict_makes_nothing_conflicting(news: View) -> None:
    """Asked for alone it is known; among the open ones it does not count."""
    alone = conflicts(news, "lab-owner")

    assert (alone.state, alone.disputed) == ("known", ())
    assert conflicts(news, "lab").state == "not known"
    assert "1 settled by rank: --settled shows it" in conflicts(news, "lab").instead


def test_an_explained_difference_is_no_conflict(news: View, monkeypatch: pytest.MonkeyPatch) -> None:
    """Differences of definition or conversion are apart, and make no answer conflicting."""
    monkeypatch.setattr("keiretsu_queries.standing.EXPLAINED", frozenset({"value"}))

    assert "value" not in {dispute.conflict.why for dispute in conflicts(news).result}
    assert "1 explained difference: --explained shows it" in conflicts(news).notes
    assert [row.standing for row in conflicts(news, explained=True).result] == ["open", "open", "explained"]
    figures = metrics(news, "acme", metric="revenue")
    assert figures.state == "known"
    assert all(
        not line.conflicts for series in figures.result.series for point in series.points for line in point.lines
    )


def test_only_sides_that_pass_the_clocks_count(news: View) -> None:
    """Before the daily came out, nobody contradicted the filing."""
    early = Clocks(known_by=date(2025, 10, 10))

    assert conflicts(news, "acme", clocks=early).state == "not known"
    later = conflicts(news, "acme", clocks=Clocks(known_by=date(2025, 10, 20)))
    revenue = next(dispute for dispute in later.result if dispute.conflict.why == "value")
    assert {side.says: side.voices for side in revenue.sides} == {"3.00 billion USD": 1, "4 billion USD": 1}


def test_an_unknown_reason_is_told_with_the_nearest() -> None:
    """A slip is a misuse with a suggestion."""
    with pytest.raises(UsageError, match="did you mean 'value'"):
        conflicts(None, why="valu")  # type: ignore[arg-type]


def test_the_table_has_all_and_the_first_are_told_in_full(news: View) -> None:
    """With many conflicts the page stays short, and says how the others are seen."""
    question = QUESTIONS["conflicts"]
    answer = conflicts(news, limit=1)
    (table,) = (block for block in question.tell(answer) if isinstance(block, Table))

    assert len(table.rows) == len(answer.result) == 3
    assert [dispute.full for dispute in answer.result] == [True, False, False]
    assert "2 more in the table alone: --limit 0, or keiretsu conflicts ID" in answer.notes
    assert {row["conflict"]: row["apart"] for row in table.to_dicts()}["spark-date"] == "1 day"


def test_plain_data_say_how_a_conflict_stands(news: View) -> None:
    """Programs read the standing of each conflict beside it."""
    record = answer_record(conflicts(news, settled=True))

    assert {row["id"]: row["standing"] for row in record["conflicts"]}["lab-owner"] == "settled"


@pytest.mark.parametrize(
    ("one", "other", "explained"),
    [
        (("2.9", "billion"), ("2895", "million"), "by rounding"),
        (("2.95", "billion"), ("2895", "million"), "not at all"),
        (("30", "billion"), ("30.5", "billion"), "by rounding"),
        (("30", "billion"), ("30.6", "billion"), "not at all"),
    ],
)
def test_rounding_is_half_of_the_last_digit(one: tuple[str, str], other: tuple[str, str], explained: str) -> None:
    """What a coarser figure may have been rounded from explains the difference; more does not."""
    first, second = (Quantity(digits, "USD", scale=scale) for digits, scale in (one, other))

    assert rounded(first, second) is rounded(second, first) is (explained == "by rounding")


def test_unlike_units_have_no_distance() -> None:
    """Money and people are not set beside each other, nor a value and a change."""
    money = an_observation("a", "north", "revenue", quantity=Quantity("1", "USD"))
    people = an_observation("b", "north", "revenue", quantity=Quantity("1", "users"))
    change = an_observation("c", "north", "revenue", measure="change", quantity=Quantity("1", "USD"))

    assert apart([money, people], "value") is apart([money, change], "value") is None


def test_uncertain_dates_are_apart_by_a_range() -> None:
    """October and November of one year are one to sixty days apart."""
    months = [
        a_when("2023-10", date(2023, 10, 1), date(2023, 10, 31)),
        a_when("2023-11", date(2023, 11, 1), date(2023, 11, 30)),
    ]
    first, second = (
        an_occurrence(str(n), "launch", {"spark": "product"}, held=Held(when, when)) for n, when in enumerate(months)
    )

    found = apart([first, second], "value")
    assert (found, apart_words(found)) == (Apart(least_days=1, most_days=60), "1 to 60 days")
