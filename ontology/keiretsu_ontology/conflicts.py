"""Which claims cannot all hold, and why values may not be compared."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import combinations
from typing import TypeVar

from keiretsu_ontology.claims import AnyClaim, Conflict, Observation, Occurrence, Statement
from keiretsu_ontology.dates import Held
from keiretsu_ontology.evidence import digest
from keiretsu_ontology.relations import RELATIONS
from keiretsu_ontology.roles import OCCURRENCE_KINDS
from keiretsu_ontology.values import may_both_hold

_Claim = TypeVar("_Claim", Observation, Occurrence)


def why_not_comparable(one: Observation, other: Observation) -> str | None:
    """Return why two values may not be set side by side, or None where they may.

    The two may be of different entities; everything else must be the same.
    """
    if one.metric != other.metric:
        return f"different metrics: {one.metric} and {other.metric}"
    if one.measure != other.measure:
        return "one is a value, the other a change"
    if one.base != other.base:
        return f"different bases: {one.base} and {other.base}"
    if one.quantity and other.quantity and one.quantity.unit != other.quantity.unit:
        return f"different units: {one.quantity.unit} and {other.quantity.unit}"
    if (fault := _why_other_time(one, other)) is not None:
        return fault
    if one.scope != other.scope:
        return "different scopes"
    return None


def _why_other_time(one: Observation, other: Observation) -> str | None:
    first, second = one.period, other.period
    if first is None or second is None:
        return None if first is second and one.held == other.held else "the period of one is not known"
    if first.kind != second.kind:
        return f"different kinds of period: {first.kind} and {second.kind}"
    if (first.start, first.end) != (second.start, second.end):
        return f"different periods: {first} and {second}"
    return None


def find_conflicts(claims: Iterable[AnyClaim]) -> Iterator[Conflict]:
    """Yield the conflicts that follow from the claims alone, in the order of their ids.

    Two figures conflict where all that makes them comparable is the same and no number satisfies both; a
    restatement does not. All that disagree in one way are sides of one conflict. Two statements conflict where the
    relation admits one object at a time, two occurrences where the thing happens once and their dates cannot agree.
    Forecasts and opinions never conflict with facts, nor a deprecated or retracted claim with any.
    """
    live = [claim for claim in claims if claim.factual]
    found = [*_observations(live), *_occurrences(live), *_statements(live)]
    yield from sorted(found, key=lambda conflict: conflict.id)


def _observations(claims: Iterable[AnyClaim]) -> Iterator[Conflict]:
    same: defaultdict[tuple[object, ...], list[Observation]] = defaultdict(list)
    for claim in claims:
        if isinstance(claim, Observation) and not claim.none:
            period = claim.period
            time = (period.kind, period.start, period.end) if period else claim.held
            same[claim.about, claim.metric, claim.measure, claim.base, claim.scope, time].append(claim)
    yield from _within(same.values())


def _occurrences(claims: Iterable[AnyClaim]) -> Iterator[Conflict]:
    same: defaultdict[tuple[object, ...], list[Occurrence]] = defaultdict(list)
    for claim in claims:
        if isinstance(claim, Occurrence) and (happens := what_happens(claim)) is not None:
            same[happens].append(claim)
    yield from _within(same.values())


def what_happens(claim: Occurrence) -> tuple[object, ...] | None:
    """Return what tells an event that takes place once from others of its kind, or None where it may recur."""
    role = OCCURRENCE_KINDS[claim.kind].once
    parties = tuple(sorted(part.entity for part in claim.parts if part.role == role))
    return (claim.kind, parties, claim.scope) if role is not None and parties else None


def _within(groups: Iterable[list[_Claim]]) -> Iterator[Conflict]:
    """Yield for each group of claims on one thing those that disagree in one way as sides of one conflict.

    Claims that are not linked by any disagreement, as figures in two currencies, are sides of two conflicts.
    """
    for group in groups:
        found: defaultdict[str, list[set[str]]] = defaultdict(list)
        for one, other in combinations(group, 2):
            if (reason := disagree(one, other)) is not None:
                pair = {one.id, other.id}
                linked = [sides for sides in found[reason] if sides & pair]
                found[reason] = [sides for sides in found[reason] if sides not in linked]
                found[reason].append(pair.union(*linked))
        yield from (_conflict(sides, reason) for reason, listed in found.items() for sides in listed)


def disagree(one: AnyClaim, other: AnyClaim) -> str | None:
    """Return why two claims on one thing cannot both hold, as one of REASONS, or None where they can."""
    if isinstance(one, Observation) and isinstance(other, Observation):
        if one.about != other.about or why_not_comparable(one, other) is not None:
            return None
        if one.quantity and other.quantity and not may_both_hold(one.quantity, other.quantity):
            return "value"
        return "direction" if one.direction and other.direction and one.direction != other.direction else None
    if isinstance(one, Occurrence) and isinstance(other, Occurrence):
        happens = what_happens(one)
        apart = happens is not None and happens == what_happens(other) and _are_apart(one.held, other.held)
        return "time" if apart else None
    if isinstance(one, Statement) and isinstance(other, Statement) and RELATIONS[one.relation].functional:
        same = (one.subject, one.relation) == (other.subject, other.relation)
        return "object" if same and one.object != other.object and _overlap(one, other) else None
    return None


def _statements(claims: Iterable[AnyClaim]) -> Iterator[Conflict]:
    same: defaultdict[tuple[str, str], list[Statement]] = defaultdict(list)
    for claim in claims:
        if isinstance(claim, Statement) and RELATIONS[claim.relation].functional:
            same[claim.subject, claim.relation].append(claim)
    for (_, relation), group in same.items():
        for one, other in combinations(sorted(group, key=lambda claim: claim.id), 2):
            if (reason := disagree(one, other)) is not None and not _is_above(same, relation, one, other):
                yield _conflict({one.id, other.id}, reason)


def _is_above(same: dict[tuple[str, str], list[Statement]], relation: str, one: Statement, other: Statement) -> bool:
    """Whether the object of one statement is said to belong to that of the other: then both hold, near and far."""
    if not RELATIONS[relation].transitive:
        return False
    for low, high in ((one.object, other.object), (other.object, one.object)):
        seen, left = {low}, [low]
        while left:
            found = {claim.object for claim in same.get((left.pop() or "", relation), ())} - seen
            if high in found:
                return True
            seen |= found
            left += found
    return False


def _overlap(one: Statement, other: Statement) -> bool:
    """Whether two statements are known to hold at one time: undated ones are taken to."""
    spans = [Held(held.day, held.day) if held.day else held for held in (one.held, other.held)]
    first, second = sorted(spans, key=_beginning)
    end = first.end.latest if first.end else None
    begin = second.start.earliest if second.start else None
    if end is None or begin is None or begin < end:
        return True
    return begin == end and one.held.day is not None and other.held.day is not None  # else one gives way to the other


def _beginning(held: Held) -> date:
    return (held.start.earliest if held.start else None) or date.min


def _are_apart(one: Held, other: Held) -> bool:
    """Whether two events cannot have taken place on one day."""
    for first, second in ((one, other), (other, one)):
        last = first.end.latest if first.end else None
        begin = second.start.earliest if second.start else None
        if last is not None and begin is not None and last < begin:
            return True
    return False


def _conflict(sides: set[str], reason: str) -> Conflict:
    ids = tuple(sorted(sides))
    return Conflict("x" + digest(" ".join(ids))[:12], ids, reason, "", curated=False)
