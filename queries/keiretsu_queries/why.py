"""Why: what does one claim say, who says so, where was it read, and what hangs on it?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, NamedTuple

from keiretsu_graph.view import ClaimFilter, View
from keiretsu_ontology.claims import AnyClaim, Tie, parts_of
from keiretsu_ontology.errors import UnknownClaimError, UsageError
from keiretsu_ontology.evidence import Source
from keiretsu_queries.base import ALWAYS, Answer, Clocks, answer, named_in
from keiretsu_queries.conflicts import Dispute, dispute_of, tell_dispute
from keiretsu_queries.parameters import Param
from keiretsu_queries.sheets import BLANK, Block, Said, line
from keiretsu_queries.sparql_texts import these
from keiretsu_queries.telling import tied
from keiretsu_queries.wording import words_of


class Grounds(NamedTuple):
    """A claim and everything around it."""

    claim: AnyClaim
    sources: tuple[Source, ...]  # of its evidence
    restates: AnyClaim | None
    restated_by: tuple[AnyClaim, ...]
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
    grounds = Grounds(
        found, tuple(view.sources(sorted({place.source for place in found.evidence} | {found.source}))),
        _restated(view, found), _repeats(view, found),
        tuple(dispute for conflict in view.conflicts([found.id]) if (dispute := dispute_of(view, conflict, clocks))),
        tuple(ties), tuple(view.claims(ClaimFilter(ids=tuple(beside)))) if beside else (),
    )  # fmt: skip
    ends = [end for tie in ties for end in (tie.subject, tie.object)]
    doubt = clocks.doubt(found)
    instead = () if passes else (f"this was not so, or could not be known, by the days asked for: {found.text}",)
    return answer(
        view, f"Why is it said: {found.text}", grounds, [found] if passes else (), sparql=these([found.id]),
        entities=[*ends, *named_in(found)], instead=instead, notes=[doubt] if doubt and passes else (),
    )  # fmt: skip


def _find(view: View, text: str) -> AnyClaim:
    if exact := view.claims(ClaimFilter(ids=(text,))):
        return exact[0]
    every = view.claims(ClaimFilter())
    started = [claim for claim in every if len(text) >= 4 and claim.id.startswith(text)]
    if len(started) == 1:
        return started[0]
    if started:
        raise UsageError(f"{text!r} begins the ids of {', '.join(claim.id for claim in started[:5])}")
    from difflib import get_close_matches

    raise UnknownClaimError(text, get_close_matches(text, [claim.key for claim in every], n=2, cutoff=0.6))


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
    yield line(f"id {claim.id}, recorded {claim.recorded}", 2)
    if grounds.restates:
        yield line(f"says again what {grounds.restates.key} says", 2)
    for again in grounds.restated_by:
        yield line(f"said again by {again.key}", 2)
    if grounds.ties:
        yield from (BLANK, line("Ties that rest on it", 0, "heading"))
        yield from tied(grounds.ties, answer, None, grounds.beside)
    for dispute in grounds.disputes:
        yield BLANK
        yield from tell_dispute(dispute)
