"""Exports are read by others, hold hostile names, and say what they lose."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import networkx as nx
import pyoxigraph as ox
import pytest
import rdflib

from factories import a_statement, small_claims, small_dataset
from keiretsu_graph.build import Build, build
from keiretsu_graph.exports import EXPORTS, export_to
from keiretsu_graph.layout import positions
from keiretsu_graph.network import to_networkx
from keiretsu_graph.sqlite import SqliteView
from keiretsu_graph.view import ClaimFilter, TieFilter
from keiretsu_ontology.entities import Entity, Name
from keiretsu_queries.base import standings_of

HOSTILE = '</script><b>&"\'=HYPERLINK("x") 上海 🚀 ]]> {{x}}'


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """The small graph with a thing of a hostile name."""
    dataset = small_dataset([*small_claims(), a_statement("bad", "odd", "partner_of", "north", text=HOSTILE)])
    odd = Entity("odd", "company", HOSTILE, (Name(HOSTILE, "en", preferred=True),))
    entities = tuple(sorted((*dataset.entities, odd), key=lambda entity: entity.id))
    return build(replace(dataset, entities=entities), tmp_path_factory.mktemp("hostile") / "out")


def _ox(fmt: ox.RdfFormat) -> Callable[[bytes], int]:
    return lambda data: len(list(ox.parse(data, format=fmt)))


def _rdflib(fmt: str) -> Callable[[bytes], int]:
    return lambda data: len(rdflib.Graph().parse(data=data.decode(), format=fmt))


READERS: dict[str, Callable[[bytes], int]] = {
    "nquads": _ox(ox.RdfFormat.N_QUADS),
    "trig": _ox(ox.RdfFormat.TRIG),
    "jsonld": _ox(ox.RdfFormat.JSON_LD),
    "turtle": _rdflib("turtle"),
    "rdfxml": _rdflib("xml"),
    "graphml": lambda data: len(nx.parse_graphml(data.decode())),
    "gexf": lambda data: len(nx.read_gexf(io.BytesIO(data))),
    "node-link": lambda data: len(nx.node_link_graph(json.loads(data), edges="edges")),
    "csv": lambda data: len(list(csv.DictReader(io.StringIO(data.decode())))),
    "entities-csv": lambda data: len(list(csv.DictReader(io.StringIO(data.decode())))),
    "spreadsheet": lambda data: len(list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))),
}


@pytest.mark.parametrize("name", EXPORTS)
def test_another_reader_reads_it(name: str, hostile: Build) -> None:
    """Every export is read by a program that did not write it, with the hostile name in it."""
    data = export_to(hostile, name)

    assert READERS[name](data) >= 12
    assert "上海" in data.decode("utf-8")
    assert EXPORTS[name].loses


def test_only_open_conflicts_make_disputes(seeds: SqliteView, seeds_build: Build) -> None:
    """What is settled by rank or explained is disputed nowhere: the table and the network agree with the answers."""
    claims = seeds.claims(ClaimFilter())
    conflicts = seeds.conflicts()
    standings = standings_of(seeds, claims, conflicts)
    open_sides = {side for row in conflicts if standings[row.id] == "open" for side in row.claims}
    rows = csv.DictReader(io.StringIO(export_to(seeds_build, "csv").decode()))
    edges = to_networkx(seeds).edges(data=True)

    assert {row["id"] for row in rows if row["in_conflict"] == "true"} == open_sides
    assert all(data["disputed"] is not open_sides.isdisjoint(data["claims"].split()) for _, _, data in edges)


def test_no_format_is_left_out() -> None:
    """Each export has its reader here."""
    assert set(READERS) == set(EXPORTS)


def test_rdf_exports_hold_the_same(hostile: Build) -> None:
    """Formats with named graphs have every quad; the others every triple once."""
    lines = hostile.quads.read_text(encoding="utf-8").splitlines()
    triples = {line.rsplit(" <", 1)[0] for line in lines}

    assert READERS["nquads"](export_to(hostile, "nquads")) == READERS["trig"](export_to(hostile, "trig")) == len(lines)
    assert READERS["turtle"](export_to(hostile, "turtle")) == READERS["rdfxml"](export_to(hostile, "rdfxml"))
    assert READERS["turtle"](export_to(hostile, "turtle")) == len(triples)


def test_turtle_keeps_digits(hostile: Build) -> None:
    """Rdflib does not make 3 of 3.00 on its way."""
    assert '"3.00"' in export_to(hostile, "turtle").decode("utf-8")


def test_a_spreadsheet_gets_no_formulas(hostile: Build) -> None:
    """Cells that begin like a formula are text; the exact CSV is left exact."""
    rows = list(csv.reader(io.StringIO(export_to(hostile, "spreadsheet").decode("utf-8-sig"))))

    assert not [cell for row in rows for cell in row if cell[:1] in ("=", "+", "-", "@")]


def test_networkx_carries_claims_on_edges(small_view: SqliteView) -> None:
    """Nodes are entities, parallel ties are parallel edges, each with claims and speakers."""
    network = to_networkx(small_view, TieFilter(factual=None))

    assert len(network) == 11
    assert network.number_of_edges("north", "south") == 2
    edge = next(iter(network["lab"]["spark"].values()))
    assert (edge["relation"], edge["factual"], edge["speakers"]) == ("develops", True, "reporter")
    assert nx.has_path(network, "north", "spark")


def test_positions_are_stable_and_apart(seeds: SqliteView) -> None:
    """The same graph gives the same picture, nothing lies on anything else, all of it near the disc."""
    network = to_networkx(seeds)
    places = positions(network)

    assert places == positions(network)
    assert set(places) == set(network)
    assert len(set(places.values())) == len(places)
    assert all(x * x + y * y < 1.5 for x, y in places.values())
    assert positions(nx.Graph()) == {}


def test_write_refuses_a_folder_that_is_not_there(tmp_path: Path) -> None:
    """A file that cannot be written is an error in plain words."""
    from keiretsu_graph.exports import write_whole
    from keiretsu_ontology.errors import StoreError

    with pytest.raises(StoreError, match="cannot be written"):
        write_whole(tmp_path / "none" / "x.ttl", b"x")
