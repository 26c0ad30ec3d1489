"""Which claims and ties pass a filter, decided in one place for every engine."""

from __future__ import annotations

from collections.abc import Mapping

from keiretsu_graph.view import ClaimFilter, TieFilter
from keiretsu_ontology.claims import AnyClaim, Tie, parts_of, shape_of, topic_of
from keiretsu_ontology.clocks import held_at, known_at
from keiretsu_ontology.relations import RELATIONS


def passes_clocks(claim: AnyClaim, where: ClaimFilter | TieFilter) -> bool:
    """Say whether a claim may have been so, and known, by the days of a filter."""
    if where.as_of is not None and held_at(claim, where.as_of) == "no":
        return False
    return where.known_by is None or known_at(claim, where.known_by) != "no"


def claim_passes(claim: AnyClaim, where: ClaimFilter) -> bool:
    """Say whether a claim passes a whole filter."""
    sides = (
        (where.shapes, shape_of(claim)), (where.topics, topic_of(claim)), (where.speakers, claim.speaker),
        (where.relays, claim.relayed_by), (where.sources, claim.source), (where.modalities, claim.modality),
        (where.ranks, claim.rank),
    )  # fmt: skip
    return (
        all(not wanted or found in wanted for wanted, found in sides)
        and (not where.ids or claim.id in where.ids or claim.key in where.ids)
        and (where.factual is None or claim.factual is where.factual)
        and _parts_pass(claim, where)
        and passes_clocks(claim, where)
    )


def _parts_pass(claim: AnyClaim, where: ClaimFilter) -> bool:
    if not where.entities and not where.roles:
        return True
    return any(
        (not where.entities or part.entity in where.entities) and (not where.roles or part.role in where.roles)
        for part in parts_of(claim)
    )


def tie_passes(tie: Tie, where: TieFilter) -> bool:
    """Say whether a tie passes a filter, its clocks left aside."""
    return (
        (not where.relations or tie.relation in where.relations)
        and (where.factual is None or tie.factual is where.factual)
        and not (where.stated_only and tie.rule is not None)
        and not (where.walkable and not RELATIONS[tie.relation].tie)
    )


def has_clocks(where: ClaimFilter | TieFilter) -> bool:
    """Say whether a filter names a day."""
    return where.as_of is not None or where.known_by is not None


def tie_passes_clocks(tie: Tie, claims: Mapping[str, AnyClaim], where: TieFilter) -> bool:
    """Say whether every claim that a tie rests on passes the clocks."""
    return all(passes_clocks(claims[claim], where) for claim in tie.claims)
