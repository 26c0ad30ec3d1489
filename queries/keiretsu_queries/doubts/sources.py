"""Sources: how much rests on each, what a single one alone says, and what several independent voices say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from keiretsu_graph.view import View
from keiretsu_ontology.claims import AnyClaim
from keiretsu_ontology.entities import Entity
from keiretsu_ontology.evidence import Source
from keiretsu_queries.base import ALWAYS, Answer, Clocks, answer
from keiretsu_queries.parameters import MaybeName, Most
from keiretsu_queries.sameness import Fact, facts_of
from keiretsu_queries.sheets import BLANK, Block, Cell, Cites, Said, line, spans, table
from keiretsu_queries.sparql_texts import about, these
from keiretsu_queries.subjects import Meant, known_of, meant
from keiretsu_queries.things.show import TITLES, heading_of
from keiretsu_queries.voices import houses, voice_words, voices
from keiretsu_queries.wording import name as name_of
from keiretsu_queries.wording import words_of


class Rested(NamedTuple):
    """A source, and how much rests on it."""

    source: Source
    claims: int
    percent: Decimal  # of all claims that were asked for
    only_here: int  # facts that no independent source says


class Backed(NamedTuple):
    """A fact, and who stands behind it."""

    fact: Fact
    sources: tuple[str, ...]
    voices: int  # independent ones


class Strength(NamedTuple):
    """Facts that are backed equally well."""

    title: str
    number: int
    facts: tuple[Backed, ...]  # the first ones, of a thing that was asked about
    more: int = 0  # beside these


class Basis(NamedTuple):
    """What claims rest on."""

    about: Entity | None
    sources: tuple[Rested, ...]  # those with most claims first
    more: int  # sources beside these
    strengths: tuple[Strength, ...]  # the best backed first


def sources(view: View, name: MaybeName = None, *, clocks: Clocks = ALWAYS, limit: Most = 12) -> Answer[Basis]:
    """Return how much of the graph, or of what is said of a thing, rests on each source, and what on one alone.

    A tie, deal, figure or event is one fact where shape, topic, parties, scope and period are the same and values
    may both hold. Sources that pass on one speaker are one voice. Forecasts, opinions and denials are no facts.

    Args:
        view: The graph.
        name: A name of a thing.
        clocks: The clocks to ask by.
        limit: How many sources, and how many facts of each sort; 0 for all.

    Raises:
        AmbiguousNameError: Several things have this name.
    """
    found = meant(view, name) if name is not None else Meant(None, ())
    question = f"What does {found.entity.name if found.entity else name or 'this graph'} rest on?"
    if found.nearest:
        return answer(view, question, Basis(None, (), 0, ()), (), sparql=about([]), instead=found.nearest)
    entity = found.entity
    claims = view.claims(clocks.claims(entities=(entity.id,) if entity else ()))
    facts = _backed(view, [claim for claim in claims if claim.factual])
    rows = _rested(view, claims, facts)
    shown = rows[: limit or None]
    nothing = (f"nothing about {entity.name} is known", *known_of(view, entity)) if entity else ("nothing is said",)
    told = answer(
        view, question, Basis(entity, tuple(shown), len(rows) - len(shown), _strengths(facts, entity, limit)), claims,
        sparql=about([entity.id]) if entity else these([claim.id for claim in claims]),
        entities=[entity.id] if entity else [], instead=() if claims else nothing, clocks=clocks,
    )  # fmt: skip
    return replace(told, state="known") if claims else told  # what it rests on is known, whoever is right


def _backed(view: View, claims: Sequence[AnyClaim]) -> tuple[Backed, ...]:
    house = houses(view, claims)
    found = [_one(fact, house) for fact in facts_of(claims)]
    return tuple(sorted(found, key=_place))


def _place(row: Backed) -> tuple[object, ...]:
    """What is backed best first; then ties before deals before figures."""
    first = row.fact.first
    return -row.voices, -len(row.sources), list(TITLES).index(heading_of(first)), first.key


def _one(fact: Fact, house: Mapping[str, str]) -> Backed:
    return Backed(fact, tuple(sorted({claim.source for claim in fact.claims})), voices(fact.claims, house))


def _strengths(facts: Sequence[Backed], about: Entity | None, limit: int) -> tuple[Strength, ...]:
    sorts = {
        "By several independent voices": [row for row in facts if row.voices > 1],
        "By one voice, in several sources": [row for row in facts if row.voices == 1 and len(row.sources) > 1],
        "In one source alone": [row for row in facts if len(row.sources) == 1],
    }
    return tuple(
        Strength(title, len(rows), shown, len(rows) - len(shown) if about else 0)
        for title, rows in sorts.items()
        for shown in [tuple(rows[: limit or None]) if about else ()]
    )


def _rested(view: View, claims: Sequence[AnyClaim], facts: Iterable[Backed]) -> list[Rested]:
    number = Counter(claim.source for claim in claims)
    alone = Counter(source for row in facts if row.voices == 1 for source in row.sources)
    known = view.sources(sorted(number)) if number else []
    rows = [Rested(row, number[row.id], _percent(number[row.id], len(claims)), alone[row.id]) for row in known]
    return sorted(rows, key=lambda row: (-row.claims, row.source.id))


def _percent(part: int, whole: int) -> Decimal:
    return (Decimal(100) * part / whole).quantize(Decimal("0.1"))


_COLUMNS = {
    "source": "source", "title": "", "kind": "kind", "publisher": "publisher", "published": "published",
    "claims": "claims", "percent": "% of claims", "only_here": "only here", "address": "",
}  # fmt: skip


def tell_sources(answer: Answer[Basis]) -> Iterator[Block]:
    """Yield a table of sources; of a thing, its facts by how well they are backed as well."""
    basis = answer.result
    yield table(_COLUMNS, (_row(row, answer) for row in basis.sources), whole=("source",))
    yield Cites(tuple(row.source.id for row in basis.sources))
    if basis.more:
        yield line(f"... and {basis.more} more: --limit 0", 0, "quiet")
    yield BLANK
    yield line(", ".join(f"{row.number} {row.title[0].lower()}{row.title[1:]}" for row in basis.strengths))
    for strength in basis.strengths:
        if strength.facts:
            yield from _tell_strength(strength, answer)


def _tell_strength(strength: Strength, answer: Answer[Basis]) -> Iterator[Block]:
    yield BLANK
    yield spans((strength.title, "heading"), (f"  {strength.number}", "quiet"))
    for row in strength.facts:
        voiced = f"  {voice_words(row.voices)} in {', '.join(row.sources)}" if len(row.sources) > 1 else ""
        yield spans(words_of(row.fact.first, answer.entities), (voiced, "quiet"), indent=2)
        yield Said(row.fact.first)
    if strength.more:
        yield line(f"... and {strength.more} more: --limit 0", 2, "quiet")


def _row(row: Rested, answer: Answer[Basis]) -> tuple[Cell, ...]:
    source = row.source
    out = source.published.edtf if source.published else None
    publisher = name_of(answer.entities, source.publisher) if source.publisher else None
    return (source.id, source.title, source.kind.replace("_", " "), publisher, out, row.claims, row.percent,
            row.only_here, source.url)  # fmt: skip
