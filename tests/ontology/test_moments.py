"""The points in time that claims tell of."""

from __future__ import annotations

from datetime import date

import pytest

from factories import a_statement, a_when, an_observation, an_occurrence
from keiretsu_ontology.claims import AnyClaim
from keiretsu_ontology.clocks import falls_within, first_known, held_at, moments_of
from keiretsu_ontology.dates import Held, Period, When

JULY = a_when("2025-07", date(2025, 7, 1), date(2025, 7, 31))


def test_a_figure_known_on_a_day_is_so_from_that_day() -> None:
    """A figure without a period that is known of one date is not undated."""
    may = Held.on(a_when("2025-05", date(2025, 5, 1), date(2025, 5, 31)))
    claim = an_observation("a", "north", "revenue", direction="up", held=may)

    days = (date(2025, 4, 30), date(2025, 5, 10), date(2025, 5, 31))
    assert [held_at(claim, day) for day in days] == ["no", "possibly", "certainly"]


def test_a_claim_tells_of_its_moments() -> None:
    """What lasts begins and ends, what is known of one date holds then, what happens takes place."""
    known = Held.on(a_when("2025-05-02", date(2025, 5, 2)))
    later = a_when("2026", date(2026, 1, 1), date(2026, 12, 31))
    quarter = Period("quarter", date(2025, 7, 1), date(2025, 9, 30))
    told: dict[str, AnyClaim] = {
        "lasting": a_statement("a", "ann", "chief_executive_of", "south", held=Held(JULY, later)),
        "known": a_statement("b", "ann", "chief_executive_of", "south", held=known),
        "event": an_occurrence("c", "launch", {"spark": "product"}, held=Held(JULY, JULY)),
        "figure": an_observation("d", "north", "revenue", direction="up", period=quarter),
        "undated": a_statement("e", "ann", "chief_executive_of", "south"),
    }

    assert {name: [(m.aspect, m.when.edtf) for m in moments_of(claim)] for name, claim in told.items()} == {
        "lasting": [("begins", "2025-07"), ("ends", "2026")],
        "known": [("holds", "2025-05-02")],
        "event": [("takes place", "2025-07")],
        "figure": [("takes place", "2025-09-30")],
        "undated": [],
    }


@pytest.mark.parametrize(
    ("since", "until", "standing"),
    [
        (date(2025, 7, 1), None, "certainly"), (date(2025, 7, 2), None, "possibly"), (date(2025, 8, 1), None, "no"),
        (None, date(2025, 7, 31), "certainly"), (None, date(2025, 7, 30), "possibly"), (None, date(2025, 6, 30), "no"),
    ],
)  # fmt: skip
def test_an_uncertain_date_falls_within_certainly_or_possibly(
    since: date | None, until: date | None, standing: str
) -> None:
    """A month lies in a stretch certainly where all of it does, possibly where a part of it does."""
    assert falls_within(JULY, since, until) == standing


def test_an_open_date_is_never_certain_on_its_open_side() -> None:
    """What took place on or after a day may have taken place long after."""
    opened = When("2025-11-25/..", date(2025, 11, 25), None)

    assert falls_within(opened, date(2025, 11, 25), None) == "certainly"
    assert falls_within(opened, None, date(2026, 12, 31)) == "possibly"


def test_a_source_is_known_by_its_recording() -> None:
    """An undated source came out on some day before it was read."""
    claim = a_statement("a", "north", "partner_of", "east", published=None, recorded=date(2026, 1, 1))

    assert first_known(claim) == When("../2026-01-01", None, date(2026, 1, 1))
