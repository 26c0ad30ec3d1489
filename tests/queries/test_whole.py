"""The graph as a whole, and its measures and cuts beside those of networkx."""

from __future__ import annotations

import networkx as nx
import pytest

from keiretsu_graph.build import Build
from keiretsu_graph.oxigraph import OxigraphView
from keiretsu_graph.sqlite import SqliteView
from keiretsu_queries.base import ALWAYS
from keiretsu_queries.things.lists import list as listed
from keiretsu_queries.things.ties import ties
from keiretsu_queries.whole import measures
from keiretsu_queries.whole.bridges import bridges
from keiretsu_queries.whole.central import central
from keiretsu_queries.whole.communities import communities
from keiretsu_queries.whole.cuts import find_cuts, piece_beyond, pieces_beyond
from keiretsu_queries.whole.measures import MEASURES, measured
from keiretsu_queries.whole.tied import Web, bounded, pair_of, web_of


def _web(graph: nx.Graph[int]) -> Web:
    return Web({pair_of(f"{one:04}", f"{other:04}"): () for one, other in sorted(graph.edges())})


def _graph(web: Web) -> nx.Graph[str]:
    graph: nx.Graph[str] = nx.Graph()
    graph.add_edges_from(web.pairs)
    return graph


@pytest.mark.parametrize("seed", range(6))
def test_measures_are_those_of_networkx(seed: int) -> None:
    """Worked out as arrays, in graphs of several parts, betweenness and closeness have the values of networkx."""
    web = _web(nx.gnm_random_graph(40, 45, seed=seed))
    graph = _graph(web)

    found = measured(web, list(MEASURES))
    assert found["degree"] == {thing: float(degree) for thing, degree in graph.degree()}
    assert found["betweenness"] == pytest.approx(nx.betweenness_centrality(graph), abs=1e-8)
    assert found["closeness"] == pytest.approx(nx.closeness_centrality(graph), abs=1e-8)


def test_a_walker_is_everywhere_in_all_and_most_where_most_leads() -> None:
    """PageRank adds up to 1; on a star its centre has 0.475... of it, as the equations say."""
    found = measured(_web(nx.star_graph(3)), ["pagerank", "eigenvector"])

    centre = (0.15 / 4 + 0.85 * 0.15 * 3 / 4) / (1 - 0.85**2)
    assert found["pagerank"] == pytest.approx(
        {"0000": centre, **{f"000{leaf}": (1 - centre) / 3 for leaf in (1, 2, 3)}}, abs=1e-8
    )
    assert found["eigenvector"]["0000"] == 1.0
    assert found["eigenvector"]["0001"] == pytest.approx(3**-0.5, abs=1e-6)


def test_a_sample_estimates_and_is_always_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """In a large graph betweenness is estimated from the same things each time, near enough to rank the top."""
    web = _web(nx.barabasi_albert_graph(300, 2, seed=1))
    exact = measured(web, ["betweenness"])["betweenness"]
    monkeypatch.setattr(measures, "EXACT", 100)
    monkeypatch.setattr(measures, "SAMPLE", 150)

    found = measured(web, ["betweenness"])["betweenness"]
    assert found == measured(web, ["betweenness"])["betweenness"] != exact
    assert max(found, key=lambda thing: found[thing]) == max(exact, key=lambda thing: exact[thing])


@pytest.mark.parametrize("seed", range(8))
def test_cuts_are_those_of_networkx(seed: int) -> None:
    """The same things and ties hold a graph together, and as much is cut off as falls away when one is taken out."""
    web = _web(nx.gnm_random_graph(40, 42, seed=seed))
    graph = _graph(web)

    cuts = find_cuts(web.around)
    assert {cut.thing for cut in cuts.things} == set(nx.articulation_points(graph))
    assert {pair_of(cut.inside, cut.outside) for cut in cuts.ties} == {pair_of(*edge) for edge in nx.bridges(graph)}
    assert list(cuts.parts) == sorted((len(part) for part in nx.connected_components(graph)), reverse=True)
    for cut in cuts.things:
        assert tuple(len(piece) for piece in pieces_beyond(web.around, cut)) == cut.pieces
    for tie in cuts.ties:
        assert len(piece_beyond(web.around, tie)) == tie.cut_off


def test_a_long_chain_is_no_burden() -> None:
    """Walking goes as deep as it must: twenty thousand things in a row are no recursion."""
    assert find_cuts(_web(nx.path_graph(20_000)).around).things[0].cut_off == 9999


def test_a_web_holds_facts_once(sea: SqliteView) -> None:
    """Two claims of one tie make one pair with two ties; forecasts, denials and chains tie nothing."""
    web = web_of(sea, ALWAYS, stated_only=False)

    assert [tie.claims for tie in web.pairs["ferry", "reef"]] != []
    assert len(web.pairs["ferry", "reef"]) == 2
    assert ("delta", "lagoon") not in web.pairs  # a forecast
    assert ("delta", "reef") not in web.pairs  # denied
    assert ("pearl-1", "reef") not in web.pairs  # follows from three claims
    assert ("coral", "marsh") in web.pairs  # follows from one deal
    assert ("coral", "marsh") not in web_of(sea, ALWAYS, stated_only=True).pairs


def test_what_is_left_out_is_said(sea: SqliteView) -> None:
    """A bound on claims is told in a sentence, and nothing is told where none is left out."""
    claims = ties(sea).claims

    assert bounded(claims, 2) == (
        claims[:2],
        [f"of the {len(claims)} claims that this rests on the first 2 are listed"],
    )
    assert bounded(claims) == (claims, [])


def test_both_engines_answer_alike(sea: SqliteView, sea_build: Build) -> None:
    """Every question about the whole has one answer, whichever engine reads the graph."""
    other = OxigraphView.open(sea_build.store)

    for view_answers in zip(*([
        central(view, measure="betweenness"), communities(view), bridges(view), ties(view, by="year"),
        listed(view, "models", metric="parameters"), listed(view, "products", of="reef"),
    ] for view in (sea, other)), strict=True):  # fmt: skip
        assert view_answers[0] == view_answers[1]
