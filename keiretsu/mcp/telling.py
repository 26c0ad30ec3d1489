"""Answers for assistants: small, plain about how sure a thing is, and cut only with a cursor."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from keiretsu.http.cursors import cut
from keiretsu_ontology.claims import AnyClaim, Conflict
from keiretsu_queries.base import Answer, State
from keiretsu_queries.questions import Question
from keiretsu_queries.rows import claims_table, rows_of
from keiretsu_queries.wording import name, when_words, words_of

Record = dict[str, Any]
BUDGET, LEAST, MOST = 8_000, 1_000, 50_000  # characters of one answer

READINGS: dict[State, str] = {
    "known": "Known: it rests on claims that may be read as facts, and none of them is in an open conflict.",
    "only claimed": "Only claimed: it rests on forecasts, opinions, denials or claims put aside. Say who claims it; do "
    "not state it as a fact.",
    "conflicting": "Disputed: claims disagree. Give every side with who says so; do not choose one.",
    "not known": "Not known: this graph says nothing of it. That is no evidence that it is not so. Say that it is not "
    "known here; do not fill the gap.",
}
_CAUTIONS = {
    "forecast": "a forecast: the speaker expects it, it is not known",
    "opinion": "an opinion of the speaker",
    "denied": "denied: the speaker says that it is NOT so",
}


def told(question: Question, found: Answer[Any], *, graph: str, asked: Any, cursor: str | None, budget: int) -> Record:
    """Return an answer as an assistant is told it.

    Args:
        question: The question.
        found: Its answer.
        graph: The digest of the graph.
        asked: What was asked, as plain data; a cursor belongs to it.
        cursor: Where to go on.
        budget: How many characters of JSON are wanted, about.

    Raises:
        CursorError: The cursor is of another graph or question.
    """
    items = [*_rows(question, found), *(("claims", claim_told(claim, found)) for claim in found.claims)]
    rest = cut(items, size=max(len(items), 1), cursor=cursor, graph=graph, asked=asked)
    record = _head(found, whole=cursor is None)
    room = budget - len(_dumped(record))
    taken = _taken(rest.items, found, room)
    start = rest.total - len(rest.items)
    page = cut(items, size=len(taken), cursor=cursor, graph=graph, asked=asked) if taken else rest
    for part in ("rows", "claims"):
        record[part] = [item for kind, item in taken if kind == part]
    sources = sorted({item["source"] for kind, item in taken if kind == "claims"})
    record["sources"] = {slug: source_told(found, slug) for slug in sources if slug in found.sources}
    record["cut"] = _cut(start, len(taken), rest.total, page.next) if page.next else None
    return record


def _head(found: Answer[Any], *, whole: bool) -> Record:
    """Return what is told before the rows; what goes on repeats only how the answer stands."""
    record: Record = {"question": found.question, "state": found.state, "reading": READINGS[found.state]}
    if whole:
        record["conflicts"] = [conflict_told(conflict, found) for conflict in found.conflicts[:10]]
        more = len(found.conflicts) - 10
        notes = [*found.notes, *([f"{more} more conflicts: ask `conflicts`"] if more > 0 else [])]
        record |= {"notes": notes, "instead": list(found.instead), "sparql": found.sparql}
    return record


def _rows(question: Question, found: Answer[Any]) -> Iterable[tuple[str, Record]]:
    """Yield the rows of an answer that has a table of its own; the claims come anyway."""
    table = rows_of(question, found)
    if table.columns == claims_table(found).columns:
        return
    for row in table.to_dicts():
        yield "rows", {key: _plain(value) for key, value in row.items() if value not in (None, "")}


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, date | Decimal) else value


def _taken(items: Sequence[tuple[str, Record]], found: Answer[Any], room: int) -> list[tuple[str, Record]]:
    """Return the first items that fit, at least one; a claim brings its source with it."""
    taken: list[tuple[str, Record]] = []
    known: set[str] = set()
    for kind, item in items:
        cost = len(_dumped(item)) + 1
        if kind == "claims" and item["source"] not in known:
            known.add(item["source"])
            cost += len(_dumped(source_told(found, item["source"])))
        room -= cost
        if room < 0 and taken:
            break
        taken.append((kind, item))
    return taken


def _cut(start: int, shown: int, total: int, cursor: str) -> Record:
    return {
        "shown": f"{start + 1} to {start + shown} of {total}",
        "cursor": cursor,
        "to_go_on": "Call the same tool with the same arguments and this cursor.",
    }


def claim_told(claim: AnyClaim, found: Answer[Any]) -> Record:
    """Return a claim with who says so, how sure it is, when it held and where it was read."""
    names = found.entities
    cautions = list(_cautions(claim, found))
    record: Record = {
        "id": claim.id,
        "key": claim.key,
        "says": words_of(claim, names),
        "text": claim.text,
        "speaker": name(names, claim.speaker),
        "modality": claim.modality,
        "fact": claim.factual,
        "source": claim.source,
    }
    more = {
        "relayed_by": name(names, claim.relayed_by) if claim.relayed_by else "",
        "caution": "; ".join(cautions),
        "when": when_words(claim),
        "published": str(claim.published.edtf) if claim.published else "",
        "evidence": ", ".join(str(place) for place in claim.evidence),
    }
    return record | {key: value for key, value in more.items() if value}


def _cautions(claim: AnyClaim, found: Answer[Any]) -> Iterable[str]:
    if claim.modality in _CAUTIONS:
        yield _CAUTIONS[claim.modality]
    if claim.rank == "deprecated":
        yield f"put aside: {claim.rank_reason or 'no reason is given'}"
    if claim.outranked:
        yield "another claim on the same thing is preferred"
    if claim.retracted:
        yield f"retracted on {claim.retracted}"
    if any(claim.id in conflict.claims for conflict in found.disputed):
        yield "disputed: see the conflicts"


def conflict_told(conflict: Conflict, found: Answer[Any]) -> Record:
    """Return a conflict with its sides."""
    keys = {claim.id: claim.key for claim in (*found.claims, *found.beside)}
    return {
        "id": conflict.id,
        "why": conflict.why,
        "note": conflict.note,
        "standing": found.standings.get(conflict.id, "open"),
        "sides": [keys.get(side, side) for side in conflict.claims],
    }


def source_told(found: Answer[Any], slug: str) -> Record:
    """Return where a claim was read, as one cites it."""
    source = found.sources[slug]
    record = {
        "title": source.title,
        "publisher": name(found.entities, source.publisher) if source.publisher else "",
        "date": source.published.edtf if source.published else "undated",
        "url": source.url or "",
    }
    return {key: value for key, value in record.items() if value}


def in_words(record: Record) -> str:
    """Return the essentials of what is told as lines of text, for clients that show no more."""
    lines = [record["question"], record["reading"], *record.get("instead", ())]
    lines += [f"- {'; '.join(f'{key}: {value}' for key, value in row.items())}" for row in record["rows"]]
    for claim in record["claims"]:
        caution = f" [{claim['caution']}]" if "caution" in claim else ""
        when = f", {claim['when']}" if "when" in claim else ""
        lines.append(f"- {claim['says']}{caution} ({claim['speaker']}, {claim['modality']}{when}; {claim['key']})")
    lines += [f"Note: {note}" for note in record.get("notes", ())]
    if record["cut"]:
        lines.append(f"Cut: {record['cut']['shown']}; cursor {record['cut']['cursor']}")
    return "\n".join(lines)


def _dumped(record: Any) -> str:
    return json.dumps(record, ensure_ascii=False, separators=(",", ":"))


_TEXT = {"type": "string"}
_TEXTS = {"type": "array", "items": _TEXT}
_CLAIM = {
    "type": "object",
    "properties": {
        **dict.fromkeys(
            (
                *("id", "key", "says", "text", "speaker", "relayed_by"),
                *("modality", "caution", "when", "published", "evidence"),
            ),
            _TEXT,
        ),
        "fact": {"type": "boolean", "description": "Whether it may be read as a fact."},
        "source": {"type": "string", "description": "One of the sources beside."},
    },
    "required": ["id", "key", "says", "text", "speaker", "modality", "fact", "source"],
    "additionalProperties": False,
}  # fmt: skip
# What every tool that asks a question gives.
SCHEMA: Record = {
    "type": "object",
    "properties": {
        "question": {"type": "string", "description": "The question that was understood."},
        "state": {"enum": list(READINGS)},
        "reading": {"type": "string", "description": "How to read and word the answer."},
        "rows": {"type": "array", "items": {"type": "object"}},
        "claims": {"type": "array", "items": _CLAIM},
        "sources": {"type": "object", "additionalProperties": {"type": "object", "additionalProperties": _TEXT}},
        "conflicts": {"type": "array", "items": {"type": "object"}},
        "notes": _TEXTS,
        "instead": _TEXTS,
        "sparql": _TEXT,
        "cut": {
            "type": ["object", "null"],
            "properties": {"shown": _TEXT, "cursor": _TEXT, "to_go_on": _TEXT},
            "required": ["shown", "cursor", "to_go_on"],
        },
    },
    "required": ["question", "state", "reading", "rows", "claims", "sources", "cut"],
    "additionalProperties": False,
}
