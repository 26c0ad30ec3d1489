"""The two clocks."""

from __future__ import annotations

from datetime import date

import pytest

from factories import a_statement, a_when, an_observation, an_occurrence
from keiretsu_ontology.clocks import held_at, known_at
from keiretsu_ontology.dates import Held, Period, When

JULY = a_when("2025-07", date(2025, 7, 1), date(2025, 7, 31))


@pytest.mark.parametrize(
    ("day", "standing"),
    [(date(2025, 6, 30), "no"), (date(2025, 7, 15), "possibly"), (date(2025, 9, 1), "possibly")],
)
def test_a_missing_end_is_not_still(day: date, standing: str) -> None:
    """A tie that began and of whose end nothing is said held possibly, never certainly."""
    assert held_at(a_statement("a", "north", "partner_of", "east", held=Held(JULY, None)), day) == standing


def test_between_two_known_days_a_claim_certainly_held() -> None:
    """Both ends known: certain within, no without."""
    span = Held(a_when("2020", date(2020, 1, 1)), a_when("2021", date(2021, 1, 1)))
    claim = a_statement("a", "ann", "chief_executive_of", "south", held=span)

    assert [held_at(claim, date(year, 6, 1)) for year in (2019, 2020, 2021)] == ["no", "certainly", "no"]


def test_undated_is_said() -> None:
    """A claim without dates is undated, not current."""
    assert held_at(a_statement("a", "north", "partner_of", "east"), date(2025, 1, 1)) == "undated"


def test_a_figure_is_so_from_the_end_of_its_period() -> None:
    """A quarter's revenue is not so before the quarter is over."""
    quarter = Period("quarter", date(2025, 7, 1), date(2025, 9, 30))
    claim = an_observation("a", "north", "revenue", direction="up", period=quarter)

    assert [held_at(claim, day) for day in (date(2025, 6, 1), date(2025, 8, 1), date(2025, 9, 30))] == [
        "no", "possibly", "certainly",
    ]  # fmt: skip


def test_what_has_happened_stays_so() -> None:
    """An occurrence is so from its day on."""
    launch = an_occurrence("a", "launch", {"spark": "product"}, held=Held(JULY, JULY))

    assert held_at(launch, date(2026, 1, 1)) == "certainly"


def test_publication_is_the_second_clock() -> None:
    """A claim cannot be known before its source came out, and is known on the day of its recording at the latest."""
    undated = When("2025-11-25/..", date(2025, 11, 25), None)
    claim = a_statement("a", "north", "partner_of", "east", published=undated, recorded=date(2026, 1, 1))

    days = (date(2025, 11, 24), date(2025, 12, 1), date(2026, 1, 1))
    assert [known_at(claim, day) for day in days] == ["no", "possibly", "certainly"]
