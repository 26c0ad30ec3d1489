"""One SPARQL query, answered in a worker: the job behind the endpoint, the forms of questions and the tools."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from keiretsu.http.negotiation import choose
from keiretsu.workers.plan import Desk
from keiretsu.workers.product import LimitError, NotAcceptableError, Product

if TYPE_CHECKING:
    from keiretsu_graph.guard import Admitted


class Form(NamedTuple):
    """A media type, and the format that is written for it."""

    media: str
    fmt: str
    parameters: str = ""  # what the header says beside the type


ROWS = (
    Form("application/sparql-results+json", "json"),
    Form("application/sparql-results+xml", "xml"),
    Form("text/csv", "csv", "; charset=utf-8"),
    Form("text/tab-separated-values", "tsv", "; charset=utf-8"),
    Form("application/json", "json"),
    Form("application/xml", "xml"),
    Form("text/xml", "xml"),
    Form("text/json", "json"),
)
GRAPHS = (
    Form("text/turtle", "turtle"),
    Form("application/n-triples", "ntriples"),
    Form("application/ld+json", "jsonld"),
    Form("application/rdf+xml", "rdfxml"),
    Form("application/trig", "trig"),
    Form("application/n-quads", "nquads"),
    Form("application/x-turtle", "turtle"),
    Form("application/json", "jsonld"),
    Form("application/xml", "rdfxml"),
    Form("text/xml", "rdfxml"),
    Form("text/plain", "ntriples", "; charset=utf-8"),
)


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
    from keiretsu_graph import answers
    from keiretsu_graph.guard import Policy, admit
    from keiretsu_graph.sparql import KEIRETSU, PLAIN

    asked = admit(text, Policy(services=frozenset(desk.plan.services)))
    form = form_of(asked, accept)
    scope = (PLAIN if desk.plan.build is None else KEIRETSU).narrowed(
        union=desk.plan.union, base=base, default_graphs=default_graphs, named_graphs=named_graphs
    )
    try:
        made = answers.answer(desk.store, asked, form.fmt, scope, rows=desk.limits.rows, size=desk.limits.answer)
    except answers.TooLongError as error:
        raise LimitError(str(error)) from None
    return Product(made.body, media=form.media + form.parameters, rows=made.rows, cut=made.cut)


def form_of(asked: Admitted, accept: str | None) -> Form:
    """Return what is written for a query, and for what a client takes.

    Raises:
        NotAcceptableError: There is nothing of what it takes.
    """
    offered = GRAPHS if asked.makes_graph else ROWS
    media = choose(accept, [form.media for form in offered])
    chosen = next((form for form in offered if form.media == media), None)
    if chosen is None:
        some = ", ".join(form.media for form in offered)
        raise NotAcceptableError(f"an answer to {asked.form} comes as {some}")
    return chosen
