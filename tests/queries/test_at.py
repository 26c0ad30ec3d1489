"""How things stood on a day."""

from __future__ import annotations

from datetime import date

import pytest

from factories import a_statement, an_occurrence
from keiretsu.rendering import to_text
from keiretsu.terminal import Paper
from keiretsu_ontology.claims import Scope
from keiretsu_ontology.errors import UsageError
from keiretsu_queries.base import Answer, Clocks
from keiretsu_queries.questions import QUESTIONS
from keiretsu_queries.rows import rows_of
from keiretsu_queries.times.at import at as standing_at
from keiretsu_queries.times.at import day_and_name
from keiretsu_queries.times.states import StateOfThings
from timely import at, on, since, timely_view, view_of


def _standings(answer: Answer[StateOfThings]) -> dict[str, list[tuple[str, list[str]]]]:
    return {
        section.title: [(row.certainty, [line.claim.key for line in row.lines]) for row in section.standings]
        for section in answer.result.sections
    }


def test_a_company_on_a_day() -> None:
    """Units, people in office, stakes and listings: certain between two dates, possible without an end, or undated."""
    assert _standings(standing_at(timely_view(), "2023-09-11", "Harbor")) == {
        "Units and parts": [("possibly", ["sky-unit"])],
        "In office": [
            ("certainly", ["di-chairs"]), ("possibly", ["cy-leads", "cy-led-on"]), ("undated", ["flo-sits"]),
        ],
        "Stakes": [("possibly", ["stake"])],
        "Listings": [("certainly", ["listed"])],
    }  # fmt: skip


def test_the_day_before_another_led() -> None:
    """Bo led until 9 September 2023, and certainly so on the day; Cy only began on the next one."""
    before, later = (
        _standings(standing_at(timely_view(), day, "Harbor"))["In office"] for day in ("2023-09-09", "2026-01-01")
    )

    assert before[:2] == [("certainly", ["bo-led"]), ("certainly", ["di-chairs"])]
    assert [keys for _, keys in later] == [["di-chairs"], ["cy-leads", "cy-led-on"], ["flo-sits"]]


def test_an_end_told_elsewhere_counts() -> None:
    """One source tells the beginning, another one the end: afterwards it is no longer so; a later term is another."""
    view = view_of(
        a_statement("began", "bo", "chief_executive_of", "harbor", held=since("2015")),
        a_statement("ended", "bo", "chief_executive_of", "harbor", held=since("2015", "2020")),
        a_statement("again", "bo", "chief_executive_of", "harbor", held=since("2024")),
    )
    found = {year: _standings(standing_at(view, f"{year}-06-01", "Bo")) for year in (2018, 2022, 2025)}

    assert found == {
        2018: {"Offices": [("certainly", ["ended", "began"])]},
        2022: {},
        2025: {"Offices": [("possibly", ["again"])]},
    }


def test_products_are_out_from_their_launch_on() -> None:
    """Before a launch a product is not out; between the dates of two sources it possibly is; undated ones are told."""

    def out(day: str, name: str = "Harbor") -> dict[str, str]:
        return {row.entity.id: row.certainty for row in standing_at(timely_view(), day, name).result.products}

    assert out("2023-08-02") == {"gull": "no", "gull-30b": "no"}
    assert out("2023-08-03") == {"gull": "certainly", "gull-30b": "no"}
    assert out("2025-04-15")["gull-30b"] == "possibly"
    assert out("2025-04-30")["gull-30b"] == "certainly"
    assert out("2025-04-30", "Pier") == {"tern": "undated"}
    assert out("2024-01-01", "Gull") == {"gull": "certainly", "gull-30b": "no"}


def test_a_launch_abroad_is_another_launch() -> None:
    """What came out at home was out, whenever it is to come out abroad."""
    view = view_of(
        an_occurrence("home", "launch", {"tern": "product"}, held=at("2024-01-01")),
        an_occurrence("abroad", "launch", {"tern": "product"}, held=at("2026-01-01"), scope=Scope(place="mill")),
    )

    assert [row.certainty for row in standing_at(view, "2025-01-01", "Tern").result.products] == ["certainly"]


def test_figures_are_of_periods_that_were_over() -> None:
    """In the autumn of 2025 the spring quarter is the newest that was over."""
    answer = standing_at(timely_view(), "2025-08-15", "Harbor")
    newest = {line.claim.key for row in answer.result.figures for point in row.points for line in point.lines}

    assert newest == {"h-25-spring", "h-year", "h-margin-24", "h-net-24"}


def test_the_second_clock_is_asked_by_known_by() -> None:
    """What was so on a day but published later was not known then."""
    known = standing_at(timely_view(), "2025-05-01", "Gull-30B", clocks=Clocks(known_by=date(2025, 6, 1)))

    assert [claim.key for claim in known.claims] == ["gull-30b-late"]
    assert (
        standing_at(timely_view(), "2025-05-01", "Harbor", clocks=Clocks(known_by=date(2020, 1, 1))).state
        == "not known"
    )


def test_day_and_name_come_in_any_order() -> None:
    """What looks like a day is the day."""
    assert day_and_name("2023-09-11", "Harbor") == day_and_name("Harbor", "2023-09-11") == (date(2023, 9, 11), "Harbor")
    assert day_and_name(date(2023, 9, 11), "Harbor")[0] == date(2023, 9, 11)


@pytest.mark.parametrize(
    ("one", "other", "told"),
    [("2023-02-30", "Harbor", "no day '2023-02-30'"), ("Harbor", "Pier", "neither 'Harbor' nor 'Pier' is a day"),
     ("2023", "Harbor", "is a day such as"), ("", "", "is a day such as")],
)  # fmt: skip
def test_a_bad_day_is_a_misuse(one: str, other: str, told: str) -> None:
    """No day is guessed."""
    with pytest.raises(UsageError, match=told):
        standing_at(timely_view(), one, other)


def test_two_days_are_a_misuse() -> None:
    """The day of the question and that of the first clock are one."""
    with pytest.raises(UsageError, match="one day is enough"):
        standing_at(timely_view(), "2023-09-11", "Harbor", clocks=Clocks(as_of=date(2024, 1, 1)))
    assert standing_at(timely_view(), "2023-09-11", "Harbor", clocks=Clocks(as_of=date(2023, 9, 11))).claims


def test_what_is_known_of_another_day_only_stands_apart() -> None:
    """A stake on one day in 2023 says little of 1990: it is told in short, with its day."""
    view = view_of(a_statement("stake", "harbor", "owns_stake_in", "pier", held=on("2023-09-26")))
    text = to_text("at", standing_at(view, "1990-01-01", "Harbor"), Paper(100, colour=False))

    assert "  known of other days only: holds a stake in Pier, 2023-09-26 [stake]" in text


def test_wishes_are_left_out_and_counted() -> None:
    """Opinions and forecasts make no state of things."""
    answer = standing_at(timely_view(), "2025-10-01", "Harbor")

    assert "rivals" not in [claim.key for claim in answer.claims]
    assert answer.notes == ("2 forecasts, opinions, plans and claims put aside are left out",)


def test_rows_tell_the_standing_of_each_claim() -> None:
    """A program gets every claim with its heading and how it stood."""
    rows = rows_of(QUESTIONS["at"], standing_at(timely_view(), "2023-09-11", "Harbor")).to_dicts()

    assert {row["claim"]: (row["heading"], row["standing"]) for row in rows}["gull-out"] == ("Products", "certainly")
    assert {row["claim"] for row in rows} == {c.key for c in standing_at(timely_view(), "2023-09-11", "Harbor").claims}
