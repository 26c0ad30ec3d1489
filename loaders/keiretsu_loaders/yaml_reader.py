"""YAML as plain text with positions: every scalar stays what stands in the file.

The parser's events are read one by one and nothing is constructed from them: there are no tags, anchors, merge keys,
duplicate keys, empty values or second documents, and a file that is nested too deeply is left where it gets too deep.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from keiretsu_ontology.errors import Problem

MAX_DEPTH = 20
MAX_NODES = 200_000
MAX_PROBLEMS = 1_000  # of one file; more would bury what matters
Location = tuple[str | int, ...]
LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NULLS = ("", "~", "null", "Null", "NULL")

# What may not stand anywhere in a file, comments included. Names are looked at more closely by writing.py.
_REFUSED = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]"
)

# What the parser says, and what it means to the one who wrote the file.
_MEANINGS = {
    "mapping values are not allowed": "a colon stands where none may; put a text with a colon in quotes",
    "tab character": "a tab stands where spaces indent",
    "cannot start any token": "this character cannot begin a text; put the text in quotes, and indent with spaces",
    "could not find expected ':'": "a colon is missing after a key, or this line is indented too little",
    "did not find expected key": "this does not fit the lines above; look at its indentation, quotes and brackets",
    "did not find expected '-'": "an item of a list begins with '- ', in one column with the items above",
    "did not find expected ',' or": "a comma or a closing bracket is missing",
    "did not find expected node": "a value is wanted here",
    "unexpected end of stream": "a quotation mark or a bracket is not closed",
    "document start": "this does not fit the lines above; look at its indentation, quotes and brackets",
    "document separator": "a quotation mark is not closed before the document ends",
    "escape": "a backslash in double quotes begins an escape; write it in single quotes",
    "block sequence entries": "an item of a list may not stand here; put it in a line of its own",
    "anchor": "anchors and aliases are not admitted; put a text that begins with & or * in quotes",
    "alias": "anchors and aliases are not admitted; put a text that begins with & or * in quotes",
    "tag": "tags are not admitted; put a text that begins with ! in quotes",
    "directive": "directives are not admitted",
}


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
    if (found := _REFUSED.search(text)) is not None:
        line = text.count("\n", 0, found.start()) + 1
        column = found.start() - text.rfind("\n", 0, found.start())
        return None, [Problem(path, line, column, f"the character U+{ord(found[0]):04X} is not admitted")]
    reader = _Reader(path)
    try:
        for event in yaml.parse(text, Loader=LOADER):
            reader.take(event)
    except _GivenUpError:
        pass
    except yaml.MarkedYAMLError as error:
        reader.problems.append(_syntax(path, error, reader.quoted))
    except yaml.YAMLError as error:
        reader.problems.append(Problem(path, 1, 1, f"not YAML: {str(error)[:100]!r}"))
    if reader.documents == 0 and not reader.problems:
        reader.problems.append(Problem(path, 1, 1, "nothing stands in this file"))
    if reader.problems:
        return None, reader.problems
    return Document(path, reader.data, reader.places, reader.keys), []


def _syntax(path: Path, error: yaml.MarkedYAMLError, quoted: Any) -> Problem:
    """Return what the parser says in plain words; what an open quotation mark swallowed is told where it opens."""
    mark: Any = error.problem_mark or error.context_mark
    said = error.problem or error.context or "it cannot be read"
    meant = next((words for part, words in _MEANINGS.items() if part in said), said)
    if "end of stream" in said or "document separator" in said:
        mark = error.context_mark or mark
    elif quoted is not None and mark is not None and quoted.start_mark.line < quoted.end_mark.line == mark.line:
        mark, meant = quoted.start_mark, f"the quotation mark that opens here closes only in line {mark.line + 1}"
    line, column = (mark.line + 1, mark.column + 1) if mark is not None else (1, 1)
    return Problem(path, line, column, f"not YAML: {meant}")


class _GivenUpError(Exception):
    """Reading on would cost too much or tell nothing new; the problem has been written down."""


@dataclass(slots=True)
class _Open:
    """A list or mapping that is not closed yet."""

    location: Location
    value: Any
    known: dict[str, int] = field(default_factory=dict)  # keys, and the lines that they stand in
    key: str | None = None  # the key whose value comes next
    skipped: bool = False  # the key was refused: its value is read and dropped

    def next_location(self) -> Location:
        """Return where the next value goes."""
        if isinstance(self.value, list):
            return (*self.location, len(self.value))
        return (*self.location, self.key or "")

    def put(self, value: Any) -> None:
        """Take the next value."""
        if isinstance(self.value, list):
            self.value.append(value)
            return
        if self.key is not None and not self.skipped:
            self.value[self.key] = value
        self.key, self.skipped = None, False


class _Reader:
    """Turns events into plain data, and keeps where everything stood."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.problems: list[Problem] = []
        self.places: dict[Location, Place] = {}
        self.keys: dict[Location, Place] = {}
        self.data: Any = None
        self.documents = 0
        self.quoted: Any = None  # the last text in quotation marks
        self._nodes = 0
        self._open: list[_Open] = []

    def take(self, event: yaml.Event) -> None:
        """Take the next event of the parser."""
        if isinstance(event, yaml.ScalarEvent) and event.style in ("'", '"'):
            self.quoted = event
        if isinstance(event, yaml.DocumentStartEvent):
            self._begin(event)
        elif isinstance(event, (yaml.ScalarEvent, yaml.CollectionStartEvent, yaml.AliasEvent)):
            self._nodes += 1
            if self._nodes > MAX_NODES:
                self._give_up(event, f"a file holds at most {MAX_NODES} values; split it into several")
            self._node(event)
        elif isinstance(event, yaml.CollectionEndEvent):
            self._open.pop()

    def _begin(self, event: yaml.DocumentStartEvent) -> None:
        self.documents += 1
        if event.tags or event.version:
            self._say(event, "directives such as %YAML and %TAG are not admitted")
        if self.documents > 1:
            self._give_up(event, "a file holds one document, not several")

    def _node(self, event: Any) -> None:
        around = self._open[-1] if self._open else None
        if around is not None and isinstance(around.value, dict) and around.key is None:
            self._key(event, around)
            return
        location = around.next_location() if around is not None else ()
        if around is None or not around.skipped:
            self.places.setdefault(location, place_of(event))
        value = self._value(event)
        if around is None:
            self.data = value
        else:
            around.put(value)
        if isinstance(event, yaml.CollectionStartEvent):
            if len(self._open) >= MAX_DEPTH:
                self._give_up(event, f"nested more than {MAX_DEPTH} deep")
            self._open.append(_Open(location, value))

    def _value(self, event: Any) -> Any:
        """Return what an event stands for; what is refused becomes a problem and an empty text."""
        if (fault := _property_fault(event)) is not None:
            self._say(event, fault)
        if isinstance(event, yaml.ScalarEvent):
            if event.style in (None, "") and event.value in _NULLS:
                self._say(event, "a value is wanted here; leave the key out where there is none")
            return event.value
        if isinstance(event, yaml.SequenceStartEvent):
            return []
        return {} if isinstance(event, yaml.MappingStartEvent) else ""

    def _key(self, event: Any, around: _Open) -> None:
        if not isinstance(event, yaml.ScalarEvent):
            self._give_up(event, _property_fault(event) or "a key is a word, not a list or a mapping")
        around.key = event.value
        if (fault := _property_fault(event) or _key_fault(event, around)) is not None:
            self._say(event, fault)
            around.skipped = True
            return
        place = place_of(event)
        around.known[event.value] = place.line
        self.keys[*around.location, event.value] = place

    def _say(self, event: yaml.Event, message: str) -> None:
        place = place_of(event)
        self.problems.append(Problem(self.path, place.line, place.column, message))
        if len(self.problems) >= MAX_PROBLEMS:
            raise _GivenUpError

    def _give_up(self, event: yaml.Event, message: str) -> None:
        self._say(event, message)
        raise _GivenUpError


def place_of(event: Any) -> Place:
    """Return where something that the parser tells of begins."""
    return Place(event.start_mark.line + 1, event.start_mark.column + 1)


def _property_fault(event: Any) -> str | None:
    if isinstance(event, yaml.AliasEvent) or event.anchor is not None:
        return "anchors and aliases are not admitted; put a text that begins with & or * in quotes, else write it out"
    if event.tag is not None:
        return f"tags such as {event.tag[:40]!r} are not admitted"
    return None


def _key_fault(event: yaml.ScalarEvent, around: _Open) -> str | None:
    if event.value in around.known:
        return f"the key {event.value[:60]!r} stands twice; first in line {around.known[event.value]}"
    if event.style in (None, "") and event.value == "<<":
        return "merge keys are not admitted; write it out"
    if event.style in (None, "") and event.value in _NULLS:
        return "a key is wanted here"
    return None
