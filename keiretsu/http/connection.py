"""A connection that may not dawdle: headers are bounded in size and in time, as uvicorn alone does not bound them."""

from __future__ import annotations

from asyncio import TimerHandle
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from keiretsu.workers.limits import Limits


def patient_protocol(limits: Limits) -> type[HttpToolsProtocol]:
    """Return the protocol that holds connections to some limits."""

    class Patient(HttpToolsProtocol):
        """HTTP/1.1 with a limit on the size of headers, and on the time that they take to come."""

        _overdue: TimerHandle | None = None
        _heading = True  # whether headers are being read
        _taken = 0

        def connection_made(self, transport: Any) -> None:
            super().connection_made(transport)
            self._overdue = self.loop.call_later(limits.header_seconds, self._give_up, 408)

        def connection_lost(self, exc: Exception | None) -> None:
            self._rest()
            super().connection_lost(exc)

        def data_received(self, data: bytes) -> None:
            if self._heading:
                self._taken += len(data)
            super().data_received(data)
            if self._heading and self._taken > limits.header:
                self._give_up(431)

        def on_message_begin(self) -> None:
            if self._overdue is None:
                self._overdue = self.loop.call_later(limits.header_seconds, self._give_up, 408)
            super().on_message_begin()

        def on_headers_complete(self) -> None:
            self._rest()
            self._heading, self._taken = False, 0
            super().on_headers_complete()

        def on_message_complete(self) -> None:
            self._heading = True
            super().on_message_complete()

        def _rest(self) -> None:
            if self._overdue is not None:
                self._overdue.cancel()
                self._overdue = None

        def _give_up(self, status: int) -> None:
            """Answer a request that will not be read to its end, and close."""
            if not self.transport.is_closing():
                words = {408: b"Request Timeout", 431: b"Request Header Fields Too Large"}[status]
                head = b"HTTP/1.1 %d %s\r\ncontent-length: 0\r\nconnection: close\r\n\r\n" % (status, words)
                self.transport.write(head)
                self.transport.close()

    return Patient
