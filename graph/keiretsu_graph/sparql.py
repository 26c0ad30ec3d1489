"""SPARQL on a store: what a query may name, how it is run, and the engine's errors as ours.

Every face asks here: the command line, the server, assistants, and the library.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import islice, pairwise
from typing import Any
from urllib.parse import urljoin

import pyoxigraph as ox

from keiretsu_graph import mends
from keiretsu_graph.guard import FORMS, Admitted, Policy, admit, refused
from keiretsu_graph.tokens import Token, tokens
from keiretsu_ontology.errors import KeiretsuError, QueryRefusedError, StoreError
from keiretsu_ontology.vocabulary import GRAPHS, PREFIXES

_SMALL = 4_000  # characters of a query that is mended
_ELSEWHERE = frozenset({"SERVICE", "LATERAL"})  # within them a pattern may not be worked out by itself, or here
_SHOWN = 8  # graphs that a message names
_MANY = 64  # named graphs that are looked at
_UNKNOWN_FUNCTION = re.compile(r"The custom function <(.+)> is not supported")
_XSD_STRING = ox.NamedNode("http://www.w3.org/2001/XMLSchema#string")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:")


@dataclass(frozen=True)
class Scope:
    """What a query is asked of."""

    union: bool = True  # whether the default graph is all graphs together
    prefixes: Mapping[str, str] = field(default_factory=dict)  # that need not be declared
    graphs: frozenset[str] = frozenset()  # that may be named though the store does not hold them
    known_only: bool = True  # whether FROM must name a graph that is here, and a call a function that is known
    base: str | None = None
    default_graphs: tuple[str, ...] = ()  # asked for beside the query, and instead of what it says
    named_graphs: tuple[str, ...] = ()

    def narrowed(
        self, *, union: bool, base: str | None, default_graphs: Sequence[str], named_graphs: Sequence[str]
    ) -> Scope:
        """Return the scope of one request."""
        return replace(
            self, union=union, base=base, default_graphs=tuple(default_graphs), named_graphs=tuple(named_graphs)
        )


KEIRETSU = Scope(prefixes=PREFIXES, graphs=frozenset(GRAPHS.values()))  # a graph of ours
PLAIN = Scope(union=False, known_only=False)  # RDF of any kind


def evaluate(store: ox.Store, asked: Admitted, scope: Scope = KEIRETSU) -> Any:
    """Return what the engine gives for a query: rows, a truth, or triples, to be read in this thread.

    Raises:
        QueryRefusedError: It is malformed, or names a graph that is not here.
        StoreError: The store is damaged.
    """
    chosen = _dataset(store, asked, scope)
    text = mended(store, asked, scope)
    with engine_errors(asked):
        if text != asked.text:
            try:
                return _run(store, text, scope, chosen)
            except SyntaxError:
                pass  # told of the text as it was written
        return _run(store, asked.text, scope, chosen)


def _run(store: ox.Store, text: str, scope: Scope, chosen: dict[str, Any]) -> Any:
    functions: dict[ox.NamedNode, Any] = {}
    if mends.BLANK_NODE in text:
        functions[ox.NamedNode(mends.BLANK_NODE)] = _blank_node
    while True:
        try:
            return store.query(
                text, base_iri=scope.base, prefixes=dict(scope.prefixes), custom_functions=functions, **chosen
            )
        except RuntimeError as error:
            found = _UNKNOWN_FUNCTION.fullmatch(str(error))
            if found is None or scope.known_only or len(functions) > _MANY:
                raise
            functions[ox.NamedNode(found[1])] = _no_value  # an error in an expression, says the standard (17.6)


def _no_value(*_: Any) -> None:
    return None


def _blank_node(text: Any = None, row: Any = None, *_: Any) -> ox.BlankNode | None:
    """Return the node that a text has in one row; None, an error, for anything else."""
    if not isinstance(text, ox.Literal) or text.datatype != _XSD_STRING or not isinstance(row, ox.Literal):
        return None
    return ox.BlankNode(hashlib.sha256(f"{row.value} {text.value}".encode()).hexdigest()[:32])


@contextmanager
def engine_errors(asked: Admitted) -> Iterator[None]:
    """Make the engine's errors ours, while it works and while its results are read."""
    try:
        yield
    except KeiretsuError:
        raise
    except SyntaxError as error:
        raise QueryRefusedError(plain_syntax_error(error)) from None
    except ValueError as error:
        raise QueryRefusedError(f"the query cannot be run: {error}") from None
    except (RuntimeError, OSError) as error:
        if "SERVICE" in asked.words or "is not supported" in str(error):
            raise QueryRefusedError(f"the query cannot be run: {error}") from None
        raise StoreError(f"the store cannot be read: {error}; build it again") from None


def plain_syntax_error(error: SyntaxError) -> str:
    """Return where a query is not SPARQL and what could stand there, without the ranges of letters."""
    message = error.msg or str(error)
    found = re.match(r"error at (\d+):(\d+): expected (?:one of )?(.*)", message, re.DOTALL)
    if found is None:
        told = re.sub(r"^error at (\d+):(\d+)", r"line \1, column \2", message)
        return told if told.startswith("line ") else f"not SPARQL: {told}"
    if (said := re.search(r"(?:^|, )([A-Z][a-z]+ [^,\[\]\"]{12,})(?=,|$)", found[3])) is not None:
        return f"line {found[1]}, column {found[2]}: {said[1][0].lower()}{said[1][1:]}"
    wanted = re.findall(r"\"\S{1,12}?\"(?=,|$)|\b[A-Z_]{2,}\b", found[3])
    some = ", ".join(wanted[:8]) + (" ..." if len(wanted) > 8 else "")
    return f"line {found[1]}, column {found[2]}: not SPARQL: expected {some or 'something else'}"


