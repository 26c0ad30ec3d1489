"""What a walk along dependence has reached, by kind, and how depends and exposure lay it out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Annotated, Any, NamedTuple

from keiretsu_graph.view import ClaimFilter, View
from keiretsu_ontology.claims import AnyClaim, Occurrence, Tie
from keiretsu_ontology.dependence import DEPENDENCE
from keiretsu_ontology.entities import FAMILIES, KINDS, Entity, is_a
from keiretsu_ontology.errors import UsageError
from keiretsu_ontology.notation import nearest
from keiretsu_ontology.relations import RELATIONS
from keiretsu_queries.base import Answer, Clocks, answer
from keiretsu_queries.chains.paths import Hop, claims_of
from keiretsu_queries.chains.walks import Walk
from keiretsu_queries.parameters import Param
from keiretsu_queries.sheets import Block, Network, Said, Span, Table, line, spans, table
from keiretsu_queries.sparql_texts import these
from keiretsu_queries.subjects import known_of
from keiretsu_queries.wording import kinds_words, name

Depth = Annotated[int, Param("How many steps at most.", "N", least=1, most=50)]
KindName = Annotated[str | None, Param("Only things of this kind, by id or label.", "KIND", "k")]
Most = Annotated[int, Param("How many of one kind; 0 for all.", "N", "n", least=0, most=100_000)]
MOST, DEEPEST = 8, 6
_COLUMN, _ROW = 0.62, 0.13  # room between layers and between their members, in units of the picture
_TALL = 18  # a layer with more members stands in two columns


class Reached(NamedTuple):
    """A thing that was reached, with the chain that leads to it."""

    entity: Entity
    hops: tuple[Hop, ...]
    single_point: bool  # of failure: for what lies beyond it (depends), of what it rests on (exposure)
    only_way_to: tuple[str, ...] = ()  # depends: what is reached through it alone
    instead: tuple[str, ...] = ()  # exposure: what can stand in for what it rests on
    as_owner: bool = False  # exposure: touched through what is its own


class KindGroup(NamedTuple):
    """Things of one kind, nearest first."""

    kind: str
    total: int
    single_points: int  # how many of all have or are one
    things: tuple[Reached, ...]  # the first of them


class Reach(NamedTuple):
    """All that was reached from a thing."""

    entity: Entity | None
    groups: tuple[KindGroup, ...]
    single_points: tuple[Reached, ...]  # depends: those through which alone most others are reached

    @property
    def things(self) -> tuple[Reached, ...]:
        """Every thing that is listed."""
        return tuple(thing for group in self.groups for thing in group.things)


NOTHING = Reach(None, (), ())


def kind_of(text: str | None) -> str:
    """Return the kind that a text names by its id or label; everything where there is none.

    Raises:
        UsageError: There is no such kind.
    """
    if text is None:
        return "thing"
    known = {label: kind.name for kind in KINDS.values() for label in (kind.name, kind.label.casefold())}
    if found := known.get(text.casefold().strip()):
        return found
    raise UsageError(f"no kind {text!r}{nearest(text, known)}")


def reach_of(entity: Entity, found: Iterable[Reached], kind: str, limit: int) -> Reach:
    """Return what was reached, by kind in the order of the ontology, so many of each."""
    by_kind: defaultdict[str, list[Reached]] = defaultdict(list)
    for thing in found:
        if is_a(thing.entity.kind, kind):
            by_kind[thing.entity.kind].append(thing)
    families, kinds = list(FAMILIES), list(KINDS)
    ordered = sorted(by_kind, key=lambda row: (families.index(KINDS[row].family), kinds.index(row)))
    groups = tuple(_group(row, by_kind[row], limit) for row in ordered)
    points = [thing for row in ordered for thing in by_kind[row] if thing.only_way_to]
    first = sorted(points, key=lambda thing: -len(thing.only_way_to))[: limit or None]
    return Reach(entity, groups, tuple(first))


def _group(kind: str, things: Sequence[Reached], limit: int) -> KindGroup:
    single = sum(thing.single_point for thing in things)
    return KindGroup(kind, len(things), single, tuple(things[: limit or None]))


def claims_in(view: View, reach: Reach) -> list[AnyClaim]:
    """Return the claims of every hop of what is listed."""
    listed = (*reach.things, *reach.single_points)
    ids = {claim for thing in listed for hop in thing.hops for tie in hop.ties for claim in tie.claims}
    return view.claims(ClaimFilter(ids=tuple(sorted(ids)))) if ids else []


def notes_of(reach: Reach, claims: Sequence[AnyClaim], clocks: Clocks, depth: int) -> list[str]:
    """Return how the answer was read: which relations carry it, how far it goes, how its claims stand to time."""
    relations = {hop.ties[0].relation for thing in reach.things for hop in thing.hops}
    told = (
        [f"read as resting on another thing: {', '.join(sorted(set(map(resting_words, relations))))}"]
        if relations
        else []
    )
    if any(len(thing.hops) == depth for thing in reach.things):
        told.append(f"no more than {depth} steps were walked: --depth N walks on")
    if clocks.as_of is None and (ended := sum(_ended(claim) for claim in claims)):
        told.append(f"{ended} of {len(claims)} claims say when they ended; --as-of DAY leaves out what was over")
    doubts = sum(clocks.doubt(claim) is not None for claim in claims)
    return told + ([f"{doubts} of {len(claims)} claims are undated or only possibly pass the clocks"] if doubts else [])


def _ended(claim: AnyClaim) -> bool:
    """Say whether a claim tells when a tie or deal was over; that it held on a day, or happened then, does not."""
    return claim.held.end is not None and claim.held.day is None and not isinstance(claim, Occurrence)


def reach_answer(
    view: View, question: str, reach: Reach, walk: Walk, clocks: Clocks, *, none: str, first: Sequence[str] = ()
) -> Answer[Reach]:
    """Return the answer that a walk gives, or what is known instead where it reached nothing.

    Args:
        view: The graph.
        question: As one would say it.
        reach: What was reached.
        walk: The walk.
        clocks: The clocks that were asked by.
        none: What is said where nothing was reached.
        first: Notes before those of every walk.
    """
    claims = claims_in(view, reach)
    spares = [other for thing in reach.things for other in thing.instead]
    notes = [*first, *notes_of(reach, claims, clocks, walk.depth)]
    return answer(
        view, question, reach, claims, sparql=these([claim.id for claim in claims]), clocks=clocks,
        entities=[walk.start, *walk.paths, *walk.theirs, *spares], notes=notes,
        instead=() if claims or reach.entity is None else (none, *known_of(view, reach.entity)),
    )  # fmt: skip


def resting_words(relation: str) -> str:
    """Return a relation in words, read from the end that rests on the other."""
    row = RELATIONS[relation]
    return row.label if DEPENDENCE[relation].rests == "subject" else row.inverse_label


def hop_words(hop: Hop) -> str:
    """Return the words of a hop, read the way it is walked."""
    tie = hop.ties[0]
    relation = RELATIONS[tie.relation]
    return relation.label if tie.subject == hop.start else relation.inverse_label


def chain_words(hops: Sequence[Hop], answer: Answer[Any]) -> str:
    """Return a chain as a sentence; all but the last hop with the keys of their claims."""
    claims = {claim.id: claim for claim in answer.claims}
    said = name(answer.entities, hops[0].start)
    for number, hop in enumerate(hops, start=1):
        keys = ", ".join(claim.key for claim in claims_of(Hop(hop.start, hop.end, hop.ties[:1]), claims))
        said += f"{', which' if number > 1 else ''} {hop_words(hop)} {name(answer.entities, hop.end)}"
        said += f" ({keys})" if number < len(hops) else ""
    return said


def tell_reach(answer: Answer[Reach], verb: str, mark: str) -> Iterator[Block]:
    """Yield how much was reached, then each thing by kind, with its chain and who says its last hop."""
    reach = answer.result
    if reach.entity is None:
        return
    counts = {group.kind: group.total for group in reach.groups}
    farthest = max(len(thing.hops) for thing in reach.things)
    yield spans((reach.entity.name, "title"), f"  {KINDS[reach.entity.kind].label}  ", (reach.entity.id, "quiet"))
    away = "one step away" if farthest == 1 else f"up to {farthest} steps away"
    yield line(f"{verb} {kinds_words(counts)}, {away}")
    yield from _points(answer)
    for group in reach.groups:
        yield spans()
        yield spans((kinds_words({group.kind: group.total}, number=False), "heading"), (f"  {group.total}", "quiet"))
        for thing in group.things:
            yield from _thing(thing, answer, mark)
        if more := group.total - len(group.things):
            yield line(f"... and {more} more: --limit 0", 2, "quiet")


def _points(answer: Answer[Reach]) -> Iterator[Block]:
    points = answer.result.single_points
    if points:
        yield spans()
        yield line("Single points of failure", 0, "heading")
    for thing in points:
        names = [name(answer.entities, other) for other in thing.only_way_to]
        others = ", ".join(names[:4]) + (f" and {len(names) - 4} more" if len(names) > 4 else "")
        yield spans((thing.entity.name, "warn"), f": nothing else that is known leads to {others}", indent=2)


def _thing(thing: Reached, answer: Answer[Reach], mark: str) -> Iterator[Block]:
    beside: list[Span] = [Span(f"  {mark}", "warn")] if thing.single_point else []
    if thing.instead:
        others = ", ".join(name(answer.entities, other) for other in thing.instead)
        beside = [Span(f"  could have {others} instead", "good")]
    if thing.as_owner:
        beside = [Span("  through what is its own", "quiet")]
    yield spans((thing.entity.name, "name"), *beside, indent=2)
    yield line(chain_words(thing.hops, answer), 4)
    claims = claims_of(thing.hops[-1], {claim.id: claim for claim in answer.claims})
    if claims:
        yield Said(claims[0], 8)
    if claims[1:]:
        yield line("said too: " + ", ".join(claim.key for claim in claims[1:]), 8, "quiet")


def reach_table(answer: Answer[Reach]) -> Table:
    """Return what was reached, one thing a row."""
    columns = {
        "thing": "thing", "id": "id", "kind": "kind", "steps": "steps", "chain": "chain", "as_owner": "as owner",
        "single_point": "single point of failure", "only_way_to": "only way to", "instead": "instead",
        "claims": "claims",
    }  # fmt: skip
    keys = {claim.id: claim.key for claim in answer.claims}
    return table(columns, (_row(thing, answer, keys) for thing in answer.result.things))


def _row(thing: Reached, answer: Answer[Reach], keys: Mapping[str, str]) -> tuple[str | int | bool, ...]:
    rests = dict.fromkeys(keys[claim] for hop in thing.hops for tie in hop.ties for claim in tie.claims)
    return (
        thing.entity.name, thing.entity.id, thing.entity.kind, len(thing.hops), chain_words(thing.hops, answer),
        thing.as_owner, thing.single_point, " ".join(thing.only_way_to), " ".join(thing.instead), " ".join(rests),
    )  # fmt: skip


def steps_of(reach: Reach) -> list[list[str]]:
    """Return the chains step by step: the thing that was asked about, then what is one step away, and so on.

    What stands in one step is ordered by what it was reached from, so that lines between two steps seldom cross.
    """
    if reach.entity is None:
        return []
    hops = {hop.end: hop for thing in reach.things for hop in thing.hops}
    steps = {hop.end: step for thing in reach.things for step, hop in enumerate(thing.hops, start=1)}
    found = [[reach.entity.id]]
    for step in range(1, max(steps.values(), default=0) + 1):
        order = {end: place for layer in found for place, end in enumerate(layer)}
        layer = [end for end in steps if steps[end] == step]
        found.append(sorted(layer, key=lambda end: (order[hops[end].start], end)))
    return found


def layers(reach: Reach, towards: int) -> Network:
    """Return the chains as layers, one a step, to the left (-1) or right (1) of the thing that was asked about."""
    if reach.entity is None:
        return Network((), {}, {})
    hops = {hop.end: hop for thing in reach.things for hop in thing.hops}
    places = {reach.entity.id: (0.0, 0.0)}
    for step, layer in enumerate(steps_of(reach)[1:], start=1):
        columns = 2 if len(layer) > _TALL else 1
        for place, end in enumerate(layer):
            aside = towards * _COLUMN * (step + 0.4 * (place % columns))
            places[end] = (round(aside, 4), round((place - (len(layer) - 1) / 2) * _ROW / columns, 4))
    ties: tuple[Tie, ...] = tuple(dict.fromkeys(hop.ties[0] for hop in hops.values()))
    points = {thing.entity.id: 5 for thing in reach.single_points if thing.entity.id in places}
    return Network(ties, {reach.entity.id: 1.0, **dict.fromkeys(hops, 0.35)}, points, places)
