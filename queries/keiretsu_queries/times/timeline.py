"""Timeline: what happened with one thing or several, in order, on one axis?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Annotated, NamedTuple

from keiretsu_graph.view import TieFilter, View
from keiretsu_ontology.claims import AnyClaim, Deal, Observation, parts_of
from keiretsu_ontology.clocks import Aspect, falls_within, moments_of
from keiretsu_ontology.dates import When
from keiretsu_ontology.entities import Entity
from keiretsu_ontology.errors import UsageError
from keiretsu_queries.base import ALWAYS, Answer, Clocks, answer
from keiretsu_queries.lines import Line, lines_of
from keiretsu_queries.parameters import FromDay, Most, Names, Param, ToDay
from keiretsu_queries.sheets import BLANK, Axis, Block, Stretch, line
from keiretsu_queries.sparql_texts import about
from keiretsu_queries.subjects import STRUCTURE, group_of, known_of, meant
from keiretsu_queries.telling import told
from keiretsu_queries.wording import words_of

WithMembers = Annotated[bool, Param("Count units and subsidiaries with it, and with a family its members.")]
_OWN = TieFilter(relations=(*STRUCTURE, "variant_of"), stated_only=True)
ASPECTS: dict[Aspect, str] = {"takes place": "", "begins": "begins: ", "holds": "so then: ", "ends": "ends: "}


class Moment(NamedTuple):
    """A point in time that is told of."""

    when: When
    aspect: Aspect  # whether something takes place then, begins, ends, or is known to be so
    lanes: tuple[str, ...]  # ids of those asked about that it concerns
    line: Line


class Timeline(NamedTuple):
    """What is dated, in order, and how much is not."""

    entities: tuple[Entity, ...]
    moments: tuple[Moment, ...]
    more: int  # how many moments were left out
    undated: int  # claims


def timeline(
    view: View, *names: Names, from_: FromDay = None, to: ToDay = None, with_units: WithMembers = False,
    limit: Most = 60, clocks: Clocks = ALWAYS,
) -> Answer[Timeline]:  # fmt: skip
    """Return what is said of points in time about some things, earliest first; uncertain dates by their first day.

    Where there is more than the limit, figures give way first and then what lies furthest back.

    Args:
        view: The graph.
        names: Names of the things.
        from_: The first day that counts; an uncertain date counts where it may lie on or after it.
        to: The last day that counts.
        with_units: Whether units and subsidiaries count with them, and with a family its members.
        limit: How many moments at most; 0 for all.
        clocks: The clocks to ask by.

    Raises:
        AmbiguousNameError: Several things have one of the names.
        UsageError: No name is given, or the days are in the wrong order.
    """
    if not names:
        raise UsageError("a timeline is of something: name one thing or several")
    if from_ is not None and to is not None and to < from_:
        raise UsageError(f"{to} comes before {from_}")
    known = [meant(view, name) for name in names]
    called = [found.entity.name if found.entity else name for found, name in zip(known, names, strict=True)]
    question = f"What happened with {' and '.join(called)}, in order?"
    missing = [line for found in known if found.entity is None for line in found.nearest]
    entities = tuple({found.entity.id: found.entity for found in known if found.entity}.values())
    if missing:
        nothing = Timeline((), (), 0, 0)
        return answer(view, question, nothing, (), sparql=about([]), instead=list(dict.fromkeys(missing)))
    lanes = {slug: e.id for e in reversed(entities) for slug in (group_of(view, e.id, _OWN) if with_units else (e.id,))}
    claims = view.claims(clocks.claims(entities=tuple(sorted(lanes))))
    moments = sorted(_moments(lines_of(view, claims, clocks), lanes, entities, from_, to), key=_order)
    kept = _most_telling(moments, limit)
    undated = sum(not moments_of(claim) for claim in claims)
    result = Timeline(entities, tuple(kept), len(moments) - len(kept), undated)
    left = [] if with_units else [*_members(view, entities, clocks)]
    return answer(
        view, question, result, _rests(moments), sparql=about(sorted(lanes)), entities=[*lanes],
        instead=() if moments else [*left, *_instead(view, entities, from_, to, undated)],
        notes=[*left, *_undated(undated)],
        clocks=clocks,
    )  # fmt: skip


def _undated(undated: int) -> Iterator[str]:
    if undated:
        yield f"{undated} further {'claim carries' if undated == 1 else 'claims carry'} no date"


def _members(view: View, entities: Sequence[Entity], clocks: Clocks) -> Iterator[str]:
    """Yield how many launches of members of a family are left out, where any are."""
    for family in (entity for entity in entities if entity.family == "product"):
        members = group_of(view, family.id, _OWN)[1:]
        launches = view.claims(clocks.claims(entities=members, topics=("launch",))) if members else []
        if number := sum(launch.restates is None for launch in launches):
            launched = f"{number} {'launches' if number > 1 else 'launch'}"
            yield f"{launched} of members of {family.name} are left out: --with-units"


def _moments(
    lines: Sequence[Line], lanes: Mapping[str, str], entities: Sequence[Entity], first: date | None, last: date | None
) -> Iterator[Moment]:
    for row in lines:
        named = {lanes[part.entity] for part in parts_of(row.claim) if part.entity in lanes}
        own = tuple(entity.id for entity in entities if entity.id in named)
        for aspect, when in moments_of(row.claim):
            if falls_within(when, first, last) != "no":
                yield Moment(when, aspect, own, row)


def _order(moment: Moment) -> tuple[date, date, str, str]:
    first = moment.when.earliest or moment.when.latest or date.max
    return first, moment.when.latest or date.max, moment.line.claim.key, moment.aspect


def _most_telling(moments: Sequence[Moment], limit: int) -> list[Moment]:
    """Return moments cut to a limit, in their order: events before figures, late ones before early ones."""
    if not limit or len(moments) <= limit:
        return list(moments)
    places = sorted(range(len(moments)), key=lambda n: (isinstance(moments[n].line.claim, Observation), -n))
    return [moments[place] for place in sorted(places[:limit])]


def _rests(moments: Sequence[Moment]) -> list[AnyClaim]:
    return [claim for moment in moments for claim in (moment.line.claim, *moment.line.restated)]


def _instead(view: View, entities: Sequence[Entity], first: date | None, last: date | None, undated: int) -> list[str]:
    span = " ".join(part for part in (f"from {first}" if first else "", f"up to {last}" if last else "") if part)
    told = [f"nothing dated {span} is known of {' and '.join(entity.name for entity in entities)}".replace("  ", " ")]
    told += [f"{undated} claims carry no date"] if undated else []
    return [*told, *(line for entity in entities for line in known_of(view, entity))]


def tell_timeline(answer: Answer[Timeline]) -> Iterator[Block]:
    """Yield the axis with everything on it, then each moment with its days and evidence."""
    result = answer.result
    if not result.moments:
        return
    yield line(", ".join(entity.name for entity in result.entities), 0, "title")
    yield BLANK
    yield axis_of(result.moments, result.entities, answer)
    if result.more:
        yield line(
            f"... and {result.more} more, figures and early ones first: --limit 0, --from DAY, --to DAY", 0, "quiet"
        )
    yield BLANK
    alone = result.entities[0].id if len(result.entities) == 1 else None
    for moment in result.moments:
        yield from told(
            moment.line,
            answer,
            alone,
            lead=f"{dates_of(moment.when)}  {aspect_words(moment.line.claim, moment.aspect)}",
        )


def axis_of(moments: Sequence[Moment], entities: Sequence[Entity], answer: Answer[Timeline]) -> Axis:
    """Return moments on one axis, those of one thing together."""
    names = {entity.id: entity.name for entity in entities}
    lanes = dict.fromkeys(moment.lanes for entity in entities for moment in moments if moment.lanes[0] == entity.id)
    rows = [(lane, moment) for lane in lanes for moment in moments if moment.lanes == lane]
    return Axis(tuple(_stretch(moment, [names[slug] for slug in lane], answer) for lane, moment in rows))


def _stretch(moment: Moment, of: Sequence[str], answer: Answer[Timeline]) -> Stretch:
    sure = moment.line.claim.factual and not moment.line.conflicts
    label = _label(moment, answer, moment.lanes[0] if len(moment.lanes) == 1 else None)
    return Stretch(" and ".join(of), label, moment.when.earliest, moment.when.latest, None if sure else "warn")


def _label(moment: Moment, answer: Answer[Timeline], alone: str | None) -> str:
    claim = moment.line.claim
    mark = f"[{claim.modality}] " if claim.modality in ("forecast", "opinion", "denied") else ""
    return mark + aspect_words(claim, moment.aspect) + words_of(claim, answer.entities, alone)


def aspect_words(claim: AnyClaim, aspect: Aspect | None) -> str:
    """Return whether something begins, ends or is known to be so; a deal is made, and needs no word for it."""
    return "" if aspect is None or (aspect == "begins" and isinstance(claim, Deal)) else ASPECTS[aspect]


def dates_of(when: When) -> str:
    """Return the days of a point in time: one, or the first and the last that it may be."""
    first, last = when.earliest, when.latest
    return str(first or "?") if first == last else f"{first or '?'} to {last or '?'}"
