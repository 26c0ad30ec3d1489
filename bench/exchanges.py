"""The W3C's tests of protocols as requests and what is expected of their responses, read from a checkout."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from rdflib import RDFS, Graph, Namespace
from rdflib.collection import Collection
from rdflib.term import Node

MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
UT = Namespace("http://www.w3.org/2009/sparql/tests/test-update#")
HT = Namespace("http://www.w3.org/2011/http#")
CNT = Namespace("http://www.w3.org/2011/content#")

_NAMED = {"OK": "200", "Created": "201", "NoContent": "204", "BadRequest": "400", "NotFound": "404"}


class Expected(NamedTuple):
    """What a response is to be."""

    statuses: tuple[str, ...]  # "201", or "2xx"
    form: str | None = None  # boolean, tabular or RDF
    boolean: bool | None = None
    graph: tuple[str, str] | None = None  # a media type and a text
    location: str | None = None  # the name under which later requests use the header Location

    def has(self, status: int) -> bool:
        """Say whether a status is one of those."""
        return any(re.fullmatch(one.replace("x", r"\d"), str(status)) for one in self.statuses)


class Exchange(NamedTuple):
    """A request and what is expected of its response."""

    method: str
    path: str
    headers: tuple[tuple[str, str], ...]
    body: bytes
    expected: Expected


class Case(NamedTuple):
    """A test: requests one after the other."""

    name: str
    exchanges: tuple[Exchange, ...]
    data: tuple[tuple[str, Path], ...] = ()  # the names of graphs, and the files that they hold


def cases(manifest: Path) -> Iterator[Case]:
    """Yield the tests of a manifest in its order."""
    graph = Graph().parse(manifest, publicID=manifest.as_uri())
    for entries in graph.objects(None, MF.entries):
        for entry in Collection(graph, entries):
            requests = [_exchange(graph, node) for node in _listed(graph, graph.value(entry, MF.action), HT.requests)]
            data = [(str(graph.value(node, RDFS.label)), graph.value(node, UT.graph)) for node in _data(graph, entry)]
            files = tuple((name, manifest.parent / str(file).rsplit("/", 1)[-1]) for name, file in data)
            yield Case(str(entry).rsplit("#", 1)[-1], tuple(requests), files)


def _data(graph: Graph, entry: Node) -> list[Node]:
    return list(graph.objects(entry, UT.graphData))


def _listed(graph: Graph, subject: Node | None, name: Node) -> list[Node]:
    found = graph.value(subject, name)
    return [] if found is None else list(Collection(graph, found))


def _exchange(graph: Graph, node: Node) -> Exchange:
    return Exchange(
        str(graph.value(node, HT.methodName)),
        str(graph.value(node, HT.absolutePath)),
        _headers(graph, node),
        _body(graph, node)[0],
        _expected(graph, graph.value(node, HT.resp)),
    )


def _headers(graph: Graph, node: Node | None) -> tuple[tuple[str, str], ...]:
    rows = _listed(graph, node, HT.headers)
    return tuple((str(graph.value(row, HT.fieldName)), str(graph.value(row, HT.fieldValue))) for row in rows)


def _body(graph: Graph, node: Node | None) -> tuple[bytes, str]:
    """Return the bytes of a body and its text."""
    found = graph.value(node, HT.body)
    text = str(graph.value(found, CNT.chars) or "")
    return text.encode(str(graph.value(found, CNT.characterEncoding) or "utf-8")), text


def _expected(graph: Graph, node: Node | None) -> Expected:
    codes = [str(code).rsplit("#", 1)[-1] for code in graph.objects(node, MF.expectedStatus)]
    form, boolean = graph.value(node, MF.expectedFormat), graph.value(node, MF.expectedBoolean)
    location, text = graph.value(node, MF.expectedLocation), _body(graph, node)[1]
    media = next((value.split(";")[0] for name, value in _headers(graph, node) if name == "content-type"), "")
    return Expected(
        tuple(_NAMED.get(code, code.removeprefix("StatusCode")) for code in codes),
        None if form is None else str(form),
        None if boolean is None else str(boolean) == "true",
        (media, text) if text else None,
        None if location is None else str(location),
    )
