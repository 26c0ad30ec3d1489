"""Keiretsu: a graph of companies, products and partnerships that can be trusted.

Names are imported when they are first used, so that the command line pays for nothing it does not need.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from keiretsu.library import Graph, Reply, connect
    from keiretsu.library import open_graph as open  # noqa: A004  # reads as keiretsu.open()

_HOMES = {"Graph": "Graph", "Reply": "Reply", "connect": "connect", "open": "open_graph"}

__all__ = ["Graph", "Reply", "connect", "open"]


def __getattr__(name: str) -> Any:
    """Return a public name from the module that it lives in."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from keiretsu import library

    return getattr(library, _HOMES[name])
