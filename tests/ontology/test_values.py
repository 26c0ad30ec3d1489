"""Values, and which may be set side by side."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from factories import an_observation
from keiretsu_ontology.claims import Observation, Scope
from keiretsu_ontology.conflicts import why_not_comparable
from keiretsu_ontology.dates import Period
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
        (an_observation("b", "north", "net-income"), "different metrics: revenue and net-income"),
    ],
)
def test_unlike_values_are_not_compared(other: Observation, reason: str) -> None:
    """The program says why two values may not stand side by side."""
    assert why_not_comparable(_revenue(), other) == reason


def test_like_values_are_compared() -> None:
    """Where everything that matters is the same, nothing stands against comparing."""
    assert why_not_comparable(_revenue(), _revenue(quantity=Quantity("4", "USD", scale="billion"))) is None
