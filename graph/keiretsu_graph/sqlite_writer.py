"""Writing the SQLite file of a graph; the same facts give the same bytes."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from keiretsu_graph import neighbourhoods
from keiretsu_graph.names import rows_of
from keiretsu_graph.records import to_record
from keiretsu_graph.sqlite import APPLICATION_ID, SCHEMA_VERSION
from keiretsu_ontology.claims import AnyClaim, Tie, parts_of, shape_of, topic_of
from keiretsu_ontology.dataset import Dataset

_SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE entity (id TEXT PRIMARY KEY, kind TEXT NOT NULL, record TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE name (
  folded TEXT, entity TEXT, match TEXT, text TEXT, PRIMARY KEY (folded, entity, match, text)
) WITHOUT ROWID;
CREATE TABLE source (id TEXT PRIMARY KEY, record TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE claim (
  id TEXT PRIMARY KEY, key TEXT NOT NULL UNIQUE, shape TEXT NOT NULL, topic TEXT NOT NULL, speaker TEXT NOT NULL,
  relay TEXT, source TEXT NOT NULL, modality TEXT NOT NULL, rank TEXT NOT NULL, factual INTEGER NOT NULL,
  record TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE part (entity TEXT, role TEXT, claim TEXT, PRIMARY KEY (entity, role, claim)) WITHOUT ROWID;
CREATE TABLE tie (
  subject TEXT, relation TEXT, object TEXT, rule TEXT NOT NULL, claims TEXT NOT NULL, factual INTEGER NOT NULL,
  PRIMARY KEY (subject, relation, object, rule, claims)
) WITHOUT ROWID;
CREATE TABLE conflict (id TEXT PRIMARY KEY, record TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE named_view (place INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, record TEXT NOT NULL);
CREATE TABLE side (claim TEXT, conflict TEXT, PRIMARY KEY (claim, conflict)) WITHOUT ROWID;
"""
_INDEXES = """
CREATE INDEX tie_object ON tie (object);
CREATE INDEX tie_itself ON tie (subject) WHERE subject = object;
CREATE INDEX claim_topic ON claim (topic);
CREATE INDEX claim_speaker ON claim (speaker);
CREATE INDEX claim_relay ON claim (relay) WHERE relay IS NOT NULL;
CREATE INDEX claim_source ON claim (source);
"""


def write_sqlite(dataset: Dataset, ties: Iterable[Tie], file: Path) -> None:
    """Write a graph into a new SQLite file.

    Raises:
        sqlite3.Error: The file cannot be written.
    """
    db = sqlite3.connect(file)
    try:
        db.executescript(
            f"PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA page_size=4096; {_SCHEMA}{neighbourhoods.SCHEMA}"
        )
        for table, rows in _tables(dataset, ties):
            listed = sorted(set(rows))
            if listed:
                marks = ",".join("?" * len(listed[0]))
                db.executemany(f"INSERT INTO {table} VALUES ({marks})", listed)
        db.commit()
        db.executescript(_INDEXES + neighbourhoods.FILL)
        db.executescript(f"PRAGMA application_id={APPLICATION_ID}; PRAGMA user_version={SCHEMA_VERSION}; VACUUM;")
        db.commit()
    finally:
        db.close()


def _tables(dataset: Dataset, ties: Iterable[Tie]) -> Iterable[tuple[str, Iterable[tuple[Any, ...]]]]:
    claims = dataset.claims
    yield "meta", _meta(dataset)
    yield "entity", ((entity.id, entity.kind, _text(entity)) for entity in dataset.entities)
    names = (row for entity in dataset.entities for row in rows_of(entity))
    yield "name", ((row.folded, row.entity, row.match, row.text) for row in names)
    yield "source", ((source.id, _text(source)) for source in dataset.sources)
    yield "claim", (_claim(claim) for claim in claims)
    yield "part", ((part.entity, part.role, claim.id) for claim in claims for part in parts_of(claim))
    yield "tie", ((t.subject, t.relation, t.object, t.rule or "", " ".join(t.claims), int(t.factual)) for t in ties)
    yield "conflict", ((conflict.id, _text(conflict)) for conflict in dataset.conflicts)
    yield "side", ((side, conflict.id) for conflict in dataset.conflicts for side in conflict.claims)
    yield "named_view", ((place, view.id, _text(view)) for place, view in enumerate(dataset.views))


def _meta(dataset: Dataset) -> Iterable[tuple[str, str]]:
    yield from (("name", dataset.name), ("title", dataset.title), ("digest", dataset.digest))
    for name in ("entities", "claims", "sources"):
        yield name, str(len(getattr(dataset, name)))


def _claim(claim: AnyClaim) -> tuple[Any, ...]:
    return (
        claim.id, claim.key, shape_of(claim), topic_of(claim), claim.speaker, claim.relayed_by, claim.source,
        claim.modality, claim.rank, int(claim.factual), _text(claim),
    )  # fmt: skip


def _text(value: Any) -> str:
    return json.dumps(to_record(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
