"""The script and the style that every page carries, as they were bundled from explorer/src when this was installed."""

from __future__ import annotations

from pathlib import Path

from keiretsu_ontology.errors import StoreError

FOLDER = Path(__file__).parent / "built"


def script() -> str:
    """Return the script of the page.

    Raises:
        StoreError: It was not bundled.
    """
    return _read("explorer.js")


def style() -> str:
    """Return the style of the page.

    Raises:
        StoreError: It was not bundled.
    """
    return _read("style.css")


def _read(name: str) -> str:
    try:
        return (FOLDER / name).read_text(encoding="utf-8")
    except OSError:
        raise StoreError(f"the explorer was not bundled: {name} is missing; install keiretsu again") from None
