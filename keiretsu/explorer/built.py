"""The scripts and the style that pages carry, as the build hook made them of explorer/src (see CONTRIBUTING.md)."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from keiretsu_ontology.errors import ExplorerMissingError

FOLDER = Path(__file__).parent / "built"


def script() -> str:
    """Return the script of every page of the explorer.

    Raises:
        ExplorerMissingError: This install was made without, as for all here.
    """
    return _text(FOLDER / "explorer.js")


def style() -> str:
    """Return the style of every page of the explorer."""
    return _text(FOLDER / "style.css")


def sparql_script() -> str:
    """Return the script of the SPARQL panel, which only served pages have."""
    return _text(FOLDER / "sparql.js")


def licences() -> str:
    """Return the licences of other people's code in the scripts and the style, as plain text."""
    return _text(FOLDER / "THIRD-PARTY.txt")


@cache
def _text(path: Path) -> str:
    """Return a text with the ends of lines that a browser makes of them, or a digest of it would not fit."""
    try:
        return path.read_text(encoding="utf-8")
    except OSError:
        raise ExplorerMissingError from None
