"""Where a reader of a long list goes on: opaque to the reader, and bound to the graph and to what was asked."""

from __future__ import annotations

import base64
import json
from hashlib import sha256
from typing import Any, Generic, NamedTuple, TypeVar

from keiretsu.workers.product import CursorError

Item = TypeVar("Item")
LONGEST = 200  # characters of a cursor


class Page(NamedTuple, Generic[Item]):
    """A part of a list, how long the whole is, and the cursor of the next part, if there is one."""

    items: list[Item]
    total: int
    next: str | None


def cut(items: list[Item], *, size: int, cursor: str | None, graph: str, asked: Any) -> Page[Item]:
    """Return one page of a list.

    Args:
        items: The whole list, in a stable order.
        size: How many items a page has.
        cursor: Where it begins; without one, at the first item.
        graph: The digest of the graph.
        asked: What was asked, as plain data.

    Raises:
        CursorError: The cursor is of another graph or question, or of nobody's making.
    """
    bound = sha256(json.dumps([graph, asked], sort_keys=True, default=str).encode("utf-8")).hexdigest()[:16]
    start = _start(cursor, bound) if cursor else 0
    end = start + size
    return Page(items[start:end], len(items), _cursor(end, bound) if end < len(items) else None)


def _cursor(start: int, bound: str) -> str:
    return base64.urlsafe_b64encode(f"{bound}{start}".encode("ascii")).decode("ascii").rstrip("=")


def _start(cursor: str, bound: str) -> int:
    try:
        padded = cursor[:LONGEST] + "=" * (-len(cursor) % 4)
        text = base64.b64decode(padded.encode("ascii"), altchars=b"-_", validate=True).decode("ascii")
    except (ValueError, UnicodeError):
        raise CursorError("that is no cursor of this server; begin without one") from None
    if text[:16] != bound or not text[16:].isdigit() or len(text) > 30:
        raise CursorError(
            "that cursor belongs to another question, or to a graph that is no longer served; begin again"
        )
    return int(text[16:])
