"""What every face works with: the crew, the settings, and how a product becomes a response."""

from __future__ import annotations

import asyncio
import gzip
import hashlib
from collections.abc import Coroutine, Iterable
from typing import Any, TypeVar

from starlette.requests import Request
from starlette.responses import Response

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
        body, tag = product.body, hashlib.sha256(product.body).hexdigest()[:24]
        if len(body) >= _WORTH_PACKING and "gzip" in request.headers.get("accept-encoding", ""):
            body, tag = gzip.compress(body, compresslevel=5, mtime=0), f"{tag}-gz"
            headers["Content-Encoding"] = "gzip"
        headers["ETag"] = f'"{tag}"'
        if product.status == 200 and request.method in ("GET", "HEAD") and _has(request, tag):
            headers.pop("Content-Encoding", None)
            return Response(None, 304, headers)
        return Response(body, product.status, headers, product.media)


def _has(request: Request, tag: str) -> bool:
    """Say whether the client has this already (RFC 9110, 13.1.2)."""
    told = request.headers.get("if-none-match", "")
    return any(one.strip().removeprefix("W/").strip('"') in (tag, "*") for one in told.split(",")) if told else False


async def attended(request: Request, work: Coroutine[Any, Any, Found]) -> Found:
    """Return what some work gives; it is cancelled where the client leaves before."""
    task = asyncio.ensure_future(work)
    try:
        done, _ = await asyncio.wait({task}, timeout=_AT_ONCE)
        if done:
            return task.result()
        gone = asyncio.ensure_future(_until_gone(request))
        try:
            await asyncio.wait({task, gone}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            gone.cancel()
        if task.done():
            return task.result()
        raise ClientLeftError
    finally:
        task.cancel()


async def _until_gone(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass
