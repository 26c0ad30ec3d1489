"""Where every entity stands in a picture of the whole graph, in a file of its own beside the build.

The file is no part of what "the same facts give the same bytes" promises of a build, for it remembers: a build takes
over the places of the one before, and what is new is set beside its neighbours, so that people find again what they
know. A first build, or one laid out afresh, gets the same bytes from the same facts. Nothing is laid out before
somebody asks to see it, or builds a folder by name: a look-up should not wait for a picture that nobody looks at.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

from keiretsu_ontology.errors import StoreError

NAME = "places.sqlite"
_VERSION = 1  # counts every change to how things are laid out
_SCHEMA = """
CREATE TABLE made_for (digest TEXT, version INTEGER, since INTEGER);
CREATE TABLE place (entity TEXT PRIMARY KEY, x REAL NOT NULL, y REAL NOT NULL) WITHOUT ROWID;
"""
_GROWN = 1.5  # times as many things as when all were laid out: then that is done again
Point = tuple[float, float]
Rows = Callable[[str, Sequence[Any]], list[Any]]
Progress = Callable[[str], None]


class Place(NamedTuple):
    """Where an entity stands, about the unit disc, and how many ties of one step it has that are drawn at first."""

    x: float
    y: float
    ties: int


class Places:
    """The places of a graph: from its file, or made now and put there where that may be written."""

    def __init__(self, rows: Rows, graph: Path, digest: str) -> None:
        self._rows = rows
        self._file = graph.with_name(NAME)
        self._digest = digest
        self._db: sqlite3.Connection | None = None  # kept open: who reads a build may outlive its folder

    def make(self, *, fresh: bool = False, progress: Progress | None = None) -> None:
        """Have the places of these facts at hand; what is already there stays, unless laid out afresh."""
        if self._db is not None and not fresh:
            return
        found = None if fresh else _opened(self._file)
        if found is None or _made_for(found)[:2] != (self._digest, _VERSION):
            places, since = self._laid_out(found, progress)
            _close(found)
            found = _opened(self._file) if _put(self._file, self._digest, since, places) else None
            found = found or _filled(":memory:", self._digest, since, places)
        _close(self._db)
        self._db = found

    def close(self) -> None:
        """Let go of the file."""
        _close(self._db)
        self._db = None

    def find(self, ids: Iterable[str] | None = None) -> dict[str, Point]:
        """Return places by id, unknown ids left out; None means all."""
        self.make()
        return _points(self._db, ids) if self._db is not None else {}

    def _laid_out(self, old: sqlite3.Connection | None, progress: Progress | None) -> tuple[dict[str, Point], int]:
        """Return all places, and how many things there were when they were last laid out without regard to others."""
        from keiretsu_graph.layout import lay_out
        from keiretsu_graph.settling import is_mostly_known

        names = [entity for (entity,) in self._rows("SELECT entity FROM standing ORDER BY rank", ())]
        if progress is not None:
            progress(f"laying out {len(names)} things")
        ties = self._rows("SELECT entity - 1, other - 1 FROM neighbour WHERE drawn AND entity < other", ())
        before, since = _remembered(old)
        if is_mostly_known(names, before) and len(names) <= _GROWN * since:
            return lay_out(names, ties, before), since
        return lay_out(names, ties, {}), len(names)


def carry_over(before: Path, files: Path) -> None:
    """Give a new build the places of an older one, to begin with; both are folders that hold a graph."""
    with contextlib.suppress(OSError):
        if not (files / NAME).exists():
            shutil.copyfile(before / NAME, files / NAME)


def _close(db: sqlite3.Connection | None) -> None:
    if db is not None:
        db.close()


def _opened(file: Path) -> sqlite3.Connection | None:
    """Return a file of places, or None where it is not there, damaged or something else."""
    db = None
    try:
        db = sqlite3.connect(f"file:{quote(str(file.resolve()))}?mode=ro&immutable=1", uri=True)
        _made_for(db)
        _points(db, [""])
    except (sqlite3.Error, OSError, UnicodeError, TypeError, ValueError, StoreError):
        _close(db)
        return None
    return db


def _made_for(db: sqlite3.Connection) -> tuple[str, int, int]:
    ((digest, version, since),) = db.execute("SELECT digest, version, since FROM made_for").fetchall()
    return str(digest), int(version), int(since)


def _remembered(old: sqlite3.Connection | None) -> tuple[dict[str, Point], int]:
    """Return all of an older picture, or nothing where there is none that can be read."""
    if old is not None:
        with contextlib.suppress(StoreError):
            return _points(old, None), _made_for(old)[2]
    return {}, 0


def _points(db: sqlite3.Connection, ids: Iterable[str] | None) -> dict[str, Point]:
    sql = "SELECT entity, x, y FROM place ORDER BY entity"
    given: tuple[str, ...] = ()
    if ids is not None:
        sql = "SELECT entity, x, y FROM place WHERE entity IN (SELECT value FROM json_each(?)) ORDER BY entity"
        given = (json.dumps(list(ids)),)
    try:
        return {entity: (float(x), float(y)) for entity, x, y in db.execute(sql, given)}
    except (sqlite3.Error, UnicodeError, TypeError, ValueError) as error:
        raise StoreError(
            f"the file {NAME} of a build cannot be read: {error}; remove it, and it is made again"
        ) from None


def _filled(file: str, digest: str, since: int, places: dict[str, Point]) -> sqlite3.Connection:
    db = sqlite3.connect(file)
    try:
        db.executescript(f"PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; {_SCHEMA}")
        db.execute("INSERT INTO made_for VALUES (?, ?, ?)", (digest, _VERSION, since))
        rows = ((name, *place) for name, place in sorted(places.items()))
        db.executemany("INSERT INTO place VALUES (?, ?, ?)", rows)
        db.commit()
    except sqlite3.Error:
        db.close()
        raise
    return db


def _put(file: Path, digest: str, since: int, places: dict[str, Point]) -> bool:
    """Put a file of places in place at once, and say whether that could be done."""
    new = file.with_name(f".{NAME}.{os.getpid()}.tmp")
    try:
        new.unlink(missing_ok=True)
        _filled(str(new), digest, since, places).close()
        new.replace(file)
    except (sqlite3.Error, OSError):
        with contextlib.suppress(OSError):
            new.unlink(missing_ok=True)
        return False
    return True
