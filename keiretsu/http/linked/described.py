"""The lines of RDF that describe a thing: its own, and those of the claims, ties and conflicts that speak of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import NamedNode

from keiretsu.http.linked.addresses import SORTS
from keiretsu.http.linked.blocks import Blocks
from keiretsu.workers.plan import Desk
from keiretsu_graph.rdf_fields import iri, kei
from keiretsu_ontology.errors import StoreError
from keiretsu_ontology.vocabulary import DATASET, GRAPHS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

PAGE = 300  # claims in one document; the others are in those that follow it
_CURATED, _DERIVED = NamedNode(GRAPHS["curated"]), NamedNode(GRAPHS["derived"])
_NAMED = re.compile(rb"<(https://w3id\.org/keiretsu/(?:entity|source)/[a-z0-9-]+)>")
_SIDED = re.compile(rb"^<([^#>]+)> <[^>]*#(?:subject|predicate|object)> <([^>]+)> ", re.MULTILINE)


class Described(NamedTuple):
    """What a document says of its topic."""

    lines: tuple[bytes, ...]  # of N-Quads: those of the topic first
    page: int = 1
    pages: int = 1


def describe(desk: Desk, sort: str, name: str, page: int = 1) -> Described:
    """Return the lines that describe a thing.

    Args:
        desk: The graph.
        sort: One of `SORTS`.
        name: Its id.
        page: Which claims: the first ones, or those that follow.

    Raises:
        StoreError: The build is damaged.
    """
    blocks = blocks_of(desk)
    topic = SORTS[sort].iri(name)
    found: dict[bytes, None] = dict.fromkeys(blocks.about(topic))
    listed, others = _BESIDE[sort](desk, topic)
    pages = max(1, -(-len(listed) // PAGE))
    first = (page - 1) * PAGE
    for node in (*others, *listed[first : first + PAGE]):
        found.update(dict.fromkeys(blocks.about(node)))
    if sort in ("claim", "tie"):
        found.update(dict.fromkeys(_direct(blocks, topic, found)))
    found.update(dict.fromkeys(_labels(blocks, topic, found)))
    found.update(dict.fromkeys(blocks.about(DATASET)))
    return Described(tuple(found), page, pages)


def blocks_of(desk: Desk) -> Blocks:
    """Return the lines of the graph that is open."""
    return _opened(desk.build.quads)


@cache
def _opened(file: Path) -> Blocks:
    return Blocks.open(file)


def _subjects(desk: Desk, name: NamedNode, value: str, layer: NamedNode) -> list[str]:
    """Return the IRIs of what has a property with this value, in order."""
    try:
        quads = desk.store.quads_for_pattern(None, name, NamedNode(value), layer)
        return sorted({quad.subject.value for quad in quads if isinstance(quad.subject, NamedNode)})
    except (RuntimeError, OSError) as error:
        raise StoreError(f"the store cannot be read: {error}; build it again") from None


Beside = tuple[list[str], list[str]]  # what is told page by page, and what is told at once


def _beside_entity(desk: Desk, topic: str) -> Beside:
    """Return the claims about an entity, and the ties that follow from claims."""
    ties = {node for end in ("subject", "object") for node in _subjects(desk, iri(f"rdf:{end}"), topic, _DERIVED)}
    return [*_subjects(desk, kei("about"), topic, _CURATED), *sorted(ties)], []


def _beside_claim(desk: Desk, topic: str) -> Beside:
    """Return the ties that rest on a claim, and the conflicts that it is a side of."""
    resting = _subjects(desk, iri("prov:wasDerivedFrom"), topic, _DERIVED)
    return resting, _subjects(desk, kei("side"), topic, _CURATED)


def _beside_source(desk: Desk, topic: str) -> Beside:
    return _subjects(desk, iri("dcterms:source"), topic, _CURATED), []


def _beside_conflict(desk: Desk, topic: str) -> Beside:
    return _objects(desk, topic, kei("side"), _CURATED), []


def _beside_tie(desk: Desk, topic: str) -> Beside:
    return _objects(desk, topic, iri("prov:wasDerivedFrom"), _DERIVED), []


def _objects(desk: Desk, topic: str, name: NamedNode, layer: NamedNode) -> list[str]:
    try:
        quads = desk.store.quads_for_pattern(NamedNode(topic), name, None, layer)
        return sorted({quad.object.value for quad in quads if isinstance(quad.object, NamedNode)})
    except (RuntimeError, OSError) as error:
        raise StoreError(f"the store cannot be read: {error}; build it again") from None


_BESIDE: dict[str, Callable[[Desk, str], Beside]] = {
    "entity": _beside_entity,
    "claim": _beside_claim,
    "source": _beside_source,
    "conflict": _beside_conflict,
    "tie": _beside_tie,
}


def _direct(blocks: Blocks, topic: str, found: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the direct triple of a statement or a tie, in whatever layer it stands, where it may be read as a fact."""
    own = [line for line in found if line.startswith(f"<{topic}>".encode())]
    sides = [match[2] for line in sorted(own) if (match := _SIDED.match(line))]
    if len(sides) == 3:
        obj, predicate, subject = sides  # as they are sorted
        yield from blocks.starting(b"<" + subject + b"> <" + predicate + b"> <" + obj + b">")


def _labels(blocks: Blocks, topic: str, found: Iterable[bytes]) -> Iterator[bytes]:
    """Yield what everything is called that the lines name."""
    named = {name.decode() for name in _NAMED.findall(b"\n".join(found))} - {topic}
    for name in sorted(named):
        yield from blocks.label(name)
