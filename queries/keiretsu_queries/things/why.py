"""Why: what does one claim say, who says so and who else, who says the contrary, and what hangs on it?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Annotated, NamedTuple

from keiretsu_graph.view import ClaimFilter, View
from keiretsu_ontology.claims import AnyClaim, Modality, Tie, parts_of, shape_of, topic_of
from keiretsu_ontology.errors import UnknownClaimError, UsageError
from keiretsu_ontology.evidence import Source
from keiretsu_queries.base import ALWAYS, Answer, Clocks, answer, named_in
from keiretsu_queries.doubts.conflicts import tell_dispute
from keiretsu_queries.doubts.disputes import Dispute, claims_in, disputes_of
from keiretsu_queries.parameters import Param
from keiretsu_queries.sameness import fact_key, mainly_about, may_agree
from keiretsu_queries.sheets import BLANK, Block, Said, line
from keiretsu_queries.sparql_texts import these
from keiretsu_queries.standing import stands
from keiretsu_queries.telling import tied
from keiretsu_queries.voices import houses, voice_words, voices
from keiretsu_queries.wording import words_of


class Grounds(NamedTuple):
    """A claim and everything around it."""

    claim: AnyClaim
    sources: tuple[Source, ...]  # of its evidence
    restates: AnyClaim | None
    restated_by: tuple[AnyClaim, ...]
    also: tuple[AnyClaim, ...]  # others that say the same, by whoever
    denied: tuple[AnyClaim, ...]  # those that say it is not so
    voices: int  # independent ones that say it, this one among them
    disputes: tuple[Dispute, ...]
    ties: tuple[Tie, ...]  # that rest on it
    beside: tuple[AnyClaim, ...]  # the other claims that these ties rest on


Key = Annotated[str, Param("Key or id of a claim, as other commands print it.", "CLAIM", completes="claim")]


def why(view: View, claim: Key, *, clocks: Clocks = ALWAYS) -> Answer[Grounds]:
    """Return a claim by its key, its id or the beginning of its id, with its evidence and what hangs on it.

    Under the clocks, a claim that was certainly not so or could not be known then is not known, and that is said.

    Raises:
        UnknownClaimError: There is no such claim.
        UsageError: The beginning fits several.
    """
    found = _find(view, claim)
    passes = bool(view.claims(clocks.claims(ids=(found.id,))))
    near = view.neighbours([part.entity for part in parts_of(found)], clocks.ties(factual=None))
    ties = [tie for tie in near if found.id in tie.claims]
    beside = sorted({other for tie in ties for other in tie.claims} - {found.id})
    also, denied = _others(view, found, clocks)
    disputes = tuple(disputes_of(view, view.conflicts([found.id]), clocks))
    grounds = Grounds(
        found, tuple(view.sources(sorted({place.source for place in found.evidence} | {found.source}))),
        _restated(view, found), _repeats(view, found), also, denied,
        voices((found, *also), houses(view, (found, *also))), disputes, tuple(ties),
        tuple(view.claims(ClaimFilter(ids=tuple(beside)))) if beside else (),
    )  # fmt: skip
    ends = [end for tie in ties for end in (tie.subject, tie.object)]
    doubt = clocks.doubt(found)
    instead = () if passes else (f"this was not so, or could not be known, by the days asked for: {found.text}",)
    return answer(
        view, f"Why is it said: {found.text}", grounds, [found, *also] if passes else (), sparql=these([found.id]),
        entities=[*ends, *named_in(found)], instead=instead, notes=[doubt] if doubt and passes else (),
        beside=[*denied, *claims_in(disputes)] if passes else (), clocks=clocks,
    )  # fmt: skip


def _others(view: View, claim: AnyClaim, clocks: Clocks) -> tuple[tuple[AnyClaim, ...], tuple[AnyClaim, ...]]:
    """Return the other claims that say the same, and those that deny it."""
    wanted = clocks.claims(entities=mainly_about(claim), shapes=(shape_of(claim),), topics=(topic_of(claim),))
    near = [other for other in view.claims(wanted) if other.id != claim.id and stands(other)]
    turned: Modality = "stated" if claim.modality == "denied" else "denied"
    against = fact_key(replace(claim, modality=turned))
    same = (other for other in near if fact_key(other) == fact_key(claim) and may_agree(claim, other))
    return tuple(same), tuple(other for other in near if fact_key(other) == against and may_agree(claim, other))


def _find(view: View, text: str) -> AnyClaim:
    if exact := view.claims(ClaimFilter(ids=(text,))):
        return exact[0]
    keys = view.keys()
    started = [claim for claim in keys if len(text) >= 4 and claim.startswith(text)]
    if len(started) == 1:
        return view.claims(ClaimFilter(ids=(started[0],)))[0]
    if started:
        raise UsageError(f"{text!r} begins the ids of {', '.join(started[:5])}")
    from difflib import get_close_matches

    raise UnknownClaimError(text, get_close_matches(text, list(keys.values()), n=2, cutoff=0.6))


def _restated(view: View, claim: AnyClaim) -> AnyClaim | None:
    found = view.claims(ClaimFilter(ids=(claim.restates,))) if claim.restates else []
    return found[0] if found else None


def _repeats(view: View, claim: AnyClaim) -> tuple[AnyClaim, ...]:
    near = view.claims(ClaimFilter(entities=tuple(part.entity for part in parts_of(claim))))
    return tuple(other for other in near if other.restates == claim.key)


def tell_why(answer: Answer[Grounds]) -> Iterator[Block]:
    """Yield a claim, where it was read, and what hangs on it."""
    grounds = answer.result
    claim = grounds.claim
    yield line(claim.text, 0, "title")
    yield line(words_of(claim, answer.entities), 2)
    yield Said(claim, 2)
    yield line(f"id {claim.id}, recorded {claim.recorded}", 2, "quiet")
    if claim.rank != "normal" or claim.outranked or claim.retracted:
        yield from _rank(grounds)
    yield from _same(grounds)
    if grounds.denied:
        yield from _listed("Denied by", grounds.denied)
    for dispute in grounds.disputes:
        yield BLANK
        yield from tell_dispute(dispute)
    if grounds.ties:
        yield from (BLANK, line("Ties that rest on it", 0, "heading"))
        yield from tied(grounds.ties, answer, None, grounds.beside)


def _rank(grounds: Grounds) -> Iterator[Block]:
    """Yield how curators ranked the claim or what stands against it, with the reason."""
    claim = grounds.claim
    over = [row for dispute in grounds.disputes for row in dispute.settled if row.claim.rank == "preferred"]
    if claim.rank != "normal":
        yield line(f"{claim.rank}, because {claim.rank_reason or 'no reason is given'}", 2, "good")
    if claim.outranked:
        for row in over:
            yield line(f"outranked by {row.claim.key}, because {row.reason}", 2, "warn")
    if claim.retracted:
        yield line(f"taken back on {claim.retracted}", 2, "warn")


def _same(grounds: Grounds) -> Iterator[Block]:
    """Yield who else says the same."""
    if grounds.restates:
        yield line(f"says again what {grounds.restates.key} says", 2)
    listed = dict.fromkeys((*grounds.also, *grounds.restated_by))
    if listed:
        yield from _listed(f"Said as well, {voice_words(grounds.voices)} in all", tuple(listed))
    else:
        yield line("nobody else is known to say so", 2, "quiet")


def _listed(title: str, claims: tuple[AnyClaim, ...]) -> Iterator[Block]:
    yield from (BLANK, line(title, 0, "heading"))
    for claim in claims:
        yield line(claim.text, 2)
        yield Said(claim)
