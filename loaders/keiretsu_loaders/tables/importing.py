"""Turning a table into files of a dataset: whole or not at all, and only what every rule lets pass."""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from keiretsu_loaders.canonical import write
from keiretsu_loaders.convert import to_claims
from keiretsu_loaders.dataset import MAX_PROBLEMS, broken_rules, entries_of, problem_records, said_twice
from keiretsu_loaders.facts import Facts
from keiretsu_loaders.files import MAX_BYTES, lies
from keiretsu_loaders.reading import ClaimsOf, Entries
from keiretsu_loaders.tables.folder import FOLDER
from keiretsu_loaders.tables.loading import Progress, Tables, Tally, load_rows, read_tables
from keiretsu_loaders.tables.mapping import SUFFIXES, Mapping, read_mapping
from keiretsu_loaders.tables.writing import to_data
from keiretsu_loaders.texts import SourceTexts
from keiretsu_loaders.yaml_reader import MAX_NODES
from keiretsu_ontology.entries import ClaimsFile, DatasetFile, EntitiesFile, EntityEntry
from keiretsu_ontology.errors import Problem, UsageError
from keiretsu_ontology.writing import to_slug


@dataclass(slots=True)
class Import:
    """What a table gives, and every problem of it."""

    table: Path
    problems: tuple[Problem, ...] = ()
    tally: Tally = field(default_factory=Tally)
    notes: tuple[str, ...] = ()  # what is worth knowing and is no problem
    entities: list[EntityEntry] = field(default_factory=list)
    sources: list[ClaimsOf] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)  # to be written, by name within the dataset

    @property
    def shapes(self) -> dict[str, int]:
        """How many claims there are of each shape."""
        claims = [row.entry for file in self.sources for row in file.claims]
        found = Counter(shape for entry in claims for shape in _SHAPES if getattr(entry, shape) is not None)
        return {shape: found[shape] for shape in _SHAPES if found[shape]}

    def to_record(self) -> dict[str, Any]:
        """Return what came out for a program."""
        counts = {
            "rows": self.tally.rows, "entities": len(self.entities), "known": self.tally.known,
            "skipped": self.tally.skipped,
            "sources": len(self.sources), "claims": sum(len(file.claims) for file in self.sources),
            "unmatched": self.tally.unmatched,
        }  # fmt: skip
        return {
            "version": 1, "problems": problem_records(self.problems), "notes": list(self.notes), "counts": counts,
            "shapes": self.shapes, "files": sorted(self.files),
        }  # fmt: skip


_TOO_MUCH = "this is more than a file of facts holds; --keep lays the table itself into the dataset"
_SHAPES = ("statement", "deal", "observation", "occurrence")


def read_import(
    table: Path, mapping: Path, target: Path | None = None, *, limit: int | None = None, force: bool = False,
    keep: bool = False, progress: Progress | None = None,
) -> Import:  # fmt: skip
    """Return what a table becomes by a mapping, in a dataset or alone.

    Args:
        table: The table; tables that the mapping joins lie beside it.
        mapping: The mapping.
        target: The dataset that it is to be part of, where there is one.
        limit: How many rows are read.
        force: Whether files that are there already are replaced.
        keep: Whether the table and its mapping are laid into the dataset as they are.
        progress: Is told what is going on.

    Raises:
        UsageError: What is asked for does not go together.
    """
    tell = progress or (lambda _: None)
    made, found = Import(table), None
    found, problems, _ = read_mapping(mapping)
    if found is None:
        made.problems = tuple(sorted(set(problems))[:MAX_PROBLEMS])
        return made
    fresh = target is None or _is_fresh(target)
    entries = Entries(target or table.parent) if fresh or target is None else entries_of(target, tell)
    entities_file = f"entities/{to_slug(table.stem) or 'table'}.yaml"
    tables = read_tables(table, found.entry)
    if force:
        _forget(entries, {entries.folder / name for name in _replaced(tables, entities_file, keep=keep)})
    count, files, notes = len(entries.entities), len(entries.files), len(entries.notes)
    tell(f"reading {table}")
    made.tally = load_rows(entries, found, tables, limit=limit, progress=tell)
    made.notes = tuple(entries.notes[notes:])
    new = entries.files[files:]
    if force:
        _forget(entries, {entries.folder / _claims_file(file) for file in new}, keep=new)
    made.problems = _checked(entries, tell)
    if made.problems:
        return made
    made.entities = sorted((row.entry for row in entries.entities[count:]), key=lambda entry: entry.id)
    made.sources = new
    if target is not None:
        files_of = _kept(tables, found, table) if keep else _written(made, entities_file)
        made.files = {**(_about(target, made) if fresh else {}), **files_of}
        _refuse_overwriting(target, made.files, force=force)
    return made


def _is_fresh(target: Path) -> bool:
    """Say whether a dataset has yet to be made.

    Raises:
        UsageError: Something else is there.
    """
    if (target / "keiretsu.yaml").is_file():
        return False
    if lies(target) and (not target.is_dir() or any(target.iterdir())):
        raise UsageError(f"{target} is not a dataset: it holds something and no keiretsu.yaml")
    return True


def _replaced(tables: Tables, entities_file: str, *, keep: bool) -> list[str]:
    """Return the files whose entries come from the table anew; those of claims are known when it has been read."""
    if not keep:
        return [entities_file]
    return [f"{FOLDER}/{name}" for name in (*tables.files, f"{tables.main.path.stem}{SUFFIXES[0]}")]


