"""Where things stand in a picture: communities as discs side by side, communities within them, springs inside.

Communities are found by Louvain's method (communities.py), springs pull inside each (springs.py). Packing discs keeps
groups apart, which a spring layout of the whole loses: of the neighbours of things in a graph of groups four in five
stand among the ten nearest, where springs alone leave one in twenty. numpy alone, with a fixed seed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from keiretsu_graph.communities import levels, parts, quotient
from keiretsu_graph.spacing import apart, around
from keiretsu_graph.springs import Group, pack, settle

if TYPE_CHECKING:
    import networkx as nx
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.signedinteger]
    Points = NDArray[np.float64]
    Weights = NDArray[np.float64]

Place = tuple[float, float]
_LEAF = 120  # a group with more members is made of groups, where it is
_MANY = 60_000  # things, beyond which fewer steps must do
_FEW = 2_000  # up to so many nothing lies on anything else
_BUSY = 500  # groups at a time, beyond which fewer steps must do
_STEP = 4  # communities in one, on the average
_INSIDE = 0.92  # of a disc is filled
_DIGITS = 5


def positions(network: nx.Graph[str], before: Mapping[str, Place] | None = None) -> dict[str, Place]:
    """Return a place about the unit disc for every node; the same graph gives the same picture.

    Nodes without neighbours stand around the others.

    Args:
        network: Any graph; directions and parallel edges do not count.
        before: Places of an older picture. What has one stays exactly there, and what is new is set beside its
            neighbours, unless too much is new (settling.py).
    """
    names = sorted(network)
    number = {name: index for index, name in enumerate(names)}
    return lay_out(names, [(number[edge[0]], number[edge[1]]) for edge in network.edges()], before or {})


def lay_out(names: Sequence[str], ties: Iterable[tuple[int, int]], before: Mapping[str, Place]) -> dict[str, Place]:
    """Return a place for every name; ties are pairs of positions among the names."""
    import numpy as np

    from keiretsu_graph.settling import is_mostly_known, settled

    listed = np.array(list(ties), dtype=np.int64).reshape(-1, 2)
    edges = np.unique(np.sort(listed[listed[:, 0] != listed[:, 1]], axis=1), axis=0)
    if is_mostly_known(names, before):
        return settled(names, edges, before)
    points = np.round(_laid_out(len(names), edges), _DIGITS) + 0.0
    return {name: (x, y) for name, (x, y) in sorted(zip(names, points.tolist(), strict=True))}


def _laid_out(count: int, edges: Numbers) -> Points:
    """Return places: groups that have nothing to do with each other on rings around the largest."""
    import numpy as np

    if not count:
        return np.zeros((0, 2))
    part = parts(count, edges)
    labels = [*_steps_of(levels(count, edges, np.ones(len(edges)))), part]
    points = np.zeros((count, 2))
    leaf = _leaf_levels(labels)
    for level, label in enumerate(labels):
        _fill_leaves(points, edges, label, leaf == level)
        if level:
            _join(points, edges, labels[level - 1], label, leaf < level)
    points = around(points, part)
    return apart(points, edges) if count <= _FEW else points


def _steps_of(found: Sequence[Numbers]) -> list[Numbers]:
    """Return those levels at which communities are made of more than a few: two discs leave half of a disc empty."""
    kept = list(found[-1:])
    for label in reversed(found[:-1]):
        if label.max() + 1 >= _STEP * (kept[0].max() + 1):
            kept.insert(0, label)
    return kept


def _leaf_levels(labels: Sequence[Numbers]) -> Numbers:
    """Return for each thing the level at which its community is laid out by springs: the last that is small enough."""
    import numpy as np

    found = np.zeros(len(labels[0]), dtype=np.int64)
    for level, label in enumerate(labels):
        found[np.bincount(label)[label] <= _LEAF] = level
    return found


def _fill_leaves(points: Points, edges: Numbers, label: Numbers, here: NDArray[np.bool_]) -> None:
    """Set places in communities that are not cut any more, each in a unit disc of its own."""
    import numpy as np

    members = np.flatnonzero(here)
    if not len(members):
        return
    inside = here[edges[:, 0]] & (label[edges[:, 0]] == label[edges[:, 1]])
    number = np.full(len(label), -1)
    number[members] = np.arange(len(members))
    ties = number[edges[inside]]
    groups, order = _grouped(label[members], ties, np.ones(len(ties)), np.ones(len(members)))
    points[members[order]] = np.concatenate(settle(groups, 50 if len(label) > _MANY else 100))


def _join(points: Points, edges: Numbers, under: Numbers, label: Numbers, here: NDArray[np.bool_]) -> None:
    """Put the discs of communities side by side in the disc of the one that they are part of."""
    import numpy as np

    members = np.flatnonzero(here)
    if not len(members):
        return
    children, child = np.unique(under[members], return_inverse=True)
    of = np.full(len(label), -1)
    of[members] = child
    parent = np.zeros(len(children), dtype=np.int64)
    parent[child] = label[members]
    between = edges[here[edges[:, 0]] & (label[edges[:, 0]] == label[edges[:, 1]])]
    ties, weights, _ = quotient(of[between], np.ones(len(between)), np.zeros(len(children)))
    groups, order = _grouped(parent, ties, weights, _room(np.bincount(child)))
    steps = 100 if len(groups) < _BUSY else 60
    packed = pack(groups, settle(groups, steps), 2 * steps)
    centres, radii = np.zeros((len(children), 2)), np.zeros(len(children))
    centres[order] = np.concatenate([centre for centre, _ in packed])
    radii[order] = np.concatenate([radius for _, radius in packed])
    turned = _turned(points[members], child, _outward(points, of, between, centres))
    points[members] = centres[child] + _INSIDE * radii[child][:, None] * turned


def _outward(points: Points, of: Numbers, between: Numbers, centres: Points) -> Points:
    """Return for each community by how much, and where to, it should turn: cosine and sine of many pulls, summed."""
    import numpy as np

    ends = np.concatenate([between, between[:, ::-1]])
    ends = ends[of[ends[:, 0]] != of[ends[:, 1]]]
    here, toward = points[ends[:, 0]], centres[of[ends[:, 1]]] - centres[of[ends[:, 0]]]
    along = (here * toward).sum(axis=1)
    across = here[:, 0] * toward[:, 1] - here[:, 1] * toward[:, 0]
    own = of[ends[:, 0]]
    return np.column_stack([np.bincount(own, pull, len(centres)) for pull in (along, across)])


def _turned(points: Points, child: Numbers, pulls: Points) -> Points:
    """Return places in discs that are turned so that who is tied outwards looks there."""
    import numpy as np

    angle = np.arctan2(pulls[:, 1], pulls[:, 0])[child]
    cos, sin = np.cos(angle), np.sin(angle)
    return np.column_stack([points[:, 0] * cos - points[:, 1] * sin, points[:, 0] * sin + points[:, 1] * cos])


def _room(members: Numbers) -> Weights:
    """Return the radius of a group's disc: a hub with its leaves needs more than its share, a pair less."""
    import numpy as np

    return np.maximum(members, 2) ** 0.6


def _grouped(parent: Numbers, ties: Numbers, weights: Weights, rooms: Weights) -> tuple[list[Group], Numbers]:
    """Return the members of each parent with their ties, and the order in which the members come."""
    import numpy as np

    order = np.argsort(parent, kind="stable")
    starts = np.flatnonzero(np.r_[True, np.diff(parent[order]) > 0])
    number = np.empty(len(parent), dtype=np.int64)
    number[order] = np.arange(len(parent))
    ties = number[ties]
    by = np.argsort(ties[:, 0], kind="stable")
    ties, weights = ties[by], weights[by]
    ends = [*starts[1:].tolist(), len(parent)]
    cuts = np.searchsorted(ties[:, 0], [*starts.tolist(), len(parent)]).tolist()
    return [
        Group(ties[cuts[i] : cuts[i + 1]] - start, weights[cuts[i] : cuts[i + 1]], rooms[order[start:end]])
        for i, (start, end) in enumerate(zip(starts.tolist(), ends, strict=True))
    ], order
