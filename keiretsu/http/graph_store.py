"""Graphs as a whole over HTTP: read, put, added to and deleted.

Source: SPARQL 1.1 Graph Store HTTP Protocol. A graph is named by `?graph=IRI` or `?default`, or by its own address
beneath /store.
"""

from __future__ import annotations

import uuid
from email.message import Message
from typing import NamedTuple

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from keiretsu.http.allowed import see_token
from keiretsu.http.negotiation import choose
from keiretsu.http.preflight import options
from keiretsu.http.site import Site
from keiretsu.http.sparql import place_of
from keiretsu.workers.plan import Desk
from keiretsu.workers.product import Product
from keiretsu_ontology.errors import NotThereError, UsageError

_GRAPH_MEDIA = {
    "text/turtle": "turtle",
    "application/n-triples": "ntriples",
    "application/ld+json": "jsonld",
    "application/rdf+xml": "rdfxml",
}
_DATASET_MEDIA = {"application/n-quads": "nquads", "application/trig": "trig"}
_READ = ("text/turtle", "application/x-turtle", "application/n-triples", "text/plain", "application/rdf+xml",
         "application/ld+json")  # fmt: skip
_METHODS = ("GET", "HEAD", "PUT", "POST", "DELETE", "OPTIONS")


class Target(NamedTuple):
    """Which graph a request is about."""

    graph: str | None = None  # None: the default graph
    whole: bool = False  # no graph, but the store as a whole


def routes(site: Site) -> list[Route]:
    """Return the addresses of this face."""

    async def store(request: Request) -> Response:
        if request.method == "OPTIONS":
            return options(request, _METHODS)
        target = _target(site, request)
        if request.method in ("GET", "HEAD"):
            return await _read(site, request, target)
        see_token(site, request)
        if request.method == "DELETE":
            return await _deleted(site, target)
        return await _written(site, request, target)

    return [Route(path, store, methods=list(_METHODS)) for path in ("/store", "/store/{path:path}")]


def _target(site: Site, request: Request) -> Target:
    """Return which graph is meant.

    Raises:
        HTTPException: It is said twice, or not as the protocol has it.
    """
    place = place_of(site, request)
    given = request.query_params.multi_items()
    graphs = [value for name, value in given if name == "graph"]
    default = [value for name, value in given if name == "default"]
    if request.path_params.get("path"):
        if graphs or default:
            raise HTTPException(400, "a graph is named by its address or beside it, not both")
        return Target(f"{place.address}{request.url.path}")
    if len(graphs) + len(default) > 1:
        raise HTTPException(400, "one graph is named: ?graph=IRI or ?default")
    if default:
        return Target()
    if not graphs:
        return Target(whole=True)
    if ":" not in graphs[0] or any(char in graphs[0] for char in '<>"{}|\\^` \n'):
        raise HTTPException(400, f"{graphs[0][:200]!r} is not an absolute IRI")
    return Target(graphs[0])


async def _read(site: Site, request: Request, target: Target) -> Response:
    known = _DATASET_MEDIA if target.whole else _GRAPH_MEDIA
    media = choose(request.headers.get("accept"), list(known))
    if media is None:
        raise HTTPException(406, f"it is had as {', '.join(known)}")
    product = await site.work(
        request, "dump", graph=target.graph, whole=target.whole, fmt=known[media], media=media
    )  # fmt: skip
    return site.respond(request, product, vary=["Accept"])


def dump(desk: Desk, *, graph: str | None, whole: bool, fmt: str, media: str) -> Product:
    """Return a graph, or all of them.

    Raises:
        NotThereError: There is no such graph.
        UsageError: There is more than may be answered at once.
    """
    import pyoxigraph as ox

    from keiretsu_graph.changes import holds
    from keiretsu_graph.results import GRAPH_FORMATS

    form = GRAPH_FORMATS[fmt]
    if whole:
        body = desk.store.dump(format=form)
    elif not holds(desk.store, graph):
        raise NotThereError(f"there is no graph {graph!r}")
    else:
        name = ox.DefaultGraph() if graph is None else ox.NamedNode(graph)
        body = desk.store.dump(format=form, from_graph=name)
    found = bytes(body or b"")
    if len(found) > desk.limits.answer:
        raise UsageError(f"the graph has {len(found)} bytes, more than is sent at once; ask for parts in SPARQL")
    return Product(found, media)


async def _deleted(site: Site, target: Target) -> Response:
    if target.whole:
        raise HTTPException(400, "name the graph to delete: ?graph=IRI or ?default")
    product = await site.crew.change({"kind": "delete", "graph": target.graph}, b"")
    return Response(status_code=product.status)


async def _written(site: Site, request: Request, target: Target) -> Response:
    """Return the response to a graph that is put or added to."""
    if request.headers.get("content-encoding", "identity").lower() != "identity":
        raise HTTPException(415, "a graph is sent as it is, not packed")
    place, headers = place_of(site, request), {}
    media = _media(request.headers.get("content-type"))
    if target.whole and media in _DATASET_MEDIA:
        given = {"kind": "dataset", "media": media, "replace": request.method == "PUT"}
        return Response(status_code=(await site.crew.change(given, await request.body())).status)
    if target.whole:
        if request.method == "PUT":
            raise HTTPException(400, "name the graph to put: ?graph=IRI or ?default")
        target = Target(f"{place.address}/store/{uuid.uuid4()}")
        headers["Location"] = str(target.graph)
    parts = await _parts(request, media)
    told = [[kind, len(data)] for kind, data in parts]
    given = {
        "kind": request.method.lower(), "graph": target.graph, "parts": told,
        "base": target.graph or f"{place.address}/store?default",
    }  # fmt: skip
    product = await site.crew.change(given, b"".join(data for _, data in parts))
    return Response(status_code=product.status, headers=headers)


async def _parts(request: Request, media: str) -> list[tuple[str, bytes]]:
    """Return what is sent: one graph, or several in a form."""
    if media == "multipart/form-data":
        async with request.form(max_files=100, max_fields=100) as form:
            found = []
            for _, value in form.multi_items():
                if isinstance(value, str):
                    raise HTTPException(415, "each part of the form is a file with its media type")
                found.append((_known(_media(value.content_type)), await value.read()))
            return found
    return [(_known(media), await request.body())]


def _known(media: str) -> str:
    if media not in _READ:
        raise HTTPException(415, f"a graph is sent as {', '.join(_READ)}; not as {media[:100]}")
    return media


def _media(header: str | None) -> str:
    """Return a media type without its parameters; a graph without one is Turtle."""
    told = Message()
    told["Content-Type"] = header or "text/turtle"
    return told.get_content_type()
