"""YAML as plain text with positions: every scalar stays what stands in the file.

`yaml.compose` gives the nodes with their marks; nothing is constructed from them. There are no tags, anchors, merge
keys, duplicate keys, empty values or second documents.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from keiretsu_ontology.errors import Problem
from keiretsu_ontology.notation import nearest

MAX_DEPTH = 24
MAX_NODES = 200_000
Location = tuple[str | int, ...]
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NULLS = ("", "~", "null", "Null", "NULL")


class Place(NamedTuple):
    """Where something stands in a file."""

    line: int  # from 1
    column: int  # from 1


class Document(NamedTuple):
    """A file of facts as plain data, with the place of everything in it."""

    path: Path
    data: Any
    places: dict[Location, Place]  # of values
    keys: dict[Location, Place]  # of keys of mappings

    def problem(self, location: Location, message: str, *, key: bool = False) -> Problem:
        """Return a problem at a location, or at the nearest place around it."""
        place = self.place(location, key=key)
        return Problem(self.path, place.line, place.column, message)

    def place(self, location: Location, *, key: bool = False) -> Place:
        """Return where a value or a key stands; for what is missing, where the thing around it stands."""
        while location:
            if key and location in self.keys:
                return self.keys[location]
            if location in self.places:
                return self.places[location]
            location = location[:-1]
        return self.places.get((), Place(1, 1))


def read_yaml(path: Path, text: str) -> tuple[Document | None, list[Problem]]:
    """Return a document, or None with the problems that keep it from being read."""
    text = text.removeprefix("\ufeff")
    if (found := _refused_characters(path, text)) is not None:
        return None, [found]
    if (found := _refused_before_parsing(path, text)) is not None:
        return None, [found]
    try:
        nodes = list(yaml.compose_all(text, Loader=_LOADER))
    except yaml.MarkedYAMLError as error:
        return None, [_syntax(path, error)]
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        return None, [Problem(path, 1, 1, f"not YAML: {str(error)[:100]}")]
    if len(nodes) != 1 or nodes[0] is None:
        what = (
            "nothing stands in this file" if not nodes or nodes[0] is None else "a file holds one document, not several"
        )
        line = nodes[1].start_mark.line + 1 if len(nodes) > 1 and nodes[1] is not None else 1
        return None, [Problem(path, line, 1, what)]
    walker = _Walker(path)
    data = walker.plain(nodes[0], (), 0)
    if walker.problems:
        return None, walker.problems
    return Document(path, data, walker.places, walker.keys), []


_REFUSED = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]"
)


def _refused_characters(path: Path, text: str) -> Problem | None:
    if (found := _REFUSED.search(text)) is None:
        return None
    return _at(path, text, found.start(), f"the invisible character U+{ord(found[0]):04X} is not admitted")


def _at(path: Path, text: str, place: int, message: str) -> Problem:
    return Problem(path, text.count("\n", 0, place) + 1, place - text.rfind("\n", 0, place), message)


def _refused_before_parsing(path: Path, text: str) -> Problem | None:
    """Refuse what would cost too much to parse: brackets or indentation nested very deeply."""
    depth = 0
    for found in re.finditer(r"[\[\]{}]", text):
        depth += 1 if found[0] in "[{" else -1
        if depth > 200:
            return _at(path, text, found.start(), "brackets are nested too deeply")
    if (deep := re.search(r"^ {400}|(?:[-?:] ){60}", text, re.MULTILINE)) is not None:
        return _at(path, text, deep.start(), "indented too deeply")
    return None


def _syntax(path: Path, error: yaml.MarkedYAMLError) -> Problem:
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line + 1, mark.column + 1) if mark is not None else (1, 1)
    said = error.problem or error.context or "not YAML"
    if "undefined alias" in said or "anchor" in said or "alias" in said:
        said = "anchors and aliases are not admitted; write the text itself, in quotes where it begins with & or *"
    elif "cannot start any token" in said:
        said = f"{said}; put the text in quotes"
    elif "tab" in said:
        said = f"{said}; indent with spaces"
    return Problem(path, line, column, f"not YAML: {said}")


class _Walker:
    """Turns nodes into plain data, and keeps where everything stood."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.problems: list[Problem] = []
        self.places: dict[Location, Place] = {}
        self.keys: dict[Location, Place] = {}
        self._nodes = 0
        self._seen: set[int] = set()

    def _say(self, node: yaml.Node, message: str) -> None:
        if len(self.problems) < 1_000:
            mark = node.start_mark
            self.problems.append(Problem(self.path, mark.line + 1, mark.column + 1, message))

    def plain(self, node: yaml.Node, location: Location, depth: int) -> Any:
        """Return a node as plain data; what is refused becomes a problem and an empty text."""
        self._nodes += 1
        self.places[location] = Place(node.start_mark.line + 1, node.start_mark.column + 1)
        if (fault := self._fault(node, depth)) is not None:
            self._say(node, fault)
            return ""
        self._seen.add(id(node))
        if isinstance(node, yaml.MappingNode):
            return dict(self._pairs(node, location, depth))
        if isinstance(node, yaml.SequenceNode):
            return [self.plain(item, (*location, number), depth + 1) for number, item in enumerate(node.value)]
        return node.value

    def _fault(self, node: yaml.Node, depth: int) -> str | None:
        if id(node) in self._seen:
            return "anchors and aliases are not admitted; write it out"
        if depth > MAX_DEPTH:
            return f"nested more than {MAX_DEPTH} deep"
        if self._nodes > MAX_NODES:
            return f"a file holds at most {MAX_NODES} values"
        if isinstance(node, yaml.ScalarNode) and node.style is None and node.value in _NULLS:
            return "a value is wanted here; leave the key out where there is none"
        if not node.tag.startswith("tag:yaml.org,2002:") or node.tag.rsplit(":", 1)[1] not in _PLAIN_TAGS:
            return f"tags such as {node.tag[:40]!r} are not admitted"
        return None

    def _pairs(self, node: yaml.MappingNode, location: Location, depth: int) -> Iterator[tuple[str, Any]]:
        known: dict[str, Place] = {}
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                self._say(key, "a key is a word, not a list or a mapping")
                continue
            place = Place(key.start_mark.line + 1, key.start_mark.column + 1)
            if key.value in known:
                self._say(key, f"the key {key.value[:60]!r} stands twice; first in line {known[key.value].line}")
                continue
            if key.value == "<<":
                self._say(key, "merge keys are not admitted; write it out")
                continue
            known[key.value] = place
            self.keys[*location, key.value] = place
            yield key.value, self.plain(value, (*location, key.value), depth + 1)


_PLAIN_TAGS = ("str", "int", "float", "bool", "null", "timestamp", "map", "seq", "value", "merge")


def unknown_key(key: str, known: list[str]) -> str:
    """Return the message for a key that nothing knows."""
    return f"unknown key {key[:60]!r}{nearest(key, known)}"
