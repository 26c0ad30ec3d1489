"""Whether all that someone wrote of some things is in what was made of it; nothing is lost without a word.

Parts of a thing, such as its dates and places, may be called otherwise or nothing at all: what counts is what is said.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pyoxigraph import BlankNode, Literal, NamedNode

from keiretsu_graph.reading_back import Fault, Index, Node, compact, root_of, server_made
from keiretsu_ontology.vocabulary import BASE

Triple = tuple[Node, NamedNode, Any]
_DEPTH = 4  # of parts in parts


def lost(
    written: Index, made: Index, added: set[Triple], roots: set[str], renamed: Mapping[str, str]
) -> Iterator[Triple]:
    """Yield what is written and is not in what was made of it.

    Args:
        written: The graph as someone wrote it.
        made: The graph that was made of that.
        added: What was not there before.
        roots: The things that changed.
        renamed: New names of things.
    """
    keeper = _Keeper(written, made, added, renamed)
    for root in sorted(roots):
        node, new = NamedNode(root), NamedNode(renamed.get(root, root))
        yield from keeper.missing(node, new, _DEPTH)
    yield from sorted((triple for triple in added if triple[0] not in keeper.seen), key=str)


class _Keeper:
    def __init__(self, written: Index, made: Index, added: set[Triple], renamed: Mapping[str, str]) -> None:
        self._written, self._made = written, made
        self._added = added
        self._renamed = renamed
        self.seen: set[Node] = set()  # what belongs to something

    def missing(self, node: Node, new: Node, depth: int) -> list[Triple]:
        """Return what is written of a node and is not said of the one that was made of it."""
        self.seen.add(node)
        there: dict[NamedNode, list[Any]] = {}
        for name, value in self._about(self._made, new):
            there.setdefault(name, []).append(value)
        found: list[Triple] = []
        for name, value in self._about(self._written, node):
            if depth and self._is_part(value):
                tried = [self.missing(value, part, depth - 1) for part in there.get(name, ())]
                least: list[Triple] = min(tried, key=_length) if tried else [(node, name, value)]
                found += least
                self.seen.add(value)
            elif not self._is_there(value, there.get(name, ())):
                found.append((node, name, value))
        return [row for row in found if row in self._added or not server_made(row[1])]

    def _about(self, index: Index, node: Node) -> list[tuple[NamedNode, Any]]:
        return index.curated.get(node) or index.sources.get(node) or []

    def _is_part(self, value: Any) -> bool:
        if isinstance(value, BlankNode):
            return True
        return isinstance(value, NamedNode) and value.value.startswith(BASE) and "#" in value.value and (
            value in self._written.curated or value in self._written.sources
        )  # fmt: skip

    def _is_there(self, value: Any, values: Any) -> bool:
        if isinstance(value, Literal):
            return any(isinstance(one, Literal) and _plain(one) == _plain(value) for one in values)
        if isinstance(value, NamedNode) and value.value in self._renamed:
            value = NamedNode(self._renamed[value.value])
        return value in values


def _length(rows: list[Triple]) -> int:
    return len(rows)


def _plain(value: Literal) -> tuple[str, str, str]:
    return value.value, value.datatype.value, (value.language or "").lower()


def loss(triple: Triple) -> Fault:
    """Return a triple that would be lost, as a fault of the thing that it is of."""
    node, name, value = triple
    shown = compact(value.value) if isinstance(value, NamedNode) else str(value)
    words = f"{compact(name.value)} {shown[:120]} would be lost: the model has no place for it here"
    return Fault(root_of(node) or str(node), words)
