"""Changes: what happened since a day, and what became known since?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from keiretsu_graph.view import View
from keiretsu_ontology.claims import AnyClaim, Deal, Observation, Occurrence
from keiretsu_ontology.clocks import Aspect, falls_within, first_known, moments_of
from keiretsu_ontology.dates import Certainty, When
from keiretsu_ontology.entities import Entity
from keiretsu_ontology.errors import UsageError
from keiretsu_queries.base import ALWAYS, Answer, Clocks, answer
from keiretsu_queries.lines import Line, lines_of
from keiretsu_queries.parameters import MaybeName, Most, SinceDay, UntilDay, WithUnits
from keiretsu_queries.sheets import BLANK, Block, Cell, Table, line, spans, table
from keiretsu_queries.sparql_texts import about, these
from keiretsu_queries.subjects import group_of, known_of, meant
from keiretsu_queries.telling import told
from keiretsu_queries.times.timeline import aspect_words, dates_of
from keiretsu_queries.times.weighing import thing_of
from keiretsu_queries.wording import voice_words, words_of

_EXPECTED = ("planned", "considered")
_ROWS = {
    "what": "what", "standing": "standing", "first": "first day", "last": "last day", "says": "says",
    "modality": "modality", "speaker": "said by", "claim": "claim", "source": "source",
}  # fmt: skip


class Change(NamedTuple):
    """Something that came within the days asked for."""

    when: When
    aspect: Aspect | None  # what took place; None where it became known then
    certainty: Certainty  # "possibly" where it may have come outside of these days
    line: Line


class Changes(NamedTuple):
    """What came within some days, by the two clocks."""

    entity: Entity | None
    since: date | None
    until: date | None
    happened: tuple[Change, ...]  # what began, ended or took place
    expected: tuple[Change, ...]  # what is planned or forecast for these days
    published: tuple[Change, ...]  # what was first published then, without what happened then
    claimed: tuple[Change, ...]  # of what was first published then: forecasts, opinions, denials
    limit: int


def changes(
    view: View, name: MaybeName = None, *, since: SinceDay = None, until: UntilDay = None,
    with_units: WithUnits = False, limit: Most = 25, clocks: Clocks = ALWAYS,
) -> Answer[Changes]:  # fmt: skip
    """Return what happened and what became known within some days, about one thing or the whole graph.

    By the first clock: what began, ended or took place then, certainly or possibly; plans and forecasts apart. By the
    second: what was published then for the first time; what says again what was known before is no news.

    Args:
        view: The graph.
        name: Only about this.
        since: The first day that counts; without it, everything up to the last one.
        until: The last day that counts.
        with_units: Whether its units and subsidiaries count with it.
        limit: How many of each at most, the latest ones; 0 for all.
        clocks: The clocks to ask by.

    Raises:
        AmbiguousNameError: Several things have this name.
        UsageError: The days are in the wrong order.
    """
    if since is not None and until is not None and until < since:
        raise UsageError(f"{until} comes before {since}")
    span = " ".join([*([f"since {since}"] if since else []), *([f"until {until}"] if until else [])]) or "at any time"
    found = meant(view, name) if name is not None else None
    if found is not None and found.entity is None:
        nothing, asked = Changes(None, since, until, (), (), (), (), limit), f"What changed for {name} {span}?"
        return answer(view, asked, nothing, (), sparql=these([]), instead=found.nearest)
    entity = found.entity if found is not None else None
    ids = () if entity is None else group_of(view, entity.id) if with_units else (entity.id,)
    claims = view.claims(clocks.claims(entities=ids))
    result = _result(entity, since, until, lines_of(view, claims, clocks), limit)
    rows = [change.line for part in _parts(result).values() for change in part]
    shown, again = [row.claim for row in rows], [claim for row in rows for claim in row.restated]
    question = f"What changed {f'for {entity.name} ' if entity else ''}{span}?"
    undated = sum(not moments_of(claim) for claim in claims)
    return answer(
        view, question, result, shown, beside=again, entities=ids,
        instead=() if shown else _instead(view, entity, span),
        sparql=about(ids) if ids else these([claim.id for claim in shown]),
        notes=[f"{undated} of {len(claims)} claims carry no date: when that happened is not known"] if undated else [],
        clocks=clocks,
    )  # fmt: skip


def _result(
    entity: Entity | None, since: date | None, until: date | None, lines: Sequence[Line], limit: int
) -> Changes:
    came = sorted(_came(lines, since, until), key=_order)
    happened = tuple(change for change in came if not _is_expected(change.line.claim))
    expected = tuple(change for change in came if _is_expected(change.line.claim))
    told_of = {change.line.claim.id for change in came}
    news = sorted(_news(lines, since, until), key=_order)
    fresh = [change for change in news if change.line.claim.id not in told_of]
    published = tuple(change for change in fresh if change.line.claim.factual)
    claimed = tuple(change for change in fresh if not change.line.claim.factual)
    return Changes(entity, since, until, happened, expected, published, claimed, limit)


def _came(lines: Iterable[Line], since: date | None, until: date | None) -> Iterator[Change]:
    """Yield what begins, ends or takes place within some days; a date on which it is only known to hold is none."""
    for row in lines:
        for aspect, when in moments_of(row.claim):
            standing = falls_within(when, since, until)
            if aspect != "holds" and standing != "no" and row.claim.modality != "denied" and not row.claim.none:
                yield Change(when, aspect, standing, row)


def _is_expected(claim: AnyClaim) -> bool:
    planned = isinstance(claim, Occurrence) and claim.kind.startswith("planned")
    return not claim.factual or planned or (isinstance(claim, Deal) and claim.status in _EXPECTED)


def _news(lines: Sequence[Line], since: date | None, until: date | None) -> Iterator[Change]:
    """Yield what was first published within some days: of claims on one thing the earliest counts."""
    earliest: dict[tuple[object, ...], tuple[date, date, str]] = {}
    first: dict[tuple[object, ...], Line] = {}
    for row in lines:
        own, thing = _published(row), thing_of(row.claim)
        if thing not in earliest or own < earliest[thing]:
            earliest[thing], first[thing] = own, row
    for row in first.values():
        when = first_known(row.claim)
        standing = falls_within(when, since, until)
        if standing != "no":
            yield Change(when, None, standing, row)


def _published(row: Line) -> tuple[date, date, str]:
    when = first_known(row.claim)
    return when.latest or date.max, when.earliest or date.min, row.claim.key


def _order(change: Change) -> tuple[date, date, str, str]:
    first = change.when.earliest or change.when.latest or date.max
    return first, change.when.latest or date.max, change.line.claim.key, change.aspect or ""


def _parts(result: Changes) -> dict[str, tuple[Change, ...]]:
    """Return the parts of a result by their headings."""
    return {
        "Happened": result.happened,
        "Expected": result.expected,
        "Became known": result.published,
        "Became known to be claimed": result.claimed,
    }


def _instead(view: View, entity: Entity | None, span: str) -> tuple[str, ...]:
    if entity is None:
        return (f"nothing is known to have happened or become known {span}",)
    return (f"nothing of {entity.name} is known to have happened or become known {span}", *known_of(view, entity))


def tell_changes(answer: Answer[Changes]) -> Iterator[Block]:
    """Yield what happened, what is expected, and what became known, each in the order of time."""
    result = answer.result
    yield spans((answer.question, "title"))
    for title, part in _parts(result).items():
        if part:
            yield BLANK
            yield spans((title, "heading"), (f"  {len(part)}", "quiet"))
            yield from _part(part, result, answer)


def _part(part: Sequence[Change], result: Changes, answer: Answer[Changes]) -> Iterator[Block]:
    """Yield the changes of a part; of what was published, what only possibly was is counted where much is cut."""
    told_of = [change for change in part if change.aspect or change.certainty == "certainly" or not result.limit]
    shown = _latest(told_of, result.limit)
    if len(shown) < len(told_of):
        yield line(
            f"{len(told_of) - len(shown)} more are left out, figures and early ones first: --limit 0", 2, "quiet"
        )
    for change in shown:
        perhaps = "possibly  " if change.certainty == "possibly" else ""
        lead = f"{dates_of(change.when)}  {perhaps}{aspect_words(change.line.claim, change.aspect)}"
        yield from told(change.line, answer, result.entity.id if result.entity else None, lead)
    if perhaps_then := len(part) - len(told_of):
        yield line(f"{perhaps_then} more, whose sources do not say when they came out, possibly: --limit 0", 2, "quiet")


def _latest(part: Sequence[Change], limit: int) -> list[Change]:
    if not limit or len(part) <= limit:
        return list(part)
    places = sorted(range(len(part)), key=lambda n: (isinstance(part[n].line.claim, Observation), -n))
    return [part[place] for place in sorted(places[:limit])]


def rows_changes(answer: Answer[Changes]) -> Table:
    """Return one row for every change, with the first and the last day that it may have come on."""
    return table(_ROWS, (
        _row(title.lower(), change, answer) for title, part in _parts(answer.result).items() for change in part
    ))  # fmt: skip


def _row(title: str, change: Change, answer: Answer[Changes]) -> list[Cell]:
    claim = change.line.claim
    return [
        f"{title}: {change.aspect}" if change.aspect else title, change.certainty, change.when.earliest,
        change.when.latest, words_of(claim, answer.entities), claim.modality, voice_words(claim, answer.entities),
        claim.key, claim.source,
    ]  # fmt: skip
