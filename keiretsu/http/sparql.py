"""SPARQL over HTTP."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from keiretsu.http.site import Site


def routes(site: Site) -> list[Route]:
    """Return the addresses of this face."""

    async def query(request: Request) -> Response:
        product = await site.work(request, "sparql", text=request.query_params.get("query", ""))
        return site.respond(request, product, vary=["Accept"])

    return [Route("/sparql", query)]
