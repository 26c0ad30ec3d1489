"""Metrics: the figures of a thing, period by period, with every side where they disagree."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from keiretsu_graph.view import View
from keiretsu_ontology.claims import Observation
from keiretsu_ontology.entities import Entity
from keiretsu_ontology.errors import UsageError
from keiretsu_ontology.metrics import METRICS
from keiretsu_ontology.notation import nearest
from keiretsu_queries.base import ALWAYS, Answer, Clocks, answer
from keiretsu_queries.lines import Line, lines_of
from keiretsu_queries.parameters import MetricName, Name
from keiretsu_queries.sheets import Block, apart, spans
from keiretsu_queries.sparql_texts import about
from keiretsu_queries.subjects import known_of, meant
from keiretsu_queries.telling import told
from keiretsu_queries.wording import name


class Series(NamedTuple):
    """The figures of one metric that may be set beside each other, newest period last."""

    metric: str
    label: str
    comparable: str  # what they have in common: value or change, unit, kind of period, base, scope
    lines: tuple[Line, ...]


def metrics(
    view: View, entity: Name, *, metric: MetricName = None, clocks: Clocks = ALWAYS
) -> Answer[tuple[Series, ...]]:
    """Return the figures of a thing as series within which values are comparable, by metric.

    Raises:
        AmbiguousNameError: Several things have this name.
        UsageError: There is no such metric.
    """
    found = meant(view, entity)
    question = f"What are the figures of {found.entity.name if found.entity else entity}?"
    if found.entity is None:
        return answer(view, question, (), (), sparql=about([]), instead=found.nearest)
    wanted = (_metric(view, metric),) if metric else ()
    claims = view.claims(
        clocks.claims(entities=(found.entity.id,), roles=("subject",), shapes=("observation",), topics=wanted)
    )
    series = tuple(_series(view, lines_of(view, claims, clocks)))
    return answer(
        view, question, series, claims, sparql=about([found.entity.id], kind="Observation"),
        entities=[found.entity.id], instead=() if claims else _instead(view, found.entity, wanted),
    )  # fmt: skip


def _metric(view: View, text: str) -> str:
    """Return the metric that a text names by its id or label."""
    known = {slug: row.label for slug, row in METRICS.items()}
    known |= {other.id: other.name for other in view.all_entities() if other.kind == "metric"}
    folded = text.casefold().strip()
    for slug, label in known.items():
        if folded in (slug, label.casefold(), slug.replace("-", " ")):
            return slug
    raise UsageError(f"no metric {text!r}{nearest(text, known)}")


def _instead(view: View, entity: Entity, wanted: Sequence[str]) -> list[str]:
    what = f"no figure for {METRICS[wanted[0]].label if wanted and wanted[0] in METRICS else 'any metric'}"
    return [f"{what} of {entity.name} is known", *known_of(view, entity)]


def _series(view: View, lines: Iterable[Line]) -> Iterable[Series]:
    grouped: defaultdict[tuple[str, str], list[Line]] = defaultdict(list)
    for line in lines:
        if isinstance(line.claim, Observation):
            grouped[line.claim.metric, _common(line.claim)].append(line)
    for (metric, comparable), own in sorted(grouped.items()):
        label = METRICS[metric].label if metric in METRICS else name(view.entities([metric]), metric)
        yield Series(metric, label, comparable, tuple(sorted(own, key=_by_period)))


def _common(claim: Observation) -> str:
    """Return what figures must have in common to stand in one series."""
    period = claim.period.kind.replace("_", " ") if claim.period else "no period"
    unit = claim.quantity.unit.replace("_", " ") if claim.quantity else "direction only"
    base = f"on {claim.base.replace('_', ' ')}" if claim.base else ""
    parts = [claim.measure, unit, period, base, _scope(claim)]
    return ", ".join(part for part in parts if part)


def _scope(claim: Observation) -> str:
    scope = claim.scope
    parts = [scope.note, scope.product, scope.market, scope.place, scope.benchmark]
    parts += [f"without {slug}" for slug in scope.excludes]
    return "; ".join(part for part in parts if part)


def _by_period(line: Line) -> tuple[str, str]:
    claim = line.claim
    end = claim.period.end if isinstance(claim, Observation) and claim.period else None
    return str(end or "9999"), claim.key


def tell_metrics(answer: Answer[tuple[Series, ...]]) -> Iterator[Block]:
    """Yield each series, figure by figure."""
    yield from apart(_told(series, answer) for series in answer.result)


def _told(series: Series, answer: Answer[tuple[Series, ...]]) -> Iterator[Block]:
    yield spans((series.label, "heading"), (f"  {series.comparable}", "quiet"))
    for row in series.lines:
        yield from told(row, answer, None)
