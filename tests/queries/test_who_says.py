"""Who says what, how much of it others contradict, and what came of forecasts."""

from __future__ import annotations

from datetime import date

import pytest

from keiretsu_graph.view import View
from keiretsu_queries.base import Clocks
from keiretsu_queries.doubts.tallies import Tally
from keiretsu_queries.doubts.who_says import who_says
from keiretsu_queries.questions import QUESTIONS
from keiretsu_queries.rows import rows_of


def test_what_one_says_passes_on_and_publishes(news: View) -> None:
    """A house's own words, what it passes on, and what else stands in its sources are three parts."""
    wire, acme = who_says(news, "wire"), who_says(news, "acme")

    assert {part.manner: part.tally.claims for part in wire.result.parts} == {"passes on": 3}
    assert {part.manner: part.tally.claims for part in acme.result.parts} == {"says": 8}


def test_disputes_are_counted_and_whether_others_contradict(news: View) -> None:
    """The filing stands against the papers in two conflicts, and one denies what it says."""
    (part,) = who_says(news, "acme").result.parts

    assert part.tally == Tally(8, 8, 0, 0, 0, disputed=4, contradicted=4)


def test_what_is_said_twice_is_one_line(news: View) -> None:
    """The filing and the wire give one figure: one line, with the other claim beneath it."""
    (part,) = who_says(news, "acme").result.parts
    figures = next(group for group in part.groups if group.title == "Figures")

    assert [(line.claim.key, [claim.key for claim in line.restated]) for line in figures.lines] == [
        ("rev-filing", ["rev-wire"]), ("acme-profit", []),
    ]  # fmt: skip


def test_forecasts_are_set_beside_what_came(news: View) -> None:
    """A figure that came otherwise, a launch in its month, and a year that has no figure yet."""
    analysts, daily = who_says(news, "analysts").result, who_says(news, "daily").result

    assert {row.forecast.key: row.verdict for row in (*analysts.outcomes, *daily.outcomes)} == {
        "rev-hoped": "not borne out", "rev-next": "open", "flint-plan": "borne out",
    }  # fmt: skip


def test_a_source_speaks_by_id_or_title(news: View) -> None:
    """What is read in a source is found by its id and by its title."""
    by_id, by_title = who_says(news, "filing"), who_says(news, "What the filing says")

    assert by_id.result == by_title.result
    assert [(part.manner, part.tally.claims) for part in by_id.result.parts] == [("holds", 7)]


def test_about_leaves_out_what_is_of_other_things(news: View) -> None:
    """Only claims about the thing are counted."""
    answer = who_says(news, "daily", about="spark")

    assert [claim.key for claim in answer.claims] == ["spark-later"]
    assert who_says(news, "wire", about="spark").instead[0] == "Wire says nothing about Spark in this graph"


def test_without_a_name_speakers_are_listed(news: View) -> None:
    """Everybody who speaks about a thing, those who say most first, as rows."""
    answer = who_says(news, about="spark")

    rows = rows_of(QUESTIONS["who-says"], answer).to_dicts()
    assert [(row["id"], row["says"], row["disputed"]) for row in rows] == [
        ("acme", 1, 1), ("daily", 1, 1), ("herald", 1, None),
    ]  # fmt: skip
    assert answer.state == "known"


def test_only_opinions_and_forecasts_are_only_claimed(news: View) -> None:
    """Analysts who forecast know nothing."""
    assert who_says(news, "analysts").state == "only claimed"


def test_the_clocks_hold_for_speakers(news: View) -> None:
    """What came out later was not said yet."""
    early = Clocks(known_by=date(2025, 10, 10))

    assert who_says(news, "daily", clocks=early).state == "not known"
    assert who_says(news, "acme", clocks=early).state == "known"


@pytest.mark.parametrize("text", ["", "'; DROP TABLE source; --", "<script>", "\x00", "x" * 10_000])
def test_a_hostile_speaker_is_only_a_name(news: View, text: str) -> None:
    """Whatever is asked for is looked up as text, and not known."""
    assert who_says(news, text).state == "not known"
    assert who_says(news, about=text).state == "not known"
