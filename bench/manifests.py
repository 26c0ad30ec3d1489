"""The cases of the W3C's SPARQL tests, read from a checkout of w3c/rdf-tests: nothing of it is kept here."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from rdflib import RDF, RDFS, Graph, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
QT = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-query#")
UT = Namespace("http://www.w3.org/2009/sparql/tests/test-update#")

SUITES = {
    "query": ("sparql/sparql11/manifest-sparql11-query.ttl", ""),
    "results": ("sparql/sparql11/manifest-sparql11-results.ttl", ""),
    "update": ("sparql/sparql11/manifest-sparql11-update.ttl", ""),
    "sparql10": ("sparql/sparql10/manifest-evaluation.ttl sparql/sparql10/manifest-syntax.ttl", ""),
    "syntax": ("sparql/sparql11/syntax-query/manifest.ttl sparql/sparql10/manifest-syntax.ttl", "Syntax"),
}


PUBLISHED = "https://w3c.github.io/rdf-tests/"


class Part(NamedTuple):
    """A file that a store holds."""

    graph: str | None  # None for the default graph
    file: Path | None  # None where it is only there
    base: str  # the address that it is published at


Data = tuple[Part, ...]  # what a store holds


class Case(NamedTuple):
    """One test."""

    name: str  # the folder and the name of the test within
    title: str
    kind: str  # QueryEvaluationTest, CSVResultFormatTest, NegativeSyntaxTest11 ...
    action: Path  # the query or the update
    base: str  # the address that the tests are published at
    data: Data = ()
    result: Path | None = None
    after: Data = ()  # for updates
    lax: bool = False  # whether rows may come fewer times


def cases(checkout: Path, suite: str) -> list[Case]:
    """Return the cases of a suite, in the order of its manifests."""
    manifests, kind = SUITES[suite]
    found = [case for name in manifests.split() for case in _of(checkout / name, checkout)]
    return [case for case in found if kind in case.kind]


def _of(manifest: Path, checkout: Path) -> Iterator[Case]:
    graph = Graph()
    graph.parse(manifest, format="turtle", publicID=PUBLISHED + manifest.relative_to(checkout).as_posix())
    for included in graph.objects(None, MF.include):
        for node in Collection(graph, included):
            yield from _of(_path(node, checkout), checkout)
    for entries in graph.objects(None, MF.entries):
        for test in Collection(graph, entries):
            if (test, RDF.type, None) in graph:
                yield _case(graph, test, manifest.parent.name, checkout)


def _case(graph: Graph, test: Node, folder: str, checkout: Path) -> Case:
    action, result = graph.value(test, MF.action), graph.value(test, MF.result)
    files = (graph.value(action, UT.request), graph.value(action, QT.query), action)
    file = next(node for node in files if isinstance(node, URIRef))
    return Case(
        f"{folder}/{str(test).rpartition('#')[2].rpartition('/')[2]}",
        str(graph.value(test, MF.name) or ""),
        str(graph.value(test, RDF.type)).rpartition("#")[2],
        _path(file, checkout),
        str(file),
        _data(graph, action, checkout),
        _path(result, checkout) if isinstance(result, URIRef) else None,
        _data(graph, result, checkout),
        (test, MF.resultCardinality, MF.LaxCardinality) in graph,
    )


def _data(graph: Graph, node: Node | None, checkout: Path) -> Data:
    if node is None:
        return ()
    found: list[tuple[str | None, Node | None]] = []
    found += [(None, file) for kind in (QT.data, UT.data) for file in graph.objects(node, kind)]
    found += [(str(file), file) for file in graph.objects(node, QT.graphData) if isinstance(file, URIRef)]
    for held in graph.objects(node, UT.graphData):
        found.append((str(graph.value(held, RDFS.label)), graph.value(held, UT.graph)))
    return tuple(sorted((Part(name, _path(file, checkout), str(file)) for name, file in found), key=str))


def _path(node: Node | None, checkout: Path) -> Path:
    return checkout / str(node).removeprefix(PUBLISHED)
