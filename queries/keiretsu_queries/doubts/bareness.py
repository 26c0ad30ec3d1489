"""Claims that leave something open: no date, and deals without status, purpose or product."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from keiretsu_ontology.claims import AnyClaim, Deal, Observation, Occurrence, Statement
from keiretsu_ontology.clocks import date_of
from keiretsu_ontology.relations import RELATIONS
from keiretsu_ontology.roles import roles_of

_CHANGING = frozenset({"structure", "people", "business", "market"})  # groups of relations that begin and end


class Bare(NamedTuple):
    """Claims of one sort that lack one thing."""

    words: str
    claims: tuple[AnyClaim, ...]  # by key
    of: int  # claims of this sort


class _Sort(NamedTuple):
    words: str
    counts: Callable[[AnyClaim], bool]
    lacks: Callable[[AnyClaim], bool]


def _is_tie(claim: AnyClaim) -> bool:
    return isinstance(claim, Statement) and RELATIONS[claim.relation].group in _CHANGING and not claim.none


def _undated(claim: AnyClaim) -> bool:
    return date_of(claim) is None


def _is_deal(claim: AnyClaim) -> bool:
    return isinstance(claim, Deal)


def _may_have_product(claim: AnyClaim) -> bool:
    return isinstance(claim, Deal) and "product" in roles_of(claim.kind)


_SORTS = (
    _Sort("deals without a date", _is_deal, _undated),
    _Sort("deals without a status", _is_deal, lambda claim: isinstance(claim, Deal) and claim.status is None),
    _Sort("deals that do not say what for", _is_deal, lambda claim: isinstance(claim, Deal) and claim.purpose is None),
    _Sort("deals without a product", _may_have_product,
          lambda claim: isinstance(claim, Deal) and all(part.role != "product" for part in claim.parts)),
    _Sort("events without a date", lambda claim: isinstance(claim, Occurrence), _undated),
    _Sort("figures without a period or day", lambda claim: isinstance(claim, Observation), _undated),
    _Sort("ties that may have begun or ended, without a date", _is_tie, _undated),
)  # fmt: skip


def bare_of(claims: Sequence[AnyClaim]) -> tuple[Bare, ...]:
    """Return which of some claims leave something open, by what they lack; only facts are looked at."""
    facts = [claim for claim in claims if claim.factual]
    found = []
    for sort in _SORTS:
        own = [claim for claim in facts if sort.counts(claim)]
        if lacking := tuple(claim for claim in own if sort.lacks(claim)):
            found.append(Bare(sort.words, lacking, len(own)))
    return tuple(found)
