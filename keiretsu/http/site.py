"""What every face works with: the crew, the settings, and how a product becomes a response."""

from __future__ import annotations

import asyncio
import gzip
import hashlib
from collections.abc import Coroutine, Iterable
from typing import Any, TypeVar

from starlette.requests import Request
from starlette.responses import Response

from keiretsu.http.keeping import Told
from keiretsu.http.large import LARGE, LargeResponse, Outgoing
from keiretsu.http.negotiation import takes_coding
from keiretsu.http.problems import problem
from keiretsu.http.settings import Settings
from keiretsu.workers.crew import Crew
from keiretsu.workers.product import Product

Found = TypeVar("Found")
_AT_ONCE = 0.05  # seconds before we look whether the client is still there
_WORTH_PACKING = 1_000  # bytes


class ClientLeftError(Exception):
    """The client went away before it had its answer."""


class Site:
    """A served graph."""

    def __init__(self, crew: Crew, settings: Settings) -> None:
        self.crew = crew
        self.settings = settings
        self.outgoing = Outgoing(settings.limits.outgoing)

    async def work(self, request: Request, job: str, **given: Any) -> Product:
        """Return what a job gives; it is ended where the client leaves.

        Raises:
            KeiretsuError: As the job raises.
            ClientLeftError: The client left.
        """
        return await attended(request, self.crew.run(job, **given))

    def respond(
        self, request: Request, product: Product, *, vary: Iterable[str] = (), cache: str = "no-cache"
    ) -> Response:
        """Return the response that gives a product: with ETag, packed where the client takes that, or 304."""
        headers = {"Cache-Control": cache, "Vary": ", ".join(["Accept-Encoding", *vary])}
        headers |= dict(product.headers)
        if product.cut:
            headers["Keiretsu-Cut"] = f"rows={product.rows}"
        request.scope["keiretsu.told"] = Told(product.rows, product.steady)
        body, tag = product.body, hashlib.sha256(product.body).hexdigest()[:24]
        if len(body) >= _WORTH_PACKING and takes_coding(request.headers.get("accept-encoding"), "gzip"):
            body, tag = gzip.compress(body, compresslevel=5, mtime=0), f"{tag}-gz"
            headers["Content-Encoding"] = "gzip"
        headers["ETag"] = f'"{tag}"'
        if product.status == 200 and request.method in ("GET", "HEAD") and _has(request, tag):
            headers.pop("Content-Encoding", None)
            return Response(None, 304, headers)
        if len(body) < LARGE or request.method == "HEAD":
            return Response(body, product.status, headers, product.media)
        if not self.outgoing.takes(len(body)):
            return problem(503, "too many large answers are on their way; try again later")
        response = LargeResponse(body, product.status, headers, product.media)
        response.outgoing = self.outgoing
        return response


def _has(request: Request, tag: str) -> bool:
    """Say whether the client has this already (RFC 9110, 13.1.2)."""
    told = request.headers.get("if-none-match", "")
    return any(one.strip().removeprefix("W/").strip('"') in (tag, "*") for one in told.split(",")) if told else False


async def attended(request: Request, work: Coroutine[Any, Any, Found]) -> Found:
    """Return what some work gives; it is cancelled where the client leaves before."""
    watch = _Watch(request)
    planned = asyncio.get_running_loop().call_later(_AT_ONCE, watch.begin)
    try:
        return await work
    except asyncio.CancelledError:
        if not watch.left:
            raise
        raise ClientLeftError from None
    finally:
        planned.cancel()
        watch.end()


class _Watch:
    """Looks whether a client is still there, and cancels the work for it where it is not."""

    def __init__(self, request: Request) -> None:
        self.left = False
        self._request = request
        self._working = asyncio.current_task()
        self._watching: asyncio.Task[None] | None = None

    def begin(self) -> None:
        self._watching = asyncio.ensure_future(self._until_gone())

    def end(self) -> None:
        if self._watching is not None:
            self._watching.cancel()

    async def _until_gone(self) -> None:
        while (await self._request.receive())["type"] != "http.disconnect":
            pass
        self.left = True
        if self._working is not None:
            self._working.cancel()
