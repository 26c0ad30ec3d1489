"""Updates of the graph over HTTP.

Source: SPARQL 1.1 Protocol, 2.2.
"""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from keiretsu.http.allowed import see_token
from keiretsu.http.protocol import Operation
from keiretsu.http.site import Site


async def refused_or_changed(site: Site, request: Request, operation: Operation) -> Response:
    """Return the response to an update, whose text and graphs were read already."""
    see_token(site, request)
    given = {
        "kind": "update",
        "using": list(operation.using_graphs),
        "using_named": list(operation.using_named_graphs),
        "base": f"{site.settings.address}/sparql",
    }
    product = await site.crew.change(given, (operation.update or "").encode("utf-8"))
    return Response(status_code=product.status)
