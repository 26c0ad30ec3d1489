"""Ties: how many ties, deals and events are there, of what sort, when, and who says so?"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Annotated, NamedTuple

from keiretsu_graph.view import View
from keiretsu_ontology.claims import AnyClaim, Part
from keiretsu_ontology.entities import KINDS, Entity
from keiretsu_ontology.errors import UsageError
from keiretsu_ontology.notation import nearest
from keiretsu_ontology.relations import RELATIONS
from keiretsu_ontology.roles import ROLES
from keiretsu_queries.base import ALWAYS, Answer, Clocks, answer
from keiretsu_queries.parameters import Limit, Param, StatedOnly
from keiretsu_queries.said import Thing, denied, said_in
from keiretsu_queries.sheets import BLANK, Bar, Bars, Block, Cell, Said, line, spans, table
from keiretsu_queries.sparql_texts import these
from keiretsu_queries.subjects import known_of, meant
from keiretsu_queries.whole.tied import bounded, doubtful, sources_of
from keiretsu_queries.wording import name, words_of
from keiretsu_queries.words.sorts import Sort, sort_named, topic_label

_BARS = 12
_ROLED = ("deal", "occurrence")  # shapes whose parts have roles

SortText = Annotated[
    str | None,
    Param("A relation, kind of deal or event, heading or shape: develops, acquisitions, launches, deals.", "[KIND]"),
]
By = Annotated[
    str | None,
    Param("What to count by: relation, role, year, source, speaker, modality or kind.", "WHAT", "b",
          choices=("relation", "role", "year", "source", "speaker", "modality", "kind")),
]  # fmt: skip
About = Annotated[str | None, Param("Only what is said of this.", "NAME", completes="entity")]
_Groups = Callable[[Thing, Mapping[str, Entity]], Iterable[str]]


class Count(NamedTuple):
    """How much there is in one group."""

    group: str
    label: str
    facts: int  # that somebody says
    derived: int  # facts that follow by rule alone
    claimed: int  # forecasts, opinions, and what was put aside
    most: str | None  # the thing that most of it is about
    most_times: int
    claims: int
    sources: tuple[str, ...]


class Tally(NamedTuple):
    """What is said, counted, and listed where it is little."""

    headline: str  # how much there is
    by: str
    counts: tuple[Count, ...]
    total: int
    listed: tuple[Thing, ...]
    left: int  # of these, not listed


def ties(
    view: View, kind: SortText = None, *, by: By = None, about: About = None, limit: Limit = 12,
    clocks: Clocks = ALWAYS, stated_only: StatedOnly = False,
) -> Answer[Tally]:  # fmt: skip
    """Return how many ties, deals and events there are in each group, most first; years in order.

    A thing said several times counts once. Figures and remarks are counted where they are asked for, roles are those of
    deals and events. Where a kind is named, the first ones are listed with their claims.

    Raises:
        AmbiguousNameError: Several things have this name.
        UsageError: There is no such kind, or nothing that counts by this.
    """
    sort = sort_named(kind) if kind is not None else None
    by = _by(by, sort)
    found = meant(view, about) if about is not None else None
    entity = found.entity if found else None
    of = f" of {entity.name if entity else about}" if about is not None else ""
    question = f"How many {_called(sort, by)}{of} are there, by {by}?"
    if found and entity is None:
        return answer(view, question, Tally("", by, (), 0, (), 0), (), sparql=these([]), instead=found.nearest)
    wanted = entity.id if entity else None
    things = sorted(
        (
            thing for thing in said_in(view, clocks, sort, stated_only=stated_only)
            if (wanted is None or wanted in thing.entities) and (by != "role" or thing.shape in _ROLED)
        ), key=_order,
    )  # fmt: skip
    entities = view.entities({slug for thing in things for slug in (*thing.entities, *_speakers(thing))})
    counts = tuple(_counted(things, by, entities, wanted))
    listed = tuple(things[:limit]) if sort else ()
    tally = Tally(_headline(things, sort, by), by, counts, len(things), listed, len(things) - limit if sort else 0)
    rests = {claim.id: claim for thing in things for claim in thing.claims}
    kept, notes = bounded(list(rests.values()))
    return answer(
        view, question, tally, kept, sparql=these([claim.id for claim in kept]), clocks=clocks,
        entities=[
            *(slug for thing in listed for slug in thing.entities), *(count.most for count in counts if count.most),
            *([wanted] if wanted else []),
        ],
        instead=() if things else _none(view, sort, by, entity),
        notes=[
            *_notes(sort, by, counts, len(things)), *_denials(denied(view, clocks, sort, wanted)), *notes,
            *doubtful(clocks, kept),
        ],
    )  # fmt: skip


def _by(by: str | None, sort: Sort | None) -> str:
    if by is None:
        return "year" if sort and len(sort.topics) == 1 else "relation"
    if by not in GROUPINGS:
        raise UsageError(f"nothing is counted by {by!r}{nearest(by, GROUPINGS)}; there are {', '.join(GROUPINGS)}")
    if by == "role" and sort and sort.shape not in _ROLED:
        raise UsageError(
            f"{sort.many} have no roles; count them by {', '.join(name for name in GROUPINGS if name != 'role')}"
        )
    return by


def _called(sort: Sort | None, by: str) -> str:
    if sort is not None:
        return sort.many
    return "deals and events" if by == "role" else "ties, deals and events"


def _headline(things: Sequence[Thing], sort: Sort | None, by: str) -> str:
    claimed = sum(not thing.factual for thing in things)
    also = f", {claimed:,} of them only claimed" if claimed else ""
    return (sort.called(len(things)) if sort else f"{len(things):,} {_called(sort, by)}") + also


def _speakers(thing: Thing) -> set[str]:
    return {claim.speaker for claim in thing.claims}


GROUPINGS: dict[str, _Groups] = {
    "relation": lambda thing, _: [f"{thing.shape} {thing.topic}"],
    "role": lambda thing, _: sorted({part.role for part in thing.parts if part.role in ROLES}),
    "year": lambda thing, _: [thing.years],
    "source": lambda thing, _: sources_of(thing.claims),
    "speaker": lambda thing, _: sorted(_speakers(thing)),
    "modality": lambda thing, _: sorted({claim.modality for claim in thing.claims}),
    "kind": lambda thing, entities: [_kinds(thing, entities)],
}


def _kinds(thing: Thing, entities: Mapping[str, Entity]) -> str:
    kinds = [KINDS[entities[part.entity].kind].label for part in thing.parts if not part.role.startswith("scope:")]
    return " → ".join(kinds) if thing.shape == "statement" else " + ".join(sorted(set(kinds)))


def _counted(things: Sequence[Thing], by: str, entities: Mapping[str, Entity], wanted: str | None) -> Iterator[Count]:
    groups: defaultdict[str, list[Thing]] = defaultdict(list)
    for thing in things:
        for group in GROUPINGS[by](thing, entities):
            groups[group].append(thing)
    rows = [_count(group, own, by, entities, wanted) for group, own in groups.items()]
    in_order = by == "year"
    yield from sorted(rows, key=lambda row: (0 if in_order else -_whole(row), row.label, row.group))


def _count(group: str, own: Sequence[Thing], by: str, entities: Mapping[str, Entity], wanted: str | None) -> Count:
    holders = Counter(
        part.entity for thing in own for part in thing.parts if _is_held(part, group if by == "role" else None)
    )
    holders.pop(wanted or "", None)
    most = min(holders, key=lambda slug: (-holders[slug], slug), default=None)
    claims = {claim.id: claim for thing in own for claim in thing.claims}
    facts = [thing for thing in own if thing.factual]
    derived = sum(bool(thing.rules) for thing in facts)
    return Count(
        group, _label(group, by, entities), len(facts) - derived, derived, len(own) - len(facts), most,
        holders[most] if most else 0, len(claims), sources_of(claims.values()),
    )  # fmt: skip


def _is_held(part: Part, role: str | None) -> bool:
    """Whether a part counts for what a group is most often about: no measure, and no scope."""
    return part.role == role if role else part.role != "metric" and not part.role.startswith("scope:")


def _whole(row: Count) -> int:
    return row.facts + row.derived + row.claimed


def _label(group: str, by: str, entities: Mapping[str, Entity]) -> str:
    if by == "relation":
        shape, _, topic = group.partition(" ")
        return topic_label(shape, topic)  # type: ignore[arg-type]
    if by == "role":
        return ROLES[group].label
    return entities[group].name if by == "speaker" and group in entities else group


def _order(thing: Thing) -> tuple[object, ...]:
    """What is listed first: facts that somebody says, the newest, those of more claims, then by what and who."""
    last = thing.when.latest or thing.when.earliest if thing.when else None
    newest = -last.toordinal() if last else 0
    return (not thing.factual, bool(thing.rules), newest, -len(thing.claims), thing.topic, thing.parts)


def _none(view: View, sort: Sort | None, by: str, entity: Entity | None) -> list[str]:
    if entity:
        return [f"no {sort.one if sort else _called(sort, by)} of {entity.name} is known", *known_of(view, entity)]
    about = view.about()
    counted = f"the graph {about.title!r} holds {about.claims} claims; count them: keiretsu ties"
    return [f"no {sort.one} is known" if sort else "no tie, deal or event is known", counted]


def _denials(claims: Sequence[AnyClaim]) -> list[str]:
    keys = ", ".join(claim.key for claim in claims[:5])
    more = f" and {len(claims) - 5} more" if len(claims) > 5 else ""
    return [f"what is denied is not counted: {keys}{more}"] if claims else []


def _notes(sort: Sort | None, by: str, counts: Sequence[Count], total: int) -> list[str]:
    notes = [] if sort else ["figures and remarks are counted apart: keiretsu ties figures, keiretsu ties remarks"]
    if sum(_whole(row) for row in counts) > total:
        notes.append(f"what falls under several of one {by} counts under each")
    return notes


_COLUMNS = {
    "group": "", "facts": "facts", "derived": "by rule", "claimed": "only claimed", "claims": "claims",
    "sources": "sources", "most_id": "", "most": "most often about",
}  # fmt: skip


def tell_ties(answer: Answer[Tally]) -> Iterator[Block]:
    """Yield how much there is, the table of counts, bars, and what is listed with its claims."""
    tally = answer.result
    yield line(tally.headline, 0, "title")
    yield BLANK
    yield table({"label": tally.by, **_COLUMNS}, (_row(count, answer) for count in tally.counts))
    if len(tally.counts) > 1:
        yield from (BLANK, Bars("", tuple(_bars(tally))))
    for thing in tally.listed:
        yield from _told(thing, answer)
    if tally.left > 0:
        yield from (BLANK, line(f"... and {tally.left:,} more: --limit {min(tally.total, 1000)}", 0, "quiet"))


def _row(count: Count, answer: Answer[Tally]) -> tuple[Cell, ...]:
    most = f"{name(answer.entities, count.most)} ({count.most_times})" if count.most and count.most_times > 1 else None
    numbers = (count.facts or None, count.derived or None, count.claimed or None, count.claims, len(count.sources))
    return (count.label, count.group, *numbers, count.most, most)


def _bars(tally: Tally) -> Iterator[Bar]:
    """Yield a bar for each group: full for facts, light for what is only claimed."""
    for count in tally.counts[:_BARS]:
        facts = Decimal(count.facts + count.derived)
        yield Bar(count.label, facts, facts + count.claimed, str(_whole(count)))


def _told(thing: Thing, answer: Answer[Tally]) -> Iterator[Block]:
    mark = "" if thing.factual else "  [only claimed]"
    by = f"  by the rule {' and '.join(map(repr, thing.rules))}" if thing.rules else ""
    yield BLANK
    yield spans(_words(thing, answer), (by, "quiet"), (mark, "warn"))
    for claim in thing.claims:
        yield Said(claim, 4)


def _words(thing: Thing, answer: Answer[Tally]) -> str:
    if thing.shape != "statement":
        return words_of(thing.claims[0], answer.entities)
    ends = [name(answer.entities, part.entity) for part in thing.parts]
    return f"{ends[0]} {RELATIONS[thing.topic].label} {ends[1]}"
