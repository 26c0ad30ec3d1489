"""Whether the server is well, and its numbers."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from keiretsu.http.metrics import Metrics
from keiretsu.http.site import Site


def routes(site: Site, _: Metrics) -> list[Route]:
    """Return the addresses of this face."""

    async def health(_: Request) -> Response:
        well = bool(site.crew.workers)
        return JSONResponse({"status": "ok" if well else "no workers"}, 200 if well else 503)

    return [Route("/health", health)]
