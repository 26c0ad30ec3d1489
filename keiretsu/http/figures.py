"""How much of what is in the graph: each figure is a job of its own, ended like any other where it takes too long.

What could not be counted in time is left out of descriptions; a count that is given is exact.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

import pyoxigraph as ox

from keiretsu.workers.plan import Desk
from keiretsu.workers.product import Product
from keiretsu_ontology.errors import StoreError
from keiretsu_ontology.vocabulary import DATASET, PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterator

LISTED = 500  # graphs, classes and properties that a description names; the numbers count all
_EXAMPLES = 3
_PLACES = "{ { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }"
_PREFIXES = PREFIXES | {"void": "http://rdfs.org/ns/void#", "dcat": "http://www.w3.org/ns/dcat#"}
Part = tuple[str, int]


class Tally(NamedTuple):
    """How many there are of a kind of term, and the most used ones with their own numbers."""

    number: int = 0
    most: tuple[Part, ...] = ()


class Said(NamedTuple):
    """What the graph itself says of the dataset that it is."""

    dataset: str | None = None
    title: str | None = None
    licence: str | None = None


class Figures(NamedTuple):
    """The figures of a graph; None is what could not be counted in time."""

    default: int | None = None  # triples of the default graph
    graphs: Tally | None = None  # named graphs with their triples
    triples: int | None = None  # different ones, of all graphs together
    subjects: int | None = None
    objects: int | None = None
    entities: int | None = None  # what the dataset is about
    classes: Tally | None = None
    properties: Tally | None = None
    examples: tuple[str, ...] | None = None
    said: Said | None = None


def count(desk: Desk, figure: str) -> Product:
    """Return one figure of the graph as JSON."""
    return Product(json.dumps(COUNTS[figure](desk)).encode())


def figures_of(record: dict[str, Any]) -> Figures:
    """Return the figures that a record tells of, which `count` wrote."""
    given: dict[str, Any] = {name: _SHAPES[name](value) if name in _SHAPES else value for name, value in record.items()}
    return Figures(**given)


def _tally(value: tuple[int, list[Part]]) -> Tally:
    number, most = value
    return Tally(number, tuple((iri, times) for iri, times in most))


_SHAPES: dict[str, Callable[[Any], object]] = {
    "graphs": _tally,
    "classes": _tally,
    "properties": _tally,
    "examples": tuple,
    "said": lambda value: Said(*value),
}


def _rows(desk: Desk, text: str) -> Iterator[ox.QuerySolution]:
    try:
        found = desk.store.query(text, prefixes=_PREFIXES)
        assert isinstance(found, ox.QuerySolutions)  # noqa: S101  every text here selects
        yield from found
    except (OSError, RuntimeError) as error:
        raise StoreError(f"the store is damaged: {error}; build it again") from None


def _number(desk: Desk, what: str, where: str) -> int:
    return next(int(row["n"].value) for row in _rows(desk, f"SELECT ({what} AS ?n) WHERE {where}"))


def _triples(desk: Desk) -> str:
    """Return the pattern of every triple once; what stands in one graph alone need not be compared."""
    several = len(list(desk.store.named_graphs())) > 1 or (_default(desk) > 0 and any(desk.store.named_graphs()))
    return f"{{ SELECT DISTINCT ?s ?p ?o WHERE {_PLACES} }}" if several else _PLACES


def _default(desk: Desk) -> int:
    return _number(desk, "COUNT(*)", "{ ?s ?p ?o }")


def _graphs(desk: Desk) -> Tally:
    parts = _parts(desk, "SELECT ?t (COUNT(*) AS ?n) WHERE { GRAPH ?t { ?s ?p ?o } } GROUP BY ?t")
    return Tally(len(list(desk.store.named_graphs())), parts)


def _parts(desk: Desk, text: str) -> tuple[Part, ...]:
    rows = _rows(desk, f"{text} ORDER BY DESC(?n) ?t LIMIT {LISTED}")
    return tuple((row["t"].value, int(row["n"].value)) for row in rows if isinstance(row["t"], ox.NamedNode))


def _classes(desk: Desk) -> Tally:
    where = "{ { ?s a ?t } UNION { GRAPH ?g { ?s a ?t } } FILTER(isIRI(?t)) }"
    text = f"SELECT ?t (COUNT(DISTINCT ?s) AS ?n) WHERE {where} GROUP BY ?t"
    return Tally(_number(desk, "COUNT(DISTINCT ?t)", where), _parts(desk, text))


def _properties(desk: Desk) -> Tally:
    text = f"SELECT (?p AS ?t) (COUNT(*) AS ?n) WHERE {_triples(desk)} GROUP BY ?p"
    return Tally(_number(desk, "COUNT(DISTINCT ?p)", _PLACES), _parts(desk, text))


def _entity(desk: Desk) -> str:
    """Return the pattern of what the dataset is about: in a build its entities, otherwise whatever has an address."""
    own = "" if desk.plan.build is None else " FILTER EXISTS { GRAPH ?h { ?s a kei:Thing } }"
    return f"{{ {_PLACES} FILTER(isIRI(?s)){own} }}"


def _examples(desk: Desk) -> tuple[str, ...]:
    text = f"SELECT ?s (COUNT(*) AS ?n) WHERE {_entity(desk)} GROUP BY ?s ORDER BY DESC(?n) ?s LIMIT {_EXAMPLES}"
    return tuple(row["s"].value for row in _rows(desk, text) if isinstance(row["s"], ox.NamedNode))


def _own_words(desk: Desk) -> Said:
    """Return what is said of the one dataset that the graph describes; of several, none is it."""
    kinds = "VALUES ?k { kei:Dataset void:Dataset dcat:Dataset }"
    text = f"""SELECT DISTINCT ?d ?title ?licence WHERE {{ {kinds} {{ ?d a ?k }} UNION {{ GRAPH ?g {{ ?d a ?k }} }}
        OPTIONAL {{ {{ ?d dcterms:title ?title }} UNION {{ GRAPH ?h {{ ?d dcterms:title ?title }} }} }}
        OPTIONAL {{ {{ ?d dcterms:license ?licence }} UNION {{ GRAPH ?i {{ ?d dcterms:license ?licence }} }} }}
        }} ORDER BY ?d ?title ?licence LIMIT {LISTED}"""
    found = [row for row in _rows(desk, text) if isinstance(row["d"], ox.NamedNode)]
    if desk.plan.build is not None:
        found = [row for row in found if row["d"].value == DATASET]
    if len({row["d"].value for row in found}) != 1:
        return Said()
    first = found[0]
    title, licence = first["title"], first["licence"]
    return Said(
        first["d"].value,
        title.value if isinstance(title, ox.Literal) else None,
        licence.value if isinstance(licence, ox.NamedNode) else None,
    )


COUNTS: dict[str, Callable[[Desk], object]] = {
    "default": _default,
    "graphs": _graphs,
    "triples": lambda desk: _number(desk, "COUNT(*)", _triples(desk)),
    "subjects": lambda desk: _number(desk, "COUNT(DISTINCT ?s)", _PLACES),
    "objects": lambda desk: _number(desk, "COUNT(DISTINCT ?o)", _PLACES),
    "entities": lambda desk: _number(desk, "COUNT(DISTINCT ?s)", _entity(desk)),
    "classes": _classes,
    "properties": _properties,
    "examples": _examples,
    "said": _own_words,
}
