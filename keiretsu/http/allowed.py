"""Who may change the graph: whoever shows the token, where the owner lets it be changed at all."""

from __future__ import annotations

import hmac

from starlette.exceptions import HTTPException
from starlette.requests import Request

from keiretsu.http.site import Site


def see_token(site: Site, request: Request) -> None:
    """Raise where a request may not change the graph.

    Raises:
        HTTPException: 403 where nobody may, 401 for one without the token.
    """
    token = site.settings.token
    if token is None:
        raise HTTPException(403, "this server is read-only; its owner may start it with --write")
    scheme, _, shown = request.headers.get("authorization", "").partition(" ")
    right = hmac.compare_digest(shown.strip().encode("utf-8", "replace"), token.encode("utf-8"))
    if scheme.lower() != "bearer" or not right:
        challenge = {"WWW-Authenticate": 'Bearer realm="keiretsu"'}
        raise HTTPException(401, "a change needs the token of this server: Authorization: Bearer TOKEN", challenge)
