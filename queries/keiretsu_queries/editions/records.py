"""Differences as plain data, for `--json`: one form, told by its version."""

from __future__ import annotations

from typing import Any

from keiretsu_graph.records import to_record
from keiretsu_ontology.claims import AnyClaim
from keiretsu_queries.editions.aspects import Names
from keiretsu_queries.editions.comparison import Changed, Differences
from keiretsu_queries.wording import words_of

VERSION = 1


def difference_record(found: Differences) -> dict[str, Any]:
    """Return differences as plain data; claims, entities and sources stand whole."""
    return {
        "version": VERSION,
        "old": found.old.label,
        "new": found.new.label,
        "counts": found.counts(),
        "claims": {
            "added": [_claim_record(claim, found.new.entities) for claim in found.claims_added],
            "withdrawn": [_claim_record(claim, found.old.entities) for claim in found.claims_withdrawn],
            "renamed": [_change_record(row) for row in found.claims_renamed],
            "changed": [_change_record(row) for row in found.claims_changed],
        },
        "entities": {
            "added": [to_record(entity) for entity in found.entities_added],
            "removed": [to_record(entity) for entity in found.entities_removed],
            "merged": [
                {"old": row.old.id, "new": row.new.id, "how": row.how, "renamed": row.renamed,
                 "reason": row.reason}
                for row in found.entities_merged
            ],
            "changed": [_change_record(row) for row in found.entities_changed],
        },
        "sources": {
            "added": [to_record(source) for source in found.sources_added],
            "removed": [to_record(source) for source in found.sources_removed],
            "changed": [_change_record(row) for row in found.sources_changed],
        },
        "conflicts": [
            {
                "what": row.what, "id": row.conflict.id, "why": row.conflict.why, "sides": list(row.sides),
                "note": row.note,
            }
            for row in found.conflicts
        ],
        "ties": [{**row._asdict(), "rules": list(row.rules)} for row in found.ties],
    }  # fmt: skip


def _claim_record(claim: AnyClaim, names: Names) -> dict[str, Any]:
    return {**to_record(claim), "says": words_of(claim, names)}


def _change_record(row: Changed[Any]) -> dict[str, Any]:
    name = "key" if hasattr(row.old, "key") else "id"
    changes = [change._asdict() for change in row.changes]
    return {"old": getattr(row.old, name), "new": getattr(row.new, name), "changes": changes}
