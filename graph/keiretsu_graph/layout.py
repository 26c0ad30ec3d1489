"""Where things stand in a picture: communities as discs side by side, a spring layout inside each.

Communities are found by Louvain's method (Blondel et al. 2008), springs are those of Fruchterman and Reingold (1991),
both from networkx with a fixed seed; packing the discs keeps groups apart, which a spring layout of the whole loses.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import networkx as nx
    import numpy as np
    from numpy.typing import NDArray

    Points = NDArray[np.float64]

SEED = 7
_SMALL = 25  # up to so many nodes are one group
_LARGE = 400  # groups with more nodes are cut again
_STEPS = 400


def positions(network: nx.Graph[str]) -> dict[str, tuple[float, float]]:
    """Return a place in the unit disc for every node; the same graph gives the same picture.

    Nodes without neighbours stand on a ring of their own outside.
    """
    import networkx as nx

    plain: nx.Graph[str] = nx.Graph()
    plain.add_nodes_from(sorted(network))
    pairs = {(min(edge[:2]), max(edge[:2])) for edge in network.edges() if edge[0] != edge[1]}
    plain.add_edges_from(sorted(pairs))
    tied = [node for node in plain if plain.degree(node)]
    placed = _place(plain.subgraph(tied)) if tied else {}
    alone = [node for node in plain if node not in placed]
    placed.update(_ring(alone))
    return {node: (round(float(x), 4), round(float(y), 4)) for node, (x, y) in sorted(placed.items())}


def lay_out(
    names: Sequence[str], ties: Iterable[tuple[int, int]], before: Mapping[str, tuple[float, float]]
) -> dict[str, tuple[float, float]]:
    """Return a place for every name; ties are pairs of positions among the names."""
    import networkx as nx

    del before
    network: nx.Graph[str] = nx.Graph()
    network.add_nodes_from(names)
    network.add_edges_from((names[one], names[other]) for one, other in ties)
    return positions(network)


def _ring(nodes: list[str]) -> dict[str, Any]:
    import numpy as np

    angles = np.linspace(0, 2 * np.pi, len(nodes), endpoint=False)
    return {node: np.array([1.15 * np.cos(a), 1.15 * np.sin(a)]) for node, a in zip(nodes, angles, strict=True)}


def _place(graph: nx.Graph[str]) -> dict[str, Any]:
    """Return places in the unit disc: one group by springs, several as discs."""
    import networkx as nx
    import numpy as np

    groups: list[list[str]] = []
    if len(graph) > _SMALL:
        found = nx.community.louvain_communities(graph, seed=SEED)
        groups = sorted((sorted(group) for group in found), key=lambda group: (-len(group), group))
    if len(groups) < 2:
        return _springs(graph)
    centres, radii = _pack(_between(graph, groups), np.array([_room(len(group)) for group in groups]))
    placed = {}
    for group, centre, radius in zip(groups, centres, radii, strict=True):
        part = graph.subgraph(group)
        inner = _place(part) if len(group) > _LARGE else _springs(part)
        placed.update({node: centre + 0.92 * radius * point for node, point in inner.items()})
    return placed


def _room(members: int) -> float:
    """Return the radius of a group's disc: a hub with its leaves needs more than its share, a pair less."""
    return 1.0 if members < 4 else float(members) ** 0.68


def _springs(graph: nx.Graph[Any]) -> dict[Any, Any]:
    """Return a spring layout, centred and scaled into the unit disc."""
    import networkx as nx
    import numpy as np

    nodes = sorted(graph)
    copied: nx.Graph[Any] = nx.Graph()
    copied.add_nodes_from(nodes)
    copied.add_edges_from((one, other, graph[one][other]) for one, other in sorted(graph.edges()))
    found: Mapping[Hashable, Any] = nx.spring_layout(
        copied, seed=SEED, iterations=120, k=2.2 / np.sqrt(len(nodes)), method="force"
    )
    points = np.array([found[node] for node in nodes])
    points = points - points.mean(axis=0)
    farthest = float(np.linalg.norm(points, axis=1).max()) or 1.0
    return dict(zip(nodes, points / farthest, strict=True))


def _between(graph: nx.Graph[str], groups: list[list[str]]) -> Points:
    """Return first places of the groups: a spring layout of who is tied to whom among them."""
    import networkx as nx
    import numpy as np

    of = {node: number for number, group in enumerate(groups) for node in group}
    whole: nx.Graph[int] = nx.Graph()
    whole.add_nodes_from(range(len(groups)))
    for one, other in graph.edges():
        if of[one] != of[other]:
            weight = whole.get_edge_data(of[one], of[other], {"weight": 0})["weight"]
            whole.add_edge(of[one], of[other], weight=weight + 1)
    found = _springs(whole)
    return np.array([found[number] for number in range(len(groups))])


def _pack(centres: Points, radii: Points) -> tuple[Points, Points]:
    """Return discs drawn together and pushed apart until they lie side by side, scaled into the unit disc."""
    import numpy as np

    places = centres * radii.sum()
    for step in range(_STEPS):
        if step < _STEPS * 3 // 4:
            places = places * 0.985
        apart = places[:, None] - places[None]
        distance = np.linalg.norm(apart, axis=2) + np.eye(len(places))
        overlap = np.maximum(0, 1.12 * (radii[:, None] + radii[None]) - distance)
        np.fill_diagonal(overlap, 0)
        places = places + 0.5 * (apart / distance[..., None] * overlap[..., None]).sum(axis=1)
    places = places - places.mean(axis=0)
    scale = float((np.linalg.norm(places, axis=1) + radii).max())
    return places / scale, radii / scale
