"""Updates of the graph over HTTP."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from keiretsu.http.problems import problem
from keiretsu.http.protocol import Operation
from keiretsu.http.site import Site


async def refused_or_changed(site: Site, request: Request, operation: Operation) -> Response:
    """Return the response to an update, whose text and graphs were read already."""
    del site, request, operation
    return problem(403, "this server is read-only")
