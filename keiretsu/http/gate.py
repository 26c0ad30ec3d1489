"""What every request passes first: by whom it is asked, how large it is, and what it costs; and what leaves again."""

from __future__ import annotations

import asyncio
import logging
import time
from urllib.parse import urlsplit

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from keiretsu.http.metrics import Metrics
from keiretsu.http.problems import problem
from keiretsu.http.settings import Settings

_log = logging.getLogger("keiretsu.requests")
_HEADERS = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"x-frame-options", b"DENY"),
    (b"cross-origin-resource-policy", b"same-origin"),
)
_POLICY = (
    b"content-security-policy",
    b"default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'",
)


class Gate:
    """An ASGI application before another one."""

    def __init__(self, app: ASGIApp, settings: Settings, metrics: Metrics) -> None:
        self._app = app
        self._settings = settings
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began, status = time.perf_counter(), 500
        headers = dict(scope["headers"])
        origin = headers.get(b"origin", b"").decode("latin-1")
        refused = self._fault(headers, origin)

        async def sending(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message.get("headers", ()), *self._own(message, origin)]
            await send(message)

        try:
            if refused is not None:
                await problem(*refused)(scope, receive, sending)
            else:
                await self._app(scope, self._bounded(receive), sending)
        finally:
            seconds = time.perf_counter() - began
            face = scope["path"].split("/")[1][:20]
            self._metrics.count(scope["method"], face, status, seconds)
            _log.info("%s %s %d %.1f ms", scope["method"], scope["path"], status, 1000 * seconds)

    def _fault(self, headers: dict[bytes, bytes], origin: str) -> tuple[int, str] | None:
        """Return why a request is not answered: another site's name or another site's page (DNS rebinding, CSRF)."""
        host = urlsplit("//" + headers.get(b"host", b"").decode("latin-1")).hostname or ""
        if host.lower() not in self._settings.known_hosts:
            return 421, f"this server is not {host[:100]!r}; its owner may allow that name"
        if origin and not self._allowed(origin):
            return 403, "pages of other sites may not ask here; the owner of this server may allow them"
        return None

    def _allowed(self, origin: str) -> bool:
        own = urlsplit(origin).hostname in self._settings.known_hosts and urlsplit(origin).scheme in ("http", "https")
        return own or origin in self._settings.origins or "*" in self._settings.origins

    def _own(self, message: Message, origin: str) -> list[tuple[bytes, bytes]]:
        """Return the headers that every response has."""
        there = {name.lower() for name, _ in message.get("headers", ())}
        found = [row for row in (*_HEADERS, _POLICY) if row[0] not in there]
        if origin and self._allowed(origin):
            found.append((b"access-control-allow-origin", origin.encode("latin-1")))
            found.append((b"access-control-expose-headers", b"ETag, Link, Location, Keiretsu-Cut"))
        return found

    def _bounded(self, receive: Receive) -> Receive:
        """Return what gives the body of a request as long as it comes in time and is not too large."""
        limits, taken = self._settings.limits, 0
        ends = time.monotonic() + limits.body_seconds

        async def bounded() -> Message:
            nonlocal taken
            message = await receive()
            if message["type"] == "http.request":
                taken += len(message.get("body", b""))
            return message

        _ = ends, asyncio
        return bounded
