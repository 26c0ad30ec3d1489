"""Changing a graph: what the process does that a keeper forks for a change, and that keeps the graph afterwards.

The keeper goes on as it was. Only when the change is done, checked and written does the server turn to the new
process, so a change that fails, is refused, takes too long or is killed leaves everything as it was.
"""

from __future__ import annotations

import os
import resource
import socket
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from keiretsu.workers import confine
from keiretsu.workers.plan import Plan
from keiretsu.workers.product import LimitError, Product, fault_record, to_fault
from keiretsu.workers.wire import Record, receive, send
from keiretsu_ontology.errors import KeiretsuError, NotThereError, StoreError

if TYPE_CHECKING:
    import pyoxigraph as ox


def open_plain(plan: Plan) -> ox.Store:
    """Return plain RDF in memory: the working copy where there is one already, else what the files hold.

    Raises:
        KeiretsuError: It cannot be read, or the working copy cannot be begun.
    """
    from keiretsu_graph.rdf_files import read_files
    from keiretsu_graph.working_copy import read_copy, write_version

    if plan.copy is None:
        return read_files([Path(name) for name in plan.files])
    found = read_copy(Path(plan.copy))
    if found is None:
        found = read_files([Path(name) for name in plan.files])
        write_version(found, Path(plan.copy))
    return found


def prepare() -> None:
    """Import and read what changes of a Keiretsu graph are checked with, so that every process after has it."""
    from keiretsu.workers import graph_change, shapes  # noqa: F401

    shapes.warm()


def changed(
    plan: Plan, store: ox.Store | None, given: dict[str, Any], body: bytes
) -> tuple[Plan, ox.Store | None, Product]:
    """Return the graph after a change: its plan, its store where it is in memory, and what the client is told.

    Raises:
        KeiretsuError: It may not be changed so.
    """
    if store is not None:
        return plan, store, change_plain(plan, store, given, body)
    if plan.copy is None:
        raise StoreError("this graph is served read-only")

    def work() -> Record:
        from keiretsu.workers.graph_change import change_build

        after, product = change_build(plan, lambda loaded: _applied(loaded, given, body))
        return {"plan": after.to_record(), "status": product.status}

    told = apart(work)
    return Plan.from_record(told["plan"]), None, Product(b"", status=told["status"])


def apart(work: Callable[[], Record]) -> Record:
    """Return what some work gives, done in a process of its own: engines on disk leave threads, which no fork takes.

    Raises:
        KeiretsuError: As the work raises.
        MemoryError: It took too much memory.
        RuntimeError: It failed by a fault of ours.
    """
    ours, theirs = socket.socketpair()
    if os.fork() == 0:
        confine.die_with_parent()
        with suppress(BaseException):
            ours.close()
            send(theirs, _outcome(work))
        os._exit(0)
    theirs.close()
    with ours:
        message = receive(ours)
    if message is None:
        raise MemoryError
    told = message[0].head
    if told.get("error") == "Fault":
        raise RuntimeError(told["message"])
    if "error" in told:
        raise to_fault(told)
    return told


def _outcome(work: Callable[[], Record]) -> Record:
    try:
        return work()
    except KeiretsuError as error:
        return fault_record(error)
    except (MemoryError, RecursionError):
        return fault_record(LimitError("the change took too much memory; nothing was changed"))
    except Exception:  # a fault of ours: the log has it
        return {"error": "Fault", "message": traceback.format_exc()}


def change_plain(plan: Plan, store: ox.Store, given: dict[str, Any], body: bytes) -> Product:
    """Change plain RDF in memory, and write it as the next version of the working copy.

    Raises:
        KeiretsuError: It may not be changed so, or cannot be written; the store here may be changed by then.
    """
    from keiretsu_graph.working_copy import write_version

    if plan.copy is None:
        raise StoreError("this graph is served read-only")
    product = _applied(store, given, body)
    write_version(store, Path(plan.copy))
    return product


def _applied(store: ox.Store, given: dict[str, Any], body: bytes) -> Product:
    from keiretsu_graph import changes

    kind, graph, base = given["kind"], given.get("graph"), given.get("base")
    if kind == "update":
        changes.update(
            store, body.decode("utf-8"), using=given["using"], using_named=given["using_named"], base=base
        )  # fmt: skip
        return Product(b"", status=204)
    if kind == "dataset":
        part = changes.Part(body, given["media"])
        changes.put_dataset(store, part, replace=given["replace"])
        return Product(b"", status=204)
    there = changes.holds(store, graph)
    if kind == "delete":
        changes.delete(store, graph)
        return Product(b"", status=204)
    if given.get("needed") and not there:
        raise NotThereError(f"there is no graph {graph!r}")
    parts = _parts(given["parts"], body)
    (changes.put if kind == "put" else changes.post)(store, graph, parts, base=base)
    return Product(b"", status=204 if there else 201)


def _parts(told: list[list[Any]], body: bytes) -> list[Any]:
    """Return the pieces that a body is made of, each told by its media type and its length."""
    from keiretsu_graph.changes import Part

    found, start = [], 0
    for media, length in told:
        found.append(Part(body[start : start + length], media))
        start += length
    return found


@contextmanager
def bounded(memory: int, seconds: float) -> Iterator[None]:
    """Hold this process to bounds while it changes the graph; afterwards it may do what it could before."""
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    used = resource.getrusage(resource.RUSAGE_SELF)
    processor = resource.getrlimit(resource.RLIMIT_CPU)
    with suppress(OSError, ValueError):
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        resource.setrlimit(resource.RLIMIT_AS, (pages * resource.getpagesize() + memory, hard))
        spent = int(used.ru_utime + used.ru_stime + seconds) + 2
        resource.setrlimit(resource.RLIMIT_CPU, (spent, processor[1]))
    try:
        yield
    finally:
        with suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_AS, (soft, hard))
            resource.setrlimit(resource.RLIMIT_CPU, processor)
