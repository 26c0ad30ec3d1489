"""Answers as a piece of HTML, for notebooks: names only ever as text, no script, links only http(s)."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Any

from keiretsu.drawing import axis_svg, bars_svg
from keiretsu_ontology.evidence import Evidence, Source
from keiretsu_ontology.writing import url_fault
from keiretsu_queries.base import Answer
from keiretsu_queries.cells import cell_text, is_number
from keiretsu_queries.cited import cited, more_words
from keiretsu_queries.questions import Question
from keiretsu_queries.sheets import Axis, Bars, Block, Line, Said, Table
from keiretsu_queries.wording import source_words, speaker_words, when_words

_STYLES = {
    "title": "font-weight:700;font-size:1.1em", "heading": "font-weight:600;margin-top:.6em", "name": "font-weight:600",
    "quiet": "color:#68707a;font-size:.9em", "good": "color:#1d7a46", "warn": "color:#9a5b00", "bad": "color:#b3261e",
}  # fmt: skip
_CELL = "padding:.15em .7em .15em 0;vertical-align:top;border-bottom:1px solid #8884;"


def to_html(question: Question, answer: Answer[Any]) -> str:
    """Return an answer as an HTML fragment."""
    return f'<div class="keiretsu">{"".join(_parts(question, answer))}</div>'


def _parts(question: Question, answer: Answer[Any]) -> Iterator[str]:
    yield _paragraph(answer.question, "title")
    number = len(answer.claims)
    rests = f", on {number} claim{'s' * (number != 1)}" if number else ""
    yield _paragraph(answer.state + rests, "good" if answer.state == "known" else "warn")
    if answer.state == "not known":
        yield from (_paragraph(line) for line in answer.instead)
        return
    blocks = list(question.tell(answer))
    yield from (_block(block, answer) for block in blocks)
    if answer.sources:
        found = cited(blocks, answer)
        yield _paragraph("Sources" if found.sources else "", "heading")
        yield from (_source(source, answer) for source in found.sources)
        yield _paragraph(more_words(found), "quiet")
    yield from (_paragraph(note, "quiet") for note in answer.notes)


def _paragraph(text: str, style: str | None = None, indent: int = 0) -> str:
    look = _STYLES.get(style or "", "")
    return f'<div style="margin-left:{indent * 0.4:.1f}em;{look}">{escape(text)}</div>'


def _block(block: Block, answer: Answer[Any]) -> str:
    match block:
        case Line() if not block.spans:
            return '<div style="height:.6em"></div>'
        case Line():
            inner = "".join(
                f'<span style="{_STYLES[span.style]}">{escape(span.text)}</span>' if span.style else escape(span.text)
                for span in block.spans
            )
            return f'<div style="margin-left:{block.indent * 0.4:.1f}em">{inner}</div>'
        case Said():
            return _said(block, answer)
        case Table():
            return _table(block.to_people())
        case Bars():
            return bars_svg(block)
        case Axis():
            return axis_svg(block)
        case _:
            return ""


def _said(block: Said, answer: Answer[Any]) -> str:
    claim = block.claim
    said = "; ".join(part for part in (speaker_words(claim, answer.entities), when_words(claim), claim.key) if part)
    places = ", ".join(str(place) for place in claim.evidence or (Evidence(claim.source),))
    return _paragraph(f"{said}; {places}", "quiet", block.indent)


def _source(source: Source, answer: Answer[Any]) -> str:
    words = escape(source_words(source, answer.entities))
    if source.url is None or url_fault(source.url) is not None:
        return f'<div style="{_STYLES["quiet"]}">{words}</div>'
    link = f'<a href="{escape(source.url)}" rel="noopener noreferrer">{escape(source.url)}</a>'
    return f'<div style="{_STYLES["quiet"]}">{words.removesuffix(escape(source.url))}{link}</div>'


def _table(block: Table) -> str:
    block = block.to_people()
    head = "".join(f'<th style="{_CELL}text-align:left">{escape(column.label)}</th>' for column in block.columns)
    rows = "".join(
        "<tr>" + "".join(_cell(cell_text(cell), right=is_number(cell)) for cell in row) + "</tr>" for row in block.rows
    )
    return f'<table style="border-collapse:collapse"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>'


def _cell(text: str, *, right: bool) -> str:
    return f'<td style="{_CELL}text-align:{"right" if right else "left"}">{escape(text)}</td>'
