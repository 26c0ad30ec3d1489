"""Listing: the things of a kind that fit, with what ties them to what was asked for, and since when they are there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from keiretsu_graph.view import TieFilter, View
from keiretsu_ontology.claims import AnyClaim, Tie, parts_of
from keiretsu_ontology.entities import Entity
from keiretsu_ontology.relations import RELATIONS
from keiretsu_queries.base import Clocks
from keiretsu_queries.times.dating import Beginning, beginnings, best
from keiretsu_queries.whole.tied import claims_behind
from keiretsu_queries.words.kinds import Kinds
from keiretsu_queries.words.readings import Reading

BENEATH = ("unit_of", "subsidiary_of", "variant_of")  # what is of a unit or member is of the whole
_BELONGING = tuple(
    row.name
    for row in RELATIONS.values()
    if row.group in ("structure", "people", "making") and row.name != "successor_of"
)
_PLACES = {relation: place for place, relation in enumerate(RELATIONS)}
# What tells most of a thing where nothing is asked for: who makes it, what it is a part of, which office it holds.
_HOME: tuple[Reading, ...] = (
    Reading("develops", inverse=True), Reading("manufactures", inverse=True), Reading("offers", inverse=True),
    Reading("variant_of"), Reading("unit_of"), Reading("subsidiary_of"), Reading("chief_executive_of"),
    Reading("officer_of"), Reading("founded"), Reading("part_of"),
)  # fmt: skip


class Listed(NamedTuple):
    """A thing on a list."""

    entity: Entity
    ties: tuple[Tie, ...]  # to what was asked for, else to where it belongs; stated ones first
    dates: tuple[Beginning, ...]  # that say since when it is there
    claims: tuple[AnyClaim, ...]  # that it is on the list by, by key
    about: int  # how many claims are about it
    doubt: str | None  # it only possibly fits: why
    claimed: bool  # only forecasts, opinions or what was put aside put it on the list


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be listed."""

    kinds: Kinds
    reading: Reading | None = None  # of a relation that the things are read from
    of: Entity | None = None
    since: date | None = None
    until: date | None = None
    stated_only: bool = False


def circle(view: View, entity: str, *, clocks: Clocks) -> tuple[str, ...]:
    """Return the ids of a thing and of all units, subsidiaries and members beneath it, itself first."""
    found, frontier = [entity], [entity]
    while frontier:
        ties = view.neighbours(frontier, clocks.ties(relations=BENEATH, stated_only=True))
        frontier = sorted({tie.subject for tie in ties if tie.object in frontier} - set(found))
        found += frontier
    return tuple(found)


def candidates(view: View, kinds: Kinds, clocks: Clocks) -> list[Entity]:
    """Return the things of some kinds; under a clock, those that a claim speaks of by then."""
    things = [entity for entity in view.all_entities() if kinds.of(entity)]
    if clocks.as_of is None and clocks.known_by is None:
        return things
    claims = view.claims(clocks.claims(entities=tuple(entity.id for entity in things))) if things else []
    spoken_of = {part.entity for claim in claims for part in parts_of(claim)}
    return [entity for entity in things if entity.id in spoken_of]


def fitting(view: View, wanted: Wanted, clocks: Clocks) -> tuple[list[Listed], int]:
    """Return the things that fit, by name, and how many would but for a date that nobody tells."""
    things = {entity.id: entity for entity in candidates(view, wanted.kinds, clocks)}
    tied = _tied(view, things, wanted, clocks) if wanted.of or wanted.reading else None
    kept = [entity for entity in things.values() if tied is None or entity.id in tied]
    dates = beginnings(view, [entity.id for entity in kept], clocks)
    claims = claims_behind(view, [tie for own in (tied or {}).values() for tie in own])
    windowed = bool(wanted.since or wanted.until)
    found, undated = [], 0
    for entity in kept:
        ties = tuple((tied or {}).get(entity.id, ()))
        own = dates.get(entity.id, ()) or _since(entity, ties, claims)
        falls = best([beginning.when for beginning in own], wanted.since, wanted.until) if windowed else "certainly"
        undated += windowed and not own
        if falls != "no":
            found.append(_listed(entity, ties, own, claims, clocks, falls))
    return sorted(found, key=lambda row: (row.entity.name.casefold(), row.entity.id)), undated


def _since(entity: Entity, ties: Iterable[Tie], claims: Mapping[str, AnyClaim]) -> tuple[Beginning, ...]:
    """Return since when a tie of a thing is there; a product is not there since the day of an agreement on it."""
    if entity.family == "product":
        return ()
    rests = [claims[claim] for tie in ties if tie.factual for claim in tie.claims]
    return tuple(Beginning(claim.held.start, claim) for claim in rests if claim.held.start and not claim.held.day)


