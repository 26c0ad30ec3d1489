"""From files to checked entries: each entity and each claim on its own, so that one fault hides no other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any, Generic, NamedTuple, TypeVar, get_args

from pydantic import BaseModel, ValidationError

from keiretsu_loaders.files import MAX_FILES, fact_files, read_file, trouble
from keiretsu_loaders.yaml_reader import Document, Location, read_yaml
from keiretsu_ontology.entries import (
    ClaimEntry,
    ClaimsFile,
    ConflictEntry,
    DatasetFile,
    EntitiesFile,
    EntityEntry,
)
from keiretsu_ontology.errors import Problem
from keiretsu_ontology.notation import nearest

_Model = TypeVar("_Model", bound=BaseModel)
_KINDS: dict[type, str] = {str: "a text", list: "a list", dict: "a mapping"}


class Located(NamedTuple, Generic[_Model]):
    """An entry and where it stands."""

    entry: _Model
    document: Document
    location: Location

    def problem(self, *where: str | int, message: str, key: bool = False) -> Problem:
        """Return a problem at a place within the entry."""
        return self.document.problem((*self.location, *where), message, key=key)

    def place(self) -> str:
        """Return where the entry stands, as path:line."""
        return f"{self.document.path}:{self.document.place(self.location).line}"


class ClaimsOf(NamedTuple):
    """A file of claims: its head, and those of its claims and conflicts that are well formed."""

    head: Located[ClaimsFile]
    claims: tuple[Located[ClaimEntry], ...]
    conflicts: tuple[Located[ConflictEntry], ...]


@dataclass(slots=True)
class Entries:
    """Everything well formed in a folder, and every problem found on the way."""

    folder: Path
    about: Located[DatasetFile] | None = None
    entities: list[Located[EntityEntry]] = field(default_factory=list)
    files: list[ClaimsOf] = field(default_factory=list)
    malformed: set[str] = field(default_factory=set)  # ids of entries that are not: they are not unknown
    problems: list[Problem] = field(default_factory=list)
    digest: str = ""


def read_entries(folder: Path) -> Entries:
    """Return the entries of a dataset folder, with every problem of form."""
    entries = Entries(folder)
    if not folder.is_dir():
        entries.problems.append(trouble(folder, "there is no such folder" if not folder.exists() else "not a folder"))
        return entries
    state = sha256()
    _read_about(entries, state)
    for part in ("entities", "claims"):
        for found in list(fact_files(folder, part))[:MAX_FILES]:
            if isinstance(found, Problem):
                entries.problems.append(found)
            elif (document := _document(entries, found, state)) is not None:
                _read_entities(entries, document) if part == "entities" else _read_claims(entries, document)
    entries.problems.extend(_strays(folder))
    entries.digest = state.hexdigest()
    return entries


def _strays(folder: Path) -> Iterator[Problem]:
    """Yield a problem for facts that stand where nothing reads them."""
    for entry in sorted(folder.iterdir()):
        if entry.suffix.lower() in (".yaml", ".yml") and entry.name not in ("keiretsu.yaml", "views.yaml"):
            yield trouble(entry, "nothing reads this file; facts stand in entities/ and claims/")


def _document(entries: Entries, path: Path, state: Any) -> Document | None:
    found = read_file(path)
    if found.text is None:
        entries.problems.extend([found.problem] if found.problem else [])
        return None
    state.update(f"{path.relative_to(entries.folder).as_posix()}\0{len(found.data)}\0".encode() + found.data)
    document, problems = read_yaml(path, found.text)
    entries.problems.extend(problems)
    return document


def _read_about(entries: Entries, state: Any) -> None:
    path = entries.folder / "keiretsu.yaml"
    if not path.exists() and not path.is_symlink():
        entries.problems.append(trouble(path, "is missing; it names the dataset: `name:` and `title:`"))
    elif (document := _document(entries, path, state)) is not None:
        entries.about = _validated(entries, DatasetFile, document, (), document.data)


def _read_entities(entries: Entries, document: Document) -> None:
    if _validated(entries, EntitiesFile, document, (), _without(document.data, "entities")) is None:
        return
    for number, item in _items(document.data, "entities"):
        found = _validated(entries, EntityEntry, document, ("entities", number), item)
        if found is not None:
            entries.entities.append(found)
        else:
            _remember(entries, item)


def _read_claims(entries: Entries, document: Document) -> None:
    head = _validated(entries, ClaimsFile, document, (), _without(document.data, "claims", "conflicts"))
    claims, conflicts = [], []
    for number, item in _items(document.data, "claims"):
        if (claim := _validated(entries, ClaimEntry, document, ("claims", number), item)) is not None:
            claims.append(claim)
        else:
            _remember(entries, item)
    for number, item in _items(document.data, "conflicts"):
        if (conflict := _validated(entries, ConflictEntry, document, ("conflicts", number), item)) is not None:
            conflicts.append(conflict)
    if head is not None:
        entries.files.append(ClaimsOf(head, tuple(claims), tuple(conflicts)))
    else:
        entries.malformed.update(claim.entry.id for claim in claims)


def _without(data: Any, *lists: str) -> Any:
    """Return the head of a file: with its long lists emptied where they are lists."""
    if not isinstance(data, dict):
        return data
    return {key: [] if key in lists and isinstance(value, list) else value for key, value in data.items()}


def _items(data: Any, key: str) -> list[tuple[int, Any]]:
    found = data.get(key) if isinstance(data, dict) else None
    return list(enumerate(found)) if isinstance(found, list) else []


def _remember(entries: Entries, item: Any) -> None:
    if isinstance(item, dict) and isinstance(item.get("id"), str):
        entries.malformed.add(item["id"])


def _validated(
    entries: Entries, model: type[_Model], document: Document, location: Location, data: Any
) -> Located[_Model] | None:
    try:
        return Located(model.model_validate(data), document, location)
    except ValidationError as error:
        for row in error.errors(include_url=False, include_input=True):
            entries.problems.append(_to_problem(model, document, location, row))
        return None


def _to_problem(model: type[BaseModel], document: Document, location: Location, row: Any) -> Problem:
    """Return a finding of pydantic in our words, at its place."""
    inner = tuple(part for part in row["loc"] if part != "[key]")
    where, kind = (*location, *inner), row["type"]
    if kind == "missing":
        return document.problem(where[:-1], f"{inner[-1]!r} is missing")
    if kind == "extra_forbidden":
        message = f"unknown key {str(inner[-1])[:60]!r}{nearest(str(inner[-1]), known_keys(model, inner[:-1]))}"
        return document.problem(where, message, key=True)
    return document.problem(where, _words(kind, row), key="[key]" in row["loc"])


def _words(kind: str, row: Any) -> str:
    found = _KINDS.get(type(row["input"]), "something else")
    context: Mapping[str, Any] = row.get("ctx", {})
    if kind == "value_error":
        return str(context["error"])
    wanted = {"string_type": "a text", "list_type": "a list", "model_type": "a mapping", "dict_type": "a mapping",
              "model_attributes_type": "a mapping"}.get(kind)  # fmt: skip
    if wanted is not None:
        return f"{wanted} is wanted here, not {found}"
    if kind in ("too_short", "too_long"):
        count = context.get("min_length") or context.get("max_length")
        return f"{'at least' if kind == 'too_short' else 'at most'} {count} items are wanted here"
    if kind == "literal_error":
        return f"one of {context['expected']} is wanted here, not {str(row['input'])[:60]!r}"
    return f"{row['msg'][:1].lower()}{row['msg'][1:]}, not {found}"


def known_keys(model: type[BaseModel], location: Location) -> list[str]:
    """Return the keys that a mapping at a location within a model may have."""
    for part in location:
        if isinstance(part, int):
            continue
        names = {info.alias or name: info for name, info in model.model_fields.items()}
        inner = _model_in(names[part].annotation) if part in names else None
        if inner is None:
            return []
        model = inner
    return [info.alias or name for name, info in model.model_fields.items()]


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for part in get_args(annotation) if (found := _model_in(part)) is not None), None)
