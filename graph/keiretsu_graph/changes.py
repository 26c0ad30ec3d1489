"""Changes of a store in memory: SPARQL updates, and whole graphs put, added to and deleted.

Sources: SPARQL 1.1 Update; SPARQL 1.1 Protocol, 2.2; SPARQL 1.1 Graph Store HTTP Protocol.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import pyoxigraph as ox

from keiretsu_graph.guard import UPDATES, Policy, refuse_update
from keiretsu_graph.sparql import plain_syntax_error
from keiretsu_graph.tokens import Token, tokens
from keiretsu_ontology.errors import NotThereError, QueryRefusedError, UsageError
from keiretsu_ontology.vocabulary import PREFIXES

# The formats of one graph, and of several, by media type.
GRAPH_MEDIA = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/x-turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "text/plain": ox.RdfFormat.N_TRIPLES,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
    "application/ld+json": ox.RdfFormat.JSON_LD,
}
DATASET_MEDIA = {"application/n-quads": ox.RdfFormat.N_QUADS, "application/trig": ox.RdfFormat.TRIG}


class Part(NamedTuple):
    """A piece of RDF that is sent."""

    data: bytes
    media: str


def update(
    store: ox.Store,
    text: str,
    *,
    using: Sequence[str] = (),
    using_named: Sequence[str] = (),
    base: str | None = None,
    policy: Policy = UPDATES,
) -> None:
    """Change a store as an update says; one that fails leaves it as it was.

    Args:
        store: In memory.
        text: The update.
        using: The graphs whose merge every WHERE is asked of, instead of the default graph.
        using_named: The graphs that GRAPH may name in every WHERE.
        base: What relative addresses are resolved with.
        policy: What is admitted.

    Raises:
        QueryRefusedError: It is malformed, or may not be run.
    """
    admitted = refuse_update(text, policy)
    if using or using_named:
        admitted = _with_using(admitted, using, using_named)
    try:
        store.update(admitted, base_iri=base, prefixes=PREFIXES)
    except SyntaxError as error:
        raise QueryRefusedError(plain_syntax_error(error)) from None
    except (ValueError, RuntimeError) as error:
        raise QueryRefusedError(f"the update cannot be run: {error}") from None


def _with_using(text: str, using: Sequence[str], using_named: Sequence[str]) -> str:
    """Return an update in which every WHERE is asked of some graphs (SPARQL 1.1 Protocol, 2.2.3).

    Raises:
        QueryRefusedError: It names such graphs itself.
    """
    read = list(tokens(text))
    said = next((token for token in read if token.keyword in ("USING", "WITH")), None)
    if said is not None:
        raise QueryRefusedError(f"{said.keyword} is said in the update and beside it; say it once")
    clause = "".join(f" USING <{graph}>" for graph in using)
    clause += "".join(f" USING NAMED <{graph}>" for graph in using_named) + " "
    made, end = [], 0
    for before, where, inside in _wheres(text, read):
        made.append(text[end : where.start])
        made.append(f"{inside}{clause}WHERE" if before == "DELETE" else f"{clause}WHERE")
        end = where.start + len("WHERE")
    return "".join([*made, text[end:]])


def _wheres(text: str, read: Sequence[Token]) -> Iterator[tuple[str, Token, str]]:
    """Yield every WHERE with the word before it, and after DELETE its pattern, which is the template too."""
    depth = 0
    for place, token in enumerate(read):
        depth += (token.text == "{") - (token.text == "}")
        if depth == 0 and token.keyword == "WHERE":
            before = read[place - 1].keyword if place else ""
            yield before, token, _braced(text, read, place + 1) if before == "DELETE" else ""


def _braced(text: str, read: Sequence[Token], place: int) -> str:
    """Return what stands in braces from a token on."""
    depth = 0
    for token in read[place:]:
        depth += (token.text == "{") - (token.text == "}")
        if depth == 0:
            return text[read[place].start : token.start + 1]
    return ""


def holds(store: ox.Store, graph: str | None) -> bool:
    """Say whether a store has a graph; the default graph is always there."""
    return graph is None or store.contains_named_graph(ox.NamedNode(graph))


def put(store: ox.Store, graph: str | None, parts: Sequence[Part], *, base: str | None) -> None:
    """Have a graph hold just what is sent.

    Raises:
        UsageError: That is no RDF.
    """
    name = _name(graph)
    store.clear_graph(name)
    _add(store, name, parts, base)


def post(store: ox.Store, graph: str | None, parts: Sequence[Part], *, base: str | None) -> None:
    """Add what is sent to a graph.

    Raises:
        UsageError: That is no RDF.
    """
    _add(store, _name(graph), parts, base)


def delete(store: ox.Store, graph: str | None) -> None:
    """Remove a graph.

    Raises:
        NotThereError: There is none of this name.
    """
    if not holds(store, graph):
        raise NotThereError(f"there is no graph {graph!r}")
    if graph is None:
        store.clear_graph(ox.DefaultGraph())
    else:
        store.remove_graph(ox.NamedNode(graph))


def put_dataset(store: ox.Store, part: Part, *, replace: bool) -> None:
    """Have a store hold just the graphs that are sent, or these too.

    Raises:
        UsageError: That is no RDF.
    """
    if replace:
        store.clear()
    with _reading(part):
        store.load(part.data, DATASET_MEDIA[part.media])


def _name(graph: str | None) -> Any:
    try:
        return ox.DefaultGraph() if graph is None else ox.NamedNode(graph)
    except ValueError:
        raise UsageError(f"{graph!r} is no IRI") from None


def _add(store: ox.Store, name: Any, parts: Sequence[Part], base: str | None) -> None:
    if isinstance(name, ox.NamedNode):
        store.add_graph(name)
    for part in parts:
        with _reading(part):
            if part.media == "application/rdf+xml" and b"<!DOCTYPE" in part.data:
                raise UsageError("RDF/XML with a DOCTYPE is not read: it may grow without end")
            store.load(part.data, GRAPH_MEDIA[part.media], base_iri=base, to_graph=name)


class _reading:  # noqa: N801  reads as a word
    """Tell what is wrong with RDF that was sent, with its line and column."""

    def __init__(self, part: Part) -> None:
        self._part = part

    def __enter__(self) -> None:
        return None

    def __exit__(self, _: object, error: BaseException | None, __: object) -> None:
        if isinstance(error, SyntaxError):
            where = f"line {error.lineno}, column {error.offset}: " if error.lineno else ""
            raise UsageError(f"{where}not {self._part.media}: {error.msg}") from None
        if isinstance(error, ValueError):
            raise UsageError(f"not {self._part.media}: {error}") from None
