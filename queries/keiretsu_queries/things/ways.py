"""From a thing by one tie to others, and one side of each: the two steps of `follow`, each read at once for all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from keiretsu_graph.view import ClaimFilter, View
from keiretsu_ontology.claims import AnyClaim, Tie, parts_of
from keiretsu_ontology.entities import Entity
from keiretsu_queries.above import WITHIN, above
from keiretsu_queries.base import Clocks
from keiretsu_queries.lines import Line, folded, lines_of
from keiretsu_queries.things.focus import best_first, speaking_of
from keiretsu_queries.words.kinds import BESIDE, Kinds
from keiretsu_queries.words.topics import Topic, topic_named


class Side(NamedTuple):
    """What is shown of each thing, and by which clocks."""

    only: str
    about: str | None
    clocks: Clocks


class Way(NamedTuple):
    """How a thing was reached."""

    entity: Entity
    by: tuple[AnyClaim, ...]
    within: tuple[Tie, ...] = ()  # from what was reached down to a member of it


class Step(NamedTuple):
    """A thing that was reached, and what is said of it."""

    way: Way
    of: Entity  # of which it is said: the thing, or the group that it belongs to
    upwards: tuple[Tie, ...]  # to that group
    lines: tuple[Line, ...]  # the best first


def said_in(lines: Iterable[Line]) -> Iterator[AnyClaim]:
    """Yield the claims of lines, with those that say them again."""
    for row in lines:
        yield row.claim
        yield from row.restated


def ways_from(view: View, start: Entity, topic: Topic, kinds: Kinds | None, clocks: Clocks) -> list[Way]:
    """Return what the facts of a topic lead to, the best first, then members of products; forecasts lead nowhere."""
    claims = [
        claim
        for claim in view.claims(clocks.claims(entities=(start.id,), factual=True))
        if topic.place(claim, start.id) is not None
    ]
    by: dict[str, list[AnyClaim]] = {}
    for row in best_first(folded(lines_of(view, claims, clocks)), topic, start.id):
        for part in parts_of(row.claim):
            if part.entity != start.id and not part.role.startswith("scope:"):
                by.setdefault(part.entity, []).extend(said_in([row]))
    by |= _following(view, start, topic, by, clocks)
    entities = view.entities(by)
    ways = [
        Way(entities[slug], tuple(own)) for slug, own in by.items() if kinds is None or _fits(entities[slug], kinds)
    ]
    return [*ways, *_members(view, ways, clocks)]


def _following(
    view: View, start: Entity, topic: Topic, known: Mapping[str, object], clocks: Clocks
) -> dict[str, list[AnyClaim]]:  # fmt: skip
    """Return what ties lead to that follow by rule; what only stands above what is known already is left out."""
    upper = {whole.entity for slug in known for whole in above(view, slug, clocks.ties(relations=WITHIN))}
    found: dict[str, list[AnyClaim]] = {}
    for tie in view.neighbours([start.id], clocks.ties()):
        other = tie.object if tie.subject == start.id else tie.subject
        if (
            tie.rule is not None
            and topic.takes_tie(tie, start.id)
            and not {other} & (known.keys() | found.keys() | upper)
        ):
            found[other] = list(view.claims(ClaimFilter(ids=tie.claims)))
    return found


def _fits(entity: Entity, kinds: Kinds) -> bool:
    return kinds.of(entity) or entity.kind in {BESIDE[kind] for kind in kinds.kinds if kind in BESIDE}


def _members(view: View, ways: Sequence[Way], clocks: Clocks) -> list[Way]:
    """Return the members and parts of the products that were reached, step by step, with what leads to them."""
    known = {way.entity.id: way for way in ways}
    frontier = [way.entity.id for way in ways if way.entity.family == "product"]
    where = clocks.ties(relations=("variant_of", "part_of"), stated_only=True)
    found: list[Way] = []
    while frontier:
        ties = [tie for tie in view.neighbours(frontier, where) if tie.object in known and tie.subject not in known]
        entities = view.entities({tie.subject for tie in ties})
        for tie in ties:
            known.setdefault(
                tie.subject, Way(entities[tie.subject], known[tie.object].by, (*known[tie.object].within, tie))
            )
        frontier = sorted(entities)
        found += [known[slug] for slug in frontier]
    return found


def steps_of(view: View, start: Entity, ways: Sequence[Way], side: Side) -> list[Step]:
    """Return the ways at whose end something is said; where nothing is at any, the groups that the things belong to.

    Args:
        view: The graph.
        start: Where the ways begin: what is said of it is no answer of theirs.
        ways: How things were reached.
        side: What is shown of each.
    """
    lines = _sides(view, {way.entity.id: way.entity for way in ways}, side)
    steps = [Step(way, way.entity, (), own) for way in ways if (own := lines.get(way.entity.id))]
    if steps or side.about is not None:
        return steps
    upper = (_upper(view, way, side) for way in ways if not way.within and way.entity.family == "organisation")
    return [step for step in upper if step is not None and step.of.id != start.id]


def _sides(view: View, entities: Mapping[str, Entity], side: Side) -> dict[str, tuple[Line, ...]]:
    """Return the lines of one side of several things that have any."""
    if not entities:
        return {}
    named: dict[str, list[AnyClaim]] = {slug: [] for slug in entities}
    for claim in view.claims(side.clocks.claims(entities=tuple(entities))):
        for slug in {part.entity for part in parts_of(claim)} & entities.keys():
            named[slug].append(claim)
    told = {slug: _lines(view, entities[slug], claims, side) for slug, claims in named.items() if claims}
    return {slug: lines for slug, lines in told.items() if lines}


def _lines(view: View, entity: Entity, claims: Sequence[AnyClaim], side: Side) -> tuple[Line, ...]:
    topic = topic_named(view, side.only, entity)
    own = [claim for claim in claims if topic.place(claim, entity.id) is not None]
    if side.about is not None and own:
        own = speaking_of(view, own, side.about, entity.id)
    return tuple(best_first(folded(lines_of(view, own, side.clocks)), topic, entity.id)) if own else ()


def _upper(view: View, way: Way, side: Side) -> Step | None:
    for whole in above(view, way.entity.id, side.clocks.ties(relations=WITHIN, stated_only=True)):
        entities = view.entities([whole.entity])
        if lines := _sides(view, entities, side).get(whole.entity):
            return Step(way, entities[whole.entity], whole.ties, lines)
    return None
