"""The blocks of an answer as plain data: the type `Block` of explorer/src/format.ts."""

from __future__ import annotations

import sys
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from keiretsu_ontology.evidence import Evidence
from keiretsu_queries.base import Answer
from keiretsu_queries.cells import cell_text, is_number
from keiretsu_queries.sheets import Axis, Bars, Block, Line, Said, Stretch, Table
from keiretsu_queries.wording import speaker_words, when_words, words_of

Excerpt = Callable[[Evidence], str | None]
Record = dict[str, Any]


def block_record(block: Block, answer: Answer[Any], excerpt: Excerpt) -> Record | None:
    """Return a block as plain data, or None where it is for pictures alone or tells of sources."""
    match block:
        case Line():
            return {"sort": "line", "spans": [list(span) for span in block.spans], "indent": block.indent}
        case Said():
            return _said(block, answer, excerpt)
        case Table():
            return _table(block.to_people())
        case Bars():
            bars = [
                {"label": bar.label, "low": _number(bar.low), "high": _number(bar.high), "text": bar.text,
                 "style": bar.style}
                for bar in block.bars
            ]  # fmt: skip
            return {"sort": "bars", "title": block.title, "bars": bars}
        case Axis():
            return {"sort": "axis", "stretches": [_stretch(row) for row in block.stretches]}
        case _:
            return None


def _said(block: Said, answer: Answer[Any], excerpt: Excerpt) -> Record:
    claim = block.claim
    return {
        "sort": "said",
        "claim": claim.id,
        "says": words_of(claim, answer.entities),
        "who": speaker_words(claim, answer.entities),
        "when": when_words(claim),
        "key": claim.key,
        "places": "; ".join(_place(place, excerpt) for place in claim.evidence or (Evidence(claim.source),)),
        "indent": block.indent,
    }


def _place(place: Evidence, excerpt: Excerpt) -> str:
    words = place.quote or excerpt(place)
    return str(place) if words is None else f"{place}: “{words}”"


def _table(block: Table) -> Record:
    columns = [
        {"label": column.label, "number": all(is_number(row[place]) for row in block.rows if row[place] is not None)}
        for place, column in enumerate(block.columns)
    ]
    rows = [[cell_text(cell) for cell in row] for row in block.rows]
    return {"sort": "table", "columns": columns, "rows": rows, "indent": block.indent}


def _stretch(row: Stretch) -> Record:
    days = {name: str(day) if day else None for name, day in (("earliest", row.earliest), ("latest", row.latest))}
    return {"lane": row.lane, "label": row.label, **days, "style": row.style}


def _number(value: Decimal) -> float:
    """Return a value as JSON has it; one that is larger than any number there is the largest there is."""
    return max(-sys.float_info.max, min(sys.float_info.max, float(value)))
