"""The graph as a whole, described for programs in VoID. Source: Describing Linked Datasets, W3C 2011."""

from __future__ import annotations

from pyoxigraph import Literal, NamedNode, Triple

from keiretsu.http.linked.addresses import SORTS, parted
from keiretsu.http.linked.described import blocks_of
from keiretsu.http.linked.forms import FORMS, RDF, form_for
from keiretsu.http.linked.papers import written
from keiretsu.http.linked.statements import TYPE, VOID, Paper
from keiretsu.workers.plan import Desk
from keiretsu.workers.product import Product
from keiretsu_graph.rdf_fields import iri
from keiretsu_ontology.errors import NotThereError
from keiretsu_ontology.vocabulary import BASE, DATASET, KEI

_OFFERED = ("html", *RDF)


def dataset(desk: Desk, *, name: str, accept: str | None = None) -> Product:
    """Return what the graph is, or where that is to be had; a person is sent to the front page."""
    base = desk.address
    slug, suffix = parted(name, frozenset(_OFFERED))
    if slug != "dataset":
        raise NotThereError(f"there is no {name[:40]!r}; there are {', '.join(f'dataset.{form}' for form in RDF)}")
    if suffix is None or suffix == "html":
        form = form_for(accept, _OFFERED) if suffix is None else FORMS["html"]
        place = "." if form.suffix == "html" else f"dataset.{form.suffix}"
        return Product(b"", "text/plain", headers=(("Location", place),), status=303)
    about = desk.view.about()
    paper = Paper(f"{base}/dataset", DATASET, about.title, None, _OFFERED)
    lines = [*blocks_of(desk).about(DATASET), *(f"{row} <{BASE}graph/sources> .".encode() for row in _rows(desk))]
    body = written(lines, paper, None, suffix)
    link = f'<{DATASET}>; rel="describes"'
    return Product(body, FORMS[suffix].media, headers=(("Link", link), ("Content-Location", paper.in_form(suffix))))


def _rows(desk: Desk) -> list[Triple]:
    """Return what VoID says of the graph: how large it is, how it may be asked, how its IRIs begin."""
    node, base, about = NamedNode(DATASET), desk.address, desk.view.about()
    count = iri("xsd:integer")
    rows = [
        Triple(node, TYPE, NamedNode(VOID + "Dataset")),
        Triple(node, NamedNode(VOID + "entities"), Literal(str(about.entities), datatype=count)),
        Triple(node, NamedNode(VOID + "triples"), Literal(str(len(desk.store)), datatype=count)),
        Triple(node, NamedNode(VOID + "sparqlEndpoint"), NamedNode(f"{base}/sparql")),
        Triple(node, NamedNode(VOID + "vocabulary"), NamedNode(KEI)),
        Triple(node, NamedNode(VOID + "rootResource"), NamedNode(f"{base}/")),
    ]
    rows += [Triple(node, NamedNode(VOID + "uriSpace"), Literal(sort.iri(""))) for sort in SORTS.values()]
    return rows
