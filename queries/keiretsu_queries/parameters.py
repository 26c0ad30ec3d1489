"""What a question may be asked with: each parameter is told once, for the command line and every other face.

A question's positional parameters are what it is about, its keyword parameters are options. `clocks` stands for the
two days that every question may be asked by.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal, NamedTuple

Completion = Literal["entity", "metric", "source", "claim"]


class Param(NamedTuple):
    """What a face must know of a parameter beside its type and default."""

    help: str
    metavar: str | None = None
    short: str | None = None  # one letter
    completes: Completion | None = None  # what the shell may complete it with
    least: int | None = None
    most: int | None = None
    choices: tuple[str, ...] = ()


Name = Annotated[str, Param("A name, alias, id or identifier.", "NAME", completes="entity")]
OtherName = Annotated[str, Param("Another name, alias, id or identifier.", "NAME", completes="entity")]
MaybeName = Annotated[str | None, Param("Only about this.", "[NAME]", completes="entity")]
Names = Annotated[str, Param("Names, aliases, ids or identifiers.", "NAME...", completes="entity")]
StatedOnly = Annotated[bool, Param("Leave out ties that follow from others by rule.")]
WithUnits = Annotated[bool, Param("Count units and subsidiaries with it.")]
MetricName = Annotated[str | None, Param("Only this metric, by id or label.", "METRIC", "m", completes="metric")]
Day = Annotated[date, Param("A day such as 2025-10-01.", "DAY")]
MaybeDay = Annotated[date | None, Param("A day such as 2025-10-01.", "DAY")]
Limit = Annotated[int, Param("How many at most.", "N", "n", least=1, most=1000)]
Most = Annotated[int, Param("How many in each part; 0 for all.", "N", "n", least=0, most=100_000)]
FromDay = Annotated[date | None, Param("Only from this day on.", "DAY")]
ToDay = Annotated[date | None, Param("Only up to this day.", "DAY")]
SinceDay = Annotated[date | None, Param("Only what came on this day or later.", "DAY", "s")]
UntilDay = Annotated[date | None, Param("Only what came on this day or before.", "DAY")]
DateText = Annotated[str, Param("A day such as 2023-09-11; the name may come first.", "DAY")]
PeriodText = Annotated[str | None, Param("Only what lies in this period: 'FY2026 Q2', 2025-Q3, 2025.", "PERIOD", "p")]
