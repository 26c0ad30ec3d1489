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
from keiretsu_ontology.writing import text_fault

MAX_BYTES = 5_000_000  # of a file of facts
MAX_TEXT_BYTES = 5_000_000  # of the text of a source
MAX_FILES = 10_000
MAX_DEPTH = 8  # of folders


class Found(NamedTuple):
    """A file of facts, or what is wrong with it."""

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
    except (OSError, ValueError) as error:
        return Found(path, None, b"", trouble(path, _why_closed(path, error)))
    with os.fdopen(handle, "rb") as stream:
        state = os.fstat(handle)
        if not stat.S_ISREG(state.st_mode):
            return Found(path, None, b"", trouble(path, "not a regular file; pipes, devices and folders are not read"))
        if state.st_size > limit:
            return Found(
                path, None, b"", trouble(path, f"the file has {state.st_size} bytes; at most {limit} are read")
            )
        data = stream.read(limit + 1)
    return _decoded(path, data, limit)


def _decoded(path: Path, data: bytes, limit: int) -> Found:
    if len(data) > limit:
        return Found(path, None, b"", trouble(path, f"the file has more than {limit} bytes"))
    try:
        return Found(path, data.decode("utf-8"), data, None)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        column = error.start - data.rfind(b"\n", 0, error.start)
        hint = "; it looks like UTF-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ""
        return Found(path, None, data, Problem(path, line, column, f"not UTF-8: byte 0x{data[error.start]:02x}{hint}"))


def _why_closed(path: Path, error: OSError | ValueError) -> str:
    if path.is_symlink():
        return "a link; links are not followed, put the file itself here"
    reason = error.strerror if isinstance(error, OSError) and error.strerror else "its name is not admitted"
    return f"cannot be read: {reason.lower()}"


def fact_files(folder: Path, part: str) -> Iterator[Path | Problem]:
    """Yield the YAML files beneath a part of a dataset in order, and a problem for what may not be read."""
    root = folder / part
    if root.is_symlink():
        yield trouble(root, "a link; links are not followed, put the folder itself here")
    elif root.is_dir():
        yield from _walk(root, 0)
    elif root.exists():
        yield trouble(root, "a folder is wanted here")


def _walk(folder: Path, depth: int) -> Iterator[Path | Problem]:
    if depth > MAX_DEPTH:
        yield trouble(folder, f"folders are nested more than {MAX_DEPTH} deep")
        return
    try:
        entries = sorted(folder.iterdir())
    except OSError as error:
        yield trouble(folder, f"cannot be read: {(error.strerror or 'unknown').lower()}")
        return
    for entry in entries:
        if entry.name.startswith(".") or entry.name.endswith("~"):
            continue
        if (fault := text_fault(entry.name, limit=200)) is not None:
            yield trouble(folder, f"the name of a file is not admitted: {fault}")
        elif entry.is_symlink():
            yield trouble(entry, "a link; links are not followed, put the file itself here")
        elif entry.is_dir():
            yield from _walk(entry, depth + 1)
        elif entry.suffix.lower() in (".yaml", ".yml"):
            yield entry
        elif entry.suffix.lower() not in (".md", ".txt", ".rst"):
            yield trouble(entry, "not a file of facts; they end in .yaml")
