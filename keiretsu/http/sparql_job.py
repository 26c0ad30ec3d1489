"""One SPARQL query, answered in a worker."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

import pyoxigraph as ox

from keiretsu.http.negotiation import choose
from keiretsu.workers.plan import Desk
from keiretsu.workers.product import NotAcceptableError, Product
from keiretsu_ontology.errors import QueryRefusedError
from keiretsu_ontology.vocabulary import PREFIXES


class Form(NamedTuple):
    """A media type, and the format that is written for it."""

    media: str
    fmt: ox.QueryResultsFormat | ox.RdfFormat


ROWS = (
    Form("application/sparql-results+json", ox.QueryResultsFormat.JSON),
    Form("application/sparql-results+xml", ox.QueryResultsFormat.XML),
    Form("text/csv", ox.QueryResultsFormat.CSV),
    Form("text/tab-separated-values", ox.QueryResultsFormat.TSV),
)
GRAPHS = (
    Form("text/turtle", ox.RdfFormat.TURTLE),
    Form("application/n-triples", ox.RdfFormat.N_TRIPLES),
    Form("application/ld+json", ox.RdfFormat.JSON_LD),
    Form("application/rdf+xml", ox.RdfFormat.RDF_XML),
    Form("application/trig", ox.RdfFormat.TRIG),
    Form("application/n-quads", ox.RdfFormat.N_QUADS),
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
    """Return what a query finds, in the format that the client takes best."""
    from keiretsu_graph import guard

    guard.refuse(text)
    chosen = bool(default_graphs or named_graphs)
    try:
        found = desk.store.query(
            text,
            base_iri=base,
            prefixes=PREFIXES,
            use_default_graph_as_union=desk.plan.union and not chosen,
            default_graph=[ox.NamedNode(iri) for iri in default_graphs] if chosen else None,
            named_graphs=[ox.NamedNode(iri) for iri in named_graphs] if chosen else None,
        )
    except SyntaxError as error:
        place = re.search(r"at (\d+):(\d+)", str(error))
        where = f"line {place[1]}, column {place[2]}: " if place else ""
        raise QueryRefusedError(f"{where}{error}") from None
    offered = GRAPHS if isinstance(found, ox.QueryTriples) else ROWS
    media = choose(accept, [form.media for form in offered])
    form = next((form for form in offered if form.media == media), None)
    if form is None:
        raise NotAcceptableError(f"an answer comes as {', '.join(form.media for form in offered)}")
    body = found.serialize(format=form.fmt)  # type: ignore[arg-type]
    return Product(body or b"", media=form.media)
