"""The page of a claim: what it says, who says so, where it was read, and what hangs on it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from keiretsu.http.linked.facts import disputed_of, fact_of, follows_of, work_of
from keiretsu.http.linked.wording import Piece, Pieces, claim_pieces, named_pieces
from keiretsu.workers.plan import Desk
from keiretsu_ontology.claims import MODALITIES, AnyClaim, Deal, Observation, Occurrence, parts_of, shape_of
from keiretsu_ontology.evidence import Evidence, Source
from keiretsu_ontology.relations import RELATIONS
from keiretsu_ontology.roles import ROLES
from keiretsu_queries.base import Answer
from keiretsu_queries.things.why import Grounds, why
from keiretsu_queries.voices import voice_words
from keiretsu_queries.wording import date_words, value_words, when_words

if TYPE_CHECKING:
    from keiretsu_loaders.texts import SourceTexts

_TIES = 30


class Row(NamedTuple):
    """One thing told of a claim, by name."""

    name: str
    pieces: Pieces
    aside: str = ""


class Place(NamedTuple):
    """A place that a claim was read at; the words only where the licence of the source allows that."""

    source: str
    title: str
    at: str
    sha256: str | None
    words: str | None
    standing: str  # where the text is at hand: whether the place is found in it


def shown_of(desk: Desk, claim: AnyClaim) -> dict[str, Any]:
    """Return what the page of a claim shows."""
    answer = why(desk.view, claim.id)
    grounds, names, sources = answer.result, answer.entities, answer.sources
    same = tuple(dict.fromkeys((*grounds.also, *grounds.restated_by)))
    keys = {one.id: one.key for one in (*answer.claims, *grounds.beside, claim)}
    return {
        "claim": claim,
        "shape": shape_of(claim),
        "pieces": claim_pieces(claim, names),
        "fact": fact_of(claim, names, sources),
        "rows": list(_rows(claim, answer)),
        "places": [_place(desk, place, sources) for place in claim.evidence or (Evidence(claim.source),)],
        "works": [work_of(source, names) for source in grounds.sources],
        "same": [fact_of(one, names, sources) for one in same],
        "voices": voice_words(grounds.voices),
        "denied": [fact_of(one, names, sources) for one in grounds.denied],
        "restates": grounds.restates,
        "disputes": [disputed_of(dispute, names, sources) for dispute in grounds.disputes],
        "follows": follows_of(grounds.ties[:_TIES], keys, names, None),
        "follows_more": max(0, len(grounds.ties) - _TIES),
        "day": claim.recorded.isoformat(),
    }


def _rows(claim: AnyClaim, answer: Answer[Grounds]) -> Iterator[Row]:
    """Yield who, how, when, and who or what in which role."""
    names = answer.entities
    yield Row("Said by", named_pieces(names, claim.speaker))
    if claim.relayed_by and claim.relayed_by != claim.speaker:
        yield Row("Passed on by", named_pieces(names, claim.relayed_by))
    yield Row("How", (Piece(claim.modality),), MODALITIES[claim.modality])
    if when := when_words(claim):
        yield Row("When", (Piece(when),))
    if claim.published:
        yield Row("Published", (Piece(date_words(claim.published)),))
    if isinstance(claim, Observation):
        yield Row("Value", (Piece("known to be none" if claim.none else value_words(claim)),))
    if isinstance(claim, Deal) and claim.status:
        yield Row("Status", (Piece(claim.status.replace("_", " ")),))
    roles: dict[str, list[str]] = {}
    for part in parts_of(claim):
        roles.setdefault(part.role, []).append(part.entity)
    for role, slugs in roles.items():
        yield Row(_role(claim, role), _listed(named_pieces(names, *slugs)))
    if claim.rank != "normal":
        yield Row("Rank", (Piece(claim.rank),), claim.rank_reason or "no reason is given")
    if claim.outranked:
        yield Row("Rank", (Piece("outranked"),), "another claim on the same thing is preferred")
    if claim.retracted:
        yield Row("Taken back", (Piece(f"on {claim.retracted}"),))


def _role(claim: AnyClaim, role: str) -> str:
    if isinstance(claim, Deal | Occurrence) and role in ROLES:
        label = ROLES[role].label
    elif role == "object" and hasattr(claim, "relation"):
        label = RELATIONS[claim.relation].label
    else:
        label = {"scope:excludes": "without", "subject": "about"}.get(role, role.removeprefix("scope:"))
    return label[:1].upper() + label[1:]


def _listed(pieces: Pieces) -> Pieces:
    """Return names with commas between them."""
    found: list[Piece] = []
    for number, piece in enumerate(pieces):
        found += [Piece(", "), piece] if number else [piece]
    return tuple(found)


def _place(desk: Desk, place: Evidence, sources: Any) -> Place:
    source = sources.get(place.source)
    at = f"characters {place.start:,} to {place.end:,}" if place.start is not None else "the source as a whole"
    words, standing = place.quote, ""
    if source is not None and (texts := desk.texts) is not None:
        standing = texts.standing(place, source.file)
        words = words or _excerpt(texts, place, source)
    title = source.title if source is not None else place.source
    return Place(place.source, title, at, place.sha256, words, "" if standing == "unchecked" else standing)


def _excerpt(texts: SourceTexts, place: Evidence, source: Source) -> str | None:
    """Return the words at a place; a text that may not be copied is not shown to others, even where it is at hand."""
    return texts.excerpt(place, source) if source.quotable else None
