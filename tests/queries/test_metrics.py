"""Figures by period, growth worked out from them, and what sources state of it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from keiretsu.rendering import to_text
from keiretsu.terminal import Paper
from keiretsu_ontology.errors import UsageError
from keiretsu_queries.base import Answer
from keiretsu_queries.figures.growths import Grown
from keiretsu_queries.figures.metrics import Figures, metrics
from keiretsu_queries.figures.series import Point, Series
from keiretsu_queries.questions import QUESTIONS
from keiretsu_queries.rows import rows_of
from timely import a_change, a_figure, timely_view, view_of


def _asked(*claims: Any, **more: Any) -> Answer[Figures]:
    return metrics(view_of(*claims), "Harbor", **more)


def _grown(answer: Answer[Figures]) -> dict[str, list[tuple[str, str, str]]]:
    """Return the growth of each figure with one value: its base, amount and unit, by the key of its claim."""
    return {
        point.value.key: [(one.base, str(one.amount), one.unit) for one in found.computed]
        for _, point, found in _each(answer)
        if point.value is not None and found is not None and found.computed
    }


def _each(answer: Answer[Figures]) -> list[tuple[Series, Point, Grown | None]]:
    return [
        (row, point, found)
        for row, changes in zip(answer.result.series, answer.result.grown, strict=True)
        for point, found in zip(row.points, changes, strict=True)
    ]


def _text(answer: Answer[Figures]) -> str:
    return to_text("metrics", answer, Paper(100, colour=False))


def test_growth_is_on_the_same_quarter_of_the_year_before_and_on_the_quarter_before() -> None:
    """Quarter to quarter in one currency; a half year, a year and a forecast are set against none of them."""
    answer = metrics(timely_view(), "Harbor", metric="revenue")

    assert _grown(answer) == {
        "h-24": [("year_before", "10.0", "percent")],
        "h-25": [("year_before", "10.5", "percent"), ("quarter_before", "1.3", "percent")],
    }


def test_growth_is_exact() -> None:
    """No binary fraction comes between: 0.3 on 0.1 is 200 percent and nothing else."""
    answer = _asked(
        a_figure("a", "harbor", "revenue", "0.1 billion CNY", "FY2025 Q2"),
        a_figure("b", "harbor", "revenue", "0.3 billion CNY", "FY2026 Q2"),
    )

    assert _grown(answer) == {"b": [("year_before", "200.0", "percent")]}


@pytest.mark.parametrize(
    ("before", "now"),
    [
        (("100 billion USD", "FY2025 Q2", {}), ("110 billion CNY", "FY2026 Q2", {})),
        (("100 billion CNY", "FY2025", {}), ("110 billion CNY", "FY2026 Q2", {})),
        (("100 billion CNY", "FY2024 Q2", {}), ("110 billion CNY", "FY2026 Q2", {})),
        (("over 100 billion CNY", "FY2025 Q2", {}), ("110 billion CNY", "FY2026 Q2", {})),
        (("100 billion CNY", "FY2025 Q2", {}), ("about 110 billion CNY", "FY2026 Q2", {})),
        (("100 billion CNY", "FY2025 Q2", {"modality": "forecast"}), ("110 billion CNY", "FY2026 Q2", {})),
        (("-5 billion CNY", "FY2025 Q2", {}), ("110 billion CNY", "FY2026 Q2", {})),
        (("100 billion CNY", "FY2025 Q2", {}), ("-5 billion CNY", "FY2026 Q2", {})),
        (("0 billion CNY", "FY2025 Q2", {}), ("110 billion CNY", "FY2026 Q2", {})),
    ],
)
def test_unlike_figures_have_no_growth(before: Any, now: Any) -> None:
    """Other units, kinds of period or distances, bounds, forecasts and losses: nothing is worked out."""
    answer = _asked(*(
        a_figure(key, "harbor", "revenue", value, when, **more)
        for key, (value, when, more) in (("a", before), ("b", now))
    ))  # fmt: skip

    assert _grown(answer) == {}


def test_a_disputed_figure_grows_on_nothing() -> None:
    """Where facts stand against each other there is no one value; all sides stand side by side."""
    answer = metrics(timely_view(), "Harbor", metric="net income")
    (series,) = answer.result.series
    before, now = series.points

    assert (answer.state, _grown(answer)) == ("conflicting", {})
    assert (before.disputed, before.value is not None) == (False, True)
    assert (now.disputed, now.value, [line.claim.key for line in now.lines]) == (
        True,
        None,
        ["h-net-own", "h-net-press"],
    )
    assert "20 or 25 billion CNY" in _text(answer)


def test_a_rounded_figure_is_the_same_value() -> None:
    """What says the value again less finely stands beside it; growth is worked out on the finest."""
    answer = _asked(
        a_figure("a", "harbor", "revenue", "100 billion CNY", "FY2025 Q2"),
        a_figure("fine", "harbor", "revenue", "110,300 million CNY", "FY2026 Q2"),
        a_figure("about", "harbor", "revenue", "about 110 billion CNY", "FY2026 Q2"),
        a_figure("least", "harbor", "revenue", "over 110 billion CNY", "FY2026 Q2"),
    )

    assert _grown(answer) == {"fine": [("year_before", "10.3", "percent")]}


def test_a_part_of_a_whole_differs_by_points() -> None:
    """A margin of 2% after 15% is 13 points less, not 87 percent."""
    assert _grown(metrics(timely_view(), "Harbor", metric="margin")) == {
        "h-margin-25": [("year_before", "-13.0", "percentage_points")]
    }


def test_stated_growth_stands_beside_the_one_worked_out() -> None:
    """A stated 10% may be 10.5 rounded; a stated 15% is not 10.0, and that is said in a note and is no conflict."""
    answer = metrics(timely_view(), "Harbor", metric="revenue")
    stated = {
        one.claim.key: one.agrees
        for row, _, found in _each(answer)
        if row.unit == "CNY" and found is not None
        for one in found.stated
    }

    assert stated == {"h-grew-before": False, "h-grew": True}
    assert answer.notes == ("revenue of Harbor, FY2025 Q2: +10.0% by the figures, +15% as stated (h-grew-before)",)
    assert answer.state == "known"


def test_a_fall_is_stated_as_a_fall() -> None:
    """Down 5% agrees with a fall, over 20% with a rise of more, whichever way the sign is written."""
    figures = [
        a_figure("a", "harbor", "revenue", "100 billion CNY", "FY2025 Q2"),
        a_figure("b", "harbor", "revenue", "95 billion CNY", "FY2026 Q2"),
    ]
    for change, direction, agrees in (
        ("5%", "down", True),
        ("-5%", None, True),
        ("5%", "up", False),
        ("over 5%", "up", False),
    ):
        answer = _asked(*figures, a_change("c", "harbor", "revenue", change, "FY2026 Q2", direction=direction))
        assert [one.agrees for *_, found in _each(answer) if found for one in found.stated] == [agrees], change


@pytest.mark.parametrize(
    "text", ["FY2026 Q2", "fy2026q2", "2025-Q3", "2025Q3", "2025-07/2025-09", "2025-07-01/2025-09-30"]
)
def test_a_period_is_asked_for_in_any_calendar(text: str) -> None:
    """Harbor's year ends on 31 March, so its second quarter of 2026 is the third one of 2025; growth stays known."""
    answer = metrics(timely_view(), "Harbor", metric="revenue", period=text)

    assert answer.result.called == "FY2026 Q2 (2025-07-01 to 09-30)"
    assert {point.label for row in answer.result.series for point in row.points} == {"FY2026 Q2"}
    assert _grown(answer)["h-25"][0] == ("year_before", "10.5", "percent")
    assert "h-24" in [claim.key for claim in answer.claims]
    assert answer.notes == ("6 further figures are of other or longer periods, or of none",)


