"""Days and periods as people say them in English: "in February 2025", "the September quarter of 2025", "FY2026 Q2"."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import NamedTuple

_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
           "november", "december")  # fmt: skip
_MONTH = "(?P<month>" + "|".join(f"{name}|{name[:3]}\\.?" for name in _MONTHS if name != "may") + "|may|sept\\.?)"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_ORDINAL = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}
_LATEST = 2100


class Said(NamedTuple):
    """A stretch of time and how a question may be asked for it."""

    start: date
    end: date
    period: str | None  # as `--period` takes it; None for a day

    @property
    def is_day(self) -> bool:
        """Whether one day is meant."""
        return self.start == self.end


_NTH = "(?P<nth>first|second|third|fourth|1st|2nd|3rd|4th)"
_FISCAL = r"(?:the )?(?:fiscal|financial)(?: year)?"
_SHORT = r"(?P<fy>(?:20)?\d\d)"
_DAY = r"(?P<day>\d\d?)(?:st|nd|rd|th)?"
_QUARTER = r"(?:quarter|three months|3 months)"
_FORMS = (
    re.compile(r"\b(?P<iso>\d{4}[-/.]\d\d[-/.]\d\d)\b"),
    re.compile(
        rf"\b(?:the )?{_QUARTER} (?:ended|ending|to|through|until) {_MONTH}(?: \d\d?(?:st|nd|rd|th)?)?,?"
        rf" {_YEAR}(?P<quarterly>)\b"
    ),
    re.compile(rf"\b(?:the )?{_QUARTER} (?:ended|ending|to|through|until) \d\d? {_MONTH},? {_YEAR}(?P<quarterly>)\b"),
    re.compile(rf"\bfy ?'?{_SHORT},?[ -]?(?P<part>[qh][1-4])\b"),
    re.compile(rf"\b(?P<part>[qh][1-4])(?: of)?(?: the)?[ -]?(?:fy ?'?|{_FISCAL} ){_SHORT}\b"),
    re.compile(rf"\b{_FISCAL} {_SHORT},? (?P<part>[qh][1-4])\b"),
    re.compile(rf"\b{_FISCAL} (?P<part>[qh][1-4]),? {_SHORT}\b"),
    re.compile(rf"\b(?:the )?{_NTH} (?P<span>quarter|half)(?: of)? (?:fy ?'?|{_FISCAL} ){_SHORT}\b"),
    re.compile(rf"\b{_FISCAL} {_NTH} (?P<span>quarter|half)(?: of)? {_SHORT}\b"),
    re.compile(rf"\bfy ?'?{_SHORT}\b"),
    re.compile(rf"\b{_FISCAL}(?: of)? {_YEAR}(?P<fiscalyear>)\b"),
    re.compile(rf"\b{_DAY}(?: of)? {_MONTH},? {_YEAR}\b"),
    re.compile(rf"\b{_MONTH} {_DAY},? {_YEAR}\b"),
    re.compile(rf"\b(?:the )?{_MONTH}[ -]quarter(?: of)?(?: the year)? {_YEAR}(?P<quarterly>)\b"),
    re.compile(rf"\b{_YEAR} {_MONTH}[ -]quarter(?P<quarterly>)\b"),
    re.compile(rf"\b(?:the )?{_MONTH},? {_YEAR} quarter(?P<quarterly>)\b"),
    re.compile(rf"\b(?:the )?{_NTH} quarter(?: of)?(?: calendar)? {_YEAR}\b"),
    re.compile(rf"\b(?:calendar )?q(?P<q>[1-4])(?: of)?[ /-]?{_YEAR}\b"),
    re.compile(rf"\b{_YEAR}[ -]?q(?P<q>[1-4])\b"),
    re.compile(rf"\b(?:the )?(?P<half>first|second) half(?: of)? {_YEAR}\b"),
    re.compile(rf"\bh(?P<half>[12])(?: of)? {_YEAR}\b"),
    re.compile(rf"\b(?:the )?(?P<end>end) of {_YEAR}\b"),
    re.compile(rf"\b(?P<end>year-?end) {_YEAR}\b"),
    re.compile(rf"\b{_MONTH}(?: of)?,? {_YEAR}\b"),
    re.compile(r"\b(?P<month_iso>(?:19|20)\d\d-\d\d)\b"),
    re.compile(rf"\b(?:the (?:calendar )?year |calendar )?{_YEAR}\b"),
)


def find_days(text: str) -> tuple[str, list[Said]]:
    """Return a lower-case text with each date in it as `<d0>`, `<d1>` ..., and what these mean.

    A quarter that is named by a month is the one that ends with it. What is no day of the calendar stays text.

    Example:
        >>> find_days("who led it in february 2025?")[0]
        'who led it in <d0>?'
    """
    found: list[Said] = []
    for form in _FORMS:
        for match in reversed(list(form.finditer(text))):
            if (said := _meaning(match.groupdict())) is not None:
                text = f"{text[: match.start()]}<d{len(found)}>{text[match.end() :]}"
                found.append(said)
    return _in_order(text, found)


def _in_order(text: str, found: list[Said]) -> tuple[str, list[Said]]:
    order = [int(number) for number in re.findall(r"<d(\d+)>", text)]
    renamed = re.sub(r"<d(\d+)>", lambda match: f"<d{order.index(int(match[1]))}>", text)
    return renamed, [found[number] for number in order]


def _meaning(parts: dict[str, str | None]) -> Said | None:
    try:
        return _read({name: value for name, value in parts.items() if value is not None})
    except ValueError:
        return None


def _read(parts: dict[str, str]) -> Said | None:
    if "iso" in parts:
        day = date.fromisoformat(re.sub("[/.]", "-", parts["iso"]))
        return Said(day, day, None)
    if "month_iso" in parts:
        year, month = map(int, parts["month_iso"].split("-"))
        return _months(year, month, 1, parts["month_iso"])
    if "fy" in parts:
        year, part = int(parts["fy"]) % 2000 + 2000, _part(parts)
        return _fiscal(year, f"FY{year}{part}") if year < _LATEST else None
    year = int(parts["year"])
    if "fiscalyear" in parts:
        return _fiscal(year, f"FY{year}")
    if "quarterly" in parts:
        last = _month(parts["month"])
        return _months(year - (last < 3), (last - 3) % 12 + 1, 3)
    if "q" in parts or "nth" in parts:
        quarter = int(parts["q"]) if "q" in parts else _ORDINAL[parts["nth"]]
        return _months(year, 3 * quarter - 2, 3, f"{year}-Q{quarter}")
    if "half" in parts:
        return _months(year, 6 * (_ORDINAL.get(parts["half"]) or int(parts["half"])) - 5, 6)
    if "end" in parts:
        return Said(date(year, 12, 31), date(year, 12, 31), None)
    if "day" in parts:
        day = date(year, _month(parts["month"]), int(parts["day"]))
        return Said(day, day, None)
    if "month" in parts:
        month = _month(parts["month"])
        return _months(year, month, 1, f"{year}-{month:02d}")
    return _months(year, 1, 12, str(year))


def _part(parts: dict[str, str]) -> str:
    """Return the quarter or half of a fiscal year, as periods are written."""
    if "part" in parts:
        return f" {parts['part'].upper()}"
    return f" {parts['span'][0].upper()}{_ORDINAL[parts['nth']]}" if "span" in parts else ""


def _month(name: str) -> int:
    return next(number for number, full in enumerate(_MONTHS, start=1) if full.startswith(name.rstrip(".")[:3]))


def _months(year: int, month: int, number: int, period: str | None = None) -> Said:
    start = date(year, month, 1)
    after = year * 12 + month - 1 + number
    end = date(after // 12, after % 12 + 1, 1) - timedelta(days=1)
    return Said(start, end, period or f"{start}/{end}")


def _fiscal(year: int, label: str) -> Said:
    """Return a fiscal period; its days are those of the entity, so the calendar year alone stands here."""
    return Said(date(year, 1, 1), date(year, 12, 31), label)
