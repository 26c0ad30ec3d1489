"""Answers as Markdown, for a report or a pull request: names are escaped and stay text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from keiretsu_ontology.evidence import Evidence
from keiretsu_queries.base import Answer
from keiretsu_queries.cells import cell_text, is_number
from keiretsu_queries.cited import cited, more_words
from keiretsu_queries.questions import Question
from keiretsu_queries.sheets import Axis, Bars, Block, Line, Said, Table
from keiretsu_queries.wording import source_words, speaker_words, when_words

_SPECIAL = re.compile(r"([\\`*_{}\[\]()#+!|~@$=^-])")
# What begins a link, an address, a mention, a reference, an emoji or a numbered list, where a site reads them out of
# plain text: an escape does not keep it from that, an invisible character does.
_LINKED = re.compile(r":(?=//|[\w\\+-]+:)|\bwww(?=\.)|@|#(?=\d)|\bGH(?=\\-\d)|^\d+(?=\.)", re.IGNORECASE)


def escaped(text: str) -> str:
    r"""Return a text that Markdown shows as it is: no markup, link, mention or HTML comes of it.

    Example:
        >>> escaped("<b>[x](http://y)</b> @who")
        '&lt;b&gt;\\[x\\]\\(http:\u200b//y\\)&lt;/b&gt; \\@\u200bwho'
    """
    text = _SPECIAL.sub(r"\\\1", " ".join(text.split()))
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _LINKED.sub(lambda found: f"{found[0]}\u200b", text)


def to_markdown(question: Question, answer: Answer[Any]) -> str:
    """Return an answer as a Markdown document with its sources."""
    return "\n".join(_document(question, answer)).rstrip() + "\n"


def _document(question: Question, answer: Answer[Any]) -> Iterator[str]:
    yield f"### {escaped(answer.question)}"
    yield ""
    yield f"**{answer.state}**" + (f", on {_rests(answer)}" if answer.claims else "")
    yield ""
    if answer.state == "not known":
        yield from (f"- {escaped(line)}" for line in answer.instead)
        return
    blocks = list(question.tell(answer))
    for block in blocks:
        yield from _block(block, answer)
    if answer.sources:
        found = cited(blocks, answer)
        yield from ("", "Sources:", "") if found.sources else ("",)
        yield from (f"- {escaped(source_words(source, answer.entities))}" for source in found.sources)
        yield from ([f"- {escaped(more)}"] if (more := more_words(found)) else ())
    if answer.notes:
        yield ""
        yield from (f"- {escaped(note)}" for note in answer.notes)


def _rests(answer: Answer[Any]) -> str:
    return f"{len(answer.claims)} claim{'s' * (len(answer.claims) != 1)}"


def _block(block: Block, answer: Answer[Any]) -> Iterator[str]:
    match block:
        case Line() if not block.spans:
            yield ""
        case Line() if block.spans[0].style == "heading":
            yield from ("", f"**{escaped(block.text)}**", "")
        case Line():
            yield f"{'  ' * (block.indent // 3)}- {escaped(block.text)}"
        case Said():
            yield from _said(block, answer)
        case Table():
            yield from _table(block.to_people())
        case Bars():
            yield from ("", f"**{escaped(block.title)}**", "") if block.title else ()
            yield from (f"- {escaped(bar.label)}: {escaped(bar.text)}" for bar in block.bars)
        case Axis():
            for row in block.stretches:
                days = f"{row.earliest or '..'}" + (f" to {row.latest or '..'}" if row.latest != row.earliest else "")
                yield f"- {escaped(row.lane)}, {days}: {escaped(row.label)}"


def _said(block: Said, answer: Answer[Any]) -> Iterator[str]:
    claim = block.claim
    said = "; ".join(part for part in (speaker_words(claim, answer.entities), when_words(claim)) if part)
    places = ", ".join(str(place) for place in claim.evidence or (Evidence(claim.source),))
    yield f"{'  ' * (block.indent // 3)}- {escaped(f'{said}; {claim.key}; {places}')}"


def _table(block: Table) -> Iterator[str]:
    block = block.to_people()
    yield ""
    yield "| " + " | ".join(escaped(column.label) for column in block.columns) + " |"
    numeric = [all(is_number(row[n]) for row in block.rows if row[n] is not None) for n in range(len(block.columns))]
    yield "|" + "|".join(" ---: " if right else " --- " for right in numeric) + "|"
    for row in block.rows:
        yield "| " + " | ".join(escaped(cell_text(cell)) for cell in row) + " |"
    yield ""
