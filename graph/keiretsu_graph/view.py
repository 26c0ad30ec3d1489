"""The contract between questions and engines: a few primitives that every engine offers.

Questions are written against `View`, so that one function serves every engine; one body of contract tests
(tests/graph/test_view_contract.py) holds all engines to it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Literal, NamedTuple, Protocol

from keiretsu_ontology.claims import AnyClaim, Conflict, Tie
from keiretsu_ontology.entities import Entity
from keiretsu_ontology.evidence import Source

Match = Literal["id", "identifier", "name", "prefix", "words", "similar"]
Grouping = Literal["shape", "topic", "speaker", "source", "modality", "rank"]


class Candidate(NamedTuple):
    """An entity that a text may mean."""

    entity: str
    name: str  # the name, id or identifier that fits
    match: Match
    score: float  # 100 for an exact fit


class About(NamedTuple):
    """What a view is of."""

    name: str
    title: str
    digest: str
    entities: int
    claims: int
    sources: int


class ClaimFilter(NamedTuple):
    """Which claims are wanted; an empty tuple or None leaves a side open."""

    ids: tuple[str, ...] = ()  # ids or keys
    entities: tuple[str, ...] = ()  # the claim is about any of these (`parts_of`)
    roles: tuple[str, ...] = ()  # and they stand in one of these roles
    shapes: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()  # relations, kinds of deal or occurrence, metrics
    speakers: tuple[str, ...] = ()
    relays: tuple[str, ...] = ()  # who passed it on
    sources: tuple[str, ...] = ()
    modalities: tuple[str, ...] = ()
    ranks: tuple[str, ...] = ()
    factual: bool | None = None
    as_of: date | None = None  # leaves out what was certainly not so by then (clocks.held_at)
    known_by: date | None = None  # leaves out what could not be known by then (clocks.known_at)


class TieFilter(NamedTuple):
    """Which ties are wanted. A tie passes a clock where every claim that it rests on does."""

    relations: tuple[str, ...] = ()
    factual: bool | None = True
    stated_only: bool = False  # leaves out derived ties
    walkable: bool = False  # only relations that are business ties, no remarks
    as_of: date | None = None
    known_by: date | None = None


class View(Protocol):
    """Reading access to a graph. Everything comes out in a stable order."""

    def about(self) -> About:
        """Return what the view is of."""

    def names(self, text: str, *, limit: int = 10, exact: bool = False) -> list[Candidate]:
        """Return the entities that a text may mean, best first; `exact` leaves out all that do not fit exactly."""

    def entities(self, ids: Iterable[str]) -> dict[str, Entity]:
        """Return entities by id; ids that are not there are left out."""

    def all_entities(self) -> list[Entity]:
        """Return every entity, by id."""

    def keys(self) -> dict[str, str]:
        """Return the key of every claim by its id, by key: for whoever needs no more of them."""

    def claims(self, where: ClaimFilter) -> list[AnyClaim]:
        """Return claims, by key."""

    def ties(self, where: TieFilter) -> list[Tie]:
        """Return every tie, by subject, relation, object, rule and claims."""

    def neighbours(self, ids: Iterable[str], where: TieFilter) -> list[Tie]:
        """Return the ties of a whole frontier at once: those with either end among the ids."""

    def counts(self, where: ClaimFilter, by: Grouping) -> dict[str, int]:
        """Return how many claims there are in each group, by name of group."""

    def sources(self, ids: Sequence[str] = ()) -> list[Source]:
        """Return sources by id, or all of them."""

    def conflicts(self, claims: Sequence[str] = ()) -> list[Conflict]:
        """Return the conflicts that any of these claims (ids) is a side of, or all of them, by id."""
