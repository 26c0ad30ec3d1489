"""What a question is and what an answer is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Generic, Literal, TypeVar

from keiretsu_graph.view import ClaimFilter, TieFilter, View
from keiretsu_ontology.claims import AnyClaim, Conflict, parts_of
from keiretsu_ontology.clocks import held_at, known_at
from keiretsu_ontology.entities import Entity
from keiretsu_ontology.evidence import Source

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
) -> Answer[Result]:
    """Return an answer whose state follows from the claims that it rests on."""
    rests = sorted({claim.id: claim for claim in claims}.values(), key=lambda claim: claim.key)
    conflicts = tuple(view.conflicts([claim.id for claim in rests])) if rests else ()
    state = state_of(rests, open_conflicts(view, rests, conflicts))
    sources = {source.id: source for source in view.sources(sorted({claim.source for claim in rests}))} if rests else {}
    named = {*entities, *(name for claim in rests for name in named_in(claim))}
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
    )


def open_conflicts(view: View, claims: Sequence[AnyClaim], conflicts: Sequence[Conflict]) -> tuple[Conflict, ...]:
    """Return the conflicts that are not settled: two sides or more were neither put aside nor outranked."""
    known = {claim.id: claim for claim in claims}
    beside = sorted({side for conflict in conflicts for side in conflict.claims} - set(known))
    known |= {claim.id: claim for claim in view.claims(ClaimFilter(ids=tuple(beside)))} if beside else {}
    return tuple(
        conflict for conflict in conflicts if sum(_stands(known[side]) for side in conflict.claims if side in known) > 1
    )


def _stands(claim: AnyClaim) -> bool:
    return claim.rank != "deprecated" and not claim.outranked and claim.retracted is None


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
