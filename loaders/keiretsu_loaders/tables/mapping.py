"""A mapping file as it was written, with the place of every pattern in it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from keiretsu_loaders.files import read_file
from keiretsu_loaders.reading import validated
from keiretsu_loaders.yaml_reader import Document, Location, Place, read_yaml
from keiretsu_ontology.errors import Problem
from keiretsu_ontology.mapping import RULE_KEYS, MappingFile

SUFFIXES = (".map.yaml", ".map.yml")


@dataclass(frozen=True, slots=True)
class Mapping:
    """A mapping that is well formed; whether it fits a table is seen beside one."""

    document: Document
    lines: tuple[str, ...]
    entry: MappingFile

    @property
    def path(self) -> Path:
        """The file."""
        return self.document.path

    def place(self, location: Location, at: int = 0, written: str = "", *, key: bool = False) -> Place:
        """Return where a text stands, or an offset in it where it stands on one line as it is."""
        place = self.document.place(location, key=key)
        line = self.lines[place.line - 1] if place.line <= len(self.lines) else ""
        start = place.column - 1
        start += line[start : start + 1] in ("'", '"')
        return Place(place.line, start + at + 1) if written and line.startswith(written, start) else place

    def problem(self, location: Location, message: str, *, key: bool = False) -> Problem:
        """Return a problem of something in it."""
        return self.document.problem(location, message, key=key)


def read_mapping(path: Path) -> tuple[Mapping | None, list[Problem], bytes]:
    """Return a mapping, or None, with every problem of form, and the bytes of the file."""
    found = read_file(path)
    if found.text is None:
        return None, [found.problem] if found.problem else [], found.data
    document, problems = read_yaml(path, found.text)
    if document is None:
        return None, problems, found.data
    located = validated(problems, MappingFile, document, (), document.data)
    if located is None or problems:
        return None, problems, found.data
    lines = found.text.removeprefix("\ufeff").split("\n")
    return Mapping(document, tuple(lines), located.entry), [], found.data


def pattern_tree(entry: BaseModel, without: tuple[str, ...] = RULE_KEYS) -> dict[str, Any]:
    """Return what a rule says of its entry: the keys that were written, as plain data."""
    return entry.model_dump(by_alias=True, exclude_unset=True, exclude=set(without))