def test_a_unit_has_the_fiscal_year_of_its_group() -> None:
    """Sky is Harbor's; Pier has no fiscal year that is known, and is asked for by days."""
    assert metrics(timely_view(), "Sky", period="FY2026 Q2").result.called == "FY2026 Q2 (2025-07-01 to 09-30)"
    assert metrics(timely_view(), "Pier", period="2025-Q3").result.called == "2025-Q3 (2025-07-01 to 09-30)"
    with pytest.raises(UsageError, match="fiscal year of Pier is not known"):
        metrics(timely_view(), "Pier", period="FY2026 Q2")


@pytest.mark.parametrize("text", ["yesterday", "2025-13", "", "Q2", "FY2026 Q5", "2025-09/2025-07", "<b>", "x" * 5000])
def test_what_is_no_period_is_a_misuse(text: str) -> None:
    """A period that cannot be read is told with the forms that can."""
    if not text:
        assert metrics(timely_view(), "Harbor", period=text).state == "conflicting"
        return
    with pytest.raises(UsageError, match="is not a period; write"):
        metrics(timely_view(), "Harbor", period=text)


def test_nothing_in_a_period_is_not_known() -> None:
    """The periods for which there are figures are told instead."""
    answer = metrics(timely_view(), "Harbor", metric="revenue", period="2019")

    assert answer.state == "not known"
    assert answer.instead[0] == "no figure for revenue of Harbor within 2019 (2019-01-01 to 12-31) is known"
    assert answer.instead[1].startswith("there are 10 of other periods: FY2026 Q2")


