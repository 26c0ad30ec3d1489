"""A small picture of what stands around a thing: its nearest ties as a fan of curves, in SVG that a page styles.

It is drawn by the program alone, in the order of the ties, so that the same facts give the same picture.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from keiretsu_ontology.claims import Tie
from keiretsu_ontology.entities import Entity
from keiretsu_ontology.relations import RELATIONS

WIDTH, ROW, MOST = 340, 38, 12
_LEFT, _RIGHT = 14, 104
_LONG = 28


class Spoke(NamedTuple):
    """One neighbour in the picture."""

    entity: str
    name: str
    relation: str  # how it reads from the middle
    family: str
    stated: bool  # somebody says so; otherwise it follows
    y: int
    curve: str


class Picture(NamedTuple):
    """A fan of neighbours; nothing is drawn where there are none."""

    title: str
    family: str
    spokes: tuple[Spoke, ...]
    more: int  # neighbours beside these
    height: int
    middle: float


def picture_of(entity: Entity, ties: Iterable[Tie], names: Mapping[str, Entity]) -> Picture:
    """Return the picture of an entity's ties: those on which most claims rest, like ones side by side."""
    found: dict[str, list[Tie]] = {}
    for tie in ties:
        other = tie.object if tie.subject == entity.id else tie.subject
        if other != entity.id and other in names:
            found.setdefault(other, []).append(tie)
    ranked = sorted(found.items(), key=lambda row: (-_weight(row[1]), row[0]))[:MOST]
    order = list(RELATIONS)
    placed = sorted(ranked, key=lambda row: (order.index(_first(row[1]).relation), names[row[0]].name, row[0]))
    height = max(len(placed), 1) * ROW
    middle = height / 2
    spokes = tuple(_spoke(names[other], own, entity.id, number, middle) for number, (other, own) in enumerate(placed))
    return Picture(entity.name, entity.family, spokes, len(found) - len(spokes), height, middle)


def _weight(ties: Sequence[Tie]) -> int:
    """Return how much a neighbour counts: claims on stated ties, and a little for those that follow."""
    return sum(10 * len(tie.claims) if tie.rule is None else 1 for tie in ties)


def _first(ties: Sequence[Tie]) -> Tie:
    """Return the tie that is told of several: a stated one, in the order of relations."""
    order = list(RELATIONS)
    return min(ties, key=lambda tie: (tie.rule is not None, order.index(tie.relation), tie.subject))


def _spoke(other: Entity, ties: Sequence[Tie], seen_from: str, number: int, middle: float) -> Spoke:
    tie = _first(ties)
    relation = RELATIONS[tie.relation]
    reads = relation.label if tie.subject == seen_from else relation.inverse_label
    y = number * ROW + ROW // 2
    bend = (_RIGHT - _LEFT) / 2
    curve = f"M{_LEFT} {middle:g}C{_LEFT + bend:g} {middle:g} {_RIGHT - bend:g} {y} {_RIGHT - 8} {y}"
    return Spoke(other.id, _short(other.name), reads, other.family, any(row.rule is None for row in ties), y, curve)


def _short(text: str) -> str:
    return text if len(text) <= _LONG else text[: _LONG - 1].rstrip() + "…"
