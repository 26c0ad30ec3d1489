"""Springs and discs, many small groups at a time: arrays of groups are filled up to the largest of them.

Springs are those of Fruchterman and Reingold (1991); discs are drawn together and pushed apart until they lie side by
side.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Points = NDArray[np.float64]  # rows of x and y
    Numbers = NDArray[np.signedinteger]
    Floats = NDArray[np.float64]
    Singles = NDArray[np.float32]

SEED = 7
_AT_ONCE = 200_000  # pairs of members
_EVEN = 0.5  # of the way to filling a disc evenly
_MOST = 1_500  # members that push each other one by one; more lie like the seeds of a sunflower


class Group(NamedTuple):
    """Members known by their position, their ties, and how much room each takes."""

    edges: Numbers
    weights: Floats
    rooms: Floats


def settle(groups: Sequence[Group], steps: int) -> list[Points]:
    """Return places of the members of each group in the unit disc, tied ones near each other."""
    return _in_batches(groups, lambda batch: _sprung([groups[index] for index in batch], steps))


def pack(groups: Sequence[Group], places: Sequence[Points], steps: int) -> list[tuple[Points, Floats]]:
    """Return the members of each group as discs side by side in the unit disc: centres and radii."""
    import numpy as np

    def work(batch: list[int]) -> list[Points]:
        return _packed([groups[index] for index in batch], [places[index] for index in batch], steps)

    found = []
    for group, points in zip(groups, _in_batches(groups, work), strict=True):
        scale = float((np.linalg.norm(points, axis=1) + group.rooms).max())
        found.append((points / scale, group.rooms / scale))
    return found


def sunflower(count: int) -> Points:
    """Return places for so many in the unit disc, evenly, from the middle outwards."""
    import numpy as np

    turns = np.arange(count)
    angles, radii = turns * np.pi * (3 - np.sqrt(5)), np.sqrt((turns + 0.5) / max(count, 1))
    return np.column_stack([radii * np.cos(angles), radii * np.sin(angles)])


def _in_batches(groups: Sequence[Group], work: Callable[[list[int]], list[Points]]) -> list[Points]:
    found: dict[int, Points] = {}
    for batch in _batches([len(group.rooms) for group in groups]):
        found.update(zip(batch, work(batch), strict=True))
    return [found[index] for index in range(len(groups))]


def _batches(sizes: list[int]) -> Iterator[list[int]]:
    """Yield positions of groups of about one size."""
    batch: list[int] = []
    for index in sorted(range(len(sizes)), key=lambda index: (sizes[index], index)):
        if batch and ((len(batch) + 1) * sizes[index] ** 2 > _AT_ONCE or sizes[index] > 1.3 * sizes[batch[0]] + 2):
            yield batch
            batch = []
        batch.append(index)
    if batch:
        yield batch


def _sprung(groups: Sequence[Group], steps: int) -> list[Points]:
    import numpy as np

    sizes = np.array([len(group.rooms) for group in groups])
    most = int(sizes.max())
    if most > _MOST:
        return [sunflower(int(size))[np.argsort(_by_ties(group))] for group, size in zip(groups, sizes, strict=True)]
    ties = np.zeros((len(groups), most, most), dtype=np.float32)
    for index, group in enumerate(groups):
        one, other = group.edges[:, 0], group.edges[:, 1]
        ties[index, one, other] = ties[index, other, one] = group.weights
    there = np.arange(most)[None] < sizes[:, None]
    both = (there[:, :, None] & there[:, None, :]).astype(np.float32)
    both[:, np.arange(most), np.arange(most)] = 0
    seeds = np.random.default_rng(SEED).random((2, most), dtype=np.float32)  # one beginning for all, whatever the batch
    x, y = (np.repeat(row[None], len(groups), axis=0) for row in seeds)
    apart = (2.2 / np.sqrt(sizes)).astype(np.float32)[:, None, None]
    pull = ties / apart
    push = both * apart**2
    for step in range(steps):
        dx, dy = x[:, :, None] - x[:, None, :], y[:, :, None] - y[:, None, :]
        square = np.maximum(dx * dx + dy * dy, 1e-4)
        force = push / square - pull * np.sqrt(square)
        fx, fy = np.einsum("bij,bij->bi", force, dx), np.einsum("bij,bij->bi", force, dy)
        length = np.maximum(np.hypot(fx, fy), 1e-2)
        heat = 0.1 * (1 - step / (steps + 1))
        x, y = x + fx * heat / length, y + fy * heat / length
    return [_into_disc(np.column_stack([x[i, :size], y[i, :size]]).astype(np.float64)) for i, size in enumerate(sizes)]


def _by_ties(group: Group) -> Numbers:
    """Return the members in the order of their ties, most first."""
    import numpy as np

    ties = np.bincount(group.edges.ravel(), np.repeat(group.weights, 2), len(group.rooms))
    return np.argsort(-ties, kind="stable")


def _into_disc(points: Points) -> Points:
    """Return places that fill the unit disc, the order from the middle outwards kept."""
    import numpy as np

    points = points - points.mean(axis=0)
    away = np.linalg.norm(points, axis=1)
    even = np.empty(len(points))
    even[np.argsort(away, kind="stable")] = np.sqrt((np.arange(len(points)) + 0.5) / len(points))
    wanted = _EVEN * even + (1 - _EVEN) * away / (float(away.max()) or 1.0)
    filled: Points = points * (wanted / np.maximum(away, 1e-9))[:, None]
    return filled


def _packed(groups: Sequence[Group], places: Sequence[Points], steps: int) -> list[Points]:
    import numpy as np

    sizes = [len(group.rooms) for group in groups]
    most = max(sizes)
    if most > _MOST:
        pairs = zip(places, groups, strict=True)
        return [points * group.rooms.max() * 1.3 * np.sqrt(len(points)) for points, group in pairs]
    x, y, radius = (np.zeros((len(groups), most), dtype=np.float32) for _ in range(3))
    for index, (group, points) in enumerate(zip(groups, places, strict=True)):
        scale = 1.5 * np.sqrt((group.rooms**2).sum())
        x[index, : sizes[index]], y[index, : sizes[index]] = (points * scale).T
        radius[index, : sizes[index]] = group.rooms
    there = radius > 0
    both = there[:, :, None] & there[:, None, :]
    both[:, np.arange(most), np.arange(most)] = False
    reach = np.where(both, 1.1 * (radius[:, :, None] + radius[:, None, :]), 0)
    for step in range(steps):
        if step < steps * 3 // 4:
            x, y = x * 0.97, y * 0.97
        dx, dy = x[:, :, None] - x[:, None, :], y[:, :, None] - y[:, None, :]
        distance = np.sqrt(dx * dx + dy * dy) + np.float32(1e-6)
        push = 0.5 * np.maximum(0, reach - distance) / distance
        x, y = x + np.einsum("bij,bij->bi", push, dx), y + np.einsum("bij,bij->bi", push, dy)
    x, y = _centred(x, y, radius)
    return [np.column_stack([x[i, :size], y[i, :size]]).astype(np.float64) for i, size in enumerate(sizes)]


def _centred(x: Singles, y: Singles, radius: Singles) -> tuple[Singles, Singles]:
    """Return discs moved so that the least circle about each group has its centre at 0 (Badoiu and Clarkson 2003)."""
    import numpy as np

    rows = np.arange(len(x))
    there = radius > 0
    total = there.sum(axis=1)
    cx, cy = (np.where(there, side, 0).sum(axis=1) / total for side in (x, y))
    for step in range(2, 40):
        away = np.hypot(x - cx[:, None], y - cy[:, None])
        far = np.argmax(np.where(there, away + radius, -1), axis=1)
        distance = np.maximum(away[rows, far], 1e-6)
        reach = (distance + radius[rows, far]) / distance / step
        cx, cy = cx + (x[rows, far] - cx) * reach, cy + (y[rows, far] - cy) * reach
    return x - cx[:, None], y - cy[:, None]
