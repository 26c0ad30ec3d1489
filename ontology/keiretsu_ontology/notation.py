"""How dates, periods and quantities are written: text to values, each fault in words for the writer."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from time import struct_time

from keiretsu_ontology.dates import PERIOD_KINDS, Period, PeriodKind, When
from keiretsu_ontology.metrics import CURRENCY_NAMES, SCALES, UNITS
from keiretsu_ontology.values import COMPARATOR_WORDS, Comparator, Quantity

MAX_DIGITS = 24  # of a number, scale included: decimals are exact up to 28
YEARS = (1500, 2200)  # what lies outside is taken for a slip
_DAY = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")
_QUARTER = re.compile(r"(\d{4})-3([3-6])")
_WINTER = re.compile(r"\d{4}-24")
_KINDS: dict[str, PeriodKind] = {kind: kind for kind in PERIOD_KINDS}
_FISCAL = re.compile(r"FY(\d{4})(?: (Q[1-4]|H[12]))?")
_DIGITS = r"(?:[1-9]\d{0,2}(?:,\d{3})+|0|[1-9]\d*)(?:\.\d+)?(?![\d.,])"
_NUMBER = re.compile(rf"([+-]?{_DIGITS})(?:-({_DIGITS}))?")  # the second one makes it a range: 41-60
_COMPARATORS: dict[str, Comparator] = {
    **{word: sign for sign, word in COMPARATOR_WORDS.items() if word},
    "more than": ">", "at least": ">=", "less than": "<", "up to": "<=", "around": "~", "roughly": "~",
    ">=": ">=", "<=": "<=", ">": ">", "<": "<", "~": "~", "=": "=",
}  # fmt: skip
_COMPARING = re.compile("|".join(sorted(map(re.escape, _COMPARATORS), key=len, reverse=True)))


class NotationError(ValueError):
    """A written value that cannot be read; the message says what was expected."""


def nearest(word: str, known: Iterable[str]) -> str:
    """Return a hint at the most similar known word, as "; did you mean 'x'?", or nothing.

    Example:
        >>> nearest("bilion", ["million", "billion"])
        "; did you mean 'billion'?"
    """
    from difflib import get_close_matches

    found = get_close_matches(word.lower()[:200], list(known), n=1, cutoff=0.6)
    return f"; did you mean {found[0]!r}?" if found else ""


def parse_when(text: str, stated: str | None = None, *, inferred: bool = False) -> When:
    """Return the point in time that an EDTF text means.

    Raises:
        NotationError: Not EDTF, not a day of the calendar, or an interval that ends before it begins.

    Example:
        >>> parse_when("2025-07").latest
        datetime.date(2025, 7, 31)
    """
    earliest, latest = _bounds(text)
    for day in (earliest, latest):
        if day is not None and not YEARS[0] <= day.year <= YEARS[1]:
            raise NotationError(f"the year {day.year} in {text!r} is not between {YEARS[0]} and {YEARS[1]}")
    if earliest and latest and latest < earliest:
        raise NotationError(f"{text!r} ends before it begins")
    if earliest is None and latest is None:
        raise NotationError(f"{text!r} names no day at either end")
    return When(text, earliest, latest, stated, inferred)


@cache
def _bounds(text: str) -> tuple[date | None, date | None]:
    if (plain := _plain(text)) is not None:
        return plain
    if (quarter := _QUARTER.fullmatch(text)) is not None and text.isascii():
        return _quarter_bounds(text, quarter[1], int(quarter[2]) - 2)
    if len(text) > 60 or not text.isascii():
        raise NotationError(f"{text[:60]!r} is not a date; write 2025, 2025-07, 2025-07-31 or another EDTF form")
    start, slash, end = text.partition("/")
    if slash and "" in (start, end) and start != end:  # an end that is not known bounds nothing
        return (None, _bounds(end)[1]) if end else (_bounds(start)[0], None)
    if slash and (first := _plain_end(start)) is not None and (last := _plain_end(end)) is not None:
        return first[0], last[1]  # what most intervals are; the parser of all of EDTF takes milliseconds for each
    from edtf import parse_edtf
    from edtf.parser.edtf_exceptions import EDTFParseException

    try:
        parsed = parse_edtf(text)
        return _widened(text, _to_date(parsed.lower_strict()), _to_date(parsed.upper_strict()))
    except (EDTFParseException, ValueError, TypeError, AttributeError, OverflowError, IndexError):
        raise NotationError(
            f"{text!r} is not a date; write 2025, 2025-07, 2025-07-31, 2025-07-21/2025-07-31 or another EDTF form"
        ) from None


def _widened(text: str, first: date | None, last: date | None) -> tuple[date | None, date | None]:
    """Return bounds as wide as a text leaves them.

    "About" and "perhaps" admit as long a time again to either side. A winter is the one in which its year begins or
    the one in which it ends.
    """
    if first is None or last is None or "/" in text:
        return first, last
    if _WINTER.fullmatch(text):
        return date(first.year, 1, 1), date(first.year + 1, 3, 1) - timedelta(days=1)
    if text[-1] in "~?%":
        room = last - first + timedelta(days=1)
        return first - room, last + room
    return first, last


def _plain(text: str) -> tuple[date, date] | None:
    """Return the bounds of a year, a month or a day; None where a text is something else."""
    plain = _DAY.fullmatch(text) if text.isascii() else None
    return _plain_bounds(text, *plain.groups()) if plain and (plain[2] or "01") <= "20" else None


def _plain_end(text: str) -> tuple[date | None, date | None] | None:
    return (None, None) if text == ".." else _plain(text)


def _quarter_bounds(text: str, year: str, quarter: int) -> tuple[date, date]:
    first, last = (_plain_bounds(text, year, f"{month:02}", None) for month in (3 * quarter - 2, 3 * quarter))
    return first[0], last[1]


def _plain_bounds(text: str, year: str, month: str | None, day: str | None) -> tuple[date, date]:
    try:
        first = date(int(year), int(month or 1), int(day or 1))
        if day:
            return first, first
        after = date(first.year + 1, 1, 1) if not month or first.month == 12 else date(first.year, first.month + 1, 1)
        return first, after - timedelta(days=1)
    except (ValueError, OverflowError):
        raise NotationError(f"there is no day {text!r} in the calendar") from None


def _to_date(moment: struct_time | float) -> date | None:
    if isinstance(moment, float):  # plus or minus infinity: an open end
        return None
    return date(moment.tm_year, moment.tm_mon, moment.tm_mday)


def parse_period(
    text: str,
    kind: str | None = None,
    *,
    fiscal_year_end: str | None = None,
    stated: str | None = None,
    inferred: bool = False,
) -> Period:
    """Return the period that a text means: "FY2026 Q2", "2025-Q3" or any EDTF date or interval.

    A fiscal year is called by the calendar year in which it ends, and its quarters count from its first day.

    Args:
        text: The period as written.
        kind: What kind of period it is, where the text alone does not tell.
        fiscal_year_end: "MM-DD", the last day of the organisation's year.
        stated: The wording of the source.
        inferred: Whether the year was worked out.

    Raises:
        NotationError: Not a period, or a fiscal period of an organisation whose year is not known.

    Example:
        >>> period = parse_period("FY2026 Q2", fiscal_year_end="03-31")
        >>> period.kind, str(period.start), str(period.end)
        ('quarter', '2025-07-01', '2025-09-30')
    """
    if (fiscal := _FISCAL.fullmatch(text)) is not None:
        start, end, found = _fiscal(fiscal[1], fiscal[2], fiscal_year_end)
        if kind not in (None, found):
            raise NotationError(f"{text!r} is a {found}, not a {kind}")
        return Period(found, start, end, text, stated, inferred)
    edtf = re.sub(r"^(\d{4})-Q([1-4])$", lambda m: f"{m[1]}-{32 + int(m[2])}", text)
    when = parse_when(edtf)
    if kind is not None and kind not in _KINDS:
        raise NotationError(f"unknown kind of period {kind[:60]!r}{nearest(kind, _KINDS)}")
    return Period(_KINDS[kind] if kind else _kind_of(edtf, when), when.earliest, when.latest, None, stated, inferred)


def _fiscal(year: str, part: str | None, fiscal_year_end: str | None) -> tuple[date, date, PeriodKind]:
    if fiscal_year_end is None:
        raise NotationError("a fiscal period needs 'fiscal_year_end' on the entity that the figure is about")
    month = int(fiscal_year_end[:2])
    if not YEARS[0] < int(year) <= YEARS[1]:
        raise NotationError(f"the year {year} is not between {YEARS[0]} and {YEARS[1]}")
    first = (int(year) - 1) * 12 + month  # months since year 0 of the first month of the fiscal year
    months, offset, kind = _part(part)
    start = _month(first + offset)
    return start, _month(first + offset + months) - timedelta(days=1), kind


def _part(part: str | None) -> tuple[int, int, PeriodKind]:
    if part is None:
        return 12, 0, "fiscal_year"
    number = int(part[1]) - 1
    return (3, 3 * number, "quarter") if part[0] == "Q" else (6, 6 * number, "half_year")


def _month(months: int) -> date:
    return date(months // 12, months % 12 + 1, 1)


def _kind_of(edtf: str, when: When) -> PeriodKind:
    if re.fullmatch(r"\d{4}-3[3-6]", edtf):
        return "quarter"
    if re.fullmatch(r"\d{4}", edtf):
        return "year"
    if re.fullmatch(r"\d{4}-\d\d", edtf):
        return "month"
    return "day" if when.earliest == when.latest else "span"


@cache
def currencies() -> frozenset[str]:
    """Return the currency codes of ISO 4217, without those for tests and for no currency."""
    from iso4217 import Currency

    return frozenset(currency.code for currency in Currency) - {"XTS", "XXX"}


def parse_quantity(text: str) -> Quantity:
    """Return the quantity that a text means: an optional comparison, a number or a range, a scale and a unit.

    Raises:
        NotationError: Not a number, a range that is none, an unknown unit or currency, or too many digits.

    Example:
        >>> parse_quantity("over 30 billion USD")
        Quantity(written='30', unit='USD', comparator='>', scale='billion', upper=None)
        >>> parse_quantity("41-60%")
        Quantity(written='41', unit='percent', comparator='-', scale=None, upper='60')
    """
    rest = text.strip()
    comparator: Comparator = "="
    if (sign := _COMPARING.match(rest)) is not None:
        comparator, rest = _COMPARATORS[sign[0]], rest[sign.end() :].lstrip()
    number = _NUMBER.match(rest)
    if number is None or not text.isascii():
        raise NotationError(f"{text[:60]!r} does not hold a number; write e.g. 'over 30 billion USD' or '34%'")
    written, upper = (digits.replace(",", "") if digits else None for digits in number.groups())
    words = rest[number.end() :].replace("%", " percent").split()
    scale = words.pop(0) if words and words[0] in SCALES else None
    for digits in (written, upper):
        _check_size(digits or "0", scale, text)
    if upper is not None:
        if comparator != "=" or Decimal(written or "0") >= Decimal(upper):
            raise NotationError(f"{text[:60]!r} is no range; it runs from the lesser to the greater: 41-60%")
        comparator = "-"
    return Quantity(written or "", _unit(words, text), comparator, scale, upper)


def _check_size(digits: str, scale: str | None, text: str) -> None:
    if len(digits) > MAX_DIGITS:
        raise NotationError(f"the number has {len(digits)} digits; at most {MAX_DIGITS} are admitted")
    if Decimal(digits).adjusted() + SCALES.get(scale or "", 0) >= MAX_DIGITS:
        raise NotationError(f"{text[:60]!r} is too large to be meant")


def _unit(words: list[str], text: str) -> str:
    if not words:
        raise NotationError(
            f"{text!r} has no unit; write a currency code, percent, users or another unit of the reference"
        )
    unit = "_".join(words)
    unit = CURRENCY_NAMES.get(unit, unit)
    if unit in UNITS or unit in currencies():
        return unit
    if unit.isupper() and len(unit) == 3:
        raise NotationError(f"unknown currency {unit!r}: ISO 4217 has none of this code")
    hint = nearest(unit, [*UNITS, *SCALES, *(code.lower() for code in ("usd", "eur", "cny"))])
    raise NotationError(f"unknown unit {' '.join(words)!r}{hint}")
