"""SPARQL over HTTP: queries, the description of the service, and that of the dataset.

Source: SPARQL 1.1 Protocol; the job "sparql" evaluates.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Sequence

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from keiretsu.http.counting import Counting
from keiretsu.http.description import FORMS, Place
from keiretsu.http.negotiation import choose
from keiretsu.http.preflight import options
from keiretsu.http.protocol import Operation, read_operation
from keiretsu.http.query_page import query_page
from keiretsu.http.site import Site
from keiretsu.http.update import refused_or_changed

_ENDPOINT = ("GET", "HEAD", "POST", "OPTIONS")
_PAGE = ("GET", "HEAD", "OPTIONS")
_PATHS = ("/sparql", "/query", "/update")
_HTML = "text/html"
_HOST = re.compile(r"(?:[A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\])(?::\d{1,5})?")


def routes(site: Site) -> list[Route]:
    """Return the addresses of this face."""
    counting = Counting(site.crew)

    async def endpoint(request: Request) -> Response:
        operation = await read_operation(request, most=site.settings.limits.body)
        if operation.update is not None:
            return await refused_or_changed(site, request, operation)
        if operation.query is not None:
            return await _answered(site, request, operation.query, operation)
        return await _described(site, request, operation, counting)

    async def dataset(request: Request) -> Response:
        operation = await read_operation(request, most=0)
        media = _chosen(operation.accept, list(FORMS))
        address = place_of(site, request).address
        figures = await counting.figures()
        product = await site.work(request, "describe dataset", address=address, media=media, figures=figures)
        return site.respond(request, product, vary=["Accept"])

    return [
        *(_route(path, endpoint, _ENDPOINT) for path in _PATHS),
        *(_route(path, dataset, _PAGE) for path in ("/void", "/.well-known/void")),
    ]


def place_of(site: Site, request: Request) -> Place:
    """Return the address that was asked, as the client knows it; the gate has looked at its name."""
    own, host = site.settings, request.headers.get("host", "")
    if own.base or not _HOST.fullmatch(host):
        return Place(own.address, request.url.path)
    return Place(f"{request.url.scheme}://{host}", request.url.path)


async def _answered(site: Site, request: Request, text: str, operation: Operation) -> Response:
    """Return the response to a query."""
    product = await site.work(
        request,
        "sparql",
        text=text,
        accept=operation.accept,
        default_graphs=operation.default_graphs,
        named_graphs=operation.named_graphs,
        base=place_of(site, request).endpoint,
    )
    return site.respond(request, product, vary=["Accept"])


async def _described(site: Site, request: Request, operation: Operation, counting: Counting) -> Response:
    """Return the description of the service, or to a person in a browser a form to ask with."""
    media = _chosen(operation.accept, [*FORMS, _HTML])
    if media == _HTML:
        return query_page()
    address, path = place_of(site, request)
    changes = bool(site.settings.token) and path == "/sparql"
    figures = await counting.figures()
    product = await site.work(
        request, "describe service", address=address, path=path, media=media, changes=changes, figures=figures
    )
    return site.respond(request, product, vary=["Accept"])


def _chosen(accept: str | None, offered: Sequence[str]) -> str:
    media = choose(accept, offered)
    if media is None:
        raise HTTPException(406, f"a description comes as {', '.join(offered)}")
    return media


def _route(path: str, answer: Callable[[Request], Awaitable[Response]], methods: Sequence[str]) -> Route:
    async def within(request: Request) -> Response:
        return options(request, methods) if request.method == "OPTIONS" else await answer(request)

    return Route(path, within, methods=list(methods))