def test_a_single_figure_is_seen_at_one_glance() -> None:
    """One figure takes a line, with who says it, and no table."""
    answer = metrics(timely_view(), "Gull-30B", metric="parameters")

    assert _text(answer).splitlines()[2:5] == [
        "parameters  parameters, no period",
        "  parameters 30.5 billion",
        "      Reporter, stated; gull-size; paper 0-5",
    ]


def test_units_are_counted_where_asked() -> None:
    """A unit's figures stand as its own, after those of the group."""
    answer = metrics(timely_view(), "Harbor", metric="revenue", with_units=True)

    assert [row.about.id for row in answer.result.series][-1] == "sky"
    assert "Sky, revenue" in _text(answer)


def test_a_long_answer_begins_with_an_overview() -> None:
    """One row a series, newest figure first said; what is cut is counted."""
    many = [
        a_figure(f"f{n}", "harbor", "revenue", f"{n + 1} billion CNY", f"{1990 + n}", kind="span") for n in range(3)
    ]
    more = [a_figure(f"g{n}", "harbor", "revenue", "1 billion CNY", scope=_scope(n)) for n in range(30)]
    answer = _asked(*many, *more, limit=5)

    text = _text(answer)
    assert "... and 26 more: --limit 0" in text
    assert "... and 29 more series, period by period" in text


def _scope(number: int) -> Any:
    from keiretsu_ontology.claims import Scope

    return Scope(note=f"part {number:02}")


def test_rows_are_one_for_each_side_with_exact_numbers() -> None:
    """A program gets periods as days, values as numbers, growth apart from what is stated."""
    question = QUESTIONS["metrics"]
    rows = rows_of(question, metrics(timely_view(), "Harbor", metric="revenue")).to_dicts()
    row = next(row for row in rows if row["claim"] == "h-25")

    assert (row["value"], row["unit"], row["period"], str(row["start"])) == (
        Decimal(121550000000), "CNY", "FY2026 Q2", "2025-07-01",
    )  # fmt: skip
    assert (row["year_computed"], row["sequence_computed"], row["stated"]) == (Decimal("10.5"), Decimal("1.3"), "+10%")
    assert next(row for row in rows if row["claim"] == "h-wish")["year_computed"] is None


def test_the_same_graph_gives_the_same_answer() -> None:
    """Nothing depends on the order in which claims were written."""
    from timely import figures

    one = _text(metrics(view_of(*figures()), "Harbor"))
    assert _text(metrics(view_of(*reversed(figures())), "Harbor")) == one
