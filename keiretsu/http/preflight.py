"""What may be done with an address: the answer to OPTIONS, also when a browser asks before a page of another site does.

Whether that page's site is allowed is the gate's to say, before anything comes here. Source: Fetch standard, 3.2.
"""

from __future__ import annotations

from collections.abc import Sequence

from starlette.requests import Request
from starlette.responses import Response

_HEADERS = "Accept, Authorization, Content-Type, If-Match, If-None-Match"
_SECONDS = 600  # that a browser need not ask again


def options(request: Request, methods: Sequence[str]) -> Response:
    """Return the methods of an address, and to a browser that asks what a page may send there."""
    allowed = ", ".join(methods)
    headers = {"Allow": allowed}
    if "origin" in request.headers and "access-control-request-method" in request.headers:
        headers |= {
            "Access-Control-Allow-Methods": allowed,
            "Access-Control-Allow-Headers": _HEADERS,
            "Access-Control-Max-Age": str(_SECONDS),
            "Vary": "Access-Control-Request-Method, Access-Control-Request-Headers",
        }
    return Response(None, 204, headers)
