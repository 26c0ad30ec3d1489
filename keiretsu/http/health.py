"""Whether the server is well, and its numbers."""

from __future__ import annotations

from prometheus_client import CONTENT_TYPE_LATEST
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from keiretsu.http.metrics import Metrics
from keiretsu.http.site import Site

_UNKEPT = {"Cache-Control": "no-store"}


def routes(site: Site, metrics: Metrics) -> list[Route]:
    """Return the addresses of this face."""

    async def health(_: Request) -> Response:
        """Answer 200 while there are workers, 503 otherwise."""
        crew = site.crew
        record = {
            "status": "ok" if crew.workers else "no workers",
            "graph": crew.plan.current or "rdf",
            "generation": crew.generation,
            "workers": len(crew.workers),
            "working": crew.working,
            "waiting": crew.waiting,
        }
        return JSONResponse(record, 200 if crew.workers else 503, _UNKEPT)

    async def numbers(_: Request) -> Response:
        return Response(metrics.text(), headers=_UNKEPT, media_type=CONTENT_TYPE_LATEST)

    return [Route("/health", health), Route("/metrics", numbers)]
