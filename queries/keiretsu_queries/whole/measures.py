"""Measures of how central things are, as arrays: each is worked out for many things at a time.

networkx walks thing by thing in Python, which takes minutes where this takes seconds; its values are held to be the
same by a test.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from keiretsu_queries.whole.tied import Web

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Integers = NDArray[np.int64]

SEED = 7
EXACT = 2_000  # things: above, betweenness is estimated
SAMPLE = 400  # things that the estimate starts from
_ROOM = 200_000  # numbers that are worked on at a time: what a processor keeps at hand
_DAMPING, _ROUNDS = 0.85, 300


class Measure(NamedTuple):
    """A measure of centrality: how it is worked out and what it says."""

    name: str
    label: str
    meaning: str  # of a high value, in plain words
    work_out: Callable[[_Arrays], Floats]
    percent: bool = True  # shown as a share of a hundred


class _Arrays(NamedTuple):
    """A web as arrays: the neighbours of thing i stand in `ends` from `starts[i]` on."""

    ends: Integers
    starts: Integers
    degrees: Integers

    def gathered(self, values: Floats) -> Floats:
        """Return for each thing the sum of its neighbours' values."""
        import numpy as np

        summed: Floats = np.add.reduceat(values[self.ends], self.starts, axis=0)
        return summed

    def batches(self, sources: Integers) -> Iterator[Integers]:
        """Yield things to start from, so many at a time as there is room for."""
        size = max(1, _ROOM // len(self.ends))
        yield from (sources[start : start + size] for start in range(0, len(sources), size))


def measured(web: Web, names: list[str]) -> dict[str, dict[str, float]]:
    """Return for each measure the value of every thing, rounded so that every machine gives the same."""
    arrays = _arrays(web)
    return {
        name: {
            thing: round(float(value), 9)
            for thing, value in zip(web.things, MEASURES[name].work_out(arrays), strict=True)
        }
        for name in names
    }


def _arrays(web: Web) -> _Arrays:
    import numpy as np

    place = {thing: number for number, thing in enumerate(web.things)}
    degrees = [len(web.around[thing]) for thing in web.things]
    ends = [place[other] for thing in web.things for other in web.around[thing]]
    starts = list(accumulate(degrees, initial=0))[:-1]
    return _Arrays(np.array(ends, np.int64), np.array(starts, np.int64), np.array(degrees, np.int64))


def _degree(arrays: _Arrays) -> Floats:
    """Return with how many others each is tied. Source: Freeman, Social Networks 1 (1979)."""
    return arrays.degrees.astype(float)


def _betweenness(arrays: _Arrays) -> Floats:
    """Return the share of shortest paths between two others that lead through each.

    Source: Freeman, Sociometry 40 (1977); worked out after Brandes, J. Math. Sociology 25 (2001), and in large graphs
    estimated from a sample after Brandes and Pich, Int. J. Bifurcation and Chaos 17 (2007).
    """
    import numpy as np

    number = len(arrays.degrees)
    sources = np.arange(number)
    if number > EXACT:
        sources = np.sort(np.random.default_rng(SEED).permutation(number)[:SAMPLE])
    total = np.zeros(number)
    for batch in arrays.batches(sources):
        total += _dependencies(arrays, batch)
    return total * (number / len(sources)) / max((number - 1) * (number - 2), 1)


def _dependencies(arrays: _Arrays, batch: Integers) -> Floats:
    """Return how much the shortest paths from some things lean on each other thing."""
    import numpy as np

    shape, columns = (len(arrays.degrees), len(batch)), np.arange(len(batch))
    paths, depth = np.zeros(shape), np.full(shape, -1)
    paths[batch, columns], depth[batch, columns] = 1.0, 0
    level = 0
    while True:
        reached = arrays.gathered(np.where(depth == level, paths, 0.0))
        new = (depth < 0) & (reached > 0)
        if not new.any():
            break
        level += 1
        paths[new], depth[new] = reached[new], level
    leaning = np.zeros(shape)
    for beyond in range(level, 0, -1):
        share = np.divide(1 + leaning, paths, out=np.zeros(shape), where=depth == beyond)
        leaning += np.where(depth == beyond - 1, paths * arrays.gathered(share), 0.0)
    leaning[batch, columns] = 0.0
    summed: Floats = leaning.sum(axis=1)
    return summed


def _closeness(arrays: _Arrays) -> Floats:
    """Return how few steps away the others are, scaled by how many can be reached at all.

    Source: Freeman (1979), in the form of Wasserman and Faust, Social Network Analysis (1994), 5.2.2. Many searches
    run side by side as bits of one number, after Then et al., PVLDB 8 (2014).
    """
    import numpy as np

    number = len(arrays.degrees)
    steps, reached = np.zeros(number), np.zeros(number)
    for first in range(0, number, 64):
        batch = np.arange(first, min(first + 64, number))
        seen = np.zeros(number, np.uint64)
        seen[batch] = np.uint64(1) << np.arange(len(batch), dtype=np.uint64)
        fresh, level = seen.copy(), 0
        while fresh.any():
            level += 1
            fresh = np.bitwise_or.reduceat(fresh[arrays.ends], arrays.starts) & ~seen
            seen |= fresh
            found = np.bitwise_count(fresh)
            steps += level * found.astype(float)
            reached += found
    return (reached / np.maximum(steps, 1)) * (reached / max(number - 1, 1))


def _pagerank(arrays: _Arrays) -> Floats:
    """Return the share of time that someone spends at each who walks along ties at random, at times starting anew.

    Source: Brin and Page, Computer Networks 30 (1998), with their damping of 0.85; every tie is walked both ways.
    """
    import numpy as np

    number = len(arrays.degrees)
    rank = np.full(number, 1 / number)
    for _ in range(_ROUNDS):
        before, rank = rank, (1 - _DAMPING) / number + _DAMPING * arrays.gathered(rank / arrays.degrees)
        if np.abs(rank - before).sum() < 1e-12:
            break
    return rank


def _eigenvector(arrays: _Arrays) -> Floats:
    """Return how well tied those are to which each is tied; the highest is 1.

    Source: Bonacich, J. Math. Sociology 2 (1972), by power iteration on the ties and each thing itself, which settles
    in bipartite graphs as well. Outside the densest part of a graph that falls apart all values are 0.
    """
    import numpy as np

    value = np.full(len(arrays.degrees), 1.0)
    for _ in range(20 * _ROUNDS):
        before = value
        value = value + arrays.gathered(value)
        value = value / value.max()
        if np.abs(value - before).max() < 1e-11:
            break
    return np.where(value < 1e-7, 0.0, value)


def _measures(*rows: Measure) -> dict[str, Measure]:
    return {row.name: row for row in rows}


MEASURES: dict[str, Measure] = _measures(
    Measure("degree", "degree", "how many other things it is tied to", _degree, percent=False),
    Measure("betweenness", "betweenness %",
            "how often it lies on the shortest chain of ties between two others: what it knows or holds up, passes it",
            _betweenness),
    Measure("closeness", "closeness %",
            "how few steps it is away from everything else: 100 would be one step from all", _closeness),
    Measure("pagerank", "PageRank %",
            "how often one who walks along ties at random comes by: ties to what is well tied itself weigh more",
            _pagerank),
    Measure("eigenvector", "eigenvector %",
            "how well tied its neighbours are, relative to the best: it sits in the thick of the densest part",
            _eigenvector),
)  # fmt: skip