def _listed(
    entity: Entity, ties: Sequence[Tie], dates: tuple[Beginning, ...], claims: Mapping[str, AnyClaim], clocks: Clocks,
    falls: str,
) -> Listed:  # fmt: skip
    factual = [tie for tie in ties if tie.factual]
    ordered = tuple(
        sorted(factual or ties, key=lambda tie: (tie.rule is not None, _PLACES[tie.relation], tie.object, tie.claims))
    )
    rests = {claim: claims[claim] for tie in ordered for claim in tie.claims}
    doubts = [clocks.doubt(claim) for claim in rests.values()]
    doubt = doubts[0] if doubts and all(doubts) else None
    if falls == "possibly":
        doubt = "; ".join(filter(None, (doubt, "possibly in this time")))
    rests |= {beginning.claim.id: beginning.claim for beginning in dates}
    own = tuple(sorted(rests.values(), key=lambda claim: claim.key))
    return Listed(entity, ordered, dates, own, 0, doubt, bool(ties) and not factual)


def _tied(view: View, things: Mapping[str, Entity], wanted: Wanted, clocks: Clocks) -> dict[str, list[Tie]]:
    """Return for each thing the ties by which it fits."""
    if wanted.of is None:
        every = view.ties(_filter(clocks, wanted, (wanted.reading.relation,) if wanted.reading else ()))
        return _by_thing(every, things, wanted.reading, None)
    around = circle(view, wanted.of.id, clocks=clocks)
    relations = (wanted.reading.relation,) if wanted.reading else _BELONGING
    found = _by_thing(view.neighbours(around, _filter(clocks, wanted, relations)), things, wanted.reading, set(around))
    if found or wanted.reading:
        return found
    return _by_thing(view.neighbours(around, _filter(clocks, wanted, ())), things, None, set(around))


def _filter(clocks: Clocks, wanted: Wanted, relations: tuple[str, ...]) -> TieFilter:
    return clocks.ties(relations=relations, factual=None, stated_only=wanted.stated_only, walkable=not relations)


def _by_thing(
    ties: Iterable[Tie], things: Mapping[str, Entity], reading: Reading | None, around: set[str] | None
) -> dict[str, list[Tie]]:
    found: defaultdict[str, list[Tie]] = defaultdict(list)
    for tie in ties:
        ends = ((tie.subject, tie.object, False), (tie.object, tie.subject, True))
        for own, other, inverse in ends:
            fits = reading is None or RELATIONS[tie.relation].symmetric or reading.inverse is inverse
            if own in things and fits and (around is None or other in around):
                found[own].append(tie)
    return found


def at_home(view: View, rows: Sequence[Listed], clocks: Clocks, *, stated_only: bool) -> list[Listed]:
    """Return rows without ties with those to where they belong, as far as facts tell."""
    bare = {row.entity.id for row in rows if not row.ties}
    relations = tuple(dict.fromkeys(reading.relation for reading in _HOME))
    ties = view.neighbours(sorted(bare), clocks.ties(relations=relations, stated_only=stated_only)) if bare else []
    homes: dict[str, list[Tie]] = {}
    for reading in _HOME:
        for tie in ties:
            own = tie.object if reading.inverse else tie.subject
            if tie.relation == reading.relation and own in bare:
                homes.setdefault(own, []).append(tie)
    home = {thing: _first(own) for thing, own in homes.items()}
    claims = claims_behind(view, home.values())
    return [_with_home(row, home[row.entity.id], claims) if row.entity.id in home else row for row in rows]


def _first(home: Sequence[Tie]) -> Tie:
    """Return the tie that tells most: of the first relation that there is, stated before derived."""
    return min(home, key=lambda tie: (tie.relation != home[0].relation, tie.rule is not None))


def _with_home(row: Listed, tie: Tie, claims: Mapping[str, AnyClaim]) -> Listed:
    rests = {claim.id: claim for claim in (*row.claims, *(claims[claim] for claim in tie.claims))}
    return row._replace(ties=(tie,), claims=tuple(sorted(rests.values(), key=lambda claim: claim.key)))


def counted(view: View, rows: Sequence[Listed], clocks: Clocks) -> list[Listed]:
    """Return rows with the number of claims about each."""
    claims = view.claims(clocks.claims(entities=tuple(row.entity.id for row in rows))) if rows else []
    numbers: defaultdict[str, int] = defaultdict(int)
    for claim in claims:
        for entity in {part.entity for part in parts_of(claim)}:
            numbers[entity] += 1
    return [row._replace(about=numbers[row.entity.id]) for row in rows]
