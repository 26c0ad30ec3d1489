"""A dataset as it was at a revision of its git repository, taken out into a folder of its own.

Only plumbing that reads objects is run (`rev-parse`, `ls-tree`, `cat-file`), without a shell: it runs no hooks,
filters, text conversions or file system monitors, whatever the repository configures, and fetches nothing.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from keiretsu_loaders.files import MAX_ALL_BYTES, MAX_BYTES, MAX_FILES, NO_LINK, YAML, trouble
from keiretsu_ontology.errors import Problem, SeedError, UsageError
from keiretsu_ontology.writing import text_fault

_SECONDS = 60
_REVISION_MAX = 250
_SAFE = (
    "core.fsmonitor=false", "core.hooksPath=/dev/null", "core.pager=cat", "safe.bareRepository=explicit",
    "protocol.allow=never",
)  # fmt: skip
_ENVIRONMENT = {
    "GIT_ALLOW_PROTOCOL": "none", "GIT_NO_LAZY_FETCH": "1", "GIT_NO_REPLACE_OBJECTS": "1", "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0", "GIT_LITERAL_PATHSPECS": "1", "GIT_ATTR_NOSYSTEM": "1", "LC_ALL": "C",
}  # fmt: skip


class _File(NamedTuple):
    """A file of facts in a tree of git."""

    name: str  # with its folders, from the dataset
    object: str
    size: int


@contextmanager
def taken_out(revision: str, folder: Path) -> Iterator[Path]:
    """Give a folder with the facts of a dataset at a revision, for as long as it is used.

    Args:
        revision: A revision of the repository that the folder lies in, such as HEAD~3 or main; with a colon and the
            path of another folder in it where that one is meant: main:seeds.
        folder: The dataset.

    Raises:
        UsageError: There is no such revision, or it has no such folder.
        SeedError: What stands there is not read: links, names that are not admitted, too much.
    """
    git = _Git(folder)
    files = _facts(git, _tree(git, revision), revision)
    with tempfile.TemporaryDirectory(prefix="keiretsu-") as work:
        copy = Path(work) / "dataset"
        copy.mkdir()
        for file, data in zip(files, git.contents(files), strict=True):
            path = copy / file.name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        yield copy


def revision_fault(revision: str) -> str | None:
    """Return why a text is no revision, or None where git may be asked.

    Example:
        >>> revision_fault("HEAD~3"), revision_fault("--upload-pack=x")
        (None, 'a revision does not begin with a hyphen')
    """
    if (fault := text_fault(revision, limit=_REVISION_MAX)) is not None:
        return fault
    if revision.startswith("-"):
        return "a revision does not begin with a hyphen"
    if revision.startswith(":"):
        return "the name of a revision is wanted before the colon"
    return None


def _tree(git: _Git, revision: str) -> str:
    """Return the id of the tree that holds the dataset."""
    if (fault := revision_fault(revision)) is not None:
        raise UsageError(f"{revision[:60]!r} is neither a folder nor a revision: {fault}")
    name, colon, path = revision.partition(":")
    commit = git.find(f"{name}^{{commit}}")
    if commit is None:
        if not git.is_repository():
            raise UsageError(f"{revision!r} is no folder, and {git.folder} lies in no git repository")
        raise UsageError(f"{revision!r} is neither a folder nor a revision of the repository of {git.folder}")
    if not colon:
        path = git.prefix()
    tree = git.find(f"{commit}:{path}")
    if tree is None or git.run("cat-file", "-t", tree).strip() != b"tree":
        raise UsageError(f"the revision {name!r} has no folder {path or '.'!r}")
    return tree


def _facts(git: _Git, tree: str, revision: str) -> list[_File]:
    """Return the files of facts in a tree: YAML, not the texts of sources, which no comparison needs."""
    files: list[_File] = []
    problems: list[Problem] = []
    for row in git.run("ls-tree", "-r", "-z", "-l", "--full-tree", tree).split(b"\0"):
        if not row:
            continue
        about, _, raw = row.partition(b"\t")
        mode, _, slug, size = about.decode("ascii").split()
        name = raw.decode("utf-8", "replace")
        if not name.lower().endswith(YAML) or name.startswith(("sources/", "queries/")):
            continue
        if (fault := _fault(mode, name, size)) is not None:
            problems.append(trouble(Path(f"{revision}:{name}" if name.isprintable() else revision), fault))
        else:
            files.append(_File(name, slug, int(size)))
    if len(files) > MAX_FILES or sum(file.size for file in files) > MAX_ALL_BYTES:
        problems.append(trouble(Path(revision), f"at most {MAX_FILES} files and {MAX_ALL_BYTES} bytes are read"))
    if problems:
        raise SeedError(sorted(problems))
    return files


def _fault(mode: str, name: str, size: str) -> str | None:
    """Return why an entry of a tree is not taken out; a tree made by hand may hold any name."""
    if mode not in ("100644", "100755", "100664"):
        return NO_LINK.format("file")
    steps = name.split("/")
    if any(step in ("", ".", "..") or step.lower() == ".git" or "\\" in step or ":" in step for step in steps):
        return "the name of this file is not admitted"
    if any(text_fault(step, limit=200) is not None for step in steps):
        return "the name of this file is not admitted"
    if not size.isdigit():
        return "its content is not in the repository"
    return f"the file has {size} bytes; at most {MAX_BYTES} are read" if int(size) > MAX_BYTES else None


class _Git:
    """The program git, asked for objects of the repository that a folder lies in."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder if folder.is_dir() else Path()
        self._program = shutil.which("git")
        self._environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("GIT_")}, **_ENVIRONMENT,
        }  # fmt: skip

    def find(self, name: str) -> str | None:
        """Return the id of the object that a name means, or None."""
        done = self._run("rev-parse", "--verify", "--quiet", "--end-of-options", name)
        found = re.search(rb"^([0-9a-f]{40}|[0-9a-f]{64})$", done.stdout, re.MULTILINE)
        return found[1].decode("ascii") if done.returncode == 0 and found is not None else None

    def is_repository(self) -> bool:
        """Say whether the folder lies in a repository."""
        return self._run("rev-parse", "--git-dir").returncode == 0

    def prefix(self) -> str:
        """Return the path of the folder in its repository; empty at its top."""
        return self.run("rev-parse", "--show-prefix").decode("utf-8").rstrip("\n").rstrip("/")

    def contents(self, files: list[_File]) -> list[bytes]:
        """Return what stands in files, in their order."""
        asked = "".join(f"{file.object}\n" for file in files).encode("ascii")
        given = self.run("cat-file", "--batch", given=asked) if files else b""
        found, at = [], 0
        for _ in files:
            head, _, size = given[at : given.index(b"\n", at)].rpartition(b" ")
            if not head.endswith(b" blob"):
                raise UsageError("git gave something else than what was asked for")
            start = given.index(b"\n", at) + 1
            found.append(given[start : start + int(size)])
            at = start + int(size) + 1
        return found

    def run(self, *words: str, given: bytes = b"") -> bytes:
        """Return what git prints.

        Raises:
            UsageError: It fails.
        """
        done = self._run(*words, given=given)
        if done.returncode != 0:
            said = done.stderr.decode("utf-8", "replace").strip().partition("\n")[0]
            raise UsageError(f"git cannot read the repository of {self.folder}: {said.removeprefix('fatal: ')}")
        return done.stdout

    def _run(self, *words: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
        if self._program is None:
            raise UsageError("the program git is needed to read a revision, and is not here")
        options = [part for setting in _SAFE for part in ("-c", setting)]
        try:
            return subprocess.run(  # noqa: S603 - no shell; a revision is refused where it could be an option
                [self._program, "--no-pager", *options, *words],
                input=given, capture_output=True, env=self._environment, cwd=self.folder, timeout=_SECONDS, check=False,
            )  # fmt: skip
        except (OSError, subprocess.TimeoutExpired) as error:
            raise UsageError(f"git cannot read the repository of {self.folder}: {error}") from None
