"""Figures of pages and of expanding a node: the tables they are shown in, and the goals they are held to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from statistics import median
from typing import Any, NamedTuple

from graph_pages import BARE, OURS, PYVIS

FIRST_PICTURE_S = 1.0  # at 5,000 nodes
TO_BARE = 1.25  # milliseconds of the main thread for a drawing, to bare sigma's
TO_PYVIS = 10.0  # how much sooner than pyvis the first picture stands, at 200 nodes
USABLE = (100_000, 15.0, 50.0)  # nodes, seconds to the first picture, milliseconds of the main thread for a drawing
EXPAND_MS = 100.0  # 95 of 100 nodes are expanded in less


class Row(NamedTuple):
    """What a page cost with one graph; what was not reached is missing."""

    sort: str
    nodes: int
    ties: int
    page: str
    figures: dict[str, Any]

    def of(self, name: str) -> float | None:
        """Return a figure."""
        return self.figures.get(name)


class Goal(NamedTuple):
    """Something that is to hold; None where it was not measured."""

    name: str
    holds: bool | None
    told: str

    def __str__(self) -> str:
        words = {True: "holds", False: "is missed", None: "was not measured"}
        return f"- {self.name}: {words[self.holds]}" + (f" ({self.told})" if self.told else "")


_COLUMNS = (
    ("file KB", "file_kb", "{:,.0f}"), ("first picture s", "paint_s", "{:.2f}"), ("CPU s", "paint_cpu_s", "{:.1f}"),
    ("main ms a drawing", "main_ms", "{:.1f}"), ("drawings/s", "draws_per_s", "{:.1f}"), ("frames/s", "fps", "{:.1f}"),
    ("worst gap ms", "worst_ms", "{:,.0f}"), ("heap MB", "heap_mb", "{:,.0f}"), ("memory MB", "memory_mb", "{:,.0f}"),
)  # fmt: skip


def middle(runs: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Return the median of every figure of several runs, with the words of the last."""
    found: dict[str, Any] = {}
    for run in runs:
        found |= run
    for name, value in found.items():
        if isinstance(value, int | float):
            found[name] = median(run[name] for run in runs if name in run)
    return found


def table(rows: Iterable[Row]) -> Iterator[str]:
    """Yield the lines of the table, in Markdown."""
    titles = ["graph", "nodes", "ties", "page", *(title for title, _, _ in _COLUMNS)]
    yield f"| {' | '.join(titles)} |"
    yield "|" + "---|" * len(titles)
    for row in rows:
        cells = [row.sort, f"{row.nodes:,}", f"{row.ties:,}", row.page]
        for _, name, form in _COLUMNS:
            value = row.of(name)
            cells.append("" if value is None else form.format(value))
        if "gave_up" in row.figures:
            cells[5] = row.figures["gave_up"]
        yield f"| {' | '.join(cells)} |"


_BRIEFLY = (("paint_s", "{:.1f}"), ("main_ms", "{:.0f}"), ("draws_per_s", "{:.0f}"), ("heap_mb", "{:,.0f}"))


def brief_table(rows: Sequence[Row], sort: str) -> Iterator[str]:
    """Yield the lines of a table of one sort of graph: a row a page, a column a size.

    A cell holds the seconds to the first picture, the main thread's milliseconds for a drawing, drawings a second, and
    the heap's megabytes.
    """
    found = {(row.page, row.nodes): row for row in rows if row.sort == sort}
    sizes = sorted({nodes for _, nodes in found})
    yield f"| {sort} | {' | '.join(f'{nodes:,}' for nodes in sizes)} |"
    yield "|" + "---|" * (len(sizes) + 1)
    for page in dict.fromkeys(page for page, _ in found):
        yield f"| {page} | {' | '.join(_briefly(found.get((page, nodes))) for nodes in sizes)} |"


def _briefly(row: Row | None) -> str:
    if row is None:
        return "not tried"
    told = [form.format(value) for name, form in _BRIEFLY if (value := row.of(name)) is not None]
    return str(row.figures.get("gave_up") or " / ".join(told))


