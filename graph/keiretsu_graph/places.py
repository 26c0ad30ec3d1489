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
CREATE TABLE made_for (digest TEXT, version INTEGER);
CREATE TABLE place (entity TEXT PRIMARY KEY, x REAL NOT NULL, y REAL NOT NULL) WITHOUT ROWID;
"""
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
        self._made: dict[str, Point] | None = None  # where no file can be written

    def make(self, *, fresh: bool = False, progress: Progress | None = None) -> None:
        """Have the places of these facts in the file; what is already there stays, unless laid out afresh."""
        if not fresh and (self._made is not None or _is_for(self._file, self._digest)):
            return
        from keiretsu_graph.layout import lay_out

        names = [entity for (entity,) in self._rows("SELECT entity FROM standing ORDER BY rank", ())]
        ties = self._rows("SELECT entity - 1, other - 1 FROM neighbour WHERE drawn AND entity < other", ())
        if progress is not None:
            progress(f"laying out {len(names)} things")
        before = {} if fresh else _read(self._file, None) or {}
        found = lay_out(names, ties, before)
        self._made = None if _write(self._file, self._digest, found) else found

    def find(self, ids: Iterable[str] | None = None) -> dict[str, Point]:
        """Return places by id, unknown ids left out; None means all."""
        self.make()
        wanted = None if ids is None else list(ids)
        if self._made is None:
            found = _read(self._file, wanted)
            if found is not None:
                return found
            raise StoreError(f"{self._file} cannot be read; remove it, and it is made again")
        if wanted is None:
            return self._made
        return {one: self._made[one] for one in sorted(set(wanted)) if one in self._made}


def carry_over(before: Path, files: Path) -> None:
    """Give a new build the places of an older one, to begin with; both are folders that hold a graph."""
    with contextlib.suppress(OSError):
        shutil.copyfile(before / NAME, files / NAME)


@contextlib.contextmanager
def _opened(file: Path) -> Any:
    db = sqlite3.connect(f"file:{quote(str(file.resolve()))}?mode=ro&immutable=1", uri=True)
    try:
        yield db
    finally:
        db.close()


def _is_for(file: Path, digest: str) -> bool:
    """Say whether a file holds the places of these facts, as this version of the program lays them out."""
    try:
        with _opened(file) as db:
            return bool(db.execute("SELECT digest, version FROM made_for").fetchall() == [(digest, _VERSION)])
    except (sqlite3.Error, OSError, UnicodeError):
        return False


def _read(file: Path, ids: list[str] | None) -> dict[str, Point] | None:
    """Return the places in a file, or None where it is not there or damaged."""
    sql = "SELECT entity, x, y FROM place ORDER BY entity"
    given: tuple[str, ...] = ()
    if ids is not None:
        sql = "SELECT entity, x, y FROM place WHERE entity IN (SELECT value FROM json_each(?)) ORDER BY entity"
        given = (json.dumps(ids),)
    try:
        with _opened(file) as db:
            return {entity: (float(x), float(y)) for entity, x, y in db.execute(sql, given)}
    except (sqlite3.Error, OSError, UnicodeError, TypeError, ValueError):
        return None


def _write(file: Path, digest: str, places: dict[str, Point]) -> bool:
    """Put a file of places in place at once, and say whether that could be done."""
    new = file.with_name(f".{NAME}.{os.getpid()}.tmp")
    try:
        new.unlink(missing_ok=True)
        db = sqlite3.connect(new)
        try:
            db.executescript(f"PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; {_SCHEMA}")
            db.execute("INSERT INTO made_for VALUES (?, ?)", (digest, _VERSION))
            db.executemany(
                "INSERT INTO place VALUES (?, ?, ?)", ((name, *place) for name, place in sorted(places.items()))
            )
            db.commit()
        finally:
            db.close()
        new.replace(file)
    except (sqlite3.Error, OSError):
        with contextlib.suppress(OSError):
            new.unlink(missing_ok=True)
        return False
    return True
