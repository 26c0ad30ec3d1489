"""Neighbours: what a thing or its units are tied to by facts, whatever the shape of the claims."""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple

from keiretsu_graph.derive import DIRECT, NO_MORE
from keiretsu_graph.view import View
from keiretsu_ontology.claims import AnyClaim, Deal, Occurrence, Statement, Tie, parts_of
from keiretsu_ontology.relations import RELATIONS
from keiretsu_queries.base import Clocks


class Link(NamedTuple):
    """What ties a thing, or one of its units, to another thing."""

    end: str  # the thing itself, or its unit
    rests: tuple[str, ...]  # ids of claims
    tie: Tie | None = None  # where it follows by rule


def around(
    view: View, group: tuple[str, ...], asked: set[str], clocks: Clocks, *, stated_only: bool
) -> dict[str, list[Link]]:
    """Return everything that a group is tied to by a fact, with the claims: what lasts before what took place."""
    near: defaultdict[str, list[Link]] = defaultdict(list)
    claims = view.claims(clocks.claims(entities=group, factual=True))
    for claim in sorted(claims, key=lambda claim: isinstance(claim, Occurrence)):
        for end, other in sorted(_pairs(claim, set(group))):
            if other not in asked:
                near[other].append(Link(end, (claim.id,)))
    for tie in () if stated_only else view.neighbours(group, clocks.ties(walkable=True)):
        end, other = (tie.subject, tie.object) if tie.subject in group else (tie.object, tie.subject)
        if tie.rule not in DIRECT and other not in asked and all(link.tie for link in near.get(other, ())):
            near[other].append(Link(end, tie.claims, tie))
    return near


def _pairs(claim: AnyClaim, group: set[str]) -> set[tuple[str, str]]:
    """Return which members of a group a claim ties to what else: remarks and articles tie nothing."""
    match claim:
        case Statement() if claim.none or not RELATIONS[claim.relation].tie:
            return set()
        case Occurrence() if claim.kind == "publication":
            return set()
        case Deal() if claim.status in NO_MORE:
            return set()
    parts = [part for part in parts_of(claim) if part.role == "scope:counterparty" or _takes_part(part.role)]
    alike = isinstance(claim, Occurrence)  # those who only were there together are not tied
    return {
        (one.entity, other.entity)
        for one in parts
        for other in parts
        if one.entity in group and other.entity not in group and not (alike and one.role == other.role)
    }


def _takes_part(role: str) -> bool:
    return role != "metric" and not role.startswith("scope:")
