"""The folder of a working copy: kept to one server at a time, and begun where there is nothing yet."""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from keiretsu.workers.plan import Plan
from keiretsu_ontology.errors import StoreError, UsageError

if TYPE_CHECKING:
    from keiretsu_graph.build import Build

_LOCK = ".v-lock"  # a name that neither kind of working copy takes for a stranger
_PREFIXES = ("b-", ".b-", "v-", ".v-", "manifest.json", "copy.json", ".manifest.json", ".copy.json")


@contextmanager
def working_folder(named: Path | None) -> Iterator[Path]:
    """Give the folder of a working copy, which no other server changes meanwhile; a temporary one is gone at the end.

    Raises:
        StoreError: Another server has it, it holds something else, or it cannot be made.
    """
    folder = named if named is not None else Path(tempfile.mkdtemp(prefix="keiretsu-copy-"))
    try:
        held = _hold(folder)
        try:
            _tidy(folder)
            yield folder
        finally:
            os.close(held)
    finally:
        if named is None:
            shutil.rmtree(folder, ignore_errors=True)


def _hold(folder: Path) -> int:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if strangers := sorted(entry.name for entry in folder.iterdir() if not entry.name.startswith(_PREFIXES)):
            raise StoreError(f"{folder} holds {strangers[0]!r}, which is no working copy; name a new folder")
        held = os.open(folder / _LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise StoreError(f"the working copy in {folder} cannot be written: {error.strerror or error}") from None
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(held)
        raise StoreError(f"another server has the working copy in {folder}; name another folder") from None
    return held


def _tidy(folder: Path) -> None:
    """Remove what servers left that were ended while they wrote; it is nobody else's while the folder is held."""
    for entry in folder.iterdir():
        if entry.name.startswith((".b-", ".v-")) and entry.is_dir():
            shutil.rmtree(entry, ignore_errors=True)


def graph_plan(plan: Plan, build: Build, folder: Path) -> Plan:
    """Return the plan of a Keiretsu graph that may be changed: its working copy, begun where there is none.

    Raises:
        UsageError: What checks changes is not installed, or the folder is the graph itself.
        StoreError: The folder holds something else, or cannot be written.
    """
    from keiretsu_graph.build_copy import begin_copy

    if find_spec("pyshacl") is None:
        raise UsageError(
            "changes of a Keiretsu graph are checked with SHACL, which is not installed: pip install 'keiretsu[shacl]'"
        )
    if folder.resolve() == build.folder.resolve():
        raise UsageError(f"{folder} is the graph itself, which is never changed; name another folder with --copy")
    begun = begin_copy(build, folder)
    where = str(begun.folder.resolve())
    return plan._replace(build=where, current=begun.manifest.current, copy=where)
