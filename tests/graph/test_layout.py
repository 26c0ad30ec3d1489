"""Where things stand: groups apart, nothing on anything else, and what was there stays there."""

from __future__ import annotations

import random
from itertools import pairwise

import networkx as nx
import numpy as np
import pytest

from keiretsu_graph.communities import levels, parts
from keiretsu_graph.layout import positions
from keiretsu_graph.spacing import radii


def of_groups(groups: int, members: int = 20) -> nx.Graph[str]:
    """Return a graph of groups with a hub each, tied among each other at random."""
    chance = random.Random(3)  # noqa: S311  nothing secret
    network: nx.Graph[str] = nx.Graph()
    for group in range(groups):
        for member in range(1, members):
            network.add_edge(f"g{group}-{member}", f"g{group}-0")
            network.add_edge(f"g{group}-{member}", f"g{group}-{chance.randrange(members)}")
        network.add_edge(f"g{group}-{chance.randrange(members)}", f"g{chance.randrange(groups)}-0")
    network.remove_edges_from(list(nx.selfloop_edges(network)))
    return network


def _apart(places: dict[str, tuple[float, float]], network: nx.Graph[str]) -> float:
    """Return how far the nearest two are from lying on each other."""
    points = np.array([places[name] for name in sorted(network)])
    size = radii(np.array([network.degree(name) for name in sorted(network)]))
    gap = np.hypot(*(points[:, None] - points[None]).transpose(2, 0, 1)) - size[:, None] - size[None]
    np.fill_diagonal(gap, 1)
    return float(gap.min())


def test_groups_stand_apart() -> None:
    """Members stand nearer to their own hub than to any other."""
    places = positions(network := of_groups(12))

    def away(one: str, other: str) -> float:
        return float(np.hypot(*np.subtract(places[one], places[other])))

    at_home = [
        min(range(12), key=lambda group: away(name, f"g{group}-0")) == int(name[1:].split("-")[0]) for name in network
    ]
    assert sum(at_home) > 0.9 * len(at_home)


@pytest.mark.parametrize("groups", [1, 7, 90])
def test_no_node_lies_on_another(groups: int) -> None:
    """Up to 2,000 things, drawn as large as their ties ask for, do not lie on each other."""
    network = of_groups(groups)

    assert _apart(positions(network), network) > 0


def test_a_star_and_pairs_and_things_alone_have_room() -> None:
    """A hub with hundreds, a thousand pairs and things without ties: all get places of their own, about the disc."""
    network: nx.Graph[str] = nx.star_graph(500)
    network = nx.relabel_nodes(network, str)
    network.add_edges_from((f"a{i}", f"b{i}") for i in range(1000))
    network.add_nodes_from(f"alone{i}" for i in range(300))
    places = positions(network)

    assert len(set(places.values())) == len(network) == 2801
    assert all(x * x + y * y < 1.01 for x, y in places.values())
    assert places == positions(_turned(network))


def _turned(network: nx.Graph[str]) -> nx.Graph[str]:
    """Return the same graph, put together in another order."""
    turned: nx.Graph[str] = nx.Graph()
    turned.add_nodes_from(reversed(list(network)))
    turned.add_edges_from((other, one) for one, other in reversed(list(network.edges)))
    return turned


@pytest.mark.parametrize(("nodes", "edges"), [(0, 0), (1, 0), (2, 0), (2, 1), (3, 2)])
def test_the_smallest_graphs_have_places(nodes: int, edges: int) -> None:
    """Nothing, one thing, a pair: no division by nothing."""
    network: nx.Graph[str] = nx.Graph()
    network.add_nodes_from("abc"[:nodes])
    network.add_edges_from([("a", "b"), ("b", "c")][:edges])

    places = positions(network)

    assert sorted(places) == sorted(network)
    assert len(set(places.values())) == nodes


def test_what_was_there_stays() -> None:
    """New things stand in free room near their neighbours, and nothing else moves at all."""
    whole = of_groups(20)
    old = whole.copy()
    new = [f"g{group}-19" for group in range(20)]
    old.remove_nodes_from(new)
    before = positions(old)
    whole.add_nodes_from(["alone", "apart"])

    after = positions(whole, before)

    assert {name: after[name] for name in before} == before
    assert set(after) == set(whole)
    assert len(set(after.values())) == len(whole)
    hubs = [np.hypot(*np.subtract(after[name], after[f"{name[:-2]}0"])) for name in new]
    assert np.median(hubs) < 0.25
    assert positions(old, after) == before  # what is gone leaves its place


def test_much_that_is_new_is_laid_out_anew() -> None:
    """Where more than a quarter is new, the older picture does not count."""
    whole = of_groups(8)
    before = {name: (0.5, 0.5 + index / 1000) for index, name in enumerate(sorted(whole)[:100])}

    assert positions(whole, before) == positions(whole)


def test_communities_are_nested_and_as_good_as_louvains() -> None:
    """Each level is made of the one before, and modularity is that of networkx's, give or take a twentieth."""
    named = of_groups(40)
    network: nx.Graph[int] = nx.Graph()
    number = {name: index for index, name in enumerate(named)}
    network.add_edges_from((number[one], number[other]) for one, other in named.edges)
    edges = np.array(sorted(tuple(sorted(edge)) for edge in network.edges))
    found = levels(len(network), edges, np.ones(len(edges)))

    for fine, coarse in pairwise(found):
        assert all(len(set(coarse[fine == group])) == 1 for group in range(int(fine.max()) + 1))
    groups = [set(np.flatnonzero(found[-1] == group).tolist()) for group in range(int(found[-1].max()) + 1)]
    theirs = nx.community.modularity(network, nx.community.louvain_communities(network, seed=1))
    assert nx.community.modularity(network, groups) > 0.95 * theirs
    chain = np.array([[0, 3], [3, 1], [5, 4]])
    assert parts(7, chain).tolist() == [0, 0, 2, 0, 1, 1, 3]
