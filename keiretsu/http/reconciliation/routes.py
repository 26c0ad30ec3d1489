"""The addresses of the reconciliation service."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from keiretsu.http.reconciliation.properties import PROPERTIES, type_of
from keiretsu.http.reconciliation.queries import BATCH, read_batch, read_extension, read_json
from keiretsu.http.site import Site
from keiretsu_graph.names import fold
from keiretsu_ontology.entities import KINDS
from keiretsu_ontology.vocabulary import KEI, PREFIXES
from keiretsu_queries.calling import ParametersError

_LIMIT = 20  # suggestions at once
_FORM = "application/x-www-form-urlencoded"


def routes(site: Site) -> list[Route]:
    """Return the addresses of this face."""

    async def service(request: Request) -> Response:
        """Answer what the service is, a batch of queries, or a request to extend."""
        given = await _given(request)
        if "queries" in given:
            queries = read_batch(read_json("queries", given["queries"]))
            return site.respond(request, await site.work(request, "reconcile", queries=queries))
        if "extend" in given:
            ids, properties = read_extension(read_json("extend", given["extend"]))
            return site.respond(request, await site.work(request, "extend", ids=ids, properties=properties))
        return JSONResponse(_manifest(site.settings.address))

    async def entities(request: Request) -> Response:
        prefix, start = _prefix(request)
        return site.respond(request, await site.work(request, "suggest", prefix=prefix, start=start, limit=_LIMIT))

    async def types(request: Request) -> Response:
        rows = [{**type_of(kind.name), "description": kind.definition} for kind in KINDS.values()]
        return _suggested(request, rows)

    async def properties(request: Request) -> Response:
        return _suggested(request, [{"id": row.id, "name": row.name} for row in PROPERTIES.values()])

    async def proposed(request: Request) -> Response:
        limit = request.query_params.get("limit", "")
        rows = [{"id": row.id, "name": row.name} for row in PROPERTIES.values()]
        number = int(limit) if limit.isdigit() and len(limit) < 7 else len(rows)
        return JSONResponse({"type": request.query_params.get("type", "thing"), "properties": rows[:number]})

    async def preview(request: Request) -> Response:
        given = {"entity": request.query_params.get("id", ""), "address": site.settings.address}
        response = site.respond(request, await site.work(request, "preview", **given))
        friends = " ".join(["'self'", *site.settings.origins])
        policy = response.headers["content-security-policy"]
        response.headers["content-security-policy"] = policy.replace(
            "frame-ancestors 'none'", f"frame-ancestors {friends}"
        )
        return response

    return [
        Route("/reconcile", service, methods=["GET", "POST"]),
        Route("/reconcile/suggest/entity", entities),
        Route("/reconcile/suggest/type", types),
        Route("/reconcile/suggest/property", properties),
        Route("/reconcile/properties", proposed),
        Route("/reconcile/preview", preview),
    ]


async def _given(request: Request) -> dict[str, str]:
    """Return the parameters of a request, from its address or from the form that it sends."""
    if request.method != "POST":
        return dict(request.query_params)
    media = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media != _FORM:
        raise HTTPException(415, f"queries are sent as {_FORM}")
    try:
        text = (await request.body()).decode("utf-8")
        return dict(
            parse_qsl(text, keep_blank_values=True, strict_parsing=bool(text), errors="strict", max_num_fields=20)
        )
    except ValueError as error:
        raise ParametersError([f"the form cannot be read: {error}"]) from None


def _prefix(request: Request) -> tuple[str, int]:
    cursor = request.query_params.get("cursor", "0")
    if not (cursor.isascii() and cursor.isdigit() and len(cursor) < 6):
        raise ParametersError([f"cursor is a whole number, not {cursor[:60]!r}"])
    return request.query_params.get("prefix", "")[:500], min(int(cursor), 1_000)


def _suggested(request: Request, rows: list[dict[str, Any]]) -> Response:
    """Return the rows of which a name begins with the prefix, or else holds it."""
    prefix, start = _prefix(request)
    wanted = fold(prefix)
    holding = [row for row in rows if wanted in fold(row["name"]) or wanted in row["id"]]
    holding.sort(key=lambda row: not fold(row["name"]).startswith(wanted))
    return JSONResponse({"result": holding[start : start + _LIMIT]})


def _manifest(address: str) -> dict[str, Any]:
    suggest = {"service_url": address}
    return {
        "versions": ["0.1", "0.2"],
        "name": "Keiretsu",
        "identifierSpace": PREFIXES["entity"],
        "schemaSpace": KEI,
        "documentation": "https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/",
        "defaultTypes": [type_of(name) for name in ("company", "organisation", "person", "product")],
        "view": {"url": f"{address}/entity/{{{{id}}}}"},
        "preview": {"url": f"{address}/reconcile/preview?id={{{{id}}}}", "width": 430, "height": 260},
        "suggest": {
            "entity": {**suggest, "service_path": "/reconcile/suggest/entity"},
            "type": {**suggest, "service_path": "/reconcile/suggest/type"},
            "property": {**suggest, "service_path": "/reconcile/suggest/property"},
        },
        "extend": {
            "propose_properties": {"service_url": address, "service_path": "/reconcile/properties"},
            "property_settings": [
                {
                    "name": "limit", "label": "Limit", "type": "number", "default": 0,
                    "help_text": "How many values at most; 0 for all.",
                }
            ],
        },
        "batchSize": BATCH,
    }  # fmt: skip
