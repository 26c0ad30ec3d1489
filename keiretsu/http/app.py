"""The application: the routes of every face, behind one gate."""

from __future__ import annotations

import logging
from collections.abc import Iterable

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from keiretsu.http import explorer, graph_store, health, sparql, viewing
from keiretsu.http.api import routes as api
from keiretsu.http.gate import Gate
from keiretsu.http.journal import Journal
from keiretsu.http.keeping import Keeping
from keiretsu.http.linked import routes as linked
from keiretsu.http.metrics import Metrics
from keiretsu.http.problems import problem, problem_of
from keiretsu.http.reconciliation import routes as reconciliation
from keiretsu.http.site import ClientLeftError, Site
from keiretsu_ontology.errors import KeiretsuError

_log = logging.getLogger("keiretsu")


def make_app(site: Site, more: Iterable[Route] = ()) -> Gate:
    """Return the application that serves a site, with the routes of faces that are not always there."""
    metrics = Metrics(site.crew)
    keeping = Keeping(lambda: site.crew.generation)
    routes = [
        *health.routes(site, metrics),
        *sparql.routes(site),
        *graph_store.routes(site),
        *api.routes(site),
        *reconciliation.routes(site),
        *viewing.routes(site),
        *explorer.routes(site),
        *linked.routes(site),
        *more,
    ]
    app = Starlette(
        routes=routes,
        exception_handlers={
            HTTPException: _refused,
            KeiretsuError: _erred,
            ClientLeftError: _left,
            Exception: _failed,
        },
    )
    app.router.redirect_slashes = False
    return Gate(app, site.settings, metrics=metrics, journal=Journal(form=site.settings.log), keeping=keeping)


async def _refused(_: Request, error: Exception) -> Response:
    """Tell that there is no such page, or that it is not to be asked for so."""
    assert isinstance(error, HTTPException)  # noqa: S101  by the table above
    return problem(error.status_code, error.detail, error.headers)


async def _erred(_: Request, error: Exception) -> Response:
    assert isinstance(error, KeiretsuError)  # noqa: S101  by the table above
    return problem_of(error)


async def _left(_: Request, __: Exception) -> Response:
    """Answer nobody; the status is for the log, as other servers write it."""
    return Response(status_code=499)


async def _failed(request: Request, error: Exception) -> Response:
    """Tell the client nothing of a fault of ours; the log has it."""
    _log.error("%s %s failed", request.method, request.url.path, exc_info=error)
    return problem(500, "something went wrong here; the server's log says what")