def goals(rows: Sequence[Row]) -> Iterator[Goal]:
    """Yield the goals of pages."""
    found = {(row.sort, row.nodes, row.page): row for row in rows}
    sorts = sorted({row.sort for row in rows})
    for sort in sorts:
        at = {(nodes, page): row for (one, nodes, page), row in found.items() if one == sort}
        yield _first_picture(sort, at.get((5_000, OURS)))
        for nodes in sorted({nodes for nodes, _ in at}):
            yield _to_bare(sort, nodes, at.get((nodes, OURS)), at.get((nodes, BARE)))
        yield _usable(sort, at.get((USABLE[0], OURS)))
        yield _to_pyvis(sort, at.get((200, OURS)), at.get((200, PYVIS)))


def _first_picture(sort: str, ours: Row | None) -> Goal:
    name = f"{sort}, 5,000 nodes: first picture within {FIRST_PICTURE_S:g} s"
    if ours is None:
        return Goal(name, None, "")
    seconds = ours.of("paint_s")
    return Goal(name, seconds is not None and seconds < FIRST_PICTURE_S, f"{seconds:.2f} s" if seconds else "none")


def _to_bare(sort: str, nodes: int, ours: Row | None, bare: Row | None) -> Goal:
    name = f"{sort}, {nodes:,} nodes: main thread at most {TO_BARE:g} times that of bare sigma"
    one, other = (row.of("main_ms") if row else None for row in (ours, bare))
    if ours is None or other is None:
        return Goal(name, None, "")
    if one is None:
        return Goal(name, holds=False, told="none")
    return Goal(name, one <= TO_BARE * other, f"{one:.1f} to {other:.1f} ms, {one / other:.2f}")


def _usable(sort: str, ours: Row | None) -> Goal:
    nodes, seconds, main_ms = USABLE
    name = f"{sort}, {nodes:,} nodes: usable, a picture within {seconds:g} s and then {main_ms:g} ms a drawing"
    if ours is None:
        return Goal(name, None, "")
    paint, main = ours.of("paint_s"), ours.of("main_ms")
    if paint is None or main is None:
        return Goal(name, holds=False, told="none")
    return Goal(name, paint <= seconds and main <= main_ms, f"{paint:.1f} s, {main:.1f} ms")


def _to_pyvis(sort: str, ours: Row | None, pyvis: Row | None) -> Goal:
    name = f"{sort}, 200 nodes: first picture {TO_PYVIS:g} times as soon as pyvis's"
    one, other = (row.of("paint_s") if row else None for row in (ours, pyvis))
    if ours is None or pyvis is None or other is None:
        return Goal(name, None, "")
    if one is None:
        return Goal(name, holds=False, told="none")
    return Goal(name, TO_PYVIS * one <= other, f"{one:.2f} to {other:.2f} s, {other / one:.0f} times")


class Expanding(NamedTuple):
    """How long it took to expand some nodes, and each request of it: milliseconds, 50 and 95 of 100."""

    which: str
    nodes: int
    ties: str  # how many the nodes have
    whole: tuple[float, float]
    parts: dict[str, tuple[float, float]]
    refused: int = 0  # of the requests: what would have been too large an answer


def part_of_hundred(values: Sequence[float], percent: int) -> float:
    """Return the value that so many of a hundred do not exceed.

    Example:
        >>> part_of_hundred([3, 1, 2, 4], 50), part_of_hundred([3, 1, 2, 4], 95)
        (2, 4)
    """
    listed = sorted(values)
    return listed[-(-len(listed) * percent // 100) - 1]


def expanding_table(found: Sequence[Expanding]) -> Iterator[str]:
    """Yield the lines of the table, in Markdown."""
    parts = list(found[0].parts)
    yield (
        "| nodes | ties of each | refused | p50 ms | p95 ms | "
        + " | ".join(f"{part}, p50, p95" for part in parts)
        + " |"
    )
    yield "|---|---|---|---|---|" + "---|" * len(parts)
    for row in found:
        told = [f"{low:.1f}, {high:.1f}" for low, high in row.parts.values()]
        low, high = row.whole
        yield f"| {row.nodes} {row.which} | {row.ties} | {row.refused} | {low:.1f} | {high:.1f} | {' | '.join(told)} |"


def expanding_goals(found: Iterable[Expanding]) -> Iterator[Goal]:
    """Yield the goals of expanding."""
    for row in found:
        name = f"{row.nodes} {row.which}: 95 of 100 are expanded within {EXPAND_MS:g} ms"
        told = f"{row.whole[1]:.0f} ms" + (f"; {row.refused} requests are refused" if row.refused else "")
        yield Goal(name, row.whole[1] < EXPAND_MS and not row.refused, told)
