"""Answers as plain data, for `--json` and for programs: one form, told by its version."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from keiretsu_graph.records import to_record
from keiretsu_ontology.claims import AnyClaim, Claim, Conflict, Tie
from keiretsu_ontology.entities import Entity
from keiretsu_ontology.evidence import Source
from keiretsu_queries.base import Answer
from keiretsu_queries.wording import words_of

VERSION = 1


def answer_record(answer: Answer[Any]) -> dict[str, Any]:
    """Return an answer as plain data.

    In the result, claims stand by their id and entities by theirs; both are listed whole beside it. Every claim
    has `says`, what it says in a few words, and `factual`, whether it may be read as a fact. Claims that are shown
    without being what the answer rests on stand under `beside`; a conflict is open, settled or explained.
    """
    claims, beside = (
        [claim_record(claim, answer.entities) for claim in claims] for claims in (answer.claims, answer.beside)
    )
    return {
        "version": VERSION,
        "question": answer.question,
        "state": answer.state,
        "result": plain(answer.result),
        "claims": claims,
        "beside": beside,
        "conflicts": [
            {**to_record(conflict), "standing": answer.standings.get(conflict.id, "open")}
            for conflict in answer.conflicts
        ],
        "entities": {slug: to_record(entity) for slug, entity in sorted(answer.entities.items())},
        "sources": {slug: to_record(source) for slug, source in sorted(answer.sources.items())},
        "sparql": answer.sparql,
        "instead": list(answer.instead),
        "notes": list(answer.notes),
    }


def claim_record(claim: AnyClaim, entities: Mapping[str, Entity]) -> dict[str, Any]:
    """Return a claim as plain data, with what it says in a few words and whether it may be read as a fact."""
    return {**to_record(claim), "says": words_of(claim, entities), "factual": claim.factual}


def plain(value: Any) -> Any:
    """Return a value of an answer as lists, dicts, text, numbers and None."""
    match value:
        case Answer():
            return {"question": value.question, "state": value.state, "result": plain(value.result)}
        case Claim() | Entity():
            return value.id
        case Tie() | Conflict() | Source():
            return to_record(value)
        case date() | Decimal():
            return str(value)
        case tuple() if hasattr(value, "_asdict"):
            return {name: plain(part) for name, part in value._asdict().items()}
        case tuple() | list():
            return [plain(part) for part in value]
        case Mapping():
            return {str(key): plain(part) for key, part in value.items()}
        case _ if is_dataclass(value):
            return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
        case _:
            return value
