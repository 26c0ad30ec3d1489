"""From files to checked entries: each entity and each claim on its own, so that one fault hides no other."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, Protocol, TypeVar, get_args, get_origin

from pydantic import BaseModel, ValidationError

from keiretsu_loaders.files import (
    MAX_ALL_BYTES,
    MAX_FILES,
    fact_files,
    folder_fault,
    lies,
    read_file,
    strays,
    trouble,
)
from keiretsu_loaders.yaml_reader import MAX_PROBLEMS, Document, Location, Place, read_yaml
from keiretsu_ontology.entries import (
    ClaimEntry,
    ClaimsFile,
    ConflictEntry,
    ConflictsFile,
    DatasetFile,
    EntitiesFile,
    EntityEntry,
)
from keiretsu_ontology.errors import Problem
from keiretsu_ontology.notation import nearest

if TYPE_CHECKING:
    from keiretsu_loaders.view_reading import ViewOf

_Model = TypeVar("_Model", bound=BaseModel)
_FOUND: dict[type, str] = {str: "a text", list: "a list", dict: "a mapping"}
_WANTED = {
    "string_type": "a text", "list_type": "a list", "model_type": "a mapping", "dict_type": "a mapping",
    "model_attributes_type": "a mapping", "bool_type": "true or false", "bool_parsing": "true or false",
    "int_type": "a whole number", "int_parsing": "a whole number",
}  # fmt: skip


class Placed(Protocol):
    """What entries are read from, and where everything in it stands: a file of facts, or a row of a table."""

    @property
    def path(self) -> Path:
        """The file."""

    def problem(self, location: Location, message: str, *, key: bool = False) -> Problem:
        """Return a problem at a location, or at the nearest place around it."""

    def place(self, location: Location, *, key: bool = False) -> Place:
        """Return where something stands; for what is missing, where the thing around it stands."""


class Located(NamedTuple, Generic[_Model]):
    """An entry and where it stands."""

    entry: _Model
    document: Placed
    location: Location

    def problem(self, *where: str | int, message: str, key: bool = False) -> Problem:
        """Return a problem at a place within the entry."""
        return self.document.problem((*self.location, *where), message, key=key)

    def place(self) -> str:
        """Return where the entry stands, as path:line."""
        return f"{self.document.path}:{self.document.place(self.location).line}"


def repeated(items: Iterable[Hashable]) -> Iterator[int]:
    """Yield the place of each item that stands further up already."""
    seen: set[Hashable] = set()
    for place, item in enumerate(items):
        if item in seen:
            yield place
        seen.add(item)


class ClaimsOf(NamedTuple):
    """A file of claims: its head, and those of its claims that are well formed."""

    head: Located[ClaimsFile]
    claims: tuple[Located[ClaimEntry], ...]


@dataclass(slots=True)
class Entries:
    """Everything well formed in a folder, and every problem found on the way."""

    folder: Path
    about: Located[DatasetFile] | None = None
    entities: list[Located[EntityEntry]] = field(default_factory=list)
    files: list[ClaimsOf] = field(default_factory=list)
    conflicts: list[Located[ConflictEntry]] = field(default_factory=list)  # of every file
    views: list[ViewOf] = field(default_factory=list)
    malformed: set[str] = field(default_factory=set)  # ids of entries that are not: they are not unknown
    problems: list[Problem] = field(default_factory=list)
    unread: set[str] = field(default_factory=set)  # "entities", "claims": what is not found may be in a broken file
    notes: list[str] = field(default_factory=list)  # what is worth knowing and is no problem
    digest: str = ""


More = Callable[["Entries", Callable[[str, bytes], None]], None]  # adds entries; gives the bytes that it read


def read_entries(folder: Path, more: More | None = None) -> Entries:
    """Return the entries of a dataset folder, with every problem of form.

    Args:
        folder: The dataset.
        more: Adds what stands in files that are not YAML.
    """
    entries = Entries(folder)
    if (fault := folder_fault(folder)) is not None:
        entries.problems.append(trouble(folder, fault))
        return entries
    state = _Digest()
    _read_about(entries, state)
    for part in _READERS:
        for number, found in enumerate(fact_files(folder, part)):
            if number >= MAX_FILES or state.size > MAX_ALL_BYTES:
                message = f"at most {MAX_FILES} files and {MAX_ALL_BYTES} bytes are read"
                entries.problems.append(trouble(folder / part, message))
                break
            _read_part(entries, part, found, state)
    if more is not None:
        more(entries, state.add)
    entries.problems.extend(strays(folder))
    entries.digest = state.hexdigest()
    return entries


class _Digest:
    """The digest of all files that were read, each with its name."""

    def __init__(self) -> None:
        self._state = sha256()
        self.size = 0

    def add(self, name: str, data: bytes) -> None:
        """Take in a file."""
        self._state.update(f"{name}\0{len(data)}\0".encode() + data)
        self.size += len(data)

    def hexdigest(self) -> str:
        """Return the digest in hexadecimal."""
        return self._state.hexdigest()


def _read_part(entries: Entries, part: str, found: Path | Problem, state: _Digest) -> None:
    if isinstance(found, Problem):
        entries.problems.append(found)
        entries.unread.add(part)
    elif (document := _document(entries, found, state)) is not None:
        _READERS[part](entries, document)
    else:
        entries.unread.add(part)


def _document(entries: Entries, path: Path, state: _Digest) -> Document | None:
    found = read_file(path)
    if found.text is None:
        entries.problems.extend([found.problem] if found.problem else [])
        return None
    state.add(path.relative_to(entries.folder).as_posix(), found.data)
    document, problems = read_yaml(path, found.text)
    entries.problems.extend(problems)
    return document


def _read_about(entries: Entries, state: _Digest) -> None:
    path = entries.folder / "keiretsu.yaml"
    if not lies(path):
        entries.problems.append(trouble(path, "is missing; it names the dataset: `name:` and `title:`"))
    elif (document := _document(entries, path, state)) is not None:
        entries.about = validated(entries.problems, DatasetFile, document, (), document.data)


def _read_entities(entries: Entries, document: Document) -> None:
    validated(entries.problems, EntitiesFile, document, (), without(document.data, "entities"))
    if not items_of(document.data, "entities"):
        entries.unread.add("entities")
    for number, item in items_of(document.data, "entities"):
        found = validated(entries.problems, EntityEntry, document, ("entities", number), item)
        if found is not None:
            entries.entities.append(found)
        else:
            remember(entries, "entities", item)


def _read_claims(entries: Entries, document: Document) -> None:
    head = validated(entries.problems, ClaimsFile, document, (), without(document.data, "claims", "conflicts"))
    claims = []
    for number, item in items_of(document.data, "claims"):
        if (claim := validated(entries.problems, ClaimEntry, document, ("claims", number), item)) is not None:
            claims.append(claim)
        else:
            remember(entries, "claims", item)
    _add_conflicts(entries, document)
    if head is not None:
        entries.files.append(ClaimsOf(head, tuple(claims)))
    else:
        entries.unread.add("claims")


def _read_conflicts(entries: Entries, document: Document) -> None:
    validated(entries.problems, ConflictsFile, document, (), without(document.data, "conflicts"))
    _add_conflicts(entries, document)


def _add_conflicts(entries: Entries, document: Document) -> None:
    for number, item in items_of(document.data, "conflicts"):
        if (conflict := validated(entries.problems, ConflictEntry, document, ("conflicts", number), item)) is not None:
            entries.conflicts.append(conflict)


# The folders of a dataset that hold facts, in the order in which they are read.
_READERS = {"entities": _read_entities, "claims": _read_claims, "conflicts": _read_conflicts}


def without(data: Any, *lists: str) -> Any:
    """Return the head of a file: with its long lists emptied where they are lists."""
    if not isinstance(data, dict):
        return data
    return {key: [] if key in lists and isinstance(value, list) else value for key, value in data.items()}


def items_of(data: Any, key: str) -> list[tuple[int, Any]]:
    """Return what stands in a list of a file, each item with its place; nothing where there is no list."""
    found = data.get(key) if isinstance(data, dict) else None
    return list(enumerate(found)) if isinstance(found, list) else []


def remember(entries: Entries, part: str, item: Any) -> None:
    """Keep in mind that something of this id stands in the files, however badly."""
    if isinstance(item, dict) and isinstance(item.get("id"), str):
        entries.malformed.add(item["id"])
    else:
        entries.unread.add(part)


def validated(
    problems: list[Problem], model: type[_Model], document: Placed, location: Location, data: Any
) -> Located[_Model] | None:
    """Return an entry and where it stands, or None with the problems that it has."""
    try:
        return Located(model.model_validate(data), document, location)
    except ValidationError as error:
        rows = list(islice(error.errors(include_url=False, include_input=True), MAX_PROBLEMS))
        problems.extend(_to_problem(model, document, location, row) for row in rows)
    if any(row["type"] != "extra_forbidden" for row in rows):
        return None
    try:  # what else is wrong is found without the keys that nothing knows
        return Located(model.model_validate(_less(data, [row["loc"] for row in rows])), document, location)
    except ValidationError:
        return None


def form_faults(model: type[BaseModel], document: Document) -> list[Problem]:
    """Return what is wrong with the form of a whole file, read by itself."""
    try:
        model.model_validate(document.data)
    except ValidationError as error:
        rows = islice(error.errors(include_url=False, include_input=True), MAX_PROBLEMS)
        return [_to_problem(model, document, (), row) for row in rows]
    return []


def _less(data: Any, places: list[Location]) -> Any:
    """Return data without what stands at some places."""
    left = deepcopy(data)
    for place in places:
        inner = left
        for part in place[:-1]:
            inner = inner[part]
        inner.pop(place[-1], None)
    return left


def _to_problem(model: type[BaseModel], document: Placed, location: Location, row: Any) -> Problem:
    """Return a finding of pydantic in our words, at its place."""
    inner = tuple(part for part in row["loc"] if part != "[key]")
    where, kind = (*location, *inner), row["type"]
    if kind == "missing":
        return document.problem(where, f"{inner[-1]!r} is missing")
    if kind == "extra_forbidden":
        message = f"unknown key {str(inner[-1])[:60]!r}{nearest(str(inner[-1]), known_keys(model, inner[:-1]))}"
        return document.problem(where, message, key=True)
    return document.problem(where, _words(kind, row), key="[key]" in row["loc"])


def _words(kind: str, row: Any) -> str:
    found = _FOUND.get(type(row["input"]), "something else")
    context: Mapping[str, Any] = row.get("ctx", {})
    if kind == "value_error":
        return str(context["error"])
    if kind in _WANTED:
        return f"{_WANTED[kind]} is wanted here, not {found}"
    if kind in ("too_short", "too_long"):
        count = context.get("min_length") or context.get("max_length")
        return f"{'at least' if kind == 'too_short' else 'at most'} {count} items are wanted here"
    if kind == "literal_error":
        return f"{context['expected']} is wanted here, not {str(row['input'])[:60]!r}"
    return f"{row['msg'][:1].lower()}{row['msg'][1:]}, not {found}"


def known_keys(model: type[BaseModel], location: Location) -> list[str]:
    """Return the keys that a mapping at a location within a model may have."""
    is_key = False  # of a mapping whose keys are free
    for part in location:
        if isinstance(part, int) or is_key:
            is_key = False
            continue
        names = {info.alias or name: info for name, info in model.model_fields.items()}
        inner = _model_in(names[part].annotation) if part in names else None
        if inner is None:
            return []
        model, is_key = inner, _is_free(names[part].annotation)
    return [info.alias or name for name, info in model.model_fields.items()]


def _is_free(annotation: Any) -> bool:
    """Say whether a type is a mapping whose keys are not those of a model."""
    return get_origin(annotation) is dict or any(_is_free(part) for part in get_args(annotation))


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for part in get_args(annotation) if (found := _model_in(part)) is not None), None)
