"""Cells and bars as text and as shares of a width: what every face that draws needs."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from keiretsu_queries.sheets import Bar, Cell


def cell_text(cell: Cell) -> str:
    """Return a cell for a person; numbers of more than four digits with separators.

    Example:
        >>> cell_text(Decimal("247795")), cell_text(0.25), cell_text(None)
        ('247,795', '0.25', '')
    """
    match cell:
        case None:
            return ""
        case bool() | str():
            return str(cell)
        case int():
            return f"{cell:,}" if abs(cell) > 9999 else str(cell)
        case float():
            return f"{cell:.3g}"
        case Decimal():
            return f"{cell:,f}" if abs(cell) > 9999 else f"{cell:f}"
        case date():
            return cell.isoformat()


def is_number(cell: Cell) -> bool:
    """Say whether a cell is a number."""
    return isinstance(cell, int | float | Decimal) and not isinstance(cell, bool)


def span_of(bars: Iterable[Bar]) -> tuple[Decimal, Decimal]:
    """Return the least and the greatest value of some bars, zero included."""
    values = [Decimal(0), *(value for bar in bars for value in (bar.low, bar.high))]
    return min(values), max(values)


def share_of(value: Decimal | int, low: Decimal, high: Decimal) -> float:
    """Return where a value stands between two others, from 0 to 1."""
    return float((Decimal(value) - low) / (high - low)) if high != low else 0.0
