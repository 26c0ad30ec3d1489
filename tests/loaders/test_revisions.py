"""A dataset at a git revision: read by plumbing that runs nothing, and nothing leads out of it."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from hostile import CLAIMS, THINGS
from keiretsu_loaders import load
from keiretsu_loaders.revisions import revision_fault, taken_out
from keiretsu_ontology.errors import SeedError, UsageError

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="no git")


def git(folder: Path, *words: str, given: bytes = b"") -> str:
    """Run git in a folder, without the settings of whoever runs the tests; return what it prints."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    env = {**clean, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    own = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "protocol.file.allow=always"]
    done = subprocess.run(["git", *own, *words], cwd=folder, env=env, input=given, capture_output=True, check=True)
    return done.stdout.decode().strip()


@pytest.fixture
def repository(folder: Path) -> Path:
    """The small dataset in the folder `set` of a repository: two commits, of which the second adds an entity."""
    top = folder.parent
    git(top, "init", "-q", "-b", "main")
    git(top, "add", "set")
    git(top, "commit", "-q", "-m", "One")
    path = folder / THINGS
    path.write_text(path.read_text() + "  - id: west\n    kind: company\n    name: West\n")
    git(top, "commit", "-q", "-a", "-m", "Two")
    return folder


def entities(revision: str, folder: Path) -> int:
    """Return how many entities a dataset has at a revision."""
    with taken_out(revision, folder) as copy:
        return len(load(copy).entities)


