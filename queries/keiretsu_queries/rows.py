"""Answers as rows: the table of an answer where it has one, else the claims that it rests on."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

from keiretsu_ontology.claims import AnyClaim, Observation, shape_of, topic_of
from keiretsu_queries.base import Answer
from keiretsu_queries.questions import Question
from keiretsu_queries.sheets import Block, Cell, Table, table
from keiretsu_queries.wording import name, when_words, words_of

_COLUMNS = {
    "claim": "claim", "shape": "shape", "topic": "topic", "says": "says", "value": "value", "unit": "unit",
    "from": "from", "to": "to", "when": "when", "speaker": "speaker", "relayed_by": "relayed by",
    "modality": "modality", "rank": "rank", "factual": "factual", "source": "source", "published": "published",
}  # fmt: skip
_RUN = ("=", "+", "-", "@", "\t")  # a cell that begins so is run by spreadsheets


def rows_of(question: Question, answer: Answer[Any]) -> Table:
    """Return an answer's own table, the first table of what is told, or its claims as a table."""
    if answer.state == "not known":
        return claims_table(answer)
    if question.rows is not None:
        return question.rows(answer)
    return table_in(question.tell(answer)) or claims_table(answer)


def table_in(blocks: Iterable[Block]) -> Table | None:
    """Return the first table among some blocks, with the rows of all that have the same columns."""
    tables = [block for block in blocks if isinstance(block, Table)]
    if not tables:
        return None
    first = tables[0]
    return first._replace(rows=tuple(row for found in tables if found.columns == first.columns for row in found.rows))


def claims_table(answer: Answer[Any]) -> Table:
    """Return the claims that an answer rests on, one a row, by key."""
    return table(_COLUMNS, (_row(claim, answer) for claim in answer.claims))


def _row(claim: AnyClaim, answer: Answer[Any]) -> Sequence[Cell]:
    names = answer.entities
    quantity = claim.quantity if isinstance(claim, Observation) else None
    period = claim.period if isinstance(claim, Observation) else None
    start = period.start if period else claim.held.start.earliest if claim.held.start else None
    end = period.end if period else claim.held.end.latest if claim.held.end else None
    return (
        claim.key, shape_of(claim), topic_of(claim), words_of(claim, names),
        quantity.amount if quantity else None, quantity.unit if quantity else None, start, end,
        when_words(claim) or None, name(names, claim.speaker),
        name(names, claim.relayed_by) if claim.relayed_by else None, claim.modality, claim.rank, claim.factual,
        claim.source, str(claim.published.edtf) if claim.published else None,
    )  # fmt: skip


def to_csv(question: Question, answer: Answer[Any]) -> str:
    """Return the rows of an answer as CSV (RFC 4180); a cell that a spreadsheet would run is made plain text."""
    found = rows_of(question, answer)
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow([column.name for column in found.columns])
    writer.writerows([_plain(cell) for cell in row] for row in found.rows)
    return stream.getvalue()


def _plain(cell: Cell) -> str:
    if isinstance(cell, str):
        return f"'{cell}" if cell.startswith(_RUN) else cell
    return "" if cell is None else str(cell)
