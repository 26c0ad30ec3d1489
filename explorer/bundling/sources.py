"""Which files the explorer is made of, and one digest of them all."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

SETTINGS = ("build.mjs", "package-lock.json", "package.json", "tsconfig.json")


def sources(explorer: Path) -> list[str]:
    """Return every file that the bundles are made from, by its name from the explorer's folder on, sorted.

    Tests of the sources and hidden files, as editors leave them, are none.
    """
    below = [path.relative_to(explorer) for path in (explorer / "src").rglob("*") if path.is_file()]
    names = [path.as_posix() for path in below if not path.name.startswith(".") and ".test." not in path.name]
    return sorted([*SETTINGS, *names])


def stamp(explorer: Path) -> str:
    """Return a digest of the names and the bytes of all sources.

    Raises:
        OSError: One of the settings is not there.
    """
    digest = sha256()
    for name in sources(explorer):
        content = (explorer / name).read_bytes()
        digest.update(f"{name}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()
