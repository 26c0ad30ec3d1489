"""The graph for another process: the primitives of the `View` contract over HTTP, for `keiretsu.connect`."""

from __future__ import annotations

import json
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from keiretsu.http.cursors import cut
from keiretsu.http.site import Site
from keiretsu.workers.plan import Desk
from keiretsu.workers.product import Product
from keiretsu_graph.calls import PRIMITIVES
from keiretsu_ontology.errors import UsageError

VERSION = 1  # of what goes between the two
PAGE = 5_000  # items at once


def see(desk: Desk, *, primitive: str, given: dict[str, Any], cursor: str | None) -> Product:
    """Return what a primitive of the contract gives, as plain data, one page of it."""
    kind, graph = PRIMITIVES[primitive], desk.build.manifest.digest
    items = list(kind.call(desk.view, given))
    page = cut(items, size=PAGE, cursor=cursor, graph=graph, asked=[primitive, given])
    record = {"version": VERSION, "graph": graph, "next": page.next, "items": [kind.write(item) for item in page.items]}
    body = json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    return Product(body, rows=len(page.items))


def routes(site: Site) -> list[Route]:
    """Return the addresses of this face."""

    async def view(request: Request) -> Response:
        primitive = request.path_params["primitive"]
        if primitive not in PRIMITIVES:
            raise HTTPException(404, f"there is no primitive {primitive[:60]!r}; there are {', '.join(PRIMITIVES)}")
        if request.headers.get("content-type", "").partition(";")[0].strip() != "application/json":
            raise HTTPException(415, "what is asked is sent as application/json")
        given, cursor = _read(await request.body())
        product = await site.work(request, "see", primitive=primitive, given=given, cursor=cursor)
        return site.respond(request, product)

    return [Route("/api/view/{primitive}", view, methods=["POST"])]


def _read(body: bytes) -> tuple[dict[str, Any], str | None]:
    try:
        given = json.loads(body)
    except (ValueError, RecursionError):
        raise UsageError("what is asked is no JSON") from None
    if not isinstance(given, dict):
        raise UsageError("what is asked is an object")
    cursor = given.pop("cursor", None)
    if cursor is not None and not isinstance(cursor, str):
        raise UsageError("cursor is a text")
    return given, cursor
