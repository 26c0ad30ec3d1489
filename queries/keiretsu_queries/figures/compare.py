"""Compare: what do things have in common, where do they differ, and which figures may be set side by side?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from keiretsu_graph.view import ClaimFilter, View
from keiretsu_ontology.claims import BASES, AnyClaim, Scope, Tie
from keiretsu_ontology.entities import KINDS, Entity
from keiretsu_ontology.errors import UsageError
from keiretsu_queries.base import ALWAYS, Answer, Clocks, answer
from keiretsu_queries.figures.metrics import metric_named
from keiretsu_queries.figures.periods import asked_period, days_words, fiscal_year_ends, lies_in
from keiretsu_queries.figures.series import Point, series_of
from keiretsu_queries.figures.series_sheets import values_words
from keiretsu_queries.figures.side_by_side import Beside, Unlike, not_compared, side_by_side
from keiretsu_queries.figures.traits import Trait, traits_of
from keiretsu_queries.parameters import MetricName, Names, PeriodText, StatedOnly
from keiretsu_queries.sheets import BLANK, Block, Cell, Table, line, spans, table
from keiretsu_queries.sparql_texts import about
from keiretsu_queries.subjects import known_of, meant
from keiretsu_queries.wording import name as name_of

_LISTED = 8  # names of one sort
_CELL = 3  # names in a cell
_KEYS = 40  # of claims
_UNLIKE = 8  # reasons


class Comparison(NamedTuple):
    """Things side by side."""

    entities: tuple[Entity, ...]
    between: tuple[Tie, ...]  # ties among them
    traits: tuple[Trait, ...]
    figures: tuple[Beside, ...]
    unlike: tuple[Unlike, ...]
    alone: tuple[tuple[str, int], ...]  # for each thing: how many sorts of figures only it has


def compare(
    view: View, *names: Names, metric: MetricName = None, period: PeriodText = None, stated_only: StatedOnly = False,
    clocks: Clocks = ALWAYS,
) -> Answer[Comparison]:  # fmt: skip
    """Return what things share, where they differ, and their figures where these may be set side by side.

    Figures stand side by side only of one metric, unit, base, kind of period, days and scope; of every kind of figure
    the newest period is taken for which most of the things have one. Nothing is ranked, nothing converted.

    Args:
        view: The graph.
        names: Two names or more.
        metric: Only this metric.
        period: Only figures whose days lie in this period, by the fiscal year of the first thing.
        stated_only: Leave out ties that follow from others by rule.
        clocks: The clocks to ask by.

    Raises:
        AmbiguousNameError: Several things have one of the names.
        UsageError: Fewer than two things are named, or there is no such metric or period.
    """
    found = [meant(view, text) for text in names]
    called = [one.entity.name if one.entity else text for one, text in zip(found, names, strict=True)]
    question = f"What do {' and '.join(called)} have in common, and where do they differ?"
    entities = tuple({one.entity.id: one.entity for one in found if one.entity}.values())
    if missing := [told for one in found if one.entity is None for told in one.nearest]:
        nothing = Comparison((), (), (), (), (), ())
        return answer(view, question, nothing, (), sparql=about([]), instead=list(dict.fromkeys(missing)))
    if len(entities) < 2:
        raise UsageError("name two different things or more to compare, such as: keiretsu compare Qwen3-Max Qwen3-Omni")
    wanted = (metric_named(view, metric),) if metric else ()
    traits, between, ties = ((), (), []) if metric else traits_of(view, entities, clocks, stated_only=stated_only)
    figures, unlike, alone = _figures(view, entities, wanted, period, clocks)
    result = Comparison(entities, between, traits, figures, unlike, alone)
    claims = _claims(view, result, ties)
    ids = [entity.id for entity in entities]
    ends = [slug for trait in traits for slug in (*trait.shared, *(one for each in trait.each for one in each))]
    return answer(
        view, question, result, claims, sparql=about(ids), entities=[*ids, *ends],
        instead=() if claims else [told for entity in entities for told in known_of(view, entity)], clocks=clocks,
    )  # fmt: skip


def _figures(
    view: View, entities: Sequence[Entity], wanted: tuple[str, ...], period: str | None, clocks: Clocks
) -> tuple[tuple[Beside, ...], tuple[Unlike, ...], tuple[tuple[str, int], ...]]:
    ids = tuple(entity.id for entity in entities)
    years = fiscal_year_ends(view, entities)
    claims = view.claims(
        clocks.claims(entities=ids, roles=("subject",), shapes=("observation",), topics=wanted, factual=True)
    )
    if period is not None:
        asked = asked_period(period, years[ids[0]], entities[0].name)
        claims = [claim for claim in claims if lies_in(claim, asked)]
    series = series_of(view, claims, clocks, {entity.id: entity for entity in entities}, years)
    rows = tuple(side_by_side(series, entities))
    scopes = {slug for row in series for slug in _scope_names(row.scope)}
    unlike = tuple(not_compared(series, entities, rows, view.entities(scopes)))
    labels = {entity.id: {row.label for row in series if row.about.id == entity.id} for entity in entities}
    alone = tuple(
        (slug, len(own - set().union(*(other for name, other in labels.items() if name != slug))))
        for slug, own in labels.items()
    )
    return rows, unlike, alone


def _scope_names(scope: Scope) -> set[str]:
    slugs = (scope.product, scope.market, scope.place, scope.benchmark, getattr(scope, "counterparty", None))
    return {slug for slug in (*slugs, *scope.excludes) if slug}


def _claims(view: View, result: Comparison, ties: Iterable[Tie]) -> list[AnyClaim]:
    ids = tuple(sorted({claim for tie in ties for claim in tie.claims}))
    claims = list(view.claims(ClaimFilter(ids=ids))) if ids else []
    claims += [claim for row in result.figures for claim in row.claims]
    return claims + [claim for row in result.unlike for claim in row.example]


def tell_compare(answer: Answer[Comparison]) -> Iterator[Block]:
    """Yield what is shared, a table of each thing's own, the figures side by side, and why others are not."""
    result = answer.result
    yield line(", ".join(entity.name for entity in result.entities), 0, "title")
    yield from _shared(result, answer)
    if rows := list(_differences(result, answer)):
        columns = {"trait": "what", **{entity.id: entity.name for entity in result.entities}}
        yield from (BLANK, line("Different", 0, "heading"), table(columns, rows, wraps=[*columns]))
    if result.figures:
        yield from (BLANK, line("Figures that may be compared", 0, "heading"))
        columns = {"figure": "figure", "period": "period", **{entity.id: entity.name for entity in result.entities}}
        yield table(columns, (_figure_row(row, answer.entities) for row in result.figures), wraps=[*columns])
        keys = dict.fromkeys(claim.key for row in result.figures for claim in row.claims)
        yield line(f"claims: {_some(list(keys), _KEYS)}", 2, "quiet")
    yield from _unlike(result)


