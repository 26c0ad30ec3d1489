"""Disputes: conflicts with their sides in full, who stands behind each, and how far they are apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from keiretsu_graph.view import View
from keiretsu_ontology.claims import AnyClaim, Conflict, Deal, Observation, Occurrence, Statement
from keiretsu_ontology.clocks import date_of
from keiretsu_ontology.entities import Entity
from keiretsu_ontology.metrics import METRICS
from keiretsu_ontology.relations import RELATIONS
from keiretsu_ontology.roles import OCCURRENCE_KINDS
from keiretsu_queries.base import Clocks, named_in
from keiretsu_queries.doubts.differences import Apart, apart
from keiretsu_queries.sameness import fact_key, mainly_about, may_agree, positions
from keiretsu_queries.standing import Ranking, Standing, rankings, reason_words, standing_of, stands
from keiretsu_queries.voices import houses, voices
from keiretsu_queries.wording import date_words, name, value_words, words_of

_IN_WORDS = frozenset({"attribution", "scope", "wording"})  # a value or a date alone does not tell these apart


class Side(NamedTuple):
    """What some claims hold against the others."""

    says: str  # in a few words: a value, a date, a name
    claims: tuple[AnyClaim, ...]  # that are sides of the conflict, by key
    also: tuple[AnyClaim, ...]  # others that say the same
    voices: int  # independent ones among all of these
    stands: bool  # not put aside, outranked or taken back

    @property
    def claim(self) -> AnyClaim:
        """The claim that the side is told by."""
        return self.claims[0]


class Dispute(NamedTuple):
    """Claims that cannot all hold."""

    conflict: Conflict
    why: str  # in words
    standing: Standing
    whom: str  # whom or what it is about, in words
    what: str  # which figure or event, in words
    when: str  # the period, in words
    sides: tuple[Side, ...]
    apart: Apart | None
    settled: tuple[Ranking, ...]  # what curators decided of its sides
    full: bool = True  # told with every side, not in the table alone


def disputes_of(view: View, conflicts: Sequence[Conflict], clocks: Clocks) -> list[Dispute]:
    """Return conflicts with their sides, those left out of which fewer than two claims pass the clocks.

    Open ones come first, then settled ones, then explained differences, each by id.
    """
    ids = tuple(sorted({side for conflict in conflicts for side in conflict.claims}))
    passed = {claim.id: claim for claim in view.claims(clocks.claims(ids=ids))} if ids else {}
    held = [
        (conflict, [passed[side] for side in conflict.claims if side in passed])
        for conflict in conflicts
        if sum(side in passed for side in conflict.claims) > 1
    ]
    near = _near(view, [claim for _, sides in held for claim in sides], clocks)
    house = houses(view, [*passed.values(), *(claim for group in near.values() for claim in group)])
    names = view.entities(sorted({slug for claim in passed.values() for slug in named_in(claim)}))
    found = [_dispute(conflict, sides, near, house, names) for conflict, sides in held]
    order: dict[Standing, int] = {"open": 0, "settled": 1, "explained": 2}
    return sorted(found, key=lambda dispute: (order[dispute.standing], dispute.conflict.id))


def _near(view: View, sides: Sequence[AnyClaim], clocks: Clocks) -> dict[tuple[object, ...], list[AnyClaim]]:
    """Return the claims that may say the same as some sides, by what they are on."""
    wanted = {fact_key(side) for side in sides}
    about = tuple(sorted({slug for side in sides for slug in mainly_about(side)}))
    found: defaultdict[tuple[object, ...], list[AnyClaim]] = defaultdict(list)
    for claim in view.claims(clocks.claims(entities=about)) if about else ():
        if (key := fact_key(claim)) in wanted:
            found[key].append(claim)
    return found


def _dispute(
    conflict: Conflict, claims: list[AnyClaim], near: Mapping[tuple[object, ...], list[AnyClaim]],
    house: Mapping[str, str], names: Mapping[str, Entity],
) -> Dispute:  # fmt: skip
    groups = positions(conflict, claims)
    own = {claim.id for claim in claims}
    by_subject = len({mainly_about(claim) for claim in claims}) > 1
    sides = []
    for group in groups:
        others = [claim for key in {fact_key(row) for row in group} for claim in near.get(key, ())]
        beside = (claim for claim in others if claim.id not in own and stands(claim))
        also = tuple(claim for claim in beside if _only_with(claim, group, groups))
        number = voices((*group, *also), house)
        words = says(group[0], names, conflict.why, by_subject=by_subject)
        sides.append(Side(words, tuple(group), also, number, any(stands(claim) for claim in group)))
    return Dispute(
        conflict, reason_words(conflict.why), standing_of(conflict, claims), *_about(claims, names),
        tuple(sides), apart([group[0] for group in groups], conflict.why), rankings(claims),
    )  # fmt: skip


def _only_with(claim: AnyClaim, group: Sequence[AnyClaim], groups: Sequence[Sequence[AnyClaim]]) -> bool:
    """Whether a claim fits one side alone: what fits several supports none of them."""
    fitting = [own for own in groups if all(fact_key(row) == fact_key(claim) and may_agree(row, claim) for row in own)]
    return len(fitting) == 1 and fitting[0] is group


def says(claim: AnyClaim, names: Mapping[str, Entity], why: str, *, by_subject: bool = False) -> str:
    """Return what a claim holds against another, in the fewest words: a value, a date, the other end of a tie.

    Args:
        claim: The claim.
        names: The entities that it names.
        why: The reason of the conflict.
        by_subject: Whether ties are told apart by their subjects: several lead one company.
    """
    if why in _IN_WORDS:
        return words_of(claim, names) if why == "attribution" else claim.text
    match claim:
        case Observation():
            return value_words(claim)
        case Statement() if RELATIONS[claim.relation].tie and claim.object:
            return name(names, claim.subject if by_subject else claim.object)
        case Occurrence() if (when := date_of(claim)) is not None:
            return date_words(when)
        case _:
            return claim.text


def _about(claims: Sequence[AnyClaim], names: Mapping[str, Entity]) -> tuple[str, str, str]:
    """Return what claims disagree about: whom or what, which figure or event, and of which period."""
    whom = list(dict.fromkeys(name(names, slug) for claim in claims for slug in mainly_about(claim)))
    what = {_topic(claim, names) for claim in claims}
    when = {str(claim.period or "") if isinstance(claim, Observation) else "" for claim in claims}
    told = " and ".join(whom) if len(whom) < 3 else f"{whom[0]} and {len(whom) - 1} others"
    return told, _only(what), _only(when)


def _only(words: set[str]) -> str:
    return next(iter(words)) if len(words) == 1 else ""


def _topic(claim: AnyClaim, names: Mapping[str, Entity]) -> str:
    match claim:
        case Observation():
            change = "" if claim.measure == "value" else "change in "
            return change + (METRICS[claim.metric].label if claim.metric in METRICS else name(names, claim.metric))
        case Occurrence():
            return OCCURRENCE_KINDS[claim.kind].label
        case Deal():
            return claim.kind.replace("_", " ")
        case Statement():
            return RELATIONS[claim.relation].label if RELATIONS[claim.relation].tie else ""


def claims_in(disputes: Iterable[Dispute]) -> Iterator[AnyClaim]:
    """Yield every claim of some disputes."""
    for dispute in disputes:
        for side in dispute.sides:
            yield from (*side.claims, *side.also)
