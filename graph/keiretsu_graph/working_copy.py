"""A working copy of plain RDF: a folder with one whole version of the graph, and a pointer to it put in place at once.

DIR/copy.json            names the version to read, and the named graphs that are empty
DIR/v-<number>/graph.nq

A change writes the next version beside and then moves the pointer, so that whoever comes later, after whatever end of
the one who wrote, finds the version before or the one after, whole.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import tempfile
from pathlib import Path
from typing import NamedTuple

import pyoxigraph as ox

from keiretsu_graph.manifest import replace_file
from keiretsu_ontology.errors import StoreError

NAME, DATA, VERSION = "copy.json", "graph.nq", 1


class Pointer(NamedTuple):
    """Which version is read."""

    number: int
    empty: tuple[str, ...] = ()  # named graphs that hold nothing, which a list of quads does not tell

    @property
    def folder(self) -> str:
        """The name of the folder of this version."""
        return f"v-{self.number}"


def pointer(folder: Path) -> Pointer | None:
    """Return what is read in a folder, or None where there is no working copy yet.

    Raises:
        StoreError: The folder holds something else, or the pointer is damaged.
    """
    try:
        record = json.loads((folder / NAME).read_text(encoding="utf-8"))
        if record["version"] != VERSION:
            raise StoreError(f"the working copy in {folder} is of version {record['version']}, not {VERSION}")
        return Pointer(int(record["number"]), tuple(map(str, record["empty"])))
    except FileNotFoundError:
        strangers = [] if not folder.is_dir() else [entry.name for entry in folder.iterdir() if not _is_ours(entry)]
        if strangers:
            raise StoreError(
                f"{folder} holds {min(strangers)!r}, which is no working copy; name a new folder"
            ) from None
        return None
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise StoreError(f"the {NAME} in {folder} cannot be read: {error}") from None


def _is_ours(entry: Path) -> bool:
    return entry.name.startswith(("v-", ".v-", f".{NAME}"))


def read_copy(folder: Path) -> ox.Store | None:
    """Return the graph of a working copy in memory, or None where there is none yet.

    Raises:
        StoreError: It cannot be read.
    """
    found = pointer(folder)
    if found is None:
        return None
    store = ox.Store()
    try:
        store.bulk_load(path=str(folder / found.folder / DATA), format=ox.RdfFormat.N_QUADS)
        for name in found.empty:
            store.add_graph(ox.NamedNode(name))
    except (OSError, ValueError, SyntaxError) as error:
        raise StoreError(f"the working copy in {folder} cannot be read: {error}") from None
    return store


def write_version(store: ox.Store, folder: Path) -> Pointer:
    """Write a graph as the next version, and have it read from now on.

    Raises:
        StoreError: It cannot be written; the version before stays.
    """
    before = pointer(folder)
    number = before.number + 1 if before else 1
    named = [graph for graph in store.named_graphs() if isinstance(graph, ox.NamedNode)]
    empty = tuple(sorted(graph.value for graph in named if _is_empty(store, graph)))
    after = Pointer(number, empty)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _write_data(store, folder, after)
        record = {"version": VERSION, "number": number, "empty": list(empty)}
        replace_file(folder / NAME, json.dumps(record, ensure_ascii=False, indent=2).encode("utf-8"))
        _settle(folder)
    except OSError as error:
        raise StoreError(f"the working copy in {folder} cannot be written: {error.strerror or error}") from None
    _tidy(folder, keep={after.folder, before.folder if before else ""})
    return after


def _is_empty(store: ox.Store, graph: ox.NamedNode) -> bool:
    return next(iter(store.quads_for_pattern(None, None, None, graph)), None) is None


def _write_data(store: ox.Store, folder: Path, after: Pointer) -> None:
    work = Path(tempfile.mkdtemp(prefix=".v-", dir=folder))
    try:
        with (work / DATA).open("wb") as stream:
            store.dump(stream, ox.RdfFormat.N_QUADS)
            stream.flush()
            os.fsync(stream.fileno())
        final = folder / after.folder
        if final.exists():  # left by one who was ended before the pointer was moved
            shutil.rmtree(final)
        work.rename(final)
        _settle(final)
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _settle(folder: Path) -> None:
    """Have the system write down which names a folder holds."""
    with contextlib.suppress(OSError):
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)


def _tidy(folder: Path, keep: set[str]) -> None:
    for entry in folder.iterdir():
        if entry.name.startswith("v-") and entry.name not in keep:
            shutil.rmtree(entry, ignore_errors=True)
