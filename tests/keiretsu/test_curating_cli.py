"""The commands of curators as a person uses them: output, exit codes, bad input."""

from __future__ import annotations

import contextlib
import json
import shutil
import sqlite3
import stat
from pathlib import Path

import pytest
from typer.testing import CliRunner

import keiretsu.cli as cli
from keiretsu_loaders import init, load
from keiretsu_ontology.errors import SeedError, UsageError

APP = cli.make_app()
CLAIMS = "claims/gazette-2025-03-04.yaml"


class Ran:
    """What a command printed and how it ended."""

    def __init__(self, *words: str | Path) -> None:
        result = CliRunner().invoke(APP, [str(word) for word in words])
        self.out, self.err, self.code, self.error = result.stdout, result.stderr, result.exit_code, result.exception


@pytest.fixture(autouse=True)
def _no_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KEIRETSU_CACHE", str(tmp_path / "cache"))
    for name in ("KEIRETSU_DATASET", "KEIRETSU_SOURCES"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The small dataset that `init` writes, in a folder of its own."""
    init(tmp_path / "set", "harbour", "Harbour and its partners")
    return tmp_path / "set"


def mess(folder: Path) -> None:
    """Make the file of claims say the same in an untidy way."""
    path = folder / CLAIMS
    path.write_text(path.read_text().replace("modality: reported\n", "modality:   'reported'\n"))


def test_tidy_writes_and_then_has_nothing_to_do(folder: Path) -> None:
    """The first run writes what is not tidy, the second finds all tidy; the facts are the same."""
    mess(folder)
    before = load(folder).claims
    (folder / CLAIMS).chmod(0o640)

    first, second = Ran("tidy", folder), Ran("tidy", folder)

    assert (first.code, first.out) == (0, f"{folder / CLAIMS}: tidied\n")
    assert (second.code, second.out) == (0, "")
    assert second.err == "4 files: 0 tidied, 4 tidy already\n"
    assert stat.S_IMODE((folder / CLAIMS).stat().st_mode) == 0o640
    assert load(folder).claims == before


def test_tidy_checks_and_shows_without_writing(folder: Path) -> None:
    """--check exits 1 and names the file, --diff shows what would change."""
    path = folder / "entities/things.yaml"
    text = path.read_text().replace(
        "    kind: company\n    name: Basin Data\n", "    name: Basin Data\n    kind: company\n"
    )
    path.write_text(text)

    checked, shown = Ran("tidy", "--check", folder), Ran("tidy", "--diff", path)

    assert (checked.code, checked.out) == (1, f"{path}: not tidy\n")
    assert [line for line in shown.out.splitlines() if line[:1] in "+-"][2:] == [
        "+    kind: company",
        "-    kind: company",
    ]
    assert shown.code == 0
    assert path.read_text() == text


def test_tidy_leaves_what_has_problems(folder: Path) -> None:
    """Problems are told at their places, exit code 2; the other files are tidied all the same."""
    path = folder / "entities/things.yaml"
    path.write_text(path.read_text().replace("kind: platform", "kind: platfrom"))
    text = path.read_text()
    mess(folder)

    ran = Ran("tidy", folder)

    assert (ran.code, ran.out) == (2, f"{folder / CLAIMS}: tidied\n")
    assert ran.err.splitlines() == [
        f"{path}:14:11: unknown kind 'platfrom'; did you mean 'platform'?",
        "4 files: 1 tidied, 2 tidy already, 1 left alone for the problems above",
    ]
    assert path.read_text() == text


def test_the_installed_facts_are_not_edited(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What belongs to the program, and a build, are refused."""
    monkeypatch.setattr("keiretsu_loaders.location.is_shipped", lambda _: True)
    assert "belong to the installed program" in str(Ran("tidy").error)
    monkeypatch.undo()
    (folder / "manifest.json").touch()
    assert isinstance(Ran("tidy", folder).error, UsageError)


CONFLICT = """\
conflicts:
  - id: growth-or-not
    claims: [harbour-growth, pier-rival]
    why: wording
    note: An example.
"""


@pytest.fixture
def disputed(folder: Path) -> Path:
    """A dataset with a conflict that a curator wrote down."""
    path = folder / CLAIMS
    path.write_text(path.read_text() + CONFLICT)
    return folder


def test_resolve_shows_before_and_after_and_writes(disputed: Path) -> None:
    """Each side with how it stands; the file holds rank and reason, until it is taken back."""
    path = disputed / CLAIMS
    before = path.read_text()

    ran = Ran("resolve", "growth-or-not", "--prefer", "pier-rival", "--reason", "so", "-d", disputed)

    assert (ran.code, ran.err) == (0, f"wrote {path}\n")
    assert ran.out.splitlines() == [
        "growth-or-not: the words cannot both be true",
        "  harbour-growth  stands → outranked",
        "  pier-rival      stands → preferred",
    ]
    assert "    rank: preferred\n    rank_reason: so\n" in path.read_text()
    assert Ran("resolve", "growth-or-not", "--prefer", "pier-rival", "--reason", "so", "-d", disputed).err == (
        "this is recorded already; nothing is written\n"
    )
    assert Ran("resolve", "growth-or-not", "--undo", "-d", disputed).code == 0
    assert path.read_text() == before


def test_resolve_tries_out(disputed: Path) -> None:
    """--diff writes nothing, --json is for programs."""
    before = (disputed / CLAIMS).read_text()

    shown = Ran("resolve", "growth-or-not", "--deprecate", "pier-rival", "--reason", "so", "--diff", "-d", disputed)
    assert [line for line in shown.out.splitlines() if line.startswith("+ ")] == [
        "+    rank: deprecated", "+    rank_reason: so",
    ]  # fmt: skip
    assert (disputed / CLAIMS).read_text() == before
    found = json.loads(
        Ran("resolve", "growth-or-not", "--prefer", "pier-rival", "--reason", "so", "--json", "-d", disputed).out
    )
    assert (found["version"], found["sides"][0]) == (
        1, {"key": "harbour-growth", "before": "stands", "after": "outranked"},
    )  # fmt: skip


@pytest.mark.parametrize(
    "words",
    [
        ["growth-or-not", "--prefer", "pier-rival"], ["growth-or-not"], ["growth", "--undo"],
        ["growth-or-not", "--undo", "--reason", "so"], ["growth-or-not", "--prefer", "x", "--reason", "so"],
    ],
)  # fmt: skip
def test_resolve_refuses(words: list[str], disputed: Path) -> None:
    """What is no decision is an error that a caller may mend, and nothing is written."""
    before = (disputed / CLAIMS).read_text()

    assert isinstance(Ran("resolve", *words, "-d", disputed).error, UsageError)
    assert (disputed / CLAIMS).read_text() == before


@pytest.fixture
def two(folder: Path, tmp_path: Path) -> tuple[Path, Path]:
    """A dataset and a later edition of it, in which a figure is another one and an entity has joined."""
    later = tmp_path / "later"
    shutil.copytree(folder, later)
    path = later / CLAIMS
    path.write_text(path.read_text().replace("48.5 million EUR", "49 million EUR"))
    path = later / "entities/things.yaml"
    path.write_text(path.read_text() + "  - {id: west, kind: company, name: West}\n")
    return folder, later


def test_diff_of_folders_and_builds(two: tuple[Path, Path], tmp_path: Path) -> None:
    """What changed, the same from a folder and from its build; the exit code tells it where that is wanted."""
    old, new = two
    Ran("build", new, "-o", tmp_path / "built")

    for other in (new, tmp_path / "built"):
        ran = Ran("diff", old, other)
        assert (ran.code, ran.err) == (0, "")
        assert ran.out.splitlines() == [
            f"{old} → {other}",
            "claims     1 changed",
            "entities   1 added",
            "",
            "Claims changed",
            "  ~ harbour-sales: Harbour Foods revenue 49 million EUR",
            "      value: 48.5 million EUR → 49 million EUR",
            "",
            "Entities added",
            "  + west: West, company",
        ]
    assert Ran("diff", old, new, "--exit-code").code == 1
    assert Ran("diff", old, old, "--exit-code").code == 0
    assert Ran("diff", old, "-d", new).out.splitlines()[1:3] == ["claims     1 changed", "entities   1 added"]


def test_diff_for_programs_and_pull_requests(two: tuple[Path, Path]) -> None:
    """One JSON document with a version; Markdown with the counts in a table."""
    old, new = two
    found = json.loads(Ran("diff", old, new, "--json").out)

    assert (found["version"], found["counts"]) == (1, {"claims": {"changed": 1}, "entities": {"added": 1}})
    assert found == json.loads(Ran("diff", old, new, "--format", "json").out)
    assert "| claims | 1 changed |" in Ran("diff", old, new, "-f", "markdown").out


def test_diff_tells_the_problems_of_both_sides(two: tuple[Path, Path]) -> None:
    """Where both are broken, all problems of both are told at once."""
    for place in two:
        path = place / "entities/things.yaml"
        path.write_text(path.read_text().replace("kind: platform", "kind: platfrom"))

    ran = Ran("diff", *two)

    assert isinstance(ran.error, SeedError)
    assert {problem.path.parent.parent for problem in ran.error.problems} == set(two)


@pytest.mark.parametrize("name", ["nowhere", "-x", "HEAD:../..", "a\x1b[31mb", "x" * 5000])
def test_diff_of_what_is_nothing_is_refused(name: str, folder: Path) -> None:
    """Neither a folder nor a revision: an error that a caller may mend."""
    ran = Ran("diff", "-d", folder, "--", name, folder)

    assert isinstance(ran.error, UsageError)
    assert str(ran.error).isprintable()


def test_merge_shows_writes_and_takes_back(folder: Path) -> None:
    """What is turned is told; --diff writes nothing; the old id leads to the one that stayed, and diff says why."""
    things = folder / "entities/things.yaml"
    things.write_text(things.read_text() + "  - id: quays\n    kind: company\n    name: Quays\n")
    shutil.copytree(folder, folder.parent / "before")
    before = {path: path.read_bytes() for path in folder.rglob("*.yaml")}
    words = ("merge", "quay-systems", "quays", "-d", folder)

    shown = Ran(*words, "--reason", "one house", "--diff")
    assert shown.out.splitlines()[:3] == [
        "quays is quay-systems",
        "  reason: one house",
        "  names of quay-systems now: Quays",
    ]
    assert "+        reason: one house" in shown.out
    assert {path: path.read_bytes() for path in before} == before

    done = Ran(*words, "--reason", "one house")
    assert (done.code, done.err) == (0, f"wrote {things}\n")
    assert "Quay Systems" in Ran("show", "quays", "-d", folder).out
    told = Ran("diff", folder.parent / "before", folder)
    assert "      now quay-systems, recorded: Quay Systems\n      reason: one house\n" in told.out
    assert Ran(*words, "--reason", "one house").err == "this is recorded already; nothing is written\n"

    back = json.loads(Ran(*words, "--undo", "--json").out)
    assert (back["undone"], back["moved"]["names"], back["files"]) == (True, ["Quays"], [str(things)])
    assert load(folder).entities == load(folder.parent / "before").entities
    assert isinstance(Ran(*words, "--undo", "--reason", "x").error, UsageError)
    assert isinstance(Ran(*words, "--undo").error, UsageError)


def test_build_lays_out_and_does_so_afresh_when_told(folder: Path, tmp_path: Path) -> None:
    """A build by name has places; what was built is laid out anew by --fresh-layout, and by nothing else."""
    out = tmp_path / "out"
    Ran("build", folder, "-o", out)
    (places,) = out.glob("b-*/places.sqlite")
    first = places.read_bytes()
    with contextlib.closing(sqlite3.connect(places)) as db:
        db.execute("UPDATE place SET x = 0.5")
        db.commit()
    moved = places.read_bytes()

    again = Ran("build", folder, "-o", out)
    kept = places.read_bytes()
    afresh = Ran("build", folder, "-o", out, "--fresh-layout")

    assert (again.code, kept) == (0, moved)
    assert (afresh.code, places.read_bytes()) == (0, first)
    assert first != moved
