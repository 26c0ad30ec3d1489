"""The line to one worker, in the server's event loop."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
from typing import Any

from keiretsu.workers.wire import Frame, Record, pack, unpack


class Worker(asyncio.Protocol):
    """The line to one worker."""

    def __init__(self, generation: int) -> None:
        self.generation = generation
        self.pid = 0
        self._handle = -1  # a descriptor of the process, which never means another one
        self._line: Any = None
        self._buffer = bytearray()
        self._answer: asyncio.Future[Frame] | None = None
        self.gone = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the line."""
        self._line = transport

    def data_received(self, data: bytes) -> None:
        """Gather an answer."""
        self._buffer += data
        if (frame := unpack(self._buffer)) is not None and self._answer is not None and not self._answer.done():
            self._answer.set_result(frame)

    def connection_lost(self, error: Exception | None) -> None:
        """Tell whoever waits that nothing will come; an error means that the last message was not read."""
        self.gone = True
        if self._handle >= 0:
            os.close(self._handle)
            self._handle = -1
        if self._answer is not None and not self._answer.done():
            self._answer.set_exception(EOFError() if error is None else BrokenPipeError())

    def listen(self) -> asyncio.Future[Frame]:
        """Return the next answer, to be awaited.

        Raises:
            EOFError: The process ended while it worked.
            BrokenPipeError: It had ended before it was told anything.
        """
        self._answer = asyncio.get_running_loop().create_future()
        if self.gone:
            self._answer.set_exception(BrokenPipeError())
        return self._answer

    def tell(self, head: Record) -> asyncio.Future[Frame]:
        """Send a message and return the answer, to be awaited."""
        answer = self.listen()
        if not self.gone:
            self._line.write(pack(head))
        return answer

    def name(self, pid: int) -> None:
        """Keep which process it is."""
        self.pid = pid
        if pid == 0:
            raise EOFError
        with contextlib.suppress(AttributeError, OSError):
            self._handle = os.pidfd_open(pid)

    def end(self) -> None:
        """End the process now, whatever it is doing."""
        with contextlib.suppress(OSError):
            if self._handle >= 0:
                signal.pidfd_send_signal(self._handle, signal.SIGKILL)
            elif not self.gone and self.pid:
                os.kill(self.pid, signal.SIGKILL)
        self._line.close()