def _shared(result: Comparison, answer: Answer[Comparison]) -> Iterator[Block]:
    keys = {claim.id: claim.key for claim in answer.claims}
    told = [trait for trait in result.traits if trait.shared]
    if not result.traits:
        return
    yield from (BLANK, line("In common", 0, "heading"))
    kinds = {entity.kind for entity in result.entities}
    if len(kinds) == 1:
        yield line(f"kind: {KINDS[kinds.pop()].label}", 2)
    for trait in told:
        names = sorted(name_of(answer.entities, slug) for slug in trait.shared)
        yield line(f"{trait.label} ({len(names)}): {_some(names, _LISTED)}", 2)
        rests = sorted(keys.get(claim, claim) for claim in trait.claims)
        yield line(_some(rests, _LISTED), 6, "quiet")
    if not told and kinds:
        yield line("nothing that is known", 2, "quiet")


def _some(words: Sequence[str], most: int) -> str:
    """Return the first of some words, and how many more there are."""
    return ", ".join(words[:most]) + (f" and {len(words) - most} more" if len(words) > most else "")


def _differences(result: Comparison, answer: Answer[Comparison]) -> Iterator[list[Cell]]:
    """Yield a row for each trait in which not all is shared."""
    kinds = [KINDS[entity.kind].label for entity in result.entities]
    if result.traits and len(set(kinds)) > 1:
        yield ["kind", *kinds]
    for trait in result.traits:
        if any(set(each) != set(trait.shared) for each in trait.each):
            yield _trait_row(trait, answer)


