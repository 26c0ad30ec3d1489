"""What a question may be asked with: each parameter is told once, for the command line and every other face.

A question's positional parameters are what it is about, its keyword parameters are options. `clocks` stands for the
two days that every question may be asked by.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Annotated, Any, Literal, NamedTuple, get_args, get_type_hints

if TYPE_CHECKING:
    import inspect

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


class Parameter(NamedTuple):
    """A parameter of a question: its name, its type, what is told of it, and how Python has it."""

    name: str
    kind: Any
    told: Param
    row: inspect.Parameter

    @property
    def several(self) -> bool:
        """Whether it takes as many values as one likes."""
        return self.row.kind is self.row.VAR_POSITIONAL

    @property
    def positional(self) -> bool:
        """Whether it is what the question is about; else it is an option."""
        return self.row.kind is not self.row.KEYWORD_ONLY

    @property
    def dated(self) -> bool:
        """Whether it is a day."""
        return date in (self.kind, *get_args(self.kind))

    def fault(self, value: object) -> str | None:
        """Return why a value cannot be given, in words, or None where it can: its type, its bounds, its choices."""
        kinds = get_args(self.kind) or (self.kind,)
        if not isinstance(value, (*kinds, int) if float in kinds else kinds) or (
            isinstance(value, bool) and bool not in kinds
        ):
            return f"{self.name} is {_NAMED[kinds[0]]}, not {value!r}"
        least, most = self.told.least, self.told.most
        if isinstance(value, int | float) and (
            (least is not None and value < least) or (most is not None and value > most)
        ):
            return f"{self.name} is {_NAMED[kinds[0]]} from {least} to {most}, not {value}"
        return None


_NAMED = {str: "a text", int: "a whole number", float: "a number", bool: "True or False", date: "a day"}


def parameters_of(ask: Callable[..., Any]) -> list[Parameter]:
    """Return what a question is asked with, in order, without the view and the clocks."""
    return list(_parameters_of(ask))


@lru_cache(maxsize=200)  # a server asks for it with every request
def _parameters_of(ask: Callable[..., Any]) -> tuple[Parameter, ...]:
    from inspect import signature

    hints = get_type_hints(ask, include_extras=True)
    return tuple(
        Parameter(
            name, get_args(hints[name])[0], next(p for p in hints[name].__metadata__ if isinstance(p, Param)), row
        )
        for name, row in signature(ask).parameters.items()
        if name not in ("view", "clocks")
    )


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
