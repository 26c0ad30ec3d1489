"""Between: what is said of two things together?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import product
from typing import NamedTuple

from keiretsu_graph.derive import DIRECT
from keiretsu_graph.view import ClaimFilter, View
from keiretsu_ontology.claims import AnyClaim, Tie, parts_of
from keiretsu_ontology.clocks import date_of
from keiretsu_ontology.entities import Entity
from keiretsu_ontology.errors import UsageError
from keiretsu_queries.above import WITHIN, Above, above
from keiretsu_queries.base import ALWAYS, Answer, Clocks, answer, named_in
from keiretsu_queries.chains.reached import Most
from keiretsu_queries.lines import Line, lines_of
from keiretsu_queries.parameters import Name, OtherName, StatedOnly
from keiretsu_queries.sheets import BLANK, Block, line, spans
from keiretsu_queries.sparql_texts import these
from keiretsu_queries.subjects import STRUCTURE, groups_apart, meant
from keiretsu_queries.telling import tied, told
from keiretsu_queries.things.show import TITLES, Group, Only, heading_of
from keiretsu_queries.wording import name, speaker_words, tie_words, when_words, words_of
from keiretsu_queries.words.sentences import sentence_of
from keiretsu_queries.words.topics import topic_named

_SPOKEN = "What one says of the other"
_WIDER = 4  # claims of wholes that are told


class Between(NamedTuple):
    """All that is said of two things together."""

    entities: tuple[Entity, ...]  # both, or none where one of them is not known
    units: tuple[str, ...]  # ids of units of either that it is said of
    groups: tuple[Group, ...]
    derived: tuple[Tie, ...]  # ties between them that follow from what is said


def between(
    view: View, one: Name, other: OtherName, *, clocks: Clocks = ALWAYS, only: Only = None,
    stated_only: StatedOnly = False, limit: Most = 8,
) -> Answer[Between]:  # fmt: skip
    """Return every claim that names two things or units of theirs, by group and time, and the ties that follow.

    Statements both ways, deals and events that both take part in, figures of the one with regard to the other, remarks,
    and what one of them says of the other. Forecasts and opinions are marked.

    Raises:
        AmbiguousNameError: Several things have one of the names.
        UsageError: Both names mean one thing.
    """
    found = [meant(view, one), meant(view, other)]
    names = [row.entity.name if row.entity else text for row, text in zip(found, (one, other), strict=True)]
    question = f"What is said of {names[0]} and {names[1]} together?"
    entities = tuple(row.entity for row in found if row.entity)
    if len(entities) < 2:
        missing = [sentence for row in found if row.entity is None for sentence in row.nearest]
        instead = tuple(dict.fromkeys(missing))
        return answer(view, question, Between((), (), (), ()), (), sparql=these([]), instead=instead)
    if entities[0].id == entities[1].id:
        raise UsageError(f"{one!r} and {other!r} are the same thing: {entities[0].id}")
    sides = groups_apart(view, [entity.id for entity in entities], clocks.ties(relations=STRUCTURE, stated_only=True))
    both, spoken = _both(view, sides, clocks), _spoken(view, sides, clocks)
    derived = () if stated_only else tuple(_derived(view, sides, clocks))
    if only is not None:
        topic = topic_named(view, only, entities[0])
        both = [claim for claim in both if any(topic.place(claim, end) is not None for end in sides[0])]
        spoken, derived = [], tuple(tie for tie in derived if any(topic.takes_tie(tie, end) for end in sides[0]))
        question = sentence_of(topic, entities[0].name, entities[1].name)
    groups = tuple(_groups(view, both, spoken, clocks, limit))
    resting = tuple({claim for tie in derived for claim in tie.claims})
    claims = [*both, *spoken, *(view.claims(ClaimFilter(ids=resting)) if resting else ())]
    wider = None if claims or only is not None else _wider(view, entities, clocks)
    return answer(
        view, question, Between(entities, _units(both, derived, sides), groups, derived), claims,
        sparql=these([claim.id for claim in claims]), entities=[end for side in sides for end in side],
        notes=_notes(claims, clocks), instead=() if claims else _instead(view, entities, wider, only),
        beside=wider.claims if wider else (), clocks=clocks,
    )  # fmt: skip


class Wider(NamedTuple):
    """Two wholes that things belong to, and what is said of these wholes together."""

    wholes: tuple[Above, Above]
    claims: tuple[AnyClaim, ...]


def _wider(view: View, entities: Sequence[Entity], clocks: Clocks) -> Wider | None:
    """Return the nearest wholes of two things that are named together, or None where none are."""
    ties = clocks.ties(relations=WITHIN, stated_only=True)
    sides = [(Above(entity.id, ()), *above(view, entity.id, ties)) for entity in entities]
    lines = [{entity.entity for entity in side} for side in sides]
    pairs = sorted(product(*sides), key=lambda pair: (sum(len(whole.ties) for whole in pair), pair))
    for one, other in pairs[1:]:
        if one.entity in lines[1] or other.entity in lines[0]:
            continue  # one belongs to the other: what is said of the whole need not be of both
        groups = groups_apart(view, [one.entity, other.entity], clocks.ties(relations=STRUCTURE, stated_only=True))
        if found := _both(view, groups, clocks):
            return Wider((one, other), tuple(found))
    return None


def _wider_words(view: View, wider: Wider) -> Iterator[str]:
    """Yield what the things belong to, and what is said of those wholes together."""
    pair, claims = wider
    ends = {named for claim in claims for named in named_in(claim)}
    ends |= {end for whole in pair for tie in whole.ties for end in (tie.subject, tie.object)}
    names = view.entities({*ends, *(whole.entity for whole in pair)})
    yield from dict.fromkeys(tie_words(tie, names) for whole in pair for tie in whole.ties)
    both = " and ".join(name(names, whole.entity) for whole in pair)
    yield f"of {both} together there {'is 1 claim' if len(claims) == 1 else f'are {len(claims)} claims'}:"
    for claim in claims[:_WIDER]:
        when = f", {told_when}" if (told_when := when_words(claim)) else ""
        yield f"{words_of(claim, names)} ({speaker_words(claim, names)}{when}; {claim.key} in {claim.source})"
    yield f"see: keiretsu between {' '.join(whole.entity for whole in pair)}"


def _instead(view: View, entities: Sequence[Entity], wider: Wider | None, only: str | None) -> tuple[str, ...]:
    one, other = entities
    ends = f"{one.id} {other.id}"
    return (
        f"no claim {f'under {only!r} ' if only is not None else ''}names both {one.name} and {other.name}",
        *(_wider_words(view, wider) if wider else ()),
        f"how they hang together: keiretsu path {ends}",
        f"what they share: keiretsu common {ends}",
    )


def _notes(claims: Sequence[AnyClaim], clocks: Clocks) -> list[str]:
    doubts = sum(clocks.doubt(claim) is not None for claim in claims)
    return [f"{doubts} of {len(claims)} claims are undated or only possibly pass the clocks"] if doubts else []


def _both(view: View, sides: Sequence[tuple[str, ...]], clocks: Clocks) -> list[AnyClaim]:
    """Return the claims that are about both; what a figure leaves out it is not about."""
    claims = view.claims(clocks.claims(entities=min(sides, key=len)))
    return [claim for claim in claims if all(_named(claim) & set(side) for side in sides)]


def _named(claim: AnyClaim) -> set[str]:
    return {part.entity for part in parts_of(claim) if part.role != "scope:excludes"}


def _spoken(view: View, sides: Sequence[tuple[str, ...]], clocks: Clocks) -> list[AnyClaim]:
    """Return what one says of the other alone."""
    found: dict[str, AnyClaim] = {}
    for speakers, about in (sides, sides[::-1]):
        for claim in view.claims(clocks.claims(speakers=speakers, entities=about)):
            if not _named(claim) & set(speakers):
                found[claim.id] = claim
    return list(found.values())


def _derived(view: View, sides: Sequence[tuple[str, ...]], clocks: Clocks) -> Iterator[Tie]:
    """Yield the ties of both that follow by rule, by the shortest chains of claims."""
    one, other = set(sides[0]), set(sides[1])
    ties = [
        tie
        for tie in view.neighbours(sides[0], clocks.ties(factual=None))
        if (tie.subject in one and tie.object in other) or (tie.subject in other and tie.object in one)
    ]
    for tie in ties:
        again = any(less.relation == tie.relation and set(less.claims) < set(tie.claims) for less in ties)
        if tie.rule not in DIRECT and not again:
            yield tie


def _units(claims: Iterable[AnyClaim], ties: Iterable[Tie], sides: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    named = {end for claim in claims for end in _named(claim)} | {
        end for tie in ties for end in (tie.subject, tie.object)
    }
    return tuple(sorted(named & {end for side in sides for end in side[1:]}))


def _groups(
    view: View, both: Sequence[AnyClaim], spoken: Sequence[AnyClaim], clocks: Clocks, limit: int
) -> Iterator[Group]:
    """Yield lines by group, in the order of time; undated ones after dated ones."""
    by_title: defaultdict[str, list[Line]] = defaultdict(list)
    for row in lines_of(view, both, clocks):
        by_title[TITLES[heading_of(row.claim)]].append(row)
    by_title[_SPOKEN] = lines_of(view, spoken, clocks)
    for title in (*TITLES.values(), _SPOKEN):
        if lines := sorted(by_title[title], key=_when):
            yield Group(title, tuple(lines[: limit or None]), max(len(lines) - limit, 0) if limit else 0)


def _when(row: Line) -> tuple[date, str]:
    when = date_of(row.claim)
    return (when and (when.earliest or when.latest)) or date.max, row.claim.key


def tell_between(answer: Answer[Between]) -> Iterator[Block]:
    """Yield what is said of both, group by group, then what follows from it."""
    result = answer.result
    yield spans((" and ".join(entity.name for entity in result.entities), "title"))
    if result.units:
        yield line("units included: " + ", ".join(name(answer.entities, unit) for unit in result.units), 0, "quiet")
    for group in result.groups:
        yield from (BLANK, line(group.title, 0, "heading"))
        for row in group.lines:
            yield from told(row, answer, None)
        if group.more:
            yield line(f"... and {group.more} more: --limit 0", 2, "quiet")
    if result.derived:
        yield from (BLANK, line("Follows from these", 0, "heading"))
        yield from tied(result.derived, answer, None)
