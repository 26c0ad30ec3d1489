"""The graph in other formats, each with a word on what it cannot hold. The same facts give the same bytes."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from keiretsu_graph.disputes import disputed
from keiretsu_graph.manifest import replace_file
from keiretsu_graph.view import ClaimFilter
from keiretsu_ontology.claims import AnyClaim, parts_of, shape_of, topic_of
from keiretsu_ontology.errors import StoreError
from keiretsu_ontology.vocabulary import PREFIXES

if TYPE_CHECKING:
    from keiretsu_graph.build import Build
    from keiretsu_graph.sqlite import SqliteView


class Export(NamedTuple):
    """A format that the graph can be written in."""

    suffixes: tuple[str, ...]
    media_type: str
    loses: str  # what it cannot hold
    write: Callable[[Build], bytes]


def _view(build: Build) -> SqliteView:
    from keiretsu_graph.sqlite import SqliteView

    return SqliteView.open(build.sqlite)


def _nquads(build: Build) -> bytes:
    return build.quads.read_bytes()


def _turtle(build: Build) -> bytes:
    """Return the graph as rdflib writes it; literals keep the form that they were written in."""
    import rdflib

    before, rdflib.NORMALIZE_LITERALS = rdflib.NORMALIZE_LITERALS, False
    try:
        graph = rdflib.Graph()
        graph.parse(data=_oxigraph(build, "N_TRIPLES"), format="nt")
        for prefix, address in PREFIXES.items():
            graph.bind(prefix, address, replace=True)
        return graph.serialize(format="turtle").encode("utf-8")
    finally:
        rdflib.NORMALIZE_LITERALS = before


def _oxigraph(build: Build, name: str) -> bytes:
    """Return the graph in a format of Oxigraph, sorted; without named graphs each triple comes once."""
    import pyoxigraph as ox

    fmt = getattr(ox.RdfFormat, name)
    quads = list(ox.parse(path=str(build.quads), format=ox.RdfFormat.N_QUADS))
    rows = sorted(quads, key=str) if fmt.supports_datasets else sorted({quad.triple for quad in quads}, key=str)
    own = {} if name == "N_TRIPLES" else dict(PREFIXES)
    return bytes(ox.serialize(rows, format=fmt, prefixes=own) or b"")


def _jsonld(build: Build) -> bytes:
    data = json.loads(_oxigraph(build, "JSON_LD"))
    return json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True).encode("utf-8") + b"\n"


def _graphml(build: Build) -> bytes:
    import networkx as nx

    from keiretsu_graph.network import to_networkx

    stream = io.BytesIO()
    nx.write_graphml_xml(to_networkx(_view(build)), stream, named_key_ids=True)
    return stream.getvalue() + b"\n"


def _gexf(build: Build) -> bytes:
    import re

    import networkx as nx

    from keiretsu_graph.network import to_networkx

    network = to_networkx(_view(build))
    for _, data in network.nodes(data=True):
        data["label"] = data["name"]
    for number, (_, _, key, data) in enumerate(sorted(network.edges(keys=True, data=True), key=lambda edge: edge[:3])):
        data["id"] = f"e{number}"
        data["label"] = data["relation"]
        data["tie"] = key
    stream = io.BytesIO()
    nx.write_gexf(network, stream, version="1.2draft")
    undated = re.sub(rb'(lastmodifieddate|lastmodified)="[^"]*"', b"", stream.getvalue())
    return re.sub(rb"<meta\s*>", b"<meta>", undated)


def _node_link(build: Build) -> bytes:
    import networkx as nx

    from keiretsu_graph.network import to_networkx

    data = nx.node_link_data(to_networkx(_view(build)), edges="edges")
    return json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True, allow_nan=False).encode("utf-8") + b"\n"


_COLUMNS = (
    "id", "key", "shape", "topic", "parties", "says", "value", "unit", "period_start", "period_end", "valid_from",
    "valid_to", "speaker", "relayed_by", "modality", "rank", "factual", "in_conflict", "source", "evidence",
)  # fmt: skip


def _csv(build: Build) -> bytes:
    view = _view(build)
    claims = view.claims(ClaimFilter())
    in_dispute = disputed(view.conflicts(), {claim.id: claim for claim in claims})
    return _table(_COLUMNS, [_row(claim, in_dispute) for claim in claims])


def _row(claim: AnyClaim, in_dispute: frozenset[str]) -> list[Any]:
    quantity, period = getattr(claim, "quantity", None), getattr(claim, "period", None)
    start, end = claim.held.start, claim.held.end
    return [
        claim.id, claim.key, shape_of(claim), topic_of(claim),
        " ".join(f"{part.role}={part.entity}" for part in parts_of(claim)), claim.text,
        f"{quantity.amount:f}" if quantity else "", quantity.unit if quantity else "",
        period.start if period else "", period.end if period else "", start.edtf if start else "",
        end.edtf if end else "", claim.speaker, claim.relayed_by or "", claim.modality, claim.rank,
        str(claim.factual).lower(), str(claim.id in in_dispute).lower(), claim.source,
        " ".join(f"{place.start}-{place.end}" for place in claim.evidence if place.start is not None),
    ]  # fmt: skip


def _entities_csv(build: Build) -> bytes:
    rows = [
        [entity.id, entity.kind, entity.name, "; ".join(f"{name.text} ({name.language})" for name in entity.names),
         "; ".join(f"{found.scheme} {found.value}" for found in entity.identifiers), entity.description or ""]
        for entity in _view(build).all_entities()
    ]  # fmt: skip
    return _table(("id", "kind", "name", "names", "identifiers", "description"), rows)


def _table(columns: tuple[str, ...], rows: list[list[Any]]) -> bytes:
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow(columns)
    writer.writerows(rows)
    return stream.getvalue().encode("utf-8")


def _spreadsheet(build: Build) -> bytes:
    """Return the claims as CSV that a spreadsheet takes for text, never for formulas."""
    rows = list(csv.reader(io.StringIO(_csv(build).decode("utf-8"), newline="")))
    safe = [[f"'{cell}" if cell[:1] in "=+-@\t\r" and cell else cell for cell in row] for row in rows[1:]]
    return b"\xef\xbb\xbf" + _table(tuple(rows[0]), safe)


_LAYERS = "named graphs: curated, derived and source triples come as one"

EXPORTS: dict[str, Export] = {
    "nquads": Export((".nq",), "application/n-quads", "nothing", _nquads),
    "trig": Export((".trig",), "application/trig", "nothing", lambda build: _oxigraph(build, "TRIG")),
    "jsonld": Export((".jsonld",), "application/ld+json", "nothing", _jsonld),
    "turtle": Export((".ttl",), "text/turtle", _LAYERS, _turtle),
    "rdfxml": Export((".rdf",), "application/rdf+xml", _LAYERS, lambda build: _oxigraph(build, "RDF_XML")),
    "graphml": Export(
        (".graphml",), "application/graphml+xml",
        "figures, events, evidence and conflicts: it holds entities and ties, with claim ids on the edges", _graphml,
    ),
    "gexf": Export(
        (".gexf",), "application/gexf+xml",
        "figures, events, evidence and conflicts: it holds entities and ties, with claim ids on the edges", _gexf,
    ),
    "node-link": Export(
        (".json",), "application/json",
        "figures, events, evidence and conflicts: it holds entities and ties, with claim ids on the edges", _node_link,
    ),
    "csv": Export(
        (".csv",), "text/csv",
        "names, derived ties, scopes and digests of evidence; for a spreadsheet take that format", _csv,
    ),
    "entities-csv": Export((".csv",), "text/csv", "claims: it holds entities with their names", _entities_csv),
    "spreadsheet": Export(
        (".csv",), "text/csv", "what csv loses, and cells that begin like a formula get a ' before them", _spreadsheet
    ),
}  # fmt: skip


def export_to(build: Build, name: str) -> bytes:
    """Return the graph in a format of EXPORTS."""
    return EXPORTS[name].write(build)


def write_whole(file: Path, data: bytes) -> None:
    """Write a file whole or not at all.

    Raises:
        StoreError: It cannot be written.
    """
    try:
        replace_file(file, data)
    except OSError as error:
        raise StoreError(f"{file} cannot be written: {error.strerror or error}") from None
