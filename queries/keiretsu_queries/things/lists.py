"""List: which things of a kind are there, how many, and which is the largest or newest?

The question is called `list`, so the built-in of this name is not used here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Annotated

from keiretsu_graph.view import ClaimFilter, View
from keiretsu_ontology.claims import AnyClaim, Occurrence
from keiretsu_ontology.entities import KINDS, Entity
from keiretsu_ontology.errors import UsageError
from keiretsu_ontology.metrics import METRICS
from keiretsu_ontology.notation import nearest
from keiretsu_queries.base import ALWAYS, Answer, Clocks, answer
from keiretsu_queries.parameters import Limit, MaybeDay, MetricName, Param, StatedOnly
from keiretsu_queries.sparql_texts import these
from keiretsu_queries.subjects import Meant, known_of, meant
from keiretsu_queries.things.catalogue import Catalogue, tell_list
from keiretsu_queries.things.leaderboard import Board, boards_of, extreme_words, metric_named
from keiretsu_queries.things.listing import Listed, Wanted, at_home, candidates, counted, fitting
from keiretsu_queries.times.dating import first_day, outermost
from keiretsu_queries.whole.tied import bounded, doubtful
from keiretsu_queries.words.kinds import BESIDE, Kinds, KindText, kinds_named, kinds_of
from keiretsu_queries.words.readings import Reading, readable, reading_named

__all__ = ["list", "tell_list"]

SORTS = ("name", "date", "value")
_NAMED = 3  # where several may be the newest

Of = Annotated[str | None, Param("Only things of this: its units, products, members, people.", "NAME",
                                 completes="entity")]  # fmt: skip
RelationText = Annotated[str | None, Param("Only by this relation, from either side: developed_by, officer_of.", "R")]
On = Annotated[str | None, Param("Only figures for this benchmark, market or place.", "NAME", completes="entity")]
Sort = Annotated[str | None, Param(f"What to order by: {', '.join(SORTS)}.", "WHAT", "s", choices=SORTS)]


def list(  # noqa: A001 - what people type
    view: View, kind: KindText, *, of: Of = None, relation: RelationText = None, since: MaybeDay = None,
    until: MaybeDay = None, metric: MetricName = None, on: On = None, sort: Sort = None, limit: Limit = 50,
    clocks: Clocks = ALWAYS, stated_only: StatedOnly = False,
) -> Answer[Catalogue]:  # fmt: skip
    """Return the things of a kind that fit, how many there are, and which is the newest or has the highest figure.

    What is of a unit, subsidiary or member is of the whole. Products are there since their launch, organisations since
    their founding, others since their tie to what was asked for; with days, what nobody dates is left out and counted.
    Things that only forecasts or opinions put on the list stand at its end and are not counted. Under the clocks a
    thing is there where a claim that passes them speaks of it.

    Args:
        view: The graph.
        kind: A kind, family or noun such as "customers".
        of: What they must be tied to; without a relation, by what they belong to, else in any way.
        relation: By its name or words, from either side.
        since: Only what is there since this day or later.
        until: Only what is there since this day or earlier.
        metric: Show the figure of each; only comparable ones are ranked.
        on: The benchmark, market or place that figures are for.
        sort: By name, date (newest first) or value (highest first).
        limit: How many at most.
        clocks: The clocks to ask by.
        stated_only: Whether ties that follow by rule are left out.

    Raises:
        AmbiguousNameError: Several things have one of the names.
        UsageError: There is no such kind, relation, metric or order.
    """
    kinds = kinds_named(kind)
    reading = readable(reading_named(relation), kinds.kinds) if relation is not None else kinds.reading
    slug = metric_named(view, metric) if metric is not None else None
    _check(sort, on, slug, (since, until))
    ends = {text: meant(view, text) for text in (of, on) if text is not None}
    whose, scope = (_entity(ends.get(text)) if text is not None else None for text in (of, on))
    question = f"Which {kinds.many} are there{_of_words(kinds, reading, whose.name if whose else of)}?"
    if told := [sentence for end in ends.values() if end.entity is None for sentence in end.nearest]:
        return _answered(view, question, _empty(), (), tuple(dict.fromkeys(told)))
    wanted = Wanted(kinds, reading, whose, since, until, stated_only)
    rows, undated = fitting(view, wanted, clocks)
    if not rows:
        return _answered(view, question, _empty(), (), _none(view, wanted, clocks, undated))
    boards = boards_of(view, slug, _things(rows), clocks, scope.id if scope else None) if slug else ()
    if slug and not boards:
        return _answered(view, question, _empty(), (), _no_figure(view, wanted, rows, slug, scope))
    catalogue = _catalogue(view, wanted, clocks, rows, boards, (slug, sort, limit))
    notes = (*_undated(undated, kinds), *_beside(view, wanted, clocks))
    return _answered(view, question, catalogue, notes, (), clocks, whose, scope)


def _check(sort: str | None, on: str | None, metric: str | None, days: tuple[date | None, date | None]) -> None:
    if sort is not None and sort not in SORTS:
        raise UsageError(f"nothing is ordered by {sort!r}{nearest(sort, SORTS)}; there are {', '.join(SORTS)}")
    if on is not None and metric is None:
        raise UsageError("what a figure is on needs a metric, such as --metric benchmark-score")
    if sort == "value" and metric is None:
        raise UsageError("to order by value needs a metric, such as --metric parameters")
    if days[0] and days[1] and days[1] < days[0]:
        raise UsageError(f"the time until {days[1]} ends before it begins on {days[0]}")


def _entity(end: Meant | None) -> Entity | None:
    return end.entity if end else None


def _things(rows: Iterable[Listed]) -> dict[str, Entity]:
    return {row.entity.id: row.entity for row in rows if not row.claimed}


def _of_words(kinds: Kinds, reading: Reading | None, whose: str | None) -> str:
    if reading is not None and reading != kinds.reading:
        return f" of which each {reading.words} {whose or 'something'}"
    return f" of {whose}" if whose else ""


def _answered(
    view: View, question: str, catalogue: Catalogue, notes: Iterable[str], instead: Iterable[str],
    clocks: Clocks = ALWAYS, *ends: Entity | None,
) -> Answer[Catalogue]:  # fmt: skip
    """Return an answer; that a thing is there is known where it is listed, whether a claim is needed for it or not."""
    kept, more = bounded(_claims(catalogue))
    named = {row.entity.id for row in catalogue.things} | {entity.id for entity in ends if entity}
    named |= {end for row in catalogue.things for tie in row.ties for end in (tie.subject, tie.object)}
    told = answer(
        view, question, catalogue, kept, sparql=these([claim.id for claim in kept]), entities=sorted(named),
        instead=tuple(instead), notes=[*notes, *more, *doubtful(clocks, kept)], clocks=clocks,
    )  # fmt: skip
    return replace(told, state="known") if catalogue.total and told.state in ("not known", "only claimed") else told


def _claims(catalogue: Catalogue) -> tuple[AnyClaim, ...]:
    """Return what a catalogue rests on: first the figures that it ranks, then what puts each thing on it."""
    figures = [claim for board in catalogue.boards for entry in board.entries for claim in entry.claims]
    return tuple(
        {claim.id: claim for claim in (*figures, *(c for row in catalogue.things for c in row.claims))}.values()
    )


def _catalogue(
    view: View, wanted: Wanted, clocks: Clocks, rows: Sequence[Listed], boards: tuple[Board, ...],
    asked: tuple[str | None, str | None, int],
) -> Catalogue:  # fmt: skip
    metric, sort, limit = asked
    facts = [row for row in rows if not row.claimed]
    by = sort or ("value" if boards else "date" if wanted.since or wanted.until else "name")
    ranked = boards[0].entries if boards else ()
    figures = {entry.entity.id: place for place, entry in reversed((*enumerate(ranked),))}
    kept = [row for row in rows if row.entity.id in figures] if boards else rows
    ordered = sorted(kept, key=lambda row: (row.claimed, *_place(row, by, figures)))
    shown = at_home(view, ordered[:limit], clocks, stated_only=wanted.stated_only)
    headline = wanted.kinds.called(len(facts)) + _headline_of(wanted)
    headline += f"; {len(rows) - len(facts)} more only claimed" if len(facts) < len(rows) else ""
    extremes = _best_figures(boards, metric) if boards and metric else _newest(facts)
    things = tuple(counted(view, shown, clocks))
    return Catalogue(headline, extremes, len(facts), things, metric, boards, len(kept) - len(shown))


def _place(row: Listed, by: str, figures: dict[str, int]) -> tuple[object, ...]:
    called = (row.entity.name.casefold(), row.entity.id)
    if by == "value":
        return (figures.get(row.entity.id, len(figures)), *called)
    first = first_day(row.dates[0].when) if row.dates else None
    return (-(first.toordinal() if first else 0), *called) if by == "date" else called


def _headline_of(wanted: Wanted) -> str:
    whose = wanted.of.name if wanted.of else None
    days = [f"since {wanted.since}"] if wanted.since else []
    days += [f"until {wanted.until}"] if wanted.until else []
    window = f" {_begun(wanted.kinds)} {' and '.join(days)}" if days else ""
    if wanted.reading is not None and wanted.reading != wanted.kinds.reading:
        return f"{window}: each {wanted.reading.words} {whose or 'something'}"
    return (f" of {whose}" if whose else "") + window


def _begun(kinds: Kinds) -> str:
    families = {KINDS[kind].family for kind in kinds.kinds}
    begun = {"product": "launched", "organisation": "founded"}
    return begun.get(min(families), "there") if len(families) == 1 else "there"


def _best_figures(boards: Sequence[Board], metric: str) -> str:
    """Return in words how many have a figure, how many of these may be compared, and the ends of their order."""
    first = boards[0]
    having = len({entry.entity.id for board in boards for entry in board.entries})
    compared = f", {first.things} of them comparable" if first.things < having else ""
    words = f"{having} with a figure for {_metric_label(metric)}{compared} ({first.label})"
    if first.things < 2 or all(entry.amount is None for entry in first.entries):
        return words
    return f"{words}; " + "; ".join(extreme_words(first.entries, highest=highest) for highest in (True, False))


def _metric_label(metric: str) -> str:
    return METRICS[metric].label if metric in METRICS else metric


def _newest(rows: Sequence[Listed]) -> str | None:
    """Return in words which is the newest and which the oldest, where launches or foundings tell any apart."""
    dated = {row.entity.id: row for row in rows if row.dates and isinstance(row.dates[0].claim, Occurrence)}
    dates = {thing: row.dates[0].when for thing, row in dated.items()}
    new, old = outermost(dates, newest=True), outermost(dates, newest=False)
    if not set(dated) - set(new):
        return None
    return f"{len(dated)} dated; newest: {_dated(new, dated)}; oldest: {_dated(old, dated)}"


def _dated(things: Sequence[str], rows: dict[str, Listed]) -> str:
    named = [f"{rows[thing].entity.name} ({rows[thing].dates[0].when.edtf})" for thing in things[:_NAMED]]
    named += [f"{len(things) - _NAMED} more"] if len(things) > _NAMED else []
    return " or ".join(named) if len(named) < 3 else "one of " + ", ".join(named)


def _undated(undated: int, kinds: Kinds) -> Iterator[str]:
    if undated:
        yield f"{kinds.called(undated)} besides {'is' if undated == 1 else 'are'} of no known date"


def _beside(view: View, wanted: Wanted, clocks: Clocks) -> Iterator[str]:
    """Yield that things of a neighbouring kind fit as well, where any do."""
    other = BESIDE.get(wanted.kinds.kinds[0]) if len(wanted.kinds.kinds) == 1 else None
    if other is not None:
        kinds = kinds_named(other)
        if number := sum(not row.claimed for row in fitting(view, replace(wanted, kinds=kinds), clocks)[0]):
            fit = "fits too and is" if number == 1 else "fit too and are"
            yield f"{kinds.called(number)} {fit} counted apart: keiretsu list {kinds.many!r}"


def _no_figure(view: View, wanted: Wanted, rows: Sequence[Listed], metric: str, scope: Entity | None) -> Iterator[str]:
    """Yield that none of the things has such a figure, and which figures they have."""
    ids = tuple(row.entity.id for row in rows)
    on = f" on {scope.name}" if scope else ""
    yield f"no figure for {_metric_label(metric)}{on} is known of {wanted.kinds.called(len(rows))}"
    counts = view.counts(ClaimFilter(entities=ids, roles=("subject",), shapes=("observation",)), "topic")
    if counts:
        ordered = sorted(counts, key=lambda topic: (-counts[topic], topic))[:8]
        yield "there is: " + ", ".join(f"{_metric_label(topic)} ({counts[topic]})" for topic in ordered)


def _empty() -> Catalogue:
    return Catalogue("", None, 0, (), None, (), 0)


def _none(view: View, wanted: Wanted, clocks: Clocks, undated: int) -> Iterator[str]:
    """Yield what is known where nothing fits: how many there are of the kind at all, and what of whom."""
    every = candidates(view, wanted.kinds, clocks)
    yield f"no {wanted.kinds.one}{_headline_of(wanted).replace(': each', ' that')} is known"
    yield from _undated(undated, wanted.kinds)
    if every and wanted.kinds.reading is None:
        yield f"the graph knows {wanted.kinds.called(len(every))}: keiretsu list {wanted.kinds.many!r}"
    elif not every:
        yield "the graph knows " + ", ".join(kinds_of(view.all_entities())[:8])
    if wanted.of:
        yield from known_of(view, wanted.of)
