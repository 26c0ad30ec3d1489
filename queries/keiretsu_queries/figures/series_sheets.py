"""Series of figures laid out: an overview, a plot with a table, and rows for programs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from keiretsu_ontology.claims import AnyClaim, Observation
from keiretsu_queries.base import Answer
from keiretsu_queries.figures.growths import Grown, Growth, change_words, growth_words
from keiretsu_queries.figures.series import Point, Series
from keiretsu_queries.lines import Line
from keiretsu_queries.sheets import Bar, Bars, Block, Cell, Table, line, spans, table
from keiretsu_queries.telling import told
from keiretsu_queries.wording import Names, value_words, voice_words

Changes = Sequence[Grown | None]

_DETAILED = 6  # series that are shown figure by figure without an overview
_BESIDE = 2  # series that are, under an overview
_TOLD = 2  # figures of a series that are told in words; more of them make a table
_ON_YEAR = "*: on the year before, worked out"
_WORKED_OUT = "*: worked out from the figures here"
_COMPUTED = f"{_WORKED_OUT}; stated: as a source says"
_OVERVIEW = {
    "of": "of", "metric": "figure", "period": "newest", "value": "value", "year": "on year", "periods": "n",
    "mark": "note",
}  # fmt: skip
_COUNTED = "n: periods known"
_DETAILS = {
    "period": "period", "value": "value", "year": "on year*", "stated": "stated", "sequence": "on previous*",
    "speaker": "said by",
}  # fmt: skip
_ROWS = {
    "entity": "entity", "metric": "metric", "measure": "measure", "scope": "scope", "base": "base", "unit": "unit",
    "kind": "kind of period", "period": "period", "start": "start", "end": "end", "value": "value", "said": "said",
    "year_computed": "on year, computed", "sequence_computed": "on previous, computed", "stated": "stated",
    "disputed": "disputed", "modality": "modality", "factual": "factual", "speaker": "said by", "claim": "claim",
    "source": "source",
}  # fmt: skip


def few_series(series: Sequence[Series]) -> int:
    """Return how many series are shown figure by figure."""
    return len(series) if len(series) <= _DETAILED else _BESIDE


def overview(series: Sequence[Series], grown: Sequence[Changes], limit: int) -> Iterator[Block]:
    """Yield one row for each series, those of changes that stand beside their figures left out."""
    beside = {stated.claim.id for row in grown for found in row if found for stated in found.stated}
    rows = [
        _overview_row(row, changes, several=len({one.about.id for one in series}) > 1)
        for row, changes in zip(series, grown, strict=True)
        if row.measure == "value" or any(line.claim.id not in beside for point in row.points for line in point.lines)
    ]
    shown = rows[:limit] if limit else rows
    yield table(_OVERVIEW, shown, whole=("value",), wraps=("metric",))
    if len(shown) < len(rows):
        yield line(f"... and {len(rows) - len(shown)} more: --limit 0", 0, "quiet")
    computed = any(str(row[4]).endswith("*") for row in shown)
    yield line("; ".join([_COUNTED, *([_WORKED_OUT] if computed else [])]), 0, "quiet")


def _overview_row(row: Series, changes: Changes, *, several: bool) -> list[Cell]:
    place = max((n for n, p in enumerate(row.points) if any(side.claim.factual for side in p.lines)), default=-1)
    point, found = row.points[place], changes[place]
    computed = _computed(found, "year_before")
    facts = any(side.claim.factual for side in point.lines)
    mark = "disputed" if point.disputed else "" if facts else _mark(point, point.lines[0])
    label = row.label + (", change" if row.measure == "change" else "") + (f", {row.scoped}" if row.scoped else "")
    return [
        row.about.name if several else None, label, point.label or point.days or None, values_words(point),
        f"{computed}*" if computed else _stated(found), len(row.points), mark or None,
    ]  # fmt: skip


def values_words(point: Point) -> str:
    """Return the one value of a period, or every side."""
    if point.value is not None:
        return _value(point.value)
    facts = [side.claim for side in point.lines if side.claim.factual] or [side.claim for side in point.lines]
    return _either(list(dict.fromkeys(_value(fact) for fact in facts)))


def _either(values: Sequence[str]) -> str:
    """Return several values with what they end in alike said once.

    Example:
        >>> _either(["30 billion parameters", "30.5 billion parameters"]), _either(["2 million USD", "2%"])
        ('30 or 30.5 billion parameters', '2 million USD or 2%')
    """
    words = [value.split(" ") for value in values]
    same = 0
    while all(len(own) > same + 1 and own[-same - 1] == words[0][-same - 1] for own in words):
        same += 1
    shared = words[0][len(words[0]) - same :] if len(values) > 1 else []
    kept = [" ".join(own[: len(own) - len(shared)]) for own in words]
    return " ".join([" or ".join(kept), *shared])


def _value(claim: AnyClaim) -> str:
    if not isinstance(claim, Observation):
        return ""
    return spaced(value_words(claim) if claim.measure == "value" else change_words(claim))


def spaced(text: str) -> str:
    """Return a figure with its thousands set apart.

    Example:
        >>> spaced("247795 million CNY"), spaced("0.123456%")
        ('247,795 million CNY', '0.123456%')
    """
    return _LONG.sub(lambda found: f"{int(found[0]):,}", text)


_LONG = re.compile(r"(?<![\d.,])\d{5,}")


def _computed(found: Grown | None, base: str) -> str | None:
    return next((growth_words(one) for one in found.computed if one.base == base), None) if found else None


def _sequence(found: Grown | None) -> str | None:
    return _computed(found, "quarter_before") or _computed(found, "month_before")


def _stated(found: Grown | None) -> str | None:
    """Return the changes on the year before that sources state, each once."""
    if found is None:
        return None
    words = [change_words(one.claim) for one in found.stated if one.claim.base == "year_before"]
    return " or ".join(dict.fromkeys(words)) or None


def series_blocks(row: Series, changes: Changes, answer: Answer[Any]) -> Iterator[Block]:
    """Yield a series: a few figures in words, more of them as a plot and a table."""
    of = f"{row.about.name}, " if row.about.id != answer.result.entity.id else ""
    plotted = len(row.points) > 1 and row.unit is not None
    if sum(len(point.lines) for point in row.points) <= _TOLD:
        yield spans((of + row.label, "heading"), (f"  {row.comparable}", "quiet"))
        for point, found in zip(row.points, changes, strict=True):
            yield from _few(row, point, found, answer)
        return
    if plotted:
        bars = [bar for p, found in zip(row.points, changes, strict=True) if (bar := _bar(p, found)) is not None]
        mark = f"  {_ON_YEAR}" if any(bar.text.endswith("*") for bar in bars) else ""
        yield Bars(f"{of}{row.label}, {row.comparable}{mark}", tuple(bars))
    else:
        yield spans((of + row.label, "heading"), (f"  {row.comparable}", "quiet"))
    details = [
        _detail_row(row, point, side, found if number == 0 else None, answer.entities, days=not plotted)
        for point, found in zip(row.points, changes, strict=True)
        for number, side in enumerate(point.lines)
    ]
    yield table(_DETAILS, details, 2, whole=("value",), wraps=("speaker",))
    if any(cells[2] or cells[4] for cells in details):
        yield line(_COMPUTED, 2, "quiet")
    keys = [claim.key for point in row.points for side in point.lines for claim in (side.claim, *side.restated)]
    yield line(f"claims: {', '.join(keys)}", 2, "quiet")


def _few(row: Series, point: Point, found: Grown | None, answer: Answer[Any]) -> Iterator[Block]:
    """Yield the figures of a period in words, then how they have changed."""
    for side in point.lines:
        yield from told(side, answer, row.about.id, f"{_called(point)}: " if _called(point) else "")
    for one in found.computed if found else ():
        yield line(f"{growth_words(one)} on the {_BEFORE[one.base]}, worked out on {one.before.key}", 6, "quiet")
    for stated in found.stated if found else ():
        if stated.claim.quantity is None:  # up or down: its own series says it as well
            continue
        yield line(f"{change_words(stated.claim)} is stated: {stated.claim.key}", 6, "quiet")


def _called(point: Point) -> str:
    """Return what a period is called, and its days."""
    return f"{point.label} ({point.days})" if point.label and point.label != point.days else point.days


_BEFORE = {"year_before": "year before", "quarter_before": "quarter before", "month_before": "month before"}


def _bar(point: Point, found: Grown | None) -> Bar | None:
    """Return the bar of a period, from the least to the greatest of its sides."""
    facts = [side.claim for side in point.lines if side.claim.factual] or [side.claim for side in point.lines]
    known = [fact for fact in facts if isinstance(fact, Observation) and fact.quantity is not None]
    if not known:
        return None
    amounts = [_signed(fact) for fact in ([point.value] if point.value is not None else known)]
    growth = _computed(found, "year_before")
    label = f"{point.label}  {point.days}" if point.label and point.label != point.days else point.days
    sure = not point.disputed and known[0].factual
    text = values_words(point) + (f"  {growth}*" if growth else "")
    return Bar(label, min(amounts), max(amounts), text, None if sure else "warn")


def _signed(claim: Observation) -> Decimal:
    amount = claim.quantity.amount if claim.quantity else Decimal(0)
    return -amount if claim.direction == "down" and amount > 0 else amount


def _detail_row(row: Series, point: Point, side: Line, found: Grown | None, names: Names, *, days: bool) -> list[Cell]:
    claim, mark = side.claim, _mark(point, side)
    value = _value(claim).removesuffix(f" {row.unit}")  # the unit stands over the series
    return [
        (_called(point) if days else point.label or point.days) or None, value + (f" ({mark})" if mark else ""),
        _computed(found, "year_before"), _stated(found), _sequence(found), voice_words(claim, names),
    ]  # fmt: skip


def _mark(point: Point, side: Line) -> str:
    claim = side.claim
    marks: list[str] = []
    if not claim.factual:
        marks.append("outranked" if claim.outranked else claim.rank if claim.rank == "deprecated" else claim.modality)
    marks += ["disputed"] if point.disputed and claim.factual else []
    marks += [side.doubt] if side.doubt else []
    return ", ".join(marks)


def figure_rows(series: Sequence[Series], grown: Sequence[Changes], names: Names) -> Table:
    """Return one row for every side of every figure."""
    return table(_ROWS, (
        _figure_row(row, point, side, found, names)
        for row, changes in zip(series, grown, strict=True)
        for point, found in zip(row.points, changes, strict=True)
        for side in point.lines
    ))  # fmt: skip


def _figure_row(row: Series, point: Point, side: Line, found: Grown | None, names: Names) -> list[Cell]:
    claim, period = side.claim, point.period
    quantity = claim.quantity if isinstance(claim, Observation) else None
    found = found if claim is point.value else None
    return [
        row.about.id, row.metric, row.measure, row.scoped or None, row.base, row.unit, row.kind, point.label or None,
        period.start if period else None, period.end if period else None, quantity.amount if quantity else None,
        _value(claim), _number(found, "year_before"), _number(found, "quarter_before", "month_before"), _stated(found),
        point.disputed, claim.modality, claim.factual, voice_words(claim, names), claim.key, claim.source,
    ]  # fmt: skip


def _number(found: Grown | None, *bases: str) -> Decimal | None:
    computed: Sequence[Growth] = found.computed if found else ()
    return next((one.amount for one in computed if one.base in bases), None)
