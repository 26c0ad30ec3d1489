"""The addresses of linked data."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from keiretsu.http.linked.addresses import SORTS
from keiretsu.http.site import Site
from keiretsu_queries.calling import ParametersError

_PAGES = 100_000


def routes(site: Site) -> list[Route]:
    """Return the addresses of this face."""

    async def document(request: Request) -> Response:
        product = await site.work(
            request, "document", sort=request.url.path.split("/")[1], name=request.path_params["name"],
            accept=request.headers.get("accept"), part=request.query_params.get("part"), page=_page(request),
            up=_up(request),
        )  # fmt: skip
        return site.respond(request, product, vary=["Accept"])

    async def front(request: Request) -> Response:
        return site.respond(request, await site.work(request, "front"))

    async def found(request: Request) -> Response:
        text = request.query_params.get("q", "")
        return site.respond(request, await site.work(request, "candidates", text=text[:_LONGEST]))

    async def dataset(request: Request) -> Response:
        name = request.url.path.rpartition("/")[2]
        product = await site.work(request, "dataset", name=name, accept=request.headers.get("accept"))
        return site.respond(request, product, vary=["Accept"])

    async def ontology(request: Request) -> Response:
        given = {"name": request.path_params.get("name", ""), "accept": request.headers.get("accept")}
        product = await site.work(request, "terms", **given, up=_up(request))
        return site.respond(request, product, vary=["Accept"])

    return [
        Route("/", front),
        Route("/find", found),
        *(Route(f"/{sort}/{{name:path}}", document) for sort in SORTS),
        Route("/dataset", dataset),
        Route("/dataset.{form}", dataset),
        Route("/ontology", ontology),
        Route("/ontology.{name}", ontology),
        Route("/ontology/{name}", ontology),
    ]


_LONGEST = 300  # characters of a name that is looked for


def _page(request: Request) -> int:
    """Return which page is asked for.

    Raises:
        ParametersError: It is no whole number from 1 on.
    """
    text = request.query_params.get("page", "1")
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 0
    if not 1 <= number <= _PAGES:
        raise ParametersError([f"page is a whole number from 1 on, not {text[:60]!r}"])
    return number


def _up(request: Request) -> str:
    """Return the way from a page to the root of the server, as a browser counts it: an encoded slash is no step."""
    raw: bytes = request.scope.get("raw_path") or request.url.path.encode()
    return "/".join([".."] * (raw.partition(b"?")[0].count(b"/") - 1)) or "."
