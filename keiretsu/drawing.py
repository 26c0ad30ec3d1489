"""Bars and axes of time as SVG: text stays text, and the same blocks give the same bytes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from html import escape

from keiretsu_queries.cells import share_of, span_of
from keiretsu_queries.sheets import Axis, Bar, Bars, Stretch

WIDTH = 940
_ROW, _LABEL, _VALUE = 26, 220, 290
_YEARS = 9  # lines on an axis, at most
_INK = {"warn": "#b8741a", "bad": "#b3261e", "good": "#2a7f62"}
_PLAIN = "#2f6690"
_FONT = 'font-family="system-ui, sans-serif" font-size="13"'


def bars_svg(block: Bars) -> str:
    """Return bars from zero, one under the other; of a range the sure part is full and the rest light."""
    low, high = span_of(block.bars)
    room = WIDTH - _LABEL - _VALUE
    top = 30 if block.title else 6

    def rows() -> Iterator[str]:
        if block.title:
            yield _text(0, 18, block.title, weight=600)
        for number, bar in enumerate(block.bars):
            y = top + number * _ROW
            yield _text(0, y + 17, _short(bar.label, 32))
            yield from _bar(bar, y, [share_of(value, low, high) * room for value in (0, bar.low, bar.high)])
            yield _text(WIDTH - _VALUE + 8, y + 17, _short(bar.text, 42))

    return _svg(top + len(block.bars) * _ROW + 6, rows(), block.title or "bars")


def _bar(bar: Bar, y: int, places: list[float]) -> Iterator[str]:
    zero, low, high = places
    ink = _INK.get(bar.style or "", _PLAIN)
    start, end = min(zero, low), max(low, zero)
    yield _rect(_LABEL + start, y + 5, end - start, ink)
    if high > end:
        yield _rect(_LABEL + end, y + 5, high - end, ink, light=True)


def axis_svg(block: Axis) -> str:
    """Return stretches of time under one axis, uncertain ones as long as they are uncertain."""
    days = [day for row in block.stretches for day in (row.earliest, row.latest) if day is not None]
    if not days:
        return ""
    first, last, room = min(days), max(days), WIDTH - _LABEL - _VALUE - 60

    def place(day: date | None, otherwise: float) -> float:
        whole = max((last - first).days, 1)
        return otherwise if day is None else (day - first).days / whole * room

    def rows() -> Iterator[str]:
        yield _text(_LABEL, 16, str(first), ink="#68707a")
        yield _text(_LABEL + room - 74, 16, str(last), ink="#68707a")
        for year in _years_between(first, last):
            yield _year(year, _LABEL + place(date(year, 1, 1), 0), 26 + len(block.stretches) * _ROW, room)
        for number, row in enumerate(block.stretches):
            before = block.stretches[number - 1].lane if number else None
            yield from _stretch(row, 26 + number * _ROW, place(row.earliest, 0), place(row.latest, room), room, before)

    return _svg(26 + len(block.stretches) * _ROW + 8, rows(), "timeline")


def _years_between(first: date, last: date) -> range:
    """Return the years whose beginnings lie between two days, or every few of them where they are many."""
    step = -(-(last.year - first.year) // _YEARS) or 1
    return range(first.year + 1, last.year + 1, step)


def _year(year: int, x: float, bottom: int, room: float) -> str:
    """Return the line on which a year begins, with its number where the ends of the axis leave room."""
    line = f'<line x1="{x:.1f}" y1="24" x2="{x:.1f}" y2="{bottom}" stroke="#68707a" stroke-opacity="0.25"/>'
    return line + (_text(x - 14, 16, str(year), ink="#68707a") if 96 < x - _LABEL < room - 96 else "")


def _stretch(row: Stretch, y: int, start: float, end: float, room: float, before: str | None) -> Iterator[str]:
    ink = _INK.get(row.style or "", _PLAIN)
    if row.lane != before:
        yield _text(0, y + 17, _short(row.lane, 30), weight=600)
    if end - start < 1:
        yield f'<circle cx="{_LABEL + start:.1f}" cy="{y + 12}" r="5" fill="{ink}"/>'
    else:
        yield _rect(_LABEL + start, y + 7, end - start, ink, light=True, height=10)
    yield _text(_LABEL + room + 14, y + 17, _short(row.label, 44))


def _svg(height: int, parts: Iterator[str], title: str) -> str:
    inner = "".join(parts)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" '
        f'role="img"><title>{escape(title)}</title>{inner}</svg>'
    )


def _rect(x: float, y: int, width: float, ink: str, *, light: bool = False, height: int = 14) -> str:
    faint = ' fill-opacity="0.35"' if light else ""
    return f'<rect x="{x:.1f}" y="{y}" width="{max(width, 1):.1f}" height="{height}" rx="2" fill="{ink}"{faint}/>'


def _text(x: float, y: int, text: str, *, weight: int = 400, ink: str = "currentColor") -> str:
    return f'<text x="{x:.1f}" y="{y}" {_FONT} font-weight="{weight}" fill="{ink}">{escape(text)}</text>'


def _short(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
