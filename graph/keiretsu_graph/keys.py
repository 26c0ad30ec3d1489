"""What a folder of facts is known by in the cache: a digest of its files, and a note that spares reading them again.

The note lists name, size, times and number of each file beside the digest, as git's index does: a file whose listing is
the same is the same. It is only written of files that have been at rest for a while, since a clock that ticks slowly
would hide a change made in the same tick.
"""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Iterator
from pathlib import Path
from zlib import crc32

from keiretsu_graph.manifest import BUILD_VERSION, replace_file

AT_REST_NS = 3_000_000_000  # longer than a tick of any file system's clock
_PARTS = ("entities", "claims", "conflicts")
_SUFFIXES = (".yaml", ".yml")
_KEY = re.compile("[0-9a-f]{20}")


def key_of(folder: Path) -> str:
    """Return a digest over names and bytes of the files of facts in a folder, and over the program that builds them."""
    return _digest(_files(folder))


def known_key(folder: Path, cache: Path, *, now_ns: int) -> str:
    """Return the key of a folder, by the note in the cache where no file was touched since, else by reading them.

    Args:
        folder: Where the facts are.
        cache: Where notes lie; one that cannot be read or written is done without.
        now_ns: The time, in nanoseconds as files have them.
    """
    place = os.path.realpath(folder)
    note = cache / f"{folder.name}-{crc32(place.encode('utf-8', 'surrogateescape')):08x}.note"
    files = _files(folder)
    states = {name: entry.stat(follow_symlinks=False) for name, entry in files.items()}
    listing = "\n".join([f"{place!r} {BUILD_VERSION} {_program()}", *(_line(*row) for row in states.items())])
    with contextlib.suppress(OSError, UnicodeError):
        key, _, listed = note.read_text(encoding="utf-8").partition("\n")
        if listed == listing and _KEY.fullmatch(key):
            return key
    key = _digest(files)
    newest = max((time for state in states.values() for time in (state.st_mtime_ns, state.st_ctime_ns)), default=0)
    if newest < now_ns - AT_REST_NS:
        with contextlib.suppress(OSError):
            replace_file(note, f"{key}\n{listing}".encode())
    return key


def _line(name: str, state: os.stat_result) -> str:
    return f"{name!r} {state.st_mode} {state.st_size} {state.st_mtime_ns} {state.st_ctime_ns} {state.st_ino}"


def _digest(files: dict[str, os.DirEntry[str]]) -> str:
    from hashlib import sha256

    state = sha256(f"{BUILD_VERSION}\0{_program()}\0".encode())
    for name, entry in files.items():
        state.update(name.encode("utf-8", "surrogateescape") + b"\0")
        state.update(Path(entry.path).read_bytes() if entry.is_file(follow_symlinks=False) else b"?")
        state.update(b"\0")
    return state.hexdigest()[:20]


def _program() -> str:
    """Return what changes when a module of the program does; a checkout is worked on between two look-ups."""
    import keiretsu_ontology

    own = Path(__file__).parent, Path(keiretsu_ontology.__file__ or "").parent
    changed = [entry.stat().st_mtime_ns for folder in own for entry in os.scandir(folder) if entry.name.endswith(".py")]
    return f"{len(changed)} {max(changed)}"


def _files(folder: Path) -> dict[str, os.DirEntry[str]]:
    """Return the files of facts by name within the folder, sorted."""
    found = {entry.name: entry for entry in os.scandir(folder) if entry.name.endswith(_SUFFIXES)}
    for part in _PARTS:
        found.update((name, entry) for name, entry in _within(folder / part, part) if name.endswith(_SUFFIXES))
    if (folder / "tables").is_dir():
        found.update((f"tables/{entry.name}", entry) for entry in os.scandir(folder / "tables"))
    return dict(sorted(found.items()))


def _within(folder: Path, name: str) -> Iterator[tuple[str, os.DirEntry[str]]]:
    """Yield everything in a folder and in the folders beneath it, with its name; links are not followed."""
    for entry in os.scandir(folder) if folder.is_dir() else ():
        yield f"{name}/{entry.name}", entry
        if entry.is_dir(follow_symlinks=False):
            yield from _within(Path(entry.path), f"{name}/{entry.name}")
