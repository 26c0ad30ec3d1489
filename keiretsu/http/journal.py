"""The log of requests: what was asked, how it ended, how long it took, how many rows. It holds no query and no token.

Lines are gathered for a moment and written together, which costs a busy server a tenth of writing each by itself.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from typing import NamedTuple, TextIO

_PAUSE = 0.2  # seconds


class Entry(NamedTuple):
    """One request that has been answered."""

    method: str
    path: str
    status: int
    seconds: float
    size: int
    rows: int
    kept: bool


class Journal:
    """Where requests are written down."""

    def __init__(self, stream: TextIO | None = None, *, form: str = "text") -> None:
        self._stream = stream or sys.stderr
        self._form = form
        self._gathered: list[tuple[float, Entry]] = []
        self._planned: asyncio.TimerHandle | None = None

    def write(self, entry: Entry) -> None:
        """Write a request down, in a moment."""
        if self._form == "none":
            return
        self._gathered.append((time.time(), entry))
        if self._planned is None:
            self._planned = asyncio.get_running_loop().call_later(_PAUSE, self.flush)

    def flush(self) -> None:
        """Write what was gathered."""
        self._planned = None
        gathered, self._gathered = self._gathered, []
        shown = _as_json if self._form == "json" else _as_text
        try:
            self._stream.write("".join(f"{shown(when, entry)}\n" for when, entry in gathered))
            self._stream.flush()
        except OSError:
            self._form = "none"  # nobody reads it any more


def _as_text(when: float, entry: Entry) -> str:
    rows = f" {entry.rows} rows" if entry.rows else ""
    more = " (kept)" if entry.kept else ""
    shown = _plain(entry.path)
    return (
        f"{_day(when)} {entry.method[:10]} {shown} {entry.status} {1000 * entry.seconds:.1f} ms "
        f"{entry.size} bytes{rows}{more}"
    )


def _as_json(when: float, entry: Entry) -> str:
    return json.dumps(
        {
            "time": _day(when),
            "method": entry.method[:10],
            "path": entry.path[:300],
            "status": entry.status,
            "milliseconds": round(1000 * entry.seconds, 2),
            "bytes": entry.size,
            "rows": entry.rows,
            "kept": entry.kept,
        }
    )


def _day(when: float) -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(when)) + f".{int(when % 1 * 1000):03d}Z"


def _plain(path: str) -> str:
    """Return a path as one word of a line: nothing in it ends the line or steers a terminal."""
    return "".join(char if char.isprintable() and char != " " else "?" for char in path[:300])
