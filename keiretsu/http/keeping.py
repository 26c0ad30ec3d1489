"""Responses that are kept: the same request to the same graph has the same answer, so it need not be made again.

A job says whether its product is steady; a query that asks for the time or for chance is not. What is kept belongs to
one generation of the graph, and is bounded in bytes.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from typing import Any, NamedTuple

from starlette.types import Scope

Key = tuple[Any, ...]
_METHODS = ("GET",)
_TOLD = (b"accept", b"accept-encoding")  # on which an answer depends


class Told(NamedTuple):
    """What a face tells the gate of a response, in the request's scope as `keiretsu.told`."""

    rows: int = 0
    steady: bool = False  # whether the same graph always gives the same


class Kept(NamedTuple):
    """A response with status 200."""

    headers: tuple[tuple[bytes, bytes], ...]
    body: bytes
    told: Told
    head: bytes = b""  # all headers as they go over the wire to a client that is no page of another site


class Keeping:
    """The responses that were asked for lately."""

    def __init__(self, generation: Callable[[], int], *, most: int = 64_000_000, largest: int = 500_000) -> None:
        self.largest = largest  # bytes of one response
        self.size = 0
        self._most = most
        self._generation = generation
        self._kept: OrderedDict[Key, Kept] = OrderedDict()
        self._of = generation()  # the graph that they are of

    def __len__(self) -> int:
        return len(self._kept)

    def key_of(self, scope: Scope, headers: dict[bytes, bytes]) -> Key | None:
        """Return what a request is known by, or None where its answer is not kept."""
        if scope["method"] not in _METHODS or b"authorization" in headers:
            return None
        told = tuple(row for row in scope["headers"] if row[0] in _TOLD)  # a header may come in several lines
        if (now := self._generation()) != self._of:  # nobody can ask for those any more
            self._of, self.size = now, 0
            self._kept.clear()
        return (now, scope["raw_path"], scope["query_string"], headers.get(b"host"), told)

    def get(self, key: Key) -> Kept | None:
        """Return what is kept for a request."""
        found = self._kept.get(key)
        if found is not None:
            self._kept.move_to_end(key)
        return found

    def put(self, key: Key, kept: Kept | None) -> None:
        """Keep a response, in the place of those that were asked for longest ago."""
        if kept is None or key[0] != self._generation():
            return
        if (before := self._kept.pop(key, None)) is not None:
            self.size -= _weight(key, before)
        self._kept[key] = kept
        self.size += _weight(key, kept)
        while self.size > self._most:
            self.size -= _weight(*self._kept.popitem(last=False))


def _weight(key: Key, kept: Kept) -> int:
    return len(kept.body) + len(key[2]) + len(key[1]) + 1_000
