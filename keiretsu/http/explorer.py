"""The addresses of the explorer: the page, its script and style, and the parts of the graph that it asks for."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from keiretsu.explorer import built
from keiretsu.explorer.terms import terms_record
from keiretsu.http.api.routes import given_of, stranger_of
from keiretsu.http.site import Site
from keiretsu.saved import library_queries, title_of
from keiretsu.workers.product import Product
from keiretsu_ontology.errors import NotThereError, UsageError
from keiretsu_ontology.notation import nearest
from keiretsu_queries.calling import ParametersError, see_text

MOST_IDS = 5_000  # things of a fragment
MOST_READ = 500  # things and claims whose details are asked for at once
MOST_FOUND = 100  # things that a text may mean
_FOREVER = "public, max-age=31536000, immutable"  # the name of a file changes with what stands in it


class Number(NamedTuple):
    """A parameter that is a whole number from 1 on."""

    usual: str
    most: int


class Asset(NamedTuple):
    """A file of the page."""

    name: str  # within /explore/, with a digest of its text
    product: Product


@cache
def assets() -> dict[str, Asset]:
    """Return the files of the page: its script, its style, and the script of the SPARQL panel.

    Raises:
        KeiretsuError: The explorer was not bundled.
    """
    texts = {
        "explorer": ("js", "text/javascript", built.script()),
        "style": ("css", "text/css", built.style()),
        "sparql": ("js", "text/javascript", built.sparql_script()),
    }
    found = {}
    for name, (suffix, media, text) in texts.items():
        body = text.encode("utf-8")
        digest = hashlib.sha256(body).hexdigest()[:16]
        found[name] = Asset(f"{name}-{digest}.{suffix}", Product(body, f"{media}; charset=utf-8"))
    return found


def routes(site: Site) -> list[Route]:
    """Return the addresses of this face."""

    async def page(request: Request) -> Response:
        files = assets()
        named = {"script": files["explorer"], "style": files["style"], "sparql": files["sparql"]}
        addresses = {use: f"explore/{asset.name}" for use, asset in named.items()}
        return site.respond(request, await site.work(request, "explore page", assets=addresses))

    async def asset(request: Request) -> Response:
        name = "{stem}.{suffix}".format(**request.path_params)
        found = next((row for row in assets().values() if row.name == name), None)
        if found is None:
            raise NotThereError(f"the explorer has no file {name[:60]!r}")
        return site.respond(request, found.product, cache=_FOREVER)

    async def find(request: Request) -> Response:
        given = _parameters(request, text="", limit=Number("10", MOST_FOUND))
        return await worked(request, "explore find", text=given["text"], limit=int(given["limit"]))

    async def tally(request: Request) -> Response:
        return await worked(request, "explore tally", entity=_parameters(request, id=None)["id"])

    async def fragment(request: Request) -> Response:
        wanted = _lists(await _body(request), ("ids",), MOST_IDS)
        return await worked(request, "explore fragment", **wanted)

    async def everything(request: Request) -> Response:
        _parameters(request)
        return await worked(request, "explore everything")

    async def details(request: Request) -> Response:
        wanted = _lists(await _body(request), ("entities", "claims"), MOST_READ)
        return await worked(request, "explore details", **wanted)

    async def ask(request: Request) -> Response:
        question = request.path_params["question"]
        if (stranger := stranger_of(question)) is not None:
            return stranger
        return await worked(request, "explore ask", question=question, given=given_of(request))

    async def queries(request: Request) -> Response:
        return site.respond(request, _queries())

    async def terms(request: Request) -> Response:
        return site.respond(request, _terms())

    async def worked(request: Request, job: str, **given: Any) -> Response:
        return site.respond(request, await site.work(request, job, **given))

    async def moved(_: Request) -> Response:
        return RedirectResponse("../explore", 308)

    return [
        Route("/explore", page),
        Route("/explore/", moved),
        Route("/explore/find", find),
        Route("/explore/tally", tally),
        Route("/explore/fragment", fragment, methods=["POST"]),
        Route("/explore/everything", everything),
        Route("/explore/details", details, methods=["POST"]),
        Route("/explore/ask/{question}", ask),
        Route("/explore/queries", queries),
        Route("/explore/terms", terms),
        Route("/explore/{stem}.{suffix}", asset),
    ]


@cache
def _queries() -> Product:
    rows = [{"name": name, "title": title_of(text), "text": text} for name, text in library_queries().items()]
    return _product(rows, len(rows))


@cache
def _terms() -> Product:
    record = terms_record()
    return _product(record, len(record["terms"]))


def _product(record: Any, rows: int) -> Product:
    return Product(json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode("utf-8"), rows=rows)


def _parameters(request: Request, **known: str | Number | None) -> dict[str, str]:
    """Return what an address is asked with, each parameter once.

    Args:
        request: What is asked.
        known: What a parameter is where it is not given; None where it has to be. A number has its bounds.

    Raises:
        ParametersError: One is unknown, missing, given twice, or no text.
    """
    given = given_of(request)
    faults = list(_strangers(given, known, "parameter"))
    found = {}
    for name, without in known.items():
        values = given.get(name, [])
        if len(values) > 1:
            faults.append(f"{name} is given {len(values)} times; it may be given once")
        elif not values and without is None:
            faults.append(f"{name} is missing")
        else:
            usual = without.usual if isinstance(without, Number) else without or ""
            found[name] = values[0] if values else usual
            faults += _text_fault(name, found[name])
            faults += _number_fault(name, found[name], without.most) if isinstance(without, Number) else []
    if faults:
        raise ParametersError(faults)
    return found


def _strangers(given: Mapping[str, Any], known: Mapping[str, Any] | Sequence[str], sort: str) -> Iterator[str]:
    for name in sorted(set(given) - set(known)):
        yield f"{name[:60]!r} is no {sort} here{nearest(name[:60], known)}; there are {', '.join(known) or 'none'}"


def _text_fault(name: str, text: str) -> list[str]:
    try:
        see_text(name, text)
    except UsageError as error:
        return [str(error)]
    return []


def _number_fault(name: str, text: str, most: int) -> list[str]:
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0
    return [] if 1 <= number <= most else [f"{name} is a whole number from 1 to {most}, not {text[:60]!r}"]


async def _body(request: Request) -> Any:
    """Return what a body of JSON holds; a page of another site cannot send one unasked."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        raise HTTPException(415, "what is asked is sent as application/json")
    try:
        return json.loads(await request.body())
    except (ValueError, RecursionError):
        raise UsageError("what is asked is no JSON") from None


def _lists(body: Any, known: Sequence[str], most: int) -> dict[str, list[str]]:
    """Return lists of ids out of a body, each id once; one that cannot be an id is of nothing that is there.

    Raises:
        ParametersError: The body has another form, or names too many.
    """
    if not isinstance(body, dict):
        raise ParametersError([f"what is asked is an object with {' and '.join(known)}"])
    faults = list(_strangers(body, known, "field"))
    found = {}
    for name in known:
        ids = body.get(name, [])
        if isinstance(ids, list) and all(isinstance(slug, str) for slug in ids):
            found[name] = ids
        else:
            faults.append(f"{name} is a list of texts")
    if (number := sum(map(len, found.values()))) > most:
        faults.append(f"{number} ids are too many at once; at most {most} are taken")
    if faults:
        raise ParametersError(faults)
    return {name: [slug for slug in dict.fromkeys(ids) if not _text_fault(name, slug)] for name, ids in found.items()}
