"""A graph that was changed from outside, read back into the model: every thing of it, or what keeps it from being read.

What terms_back.py reads was written by terms.py; here it may have been written by anyone, so each field is looked at
before it is read, and one fault hides no other.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any, NamedTuple, TypeVar

import pyoxigraph as ox
from pyoxigraph import BlankNode, Literal, NamedNode

from keiretsu_graph.rdf_fields import DAY, FIELDS, FLAG, NUMBER, RELATION, RELATION_NAMES, TEXT, Field, iri, kei
from keiretsu_graph.terms_back import (
    Properties,
    gathered,
    read_claim,
    read_conflict,
    read_entity,
    read_source,
)
from keiretsu_ontology.claims import SHAPES, AnyClaim, Conflict
from keiretsu_ontology.entities import Entity
from keiretsu_ontology.evidence import Source
from keiretsu_ontology.notation import nearest
from keiretsu_ontology.vocabulary import BASE, DATASET, GRAPHS, PREFIXES, class_iri, slug_of

Found = TypeVar("Found")
Node = NamedNode | BlankNode
CURATED, SOURCES = GRAPHS["curated"], GRAPHS["sources"]

# What a thing of each table has to say; the rest may be left out.
_REQUIRED = {
    "claim": ("key", "text", "speaker", "modality", "source", "recorded"),
    "statement": ("subject", "relation"),
    "deal": ("kind",),
    "occurrence": ("kind",),
    "observation": ("about", "metric"),
    "quantity": ("written", "unit"),
    "period": ("kind",),
    "when": ("edtf",),
    "part": ("role", "entity"),
    "entity": ("name",),
    "merged": ("id",),
    "identifier": ("scheme", "value"),
    "source": ("title", "kind", "recorded"),
}
_LITERALS = (TEXT, FLAG, DAY, NUMBER)
# The parts of a thing, by the property that leads to them.
_PARTS = {
    "published": "when", "heldFrom": "when", "heldTo": "when", "participation": "part", "dealAmount": "quantity",
    "dealShare": "quantity", "identifier": "identifier", "idMerger": "merged",
}  # fmt: skip
_OWN_NAMES = re.compile(rf"{re.escape(BASE)}(claim|entity|source|conflict)/[A-Za-z0-9._~-]{{1,200}}")
_PLACED = re.compile(r"#place-\d\d+$")


class Fault(NamedTuple):
    """Something wrong with a thing of a graph."""

    node: str  # the IRI of the thing
    message: str


class ReadBack(NamedTuple):
    """What a graph holds, as the model has it. The ids of claims are what their IRIs say."""

    name: str
    title: str
    entities: tuple[Entity, ...]
    sources: tuple[Source, ...]
    claims: tuple[AnyClaim, ...]
    conflicts: tuple[Conflict, ...]  # curated ones
    malformed: frozenset[str]  # ids and keys of what is there and cannot be read
    faults: tuple[Fault, ...]


class Index:
    """Everything that two graphs of a store say of each node."""

    def __init__(self, store: ox.Store) -> None:
        self.curated = _indexed(store, CURATED)
        self.sources = _indexed(store, SOURCES)

    def of(self, node: Node) -> dict[Node, list[tuple[NamedNode, Any]]]:
        """Return the graph in which a thing of this name stands."""
        return self.sources if node.value.startswith((f"{BASE}source/", DATASET)) else self.curated


def _indexed(store: ox.Store, graph: str) -> dict[Node, list[tuple[NamedNode, Any]]]:
    found: dict[Node, list[tuple[NamedNode, Any]]] = {}
    for quad in store.quads_for_pattern(None, None, None, NamedNode(graph)):
        found.setdefault(quad.subject, []).append((quad.predicate, quad.object))  # type: ignore[arg-type]
    return found


def root_of(node: Node) -> str:
    """Return the IRI of the thing that a node is, or is part of."""
    return node.value.partition("#")[0] if isinstance(node, NamedNode) else ""


def server_made(name: NamedNode) -> bool:
    """Say whether a property of things is worked out from other properties, whatever stood there before."""
    return name in _MADE or name.value in RELATION_NAMES


_MADE = frozenset(
    {
        *(kei(name) for name in ("about", "amount", "digest", "earliest", "factual", "latest", "outranked", "published",
                                 "recordedOn", "restates", "upperAmount")),
        iri("rdfs:label"),
        iri("rdf:type"),
    }
)  # fmt: skip


def compact(name: str) -> str:
    """Return an IRI with a prefix of ours where there is one.

    Example:
        >>> compact("https://w3id.org/keiretsu/ontology#claimedBy")
        'kei:claimedBy'
    """
    for prefix, start in PREFIXES.items():
        if name.startswith(start):
            return f"{prefix}:{name[len(start) :]}"
    return f"<{name}>"


def read_back(index: Index, looked_at: set[str]) -> ReadBack:
    """Return what a graph holds.

    Args:
        index: The graph.
        looked_at: The things that may hold anything at all: others are as they were written here.
    """
    reader = _Reader(index, looked_at)
    claims = tuple(_settled(claim, index.curated) for claim in reader.each("claim", read_claim))
    entities, conflicts = tuple(reader.each("entity", read_entity)), tuple(reader.each("conflict", _conflict))
    sources = tuple(reader.each("source", read_source))
    about = gathered(index.sources.get(NamedNode(DATASET), ()))
    named = [about.get(iri(f"dcterms:{name}"), ()) for name in ("identifier", "title")]
    name, title = (values[0].value if values else "" for values in named)
    curated = tuple(conflict for conflict in conflicts if conflict.curated)
    return ReadBack(
        name, title, entities, sources, claims, curated, frozenset(reader.malformed), tuple(reader.faults)
    )  # fmt: skip


class _Reader:
    def __init__(self, index: Index, looked_at: set[str]) -> None:
        self._index = index
        self._looked_at = looked_at
        self.faults: list[Fault] = []
        self.malformed: set[str] = set()

    def each(self, family: str, read: Callable[[NamedNode, Any], Found]) -> Iterator[Found]:
        """Yield the things of a family, by name; those that cannot be read leave a fault."""
        start = f"{BASE}{family}/"
        graph = self._index.sources if family == "source" else self._index.curated
        named = sorted({root for node in graph if (root := root_of(node)).startswith(start)})
        for name in named:
            node = NamedNode(name)
            if all(server_made(predicate) and predicate != iri("rdf:type") for predicate, _ in graph.get(node, ())):
                continue  # it was deleted, and what is worked out goes with it
            faults = list(_faults(node, family, graph)) if name in self._looked_at else []
            if not faults:
                try:
                    yield read(node, _describing(graph))
                    continue
                except (KeyError, ValueError, TypeError, AttributeError, IndexError, RuntimeError) as error:
                    faults = [Fault(name, f"it cannot be read: {error}")]
            self.faults += faults
            self.malformed.add(slug_of(name))
            self.malformed.update(value.value for key, value in graph[node] if key == iri("dcterms:identifier"))


def _describing(graph: Mapping[Node, list[tuple[NamedNode, Any]]]) -> Callable[[Any], Properties]:
    return lambda node: gathered(graph.get(node, ()))


def _conflict(node: NamedNode, describe: Callable[[Any], Properties]) -> Conflict:
    """Return a conflict; one that does not say whether a curator wrote it down was written down by one."""
    properties = dict(describe(node))
    properties.setdefault(kei("curated"), [Literal("true", datatype=iri("xsd:boolean"))])
    return read_conflict(node, lambda _: properties)


def _settled(claim: AnyClaim, graph: Mapping[Node, list[tuple[NamedNode, Any]]]) -> AnyClaim:
    """Return a claim with what may be left out, and with its places in an order of their own."""
    places = [value for key, value in graph.get(NamedNode(f"{BASE}claim/{claim.id}"), ()) if key == kei("evidence")]
    if not all(isinstance(node, NamedNode) and _PLACED.search(node.value) for node in places):
        ordered = sorted(claim.evidence, key=lambda place: (place.start or 0, place.end or 0, place.quote or ""))
        claim = replace(claim, evidence=tuple(ordered))
    return claim if claim.rank else replace(claim, rank="normal")


def _faults(node: NamedNode, family: str, graph: Mapping[Node, list[tuple[NamedNode, Any]]]) -> Iterator[Fault]:
    """Yield what keeps a thing from being read."""
    if not _OWN_NAMES.fullmatch(node.value):
        yield Fault(node.value, "the name of a thing ends in letters, digits, '-', '.', '_' and '~'")
        return
    properties = gathered(graph.get(node, ()))
    if family == "conflict":
        if missing := [name for name in ("side", "reason") if kei(name) not in properties]:
            yield Fault(node.value, f"a conflict needs {' and '.join(f'kei:{name}' for name in missing)}")
        return
    tables = [family]
    if family == "claim":
        shapes = {shape for shape in SHAPES if NamedNode(class_iri(shape)) in properties.get(iri("rdf:type"), ())}
        if len(shapes) != 1:
            yield Fault(node.value, "rdf:type: a claim is one of kei:Statement, kei:Deal, kei:Observation and "
                        "kei:Occurrence; to delete it, delete all that it says")  # fmt: skip
        tables += ["scope", *shapes]
        tables += ["quantity"] if shapes == {"observation"} and kei("written") in properties else []
        tables += ["period"] if shapes == {"observation"} and kei("periodKind") in properties else []
        if shapes == {"statement"} and not {iri("rdf:object"), kei("knownToBeNone")} & set(properties):
            yield Fault(node.value, "rdf:object is missing")
    elif family == "entity" and iri("rdf:type") not in properties:
        yield Fault(node.value, "rdf:type is missing")
    for table in tables:
        yield from _field_faults(node.value, "", properties, table)
    for name, table in _PARTS.items():
        for part in properties.get(kei(name), ()):
            yield from _field_faults(node.value, f"kei:{name} / ", gathered(graph.get(part, ())), table)
    for place in properties.get(kei("evidence"), ()):
        if iri("oa:hasSource") not in gathered(graph.get(place, ())):
            yield Fault(node.value, "kei:evidence / oa:hasSource is missing")


def _field_faults(node: str, path: str, properties: Properties, table: str) -> Iterator[Fault]:
    for field in FIELDS[table]:
        name, values = path + compact(field.property.value), properties.get(field.property, ())
        if not values and field.name in _REQUIRED.get(table, ()):
            yield Fault(node, f"{name} is missing")
        if len(values) > 1:
            yield Fault(node, f"{name} stands {len(values)} times; one is wanted")
        for value in values[:1]:
            if (fault := _value_fault(field, value)) is not None:
                yield Fault(node, f"{name}: {fault}")


def _value_fault(field: Field, value: Any) -> str | None:
    """Return why a value cannot stand in a field, or None where it can."""
    if (field.codec in _LITERALS) != isinstance(value, Literal):
        return "a literal is wanted here" if field.codec in _LITERALS else "an IRI is wanted here"
    try:
        field.codec.from_term(value)
    except (KeyError, ValueError):
        shown = compact(value.value)[:80] if isinstance(value, NamedNode) else repr(value.value[:60])
        if field.codec is RELATION:
            known = [compact(name) for name in RELATION_NAMES]
            return f"unknown relation {shown}{nearest(shown, known)}"
        return f"{shown} is not {'a date' if field.codec is DAY else 'one of the values that it may have'}"
    return None


def lines_of(index: Index, roots: Iterable[str]) -> Iterator[tuple[Node, NamedNode, Any]]:
    """Yield everything that is said of things and of their parts."""
    wanted = set(roots)
    for graph in (index.curated, index.sources):
        for node, pairs in graph.items():
            if root_of(node) in wanted:
                yield from ((node, name, value) for name, value in pairs)
