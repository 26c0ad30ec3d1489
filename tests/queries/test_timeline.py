"""Several things on one axis of time."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from factories import a_statement, an_occurrence
from keiretsu.rendering import to_text
from keiretsu.terminal import Paper
from keiretsu_graph.sqlite import SqliteView
from keiretsu_ontology.errors import UsageError
from keiretsu_queries.base import Answer
from keiretsu_queries.sheets import Axis
from keiretsu_queries.times.timeline import Timeline, tell_timeline, timeline
from timely import a_figure, at, since, timely_view, view_of


def _told(answer: Answer[Timeline]) -> list[tuple[str, str]]:
    return [(moment.line.claim.key, moment.aspect) for moment in answer.result.moments]


def _axis(answer: Answer[Timeline]) -> Axis:
    return next(block for block in tell_timeline(answer) if isinstance(block, Axis))


def test_what_lasts_begins_and_ends() -> None:
    """Both ends of a term stand on the axis; a date on which something is only known to hold is marked as that."""
    answer = timeline(timely_view(), "Harbor", from_=date(2023, 9, 1), to=date(2023, 9, 30))

    assert _told(answer) == [
        ("bo-led", "ends"), ("cy-leads", "begins"), ("stake", "holds"), ("h-23", "takes place"),
    ]  # fmt: skip


def test_several_things_share_an_axis() -> None:
    """Each has its lane; what concerns two of them has one of both."""
    axis = _axis(timeline(timely_view(), "Harbor", "Pier", from_=date(2022, 1, 1)))

    assert list(dict.fromkeys(row.lane for row in axis.stretches)) == ["Harbor", "Harbor and Pier", "Pier"]


def test_an_uncertain_date_is_drawn_as_long_as_it_is_uncertain() -> None:
    """Late July is all its days; a forecast is marked and looks like none of the facts."""
    axis = _axis(timeline(timely_view(), "Harbor", "Gull"))
    rows = {row.label: (row.earliest, row.latest, row.style) for row in axis.stretches}

    assert rows["adoption: customer Mill, provider itself, for its shops [announced]"] == (
        date(2025, 7, 21), date(2025, 7, 31), None,
    )  # fmt: skip
    assert rows["[forecast] planned launch: product itself"] == (date(2026, 1, 1), date(2026, 12, 31), "warn")


def test_an_uncertain_date_counts_where_it_may_lie_between() -> None:
    """A launch in April 2025 is among what came from 20 April on, and not among what came from May on."""
    for first, keys in ((date(2025, 4, 20), ["gull-30b-late", "gull-30b-out"]), (date(2025, 5, 1), [])):
        answer = timeline(timely_view(), "Gull-30B", from_=first)
        assert [key for key, _ in _told(answer)] == keys


def test_the_undated_are_counted() -> None:
    """What carries no date is not dropped in silence; nothing dated is not known."""
    answer = timeline(timely_view(), "Harbor")
    none = timeline(timely_view(), "Harbor", from_=date(2050, 1, 1))

    assert (answer.result.undated, answer.notes) == (2, ("2 further claims carry no date",))
    assert (none.state, none.instead[0]) == ("not known", "nothing dated from 2050-01-01 is known of Harbor")


def test_what_is_too_much_is_cut_figures_first() -> None:
    """Events stay before figures and late ones before early ones; how many are left out is said."""
    events = [an_occurrence(f"e{n}", "milestone", {"harbor": "subject"}, held=at(f"{2000 + n}")) for n in range(4)]
    figures = [a_figure(f"f{n}", "harbor", "revenue", "1 billion CNY", f"{2010 + n}") for n in range(4)]
    answer = timeline(view_of(*events, *figures), "Harbor", limit=5)

    assert [key for key, _ in _told(answer)] == ["e0", "e1", "e2", "e3", "f3"]
    assert answer.result.more == 3
    assert len(answer.claims) == 8
    assert "... and 3 more" in to_text("timeline", answer, Paper(100, colour=False))
    assert timeline(view_of(*events, *figures), "Harbor", limit=0).result.more == 0


@pytest.mark.parametrize("names", [(), ("",), ("<script>",), ("Harbor", "nobody"), ("\x1b[2J",), ("x" * 9999,)])
def test_what_is_not_there_is_not_known(names: tuple[str, ...]) -> None:
    """A name that means nothing is told; no name at all is a misuse."""
    if not names:
        with pytest.raises(UsageError, match="name one thing or several"):
            timeline(timely_view(), *names)
        return
    assert timeline(timely_view(), *names).state == "not known"


def test_days_in_the_wrong_order_are_a_misuse() -> None:
    """Nothing lies between a day and one before it."""
    with pytest.raises(UsageError, match="2025-01-01 comes before 2025-02-01"):
        timeline(timely_view(), "Harbor", from_=date(2025, 2, 1), to=date(2025, 1, 1))


def test_one_thing_named_twice_is_one() -> None:
    """Two names of one thing make one lane."""
    answer: Any = timeline(timely_view(), "Harbor", "harbor")

    assert [entity.id for entity in answer.result.entities] == ["harbor"]


def test_an_open_date_has_no_end_on_the_axis() -> None:
    """What began on or after a day is drawn from it on."""
    view = view_of(a_statement("a", "sky", "unit_of", "harbor", held=since("2025-11-25/..")))
    (row,) = _axis(timeline(view, "Sky")).stretches

    assert (row.earliest, row.latest) == (date(2025, 11, 25), None)


def test_a_family_has_the_launches_of_its_members(sea: SqliteView) -> None:
    """With its members a family's releases stand on its line; without them they are counted beneath it."""
    alone, whole = timeline(sea, "Pearl"), timeline(sea, "Pearl", with_units=True)

    assert [moment.line.claim.key for moment in whole.result.moments] == ["pearl-1-out", "pearl-2-out"]
    assert (alone.state, alone.result.moments) == ("not known", ())
    assert "2 launches of members of Pearl are left out: --with-units" in alone.instead
