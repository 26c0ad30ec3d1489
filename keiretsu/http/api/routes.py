"""The addresses of the JSON API."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Awaitable, Callable
from functools import cache
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from keiretsu.http.api.jobs import FORMS, LARGEST_PAGE, LISTED, PAGE_SIZE
from keiretsu.http.api.openapi import document
from keiretsu.http.negotiation import choose
from keiretsu.http.pages import html_page
from keiretsu.http.problems import problem
from keiretsu.http.site import Site
from keiretsu.workers.product import NotAcceptableError, Product
from keiretsu_ontology.notation import nearest
from keiretsu_queries.calling import ParametersError
from keiretsu_queries.parameters import parameters_of
from keiretsu_queries.questions import QUESTIONS

Given = dict[str, list[str]]
_PARTS = ("rows", "claims")


def routes(site: Site) -> list[Route]:
    """Return the addresses of this face."""

    async def answer(request: Request) -> Response:
        name = request.path_params["question"]
        if (stranger := stranger_of(name)) is not None:
            return stranger
        given = given_of(request)
        form = _form(request, given)
        product = await site.work(request, "answer", question=name, given=given, form=form)
        return site.respond(request, product, vary=["Accept"])

    async def part(request: Request) -> Response:
        name = request.path_params["question"]
        if (stranger := stranger_of(name)) is not None:
            return stranger
        given = given_of(request)
        size, cursor = _paging(given)
        job = request.path_params["part"]
        return await paged(request, job, question=name, given=given, size=size, cursor=cursor)

    async def listing(request: Request) -> Response:
        given = given_of(request)
        size, cursor = _paging(given)
        what = request.path_params["what"]
        return await paged(request, "listing", what=what, given=given, size=size, cursor=cursor)

    async def paged(request: Request, job: str, **given: object) -> Response:
        product = await site.work(request, job, **given)
        return site.respond(request, _linked(request, product))

    async def index(request: Request) -> Response:
        media = choose(request.headers.get("accept"), ["application/json", "text/html"])
        if media is None:
            raise NotAcceptableError("the list of questions is had as application/json or text/html")
        if media == "text/html":
            page = html_page("api.html", "Questions", questions=_index(), listed=LISTED, address=site.settings.address)
            return site.respond(request, page, vary=["Accept"])
        return JSONResponse(
            {"questions": _index(), "data": [f"/api/data/{name}" for name in LISTED], "openapi": "/api/openapi.json"}
        )

    async def openapi(request: Request) -> Response:
        return site.respond(request, _document(site.settings.address))

    return [
        Route("/api", index),
        Route("/api/", index),
        Route("/api/openapi.json", openapi),
        Route("/openapi.json", openapi),
        *(Route(f"/api/data/{name}", _with(listing, what=name)) for name in LISTED),
        *(Route(f"/api/{{question}}/{name}", _with(part, part=name)) for name in _PARTS),
        Route("/api/{question}", answer),
    ]


Endpoint = Callable[[Request], Awaitable[Response]]


def _with(endpoint: Endpoint, **named: str) -> Endpoint:
    """Return an endpoint that is told more than its address holds."""

    async def told(request: Request) -> Response:
        request.path_params.update(named)
        return await endpoint(request)

    return told


def stranger_of(name: str) -> Response | None:
    """Return what is answered where there is no such question."""
    if name in QUESTIONS:
        return None
    near = nearest(name[:60], QUESTIONS)
    return problem(404, f"there is no question {name[:60]!r}{near}; /api/ lists them", questions=list(QUESTIONS))


def given_of(request: Request) -> Given:
    """Return what an address is asked with: the values of each parameter, in their order."""
    given: Given = defaultdict(list)
    for name, value in request.query_params.multi_items():
        given[name].append(value)
    return dict(given)


def _form(request: Request, given: Given) -> str:
    """Return the form that a client asks for: by the parameter `format`, else by what it accepts."""
    named = given.pop("format", [])
    if named:
        if len(named) > 1 or named[0] not in FORMS:
            near = nearest(named[0][:60], FORMS)
            raise ParametersError([f"there is no format {named[0][:60]!r}{near}; there are {', '.join(FORMS)}"])
        return named[0]
    by_media = {media.partition(";")[0]: name for name, (media, _) in FORMS.items()}
    media = choose(request.headers.get("accept"), list(by_media))
    if media is None:
        raise NotAcceptableError(f"answers are had as {', '.join(by_media)}")
    return by_media[media]


def _paging(given: Given) -> tuple[int, str | None]:
    """Return the size of a page and the cursor, taken out of what is given."""
    faults = []
    sizes, cursors = given.pop("page_size", []), given.pop("cursor", [])
    for name, values in (("page_size", sizes), ("cursor", cursors)):
        if len(values) > 1:
            faults.append(f"{name} is given {len(values)} times; it may be given once")
    if cursors == [""]:
        faults.append("cursor is empty; without one, a list begins at its beginning")
    size = PAGE_SIZE
    if sizes:
        number = int(sizes[0]) if sizes[0].isascii() and sizes[0].isdigit() and len(sizes[0]) < 9 else 0
        if not 1 <= number <= LARGEST_PAGE:
            faults.append(f"page_size is a whole number from 1 to {LARGEST_PAGE}, not {sizes[0][:60]!r}")
        size = number
    if faults:
        raise ParametersError(faults)
    return size, cursors[0] if cursors else None


def _linked(request: Request, product: Product) -> Product:
    """Return a page with the address of the next one in its headers (RFC 8288)."""
    headers = dict(product.headers)
    cursor = headers.pop("Keiretsu-Next", None)
    if cursor is None:
        return product
    kept = [(name, value) for name, value in request.query_params.multi_items() if name != "cursor"]
    query = urlencode([*kept, ("cursor", cursor)])
    return product._replace(headers=(*headers.items(), ("Link", f'<{request.url.path}?{query}>; rel="next"')))


@cache
def _index() -> list[dict[str, object]]:
    return [
        {
            "name": question.name,
            "asks": question.asks,
            "help": question.help,
            "address": f"/api/{question.name}",
            "parameters": [
                {"name": row.name.rstrip("_"), "help": row.told.help, "required": row.row.default is row.row.empty}
                for row in parameters_of(question.ask)
            ],
            "examples": list(question.examples),
        }
        for question in QUESTIONS.values()
    ]


@cache
def _document(address: str) -> Product:
    return document(address)
