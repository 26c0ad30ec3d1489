"""Claims, ties and entities laid out: the parts that several answers share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from keiretsu_ontology.claims import AnyClaim, Tie
from keiretsu_ontology.entities import KINDS, Entity
from keiretsu_queries.base import Answer
from keiretsu_queries.lines import Line as Told
from keiretsu_queries.sheets import Block, Said, Style, line, spans
from keiretsu_queries.wording import tie_words, voice_words, words_of


def header(entity: Entity) -> Iterator[Block]:
    """Yield the name of an entity with its kind, id, other names, identifiers and description."""
    yield spans((entity.name, "title"), f"  {KINDS[entity.kind].label}  ", (entity.id, "quiet"))
    others = [f"{other.text} ({other.language})" for other in entity.names if other.text != entity.name]
    if others:
        yield line("also " + ", ".join(others))
    if entity.identifiers:
        yield line(", ".join(f"{found.scheme} {found.value}" for found in entity.identifiers))
    if entity.description:
        yield line(entity.description)


def told(row: Told, answer: Answer[Any], seen_from: str | None, lead: str = "") -> Iterator[Block]:
    """Yield one thing said, marked where it is no plain fact, with who says it and who says it again."""
    style: Style | None = "warn" if row.conflicts or not row.claim.factual else None
    yield line(lead + words_of(row.claim, answer.entities, seen_from) + _mark(row), 2, style)
    yield Said(row.claim)
    if row.restated:
        yield line("also " + "; ".join(_again(row, answer)), 6, "quiet")


def _again(row: Told, answer: Answer[Any]) -> Iterator[str]:
    """Yield who says the same again, each once, with the keys of the claims."""
    keys: dict[str, list[str]] = {}
    for claim in row.restated:
        keys.setdefault(voice_words(claim, answer.entities), []).append(f"{claim.key} in {claim.source}")
    yield from (f"{voice}: {', '.join(own)}" for voice, own in keys.items())


def _mark(row: Told) -> str:
    marks: list[str] = [row.claim.modality] if not row.claim.factual and not row.claim.outranked else []
    marks += ["disputed"] if row.conflicts else []
    marks += [row.doubt] if row.doubt else []
    return f"  [{', '.join(marks)}]" if marks else ""


def tied(
    ties: Iterable[Tie], answer: Answer[Any], seen_from: str | None, beside: Iterable[AnyClaim] = ()
) -> Iterator[Block]:
    """Yield ties in words, each with the claims that it rests on and the rule that it follows by."""
    by_words: dict[str, list[Tie]] = {}
    for tie in ties:
        words = tie_words(tie, answer.entities, seen_from) + ("" if tie.factual else "  [only claimed]")
        by_words.setdefault(words, []).append(tie)
    keys = {claim.id: claim.key for claim in (*answer.claims, *beside)}
    for words, own in by_words.items():
        yield line(words, 2)
        for tie in own:
            rests = " and ".join(keys.get(claim, claim) for claim in tie.claims)
            yield line(f"by the rule {tie.rule!r} from {rests}" if tie.rule else rests, 6, "quiet")
