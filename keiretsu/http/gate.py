"""What every request passes first: who asks, how large it is and how long it takes; and what every response has.

Source: OWASP on DNS rebinding and CSRF; Fetch standard for CORS.
"""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Callable
from urllib.parse import urlsplit

from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from keiretsu.http.connection import WHOLE
from keiretsu.http.journal import Entry, Journal
from keiretsu.http.keeping import Keeping, Kept, Told
from keiretsu.http.metrics import Metrics
from keiretsu.http.problems import problem
from keiretsu.http.settings import Settings

Whole = Callable[[int, bytes, bytes], bool]
Headers = list[tuple[bytes, bytes]]
_HEADERS: Headers = [
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"x-frame-options", b"DENY"),
    (b"cross-origin-resource-policy", b"same-origin"),
]
_POLICY = (
    b"content-security-policy",
    b"default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'",
)
_OF_A_BODY = (b"content-length", b"content-type", b"content-encoding")  # the policy stays: a browser takes the newest
_CONNECTION = re.compile(rb"^(?:connection|transfer-encoding):", re.IGNORECASE | re.MULTILINE)
_EXPOSED = b"ETag, Link, Location, Content-Location, Keiretsu-Cut"
_LARGE = ("/sparql", "/update", "/store", "/api/view/")  # addresses to which a graph, or a long list, may be sent


class Gate:
    """An ASGI application before another one."""

    def __init__(
        self, app: ASGIApp, settings: Settings, *, metrics: Metrics, journal: Journal, keeping: Keeping
    ) -> None:
        self._app = app
        self._settings = settings
        self._metrics = metrics
        self.journal = journal
        self._keeping = keeping
        self._hosts: dict[bytes, str | None] = {}  # what was found out of a Host header: its fault, or None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, answer it from what is kept, or refuse it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began, told = time.perf_counter(), Told()
        headers = dict(scope["headers"])
        origin = headers.get(b"origin", b"")
        fault = self._fault(headers, origin)
        key = None if fault else self._keeping.key_of(scope, headers)
        reply = _Reply(send, self._own(origin), self._keeping if key else None, scope.get(WHOLE))
        try:
            if fault is not None:
                await problem(*fault)(scope, receive, reply.send)
            elif key is not None and (kept := self._keeping.get(key)) is not None:
                reply.from_kept, told = True, kept.told
                if origin or b"if-none-match" in headers or not reply.wrote(200, kept.head, kept.body):
                    await _replay(kept, headers, reply.send)
            else:
                await self._app(scope, self._bounded(scope, headers, receive), reply.send)
                told = scope.get("keiretsu.told", told)
                if key is not None:
                    self._keeping.put(key, reply.kept(told, self._own(b"")))
        finally:
            seconds = time.perf_counter() - began
            self._metrics.count(scope["method"], scope["path"], reply.status, seconds, kept=reply.from_kept)
            self.journal.write(
                Entry(scope["method"], scope["path"], reply.status, seconds, reply.size, told.rows, reply.from_kept)
            )

    def _fault(self, headers: dict[bytes, bytes], origin: bytes) -> tuple[int, str] | None:
        """Return why a request is not answered: another site's name, or another site's page."""
        host = headers.get(b"host", b"")
        if host not in self._hosts:
            if len(self._hosts) > 1_000:
                self._hosts.clear()
            self._hosts[host] = self._strange(host)
        if (strange := self._hosts[host]) is not None:
            return 421, strange
        if origin and not self._allowed(origin):
            return 403, "pages of other sites may not ask here; the owner of this server may allow them"
        return None

    def _strange(self, host: bytes) -> str | None:
        name = _name_of(f"//{host.decode('latin-1')}")
        if name in self._settings.known_hosts:
            return None
        return f"this server is not called {name[:100]!r}; its owner may allow that name"

    def _allowed(self, origin: bytes) -> bool:
        """Say whether a page may ask: our own, on a port of ours or another, or one that the owner allowed."""
        text = origin.decode("latin-1")
        if text in self._settings.origins or "*" in self._settings.origins:
            return True
        return self._settings.is_own(text)

    def _own(self, origin: bytes) -> Headers:
        """Return the headers that every response to such a request has, where it has not other ones."""
        if not origin or not self._allowed(origin):
            return [*_HEADERS, (b"vary", b"Origin")] if self._settings.origins else _HEADERS
        shared = [row for row in _HEADERS if row[0] != b"cross-origin-resource-policy"]
        return [
            *shared,
            (b"access-control-allow-origin", origin),
            (b"access-control-expose-headers", _EXPOSED),
            (b"vary", b"Origin"),
        ]

    def _bounded(self, scope: Scope, headers: dict[bytes, bytes], receive: Receive) -> Receive:
        """Return what gives the body of a request, as long as it comes in time and is not too large."""
        limits = self._settings.limits
        most = limits.change if scope["path"].startswith(_LARGE) else limits.body
        length = headers.get(b"content-length", b"0")
        told = int(length) if length.isdigit() else 0
        taken, whole = 0, False
        ends = time.monotonic() + limits.body_seconds

        async def bounded() -> Message:
            nonlocal taken, whole
            if told > most:
                raise HTTPException(413, f"at most {most} bytes are taken here", {"Connection": "close"})
            if whole:
                return await receive()
            try:
                message = await asyncio.wait_for(receive(), ends - time.monotonic())
            except TimeoutError:
                raise HTTPException(408, "the body did not come in time", {"Connection": "close"}) from None
            taken += len(message.get("body", b""))
            whole = not message.get("more_body", False)
            if taken > most:
                raise HTTPException(413, f"at most {most} bytes are taken here", {"Connection": "close"})
            return message

        return bounded