def test_a_revision_is_the_dataset_as_it_was(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Named by any name that git knows, from wherever one stands; uncommitted edits are not in it."""
    (repository / THINGS).write_text("broken: [")
    monkeypatch.chdir(repository)

    assert [entities(name, repository) for name in ("HEAD", "main", "HEAD~1", "main:set", "HEAD^:set/")] == [
        7,
        7,
        6,
        7,
        6,
    ]
    assert entities(git(repository, "rev-parse", "HEAD"), Path()) == 7
    assert entities("HEAD:./", Path()) == 7


def test_a_folder_that_is_gone_is_found_in_its_revision(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With its path in the repository."""
    shutil.rmtree(repository)
    monkeypatch.chdir(repository.parent)

    assert entities("HEAD:set", repository) == 7


@pytest.mark.parametrize(
    ("revision", "says"),
    [
        ("-x", "does not begin with a hyphen"), ("--upload-pack=touch x", "does not begin with a hyphen"),
        ("--output=x:set", "does not begin with a hyphen"), ("", "a text is wanted"), (":set", "before the colon"),
        (":/One", "before the colon"), ("HEAD\nmain", "control character"), ("HEAD\0", "control character"),
        ("x" * 300, "at most 250"), ("nowhere", "neither a folder nor a revision of the repository"),
        ("HEAD..main", "neither a folder nor a revision"), ("$(touch x)", "neither a folder nor a revision"),
        ("HEAD; touch x", "neither a folder nor a revision"), ("HEAD:../..", "has no folder"),
        ("HEAD:set/../..", "has no folder"), ("HEAD:/etc", "has no folder"), ("HEAD:nowhere", "has no folder"),
        (f"HEAD:set/{CLAIMS}", "has no folder"), ("HEAD:.git", "has no folder"), ("HEAD^{blob}", "neither a folder"),
    ],
)  # fmt: skip
def test_what_is_no_revision_is_refused(revision: str, says: str, repository: Path) -> None:
    """Options, other arguments, paths that lead out: told in plain words, and nothing is run or written."""
    before = sorted(repository.parent.rglob("*"))

    with pytest.raises(UsageError, match=says), taken_out(revision, repository):
        pass

    assert sorted(repository.parent.rglob("*")) == before


def test_without_a_repository_there_is_no_revision(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder in no repository, and a machine without git, are told."""
    with pytest.raises(UsageError, match=r"'HEAD' is no folder, and .* in no git repo"), taken_out("HEAD", folder):
        pass
    monkeypatch.setenv("PATH", "")
    with pytest.raises(UsageError, match="the program git is needed"), taken_out("HEAD", folder):
        pass


def test_nothing_that_a_repository_configures_is_run(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Hooks, filters, text conversions, monitors, pagers, aliases, remotes and the environment stay silent."""
    top, marker = repository.parent, repository.parent / "ran"
    trap = top / "trap"
    trap.write_text(f"#!/bin/sh\ntouch {marker}\ncat\n")
    trap.chmod(0o755)
    (repository / ".gitattributes").write_text("*.yaml filter=trap diff=trap export-subst text eol=crlf\n")
    git(top, "add", "-A")
    git(top, "commit", "-q", "-m", "Attributes")
    for hook in ("post-checkout", "post-index-change", "reference-transaction", "pre-auto-gc"):
        shutil.copy(trap, top / ".git/hooks" / hook)
    for name, value in {
        "core.fsmonitor": str(trap), "core.pager": str(trap), "core.sshCommand": str(trap), "core.hooksPath": str(top),
        "filter.trap.smudge": str(trap), "filter.trap.process": str(trap), "diff.trap.textconv": str(trap),
        "alias.rev-parse": f"!{trap}", "alias.cat-file": f"!{trap}", "diff.external": str(trap),
        "extensions.partialClone": "origin", "remote.origin.promisor": "true", "remote.origin.url": f"ext::{trap}",
        "remote.origin.uploadpack": str(trap), "protocol.ext.allow": "always", "credential.helper": f"!{trap}",
    }.items():  # fmt: skip
        git(top, "config", name, value)
    for name in ("GIT_SSH_COMMAND", "GIT_EXTERNAL_DIFF", "GIT_PAGER", "GIT_ASKPASS", "GIT_PROXY_COMMAND"):
        monkeypatch.setenv(name, str(trap))
    monkeypatch.setenv("GIT_DIR", "/nowhere")
    monkeypatch.setenv("GIT_WORK_TREE", "/nowhere")
    blob = git(top, "rev-parse", f"HEAD:set/{THINGS}")
    marker.unlink(missing_ok=True)  # what git did for the test itself

    assert entities("HEAD", repository) == 7
    (top / ".git/objects" / blob[:2] / blob[2:]).unlink()  # would be fetched from the remote
    with pytest.raises((SeedError, UsageError)), taken_out("HEAD", repository):
        pass

    assert not marker.exists()


def test_a_bare_repository_in_a_dataset_is_not_entered(folder: Path) -> None:
    """A stranger's folder that is itself laid out as a repository is none of ours."""
    git(folder, "init", "-q", "--bare", ".")

    with pytest.raises(UsageError), taken_out("HEAD", folder):
        pass


def _commit(top: Path, rows: list[tuple[str, str, str]]) -> str:
    """Return a commit whose tree was made by hand, which git itself would not make."""
    tree = b"".join(f"{mode} {name}\0".encode() + bytes.fromhex(slug) for mode, name, slug in rows)
    found = git(top, "hash-object", "-t", "tree", "-w", "--stdin", "--literally", given=tree)
    return git(top, "commit-tree", found, "-m", "By hand")


def test_links_and_names_that_lead_out_are_refused(repository: Path, tmp_path: Path) -> None:
    """Nothing of a tree is written when any of its files of facts is not to be read; each is told."""
    top = repository.parent
    blob = git(top, "hash-object", "-w", "--stdin", given=b"entities: []\n")
    inner = b"100644 ..\\x.yaml\0" + bytes.fromhex(blob) + b"100644 a\x01.yaml\0" + bytes.fromhex(blob)
    folder = git(top, "hash-object", "-t", "tree", "-w", "--stdin", "--literally", given=inner)
    up = b"100644 escaped.yaml\0" + bytes.fromhex(blob)
    parent = git(top, "hash-object", "-t", "tree", "-w", "--stdin", "--literally", given=up)
    commit = _commit(top, [
        ("40000", "..", parent), ("40000", ".git", parent), ("120000", "a.yaml", blob), ("40000", "claims", folder),
        ("160000", "m.yaml", commit_of(top)), ("100644", "z.txt", blob),
    ])  # fmt: skip
    before = sorted(path for path in tmp_path.rglob("*") if ".git" not in path.parts)

    with pytest.raises(SeedError) as caught, taken_out(f"{commit}:", repository):
        pass

    assert [problem.message for problem in caught.value.problems].count("the name of this file is not admitted") == 4
    assert [problem.message[:7] for problem in caught.value.problems].count("a link;") == 2
    assert all(str(problem).isprintable() for problem in caught.value.problems)
    assert sorted(path for path in tmp_path.rglob("*") if ".git" not in path.parts) == before


def commit_of(top: Path) -> str:
    """Return the id of the last commit."""
    return git(top, "rev-parse", "HEAD")


def test_too_large_a_file_is_told(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Sizes are looked at before anything is read."""
    monkeypatch.setattr("keiretsu_loaders.revisions.MAX_BYTES", 100)

    with pytest.raises(SeedError) as caught, taken_out("HEAD", repository):
        pass

    assert all("at most 100 are read" in problem.message for problem in caught.value.problems)


def test_odd_names_of_revisions() -> None:
    """A tag may hold letters of any script; what could steer a terminal is refused."""
    assert revision_fault("v1.0-阿里") is None
    assert revision_fault("a\u202eb") is not None


def test_views_are_taken_out_too(repository: Path) -> None:
    """A revision has the views that were kept then."""
    (repository / "views.yaml").unlink()
    git(repository.parent, "commit", "-q", "-a", "-m", "Three")

    with taken_out("HEAD~1", repository) as before, taken_out("HEAD", repository) as after:
        assert [view.id for view in load(before).views] == ["pier-cloud"]
        assert load(after).views == ()
