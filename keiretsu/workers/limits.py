"""What a server allows: one place for every bound, told in the help of `keiretsu serve` and in docs/operating.md."""

from __future__ import annotations

import os
from typing import NamedTuple

MEGABYTE = 1_000_000


class Limits(NamedTuple):
    """The bounds of a server and of the work that it does for others."""

    seconds: float = 10.0  # for one piece of work
    memory: int = 2_000 * MEGABYTE  # bytes that a worker may take beyond what it holds when it begins
    rows: int = 100_000  # of one result; what is cut says so
    answer: int = 64 * MEGABYTE  # bytes of one result
    workers: int = max(2, os.cpu_count() or 2)
    queue: int = 64  # pieces of work that wait; beyond, 503
    patience: float = 10.0  # seconds that one waits for a worker
    outgoing: int = 256 * MEGABYTE  # bytes of large answers on their way at once
    body: int = 1 * MEGABYTE  # bytes of a request; an update may have more
    change_seconds: float = 60.0  # for one change of the graph
    change: int = 32 * MEGABYTE  # bytes of an update or a graph to be stored
    header: int = 32_000  # bytes of the request line and the headers
    connections: int = 1_000
    header_seconds: float = 10.0  # to send the headers of a request
    body_seconds: float = 20.0  # to send its body
    idle_seconds: float = 15.0  # between two requests of one connection
