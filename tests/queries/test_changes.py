"""What happened and what became known within some days."""

from __future__ import annotations

from datetime import date

import pytest

from factories import DAY, a_deal, a_statement, a_when, an_occurrence
from keiretsu.rendering import to_text
from keiretsu.terminal import Paper
from keiretsu_ontology.errors import UsageError
from keiretsu_queries.base import Answer
from keiretsu_queries.questions import QUESTIONS
from keiretsu_queries.rows import rows_of
from keiretsu_queries.times.changes import Change, Changes, changes
from timely import at, on, since, timely_view, view_of

BLOG = {"source": "blog", "published": a_when("2025-05-01", date(2025, 5, 1))}


def _told(part: tuple[Change, ...]) -> list[tuple[str, str | None, str]]:
    return [(change.line.claim.key, change.aspect, change.certainty) for change in part]


def _keys(part: tuple[Change, ...]) -> list[str]:
    return [change.line.claim.key for change in part]


def _asked(first: str | None, last: str | None = None, name: str | None = "Harbor") -> Answer[Changes]:
    days = [date.fromisoformat(day) if day else None for day in (first, last)]
    return changes(timely_view(), name, since=days[0], until=days[1])


def test_what_began_and_ended_happened() -> None:
    """A chief executive leaves, another comes; what is only known to hold on a date is no change."""
    result = _asked("2023-09-01", "2023-09-29").result

    assert _told(result.happened) == [("bo-led", "ends", "certainly"), ("cy-leads", "begins", "certainly")]


def test_an_uncertain_date_happened_possibly() -> None:
    """Late July is possibly after 25 July, and certainly after 1 July."""
    late, july = (_asked(day, "2025-08-31").result.happened for day in ("2025-07-25", "2025-07-01"))

    assert _told(late) == [("mill-deal", "begins", "possibly")]
    assert _told(july) == [("mill-deal", "begins", "certainly")]


def test_forecasts_and_plans_stand_apart() -> None:
    """What is expected for these days has not happened by being expected."""
    view = view_of(
        a_deal("wish", "adoption", {"mill": "customer", "harbor": "provider"}, status="planned", held=since("2025-07")),
        an_occurrence("plan", "planned_launch", {"gull": "product", "harbor": "agent"}, held=at("2025-07")),
        an_occurrence(
            "hope", "launch", {"gull": "product", "harbor": "agent"}, held=at("2025-07"), modality="forecast"
        ),
        an_occurrence("fact", "launch", {"gull": "product", "harbor": "agent"}, held=at("2025-07")),
    )
    result = changes(view, "Harbor", since=date(2025, 7, 1)).result

    assert (_keys(result.happened), _keys(result.expected)) == (["fact"], ["hope", "plan", "wish"])


def test_what_was_said_before_is_no_news() -> None:
    """The blog said it in May; that the paper says it again in November makes nothing known."""
    view = view_of(
        a_statement("early", "sky", "unit_of", "harbor", **BLOG),
        a_statement("late", "sky", "unit_of", "harbor"),
        a_statement("again", "quay", "unit_of", "harbor", restates="first"),
        a_statement("first", "quay", "unit_of", "harbor", **BLOG),
        a_statement("new", "harbor", "listed_on", "bourse"),
    )

    assert _keys(changes(view, "Harbor", since=date(2025, 6, 1)).result.published) == ["new"]
    assert _keys(changes(view, "Harbor", until=date(2025, 6, 1)).result.published) == ["early", "first"]


def test_an_undated_source_was_possibly_published() -> None:
    """Until the day of its recording a source may have come out on any day."""
    view = view_of(a_statement("a", "sky", "unit_of", "harbor", published=None))

    assert _told(changes(view, "Harbor", since=DAY).result.published) == [("a", None, "possibly")]
    assert changes(view, "Harbor", since=date(2025, 12, 2)).state == "not known"


def test_what_happened_is_not_told_twice() -> None:
    """What happened in these days and was published in them stands under what happened alone."""
    result = _asked("2025-07-01").result

    assert set(_keys(result.happened)) & set(_keys(result.published)) == set()
    assert "cy-led-on" not in _keys(result.published)  # the tie was first published with cy-leads


def test_what_is_only_claimed_became_known_as_that() -> None:
    """An opinion is no news of the world, but it is news that it is held."""
    assert _keys(_asked("2025-11-01").result.claimed) == ["h-wish", "rivals"]


def test_the_whole_graph_changes() -> None:
    """Without a name everything counts; without days, everything that is dated or published."""
    assert set(_keys(_asked("2023-08-01", "2023-08-31", None).result.happened)) == {"gull-out"}
    assert _asked(None).result.happened


def test_days_in_the_wrong_order_are_a_misuse() -> None:
    """Nothing lies between a day and one before it; nothing at all is not known."""
    with pytest.raises(UsageError, match="comes before"):
        _asked("2025-02-01", "2025-01-01")
    assert (
        _asked("2060-01-01").instead[0]
        == "nothing of Harbor is known to have happened or become known since 2060-01-01"
    )
    assert _asked("2025-01-01", name="<nobody>").state == "not known"


def test_what_is_cut_is_counted() -> None:
    """The latest stay; how many are left out is said, and the answer rests on all."""
    events = [an_occurrence(f"e{n}", "milestone", {"harbor": "subject"}, held=at(f"{2000 + n}")) for n in range(9)]
    answer = changes(view_of(*events), "Harbor", limit=2)
    text = to_text("changes", answer, Paper(100, colour=False))

    assert "7 more are left out, figures and early ones first: --limit 0" in text
    assert ("e8" in text, "; e6" in text, len(answer.claims)) == (True, False, 9)


def test_rows_have_both_bounds() -> None:
    """A program gets the first and the last day of each change."""
    rows = rows_of(QUESTIONS["changes"], _asked("2025-07-25", "2025-08-31")).to_dicts()

    assert [(row["what"], row["standing"], str(row["first"]), str(row["last"])) for row in rows] == [
        ("happened: begins", "possibly", "2025-07-21", "2025-07-31")
    ]


def test_undated_claims_are_counted() -> None:
    """When an undated thing happened is not known, and that is said."""
    view = view_of(
        a_statement("a", "sky", "unit_of", "harbor"), a_statement("b", "quay", "unit_of", "harbor", held=on("2025"))
    )

    assert changes(view, "Harbor").notes == ("1 of 2 claims carry no date: when that happened is not known",)
