"""Conflicts: where do claims disagree, who says what, and why?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from keiretsu_graph.view import ClaimFilter, View
from keiretsu_ontology.claims import REASONS, AnyClaim, Conflict
from keiretsu_queries.base import ALWAYS, Answer, Clocks, answer
from keiretsu_queries.parameters import MaybeName
from keiretsu_queries.sheets import Block, Said, apart, line, spans
from keiretsu_queries.sparql_texts import disputed, these
from keiretsu_queries.subjects import group_of, known_of, meant


class Dispute(NamedTuple):
    """Claims that cannot all hold, each side in full."""

    conflict: Conflict
    why: str  # in words
    sides: tuple[AnyClaim, ...]


def conflicts(view: View, name: MaybeName = None, *, clocks: Clocks = ALWAYS) -> Answer[tuple[Dispute, ...]]:
    """Return every conflict, or those that touch a thing or its units, by id.

    A restatement is no conflict, nor is a forecast that differs from a fact. Under the clocks a conflict counts
    only where two of its sides pass them.

    Raises:
        AmbiguousNameError: Several things have this name.
    """
    question = f"Where do claims{f' about {name}' if name else ''} disagree?"
    of = view.conflicts()
    instead: tuple[str, ...] = ("no two claims in this graph are known to disagree",)
    if name is not None:
        found = meant(view, name)
        if found.entity is None:
            return answer(view, question, (), (), sparql=these([]), instead=found.nearest)
        own = view.claims(ClaimFilter(entities=group_of(view, found.entity.id)))
        of = view.conflicts([claim.id for claim in own]) if own else []
        instead = (f"no claims about {found.entity.name} are known to disagree", *known_of(view, found.entity))
    disputes = [dispute for conflict in of if (dispute := dispute_of(view, conflict, clocks))]
    sides = [side for dispute in disputes for side in dispute.sides]
    sparql = these([side.id for side in sides]) if name else disputed()
    return answer(view, question, tuple(disputes), sides, sparql=sparql, instead=() if disputes else instead)


def dispute_of(view: View, conflict: Conflict, clocks: Clocks) -> Dispute | None:
    """Return a conflict with its sides in full, or None where fewer than two of them pass the clocks."""
    passed = {claim.id: claim for claim in view.claims(clocks.claims(ids=conflict.claims))}
    sides = tuple(passed[side] for side in conflict.claims if side in passed)
    return Dispute(conflict, REASONS[conflict.why], sides) if len(sides) > 1 else None


def tell_conflicts(answer: Answer[tuple[Dispute, ...]]) -> Iterator[Block]:
    """Yield each conflict with every side."""
    yield from apart(tell_dispute(dispute) for dispute in answer.result)


def tell_dispute(dispute: Dispute) -> Iterator[Block]:
    """Yield one conflict with every side and who says it."""
    found = "" if dispute.conflict.curated else "  found by comparing"
    yield spans((dispute.conflict.id, "heading"), f": {dispute.why}", (found, "quiet"))
    if dispute.conflict.note:
        yield line(dispute.conflict.note, 2)
    for side in dispute.sides:
        yield line("• " + side.text, 2, "warn")
        yield Said(side)
