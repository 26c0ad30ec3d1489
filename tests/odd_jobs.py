"""Jobs that test a crew: they do what no job of ours should, so that one sees it ended."""

from __future__ import annotations

import os
import signal
import socket
import time
from pathlib import Path

from keiretsu.workers.plan import Desk
from keiretsu.workers.product import Product
from keiretsu_ontology.errors import AmbiguousNameError


def echo(_: Desk, *, text: str) -> Product:
    """Return what was given."""
    return Product(text.encode("utf-8", "surrogatepass"), rows=len(text), headers=(("X-Echo", "yes"),))


def process(_: Desk) -> Product:
    """Return which process does this."""
    return Product(str(os.getpid()).encode())


def claims(desk: Desk) -> Product:
    """Return how many claims the graph has that is open."""
    return Product(str(desk.view.about().claims).encode())


def spin(_: Desk, *, seconds: float) -> Product:
    """Keep the processor busy."""
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        pass
    return Product(b"done")


def hoard(_: Desk, *, megabytes: int) -> Product:
    """Take memory."""
    return Product(str(len(b"x" * (megabytes * 1_000_000))).encode())


def deepen(_: Desk) -> Product:
    """Call itself without end."""
    return deepen(_)


def die(_: Desk) -> Product:
    """End the process as a fault in an engine does."""
    os.kill(os.getpid(), signal.SIGSEGV)
    return Product(b"")


def call_out(_: Desk, *, port: int) -> Product:
    """Return how an attempt to reach another server ends."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1):
            return Product(b"reached")
    except OSError:
        return Product(b"not reached")


def open_files(_: Desk, *, number: int) -> Product:
    """Return how many files could be opened."""
    opened = []
    try:
        for _count in range(number):
            opened.append(Path(os.devnull).open("rb"))  # noqa: SIM115  held open on purpose
    except OSError:
        pass
    finally:
        for file in opened:
            file.close()
    return Product(str(len(opened)).encode())


def ask_back(_: Desk) -> Product:
    """Fail as a question does."""
    raise AmbiguousNameError("Qwen", ["qwen", "qwen3"])


def err(_: Desk) -> Product:
    """Fail as only a fault of ours does."""
    raise ZeroDivisionError("a secret of the server")


JOBS = {
    job.__name__: job for job in (echo, process, claims, spin, hoard, deepen, die, call_out, open_files, ask_back, err)
}


def import_all() -> None:
    """Import nothing more."""
