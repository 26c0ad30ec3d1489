"""Dates in tables: how they are written is told by a form such as `M/D/YYYY h:mm`, and what comes out is EDTF."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
          "november", "december")  # fmt: skip
_SHORT = {month[:3]: number for number, month in enumerate(MONTHS, 1)} | {"sept": 9}
_LONG = {month: number for number, month in enumerate(MONTHS, 1)}
_PARTS = {
    "YYYY": r"(?P<year>\d{4})", "YY": r"(?P<short>\d{2})", "MMMM": r"(?P<name>[A-Za-z]+)",
    "MMM": r"(?P<name>[A-Za-z]+)\.?",
    "MM": r"(?P<month>\d{2})", "M": r"(?P<month>\d{1,2})", "DD": r"(?P<day>\d{2})", "D": r"(?P<day>\d{1,2})",
    "hh": r"\d{2}", "h": r"\d{1,2}", "mm": r"\d{2}", "ss": r"\d{2}", "*": r".*",
}  # fmt: skip
_PART = re.compile("|".join(re.escape(part) for part in _PARTS))
_ISO = re.compile(r"(\d{4}-\d\d-\d\d)[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?", re.ASCII)
_PIVOT = 69  # of a year of two digits: 69 is 1969 and 68 is 2068, as POSIX has it


def date_reader(form: str | None) -> Callable[[str], str]:
    """Return what turns a date of a form into EDTF; without a form, what takes the day of an ISO 8601 moment.

    Raises:
        ValueError: No form of a date.

    Example:
        >>> date_reader("M/D/YY h:mm")("11/22/11 3:50")
        '2011-11-22'
    """
    if form is None:
        return _iso_day
    pattern, at = "", 0
    for part in _PART.finditer(form):
        pattern += re.escape(form[at : part.start()]) + _PARTS[part[0]]
        at = part.end()
    pattern += re.escape(form[at:])
    try:
        compiled = re.compile(pattern, re.ASCII)
    except re.error:
        raise ValueError(f"a part of a date stands twice in {form!r}") from None
    named = set(compiled.groupindex)
    if not named & {"year", "short"} or ("day" in named and not named & {"month", "name"}):
        raise ValueError(f"{form!r} names no date; write e.g. M/D/YYYY, D MMM YYYY, YYYY-MM or MMMM YYYY")
    return lambda text: _read(compiled, form, text)


def _iso_day(text: str) -> str:
    found = _ISO.fullmatch(text)
    return found[1] if found is not None else text  # EDTF, or refused where it goes


def _read(compiled: re.Pattern[str], form: str, text: str) -> str:
    found = compiled.fullmatch(text)
    if found is None:
        raise ValueError(f"{text[:60]!r} is not a date of the form {form}")
    parts = found.groupdict()
    year = int(parts.get("year") or _century(parts.get("short") or "0"))
    month = _month(parts, text)
    day = parts.get("day")
    try:
        whole = date(year, month or 1, int(day or 1))
    except ValueError:
        raise ValueError(f"there is no day {text[:60]!r} in the calendar") from None
    return whole.isoformat()[: 10 if day else 7 if month else 4]


def _century(short: str) -> int:
    return int(short) + (1900 if int(short) >= _PIVOT else 2000)


def _month(parts: dict[str, str | None], text: str) -> int | None:
    name = parts.get("name")
    if name is None:
        return int(parts["month"] or 0) if parts.get("month") else None
    found = _LONG.get(name.lower()) or _SHORT.get(name.lower())
    if found is None:
        raise ValueError(f"no month is called {name[:40]!r} in {text[:60]!r}")
    return found
