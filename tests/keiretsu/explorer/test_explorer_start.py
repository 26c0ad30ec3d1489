"""Where the page begins: around a thing, with what a query finds, or with what matters most."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from factories import a_statement, a_when, an_entity, small_dataset
from keiretsu.explorer.queried import start_of_results, title_of
from keiretsu.explorer.start import FEW, MANY, foremost_start, start_around
from keiretsu_graph.answers import results_of
from keiretsu_graph.build import Build, build
from keiretsu_graph.derive import DIRECT
from keiretsu_graph.guard import admit
from keiretsu_graph.oxigraph import open_store
from keiretsu_graph.results import Results
from keiretsu_graph.sqlite import SqliteView
from keiretsu_graph.view import TieFilter
from keiretsu_ontology.claims import AnyClaim
from keiretsu_ontology.dates import Held
from keiretsu_ontology.errors import UsageError
from keiretsu_queries.base import Clocks


def found(build_: Build, query: str) -> Results:
    """Return what a query finds in a graph."""
    return results_of(open_store(build_.store), admit(query))


def test_it_opens_on_what_matters_most(seeds: SqliteView) -> None:
    """Without a wish there is the foremost thing, and around it a few things that are tied to it in one step."""
    start = foremost_start(seeds)

    beside = Counter[str]()
    for tie in seeds.neighbours([start.ids[0]], TieFilter(factual=None)):
        if tie.rule in DIRECT:
            beside.update({tie.subject, tie.object} - {start.ids[0]})
    assert (start.ids[0], len(start.ids), start.chosen) == ("alibaba", FEW, None)
    assert set(start.ids[1:]) <= set(beside)
    assert start.title == "Alibaba Group and what is most tied to it"


def test_around_a_thing_the_nearer_come_first(small_view: SqliteView) -> None:
    """Each step adds what is tied to the things before; the thing itself is chosen."""
    lab = small_view.entities(["lab"])["lab"]

    one, two = (start_around(small_view, lab, depth) for depth in (1, 2))
    assert (one.ids[0], one.chosen, set(one.ids)) == ("lab", "lab", {"lab", "south", "spark"})
    assert two.ids[:3] == one.ids
    assert set(two.ids) == {"lab", "south", "spark", "ann", "east", "north", "reasoning"}
    assert [start.title for start in (one, two)] == ["Lab, 1 step around it", "Lab, 2 steps around it"]


def test_a_hub_is_cut_to_what_is_most_tied(tmp_path: Path) -> None:
    """Of three hundred neighbours those with the most ties are in view."""
    names = [f"n{number}" for number in range(300)]
    ties: list[AnyClaim] = [a_statement(f"k{name}", "hub", "partner_of", name) for name in names]
    ties += [a_statement("more-1", "n77", "partner_of", "n78"), a_statement("more-2", "n77", "competitor_of", "n79")]
    entities = [an_entity(name) for name in ("hub", "reporter", *names)]
    dataset = replace(small_dataset(ties), entities=tuple(sorted(entities, key=lambda entity: entity.id)))
    view = SqliteView.open(build(dataset, tmp_path / "out").sqlite)

    start = start_around(view, view.entities(["hub"])["hub"], 3)
    assert start.ids[:4] == ("hub", "n77", "n78", "n79")
    assert len(start.ids) == MANY


def test_what_was_not_so_is_not_around(tmp_path: Path) -> None:
    """Steps are taken over ties that pass the clocks; where none is left, things stand alone."""
    old = Held(a_when("2001", date(2001, 1, 1)), a_when("2005", date(2005, 12, 31)))
    made = build(small_dataset([a_statement("old", "north", "partner_of", "south", held=old)]), tmp_path / "out")
    view, late = SqliteView.open(made.sqlite), Clocks(as_of=date(2010, 1, 1))
    north = view.entities(["north"])["north"]

    assert start_around(view, north).ids == ("north", "south")
    assert start_around(view, north, clocks=late).ids == ("north",)
    assert foremost_start(view, late).chosen is None


def test_rows_and_graphs_give_their_things(small_build: Build, small_view: SqliteView) -> None:
    """Things count in any column and at both ends of a triple, claims by what they are about."""
    rows = found(small_build, "SELECT ?x ?who { ?who kei:unitOf entity:south BIND(1 AS ?x) }")
    graph = found(small_build, "CONSTRUCT { ?a kei:unitOf ?b } { ?a kei:unitOf ?b }")
    claims = found(small_build, "SELECT ?c { ?c a kei:Deal } ")

    assert start_of_results(small_view, rows, "")[0].ids == ("lab",)
    assert set(start_of_results(small_view, graph, "")[0].ids) == {"lab", "south"}
    start, number = start_of_results(small_view, claims, "Deals")
    assert (set(start.ids), start.title, number) == ({"north", "south", "cloud"}, "Deals", 3)


@pytest.mark.parametrize(("query", "why"), [
    ("ASK { ?s ?p ?o }", "yes or no"), ("SELECT ?s { ?s a kei:Nothing }", "nothing to draw"),
    ("SELECT ?n { ?s rdfs:label ?n }", "nothing to draw"),
    ("CONSTRUCT { <https://example.org/entity/north> a kei:Company } {}", "nothing to draw"),
])  # fmt: skip
def test_what_cannot_be_drawn_is_told(small_build: Build, small_view: SqliteView, query: str, why: str) -> None:
    """A truth, literals and things of elsewhere are no things of the graph."""
    with pytest.raises(UsageError, match=why):
        start_of_results(small_view, found(small_build, query), "")


def test_a_title_is_one_line() -> None:
    """The first comment names the view, however long it is."""
    assert title_of("# " + "W" * 10_000) == "W" * 200
    assert title_of("#\nSELECT * {}") == "What the query found"
