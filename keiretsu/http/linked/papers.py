"""A document of RDF about a thing, in each of its forms: the same triples in all of them."""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph as ox

from keiretsu.http.linked import schema_org
from keiretsu.http.linked.compacted import to_jsonld
from keiretsu.http.linked.forms import FORMS
from keiretsu.http.linked.statements import PREFIXES_HERE, Paper, triples_of
from keiretsu_ontology.claims import AnyClaim
from keiretsu_ontology.entities import Entity
from keiretsu_ontology.errors import StoreError
from keiretsu_ontology.evidence import Source


def written(lines: Iterable[bytes], paper: Paper, topic: object, suffix: str) -> bytes:
    """Return a document in a form of RDF.

    Args:
        lines: N-Quads of the graph, those of the topic first.
        paper: What the document is, and where it stands.
        topic: The entity, claim or source that it is about; of other things schema.org is not spoken.
        suffix: One of `RDF`.
    """
    spoken, own = _by_schema_org(topic, paper.in_form("html", 1)), list(triples_of(paper))
    if suffix == "trig":
        told = (ox.Quad(*triple) for triple in (*spoken, *own))
        return _serialized([*_parsed(b"\n".join(lines)), *told], ox.RdfFormat.TRIG)
    listed = list(lines)
    start = f"<{paper.topic}>".encode()
    head = next((number for number, line in enumerate(listed) if not line.startswith(start)), len(listed))
    rows = [*map(_bare, listed[:head]), *map(_line, spoken), *map(_bare, listed[head:]), *map(_line, own)]
    text = b"\n".join(dict.fromkeys(rows)) + b"\n"
    if suffix == "nt":
        return text
    if suffix == "jsonld":
        return to_jsonld((quad.triple for quad in _parsed(text)), paper.topic)
    return _serialized((quad.triple for quad in _parsed(text)), getattr(ox.RdfFormat, FORMS[suffix].rdf or ""))


def _bare(line: bytes) -> bytes:
    """Return a line without its layer; no IRI has a space."""
    return line[: line.rindex(b" <")] + b" ."


def _line(triple: ox.Triple) -> bytes:
    return f"{triple} .".encode()


def _by_schema_org(topic: object, page: str) -> list[ox.Triple]:
    if isinstance(topic, Entity):
        return list(schema_org.entity_triples(topic, page))
    if isinstance(topic, Source):
        return list(schema_org.source_triples(topic, page))
    return list(schema_org.claim_triples(topic, page)) if isinstance(topic, AnyClaim) else []


def _parsed(text: bytes) -> Iterable[ox.Quad]:
    try:
        yield from ox.parse(text, format=ox.RdfFormat.N_QUADS)
    except (SyntaxError, ValueError) as error:
        raise StoreError(f"the lines of the graph cannot be read: {error}; build it again") from None


def _serialized(rows: Iterable[ox.Quad] | Iterable[ox.Triple], form: ox.RdfFormat) -> bytes:
    return bytes(ox.serialize(rows, format=form, prefixes=PREFIXES_HERE) or b"")
