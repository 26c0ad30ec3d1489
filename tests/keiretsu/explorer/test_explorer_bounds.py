"""The days that a page compares say what the two clocks say."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factories import a_deal, a_statement, a_when, an_observation, an_occurrence
from keiretsu.explorer.bounds import bounds_of
from keiretsu_graph.sqlite import SqliteView
from keiretsu_graph.view import ClaimFilter
from keiretsu_ontology.claims import AnyClaim
from keiretsu_ontology.clocks import held_at, known_at
from keiretsu_ontology.dates import Held, Period, When
from keiretsu_ontology.values import Quantity

DAY = timedelta(days=1)


def see(claim: AnyClaim, days: Iterable[date]) -> None:
    """Hold the bounds of a claim to the clocks."""
    start, end, known = bounds_of(claim)
    for day in days:
        assert (held_at(claim, day) == "no") is ((start is not None and day < start) or (end is not None and day > end))
        assert (known_at(claim, day) == "no") is (known is not None and day < known)


def test_all_claims_of_the_bundled_graph(seeds: SqliteView) -> None:
    """Around every day that a claim names, and on days in between, both say the same."""
    claims = seeds.claims(ClaimFilter())
    common = [date(year, month, 1) for year in range(1995, 2032, 3) for month in (1, 7)]

    for claim in claims:
        own = [bound for bound in (*bounds_of(claim), claim.recorded) if bound is not None]
        see(claim, [*common, *(day + step * DAY for day in own for step in (-1, 0, 1))])
    assert len(claims) > 1000
    assert sum(any(bounds_of(claim)) for claim in claims) > 500


days = st.dates(date(2020, 1, 1), date(2020, 1, 12))
maybe = st.none() | days
whens = st.builds(lambda first, last: When("x", first, last), maybe, maybe)
helds = (
    st.builds(Held, st.none() | whens, st.none() | whens)
    | st.builds(lambda day: Held.on(a_when("2020-01", day, day + 3 * DAY)), days)
)  # fmt: skip
periods = st.builds(lambda first, last: Period("span", first, last), maybe, maybe)


@given(held=helds, period=st.none() | periods, published=st.none() | whens, recorded=days)
def test_any_dates(held: Held, period: Period | None, published: When | None, recorded: date) -> None:
    """Dates in any order, bounds that are not known, and publication after recording change nothing."""
    more: dict[str, Any] = {"held": held, "published": published, "recorded": recorded}
    claims: list[AnyClaim] = [
        a_statement("s", "a", "partner_of", "b", **more),
        a_deal("d", "adoption", {"a": "customer", "b": "provider"}, **more),
        an_occurrence("o", "launch", {"a": "product"}, **more),
        an_observation("f", "a", "revenue", quantity=Quantity("1", "USD"), period=period, **more),
    ]

    for claim in claims:
        see(claim, [date(2020, 1, 1) + step * DAY for step in range(-3, 20)])


@pytest.mark.parametrize("shape", ["statement", "observation"])
def test_what_is_undated_is_open(shape: str) -> None:
    """A claim without dates may always have been so."""
    made: AnyClaim = (
        a_statement("s", "a", "partner_of", "b")
        if shape == "statement"
        else an_observation("f", "a", "revenue", quantity=Quantity("1", "USD"))
    )

    assert bounds_of(made) == (None, None, date(2025, 11, 25))
