"""An older picture with new things in it: what was there stays, they stand in free room beside their neighbours."""

from __future__ import annotations

import math
from collections import defaultdict, deque
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.signedinteger]

Place = tuple[float, float]
_MUCH = 0.25  # of the things are new: then the old picture says little
_TURN = 2.399963229728653  # the golden angle
_TRIES = 400
_RIM = 1.05


def is_mostly_known(names: Sequence[str], before: Mapping[str, Place]) -> bool:
    """Say whether so many have a place already that the others should be set beside them."""
    return bool(names) and sum(name in before for name in names) >= (1 - _MUCH) * len(names)


def settled(names: Sequence[str], edges: Numbers, before: Mapping[str, Place]) -> dict[str, Place]:
    """Return the places of an older picture, exactly, and places for what is new; none for what is gone."""
    neighbours: defaultdict[int, list[int]] = defaultdict(list)
    for one, other in edges.tolist():
        neighbours[one].append(other)
        neighbours[other].append(one)
    room = _Room([before[name] for name in names if name in before])
    found = {number: before[name] for number, name in enumerate(names) if name in before}
    new = sorted((number for number, name in enumerate(names) if name not in before), key=lambda number: names[number])
    queue = deque(number for number in new if any(other in found for other in neighbours[number]))
    rest = deque(new)
    while queue or rest:
        number = (queue or rest).popleft()
        if number in found:
            continue
        known = [other for other in neighbours[number] if other in found]
        found[number] = room.take(_beside(known, found, neighbours) if known else room.rim())
        queue.extend(sorted((other for other in neighbours[number] if other not in found), key=lambda one: names[one]))
    return {names[number]: found[number] for number in sorted(found, key=lambda number: names[number])}


def _beside(known: list[int], found: Mapping[int, Place], neighbours: Mapping[int, list[int]]) -> Place:
    """Return the place of the neighbour that is nearest to the others; of a few, of the one with the fewest ties."""
    some = sorted(known, key=lambda one: (len(neighbours[one]), one))[:30]

    def away(one: int) -> float:
        x, y = found[one]
        return sum(math.dist((x, y), found[other]) for other in some)

    return found[min(some, key=away)]


class _Room:
    """What is taken, in cells as wide as things should stand apart."""

    def __init__(self, taken: Sequence[Place]) -> None:
        self._width = 1.0 / max(len(taken), 16) ** 0.5
        self._cells: defaultdict[tuple[int, int], list[Place]] = defaultdict(list)
        self._rims = 0
        self._edge = max((x * x + y * y for x, y in taken), default=0.0) ** 0.5
        for place in taken:
            self._cells[self._cell(place)].append(place)

    def _cell(self, place: Place) -> tuple[int, int]:
        return int(place[0] // self._width), int(place[1] // self._width)

    def _is_free(self, place: Place, apart: float) -> bool:
        column, row = self._cell(place)
        return all(
            (place[0] - x) ** 2 + (place[1] - y) ** 2 >= apart * apart
            for across in (-1, 0, 1)
            for down in (-1, 0, 1)
            for x, y in self._cells.get((column + across, row + down), ())
        )

    def take(self, near: Place) -> Place:
        """Return the first free place on a spiral around a place, and take it."""
        for turn in range(1, 4 * _TRIES):
            apart = self._width * (0.8 if turn < _TRIES else 0.4)
            away, angle = 0.45 * self._width * math.sqrt(turn % _TRIES + 1), turn * _TURN
            place = round(near[0] + away * math.cos(angle), 5), round(near[1] + away * math.sin(angle), 5)
            if self._is_free(place, apart):
                break
        self._cells[self._cell(place)].append(place)
        return place

    def rim(self) -> Place:
        """Return a place outside of all, another one each time."""
        self._rims += 1
        away, angle = max(self._edge, 0.5) * _RIM, self._rims * _TURN
        return away * math.cos(angle), away * math.sin(angle)
