"""Where a graph would fall apart: things and ties without which it has more parts, in one walk over it.

Sources: Hopcroft and Tarjan, Communications of the ACM 16 (1973), for things; Tarjan, Information Processing Letters 2
(1974), for ties.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple


class ThingCut(NamedTuple):
    """A thing without which its part of the graph falls into several."""

    thing: str
    pieces: tuple[int, ...]  # sizes of what is cut off, largest first; the largest piece of all is what it is cut from

    @property
    def cut_off(self) -> int:
        """How many things are cut off."""
        return sum(self.pieces)


class TieCut(NamedTuple):
    """Two things that are held together by their tie alone."""

    inside: str  # the end that stays with the larger piece
    outside: str
    cut_off: int


class Cuts(NamedTuple):
    """All places where a graph hangs by one thing or one tie."""

    things: tuple[ThingCut, ...]  # what cuts off most first
    ties: tuple[TieCut, ...]
    parts: tuple[int, ...]  # sizes of the parts that the graph is in already, largest first


class _Walk:
    """A walk over one part of the graph, depth first: when each thing was met, and how far back it leads otherwise."""

    def __init__(self, around: Mapping[str, Sequence[str]]) -> None:
        self.around = around
        self.met: dict[str, int] = {}
        self.back: dict[str, int] = {}
        self.size: dict[str, int] = {}
        self.parent: dict[str, str] = {}

    def over(self, start: str) -> list[str]:
        """Walk the part of the graph that holds a thing; return its things in the order in which they were left."""
        left: list[str] = []
        self._meet(start)
        trail: list[tuple[str, Iterator[str]]] = [(start, iter(self.around[start]))]
        while trail:
            thing, ways = trail[-1]
            other = next(ways, None)
            if other is None:
                trail.pop()
                left.append(thing)
                self._leave(thing)
            elif other not in self.met:
                self.parent[other] = thing
                self._meet(other)
                trail.append((other, iter(self.around[other])))
            elif other != self.parent.get(thing):
                self.back[thing] = min(self.back[thing], self.met[other])
        return left

    def _meet(self, thing: str) -> None:
        self.met[thing] = self.back[thing] = len(self.met)
        self.size[thing] = 1

    def _leave(self, thing: str) -> None:
        above = self.parent.get(thing)
        if above is not None:
            self.back[above] = min(self.back[above], self.back[thing])
            self.size[above] += self.size[thing]


def find_cuts(around: Mapping[str, Sequence[str]]) -> Cuts:
    """Return the things and the ties that each hold a graph together alone, with how much they hold.

    Args:
        around: For every thing those that it is tied to; each pair stands at both ends.
    """
    walk = _Walk(around)
    things: list[ThingCut] = []
    ties: list[TieCut] = []
    parts: list[int] = []
    for start in around:
        if start not in walk.met:
            part = walk.over(start)
            parts.append(len(part))
            things += _things(walk, part)
            ties += _ties(walk, part)
    return Cuts(
        tuple(sorted(things, key=lambda cut: (-cut.cut_off, cut.thing))),
        tuple(sorted(ties, key=lambda cut: (-cut.cut_off, cut.inside, cut.outside))),
        tuple(sorted(parts, reverse=True)),
    )


def _things(walk: _Walk, part: Sequence[str]) -> Iterator[ThingCut]:
    below: dict[str, list[int]] = {thing: [] for thing in part}
    for thing in part:
        above = walk.parent.get(thing)
        if above is not None and walk.back[thing] >= walk.met[above]:
            below[above].append(walk.size[thing])
    for thing, pieces in below.items():
        rest = len(part) - 1 - sum(pieces)
        found = sorted([*pieces, rest] if rest else pieces, reverse=True)
        if len(found) > 1:
            yield ThingCut(thing, tuple(found[1:]))


def _ties(walk: _Walk, part: Sequence[str]) -> Iterator[TieCut]:
    for thing in part:
        above = walk.parent.get(thing)
        if above is not None and walk.back[thing] > walk.met[above]:
            size, rest = walk.size[thing], len(part) - walk.size[thing]
            yield TieCut(above, thing, size) if size <= rest else TieCut(thing, above, rest)


def piece_beyond(around: Mapping[str, Sequence[str]], cut: TieCut) -> list[str]:
    """Return what would be cut off without a tie, nearest first."""
    return _reached(around, cut.outside, {cut.inside})


def pieces_beyond(around: Mapping[str, Sequence[str]], cut: ThingCut) -> list[list[str]]:
    """Return what would be cut off without a thing, piece by piece, largest first."""
    seen: set[str] = set()
    pieces: list[list[str]] = []
    for other in around[cut.thing]:
        if other not in seen:
            pieces.append(_reached(around, other, {cut.thing}))
            seen.update(pieces[-1])
    return sorted(pieces, key=lambda piece: -len(piece))[1:]


def _reached(around: Mapping[str, Sequence[str]], start: str, without: set[str]) -> list[str]:
    found = {start: None}
    frontier = [start]
    while frontier:
        frontier = list(dict.fromkeys(o for t in frontier for o in around[t] if o not in found and o not in without))
        found.update(dict.fromkeys(frontier))
    return list(found)
