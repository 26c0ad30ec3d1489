"""Everything that is said, each thing once: ties, deals, events and figures with all claims that say them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

from keiretsu_graph.view import View
from keiretsu_ontology.claims import AnyClaim, Part, Shape, parts_of, shape_of, topic_of
from keiretsu_ontology.clocks import date_of
from keiretsu_ontology.dates import When
from keiretsu_ontology.relations import RELATIONS
from keiretsu_ontology.roles import DEAL_KINDS, OCCURRENCE_KINDS
from keiretsu_queries.base import Clocks
from keiretsu_queries.whole.tied import claims_behind
from keiretsu_queries.words.sorts import Sort


class Thing(NamedTuple):
    """One thing said, however many say it."""

    shape: Shape
    topic: str
    parts: tuple[Part, ...]  # who and what, in which role
    claims: tuple[AnyClaim, ...]  # by key
    factual: bool
    rules: tuple[str, ...]  # by which it follows, where nobody says it

    @property
    def entities(self) -> set[str]:
        """The ids of all that it is about."""
        return {part.entity for part in self.parts}

    @property
    def when(self) -> When | None:
        """The date that it is of, by the claim that dates it earliest; None where none does."""
        dates = [when for claim in self.claims if (when := date_of(claim)) is not None]
        return min(dates, key=lambda when: (when.earliest or when.latest or date.max, when.edtf), default=None)

    @property
    def years(self) -> str:
        """The year that it is of, "2023-2024" where that is not sure, "undated" where nothing is known of it."""
        first, last = (self.when.earliest, self.when.latest) if self.when else (None, None)
        if first and last:
            return str(first.year) if first.year == last.year else f"{first.year}-{last.year}"
        if first or last:
            return f"{first.year} or later" if first else f"{last.year} or earlier" if last else ""
        return "undated"


def said_in(view: View, clocks: Clocks, sort: Sort | None, *, stated_only: bool) -> list[Thing]:
    """Return what is said under two clocks, of one sort or all but figures and remarks, ties first."""
    found: list[Thing] = []
    if sort is None or sort.shape == "statement":
        found += _ties(view, clocks, sort, stated_only=stated_only)
    shapes = (sort.shape,) if sort else ("deal", "occurrence")
    if shapes != ("statement",):
        topics = sort.topics if sort else ()
        found += _others(view.claims(clocks.claims(shapes=shapes, topics=topics)))
    return found


def _ties(view: View, clocks: Clocks, sort: Sort | None, *, stated_only: bool) -> Iterator[Thing]:
    """Yield ties, those of several claims or rules between the same two things as one."""
    relations = sort.topics if sort else tuple(row.name for row in RELATIONS.values() if row.tie)
    ties = view.ties(clocks.ties(relations=relations, factual=None, stated_only=stated_only))
    claims = claims_behind(view, ties)
    same: defaultdict[tuple[str, str, str], list[int]] = defaultdict(list)
    for number, tie in enumerate(ties):
        ends = sorted((tie.subject, tie.object)) if RELATIONS[tie.relation].symmetric else (tie.subject, tie.object)
        same[tie.relation, ends[0], ends[1]].append(number)
    for (relation, subject, obj), numbers in sorted(same.items()):
        own = [ties[number] for number in numbers]
        stated = [tie for tie in own if tie.rule is None]
        counted = [tie for tie in own if tie.factual] or own
        rests = _by_key(claims, {claim for tie in own for claim in tie.claims})
        rules = () if stated else tuple(sorted({tie.rule for tie in counted if tie.rule}))
        parts = (Part("subject", subject), Part("object", obj))
        yield Thing("statement", relation, parts, rests, any(tie.factual for tie in own), rules)


def _others(claims: Iterable[AnyClaim]) -> Iterator[Thing]:
    """Yield deals, events and figures; what says another again stands with it. Denials say that there is none."""
    listed = [claim for claim in claims if claim.modality != "denied" and not claim.none]
    by_key = {claim.key: claim for claim in listed}
    again: defaultdict[str, list[AnyClaim]] = defaultdict(list)
    for claim in listed:
        again[_first(claim, by_key)].append(claim)
    for own in again.values():
        first = own[0]
        factual = any(claim.factual for claim in own)
        yield Thing(shape_of(first), topic_of(first), parts_of(first), tuple(own), factual, ())


def _first(claim: AnyClaim, by_key: Mapping[str, AnyClaim]) -> str:
    """Return the key of what a claim says again in the end, itself where it says nothing again."""
    seen = {claim.key}
    while (before := by_key.get(claim.restates or "")) is not None and before.key not in seen:
        claim = before
        seen.add(claim.key)
    return claim.key


def _by_key(claims: Mapping[str, AnyClaim], ids: set[str]) -> tuple[AnyClaim, ...]:
    if len(ids) == 1:  # as nearly all ties have it
        return (claims[next(iter(ids))],)
    return tuple(sorted((claims[claim] for claim in ids), key=lambda claim: claim.key))


def denied(view: View, clocks: Clocks, sort: Sort | None, about: str | None) -> list[AnyClaim]:
    """Return the claims that something of a sort is not so; none of them is counted as said."""
    relations = tuple(row.name for row in RELATIONS.values() if row.tie)
    topics = sort.topics if sort else (*relations, *DEAL_KINDS, *OCCURRENCE_KINDS)
    shapes = (sort.shape,) if sort else ("statement", "deal", "occurrence")
    about_it = (about,) if about else ()
    return view.claims(clocks.claims(shapes=shapes, topics=topics, modalities=("denied",), entities=about_it))
