"""Leaderboards: the figures of many things for one metric; only what may be compared stands together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from keiretsu_graph.view import View
from keiretsu_ontology.claims import BASES, FACTUAL, Observation
from keiretsu_ontology.conflicts import why_not_comparable
from keiretsu_ontology.entities import Entity
from keiretsu_ontology.errors import UsageError
from keiretsu_ontology.metrics import METRICS
from keiretsu_ontology.notation import nearest
from keiretsu_ontology.values import range_of
from keiretsu_queries.base import Clocks
from keiretsu_queries.lines import disputes_of
from keiretsu_queries.wording import scope_words, value_words
from keiretsu_queries.words.kinds import folded

_FACT = "fact"
_CANDIDATES = 3  # named where several may be the highest


class Entry(NamedTuple):
    """A figure of a thing, with every claim that gives it."""

    entity: Entity
    claims: tuple[Observation, ...]  # by key
    disputed: bool
    doubt: str | None  # where no claim certainly passes the clocks

    @property
    def written(self) -> str:
        """The value as its source writes it."""
        return value_words(self.claims[0])

    @property
    def short(self) -> str:
        """The value without its unit, where the unit is a word that the board names."""
        quantity = self.claims[0].quantity
        unit = "" if quantity is None or quantity.is_currency else " " + quantity.unit.replace("_", " ")
        return self.written.removesuffix(unit) if unit else self.written

    @property
    def bounds(self) -> tuple[Decimal | None, Decimal | None]:
        """The least and the greatest number that it admits; None is no bound."""
        quantity = self.claims[0].quantity
        if quantity is None:
            return None, None
        low, high = range_of(quantity)[:2]
        return low, high

    @property
    def amount(self) -> Decimal | None:
        """The number as it is written, scale included."""
        quantity = self.claims[0].quantity
        return quantity.amount if quantity else None


class Board(NamedTuple):
    """Figures that may be set beside each other, highest first."""

    label: str  # what they have in common
    entries: tuple[Entry, ...]
    why: str | None  # they may not be set beside those of the first board; None for the first

    @property
    def things(self) -> int:
        """How many things have a figure on it."""
        return len({entry.entity.id for entry in self.entries})


def metric_named(view: View, text: str) -> str:
    """Return the metric that a text names by its id or label.

    Raises:
        UsageError: There is no such metric; the nearest is offered.
    """
    words = {folded(word): slug for slug, row in METRICS.items() for word in (slug, row.label)}
    words |= {folded(other.name): other.id for other in view.all_entities() if other.kind == "metric"}
    if (found := words.get(folded(text))) is not None:
        return found
    raise UsageError(f"no metric {text!r}{nearest(folded(text), words)}")


def boards_of(
    view: View, metric: str, things: Mapping[str, Entity], clocks: Clocks, on: str | None
) -> tuple[Board, ...]:
    """Return the figures of some things for a metric, in boards within which they may be compared.

    Boards of facts come first, then those of most things and of the newest figures. Who forecasts is never set beside
    who reports; what was put aside, denied or outranked is left out.

    Args:
        view: The graph.
        metric: The id of a metric.
        things: Those whose figures are wanted.
        clocks: The clocks to ask by.
        on: The id of a benchmark, market, place or product that the figures must be scoped to.
    """
    wanted = clocks.claims(shapes=("observation",), topics=(metric,), entities=tuple(things), roles=("subject",))
    figures = [claim for claim in view.claims(wanted) if isinstance(claim, Observation) and _counts(claim, on)]
    disputed = {claim for claim, conflicts in disputes_of(view, figures, clocks).items() if conflicts}
    groups: defaultdict[tuple[object, ...], list[Observation]] = defaultdict(list)
    for claim in figures:
        groups[_comparable(claim)].append(claim)
    ordered = sorted(groups.values(), key=_standing)
    names = view.entities({slug for claim in figures for slug in _scoped(claim)})
    return tuple(
        Board(_label(own[0], names), tuple(_entries(own, things, disputed, clocks)), _why(ordered[0][0], own[0]))
        for own in ordered
    )


def _counts(claim: Observation, on: str | None) -> bool:
    put_aside = claim.rank == "deprecated" or claim.outranked or claim.retracted is not None
    if put_aside or claim.none or claim.modality == "denied":
        return False
    return on is None or on in _scoped(claim)


def _scoped(claim: Observation) -> list[str]:
    from keiretsu_ontology.claims import parts_of

    return [part.entity for part in parts_of(claim) if part.role.startswith("scope:") and part.role != "scope:excludes"]


def _voice(claim: Observation) -> str:
    return _FACT if claim.modality in FACTUAL else claim.modality


def _comparable(claim: Observation) -> tuple[object, ...]:
    """Return what figures must have in common to be compared."""
    period = claim.period
    time = (period.kind, period.start, period.end) if period else claim.held
    unit = claim.quantity.unit if claim.quantity else None
    return _voice(claim), claim.measure, claim.base, unit, time, claim.scope


def _standing(claims: Sequence[Observation]) -> tuple[object, ...]:
    first = claims[0]
    end = first.period.end if first.period else None
    newest = -end.toordinal() if end else 0
    things = len({claim.about for claim in claims})
    return (
        _voice(first) != _FACT,
        first.quantity is None,
        first.measure != "value",
        -things,
        newest,
        -len(claims),
        first.key,
    )


def _why(first: Observation, other: Observation) -> str | None:
    if first is other:
        return None
    if _voice(first) != _voice(other):
        return f"each is {_article(other.modality)} {other.modality}, no fact"
    return why_not_comparable(first, other) or "only a direction is said"


def _article(word: str) -> str:
    return "an" if word[:1] in "aeiou" else "a"


def _label(claim: Observation, names: Mapping[str, Entity]) -> str:
    unit = claim.quantity.unit.replace("_", " ") if claim.quantity else "direction"
    parts = [unit if claim.measure == "value" else f"change in {unit}"]
    parts += [f"on {BASES[claim.base]}"] if claim.base else []
    parts += [str(claim.period)] if claim.period else []
    parts += [scope_words(claim.scope, names)]
    parts += [claim.modality] if _voice(claim) != _FACT else []
    return ", ".join(part for part in parts if part)


def _entries(
    claims: Iterable[Observation], things: Mapping[str, Entity], disputed: set[str], clocks: Clocks
) -> Iterator[Entry]:
    same: defaultdict[tuple[str, str], list[Observation]] = defaultdict(list)
    for claim in claims:
        same[claim.about, value_words(claim)].append(claim)
    entries = []
    for (about, _), own in same.items():
        doubts = [clocks.doubt(claim) for claim in own]
        in_dispute = any(claim.id in disputed for claim in own)
        entries.append(Entry(things[about], tuple(own), in_dispute, doubts[0] if all(doubts) else None))
    yield from sorted(entries, key=_highest_first)


def _highest_first(entry: Entry) -> tuple[Decimal, str, str]:
    return -(entry.amount or Decimal(0)), entry.entity.name.casefold(), entry.claims[0].key


def extreme(entries: Sequence[Entry], *, highest: bool) -> list[Entry]:
    """Return the entries of which one must be the highest, or the lowest: several where bounds leave it open.

    "Over 300 million" may be more than 360 million; nobody knows.
    """
    bounds = [entry.bounds for entry in entries]
    if highest:
        floor = max((low for low, _ in bounds if low is not None), default=None)
        return [
            e for e, (_, high) in zip(entries, bounds, strict=True) if high is None or floor is None or high >= floor
        ]
    ceiling = min((high for _, high in bounds if high is not None), default=None)
    return [e for e, (low, _) in zip(entries, bounds, strict=True) if low is None or ceiling is None or low <= ceiling]


def extreme_words(entries: Sequence[Entry], *, highest: bool) -> str:
    """Return in words which figure is the highest or lowest, or which may be."""
    found = extreme(entries, highest=highest)
    named = [f"{entry.entity.name} ({entry.written})" for entry in found[:_CANDIDATES]]
    named += [f"{len(found) - _CANDIDATES} more"] if len(found) > _CANDIDATES else []
    word = "highest" if highest else "lowest"
    same = len({entry.amount for entry in found}) == 1 and all(None not in entry.bounds for entry in found)
    if len(found) == 1 or same:
        return f"{word}: {' and '.join(named)}"
    return f"{word}: one of {', '.join(named)}"
