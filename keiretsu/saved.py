"""Saved queries: `.rq` files, found by name."""

from __future__ import annotations

import sys
from pathlib import Path

from keiretsu_ontology.errors import UsageError
from keiretsu_ontology.notation import nearest

_LIMIT = 64_000  # bytes; no query that may be run is longer


def saved_queries(dataset: Path) -> dict[str, str]:
    """Return the saved queries by name: those of the program, and those of a dataset, which come before them."""
    return dict(sorted((library_queries() | _queries_in(dataset / "queries")).items()))


def library_queries() -> dict[str, str]:
    """Return the saved queries that come with the program, by name."""
    import keiretsu_queries

    return _queries_in(Path(keiretsu_queries.__file__).parent / "sparql")


def _queries_in(folder: Path) -> dict[str, str]:
    return {file.stem: _read(file) for file in sorted(folder.glob("*.rq"))} if folder.is_dir() else {}


def title_of(text: str) -> str:
    """Return what a saved query asks: its first comment."""
    return text.partition("\n")[0].lstrip("# ").strip()


def query_text(named: str, saved: dict[str, str]) -> str:
    """Return the text of a query that is given in full, as a file, as the name of a saved one, or on stdin.

    Raises:
        UsageError: Neither a query nor a file nor a saved name.
    """
    if named == "-":
        return sys.stdin.read(_LIMIT + 1)
    if named in saved:
        return saved[named]
    if "{" in named:
        return named
    if (file := Path(named)).suffix in (".rq", ".sparql"):
        return _read(file)
    raise UsageError(f"{named!r} is neither a query, nor a file of one, nor a saved query{nearest(named, saved)}")


def _read(file: Path) -> str:
    try:
        if not file.is_file() or file.stat().st_size > _LIMIT:
            raise UsageError(f"{file} is not a file of at most {_LIMIT} bytes")
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{file} cannot be read: {error}") from None
