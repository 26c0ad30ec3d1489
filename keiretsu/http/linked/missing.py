"""What is answered for an id that is not there: the nearest ones, as a page or as a problem."""

from __future__ import annotations

import json

from keiretsu.http.linked.addresses import SORTS
from keiretsu.http.linked.settled import nearest
from keiretsu.http.negotiation import choose
from keiretsu.http.pages import html_page
from keiretsu.http.problems import MEDIA
from keiretsu.workers.plan import Desk
from keiretsu.workers.product import Product

_CACHE = (("Cache-Control", "no-store"),)


def missing(
    desk: Desk, sort: str, name: str, accept: str | None, suffix: str | None, up: str, detail: str | None = None
) -> Product:
    """Return the answer that something is not there: a page to a browser, problem details to a program.

    Args:
        desk: The graph.
        sort: One of `SORTS`.
        name: The id that was asked for.
        accept: The header of that name.
        suffix: The form that was asked for by the address.
        up: The way from the page to the root of the server.
        detail: What is missing, where it is not the id.
    """
    rows = nearest(desk, sort, name).rows if detail is None else ()
    told = detail or f"there is no {SORTS[sort].title.lower()} {name[:80]!r} in this graph"
    as_page = suffix == "html" or (suffix is None and choose(accept, [MEDIA, "text/html"]) == "text/html")
    if as_page:
        listed = [(slug, title, f"{up}/{sort}/{slug}.html") for slug, title in rows]
        page = html_page("linked/missing.html", "Not here", status=404, up=up, told=told, nearest=listed, sort=sort)
        return page._replace(headers=(*page.headers, *_CACHE))
    near = [{"id": slug, "name": title, "address": f"{desk.address}/{sort}/{slug}"} for slug, title in rows]
    record = {"type": "about:blank", "title": "Not Found", "status": 404, "detail": told, "nearest": near}
    body = json.dumps(record, ensure_ascii=False, indent=2).encode("utf-8", "replace") + b"\n"
    return Product(body, MEDIA, headers=_CACHE, status=404)
