"""Reading a folder of files that a stranger may have prepared.

Only regular files inside the folder are opened: no links, pipes, devices or sockets, nothing too large, nothing that
is not UTF-8. What is refused is named, and its content never shown.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from keiretsu_ontology.errors import Problem
from keiretsu_ontology.notation import nearest
from keiretsu_ontology.writing import text_fault

MAX_BYTES = 5_000_000  # of a file of facts
MAX_TEXT_BYTES = 5_000_000  # of the text of a source
MAX_ALL_BYTES = 500_000_000  # of all files of facts together
MAX_FILES = 10_000
MAX_DEPTH = 8  # of folders

YAML = (".yaml", ".yml")
NO_LINK = "a link; links are not followed, put the {} itself here"
WORDS = (".md", ".txt", ".rst")  # what one may lay beside facts
_PARTS = ("entities", "claims", "conflicts", "sources", "queries", "tables")
_TOP = ("keiretsu.yaml", "views.yaml")


class Found(NamedTuple):
    """A file and its text, or what is wrong with it."""

    path: Path
    text: str | None
    data: bytes
    problem: Problem | None


def trouble(path: Path, message: str) -> Problem:
    """Return a problem of a file as a whole."""
    return Problem(path, 0, 0, message)


def read_file(path: Path, *, limit: int = MAX_BYTES) -> Found:
    """Return the text of a regular file, or the problem that keeps it from being read."""
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
        with os.fdopen(handle, "rb") as stream:
            state = os.fstat(handle)
            if not stat.S_ISREG(state.st_mode):
                return _refused(path, "not a regular file; pipes, devices and folders are not read")
            if state.st_size > limit:
                return _refused(path, f"the file has {state.st_size} bytes; at most {limit} are read")
            data = stream.read(limit + 1)
    except (OSError, ValueError) as error:
        return _refused(path, _why_closed(path, error))
    return _decoded(path, data, limit)


def _refused(path: Path, message: str) -> Found:
    return Found(path, None, b"", trouble(path, message))


def _decoded(path: Path, data: bytes, limit: int) -> Found:
    if len(data) > limit:
        return _refused(path, f"the file has more than {limit} bytes")
    try:
        return Found(path, data.decode("utf-8"), data, None)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        column = error.start - data.rfind(b"\n", 0, error.start)
        hint = "; it looks like UTF-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ""
        return Found(path, None, data, Problem(path, line, column, f"not UTF-8: byte 0x{data[error.start]:02x}{hint}"))


def _why_closed(path: Path, error: OSError | ValueError) -> str:
    if isinstance(error, OSError) and is_link(path):
        return NO_LINK.format("file")
    reason = error.strerror if isinstance(error, OSError) and error.strerror else "its name is not admitted"
    return f"cannot be read: {reason.lower()}"


def _mode(path: Path) -> int:
    """Return what a path itself is, or 0 for what is not there or cannot be looked at."""
    try:
        return path.lstat().st_mode
    except (OSError, ValueError):
        return 0


def lies(path: Path) -> bool:
    """Say whether something stands at a path, if only a link."""
    return _mode(path) != 0


def is_link(path: Path) -> bool:
    """Say whether a path is a link."""
    return stat.S_ISLNK(_mode(path))


def is_folder(path: Path) -> bool:
    """Say whether a path is a folder and no link to one."""
    return stat.S_ISDIR(_mode(path))


def is_file(path: Path) -> bool:
    """Say whether a path is a regular file and no link to one."""
    return stat.S_ISREG(_mode(path))


def folder_fault(folder: Path) -> str | None:
    """Return what keeps a folder from being read, or None."""
    try:
        state = folder.stat()
        if not stat.S_ISDIR(state.st_mode):
            return "not a folder"
        with os.scandir(folder):
            return None
    except FileNotFoundError:
        return "there is no such folder"
    except (OSError, ValueError) as error:
        return _why_closed(folder, error)


def fact_files(folder: Path, part: str) -> Iterator[Path | Problem]:
    """Yield the YAML files beneath a part of a dataset in order, and a problem for what may not be read."""
    root = folder / part
    if is_link(root):
        yield trouble(root, NO_LINK.format("folder"))
    elif is_folder(root):
        yield from _walk(root, 0)
    elif lies(root):
        yield trouble(root, "a folder is wanted here")


def _walk(folder: Path, depth: int) -> Iterator[Path | Problem]:
    if depth > MAX_DEPTH:
        yield trouble(folder, f"folders are nested more than {MAX_DEPTH} deep")
        return
    for entry in listed(folder):
        if isinstance(entry, Problem):
            yield entry
        elif is_link(entry):
            yield trouble(entry, NO_LINK.format("file"))
        elif is_folder(entry):
            if entry.suffix.lower() in YAML:
                yield trouble(entry, "a folder with the name of a file; folders are called without .yaml")
            yield from _walk(entry, depth + 1)
        elif entry.suffix.lower() in YAML:
            yield entry
        elif entry.suffix.lower() not in WORDS or not is_file(entry):
            yield trouble(entry, "not a file of facts; they end in .yaml")


def listed(folder: Path) -> Iterator[Path | Problem]:
    """Yield what lies in a folder, by name, without hidden files; a problem for names that cannot be shown."""
    try:
        entries = sorted(folder.iterdir())
    except OSError as error:
        yield trouble(folder, f"cannot be read: {(error.strerror or 'unknown').lower()}")
        return
    for entry in entries:
        if entry.name.startswith(".") or entry.name.endswith("~"):
            continue
        if (fault := text_fault(entry.name, limit=200)) is not None:
            yield trouble(folder, f"the name of a file in this folder is not admitted: {fault}")
        else:
            yield entry


def strays(folder: Path) -> Iterator[Problem]:
    """Yield a problem for facts that stand where nothing reads them, and for texts that are not plain files."""
    for entry in listed(folder):
        if isinstance(entry, Problem):
            yield entry
        elif entry.name in _PARTS:
            if not is_folder(entry):
                yield from _not_a_part(entry)
        elif entry.suffix.lower() in YAML and entry.name not in _TOP:
            yield trouble(
                entry, f"nothing reads this file; facts stand in entities/, claims/ and conflicts/{_hint(entry, _TOP)}"
            )
        elif is_folder(entry) and (hint := _hint(entry, _PARTS)):
            yield trouble(entry, f"nothing reads this folder{hint}")
    if is_folder(folder / "sources"):
        for entry in listed(folder / "sources"):
            if isinstance(entry, Problem):
                yield entry
            elif not is_file(entry):
                yield trouble(entry, "not a regular file; the texts of sources are, and stand here without folders")


def _not_a_part(entry: Path) -> Iterator[Problem]:
    if entry.name in ("sources", "queries"):  # of entities and claims fact_files tells
        link = NO_LINK.format("folder")
        yield trouble(entry, link if is_link(entry) else "a folder is wanted here")


def _hint(entry: Path, known: tuple[str, ...]) -> str:
    return nearest(entry.name, known)
