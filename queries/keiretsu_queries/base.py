"""What a question is and what an answer is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Generic, Literal, TypeVar

from keiretsu_graph.view import ClaimFilter, TieFilter, View
from keiretsu_ontology.claims import AnyClaim, Conflict, parts_of
from keiretsu_ontology.clocks import held_at, known_at
from keiretsu_ontology.entities import Entity
from keiretsu_ontology.evidence import Source
from keiretsu_queries.standing import Standing, standing_of

State = Literal["known", "only claimed", "conflicting", "not known"]
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Clocks:
    """The two clocks that a question may be asked by."""

    as_of: date | None = None  # what was so then
    known_by: date | None = None  # what had been published by then

    def claims(self, **wanted: object) -> ClaimFilter:
        """Return a filter of claims under these clocks."""
        return ClaimFilter(as_of=self.as_of, known_by=self.known_by, **wanted)  # type: ignore[arg-type]

    def ties(self, **wanted: object) -> TieFilter:
        """Return a filter of ties under these clocks."""
        return TieFilter(as_of=self.as_of, known_by=self.known_by, **wanted)  # type: ignore[arg-type]

    def doubt(self, claim: AnyClaim) -> str | None:
        """Return how a claim stands to the clocks where it does not certainly pass them, or None where it does."""
        found = []
        if self.as_of is not None and (standing := held_at(claim, self.as_of)) != "certainly":
            found.append("undated" if standing == "undated" else f"possibly so on {self.as_of}")
        if self.known_by is not None and known_at(claim, self.known_by) != "certainly":
            found.append(f"possibly known by {self.known_by}")
        return ", ".join(found) or None


ALWAYS = Clocks()


@dataclass(frozen=True, slots=True)
class Answer(Generic[Result]):
    """What is known of a question, and all that it rests on."""

    question: str  # as one would say it
    state: State
    result: Result
    claims: tuple[AnyClaim, ...]  # that the answer rests on, by key
    conflicts: tuple[Conflict, ...]  # that any of them is a side of
    entities: dict[str, Entity]  # everything that the claims and the result name
    sources: dict[str, Source]  # that the claims were read from
    sparql: str  # finds the claims
    instead: tuple[str, ...] = ()  # where the thing asked is not known: what is
    notes: tuple[str, ...] = ()  # what the reader must know to read it rightly
    beside: tuple[AnyClaim, ...] = ()  # claims that are shown beside those, by key; the state does not rest on them
    standings: Mapping[str, Standing] = field(default_factory=dict)  # of the conflicts, by id

    @property
    def disputed(self) -> tuple[Conflict, ...]:
        """The conflicts that are open: neither settled by rank nor explained."""
        return tuple(conflict for conflict in self.conflicts if self.standings.get(conflict.id, "open") == "open")


def answer(
    view: View,
    question: str,
    result: Result,
    claims: Iterable[AnyClaim],
    *,
    sparql: str,
    entities: Iterable[str] = (),
    instead: Sequence[str] = (),
    notes: Sequence[str] = (),
    beside: Iterable[AnyClaim] = (),
    clocks: Clocks = ALWAYS,
) -> Answer[Result]:
    """Return an answer whose state follows from the claims that it rests on.

    Args:
        view: The graph.
        question: The question as one would say it.
        result: What the question gives.
        claims: The claims that the answer rests on.
        sparql: The query that finds them.
        entities: Ids of what the result names beside what the claims name.
        instead: What is known instead, where the thing asked is not.
        notes: What the reader must know.
        beside: Claims that are shown without being what the answer rests on.
        clocks: A conflict counts only where two of its sides pass them.
    """
    rests = sorted({claim.id: claim for claim in claims}.values(), key=lambda claim: claim.key)
    ids = {claim.id for claim in rests}
    shown = sorted({claim.id: claim for claim in beside if claim.id not in ids}.values(), key=lambda claim: claim.key)
    conflicts = tuple(view.conflicts([claim.id for claim in rests])) if rests else ()
    standings = standings_of(view, rests, conflicts, clocks)
    state = state_of(rests, [conflict for conflict in conflicts if standings[conflict.id] == "open"])
    read = sorted({claim.source for claim in (*rests, *shown)})
    sources = {source.id: source for source in view.sources(read)} if read else {}
    named = {*entities, *(name for claim in (*rests, *shown) for name in named_in(claim))}
    named |= {source.publisher for source in sources.values() if source.publisher}
    return Answer(
        question,
        state,
        result,
        tuple(rests),
        conflicts,
        view.entities(sorted(named)),
        sources,
        sparql,
        tuple(instead),
        tuple(notes),
        tuple(shown),
        standings,
    )


def standings_of(
    view: View, claims: Sequence[AnyClaim], conflicts: Sequence[Conflict], clocks: Clocks = ALWAYS
) -> dict[str, Standing]:
    """Return how each conflict stands, by id: open, settled by rank, or explained.

    Args:
        view: The graph.
        claims: Claims that are at hand; the other sides are looked up.
        conflicts: The conflicts.
        clocks: Only sides that pass them are looked at.
    """
    known = {claim.id: claim for claim in claims}
    beside = sorted({side for conflict in conflicts for side in conflict.claims} - set(known))
    known |= {claim.id: claim for claim in view.claims(clocks.claims(ids=tuple(beside)))} if beside else {}
    return {
        conflict.id: standing_of(conflict, [known[side] for side in conflict.claims if side in known])
        for conflict in conflicts
    }


def state_of(claims: Sequence[AnyClaim], conflicts: Sequence[Conflict]) -> State:
    """Return what claims amount to: nothing, mere claims, a conflict, or something known.

    A conflict counts where it is open, even if one of its sides alone is among the claims.
    """
    if not claims:
        return "not known"
    if not any(claim.factual for claim in claims):
        return "only claimed"
    return "conflicting" if conflicts else "known"


def named_in(claim: AnyClaim) -> set[str]:
    """Return the ids of all entities that a claim names: those it is about, and who says so."""
    return {*(part.entity for part in parts_of(claim)), claim.speaker} | (
        {claim.relayed_by} if claim.relayed_by else set()
    )