def _forget(entries: Entries, paths: set[Path], keep: Iterable[ClaimsOf] = ()) -> None:
    """Take out what stands in files that will be replaced."""
    kept = [id(file) for file in keep]
    entries.entities = [row for row in entries.entities if row.document.path not in paths]
    entries.files = [file for file in entries.files if file.head.document.path not in paths or id(file) in kept]
    entries.problems = [problem for problem in entries.problems if problem.path not in paths]


def _checked(entries: Entries, tell: Progress) -> tuple[Problem, ...]:
    facts = Facts.of(entries, SourceTexts([entries.folder / "sources"]))
    problems = set(entries.problems) | broken_rules(facts, tell)
    if not problems:
        problems.update(said_twice(facts, [claim for file in entries.files for claim in to_claims(facts, file)]))
    return tuple(sorted(problems)[:MAX_PROBLEMS])


def preview(made: Import, most: int) -> str:
    """Return the beginning of what a table becomes, as it would be written.

    Args:
        made: What the table gives.
        most: How many claims of its first source are shown, or entities where it makes no claims.
    """
    if made.sources:
        return write(_claims_data(made.sources[0], most), ClaimsFile)
    return write({"entities": [to_data(entry) for entry in made.entities[:most]]}, EntitiesFile)


def _claims_data(file: ClaimsOf, most: int | None = None) -> dict[str, Any]:
    return {**to_data(file.head.entry), "claims": [to_data(row.entry) for row in file.claims[:most]]}


def _claims_file(file: ClaimsOf) -> str:
    return f"claims/{file.head.entry.source.id}.yaml"


def _about(target: Path, made: Import) -> dict[str, bytes]:
    """Return the file that names a new dataset."""
    name = to_slug(target.resolve().name) or "dataset"
    titles = [file.head.entry.source.title for file in made.sources]
    title = titles[0] if len(titles) == 1 else name.replace("-", " ").capitalize()
    return {"keiretsu.yaml": write({"name": name, "title": title}, DatasetFile).encode()}


def _written(made: Import, entities_file: str) -> dict[str, bytes]:
    """Return the files of facts that say what a table says.

    Raises:
        UsageError: It says more than such a file holds.
    """
    entities = {"entities": [to_data(entry) for entry in made.entities]}
    data = {_claims_file(file): _claims_data(file) for file in made.sources}
    if any(_nodes(one) > MAX_NODES * 0.9 for one in (entities, *data.values())):
        raise UsageError(_TOO_MUCH)
    found = {entities_file: write(entities, EntitiesFile).encode()} if made.entities else {}
    found |= {name: write(one, ClaimsFile).encode() for name, one in data.items()}
    if any(len(one) > MAX_BYTES for one in found.values()):
        raise UsageError(_TOO_MUCH)
    return found


def _nodes(data: Any) -> int:
    if isinstance(data, dict):
        return 1 + sum(1 + _nodes(value) for value in data.values())
    return 1 + sum(map(_nodes, data)) if isinstance(data, list) else 1


def _kept(tables: Tables, mapping: Mapping, table: Path) -> dict[str, bytes]:
    """Return the table, those that it is joined with, and the mapping, as files of the dataset."""
    about = mapping.entry.table
    if about is not None and about.file not in (None, table.name):
        raise UsageError(f"the mapping is for {about.file!r} and the table is called {table.name!r}")
    found = {f"{FOLDER}/{name}": data for name, data in tables.files.items()}
    return {**found, f"{FOLDER}/{table.stem}{SUFFIXES[0]}": mapping.path.read_bytes()}


def _refuse_overwriting(target: Path, files: Iterable[str], *, force: bool) -> None:
    there = [name for name in sorted(files) if lies(target / name)]
    if there and not force:
        more = f" and {len(there) - 5} more" if len(there) > 5 else ""
        raise UsageError(f"{target} holds {', '.join(there[:5])}{more} already; --force replaces what is there")


def write_import(made: Import, target: Path) -> None:
    """Write the files of an import into a dataset, whole or not at all.

    Raises:
        UsageError: They cannot be written; nothing has changed.
    """
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        fresh = not lies(target) or not any(target.iterdir())
        work = Path(tempfile.mkdtemp(prefix=".keiretsu-", dir=target.parent if fresh else target))
    except OSError as error:
        raise UsageError(f"{target} cannot be written: {error.strerror or error}") from None
    try:
        for name, data in made.files.items():
            (work / "new" / name).parent.mkdir(parents=True, exist_ok=True)
            (work / "new" / name).write_bytes(data)
        (work / "new").chmod(0o755)
        if fresh:
            if lies(target):
                target.rmdir()
            (work / "new").rename(target)
        else:
            _put(work, target, list(made.files))
    except OSError as error:
        raise UsageError(f"{target} cannot be written: {error.strerror or error}") from None
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _put(work: Path, target: Path, names: list[str]) -> None:
    """Move files into a dataset; where one does not go, those before it are taken back."""
    done: list[str] = []
    try:
        for name in names:
            (target / name).parent.mkdir(exist_ok=True)
            if lies(target / name):
                (work / "old" / name).parent.mkdir(parents=True, exist_ok=True)
                (target / name).replace(work / "old" / name)
            done.append(name)
            (work / "new" / name).replace(target / name)
    except OSError:
        for name in done:
            (target / name).unlink(missing_ok=True)
            if lies(work / "old" / name):
                (work / "old" / name).replace(target / name)
        raise
