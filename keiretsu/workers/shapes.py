"""What SHACL finds in things that were changed: the generated shapes, over those and the kinds of what they name.

The shapes are read once, before the processes that change the graph are forked.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from pyoxigraph import NamedNode

from keiretsu_graph.reading_back import Fault, Index, ReadBack, compact, lines_of
from keiretsu_graph.terms import claim_triples, entity_triples, source_triples
from keiretsu_ontology.entities import KINDS, ancestry
from keiretsu_ontology.metrics import METRICS
from keiretsu_ontology.vocabulary import KEI, claim_iri, class_iri, entity_iri, slug_of, source_iri

_TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")


# What is said in place of a message that lists everything that is admitted.
_WORDS = {
    "InConstraintComponent": "not one of the values that it may have",
    "OrConstraintComponent": "none of the ways in which this may be said",
}


@cache
def _shapes() -> Any:
    import rdflib

    from keiretsu_ontology import shapes

    return rdflib.Graph().parse(data=shapes.to_turtle(), format="turtle")


def warm() -> None:
    """Read what checking needs."""
    _found_in("")


def broken_shapes(read: ReadBack, index: Index, roots: set[str]) -> list[Fault]:
    """Return what SHACL finds in some things.

    Args:
        read: What the graph holds.
        index: The graph as it was written.
        roots: The things.
    """
    triples = set(_told(read, index, roots))
    named = {value.value for _, _, value in triples if isinstance(value, NamedNode)} | roots
    triples |= set(_kinds(read, named))
    found = _found_in("".join(f"{node} {name} {value} .\n" for node, name, value in triples))
    # Of claims that are only named, nothing but their kind is here.
    return [fault for fault in found if fault.node in roots or not fault.node.startswith(claim_iri(""))]


def _told(read: ReadBack, index: Index, roots: set[str]) -> Iterator[tuple[Any, Any, Any]]:
    """Yield what is said of things, as the model writes it; of those that cannot be read, as it stands there."""
    left = set(roots)
    for claim in read.claims:
        if claim_iri(claim.id) in left:
            left.discard(claim_iri(claim.id))
            yield from claim_triples(claim)
    for entity in read.entities:
        if entity_iri(entity.id) in left:
            left.discard(entity_iri(entity.id))
            yield from entity_triples(entity)
    for source in read.sources:
        if source_iri(source.id) in left:
            left.discard(source_iri(source.id))
            yield from source_triples(source)
    for node in left:
        if node.startswith(claim_iri("")) and slug_of(node) in read.malformed:
            yield NamedNode(node), _TYPE, NamedNode(class_iri("claim"))
    yield from lines_of(index, left)


def _kinds(read: ReadBack, named: set[str]) -> Iterator[tuple[Any, Any, Any]]:
    """Yield of which kinds the things are that are named, wider ones among them."""
    kinds = dict.fromkeys(METRICS, "metric") | {entity.id: entity.kind for entity in read.entities}
    for slug, kind in kinds.items():
        if (node := entity_iri(slug)) in named:
            for wider in ancestry(kind) if kind in KINDS else ():
                yield NamedNode(node), _TYPE, NamedNode(class_iri(wider))
    for iri, kind in _others(read):
        if iri in named:
            yield NamedNode(iri), _TYPE, NamedNode(class_iri(kind))


def _others(read: ReadBack) -> Iterable[tuple[str, str]]:
    yield from ((source_iri(source.id), "source") for source in read.sources)
    yield from ((claim_iri(claim.id), "claim") for claim in read.claims)


def _found_in(lines: str) -> list[Fault]:
    import pyshacl
    import rdflib
    from rdflib.namespace import SH

    data = rdflib.Graph().parse(data=lines, format="nt")
    logging.getLogger("rdflib.term").setLevel(logging.CRITICAL)  # values of no date: a shape tells of them
    conforms, results, _ = pyshacl.validate(data, shacl_graph=_shapes())
    if conforms:
        return []
    found = set()
    for row in results.subjects(rdflib.RDF.type, SH.ValidationResult):
        focus, path, value, message, kind = (
            results.value(row, name)
            for name in (SH.focusNode, SH.resultPath, SH.value, SH.resultMessage, SH.sourceConstraintComponent)
        )
        message = _WORDS.get(str(kind).rpartition("#")[2], str(message)[:300])
        where = f"{compact(str(path))}: " if isinstance(path, rdflib.URIRef) else ""
        shown = f" ({compact(str(value))[:80]})" if isinstance(value, rdflib.URIRef) else ""
        thing = str(focus) if str(focus).startswith(KEI) else str(focus).partition("#")[0]
        found.add(Fault(thing, f"SHACL: {where}{message}{shown}"))
    return sorted(found)
