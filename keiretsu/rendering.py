"""Answers on a terminal: blocks to lines of text."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING, Any, NamedTuple

from keiretsu.terminal import harmless, plain_but_styles
from keiretsu_ontology.evidence import Evidence
from keiretsu_queries.cells import cell_text, is_number, share_of, span_of
from keiretsu_queries.cited import cited, more_words
from keiretsu_queries.questions import QUESTIONS
from keiretsu_queries.sheets import Axis, Bars, Block, Column, Line, Said, Stretch, Table
from keiretsu_queries.wording import source_words, speaker_words, when_words

if TYPE_CHECKING:
    from keiretsu.terminal import Paper, Style
    from keiretsu_queries.base import Answer, State

_STATES: dict[State, Style] = {"known": "good", "only claimed": "warn", "conflicting": "warn", "not known": "bad"}
_NARROWEST = 12  # of a column that gives way
_LABEL = 30  # of a bar or a lane
_SCREEN = 80  # columns of a terminal of old
_TALLEST = 6  # lines of a cell that wraps


# Gives the words at a place of a source, where its text is at hand.
Excerpts = Callable[[Evidence], str | None]


class Desk(NamedTuple):
    """What a renderer needs beside the answer."""

    paper: Paper
    excerpt: Excerpts


def render(question: str, answer: Answer[Any], desk: Desk) -> Iterator[str]:
    """Yield the lines of an answer; whatever stands in names, nothing but our own styles steers a terminal."""
    for line in _lines(question, answer, desk):
        yield plain_but_styles(line)


def _lines(question: str, answer: Answer[Any], desk: Desk) -> Iterator[str]:
    state = desk.paper.style(answer.state, _STATES[answer.state])
    if answer.state == "not known":
        yield state
        for line in answer.instead:
            yield from desk.paper.wrap(line, 2)
        return
    blocks = list(QUESTIONS[question].tell(answer))
    for block in blocks:
        yield from _block(block, answer, desk)
    yield from _sources(blocks, answer, desk)
    yield ""
    yield f"{state}, on {rests_words(answer)}" if answer.claims else state
    for note in answer.notes:
        yield from desk.paper.wrap(note, 0, "quiet")


def _block(block: Block, answer: Answer[Any], desk: Desk) -> Iterator[str]:
    match block:
        case Line():
            yield from _line(block, desk.paper)
        case Said():
            yield from _said(block, answer, desk)
        case Table():
            yield from _table(block.to_people(), desk.paper)
        case Bars():
            yield from _bars(block, desk.paper)
        case Axis():
            yield from _axis(block, desk.paper)


def _line(block: Line, paper: Paper) -> Iterator[str]:
    if len(block.spans) == 1:
        yield from paper.wrap(block.spans[0].text, block.indent, block.spans[0].style)
        return
    if block.indent + len(block.text) <= paper.width:
        yield " " * block.indent + "".join(_styled(paper, span.text, span.style) for span in block.spans)
    else:  # styles are left out where a line must be broken
        yield from paper.wrap(block.text, block.indent)


def _styled(paper: Paper, text: str, style: Style | None) -> str:
    return paper.style(harmless(text), style) if style else harmless(text)


def rests_words(answer: Answer[Any]) -> str:
    """Return in words how many claims an answer rests on, and how many open conflicts they are sides of."""
    number, open_ones = len(answer.claims), len(answer.disputed)
    rests = f"{number} claim{'s' * (number != 1)}"
    disputed = f"{open_ones} open conflict{'s' * (open_ones != 1)}"
    return f"{rests}, {disputed}: keiretsu conflicts" if open_ones else rests


def _said(block: Said, answer: Answer[Any], desk: Desk) -> Iterator[str]:
    """Yield who says a claim, when it held, and where it was read, with the words of the place if they are here."""
    claim = block.claim
    places = claim.evidence or (Evidence(claim.source),)
    words = {place: place.quote or desk.excerpt(place) for place in places}
    bare = ", ".join(str(place) for place in places if words[place] is None)
    said = (speaker_words(claim, answer.entities), when_words(claim), claim.key, bare)
    yield from desk.paper.wrap("; ".join(part for part in said if part), block.indent, "quiet")
    for place, excerpt in words.items():
        if excerpt is not None:
            yield from desk.paper.wrap(f"{place}: “{excerpt}”", block.indent, "quiet")


def _sources(blocks: Sequence[Block], answer: Answer[Any], desk: Desk) -> Iterator[str]:
    """Yield the sources of what is shown, with publisher, date and address."""
    if not answer.sources:
        return
    found = cited(blocks, answer)
    if not found.sources:
        yield from ("", *desk.paper.wrap(more_words(found), 0, "quiet"))
        return
    aside = "  texts are not here; --sources DIR shows the words" if _lacks_texts(blocks, desk) else ""
    yield ""
    yield desk.paper.style("Sources", "heading") + desk.paper.style(aside, "quiet")
    for source in found.sources:
        yield from desk.paper.wrap(source_words(source, answer.entities), 2, "quiet")
    if more := more_words(found):
        yield from desk.paper.wrap(more, 2, "quiet")


def _lacks_texts(blocks: Iterable[Block], desk: Desk) -> bool:
    """Whether the words of any place on the page are not at hand."""
    places = (place for block in blocks if isinstance(block, Said) for place in block.claim.evidence)
    return any(place.quote is None and desk.excerpt(place) is None for place in places)


def width_of(text: str) -> int:
    """Return how many columns of a terminal a text takes: Chinese characters take two, marks on letters none.

    Example:
        >>> width_of("Qwen"), width_of("千问"), width_of("कंपनी")
        (4, 4, 4)
    """
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.category(char) in _WIDTHLESS else 2 if unicodedata.east_asian_width(char) in "WF" else 1
        for char in text
    )


_WIDTHLESS = ("Mn", "Me", "Cf")  # marks over and under letters, and joiners


def _padded(text: str, width: int, *, right: bool = False) -> str:
    room = " " * (width - width_of(text))
    return room + text if right else text + room


def _cut(text: str, width: int) -> str:
    if width_of(text) <= width:
        return text
    room = width - 1
    for place, char in enumerate(text):
        room -= width_of(char)
        if room < 0:
            return text[:place].rstrip() + "…"
    return text


def _table(block: Table, paper: Paper) -> Iterator[str]:
    """Yield a table; what the last column may not cut and has no room for stands beneath its row."""
    block = block.to_people()
    cells = [[harmless(cell_text(cell)) for cell in row] for row in block.rows]
    room, indent = paper.width - block.indent, " " * block.indent
    widths = _widths(block, cells, room)
    beneath = len(widths) > 2 and block.columns[-1].whole and _total(widths) > room
    if beneath:
        columns = (*block.columns[:-1], block.columns[-1]._replace(whole=False))
        widths = _widths(Table(columns, block.rows), cells, room)
    looks = [
        (column, width, all(is_number(row[place]) for row in block.rows if row[place] is not None))
        for place, (column, width) in enumerate(zip(block.columns, widths, strict=True))
    ]
    head = "  ".join(_padded(_cut(harmless(column.label), width), width, right=right) for column, width, right in looks)
    yield indent + paper.style(head.rstrip(), "quiet")
    for row in cells:
        last = row[-1] if beneath and width_of(row[-1]) > widths[-1] else ""
        fitted = [
            _wrapped(cell, width) if column.wraps else [_cut(cell, width)]
            for cell, (column, width, _) in zip([*row[:-1], "" if last else row[-1]], looks, strict=True)
        ]
        for parts in zip_longest(*fitted, fillvalue=""):
            padded = (_padded(part, width, right=right) for part, (_, width, right) in zip(parts, looks, strict=True))
            yield indent + "  ".join(padded).rstrip()
        if last:
            yield f"{indent}    {last}"


def _wrapped(text: str, width: int) -> list[str]:
    """Return a text in at most so many lines, each within a width; what does not fit is cut at the end."""
    lines = [""]
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}".strip()
        if width_of(longer) <= width or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    return [_cut(line, width) for line in [*lines[: _TALLEST - 1], " ".join(lines[_TALLEST - 1 :])] if line] or [""]


def _narrowest(column: Column, room: int) -> int:
    """Return how far a column gives way; one that wraps keeps room for a few words."""
    return (2 * _NARROWEST if room > _SCREEN else _NARROWEST + 3) if column.wraps else _NARROWEST


def _total(widths: Sequence[int]) -> int:
    return sum(widths) + 2 * (len(widths) - 1)


def _widths(block: Table, cells: list[list[str]], room: int) -> list[int]:
    """Return the width of each column; where they do not fit, the widest of those that may be cut gives way."""
    widths = [
        max([width_of(column.label), *(width_of(row[place]) for row in cells)])
        for place, column in enumerate(block.columns)
    ]
    giving = [place for place, column in enumerate(block.columns) if not column.whole]
    while _total(widths) > room and giving:
        widest = max(giving, key=lambda place: widths[place] - _narrowest(block.columns[place], room))
        if widths[widest] <= _narrowest(block.columns[widest], room):
            break
        widths[widest] -= 1
    return widths


_EIGHTHS = " ▏▎▍▌▋▊▉█"


def _bars(block: Bars, paper: Paper) -> Iterator[str]:
    """Yield values as bars from zero; of a range the sure part is full and the rest is light."""
    if block.title:
        yield from paper.wrap(block.title, 0, "heading")
    label_width = min(_LABEL, max((width_of(bar.label) for bar in block.bars), default=0))
    text_width = max((width_of(bar.text) for bar in block.bars), default=0)
    room = max(10, min(48, paper.width - label_width - text_width - 6))
    low, high = span_of(block.bars)
    for bar in block.bars:
        start, sure, end = (share_of(value, low, high) * room for value in _edges(bar.low, bar.high))
        full = " " * int(start) + "█" * max(int(sure) - int(start), 0) + _EIGHTHS[int(sure % 1 * 8)].strip()
        drawn = full + "░" * max(int(end) - len(full), 0) if end - sure >= 1 else full
        label = _padded(_cut(harmless(bar.label), label_width), label_width)
        yield f"  {label}  {_styled(paper, _padded(drawn, room), bar.style)}  {harmless(bar.text)}"


def _edges(low: Any, high: Any) -> tuple[Any, Any, Any]:
    """Return where a bar begins, how far it surely goes, and how far it may."""
    if low < 0 and high <= 0:
        return low, 0, 0
    return min(low, 0), low, high


def _axis(block: Axis, paper: Paper) -> Iterator[str]:
    """Yield points and ranges of time under one axis."""
    days = [day for row in block.stretches for day in (row.earliest, row.latest) if day is not None]
    if not days:
        return
    first, last = min(days).toordinal(), max(days).toordinal()
    lane_width = min(_LABEL, max(width_of(row.lane) for row in block.stretches))
    room = max(20, min(40, paper.width - lane_width - 40))
    yield " " * (lane_width + 2) + paper.style(f"{min(days)}{str(max(days)).rjust(room - 10)}", "quiet")
    before = None
    for row in block.stretches:
        lane = row.lane if row.lane != before else ""
        before = row.lane
        mark = _mark(row, first, last, room)
        label = _cut(harmless(row.label), max(12, paper.width - lane_width - room - 4))
        yield f"{_padded(_cut(harmless(lane), lane_width), lane_width)}  {_styled(paper, mark, row.style)}  {label}"


def _mark(row: Stretch, first: int, last: int, room: int) -> str:
    def place(day: Any, otherwise: int) -> int:
        return otherwise if day is None else round((day.toordinal() - first) / max(last - first, 1) * (room - 1))

    start, end = place(row.earliest, 0), place(row.latest, room - 1)
    if start == end:
        drawn = " " * start + "●"
    else:
        left = "├" if row.earliest is not None else "┄"
        right = "┤" if row.latest is not None else "┄"
        drawn = " " * start + left + "─" * (end - start - 1) + right
    return _padded(drawn, room)


def to_text(question: str, answer: Answer[Any], paper: Paper, excerpt: Excerpts = lambda _: None) -> str:
    """Return an answer as one text."""
    return "\n".join(render(question, answer, Desk(paper, excerpt)))


def lines_of(blocks: Iterable[Block], answer: Answer[Any], desk: Desk) -> Iterator[str]:
    """Yield the lines of some blocks."""
    for block in blocks:
        yield from (plain_but_styles(line) for line in _block(block, answer, desk))
