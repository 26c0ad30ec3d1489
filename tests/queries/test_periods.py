"""Periods as people call them."""

from __future__ import annotations

from datetime import date

import pytest

from factories import a_statement, an_entity
from keiretsu_ontology.dates import Period
from keiretsu_queries.figures.periods import asked_period, days_words, earlier, fiscal_year_ends, label_of
from timely import period, timely_view, view_of


@pytest.mark.parametrize(
    ("text", "year", "label"),
    [
        ("2025-Q3", "03-31", "FY2026 Q2"), ("2025-Q1", "03-31", "FY2025 Q4"), ("2025-04/2025-09", "03-31", "FY2026 H1"),
        ("2024-04/2025-03", "03-31", "FY2025"), ("2025-Q3", "12-31", "FY2025 Q3"), ("2025-Q3", "06-30", "FY2026 Q1"),
        ("2025-Q3", "01-31", "2025-Q3"), ("2025-Q3", None, "2025-Q3"), ("2025", None, "2025"),
        ("2025", "03-31", "2025"),
        ("2025-07", "03-31", "2025-07"), ("2025-07-02/2025-09-30", "03-31", ""), ("2025-07-05", "03-31", ""),
    ],
)  # fmt: skip
def test_a_period_is_called_by_the_fiscal_calendar(text: str, year: str | None, label: str) -> None:
    """Where a fiscal year is known its name comes first; what begins within a fiscal quarter has none in it."""
    assert label_of(period(text), year) == label


@pytest.mark.parametrize(
    ("months", "start", "end"),
    [(12, "2024-02-01", "2024-02-29"), (3, "2024-11-01", "2024-11-30"), (11, "2024-03-01", "2024-03-31")],
)
def test_the_period_before_has_whole_months(months: int, start: str, end: str) -> None:
    """February of a leap year lies a year before that of another; months keep their ends."""
    found = earlier(Period("month", date(2025, 2, 1), date(2025, 2, 28)), months)

    assert found == (date.fromisoformat(start), date.fromisoformat(end))


def test_the_day_a_year_before_need_not_be() -> None:
    """The end of a month leads to the end of a month; 29 February within a longer stretch leads nowhere."""
    assert earlier(Period("instant", date(2025, 9, 30), date(2025, 9, 30)), 12) == (date(2024, 9, 30),) * 2
    assert earlier(Period("span", date(2024, 2, 29), date(2024, 5, 15)), 12) is None
    assert earlier(Period("span", None, date(2024, 5, 15)), 12) is None


def test_days_are_told_in_short() -> None:
    """The year of the last day is left out where it is that of the first."""
    assert days_words(date(2025, 7, 1), date(2025, 9, 30)) == "2025-07-01 to 09-30"
    assert days_words(None, date(2025, 9, 30)) == days_words(date(2025, 9, 30), date(2025, 9, 30)) == "2025-09-30"
    assert days_words(None, None) == ""


def test_the_fiscal_year_is_inherited() -> None:
    """A unit has that of its group, a product that of its maker's group; a rival and a circle have none."""
    things = [an_entity(slug) for slug in ("sky", "gull", "gull-30b", "pier")]

    assert fiscal_year_ends(timely_view(), things) == {
        "sky": "03-31", "gull": "03-31", "gull-30b": "03-31", "pier": None,
    }  # fmt: skip
    circle = view_of(a_statement("a", "sky", "unit_of", "quay"), a_statement("b", "quay", "unit_of", "sky"))
    assert fiscal_year_ends(circle, [an_entity("sky")]) == {"sky": None}


def test_half_years_and_loose_forms_are_read() -> None:
    """What a person types is read as what it must mean."""
    for text in ("2025-H2", "2025H2", "2025 h2"):
        asked = asked_period(text, None, "Pier")
        assert (str(asked.start), str(asked.end)) == ("2025-07-01", "2025-12-31")
    assert asked_period(" fy2026 ", "03-31", "Harbor").label == "FY2026"
