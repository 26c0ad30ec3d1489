"""Periods as people call them: fiscal labels, days in short, the period that one asks for, and the one before."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from keiretsu_graph.view import TieFilter, View
from keiretsu_ontology.claims import AnyClaim, Observation, Tie
from keiretsu_ontology.clocks import moments_of
from keiretsu_ontology.dates import Period
from keiretsu_ontology.entities import Entity
from keiretsu_ontology.errors import UsageError
from keiretsu_ontology.notation import NotationError, parse_period

# What stands above a thing and lends it its fiscal year, as the loaders have it: groups before makers.
_UPWARDS = ("unit_of", "subsidiary_of", "part_of", "variant_of")
_DOWNWARDS = ("develops", "offers")
_HIGHEST = 8  # levels
_WRITTEN = (
    (re.compile(r"FY ?(\d{4})[ -]?(Q[1-4]|H[12])"), r"FY\1 \2"),
    (re.compile(r"FY ?(\d{4})"), r"FY\1"),
    (re.compile(r"(\d{4})[ -]?(Q[1-4])"), r"\1-\2"),
    (re.compile(r"(\d{4})[ -]?H1"), r"\1-01/\1-06"),
    (re.compile(r"(\d{4})[ -]?H2"), r"\1-07/\1-12"),
)
_NAMED = ("quarter", "half_year", "year", "fiscal_year", "span")  # kinds that the fiscal calendar has names for


def fiscal_year_ends(view: View, entities: Iterable[Entity]) -> dict[str, str | None]:
    """Return the last day of the fiscal year ("MM-DD") of each entity, or of what stands above it."""
    found: dict[str, str | None] = {entity.id: entity.fiscal_year_end for entity in entities}
    at = {slug: slug for slug, end in found.items() if end is None}  # where the climb from each stands
    for _ in range(_HIGHEST):
        if not at:
            break
        above = _above(view, sorted(set(at.values())))
        at = {slug: above[place] for slug, place in at.items() if place in above}
        ends = view.entities(sorted(set(at.values())))
        found |= {slug: ends[place].fiscal_year_end for slug, place in at.items() if place in ends}
        at = {slug: place for slug, place in at.items() if found[slug] is None}
    return found


def _above(view: View, slugs: Sequence[str]) -> dict[str, str]:
    ties = view.neighbours(slugs, TieFilter(relations=(*_UPWARDS, *_DOWNWARDS), factual=None, stated_only=True))
    found: dict[str, str] = {}
    for tie in sorted(ties, key=_nearness):
        below, above = (tie.subject, tie.object) if tie.relation in _UPWARDS else (tie.object, tie.subject)
        if below in slugs:
            found.setdefault(below, above)
    return found


def _nearness(tie: Tie) -> tuple[bool, int, str, str]:
    order = (*_UPWARDS, *_DOWNWARDS).index(tie.relation)
    return not tie.factual, order, tie.subject, tie.object


def asked_period(text: str, fiscal_year_end: str | None, of: str) -> Period:
    """Return the period that a person asks for: "FY2026 Q2", "2025-Q3", "2025", "2025-07/2025-09".

    Args:
        text: What was asked for.
        fiscal_year_end: "MM-DD", of the thing whose figures are wanted.
        of: Its name.

    Raises:
        UsageError: Not a period, or a fiscal one of a thing whose fiscal year is not known.
    """
    plain = " ".join(text.upper().split())
    for form, written in _WRITTEN:
        if form.fullmatch(plain) is not None:
            plain = form.sub(written, plain)
            break
    if plain.startswith("FY") and fiscal_year_end is None:
        raise UsageError(f"the fiscal year of {of} is not known; write the days, such as --period 2025-07/2025-09")
    try:
        return parse_period(plain, fiscal_year_end=fiscal_year_end)
    except NotationError:
        raise UsageError(
            f"{text[:60]!r} is not a period; write 'FY2026 Q2', 2025-Q3, 2025, 2025-07 or 2025-07/2025-09"
        ) from None


def lies_in(claim: AnyClaim, asked: Period) -> bool:
    """Say whether all days of a figure lie in a period; one whose days are not known does not."""
    first, last = bounds_of(claim)
    if first is None or last is None:
        return False
    return (asked.start is None or first >= asked.start) and (asked.end is None or last <= asked.end)


def bounds_of(claim: AnyClaim) -> tuple[date | None, date | None]:
    """Return the first and the last day that a claim is about."""
    if isinstance(claim, Observation) and claim.period is not None:
        return claim.period.start or claim.period.end, claim.period.end or claim.period.start
    moments = moments_of(claim)
    return (moments[0].when.earliest, moments[-1].when.latest) if moments else (None, None)


def label_of(period: Period, fiscal_year_end: str | None) -> str:
    """Return what a period is called: in the fiscal calendar where there is one, else in that of everybody.

    Empty where it has no name but its days.
    """
    if period.label is not None:
        return period.label
    if period.start is None or period.end is None:
        return ""
    return _fiscal_label(period, fiscal_year_end) or _calendar_label(period)


def _fiscal_label(period: Period, fiscal_year_end: str | None) -> str | None:
    start, end = period.start, period.end
    if fiscal_year_end is None or period.kind not in _NAMED or start is None or end is None or start.day != 1:
        return None
    months = next((months for months in (3, 6, 12) if end == _end_of(start, months)), 0)
    last = int(fiscal_year_end[:2])
    into = (start.month - last - 1) % 12  # months of the fiscal year before this period
    if not months or into % months:
        return None
    part = {3: f" Q{into // 3 + 1}", 6: f" H{into // 6 + 1}", 12: ""}[months]
    return f"FY{start.year + (start.month > last)}{part}"


def _calendar_label(period: Period) -> str:
    start, end = period.start, period.end
    if start is None or end is None or start.day != 1:
        return ""
    for months, part in ((1, f"-{start.month:02}"), (3, f"-Q{start.month // 3 + 1}"), (12, "")):
        if end == _end_of(start, months) and (start.month - 1) % months == 0:
            return f"{start.year}{part}"
    return ""


def _end_of(start: date, months: int) -> date:
    whole = start.year * 12 + start.month - 1 + months
    return date(whole // 12, whole % 12 + 1, 1) - timedelta(days=1)


def days_words(start: date | None, end: date | None) -> str:
    """Return the days of a period in short.

    Example:
        >>> days_words(date(2025, 7, 1), date(2025, 9, 30)), days_words(date(2024, 4, 1), date(2025, 3, 31))
        ('2025-07-01 to 09-30', '2024-04-01 to 2025-03-31')
    """
    if start is None or end is None or start == end:
        return str(end or start or "")
    return f"{start} to {end:%m-%d}" if start.year == end.year else f"{start} to {end}"


def earlier(period: Period, months: int) -> tuple[date, date] | None:
    """Return the days of the same period so many months before, or None where the calendar has none.

    Example:
        >>> autumn = Period("quarter", date(2025, 7, 1), date(2025, 9, 30))
        >>> [str(day) for day in earlier(autumn, 3) or ()]
        ['2025-04-01', '2025-06-30']
    """
    if period.start is None or period.end is None:
        return None
    end = _months_before(period.end, months, last=True)
    start = end if period.start == period.end else _months_before(period.start, months, last=False)
    return (start, end) if start is not None and end is not None else None


def _months_before(day: date, months: int, *, last: bool) -> date | None:
    """Return the day so many months before; of last days, the end of a month leads to the end of a month."""
    after = day + timedelta(days=1)
    is_end = last and after.day == 1
    base = after if is_end else day
    whole = base.year * 12 + base.month - 1 - months
    try:
        found = date(whole // 12, whole % 12 + 1, base.day)
    except ValueError:
        return None
    return found - timedelta(days=1) if is_end else found