class _Reply:
    """A response on its way out: our headers are added, and what is worth keeping is remembered."""

    def __init__(self, send: Send, own: Headers, keeping: Keeping | None, whole: Whole | None) -> None:
        self.status = 500
        self.size = 0
        self.from_kept = False
        self._send = send
        self._own = own
        self._keeping = keeping
        self._whole = whole
        self._held: Message | None = None  # the beginning of a response whose length is known, until its body comes
        self._headers: Headers = []
        self._body: list[bytes] = []
        self._ended = False

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self._headers = list(message.get("headers", ()))
            message = {**message, "headers": _with_own(self._headers, self._own)}
            if self._whole is not None and any(name == b"content-length" for name, _ in self._headers):
                self._held = message
                return
        elif message["type"] == "http.response.body":
            body = message.get("body", b"")
            self.size += len(body)
            self._ended = not message.get("more_body", False)
            if self._keeping is not None and self.size <= self._keeping.largest:
                self._body.append(body)
            if (held := self._held) is not None:
                self._held = None
                if self._ended and self.wrote(self.status, _head(held["headers"]), body):
                    return
                await self._send(held)
        await self._send(message)

    def wrote(self, status: int, head: bytes | None, body: bytes) -> bool:
        """Write a response in one piece where the connection takes that, and say whether it did."""
        if self._whole is None or not head or not self._whole(status, head, body):
            return False
        self.status, self.size = status, len(body)
        return True

    def kept(self, told: Told, own: Headers) -> Kept | None:
        """Return the response, where it may be given again, with the headers that others have, too."""
        if not told.steady or not self._ended or self.status != 200 or self._keeping is None:
            return None
        if self.size > self._keeping.largest:
            return None
        head = _head(_with_own(self._headers, own))
        return Kept(tuple(self._headers), b"".join(self._body), told, head or b"")


def _with_own(found: Headers, own: Headers) -> Headers:
    """Return the headers of a response with ours, where it has not other ones."""
    there = {name.lower() for name, _ in found}
    policy = [] if b"content-security-policy" in there else [_POLICY]
    return [*found, *(row for row in own if row[0] == b"vary" or row[0] not in there), *policy]


def _head(headers: Headers) -> bytes | None:
    """Return headers as they go over the wire; None where one needs a closer look."""
    text = b"".join([b"%s: %s\r\n" % row for row in headers])
    plain = text.count(b"\n") == text.count(b"\r") == len(headers) and b"\0" not in text
    return None if not plain or _CONNECTION.search(text) else text


async def _replay(kept: Kept, headers: dict[bytes, bytes], send: Send) -> None:
    """Give a response again, or say that the client has it."""
    tag = next((value for name, value in kept.headers if name == b"etag"), b"")
    if tag and tag in headers.get(b"if-none-match", b""):
        found = [row for row in kept.headers if row[0] not in _OF_A_BODY]
        await send({"type": "http.response.start", "status": 304, "headers": found})
        await send({"type": "http.response.body", "body": b""})
        return
    await send({"type": "http.response.start", "status": 200, "headers": list(kept.headers)})
    await send({"type": "http.response.body", "body": kept.body})


def _name_of(address: str) -> str:
    try:
        return (urlsplit(address).hostname or "").lower()
    except ValueError:
        return address[:100]
