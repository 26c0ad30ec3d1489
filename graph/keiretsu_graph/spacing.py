"""Room between things: parts of a graph on rings around the largest, and no node upon another where they are few."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.signedinteger]
    Points = NDArray[np.float64]
    Floats = NDArray[np.float64]

_RIM = 0.2  # of the area of the others is for things without ties
_GAP = 1.15  # between discs on a ring
_COVERED = 0.12  # of the unit disc lies under nodes
_STEPS = 150


def radii(ties: Numbers) -> Floats:
    """Return how large nodes may be drawn so that few lie on each other: their area grows with their ties."""
    import numpy as np

    area = 1.0 + np.asarray(ties, dtype=np.float64)
    return np.sqrt(_COVERED * area / max(float(area.sum()), 60.0))


def around(points: Points, part: Numbers) -> Points:
    """Return places of the whole, given those in each part: the largest in the middle, smaller ones on rings around."""
    import numpy as np

    sizes = np.bincount(part)
    rooms = sizes**0.5
    alone = sizes == 1
    rooms[alone] = min(0.6, (_RIM * int(sizes[~alone].sum()) / max(int(alone.sum()), 1)) ** 0.5) or 0.6
    centres = np.zeros((len(sizes), 2))
    edge, first = float(rooms[0]), 1
    while first < len(rooms):
        thick = _GAP * float(rooms[first])
        middle = edge + thick
        widths = 2 * np.arcsin(np.minimum(1, _GAP * rooms[first:] / middle))
        like = int((rooms[first:] >= 0.5 * rooms[first]).sum())  # a ring is of parts of about one size
        many = max(1, min(like, int(np.searchsorted(np.cumsum(widths), 2 * np.pi))))
        widths = widths[:many]
        spread = max(1.0, 2 * np.pi / float(widths.sum())) if many > 1 else 1.0
        angles = (np.cumsum(widths) - widths / 2) * spread
        centres[first : first + many] = middle * np.column_stack([np.cos(angles), np.sin(angles)])
        edge, first = middle + thick, first + many
    placed = centres[part] + rooms[part][:, None] * points
    farthest = float(np.linalg.norm(placed, axis=1).max())
    return placed / farthest if farthest else placed


def apart(points: Points, edges: Numbers) -> Points:
    """Return places moved as little as needed so that nodes drawn as large as `radii` do not lie on each other."""
    import numpy as np

    size = 1.15 * radii(np.bincount(edges.ravel(), minlength=len(points)))
    points = points.copy()
    for step in range(_STEPS):
        if step % 10 == 0:
            one, other = _near(points, size)
        gap = points[one] - points[other]
        distance = np.maximum(np.linalg.norm(gap, axis=1), 1e-9)
        over = size[one] + size[other] - distance
        close = over > 0
        if not close.any():
            if step % 10 == 0:
                break
            continue
        gap, over, a, b = gap[close], over[close] / distance[close], one[close], other[close]
        share = (size[b] / (size[a] + size[b]))[:, None]  # the smaller one gives way
        push = gap * (0.5 * over)[:, None]
        for axis in (0, 1):
            points[:, axis] += np.bincount(a, (push * 2 * share)[:, axis], len(points))
            points[:, axis] -= np.bincount(b, (push * 2 * (1 - share))[:, axis], len(points))
    farthest = float(np.linalg.norm(points, axis=1).max())
    return points / max(1.0, farthest)


def _near(points: Points, size: Floats) -> tuple[Numbers, Numbers]:
    """Return pairs that may come to lie on each other within some steps."""
    import numpy as np

    reach = size[:, None] + size[None] + 2 * float(np.median(size))
    distance = np.hypot(points[:, 0][:, None] - points[:, 0][None], points[:, 1][:, None] - points[:, 1][None])
    one, other = np.nonzero(np.triu(distance < reach, 1))
    return one, other
