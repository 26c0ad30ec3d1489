"""Which claims say the same: the same tie, deal, figure or event, whoever says it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from itertools import combinations
from typing import NamedTuple

from keiretsu_ontology.claims import FACTUAL, AnyClaim, Conflict, Deal, Observation, Occurrence, Part, Statement
from keiretsu_ontology.conflicts import disagree
from keiretsu_ontology.dates import Held, When
from keiretsu_ontology.relations import RELATIONS
from keiretsu_ontology.values import may_both_hold, range_of

# Parties without which it is still the same deal or event: one source names them, another does not.
_ASIDE = frozenset({"product", "agent", "setting", "participant"})


class Fact(NamedTuple):
    """One thing, and every claim that says it."""

    claims: tuple[AnyClaim, ...]  # by key

    @property
    def first(self) -> AnyClaim:
        """The claim that it is told by: a preferred one, else one that says nothing again."""
        order = {"preferred": 0, "normal": 1, "deprecated": 2}
        return min(self.claims, key=lambda claim: (order[claim.rank], claim.restates is not None, claim.key))


def fact_key(claim: AnyClaim) -> tuple[object, ...]:
    """Return what claims on one thing have in common: shape, topic, parties, scope, period and manner."""
    manner = "fact" if claim.modality in FACTUAL else claim.modality
    match claim:
        case Statement():
            ends = (claim.subject, claim.object or "")
            ends = (min(ends), max(ends)) if RELATIONS[claim.relation].symmetric else ends
            own: tuple[object, ...] = (claim.relation, *ends, claim.scope, claim.none)
            # What is said of a topic is in the words and not in the tie.
            return "statement", manner, *own, *(() if RELATIONS[claim.relation].tie else (claim.key,))
        case Observation():
            period = claim.period
            time = (period.kind, period.start, period.end) if period else _bounds(claim.held)
            unit = claim.quantity.unit if claim.quantity else None
            own = (claim.about, claim.metric, claim.measure, claim.base, unit, claim.scope, time, claim.none)
            return "observation", manner, *own
        case Deal():
            return "deal", manner, claim.kind, main_parts(claim), replace(claim.scope, note=None)
        case Occurrence():
            return "occurrence", manner, claim.kind, main_parts(claim), claim.scope


def main_parts(claim: Deal | Occurrence) -> tuple[Part, ...]:
    """Return the parties that tell a deal or event from others; a launch is told by what comes out."""
    parts = tuple(sorted(claim.parts))
    kept = tuple(part for part in parts if part.role not in _ASIDE)
    return kept or tuple(part for part in parts if part.role == "product") or parts


def mainly_about(claim: AnyClaim) -> tuple[str, ...]:
    """Return the ids of what a claim is mainly about, its subject first."""
    match claim:
        case Statement():
            return (claim.subject,)
        case Observation():
            return (claim.about,)
        case Deal() | Occurrence():
            return tuple(dict.fromkeys(part.entity for part in main_parts(claim)))


def _bounds(held: Held) -> tuple[object, ...]:
    ends = (held.start, held.end)
    return tuple(bound for end in ends for bound in ((end.earliest, end.latest) if end else (None, None)))


def may_agree(one: AnyClaim, other: AnyClaim) -> bool:
    """Say whether two claims on one thing (`fact_key`) may both hold."""
    if isinstance(one, Observation) and isinstance(other, Observation):
        if one.quantity and other.quantity and not may_both_hold(one.quantity, other.quantity):
            return False
        return not (one.direction and other.direction and one.direction != other.direction)
    return not (_apart(one.held, other.held, one) or _apart(other.held, one.held, one))


def _apart(one: Held, other: Held, claim: AnyClaim) -> bool:
    """Whether the one was over before the other began; a deal is made once, so its beginning counts."""
    end: When | None = one.start if isinstance(claim, Deal) else one.end
    last, begin = end.latest if end else None, other.start.earliest if other.start else None
    return last is not None and begin is not None and last < begin


def facts_of(claims: Iterable[AnyClaim]) -> list[Fact]:
    """Return claims as facts, each with all that say it, by the key of the first."""
    same: defaultdict[tuple[object, ...], list[AnyClaim]] = defaultdict(list)
    for claim in claims:
        same[fact_key(claim)].append(claim)
    found = (Fact(tuple(group)) for own in same.values() for group in clusters(own))
    return sorted(found, key=lambda fact: fact.claims[0].key)


def clusters(claims: Iterable[AnyClaim]) -> list[list[AnyClaim]]:
    """Return claims on one thing in groups within which all may hold."""
    found: list[list[AnyClaim]] = []
    for claim in sorted(claims, key=lambda claim: claim.key):
        fitting = (group for group in found if all(may_agree(claim, other) for other in group))
        if (group := next(fitting, None)) is not None:
            group.append(claim)
        else:
            found.append([claim])
    return found


def positions(conflict: Conflict, sides: Iterable[AnyClaim]) -> list[list[AnyClaim]]:
    """Return the sides of a conflict in groups that say the same.

    Where the conflict was found by comparing, those that do not disagree stand together; where a curator wrote it
    down, only those that give the very same figure or date.
    """
    apart = _differ if conflict.curated else _disagree
    found: list[list[AnyClaim]] = []
    for side in sorted(sides, key=lambda side: side.key):
        fitting = (group for group in found if not any(apart(side, other) for other in group))
        if (group := next(fitting, None)) is not None:
            group.append(side)
        else:
            found.append([side])
    return found


def are_apart(conflict: Conflict, sides: Iterable[AnyClaim]) -> bool:
    """Say whether the sides of a conflict take more than one position (`positions`), by the first two that do."""
    apart = _differ if conflict.curated else _disagree
    return any(apart(one, other) for one, other in combinations(sides, 2))


def _disagree(one: AnyClaim, other: AnyClaim) -> bool:
    return disagree(one, other) is not None


def _differ(one: AnyClaim, other: AnyClaim) -> bool:
    if one.key == other.restates or other.key == one.restates:
        return False
    if fact_key(one) != fact_key(other):
        return True
    if isinstance(one, Observation) and isinstance(other, Observation):
        ranges = [quantity and range_of(quantity) for quantity in (one.quantity, other.quantity)]
        return ranges[0] != ranges[1] or one.direction != other.direction
    return not isinstance(one, Occurrence) or _bounds(one.held) != _bounds(other.held)
