"""Metrics: the figures of a thing, period by period, with every side where they disagree."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from keiretsu_graph.view import View
from keiretsu_ontology.claims import AnyClaim, Observation
from keiretsu_ontology.dates import Period
from keiretsu_ontology.entities import Entity
from keiretsu_ontology.errors import UsageError
from keiretsu_ontology.metrics import METRICS
from keiretsu_ontology.notation import nearest
from keiretsu_queries.base import ALWAYS, Answer, Clocks, answer
from keiretsu_queries.figures.growths import Grown, disagreements, growths_of
from keiretsu_queries.figures.periods import asked_period, days_words, fiscal_year_ends, label_of, lies_in
from keiretsu_queries.figures.series import Series, series_of
from keiretsu_queries.figures.series_sheets import few_series, figure_rows, overview, series_blocks
from keiretsu_queries.parameters import MetricName, Most, Name, PeriodText, WithUnits
from keiretsu_queries.sheets import BLANK, Block, Table, apart, line, spans
from keiretsu_queries.sparql_texts import about
from keiretsu_queries.subjects import group_of, known_of, meant

_NOTES = 6


class Figures(NamedTuple):
    """The figures of a thing, in series within which they may be compared."""

    entity: Entity | None
    period: Period | None  # that was asked for
    called: str  # the period in words
    series: tuple[Series, ...]
    grown: tuple[tuple[Grown | None, ...], ...]  # how each figure has changed, in the order of the series
    limit: int  # how many series an overview shows; 0 for all


def metrics(
    view: View, entity: Name, *, metric: MetricName = None, period: PeriodText = None, with_units: WithUnits = False,
    limit: Most = 20, clocks: Clocks = ALWAYS,
) -> Answer[Figures]:  # fmt: skip
    """Return the figures of a thing as series within which values are comparable, newest period last.

    Growth is worked out only where an earlier period of the same kind has one undisputed value in the same unit and
    scope; it stands beside what sources state, and is marked as worked out.

    Args:
        view: The graph.
        entity: A name of the thing.
        metric: Only this metric.
        period: Only figures whose days lie in this period; growth on earlier ones is still worked out.
        with_units: Whether figures of its units and subsidiaries are listed too.
        limit: How many series an overview shows; 0 for all.
        clocks: The clocks to ask by.

    Raises:
        AmbiguousNameError: Several things have this name.
        UsageError: There is no such metric, or no such period.
    """
    found = meant(view, entity)
    wanted = (metric_named(view, metric),) if metric else ()
    question = _asked(wanted, found.entity.name if found.entity else entity, period)
    if found.entity is None:
        return answer(
            view, question, Figures(None, None, "", (), (), limit), (), sparql=about([]), instead=found.nearest
        )
    ids = group_of(view, found.entity.id) if with_units else (found.entity.id,)
    named = view.entities(ids)
    entities = {slug: named[slug] for slug in ids}
    years = fiscal_year_ends(view, entities.values())
    asked = asked_period(period, years[found.entity.id], found.entity.name) if period else None
    claims = view.claims(clocks.claims(entities=ids, roles=("subject",), shapes=("observation",), topics=wanted))
    series = series_of(view, claims, clocks, entities, years)
    result = _result(found.entity, asked, years[found.entity.id], series, limit)
    shown = _rests_on(result) if asked else claims
    return answer(
        view, question, result, shown, sparql=about(ids, kind="Observation"), entities=ids,
        instead=() if shown else _instead(view, found.entity, wanted, result, claims),
        notes=_notes(result, claims), clocks=clocks,
    )  # fmt: skip


def _asked(wanted: Sequence[str], name: str, period: str | None) -> str:
    """Return the question as one would say it."""
    within = f" in {period}" if period else ""
    if not wanted:
        return f"What are the figures of {name}{within}?"
    return f"What is the {METRICS[wanted[0]].label if wanted[0] in METRICS else wanted[0]} of {name}{within}?"


def _result(entity: Entity, asked: Period | None, year: str | None, series: Sequence[Series], limit: int) -> Figures:
    """Return series with what is known of how their figures changed, cut to a period after that was worked out."""
    grown = growths_of(series)
    kept: list[Series] = []
    changes: list[tuple[Grown | None, ...]] = []
    for place, row in enumerate(series):
        inside = [n for n, p in enumerate(row.points) if asked is None or lies_in(p.lines[0].claim, asked)]
        if inside:
            kept.append(row._replace(points=tuple(row.points[number] for number in inside)))
            changes.append(tuple(grown.get((place, number)) for number in inside))
    called = ""
    if asked is not None:
        label, days = label_of(asked, year), days_words(asked.start, asked.end)
        called = f"{label} ({days})" if label and label != days else days
    return Figures(entity, asked, called, tuple(kept), tuple(changes), limit)


def _rests_on(result: Figures) -> list[AnyClaim]:
    """Return the claims of the figures shown, and of those that growth was worked out on."""
    claims = [claim for row in result.series for claim in row.claims]
    for grown in (found for row in result.grown for found in row if found):
        claims += [growth.before for growth in grown.computed]
        claims += [stated.claim for stated in grown.stated]
    return claims


def _notes(result: Figures, claims: Sequence[AnyClaim]) -> list[str]:
    told = disagreements(result.series, result.grown)
    notes = [*told[:_NOTES], *([f"... and {len(told) - _NOTES} more such differences"] if len(told) > _NOTES else [])]
    if result.period is not None and (left := len(claims) - sum(len(row.claims) for row in result.series)):
        notes.append(f"{left} further figures are of other or longer periods, or of none")
    return notes


def metric_named(view: View, text: str) -> str:
    """Return the metric that a text names by its id or label.

    Raises:
        UsageError: There is no such metric.
    """
    known = {slug: row.label for slug, row in METRICS.items()}
    known |= {other.id: other.name for other in view.all_entities() if other.kind == "metric"}
    folded = text.casefold().strip()
    for slug, label in known.items():
        if folded in (slug, label.casefold(), slug.replace("-", " ")):
            return slug
    raise UsageError(f"no metric {text!r}{nearest(text, known)}")


def _instead(
    view: View, entity: Entity, wanted: Sequence[str], result: Figures, claims: Sequence[AnyClaim]
) -> list[str]:
    what = f"no figure for {METRICS[wanted[0]].label if wanted and wanted[0] in METRICS else 'any metric'}"
    when = f" within {result.called}" if result.called else ""
    told = [f"{what} of {entity.name}{when} is known"]
    if claims:
        periods = sorted({str(o.period) for o in claims if isinstance(o, Observation) and o.period}, reverse=True)
        told.append(f"there are {len(claims)} of other periods: {', '.join(periods[:8]) or 'none is said'}")
        told.append(f"see: keiretsu metrics {entity.id}")
    return [*told, *known_of(view, entity)]


def rows_metrics(answer: Answer[Figures]) -> Table:
    """Return one row for every side of every figure, with exact numbers."""
    return figure_rows(answer.result.series, answer.result.grown, answer.entities)


def tell_metrics(answer: Answer[Figures]) -> Iterator[Block]:
    """Yield an overview where there are many series, then the series, figure by figure."""
    result = answer.result
    if result.entity is None:
        return
    yield spans((result.entity.name, "title"), f"  {result.called}" if result.called else "")
    yield BLANK
    shown = few_series(result.series)
    if shown < len(result.series):
        yield from overview(result.series, result.grown, result.limit)
        yield BLANK
    yield from apart(
        series_blocks(row, grown, answer) for row, grown in zip(result.series[:shown], result.grown, strict=False)
    )
    if left := len(result.series) - shown:
        yield BLANK
        yield line(f"... and {left} more series, period by period: --metric METRIC or --period PERIOD", 0, "quiet")
