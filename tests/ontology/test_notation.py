"""How dates, periods and quantities are written."""

from __future__ import annotations

from datetime import date

import pytest

from keiretsu_ontology.notation import NotationError, parse_period, parse_quantity, parse_when
from keiretsu_ontology.values import Quantity


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2025", date(2025, 1, 1), date(2025, 12, 31)),
        ("2025-02", date(2025, 2, 1), date(2025, 2, 28)),
        ("2024-02-29", date(2024, 2, 29), date(2024, 2, 29)),
        ("2025-07-21/2025-07-31", date(2025, 7, 21), date(2025, 7, 31)),
        ("2025-11-25/..", date(2025, 11, 25), None),
        ("../2025", None, date(2025, 12, 31)),
        ("202X", date(2020, 1, 1), date(2029, 12, 31)),
        ("2025-07~", date(2025, 5, 31), date(2025, 8, 31)),
        ("2025?", date(2024, 1, 2), date(2026, 12, 31)),
        ("2025-24", date(2025, 1, 1), date(2026, 2, 28)),
        ("2025-21", date(2025, 3, 1), date(2025, 5, 31)),
    ],
)
def test_a_date_has_bounds(text: str, first: date | None, last: date | None) -> None:
    """An EDTF date is read to its first and last day; an open end is not known."""
    when = parse_when(text)

    assert (when.earliest, when.latest) == (first, last)


@pytest.mark.parametrize(
    "text",
    ["2025-33", "2025-34", "2025-35", "2024-36", "2022-07-27/2022-12-31", "../2025-11-25", "2025-11/..",
     "2025-10/2025-12", "2019/2020", "2019/2020-02", "2024-02/2024-02-29"],
)  # fmt: skip
def test_plain_dates_mean_what_edtf_means(text: str) -> None:
    """What is read without the parser of the whole of EDTF has the bounds that the parser gives."""
    from edtf import parse_edtf

    parsed, when = parse_edtf(text), parse_when(text)
    ends = [
        None if isinstance(end, float) else date(*end[:3]) for end in (parsed.lower_strict(), parsed.upper_strict())
    ]

    assert [when.earliest, when.latest] == ends


@pytest.mark.parametrize("text", ["2025-33/..", "2020-33/2021-34", "2025-21/2025-02-30"])
def test_quarters_do_not_bound_intervals(text: str) -> None:
    """EDTF has no interval from quarter to quarter."""
    with pytest.raises(NotationError):
        parse_when(text)


@pytest.mark.parametrize(
    "text",
    ["", "late July", "2025-02-30", "2025-13", "2025-7-1", "25", "0000", "9999-12-31", "2025-12-31/2025-01-01", "../..",
     "2025-01-01T10:00", "２０２５", "NaN", "null", "2025-00-10", "x" * 5000, "1/2/2025"],
)  # fmt: skip
def test_what_is_no_date_is_refused(text: str) -> None:
    """A date that is not in the calendar, reversed, unlikely or not EDTF is refused in plain words."""
    with pytest.raises(NotationError):
        parse_when(text)


@pytest.mark.parametrize(
    ("text", "year_end", "kind", "first", "last"),
    [
        ("FY2026 Q2", "03-31", "quarter", date(2025, 7, 1), date(2025, 9, 30)),
        ("FY2026 Q4", "03-31", "quarter", date(2026, 1, 1), date(2026, 3, 31)),
        ("FY2026 H1", "03-31", "half_year", date(2025, 4, 1), date(2025, 9, 30)),
        ("FY2026", "03-31", "fiscal_year", date(2025, 4, 1), date(2026, 3, 31)),
        ("FY2025 Q1", "12-31", "quarter", date(2025, 1, 1), date(2025, 3, 31)),
        ("FY2024", "02-28", "fiscal_year", date(2023, 3, 1), date(2024, 2, 29)),
        ("2025-Q3", None, "quarter", date(2025, 7, 1), date(2025, 9, 30)),
        ("2025", None, "year", date(2025, 1, 1), date(2025, 12, 31)),
        ("2025-10-01", None, "day", date(2025, 10, 1), date(2025, 10, 1)),
        ("2025-07-01/2025-09-15", None, "span", date(2025, 7, 1), date(2025, 9, 15)),
    ],
)
def test_a_period_has_its_days(text: str, year_end: str | None, kind: str, first: date, last: date) -> None:
    """Fiscal quarters count from the first day of the organisation's own year."""
    period = parse_period(text, fiscal_year_end=year_end)

    assert (period.kind, period.start, period.end) == (kind, first, last)


def test_a_fiscal_period_needs_a_fiscal_year() -> None:
    """A fiscal quarter of an organisation whose year is not known is refused."""
    with pytest.raises(NotationError, match="fiscal_year_end"):
        parse_period("FY2026 Q2")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("34.81 billion USD", Quantity("34.81", "USD", scale="billion")),
        ("RMB", None),
        ("14.2 billion RMB", Quantity("14.2", "CNY", scale="billion")),
        ("over 360 million users", Quantity("360", "users", ">", "million")),
        ("at least 5%", Quantity("5", "percent", ">=")),
        ("-64.9%", Quantity("-64.9", "percent")),
        ("170,000 applications", Quantity("170000", "applications")),
        ("2.50 percent", Quantity("2.50", "percent")),
        ("about 2 percentage points", Quantity("2", "percentage_points", "~")),
        ("128K tokens", Quantity("128", "tokens", scale="K")),
        ("41-60 billion USD", Quantity("41", "USD", "-", "billion", "60")),
        ("-3-2.5%", Quantity("-3", "percent", "-", upper="2.5")),
        ("5 bilion USD", None),
        ("12 XYZ", None),
        ("nan USD", None),
        ("1e5 users", None),
        ("0x10 users", None),
        ("٣ users", None),
        ("1,00 users", None),
        ("5", None),
        ("9" * 31 + " users", None),
        ("> > 5 users", None),
    ],
)
def test_a_quantity_is_read_exactly(text: str, expected: Quantity | None) -> None:
    """A quantity keeps its digits as written; what is not a number with a known unit is refused."""
    if expected is not None:
        assert parse_quantity(text) == expected
    else:
        with pytest.raises(NotationError):
            parse_quantity(text)


def test_a_slip_in_a_unit_is_answered_with_the_nearest() -> None:
    """The message offers the unit that was probably meant."""
    with pytest.raises(NotationError, match="did you mean 'downloads'"):
        parse_quantity("600 million donwloads")
