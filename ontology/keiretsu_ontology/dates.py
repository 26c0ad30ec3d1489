"""Dates that keep their wording and their bounds, and periods that figures are about.

Notation: EDTF (Library of Congress, 2019; ISO 8601-2). The text is parsed at the edge, by the loaders.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

Certainty = Literal["certainly", "possibly", "no", "undated"]
PeriodKind = Literal["instant", "day", "month", "quarter", "half_year", "year", "fiscal_year", "cumulative", "span"]
PERIOD_KINDS: tuple[PeriodKind, ...] = (
    "instant", "day", "month", "quarter", "half_year", "year", "fiscal_year", "cumulative", "span",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class When:
    """A point in time, as exact as its source allows."""

    edtf: str
    earliest: date | None  # None: no lower bound is known
    latest: date | None  # None: no upper bound is known
    stated: str | None = None  # the source's own wording, where it is not the date itself
    inferred: bool = False  # the year is not in the wording and was worked out

    def __str__(self) -> str:
        return self.stated or self.edtf


@dataclass(frozen=True, slots=True)
class Held:
    """When a claim held: from one point to another; None where nothing is known, which is not "still"."""

    start: When | None = None
    end: When | None = None

    @classmethod
    def on(cls, when: When) -> Held:
        """Return that a claim held on a date, of which no more is known: it had begun and had not ended by then."""
        return cls(
            When(f"../{when.edtf}", None, when.latest, when.stated, when.inferred),
            When(f"{when.edtf}/..", when.earliest, None, when.stated, when.inferred),
        )

    @property
    def day(self) -> When | None:
        """The date on which a claim is known to have held, where no more is said; None where more or less is."""
        start, end = self.start, self.end
        if start is None or end is None or not start.edtf.startswith("../") or not end.edtf.endswith("/.."):
            return None
        edtf = end.edtf.removesuffix("/..")
        return When(edtf, end.earliest, start.latest, start.stated, start.inferred) if edtf == start.edtf[3:] else None

    @property
    def undated(self) -> bool:
        """Whether nothing at all is known of the time."""
        return self.start is None and self.end is None

    def at(self, day: date) -> Certainty:
        """Say whether the claim held on a day.

        A claim that is known to have begun and of whose end nothing is said held *possibly* after its beginning.

        Example:
            >>> began = When("2025-07", date(2025, 7, 1), date(2025, 7, 31))
            >>> Held(began, None).at(date(2025, 6, 30)), Held(began, None).at(date(2025, 8, 1))
            ('no', 'possibly')
        """
        if self.undated:
            return "undated"
        if self.start and self.start.earliest and day < self.start.earliest:
            return "no"
        if self.end and self.end.latest and day > self.end.latest:
            return "no"
        begun = self.start is not None and self.start.latest is not None and day >= self.start.latest
        going = self.end is not None and self.end.earliest is not None and day <= self.end.earliest
        return "certainly" if begun and going else "possibly"


@dataclass(frozen=True, slots=True)
class Period:
    """The time that a figure is about."""

    kind: PeriodKind
    start: date | None
    end: date | None
    label: str | None = None  # e.g. "FY2026 Q2", as the organisation calls it
    stated: str | None = None  # the source's own wording
    inferred: bool = False

    def __str__(self) -> str:
        if self.label:
            return self.label
        if self.start and self.end:
            return str(self.start) if self.start == self.end else f"{self.start} to {self.end}"
        return self.stated or self.kind
