"""Editing files of facts in place: exact changes at known places, tried out before anything is written."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable, Sequence
from difflib import unified_diff
from pathlib import Path
from typing import NamedTuple

from keiretsu_graph.manifest import replace_file
from keiretsu_loaders.dataset import load
from keiretsu_loaders.files import YAML, read_file
from keiretsu_loaders.nodes import Node, Part, to_nodes
from keiretsu_loaders.yaml_reader import Document, Location, read_yaml
from keiretsu_ontology.dataset import Dataset
from keiretsu_ontology.errors import Problem, SeedError, UsageError


class Edited(NamedTuple):
    """A file, what stands in it and what is to stand there; or what keeps it from being edited."""

    path: Path
    before: bytes = b""
    after: bytes = b""  # nothing where the file goes
    problems: tuple[Problem, ...] = ()

    @property
    def changed(self) -> bool:
        """Whether something else is to stand there."""
        return not self.problems and self.before != self.after

    def to_diff(self) -> str:
        """Return what would change, as a unified diff."""
        old, new = (data.decode("utf-8").splitlines(keepends=True) for data in (self.before, self.after))
        lines = unified_diff(old, new, str(self.path), str(self.path))
        return "".join(
            line if line.endswith("\n") else f"{line}\n\\ no line end at the end of the file\n" for line in lines
        )


class Change(NamedTuple):
    """What is put in the place of what stands between two offsets."""

    start: int
    end: int
    text: str


class Page(NamedTuple):
    """A file of facts that is to be edited: its text without a byte order mark, and where everything stands."""

    path: Path
    mark: str  # the byte order mark, or nothing
    text: str
    document: Document
    root: Node

    def node(self, location: Location) -> Node:
        """Return the node at a location.

        Raises:
            LookupError: Nothing stands there.
        """
        if (found := self.root.find(location)) is None:
            raise LookupError(location)
        return found

    def part(self, location: Location) -> Part:
        """Return the part at a location: a key with its value, or an item.

        Raises:
            LookupError: Nothing stands there.
        """
        around, step = self.node(location[:-1]), location[-1]
        found = around.parts[step] if isinstance(step, int) else around.part(step)
        if found is None:
            raise LookupError(location)
        return found

    def edit(self, changes: Iterable[Change]) -> str:
        """Return the text of the file after some changes, which do not overlap; all else stays byte for byte."""
        text = self.text
        for change in sorted(changes, reverse=True):
            text = text[: change.start] + change.text + text[change.end :]
        return self.mark + text

    def to_bytes(self) -> bytes:
        """Return the file as it stands or is to stand."""
        return (self.mark + self.text).encode("utf-8")

    @property
    def line_end(self) -> str:
        """How the file ends its lines."""
        first = self.text.find("\n")
        return "\r\n" if first > 0 and self.text[first - 1] == "\r" else "\n"


def to_page(path: Path, written: str) -> Page:
    """Return a text of facts ready for editing.

    Raises:
        SeedError: The strict reader does not take it.
    """
    text = written.removeprefix("\ufeff")
    document, problems = read_yaml(path, text)
    if document is None:
        raise SeedError(problems)
    return Page(path, written[: len(written) - len(text)], text, document, to_nodes(text))


def open_page(path: Path) -> Page:
    """Return a file of facts ready for editing.

    Raises:
        SeedError: It cannot be read, or the strict reader does not take it.
    """
    found = read_file(path)
    if found.text is None:
        raise SeedError([found.problem] if found.problem else [])
    return to_page(path, found.text)


class Pages:
    """The files of facts that are edited together, each read once."""

    def __init__(self) -> None:
        self._before: dict[Path, Page] = {}
        self._after: dict[Path, Page] = {}

    def page(self, path: Path) -> Page:
        """Return a file as it is to stand so far.

        Raises:
            SeedError: It cannot be read, or the strict reader does not take it.
        """
        if path not in self._before:
            self._before[path] = self._after[path] = open_page(path)
        return self._after[path]

    def put(self, page: Page) -> None:
        """Take a file as it is to stand."""
        self._after[page.path] = page

    def drop(self, path: Path) -> None:
        """Take a file away."""
        self._after.pop(path, None)

    def files(self) -> tuple[Edited, ...]:
        """Return what is to be written, by path."""
        after = {path: page.to_bytes() for path, page in self._after.items()}
        rows = (Edited(path, page.to_bytes(), after.get(path, b"")) for path, page in self._before.items())
        return tuple(sorted(row for row in rows if row.changed))


def rehearse(folder: Path, files: Iterable[Edited], *, sources: Iterable[Path] = ()) -> Dataset:
    """Return the facts of a dataset as they would be with some files edited; nothing is written there.

    Raises:
        SeedError: The edited dataset does not load; problems name the real files.
    """
    with tempfile.TemporaryDirectory(prefix="keiretsu-") as work:
        copy = Path(work) / "dataset"
        _copy_facts(folder, copy)
        for file in files:
            place = copy / file.path.relative_to(folder)
            place.write_bytes(file.after) if file.after else place.unlink()
        try:
            return load(copy, sources=[*sources, folder / "sources"])
        except SeedError as error:
            raise SeedError(moved_problems(error, copy, folder)) from None


def moved_problems(error: SeedError, there: Path, here: Path) -> list[Problem]:
    """Return the problems of a copy of a folder as problems of the folder itself."""
    return [
        problem._replace(path=here / problem.path.relative_to(there)) if problem.path.is_relative_to(there) else problem
        for problem in error.problems
    ]


def _copy_facts(folder: Path, copy: Path) -> None:
    """Copy the files of facts of a dataset that has loaded, and nothing else."""
    copy.mkdir()
    for path in sorted(folder.iterdir()):
        if path.is_symlink() or path.name.startswith("."):
            continue
        if path.is_dir() and path.name not in ("sources", "queries"):
            shutil.copytree(path, copy / path.name, symlinks=True)
        elif path.suffix.lower() in YAML:
            shutil.copyfile(path, copy / path.name)


def write_files(files: Sequence[Edited]) -> None:
    """Write edited files, all or none.

    Raises:
        UsageError: One cannot be written, or was changed by another hand meanwhile; then none is.
    """
    for file in files:
        if read_file(file.path).data != file.before:
            raise UsageError(f"{file.path} was changed meanwhile; nothing is written, try again")
    written: list[Edited] = []
    try:
        for file in files:
            if file.after:
                replace_file(file.path, file.after)
            else:
                file.path.unlink()
            written.append(file)
    except OSError as error:
        for file in written:
            replace_file(file.path, file.before)
        raise UsageError(f"{error.filename}: cannot be written: {(error.strerror or 'unknown').lower()}") from None
