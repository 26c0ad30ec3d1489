"""Things side by side."""

from __future__ import annotations

from decimal import Decimal

import pytest

from keiretsu.rendering import to_text
from keiretsu.terminal import Paper
from keiretsu_ontology.claims import Scope
from keiretsu_ontology.errors import UsageError
from keiretsu_queries.base import Answer
from keiretsu_queries.figures.compare import Comparison, compare
from keiretsu_queries.questions import QUESTIONS
from keiretsu_queries.rows import rows_of
from timely import a_figure, timely_view, view_of


def _figures(answer: Answer[Comparison]) -> list[tuple[str, list[list[str]]]]:
    return [
        (row.label, [[line.claim.key for line in point.lines] if point else [] for point in row.points])
        for row in answer.result.figures
    ]


def _why(answer: Answer[Comparison]) -> list[tuple[str, str]]:
    return [(row.label, row.why) for row in answer.result.unlike]


def _text(answer: Answer[Comparison]) -> str:
    return to_text("compare", answer, Paper(100, colour=False))


def test_what_is_shared_and_what_is_not() -> None:
    """Harbor and Pier share a partner; each has products of its own."""
    answer = compare(timely_view(), "Harbor", "Pier")
    traits = {trait.label: (trait.shared, trait.each) for trait in answer.result.traits}

    assert traits["partners"] == (("mill",), (("mill",), ("mill",)))
    assert traits["products"] == ((), (("gull", "gull-30b"), ("tern",)))
    assert "  partners (1): Mill\n      mill-deal, mill-pier" in _text(answer)


def test_only_comparable_figures_stand_side_by_side() -> None:
    """Revenue of the same quarter and currency does; a fiscal year and a calendar year, yuan and dollars do not."""
    answer = compare(timely_view(), "Harbor", "Pier")

    assert _figures(answer) == [("revenue", [["h-25", "h-wish"][:1], ["p-25"]])]
    assert _why(answer) == [
        ("revenue", "different kinds of period: fiscal year and year"),
        ("net income", "different units: CNY and USD"),
    ]


def test_a_share_of_a_year_is_never_set_against_a_year() -> None:
    """A half year beside a year is named as not compared."""
    view = view_of(
        a_figure("half", "harbor", "revenue", "1 billion CNY", "FY2026 H1"),
        a_figure("year", "pier", "revenue", "2 billion CNY", "2025"),
    )
    answer = compare(view, "Harbor", "Pier")

    assert (_figures(answer), _why(answer)) == ([], [("revenue", "different kinds of period: half year and year")])


def test_the_newest_period_that_most_have_is_taken() -> None:
    """Three things have 2024, two have 2025: 2024 is set side by side."""
    view = view_of(*(
        a_figure(f"{of}-{year}", of, "revenue", "1 billion CNY", year)
        for of, years in (("harbor", ("2024", "2025")), ("pier", ("2024", "2025")), ("mill", ("2023", "2024")))
        for year in years
    ))  # fmt: skip

    assert _figures(compare(view, "Harbor", "Pier", "Mill")) == [
        ("revenue", [["harbor-2024"], ["pier-2024"], ["mill-2024"]])
    ]


def test_scores_stand_side_by_side_on_one_test() -> None:
    """The same test in the same setting; another setting is another scope, and another test no reason to mention."""
    answer = compare(timely_view(), "Gull-30B", "Tern")
    apart = view_of(
        a_figure("a", "gull-30b", "benchmark-score", "70%", scope=Scope(benchmark="sums")),
        a_figure("b", "tern", "benchmark-score", "60%", scope=Scope(benchmark="sums", note="no tools")),
    )

    assert _figures(answer) == [("benchmark score", [["gull-test"], ["tern-test"]])]
    assert "Sums score  70.9%     81.5%" in _text(answer)
    assert _why(answer) == []
    assert _why(compare(apart, "Gull-30B", "Tern")) == [
        ("benchmark score", "different scopes: on Sums and no tools; on Sums")
    ]


def test_a_dispute_is_shown_and_not_settled() -> None:
    """Both sides stand in the cell, marked."""
    view = view_of(
        a_figure("own", "harbor", "revenue", "20 billion CNY", "2025"),
        a_figure("press", "harbor", "revenue", "25 billion CNY", "2025"),
        a_figure("other", "pier", "revenue", "30 billion CNY", "2025"),
    )
    answer = compare(view, "Harbor", "Pier")

    assert "20 or 25 billion CNY (disputed)" in _text(answer)
    rows = rows_of(QUESTIONS["compare"], answer).to_dicts()
    assert [(row["entity"], row["amount"], row["disputed"]) for row in rows if row["unit"]] == [
        ("harbor", None, True), ("pier", Decimal(30000000000), False),
    ]  # fmt: skip


def test_forecasts_are_not_compared() -> None:
    """What is expected of one is not set against what came of the other."""
    view = view_of(
        a_figure("a", "harbor", "revenue", "20 billion CNY", "2025", modality="forecast"),
        a_figure("b", "pier", "revenue", "30 billion CNY", "2025"),
    )

    assert _figures(compare(view, "Harbor", "Pier")) == []


def test_a_period_and_a_metric_restrict() -> None:
    """By the fiscal year of the first thing; traits are left out where a metric is asked for."""
    answer = compare(timely_view(), "Harbor", "Pier", metric="revenue", period="FY2025 Q2")

    assert _figures(answer) == [("revenue", [["h-24"], ["p-24"]])]
    assert answer.result.traits == ()


@pytest.mark.parametrize("names", [(), ("Harbor",), ("Harbor", "harbor")])
def test_one_thing_is_compared_with_nothing(names: tuple[str, ...]) -> None:
    """Two different things are needed."""
    with pytest.raises(UsageError, match="name two different things"):
        compare(timely_view(), *names)


def test_an_unknown_thing_is_told() -> None:
    """The nearest names are offered, none is taken."""
    answer = compare(timely_view(), "Harbor", "Peer")

    assert (answer.state, answer.instead[0]) == ("not known", "nothing in this graph is named 'Peer'")


def test_things_are_compared_by_what_is_stated_where_asked() -> None:
    """Without ties that follow by rule a deal makes no partner."""
    answer = compare(timely_view(), "Harbor", "Pier", stated_only=True)

    assert "partners" not in {trait.label for trait in answer.result.traits}
