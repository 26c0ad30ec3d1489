"""A YAML file as nodes with their places and comments: what reading for facts drops, and editing needs.

Offsets are in characters of the text without a byte order mark. The text has passed the strict reader before: there
are no anchors, tags, empty values or second documents.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

import yaml

from keiretsu_loaders.yaml_reader import LOADER, Location


class Remark(NamedTuple):
    """A comment."""

    text: str  # from its number sign to the end of the line
    start: int
    blank: bool = False  # an empty line stands above it


@dataclass(slots=True)
class Node:
    """A text, a list or a mapping, and where it stands."""

    kind: Literal["text", "list", "mapping"]
    start: int
    end: int  # after its last character; of a block, after the last character of its last part
    flow: bool  # of a list or mapping: it has brackets; of a text: it stands in brackets
    value: str = ""  # of a text
    style: str = ""  # of a text: the quotation mark, | or >, or nothing
    parts: list[Part] = field(default_factory=list)
    foot: list[Remark] = field(default_factory=list)  # comments after the last part

    def find(self, location: Location) -> Node | None:
        """Return the node at a location within this one."""
        node: Node | None = self
        for step in location:
            if node is None:
                break
            if isinstance(step, int):
                node = node.parts[step].value if node.kind == "list" and step < len(node.parts) else None
            else:
                found = node.part(step)
                node = found.value if found is not None else None
        return node

    def part(self, key: str) -> Part | None:
        """Return the part of a mapping with a key."""
        return next((part for part in self.parts if part.key is not None and part.key.value == key), None)


@dataclass(slots=True)
class Part:
    """A key of a mapping with its value, or an item of a list, with the comments that belong to it."""

    key: Node | None
    value: Node
    blank: bool = False  # an empty line stands above it
    above: list[Remark] = field(default_factory=list)
    beside: list[Remark] = field(default_factory=list)

    @property
    def start(self) -> int:
        """Where the part begins; of an item of a block list after its dash."""
        return self.value.start if self.key is None else self.key.start


def of_data(data: Any) -> Node:
    """Return plain data as a node that stands nowhere yet: texts, lists and mappings of them."""
    if isinstance(data, dict):
        parts = [Part(of_data(str(key)), of_data(value)) for key, value in data.items()]
        return Node("mapping", 0, 0, flow=False, parts=parts)
    if isinstance(data, list):
        return Node("list", 0, 0, flow=False, parts=[Part(None, of_data(value)) for value in data])
    return Node("text", 0, 0, flow=False, value=str(data))


def to_nodes(text: str) -> Node:
    """Return the outermost node of a text that the strict reader has taken, with all comments in their places."""
    root = _tree(text)
    _Remarks(text, root).attach()
    return root


def _tree(text: str) -> Node:
    open_nodes: list[Node] = []
    keys: list[Node | None] = []
    root = Node("mapping", 0, 0, flow=True)
    for event in yaml.parse(text, Loader=LOADER):
        if isinstance(event, yaml.CollectionEndEvent):
            node = open_nodes.pop()
            keys.pop()
            node.end = _index(event.end_mark) if node.flow else node.parts[-1].value.end
            continue
        if not isinstance(event, yaml.ScalarEvent | yaml.CollectionStartEvent):
            continue
        node = _node(event, text, flow=bool(open_nodes) and open_nodes[-1].flow)
        if not open_nodes:
            root = node
        elif open_nodes[-1].kind == "mapping" and keys[-1] is None:
            keys[-1] = node
        else:
            open_nodes[-1].parts.append(Part(keys[-1], node, _blank_above(text, (keys[-1] or node).start)))
            keys[-1] = None
        if node.kind != "text":
            open_nodes.append(node)
            keys.append(None)
    return root


def _node(event: Any, text: str, *, flow: bool) -> Node:
    start = _index(event.start_mark)
    if isinstance(event, yaml.ScalarEvent):
        # a block of text takes the empty lines beneath it along
        end = start + len(text[start : _index(event.end_mark)].rstrip())
        return Node("text", start, end, flow, event.value, event.style or "")
    return Node(
        "list" if isinstance(event, yaml.SequenceStartEvent) else "mapping", start, start, bool(event.flow_style)
    )


def _index(mark: Any) -> int:
    return int(mark.index)


def line_start(text: str, at: int) -> int:
    """Return where the line of an offset begins."""
    return max(text.rfind("\n", 0, at), text.rfind("\r", 0, at)) + 1


def column_of(text: str, at: int) -> int:
    """Return how far an offset is from the beginning of its line."""
    return at - line_start(text, at)


def _blank_above(text: str, at: int) -> bool:
    """Say whether the line above the one at an offset is empty."""
    end = line_start(text, at)
    if end == 0:
        return False
    end -= 2 if text.startswith("\r\n", end - 2) else 1
    return not text[line_start(text, end) : end].strip()


class _Spot(NamedTuple):
    """A part, and the lists and mappings around it, outermost first."""

    part: Part
    around: tuple[Node, ...]


def _walk(node: Node, around: tuple[Node, ...] = ()) -> Iterator[_Spot]:
    inside = (*around, node)
    for part in node.parts:
        yield _Spot(part, inside)
        yield from _walk(part.value, inside)


class _Remarks:
    """Puts each comment where it belongs: above a part, beside one, or at the foot of a list or mapping."""

    def __init__(self, text: str, root: Node) -> None:
        self._text, self._root = text, root
        self._spots = list(_walk(root))
        self._starts = [spot.part.start for spot in self._spots]
        ends = [(spot.part.value.end, len(spot.around), place) for place, spot in enumerate(self._spots)]
        ends += [(spot.part.key.end, len(spot.around), place)
                 for place, spot in enumerate(self._spots) if spot.part.key is not None]  # fmt: skip
        self._ends = sorted(ends)

    def attach(self) -> None:
        """Give every comment to its part."""
        for remark in self._found():
            own = not self._text[line_start(self._text, remark.start) : remark.start].strip()
            part = None if own else self._beside(remark)
            if part is not None:
                part.beside.append(remark)
            else:
                self._alone(remark, own=own)

    def _found(self) -> Iterator[Remark]:
        """Yield the comments: whatever follows a number sign outside of texts."""
        texts = sorted(
            (node.start, node.end, node.style)
            for spot in self._spots for node in (spot.part.key, spot.part.value) if node and node.kind == "text"
        )  # fmt: skip
        at = 0
        for start, end, style in [*texts, (len(self._text), len(self._text), "")]:
            yield from self._between(at, start)
            if style in ("|", ">") and (header := re.compile(r"[|>][0-9+-]*[ \t]+(?=#)").match(self._text, start)):
                yield from self._between(header.end(), min(end, *self._line_end(header.end())))
            at = end

    def _line_end(self, at: int) -> tuple[int, int]:
        found = re.compile(r"\r|\n|\Z").search(self._text, at)
        end = found.start() if found is not None else len(self._text)
        return end, end

    def _between(self, start: int, end: int) -> Iterator[Remark]:
        for found in re.compile(r"#[^\r\n]*").finditer(self._text, start, end):
            yield Remark(found[0].rstrip(), found.start(), _blank_above(self._text, found.start()))

    def _beside(self, remark: Remark) -> Part | None:
        """Return the innermost part of which a key or value ends last before a comment, in its line."""
        place = bisect_right(self._ends, (remark.start, len(self._spots) + 1, 0)) - 1
        while place >= 0:
            end, _, number = self._ends[place]
            if re.search(r"[\r\n]", self._text[end : remark.start]):
                return None
            part = self._spots[number].part
            if end == part.value.end or part.value.end > remark.start or part.value.style in ("|", ">"):
                return part
            place -= 1
        return None

    def _alone(self, remark: Remark, *, own: bool) -> None:
        """Put a comment that no part stands beside above the next part, or at the foot of what ends before.

        Args:
            remark: The comment.
            own: It has its line for itself; otherwise it follows a dash, and belongs to what comes next.
        """
        place = bisect_left(self._starts, remark.start)
        following = self._spots[place] if place < len(self._spots) else None
        before = self._spots[place - 1] if place else None
        around = self._around(before, remark, following) if own or following is None else None
        if around is not None:
            around.foot.append(remark)
        elif following is not None:
            following.part.above.append(remark)
        else:
            self._root.foot.append(remark)

    def _around(self, before: _Spot | None, remark: Remark, following: _Spot | None) -> Node | None:
        """Return the list or mapping at whose foot a comment stands, if it does."""
        if before is None:
            return self._root if following is None else None
        still_open = following.around if following is not None else ()
        chain = [*before.around, before.part.value]
        column = column_of(self._text, remark.start)
        after = column_of(self._text, still_open[-1].start) if still_open else -1
        for node in reversed(chain):
            if node.kind == "text" or any(node is other for other in still_open):
                continue
            if node.flow and node.start < remark.start < node.end:
                return node
            if not node.flow and after < column >= column_of(self._text, node.start):
                return node
        return None
