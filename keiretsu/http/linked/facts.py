"""What stands on a page, ready for a template: facts, figures, disputes, ties and sources with links and marks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from keiretsu.http.linked.wording import Pieces, claim_pieces, named_pieces, tie_pieces
from keiretsu_ontology.claims import AnyClaim, Observation, Tie
from keiretsu_ontology.entities import Entity
from keiretsu_ontology.evidence import Source
from keiretsu_ontology.metrics import METRICS
from keiretsu_ontology.writing import url_fault
from keiretsu_queries.doubts.differences import apart_words
from keiretsu_queries.doubts.disputes import Dispute
from keiretsu_queries.figures.series_sheets import spaced
from keiretsu_queries.lines import Line
from keiretsu_queries.voices import voice_words
from keiretsu_queries.wording import date_words, scope_words, value_words, when_words

Names = Mapping[str, Entity]


class Mark(NamedTuple):
    """A word beside a fact that says it is no plain one."""

    text: str
    tone: str = ""  # "warn" or "bad"
    conflict: str | None = None  # that it leads to


class Cited(NamedTuple):
    """A source as it is named beside a fact."""

    id: str
    title: str


class Again(NamedTuple):
    """Who says the same again, with the claims."""

    voice: Pieces
    claims: tuple[str, ...]


class Fact(NamedTuple):
    """One thing said."""

    id: str  # of its claim
    words: Pieces
    voice: Pieces  # who says it, and who passed it on
    modality: str
    when: str
    source: Cited
    marks: tuple[Mark, ...]
    again: tuple[Again, ...] = ()


class Figure(NamedTuple):
    """A figure in a table."""

    fact: Fact
    metric: Pieces
    value: str
    scope: str


class Follows(NamedTuple):
    """A tie that follows by rule, and what it rests on."""

    words: Pieces
    rule: str
    claims: tuple[tuple[str, str], ...]  # id and key
    factual: bool


class Opposed(NamedTuple):
    """One side of a dispute."""

    says: str
    facts: tuple[Fact, ...]
    more: tuple[tuple[str, str], ...]  # further claims that say the same, by id and key
    voices: str
    stands: bool


class Disputed(NamedTuple):
    """A dispute with every side."""

    id: str
    why: str
    about: str
    standing: str
    note: str
    sides: tuple[Opposed, ...]
    apart: str
    rulings: tuple[str, ...]
    curated: bool


class Work(NamedTuple):
    """A source in a list."""

    id: str
    title: str
    publisher: Pieces
    author: Pieces
    published: str
    kind: str
    url: str | None
    claims: int = 0


def fact_of(
    claim: AnyClaim, names: Names, sources: Mapping[str, Source], seen_from: str | None = None, row: Line | None = None
) -> Fact:
    """Return a claim as it stands on a page."""
    relayed = claim.relayed_by if claim.relayed_by != claim.speaker else None
    title = sources[claim.source].title if claim.source in sources else claim.source
    return Fact(
        claim.id, claim_pieces(claim, names, seen_from), named_pieces(names, claim.speaker, relayed), claim.modality,
        when_words(claim), Cited(claim.source, title), tuple(_marks(claim, row)), _again(row, names) if row else (),
    )  # fmt: skip


def _marks(claim: AnyClaim, row: Line | None) -> Iterable[Mark]:
    if claim.modality not in ("stated", "reported"):
        yield Mark(claim.modality, "warn")
    if claim.retracted:
        yield Mark(f"taken back on {claim.retracted}", "bad")
    if claim.rank != "normal":
        yield Mark(claim.rank, "bad" if claim.rank == "deprecated" else "")
    if claim.outranked:
        yield Mark("outranked", "warn")
    if row is not None and row.conflicts:
        yield Mark("disputed", "warn", row.conflicts[0])
    if row is not None and row.doubt:
        yield Mark(row.doubt)


def _again(row: Line, names: Names) -> tuple[Again, ...]:
    by_voice: dict[Pieces, list[str]] = {}
    for claim in row.restated:
        by_voice.setdefault(named_pieces(names, claim.speaker), []).append(claim.id)
    return tuple(Again(voice, tuple(claims)) for voice, claims in by_voice.items())


def figure_of(row: Line, names: Names, sources: Mapping[str, Source], seen_from: str) -> Figure:
    """Return an observation as a row of a table; seen from a metric, the table says what it is of."""
    claim = row.claim
    if not isinstance(claim, Observation):
        raise TypeError(f"{claim.key} is no observation")
    other = claim.about if seen_from == claim.metric else claim.metric
    pieces = named_pieces(names, other)
    if other == claim.metric and claim.metric in METRICS:
        pieces = (pieces[0]._replace(text=METRICS[claim.metric].label),)
    return Figure(
        fact_of(claim, names, sources, seen_from, row), pieces,
        "known to be none" if claim.none else spaced(value_words(claim)), scope_words(claim.scope, names),
    )  # fmt: skip


def follows_of(ties: Iterable[Tie], keys: Mapping[str, str], names: Names, seen_from: str | None) -> list[Follows]:
    """Return derived ties as they stand on a page."""
    return [
        Follows(
            tie_pieces(tie, names, seen_from), tie.rule or "",
            tuple((claim, keys.get(claim, claim)) for claim in tie.claims), tie.factual,
        )
        for tie in ties
    ]  # fmt: skip


_CLAIMS = 3  # of a side that are told in full


def disputed_of(dispute: Dispute, names: Names, sources: Mapping[str, Source]) -> Disputed:
    """Return a dispute as it stands on a page."""
    sides = tuple(
        Opposed(
            side.says, tuple(fact_of(claim, names, sources) for claim in side.claims[:_CLAIMS]),
            tuple((claim.id, claim.key) for claim in (*side.claims[_CLAIMS:], *side.also)),
            voice_words(side.voices), side.stands,
        )
        for side in dispute.sides
    )  # fmt: skip
    about = ", ".join(part for part in (dispute.whom, dispute.what, dispute.when) if part)
    rulings = tuple(f"{row.claim.key} is {row.claim.rank}: {row.reason}" for row in dispute.settled)
    return Disputed(
        dispute.conflict.id, dispute.why, about, dispute.standing, dispute.conflict.note, sides,
        apart_words(dispute.apart) or "", rulings, dispute.conflict.curated,
    )  # fmt: skip


def work_of(source: Source, names: Names, claims: int = 0) -> Work:
    """Return a source as it stands in a list; only an address of the web is linked."""
    linked = source.url if source.url and url_fault(source.url) is None else None
    published = date_words(source.published) if source.published else "undated"
    return Work(
        source.id, source.title, named_pieces(names, source.publisher), named_pieces(names, source.author), published,
        source.kind.replace("_", " "), linked, claims,
    )  # fmt: skip


def newest_day(claims: Sequence[AnyClaim], sources: Iterable[Source] = ()) -> str | None:
    """Return the day on which the newest of some claims and sources was recorded; None where there are none."""
    days: list[Any] = [*(claim.recorded for claim in claims), *(source.recorded for source in sources)]
    return max(days).isoformat() if days else None
