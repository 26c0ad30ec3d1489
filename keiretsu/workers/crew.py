"""The crew in front of the workers, in the server's event loop: who does what, who waits, who is ended."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import signal
import socket
import subprocess
import sys
import time
from collections import deque
from typing import Any

from keiretsu.workers.limits import Limits
from keiretsu.workers.plan import Plan
from keiretsu.workers.product import BusyError, LimitError, Product, to_fault
from keiretsu.workers.wire import Frame, Record, receive, send
from keiretsu.workers.worker import Worker
from keiretsu_ontology.errors import StoreError

_TRIES = 4  # of work whose workers end at once
_AT_ONCE = 0.02  # seconds
_log = logging.getLogger("keiretsu")


class JobFailedError(RuntimeError):
    """A job failed by a fault of ours; the message is for the log, never for a client."""


class Crew:
    """Workers on one graph, kept and replaced; `run` gives a job to one of them."""

    def __init__(self, limits: Limits | None = None, *, jobs: str = "keiretsu.jobs") -> None:
        """Make a crew that is not yet there; entering it starts the first process.

        Args:
            limits: The bounds of its work.
            jobs: The module that holds the table JOBS of what it can do.
        """
        self.limits = limits or Limits()
        self._jobs = jobs
        self.plan = Plan()
        self.ended = 0  # workers that were ended or ended by themselves, since the start
        self.working = 0
        self._generation = 0
        self._root: subprocess.Popen[bytes] | None = None
        self._root_line: socket.socket | None = None
        self._keeper_line: socket.socket | None = None
        self._idle: list[Worker] = []
        self._workers: set[Worker] = set()
        self._waiting: deque[asyncio.Future[Worker]] = deque()
        self._hiring = asyncio.Lock()
        self._tasks: set[asyncio.Task[None]] = set()
        self._stopping = False
        self._changing = asyncio.Lock()
        self._changes = 0  # that are made or wait

    async def __aenter__(self) -> Crew:
        await asyncio.to_thread(self._start_root)
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    @property
    def generation(self) -> int:
        """How many graphs have been opened."""
        return self._generation

    @property
    def waiting(self) -> int:
        """How many wait for a worker."""
        return sum(not turn.done() for turn in self._waiting)

    @property
    def workers(self) -> list[int]:
        """The processes that work."""
        return sorted(worker.pid for worker in self._workers)

    def _start_root(self) -> None:
        ours, theirs = socket.socketpair()
        command = [sys.executable, "-m", "keiretsu.workers", str(theirs.fileno()), self._jobs]
        self._root = subprocess.Popen(command, pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL)  # noqa: S603
        theirs.close()
        self._root_line = ours

    async def open(self, plan: Plan) -> None:
        """Work on another graph from now on; what is being done on the one before is done to its end.

        Raises:
            KeiretsuError: It cannot be opened; the one before stays.
        """
        async with self._hiring:
            await self._turn_to(await asyncio.to_thread(self._keeper, plan), plan)

    async def change(self, given: dict[str, Any], body: bytes) -> Product:
        """Return what a change of the graph gives; it is answered when the changed graph is worked on.

        Changes are made one after the other, and others work on meanwhile, on the graph before.

        Raises:
            KeiretsuError: The graph may not be changed so; it is as it was.
            LimitError: The change took too long or too much memory; the graph is as it was.
            BusyError: Too many changes wait.
            JobFailedError: A fault of ours; the graph is as it was.
        """
        if self._changes >= self.limits.queue:
            raise BusyError(f"{self._changes} changes are waiting already; try again later")
        # A client that leaves does not take back what it sent: what is on disk and what is served stay the same.
        return await asyncio.shield(asyncio.ensure_future(self._change(given, body)))

    async def _change(self, given: dict[str, Any], body: bytes) -> Product:
        self._changes += 1
        try:
            async with self._changing:
                return await self._changed(given, body)
        finally:
            self._changes -= 1

    async def _changed(self, given: dict[str, Any], body: bytes) -> Product:
        ours, theirs = socket.socketpair()
        taken = False
        try:
            async with self._hiring:
                if self._keeper_line is None:
                    raise StoreError("no graph is open")
                pid = await asyncio.to_thread(_hand_over, self._keeper_line, theirs, {"change": given}, body)
            ours.settimeout(self.limits.change_seconds)
            try:
                message = await asyncio.to_thread(receive, ours)
            finally:
                ours.settimeout(None)
            frame = _told(message[0] if message is not None else None, pid)
            plan = Plan.from_record(frame.head["plan"])
            async with self._hiring:
                await self._turn_to(ours, plan)
                taken = True
            return _product(frame)
        finally:
            theirs.close()
            if not taken:
                ours.close()

    async def _turn_to(self, keeper: socket.socket, plan: Plan) -> None:
        """Work on the graph of another keeper from now on; `_hiring` is held."""
        generation = self._generation + 1
        hired: list[Worker] = []
        try:
            for _ in range(self.limits.workers):
                hired.append(await self._hire(keeper, generation))
        except BaseException:
            for worker in hired:
                self._dismiss(worker)
            keeper.close()
            raise
        before, self._keeper_line = self._keeper_line, keeper
        self.plan, self._generation = plan, generation
        idle, self._idle = self._idle, []
        for worker in idle:
            self._dismiss(worker)
        if before is not None:
            self._close_later(before)
        for worker in hired:
            self._give_back(worker)

    def _close_later(self, keeper: socket.socket) -> None:
        """Close the line to a keeper once its last worker is done: its workers end with it."""
        generation = self._generation

        async def wait() -> None:
            try:
                while any(worker.generation < generation for worker in self._workers):
                    await asyncio.sleep(0.05)
            finally:
                keeper.close()

        self._spawn(wait())

    def _spawn(self, work: Any) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _keeper(self, plan: Plan) -> socket.socket:
        """Return the line to a new keeper, once it has the graph."""
        assert self._root_line is not None  # noqa: S101  entered
        ours, theirs = socket.socketpair()
        send(self._root_line, {"plan": plan.to_record(), "limits": self.limits._asdict()}, handing=theirs)
        theirs.close()
        message = receive(ours)
        told = message[0].head if message is not None else {}
        if told.get("ready"):
            return ours
        ours.close()
        if message is None:
            raise StoreError("the process that keeps the graph ended while it opened it; is there enough memory?")
        raise to_fault(told)

    async def _hire(self, keeper: socket.socket, generation: int) -> Worker:
        ours, theirs = socket.socketpair()  # closed by the transport, and by whoever hands it over

        _, worker = await asyncio.get_running_loop().create_connection(lambda: Worker(generation), sock=ours)
        opened = worker.listen()
        try:
            worker.name(await asyncio.to_thread(_hand_over, keeper, theirs, {}, b""))
            told = (await opened).head
            if "error" in told:
                raise to_fault(told)
        except BaseException as error:
            opened.cancel()
            worker.end()
            theirs.close()
            if isinstance(error, (EOFError, OSError)):
                raise StoreError("a worker ended while it opened the graph") from None
            raise
        self._workers.add(worker)
        return worker

    async def run(self, job: str, **given: Any) -> Product:
        """Return what a job gives, done by a worker.

        Raises:
            KeiretsuError: As the job raises.
            LimitError: It took too long or too much memory.
            BusyError: Too much is waiting.
            JobFailedError: A fault of ours.
        """
        tries = _TRIES
        while True:
            worker = await self._free()
            self.working += 1
            began = time.monotonic()
            try:
                return _product(await self._answer(worker, {"job": job, "given": given}))
            except (BrokenPipeError, EOFError) as error:
                # Was it ended from outside while it was idle? Then another one does it.
                if (isinstance(error, EOFError) and (tries := tries - 1) == 0) or time.monotonic() - began > _AT_ONCE:
                    raise LimitError("it took too much memory, and was ended") from None
            finally:
                self.working -= 1

    async def _free(self) -> Worker:
        """Return a worker that is free, now or when its turn has come."""
        while self._idle and not self._waiting:
            worker = self._idle.pop()
            if not worker.gone:
                return worker
            self._replace(worker)
        if len(self._waiting) >= self.limits.queue and self.waiting >= self.limits.queue:
            raise BusyError(f"{self.waiting} others are waiting already; try again later")
        loop = asyncio.get_running_loop()
        turn: asyncio.Future[Worker] = loop.create_future()
        tired = loop.call_later(self.limits.patience, self._send_away, turn)
        self._waiting.append(turn)
        try:
            return await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled() and turn.exception() is None:
                self._give_back(turn.result())  # the client left just when its turn came
            raise
        finally:
            tired.cancel()

    def _send_away(self, turn: asyncio.Future[Worker]) -> None:
        if not turn.done():
            turn.set_exception(BusyError(f"nobody was free for {self.limits.patience:g} seconds; try again later"))

    async def _answer(self, worker: Worker, head: Record) -> Frame:
        """Return what a worker answers; one that does not in time, or for whom nobody waits, is ended."""
        overdue = asyncio.get_running_loop().call_later(self.limits.seconds, worker.end)
        began = time.monotonic()
        try:
            frame = await worker.tell(head)
        except (BrokenPipeError, EOFError):
            self._replace(worker)
            if time.monotonic() - began >= self.limits.seconds:
                raise LimitError(f"it took longer than {self.limits.seconds:g} seconds, and was ended") from None
            raise
        except asyncio.CancelledError:
            worker.end()
            self._replace(worker)
            raise
        finally:
            overdue.cancel()
        if frame.head.get("last"):
            self._replace(worker)
        else:
            self._give_back(worker)
        return frame

    def _give_back(self, worker: Worker) -> None:
        """Let a worker that is free do what waits longest, or rest; one of an older graph leaves."""
        if worker.generation != self._generation:
            self._dismiss(worker)
            return
        while self._waiting:
            turn = self._waiting.popleft()
            if not turn.done():
                turn.set_result(worker)
                return
        self._idle.append(worker)

    def _dismiss(self, worker: Worker) -> None:
        self._workers.discard(worker)
        worker.end()

    def _replace(self, worker: Worker) -> None:
        """Have another worker in the place of one that ended."""
        self._dismiss(worker)
        self.ended += 1
        if worker.generation == self._generation and not self._stopping:
            self._spawn(self._hire_another(worker.generation))

    async def _hire_another(self, generation: int) -> None:
        """Hire one more; where that fails again and again, pause longer and longer."""
        pause = 0.01
        while not self._stopping:
            async with self._hiring:
                if generation != self._generation or self._keeper_line is None:
                    return
                try:
                    worker = await self._hire(self._keeper_line, generation)
                except (StoreError, OSError) as error:
                    _log.warning("no worker could be hired: %s", error)
                else:
                    self._give_back(worker)
                    return
            await asyncio.sleep(pause)
            pause = min(2 * pause, 5.0)

    async def stop(self) -> None:
        """End all processes; what is being done is not waited for."""
        self._stopping = True
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        for worker in list(self._workers):
            self._dismiss(worker)
        await asyncio.sleep(0)  # lets lines close
        for line in (self._keeper_line, self._root_line):
            if line is not None:
                line.close()
        if self._root is not None:
            await asyncio.to_thread(self._root.wait)


def _hand_over(keeper: socket.socket, handed: socket.socket, head: Record, body: bytes) -> int:
    """Hand a socket to a keeper, and return the process that it forked for it."""
    with handed:
        send(keeper, head, body, handing=handed)
    message = receive(keeper)
    return int(message[0].head["pid"]) if message is not None else 0


def _told(frame: Frame | None, pid: int) -> Frame:
    """Return what the process that makes a change tells; one that did not in time, or not at all, is ended."""
    if frame is None:
        with contextlib.suppress(OSError):
            if pid:
                os.kill(pid, signal.SIGKILL)
        raise LimitError("the change took too long or too much memory; nothing was changed")
    if frame.head.get("error") == "Fault":
        raise JobFailedError(frame.head["message"])
    if "error" in frame.head:
        raise to_fault(frame.head)
    return frame


def _product(frame: Frame) -> Product:
    head = frame.head
    if (told := head.get("product")) is not None:
        headers = tuple((name, value) for name, value in told.pop("headers"))
        return Product(frame.body, headers=headers, **told)
    if head.get("error") == "Fault":
        raise JobFailedError(head["message"])
    raise to_fault(head)
