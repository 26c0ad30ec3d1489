"""One SPARQL query, answered in a worker."""

from __future__ import annotations

from keiretsu.workers.plan import Desk
from keiretsu.workers.product import Product


def answer(desk: Desk, text: str) -> Product:
    """Return the results of a query in one of the formats."""
    from keiretsu_graph.oxigraph import query

    found = query(desk.store, text)
    return Product(found.raw, media="application/sparql-results+json", rows=len(found.solutions))