def _dataset(store: ox.Store, asked: Admitted, scope: Scope) -> dict[str, Any]:
    """Return the graphs that are asked for beside a query. A query of a graph of ours names graphs that are here.

    One that a request names beside it, or a query of plain RDF, and that is not here, is empty: so have it the W3C's
    tests of the protocol and of the syntax.

    Source: SPARQL 1.1 Protocol, 2.1.4; SPARQL 1.1 Query Language, 13.2.
    """
    if not (scope.default_graphs or scope.named_graphs):
        if "FROM" not in asked.words:
            return {"use_default_graph_as_union": scope.union}
        for token, address in _named_in(asked, scope) if scope.known_only else ():
            if not _is_here(store, address, scope):
                raise refused(asked.text, token, _unknown(store, address or token.text, scope))
        return {}
    try:
        return {
            "default_graph": [ox.NamedNode(address) for address in scope.default_graphs],
            "named_graphs": [ox.NamedNode(address) for address in scope.named_graphs],
        }
    except ValueError as error:
        raise QueryRefusedError(f"the address of a graph cannot be read: {error}") from None


def _named_in(asked: Admitted, scope: Scope) -> list[tuple[Token, str | None]]:
    """Return what stands after FROM in a query, with the address that it means."""
    read = asked.tokens
    named = [token for before, token in pairwise(read) if before.keyword in ("FROM", "NAMED")]
    return [(token, _address(token, read, scope)) for token in named if token.keyword != "NAMED"]


def _address(token: Token, read: Sequence[Token], scope: Scope) -> str | None:
    """Return the address that an IRI or a prefixed name means, or None."""
    base, prefixes = prologue(read, scope)
    if token.kind == "iri":
        return _resolved(token.text[1:-1], base)
    start, colon, rest = token.text.partition(":")
    if token.kind != "name" or not colon or start not in prefixes:
        return None
    return prefixes[start] + re.sub(r"\\(.)", r"\1", rest)


def prologue(read: Sequence[Token], scope: Scope) -> tuple[str | None, dict[str, str]]:
    """Return the base and the prefixes that hold in a query, which begins with them."""
    base, prefixes = scope.base, dict(scope.prefixes)
    for place, one in enumerate(read[:-2]):
        if one.keyword in FORMS:
            break
        if one.keyword == "BASE":
            base = _resolved(read[place + 1].text[1:-1], base)
        elif one.keyword == "PREFIX":
            prefixes[read[place + 1].text[:-1]] = _resolved(read[place + 2].text[1:-1], base) or ""
    return base, prefixes


def _resolved(address: str, base: str | None) -> str | None:
    if _SCHEME.match(address):
        return address
    return urljoin(base, address) if base else None


def _is_here(store: ox.Store, address: str | None, scope: Scope) -> bool:
    if address is None:
        return False
    if address in scope.graphs:
        return True
    try:
        return store.contains_named_graph(ox.NamedNode(address))
    except ValueError:
        return False


def _unknown(store: ox.Store, address: str, scope: Scope) -> str:
    held = {graph.value for graph in islice(store.named_graphs(), _MANY) if isinstance(graph, ox.NamedNode)}
    known = sorted(held | scope.graphs)
    told = ", ".join(f"<{graph}>" for graph in known[:_SHOWN]) + (" ..." if len(known) > _SHOWN else "")
    return f"there is no graph {address} here, and nothing is read from elsewhere; there are {told or 'none'}"


def mended(store: ox.Store, asked: Admitted, scope: Scope) -> str:
    """Return the query as the engine is to have it."""
    words, text, read = asked.words, asked.text, asked.tokens
    if len(text) > _SMALL or words & _ELSEWHERE:
        return text
    if words & mends.WORDS:
        text = mends.mend_words(asked)
        read = tuple(tokens(text))
    if "*" in words or "?" in words:
        after = mends.mend_paths(text, read, lambda token: _is_unknown(store, token, read, scope))
        text, read = after, read if after is text else tuple(tokens(after))
    if "GRAPH" in words:
        text = mends.mend_graphs(text, read, lambda: _named_graphs(store, asked, scope))
    return text if text == asked.text or _is_admitted(text, asked.policy) else asked.text


def _is_admitted(text: str, policy: Policy) -> bool:
    """Say whether a query is small enough still."""
    try:
        admit(text, policy)
    except QueryRefusedError:
        return False
    return True


def _is_unknown(store: ox.Store, token: Token, read: Sequence[Token], scope: Scope) -> bool:
    """Say whether a term stands nowhere in the store, at either end of a triple."""
    address = _address(token, read, scope)
    try:
        term = ox.NamedNode(address or "")
    except ValueError:
        return False
    ends = ((term, None, None, None), (None, None, term, None))
    return all(next(iter(store.quads_for_pattern(*end)), None) is None for end in ends)


def _named_graphs(store: ox.Store, asked: Admitted, scope: Scope) -> list[str] | None:
    """Return the named graphs of a query's dataset, or None where one has no name that can be written."""
    if scope.default_graphs or scope.named_graphs:
        return sorted(set(scope.named_graphs))
    if "FROM" in asked.words:
        named = [token for before, token in pairwise(asked.tokens) if before.keyword == "NAMED"]
        found = [_address(token, asked.tokens, scope) for token in named]
        return None if None in found else sorted({address for address in found if address is not None})
    graphs = list(islice(store.named_graphs(), _MANY))
    if len(graphs) == _MANY or not all(isinstance(graph, ox.NamedNode) for graph in graphs):
        return None
    return sorted(graph.value for graph in graphs)
