"""Bringing facts in: files to claims, with every problem at its line.

Names are imported when they are first used, so that finding the bundled facts does not import YAML and pydantic.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from keiretsu_loaders.anchor import locate, rewrite
    from keiretsu_loaders.dataset import Report, check, load
    from keiretsu_loaders.location import bundled
    from keiretsu_loaders.template import init
    from keiretsu_loaders.texts import SourceTexts

_HOMES = {
    "Report": "dataset",
    "SourceTexts": "texts",
    "bundled": "location",
    "check": "dataset",
    "init": "template",
    "load": "dataset",
    "locate": "anchor",
    "rewrite": "anchor",
}

__all__ = ["Report", "SourceTexts", "bundled", "check", "init", "load", "locate", "rewrite"]


def __getattr__(name: str) -> Any:
    """Return a public name from the module that it lives in."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
