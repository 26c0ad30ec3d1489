"""Catalogues laid out: a line for each thing, or boards of their figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from keiretsu_graph.derive import DIRECT
from keiretsu_ontology.claims import Occurrence, Tie
from keiretsu_ontology.entities import KINDS
from keiretsu_queries.base import Answer
from keiretsu_queries.sheets import BLANK, Bar, Bars, Block, Cell, line, spans, table
from keiretsu_queries.things.leaderboard import Board, Entry
from keiretsu_queries.things.listing import Listed
from keiretsu_queries.wording import name, scope_words, tie_words, voice_words, when_words

_BARS, _OTHER_BOARDS, _OTHER_ENTRIES = 15, 6, 5


class Catalogue(NamedTuple):
    """The things that fit, and what is asked of them."""

    headline: str  # how many there are
    extremes: str | None  # which is the highest and lowest, or the newest and oldest
    total: int  # that fit as facts
    things: tuple[Listed, ...]  # shown
    metric: str | None
    boards: tuple[Board, ...]  # of a metric: the first is the one that is ranked
    left: int  # not shown


def tell_list(answer: Answer[Catalogue]) -> Iterator[Block]:
    """Yield how many there are and which is the first, then a line for each thing, or boards of their figures."""
    catalogue = answer.result
    yield line(catalogue.headline, 0, "title")
    if catalogue.extremes:
        yield line(catalogue.extremes)
    yield BLANK
    if catalogue.boards:
        yield from _boards(catalogue, answer)
    else:
        yield table(_COLUMNS, _rows(catalogue, answer), whole=_WHOLE, wraps=("tie", "date", "mark"))
    if catalogue.left:
        yield line(f"... and {catalogue.left:,} more: --limit {min(catalogue.left + len(catalogue.things), 1000)}", 0,
                   "quiet")  # fmt: skip


_WHOLE = ("name", "claim")  # what a person looks up next
_COLUMNS = {
    "id": "", "name": "name", "kind": "kind", "tie": "tie", "rule": "by rule", "date": "since", "mark": "mark",
    "claims": "claims", "rests_on": "", "claim": "claim",
}  # fmt: skip


def _rows(catalogue: Catalogue, answer: Answer[Catalogue]) -> Iterator[tuple[Cell, ...]]:
    """Yield a row for each thing; what is the same of all stands in the headline alone."""
    kinds = {row.entity.kind for row in catalogue.things}
    ties = [_tie(row, answer) for row in catalogue.things]
    alike = len(ties) > 1 and len({*ties}) == 1 and _is_told(catalogue, answer)
    bare = not any(row.claims for row in catalogue.things)  # then a page says how much is said of each
    for row, tie in zip(catalogue.things, ties, strict=True):
        kind = KINDS[row.entity.kind].label if len(kinds) > 1 else None
        rules = " ".join(dict.fromkeys(tie.rule for tie in _said(row) if tie.rule))
        dates = dict.fromkeys(date.when.edtf for date in row.dates if isinstance(date.claim, Occurrence))
        marks = [*(["only claimed"] if row.claimed else []), *([row.doubt] if row.doubt else [])]
        keys = [claim.key for claim in row.claims]
        yield (
            row.entity.id, row.entity.name, kind, None if alike else tie, rules or None,
            " or ".join(dates) or None, ", ".join(marks) or None,
            row.about if bare else None, " ".join(keys), _first_of(keys),
        )  # fmt: skip


def _is_told(catalogue: Catalogue, answer: Answer[Catalogue]) -> bool:
    """Whether the headline names what every thing is tied to, so that a column would only say it again."""
    others = {
        tie.object if tie.subject == row.entity.id else tie.subject for row in catalogue.things for tie in row.ties
    }
    return all(catalogue.headline.endswith(name(answer.entities, other)) for other in others)


def _first_of(keys: Sequence[str]) -> str | None:
    return f"{keys[0]} +{len(keys) - 1}" if len(keys) > 1 else keys[0] if keys else None


def _said(row: Listed) -> Sequence[Tie]:
    """Return the ties of a thing; what follows by rule is left out beside what is said."""
    return [tie for tie in row.ties if tie.rule in DIRECT] or row.ties


def _tie(row: Listed, answer: Answer[Catalogue]) -> str | None:
    """Return what ties a thing to what was asked for, or to where it belongs, with how far and when that is so."""
    claims = {claim.id: claim for claim in row.claims}
    words: dict[str, list[str]] = {}
    for tie in _said(row):
        own = words.setdefault(tie_words(tie, answer.entities, row.entity.id), [])
        alone = claims.get(tie.claims[0]) if len(tie.claims) == 1 else None
        if alone is not None:
            when = "" if row.entity.family == "product" else when_words(alone)  # a product is there since its launch
            own += [aside for aside in (scope_words(alone.scope, answer.entities), when) if aside]
    told = (f"{tied} ({'; '.join(dict.fromkeys(asides))})" if asides else tied for tied, asides in words.items())
    return ", ".join(told) or None


_FIGURES = {
    "id": "", "name": "name", "amount": "", "unit": "", "compared": "", "value": "value", "mark": "mark",
    "speaker": "says", "modality": "", "source": "", "claims": "", "claim": "claim",
}  # fmt: skip


def _boards(catalogue: Catalogue, answer: Answer[Catalogue]) -> Iterator[Block]:
    first, *others = catalogue.boards
    listed = {row.entity.id for row in catalogue.things}
    entries = [entry for entry in first.entries if entry.entity.id in listed]
    yield table(
        _FIGURES, (_figure(entry, first, answer) for entry in entries), whole=(*_WHOLE, "value"), wraps=("speaker",)
    )
    drawn = [bar for entry in entries[:_BARS] if (bar := _bar(entry)) is not None]
    if len(drawn) > 1:
        yield from (BLANK, Bars("", tuple(drawn)))
    if others:
        yield from (BLANK, line("Not comparable with these", 0, "heading"))
    for board in others[:_OTHER_BOARDS]:
        yield spans((board.label, "name"), (f"  {board.why}", "quiet"), indent=2)
        rows = (_figure(entry, board, answer) for entry in board.entries[:_OTHER_ENTRIES])
        yield table(_FIGURES, rows, 4, whole=(*_WHOLE, "value"), wraps=("speaker",))
        if (left := len(board.entries) - _OTHER_ENTRIES) > 0:
            yield line(f"... and {left:,} more", 4, "quiet")
    if (left := len(others) - _OTHER_BOARDS) > 0:
        yield line(f"... and {left:,} more sorts of figures that compare with no other", 2, "quiet")


def _figure(entry: Entry, board: Board, answer: Answer[Catalogue]) -> tuple[Cell, ...]:
    claim = entry.claims[0]
    marks = [*(["disputed"] if entry.disputed else []), *([entry.doubt] if entry.doubt else [])]
    voices = dict.fromkeys(voice_words(own, answer.entities) for own in entry.claims)
    sources = dict.fromkeys(own.source for own in entry.claims)
    keys = [own.key for own in entry.claims]
    return (
        entry.entity.id, entry.entity.name, entry.amount, claim.quantity.unit if claim.quantity else None, board.label,
        entry.short, ", ".join(marks) or None, "; ".join(voices), claim.modality, " ".join(sources),
        " ".join(keys), _first_of(keys),
    )  # fmt: skip


def _bar(entry: Entry) -> Bar | None:
    low, high = entry.bounds
    known = [bound for bound in (low, high) if bound is not None]
    if not known:
        return None
    return Bar(entry.entity.name, min(known), max(known), entry.short, "warn" if entry.disputed else None)
