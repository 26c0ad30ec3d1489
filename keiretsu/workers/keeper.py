"""The processes behind a crew: a root with everything imported, a keeper for each generation, workers forked from it.

Each is single-threaded and speaks over one socket; where that closes, it ends. A keeper holds plain RDF in memory,
which its workers share with it; a build on disk is opened by each worker for itself, since the engine's threads do
not survive a fork.
"""

from __future__ import annotations

import contextlib
import gc
import os
import signal
import socket
import traceback
from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from keiretsu.workers import confine
from keiretsu.workers.changing import bounded, changed, open_plain, prepare
from keiretsu.workers.limits import Limits
from keiretsu.workers.plan import Desk, Plan
from keiretsu.workers.product import LimitError, Product, fault_record
from keiretsu.workers.wire import Frame, Record, receive, send
from keiretsu_ontology.errors import KeiretsuError

if TYPE_CHECKING:
    import pyoxigraph as ox

Job = Callable[..., Product]


def serve_root(line: socket.socket, jobs: Mapping[str, Job]) -> None:
    """Fork a keeper for every plan that comes, until the server is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the server, which closes the line
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for those that end
    gc.collect()
    gc.freeze()  # what is imported stays shared between all that are forked
    while (message := receive(line)) is not None:
        frame, handed = message
        if handed is not None:
            _fork(line, handed, partial(_keep, told=frame.head, jobs=jobs))


def _fork(line: socket.socket, handed: socket.socket, work: Callable[[socket.socket], None]) -> int:
    """Return the process that does some work with the socket that was handed over, and ends with it."""
    child = os.fork()
    if child == 0:
        confine.die_with_parent()
        line.close()
        with contextlib.suppress(BaseException):
            work(handed)
        os._exit(0)
    handed.close()
    return child


def _keep(line: socket.socket, told: Record, jobs: Mapping[str, Job]) -> None:
    """Keep one generation of the graph, and fork a worker for every socket that is handed over."""
    plan, limits = Plan.from_record(told["plan"]), Limits(**told["limits"])
    try:
        store = open_plain(plan) if plan.build is None else None
        if plan.build is not None and plan.copy is not None:
            prepare()
    except KeiretsuError as error:
        send(line, fault_record(error))
        return
    send(line, {"ready": True})
    _serve(line, plan, limits, store, jobs)


def _serve(line: socket.socket, plan: Plan, limits: Limits, store: ox.Store | None, jobs: Mapping[str, Job]) -> None:
    """Fork a worker for every socket that is handed over, and for a change the one who keeps the graph afterwards.

    That one goes on in this same loop, so that a thousand changes are no deeper than one.
    """
    gc.freeze()
    while (message := receive(line)) is not None:
        frame, handed = message
        if handed is None:
            continue
        if "change" not in frame.head:
            send(line, {"pid": _fork(line, handed, partial(_work, desk=Desk(plan, limits, store), jobs=jobs))})
            continue
        child = os.fork()
        if child:
            handed.close()
            send(line, {"pid": child})
            continue
        confine.die_with_parent()
        line.close()
        line = handed
        with contextlib.suppress(BaseException):
            found = _changed(line, plan, limits, store, frame)
            if found is not None:
                plan, store = found
                confine.outlive_parent()
                gc.freeze()
                continue
        os._exit(0)


def _changed(
    line: socket.socket, plan: Plan, limits: Limits, store: ox.Store | None, frame: Frame
) -> tuple[Plan, ox.Store | None] | None:
    """Change the graph in this process alone and tell how that went; return the new one if it went well."""
    try:
        with bounded(limits.memory, limits.change_seconds):
            plan, store, product = changed(plan, store, frame.head["change"], frame.body)
    except KeiretsuError as error:
        send(line, fault_record(error))
        return None
    except (MemoryError, RecursionError):
        send(line, fault_record(LimitError("the change took too much memory; nothing was changed")))
        return None
    except Exception:  # a fault of ours: the server writes it into its log, the client is told nothing
        send(line, {"error": "Fault", "message": traceback.format_exc()})
        return None
    head = {name: value for name, value in product._asdict().items() if name != "body"}
    send(line, {"ready": True, "plan": plan.to_record(), "product": head}, product.body)
    return plan, store


def _work(line: socket.socket, desk: Desk, jobs: Mapping[str, Job]) -> None:
    """Do one job after the other; the first message tells that the graph is open, or why not."""
    confine.close_standard_streams()
    if not desk.plan.services:
        confine.leave_network()
    try:
        _open(desk)
    except KeiretsuError as error:
        send(line, fault_record(error))
        return
    send(line, {"ready": True})
    while (message := receive(line)) is not None:
        head = message[0].head
        confine.bound_processor(3 * desk.limits.seconds + 5)
        answer, body = _done(desk, jobs, head["job"], head["given"])
        send(line, answer, body)
        if answer.get("last"):
            return


def _open(desk: Desk) -> None:
    """Open what there is, and have the system hold the bounds from then on."""
    if desk.plan.build is None:
        folder = None
        desk.store  # noqa: B018  read by the keeper
    else:
        folder = desk.build.store
        desk.view.about()
        desk.store  # noqa: B018  opened now, before the bounds hold
    gc.freeze()
    confine.bound_files(folder)
    confine.bound_memory(desk.limits.memory)


def _done(desk: Desk, jobs: Mapping[str, Job], job: str, given: dict[str, Any]) -> tuple[Record, bytes]:
    """Return what to answer for a job; `last` says that this process cannot go on."""
    try:
        product = jobs[job](desk, **given)
    except KeiretsuError as error:
        return fault_record(error), b""
    except (MemoryError, RecursionError):
        return {**fault_record(LimitError("it took too much memory, and was ended")), "last": True}, b""
    except Exception:
        return {"error": "Fault", "message": traceback.format_exc()}, b""
    head = {name: value for name, value in product._asdict().items() if name != "body"}
    return {"product": head}, product.body
