"""Values, and which may be set side by side."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from factories import an_observation
from keiretsu_ontology.claims import Observation, Scope
from keiretsu_ontology.conflicts import why_not_comparable
from keiretsu_ontology.dates import Period
from keiretsu_ontology.notation import parse_quantity
from keiretsu_ontology.values import Quantity, may_both_hold

AUTUMN = Period("quarter", date(2025, 7, 1), date(2025, 9, 30))
YEAR = Period("fiscal_year", date(2025, 4, 1), date(2026, 3, 31))


def test_an_amount_is_exact() -> None:
    """Scales multiply in decimal, never in floating point."""
    assert Quantity("34.81", "USD", scale="billion").amount == Decimal("34810000000")
    assert str(Quantity("2.50", "percent").amount) == "2.50"


@pytest.mark.parametrize(
    ("one", "other", "agree"),
    [
        (("360", "="), ("360", ">="), True),
        (("360", "="), ("360", ">"), False),
        (("3500", ">"), ("3500", "~"), True),
        (("34", "="), ("34.4", "~"), False),
        (("34", "~"), ("34.4", "="), True),
        (("5", "<"), ("5", ">="), False),
        (("5", "<="), ("5", ">="), True),
        (("1", "="), ("2", "="), False),
    ],
)
def test_comparators_decide_what_may_both_hold(one: tuple[str, str], other: tuple[str, str], *, agree: bool) -> None:
    """Two quantities agree where one number satisfies both."""
    first, second = (Quantity(number, "users", sign) for number, sign in (one, other))  # type: ignore[arg-type]

    assert may_both_hold(first, second) is may_both_hold(second, first) is agree


@pytest.mark.parametrize(
    ("one", "other", "agree"),
    [
        ("247.8 billion CNY", "247,795 million CNY", True),
        ("247.7 billion CNY", "247,795 million CNY", False),
        ("2.95 billion USD", "2,895 million USD", False),
        ("15%", "15.4%", True),
        ("15%", "16%", False),
        ("32 billion parameters", "32.5 billion parameters", True),
        ("over 32 billion parameters", "31.9 billion parameters", False),
        ("128K tokens", "131,072 tokens", True),
        ("128K tokens", "128,000 tokens", True),
        ("128K tokens", "40,960 tokens", False),
        ("1M tokens", "1,048,576 tokens", True),
        ("256K tokens", "262K tokens", True),
        ("256,000 tokens", "262K tokens", False),
        ("41-60 billion USD", "45 billion USD", True),
        ("41-60 billion USD", "55-70 billion USD", True),
        ("41-60 billion USD", "over 60 billion USD", False),
        ("41-60 billion USD", "40.9 billion USD", False),
    ],
)
def test_rounding_scales_and_ranges_admit_what_they_mean(one: str, other: str, *, agree: bool) -> None:
    """A coarser figure admits half a unit of its last digit, K both its readings, a range all within it."""
    first, second = parse_quantity(one), parse_quantity(other)

    assert may_both_hold(first, second) is may_both_hold(second, first) is agree


@pytest.mark.parametrize("text", ["128K tokens", "1M tokens", "41-60 billion USD", "over 30 billion USD", "34%"])
def test_a_quantity_reads_as_it_is_written(text: str) -> None:
    """What is printed is what was read, and reads back as the same."""
    assert str(parse_quantity(text)) == text


def _revenue(**more: object) -> Observation:
    settings: dict[str, object] = {"quantity": Quantity("3", "USD", scale="billion"), "period": AUTUMN, **more}
    return an_observation("a", "north", "revenue", **settings)


@pytest.mark.parametrize(
    ("other", "reason"),
    [
        (_revenue(quantity=Quantity("3", "CNY")), "different units: USD and CNY"),
        (_revenue(period=YEAR), "different kinds of period: quarter and fiscal_year"),
        (_revenue(period=None), "the period of one is not known"),
        (_revenue(measure="change", base="year_before"), "one is a value, the other a change"),
        (_revenue(scope=Scope(note="abroad")), "different scopes"),
        (_revenue(scope=Scope(counterparty="south")), "different scopes"),
        (an_observation("b", "north", "net-income"), "different metrics: revenue and net-income"),
    ],
)
def test_unlike_values_are_not_compared(other: Observation, reason: str) -> None:
    """The program says why two values may not stand side by side."""
    assert why_not_comparable(_revenue(), other) == reason


def test_like_values_are_compared() -> None:
    """Where everything that matters is the same, nothing stands against comparing."""
    assert why_not_comparable(_revenue(), _revenue(quantity=Quantity("4", "USD", scale="billion"))) is None
