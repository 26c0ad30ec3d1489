"""A connection that may not dawdle: headers bounded in size and time, readers that stop reading, too many at once.

uvicorn has no bounds for these; what is here is added to its protocol by the hooks of `asyncio.Protocol` and of its
parser.
"""

from __future__ import annotations

import json
from asyncio import TimerHandle, Transport
from functools import lru_cache, partial
from http import HTTPStatus
from typing import Any, cast

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

from keiretsu.http.problems import problem
from keiretsu.workers.limits import Limits

WHOLE = "keiretsu.whole"  # in the scope of a request: what writes a response in one piece
_WORDS = {
    408: "the headers did not come in time",
    431: "the headers are too long",
    503: "too many are connected; try again later",
}


def patient_protocol(limits: Limits) -> type[HttpToolsProtocol]:
    """Return the protocol that holds connections to some limits."""

    class Patient(HttpToolsProtocol):
        """HTTP/1.1 for clients that do their part."""

        _overdue: TimerHandle | None = None  # ends a request whose headers do not come
        _stalled: TimerHandle | None = None  # ends a response that is not read
        _heading = True  # whether headers are being read
        _taken = 0  # bytes that came while they were read
        _length = 0  # bytes of the request line and of them

        def connection_made(self, transport: Transport) -> None:  # type: ignore[override]
            super().connection_made(transport)
            if len(self.connections) > limits.connections:
                self._refuse(503)
                return
            self._overdue = self.loop.call_later(limits.header_seconds, self._refuse, 408)

        def connection_lost(self, exc: Exception | None) -> None:
            self._rest()
            if self._stalled is not None:
                self._stalled.cancel()
            super().connection_lost(exc)

        def data_received(self, data: bytes) -> None:
            if self.transport.is_closing():
                return
            self._taken += len(data) if self._heading else 0
            super().data_received(data)
            if self._heading and self._taken > limits.header:
                self._refuse(431)

        def on_message_begin(self) -> None:
            if self._overdue is None:
                self._overdue = self.loop.call_later(limits.header_seconds, self._refuse, 408)
            self._length = 0
            super().on_message_begin()

        def on_url(self, url: bytes) -> None:
            self._length += len(url)
            super().on_url(url)

        def on_header(self, name: bytes, value: bytes) -> None:
            self._length += len(name) + len(value) + 4
            super().on_header(name, value)

        def on_headers_complete(self) -> None:
            self._rest()
            self._heading, self._taken = False, 0
            usual = self.app
            self.app = usual if self._length <= limits.header else cast("Any", _too_long)
            super().on_headers_complete()
            self.app = usual
            if self.cycle is not None and self.cycle.scope is self.scope:
                cast("dict[str, Any]", self.scope)[WHOLE] = partial(_write_whole, self.cycle)

        def on_message_complete(self) -> None:
            self._heading = True
            super().on_message_complete()

        def pause_writing(self) -> None:
            super().pause_writing()
            if self._stalled is None:
                self._await_reader(self.transport.get_write_buffer_size())

        def resume_writing(self) -> None:
            if self._stalled is not None:
                self._stalled.cancel()
                self._stalled = None
            super().resume_writing()

        def _await_reader(self, before: int) -> None:
            self._stalled = self.loop.call_later(limits.idle_seconds, self._look_at_reader, before)

        def _look_at_reader(self, before: int) -> None:
            """End a response of which nothing was read since the last look."""
            left = self.transport.get_write_buffer_size()
            if left >= before:
                self.transport.abort()
            else:
                self._await_reader(left)

        def _rest(self) -> None:
            if self._overdue is not None:
                self._overdue.cancel()
                self._overdue = None

        def _refuse(self, status: int) -> None:
            """Answer a request that will not be read to its end, and close."""
            self._rest()
            if not self.transport.is_closing():
                self.transport.write(_refusal(status))
                self.transport.close()

    return cast("type[HttpToolsProtocol]", Patient)


def _write_whole(cycle: RequestResponseCycle, status: int, head: bytes, body: bytes) -> bool:
    """Write a response in one piece, and say whether that could be done; otherwise it is sent as usual.

    uvicorn writes head and body apart and looks at every header anew, which is half of the cost of a response that is
    ready. What it does beside that, it does here, too.
    """
    if not cycle.keep_alive or cycle.disconnected or cycle.response_started or cycle.flow.write_paused:
        return False
    if cycle.waiting_for_100_continue or cycle.scope["method"] == "HEAD":
        return False
    own = b"".join(b"%s: %s\r\n" % row for row in cycle.default_headers)
    cycle.response_started = cycle.response_complete = True
    cycle.transport.write(b"%s%s%s\r\n%s" % (_status_line(status), own, head, body))
    cycle.message_event.set()
    cycle.on_response()
    return True


@lru_cache(maxsize=100)
def _status_line(status: int) -> bytes:
    phrase = HTTPStatus(status).phrase if status in HTTPStatus._value2member_map_ else ""
    return f"HTTP/1.1 {status} {phrase}\r\n".encode("ascii")


_too_long = problem(431, _WORDS[431], {"Connection": "close"})


def _refusal(status: int) -> bytes:
    """Return a whole response as it goes over the wire."""
    title = HTTPStatus(status).phrase
    body = json.dumps({"type": "about:blank", "title": title, "status": status, "detail": _WORDS[status]}).encode()
    lines = [
        f"HTTP/1.1 {status} {title}",
        "Content-Type: application/problem+json",
        f"Content-Length: {len(body)}",
        *(["Retry-After: 5"] if status == 503 else []),
        "Connection: close",
    ]
    return "\r\n".join([*lines, "", ""]).encode("ascii") + body