def _trait_row(trait: Trait, answer: Answer[Comparison]) -> list[Cell]:
    shared = set(trait.shared)
    return [trait.label, *(_names(each, shared, answer) for each in trait.each)]


def _names(slugs: Sequence[str], shared: set[str], answer: Answer[Comparison]) -> str:
    """Return what only one has, in a few names; what all share stands above."""
    own = sorted(name_of(answer.entities, slug) for slug in slugs if slug not in shared)
    if not slugs:
        return "not known"
    listed = _some(own, _CELL)
    both = f"{len(shared)} in common" if shared else ""
    return "; ".join(part for part in (listed, both) if part)


def _figure_row(row: Beside, names: Mapping[str, Entity]) -> list[Cell]:
    return [_called(row, names), _period(row) or None, *(_value(point) for point in row.points)]


def _called(row: Beside, names: Mapping[str, Entity]) -> str:
    """Return what a figure is called: a score by its test, others by their metric and scope."""
    change = [f"change on {BASES[row.base]}" if row.base else "change"] if row.measure == "change" else []
    scope = row.first.scope
    if scope.benchmark is not None and scope == Scope(benchmark=scope.benchmark):
        return ", ".join([f"{name_of(names, scope.benchmark)} {row.label.removeprefix('benchmark ')}", *change])
    return ", ".join([row.label, *change, *([row.scoped] if row.scoped else [])])


def _period(row: Beside) -> str:
    point = next(point for point in row.points if point is not None)
    return days_words(row.period.start, row.period.end) if row.period else point.days


def _value(point: Point | None) -> str | None:
    if point is None:
        return None
    return values_words(point) + (" (disputed)" if point.disputed else "")


def _unlike(result: Comparison) -> Iterator[Block]:
    names = {entity.id: entity.name for entity in result.entities}
    alone = [f"{names[slug]} {count}" for slug, count in result.alone if count]
    if result.unlike or alone:
        yield BLANK
        yield spans(("Not compared", "heading"), (f"  {len(result.unlike)}" if result.unlike else "", "quiet"))
    for row in result.unlike[:_UNLIKE]:
        pair = f", {row.one.name} and {row.other.name}" if len(result.entities) > 2 else ""
        yield line(f"{row.label}{pair}: {row.why}", 2)
        yield line(" and ".join(claim.key for claim in row.example), 6, "quiet")
    if (more := len(result.unlike) - _UNLIKE) > 0:
        yield line(f"... and {more} more: --metric METRIC", 2, "quiet")
    if alone:
        yield line(f"sorts of figures that only one of them has: {', '.join(alone)}", 2, "quiet")


def rows_compare(answer: Answer[Comparison]) -> Table:
    """Return one row for every thing and trait, and for every figure side by side."""
    columns = {
        "what": "what", "period": "period", "unit": "unit", "entity": "entity", "value": "value", "amount": "amount",
        "disputed": "disputed", "claims": "claims",
    }  # fmt: skip
    return table(columns, _rows(answer.result, answer.entities))


def _rows(result: Comparison, names: Mapping[str, Entity]) -> Iterator[list[Cell]]:
    for trait in result.traits:
        for entity, each in zip(result.entities, trait.each, strict=True):
            for slug in each:
                yield [trait.label, None, None, entity.id, slug, None, None, None]
    for row in result.figures:
        for entity, point in zip(result.entities, row.points, strict=True):
            if point is not None:
                keys = " ".join(side.claim.key for side in point.lines)
                value = point.value.quantity if point.value is not None else None
                amount = value.amount if value is not None else None
                yield [
                    _called(row, names),
                    _period(row),
                    row.unit,
                    entity.id,
                    values_words(point),
                    amount,
                    point.disputed,
                    keys,
                ]
