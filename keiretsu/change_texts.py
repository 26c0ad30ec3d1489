"""Differences as text for a terminal and as Markdown for a pull request."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from keiretsu.changes import Detail, Row, Section, summary, to_sections
from keiretsu.terminal import harmless, plain_but_styles

if TYPE_CHECKING:
    from keiretsu.terminal import Paper, Style
    from keiretsu_queries.editions.comparison import Differences

_STYLES: dict[str, Style] = {"+": "good", "-": "bad", "~": "warn", "!": "warn"}
NONE = "no differences"


def to_text(found: Differences, paper: Paper, limit: int) -> Iterator[str]:
    """Yield differences for a terminal: how many at the top, each of them beneath.

    Args:
        found: The differences.
        paper: What is written on.
        limit: How many rows of a section are shown; 0 shows all.
    """
    for line in _text(found, paper, limit):
        yield plain_but_styles(line)


def _text(found: Differences, paper: Paper, limit: int) -> Iterator[str]:
    sections = to_sections(found)
    yield paper.style(harmless(f"{found.old.label} → {found.new.label}"), "title")
    if not sections:
        yield NONE
    for group, counted in summary(sections).items():
        yield f"{group:<10} {counted}"
    for section in sections:
        yield ""
        yield paper.style(f"{section.group.capitalize()} {section.what}", "heading")
        rows, left = _cut(section, limit)
        for row in rows:
            yield from _row(row, paper)
        if left:
            yield f"  … and {left} more (--limit)"


def _cut(section: Section, limit: int) -> tuple[tuple[Row, ...], int]:
    shown = section.rows[:limit] if limit else section.rows
    return shown, len(section.rows) - len(shown)


def _row(row: Row, paper: Paper) -> Iterator[str]:
    lead = f"{row.mark} {row.name}: {row.words}" if row.name else f"{row.mark} {row.words}"
    yield from paper.wrap(lead, 2, _STYLES[row.mark])
    for detail in row.details:
        said = " → ".join(detail.texts)
        yield from paper.wrap(f"{detail.label}: {said}" if detail.label else said, 6)


def to_markdown(found: Differences, limit: int) -> Iterator[str]:
    """Yield differences as Markdown. Whatever comes from the data stands in code spans: there it is only text.

    Args:
        found: The differences.
        limit: How many rows of a section are shown; 0 shows all.
    """
    sections = to_sections(found)
    yield f"### {code(found.old.label)} → {code(found.new.label)}"
    yield ""
    if not sections:
        yield f"{NONE.capitalize()}."
        return
    yield "| | |"
    yield "|---|---|"
    for group, counted in summary(sections).items():
        yield f"| {group} | {counted} |"
    for section in sections:
        yield from ("", f"#### {section.group.capitalize()} {section.what}", "")
        rows, left = _cut(section, limit)
        for row in rows:
            name = f"**{code(row.name)}** " if row.name else ""
            yield f"- {name}{code(row.words)}"
            for detail in row.details:
                yield f"  - {_markdown_detail(detail)}"
        if left:
            yield f"- … and {left} more"


def _markdown_detail(detail: Detail) -> str:
    said = " → ".join(code(text) for text in detail.texts)
    return f"{detail.label.replace('_', ' ')}: {said}" if detail.label else said


def code(text: str) -> str:
    """Return a text as a code span, in which no markup, mention, reference or link is read.

    Example:
        >>> print(code("a `b` @c"), code("<b>"))
        `` a `b` @c `` `<b>`
    """
    plain = " ".join(harmless(text).split()) or "–"
    fence = "`" * (1 + max((len(run) for run in re.findall("`+", plain)), default=0))
    pad = " " if len(fence) > 1 else ""
    return f"{fence}{pad}{plain}{pad}{fence}"
