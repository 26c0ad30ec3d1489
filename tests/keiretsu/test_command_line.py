"""What every command keeps, driven by the table: help, exit codes, streams, odd terminals, completion."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from keiretsu import cli
from keiretsu_graph.build import Build
from keiretsu_ontology.errors import KeiretsuError
from keiretsu_queries.parameters import parameters_of
from keiretsu_queries.questions import QUESTIONS

APP = cli.make_app()
EXAMPLES = [(name, example) for name, question in QUESTIONS.items() for example in question.examples]
CHOSEN = [
    (name, row) for name, question in QUESTIONS.items() for row in parameters_of(question.ask) if row.told.choices
]
RUN = "from keiretsu.cli import main; import sys; sys.argv[0] = 'keiretsu'; main()"


def _ran(command: str, folder: Path, tmp_path: Path, **env: str) -> subprocess.CompletedProcess[bytes]:
    """Run a command line of a shell, in which $K is the program."""
    base = {key: value for key, value in os.environ.items() if not key.startswith(("KEIRETSU", "PYTHON", "LC_", "COL"))}
    program = f"{shlex.quote(sys.executable)} -c {shlex.quote(RUN)}"
    return subprocess.run(
        ["bash", "-c", command.replace("$K", program)], capture_output=True, check=False,
        env={**base, "KEIRETSU_DATASET": str(folder), "KEIRETSU_CACHE": str(tmp_path), **env},
    )  # fmt: skip


@pytest.mark.parametrize(("name", "example"), EXAMPLES)
def test_examples_run_as_written(name: str, example: str, seeds_build: Build) -> None:
    """Each example of a question's help is answered over the bundled graph."""
    ran = CliRunner().invoke(APP, [*shlex.split(example), "-d", str(seeds_build.folder)])

    assert (ran.exit_code, ran.exception) == (0, None), name
    assert ran.stdout.strip(), name


def test_there_are_examples_and_choices() -> None:
    """The tables that drive these tests are not empty."""
    assert {name for name, _ in EXAMPLES} == set(QUESTIONS)
    assert len(CHOSEN) >= 3


@pytest.mark.parametrize("name", cli.COMMANDS)
def test_a_wrong_option_ends_with_two(name: str) -> None:
    """An option that is not there is a usage error, and nothing is printed as data."""
    ran = CliRunner().invoke(APP, [name, "--no-such-option"])

    assert (ran.exit_code, ran.stdout) == (2, "")
    assert "--no-such-option" in ran.stderr


@pytest.mark.parametrize("name", QUESTIONS)
def test_wrong_values_are_refused(name: str, small_build: Build) -> None:
    """What is no day, form or number in its bounds is told as such, whatever the question."""
    about = shlex.split(QUESTIONS[name].examples[0])[1:]
    bounded = [row for row in parameters_of(QUESTIONS[name].ask) if row.told.least is not None]
    wrong = [["--as-of", "2025-02-30"], ["--known-by", "soon"], ["--format", "jsn"]]
    wrong += [[f"--{row.name.replace('_', '-')}", value] for row in bounded for value in ("-1", "x", "9" * 30)]
    for words in wrong:
        ran = CliRunner().invoke(APP, [name, *about, *words, "-d", str(small_build.folder)])

        assert ran.exit_code == 2 or isinstance(ran.exception, KeiretsuError), words
        assert ran.stdout == "", words


@pytest.mark.parametrize(("name", "row"), CHOSEN, ids=lambda value: getattr(value, "name", value))
def test_choices_are_completed_and_held(name: str, row: object, small_build: Build) -> None:
    """The shell offers every value that there is, and a slip is answered with the nearest."""
    parameter = next(one for one in parameters_of(QUESTIONS[name].ask) if one == row)
    first = parameter.told.choices[0]
    about = shlex.split(QUESTIONS[name].examples[0])[1:] if name != "ties" else []
    option = f"--{parameter.name}"
    env = {"_KEIRETSU_COMPLETE": "complete_bash", "COMP_WORDS": f"keiretsu {name} {option} ", "COMP_CWORD": "3"}
    ran = CliRunner().invoke(APP, [], prog_name="keiretsu", env=env)
    slip = CliRunner().invoke(APP, [name, *about, option, first[:-1], "-d", str(small_build.folder)])

    assert ran.stdout.split() == list(parameter.told.choices)
    assert f"did you mean {first!r}" in str(slip.exception)


def test_names_are_completed(small_build: Build, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ids and plain names in any script; a name that a shell would take apart is not offered."""
    monkeypatch.setenv("KEIRETSU_DATASET", str(small_build.folder))
    for typed, offered in (("so", ["south"]), ("So", ["South"]), ("南", ["南方集团"]), ("zz", [])):
        env = {"_KEIRETSU_COMPLETE": "complete_bash", "COMP_WORDS": f"keiretsu show {typed}", "COMP_CWORD": "2"}

        assert CliRunner().invoke(APP, [], prog_name="keiretsu", env=env).stdout.split() == offered


def test_a_picture_that_cannot_be_written_is_told(small_build: Build, tmp_path: Path) -> None:
    """A missing folder is an error in plain words, and no answer is printed as if all were well."""
    ran = CliRunner().invoke(
        APP, ["partners", "North", "--picture", str(tmp_path / "no" / "x.html"), "-d", str(small_build.folder)]
    )

    assert isinstance(ran.exception, KeiretsuError)
    assert ran.stdout == ""


def test_nobody_reading_on_is_no_error(small_build: Build, tmp_path: Path) -> None:
    """A closed pipe ends a command quietly, and not with the code of what is not known."""
    for command in ("$K show South", "$K export nquads", "$K show South --json"):
        done = _ran(f"{command} | true; echo ${{PIPESTATUS[0]}}", small_build.folder, tmp_path)

        assert done.stdout.strip() in (b"141", b"0"), command
        assert b"Traceback" not in done.stderr, command


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252", "utf-8"])
def test_any_terminal_can_be_written_to(encoding: str, small_build: Build, tmp_path: Path) -> None:
    """What an encoding lacks is shown by its number; JSON stays JSON."""
    text = _ran("$K show 南方集团", small_build.folder, tmp_path, PYTHONIOENCODING=encoding, PYTHONUTF8="1")
    data = _ran("$K show 南方集团 --json", small_build.folder, tmp_path, PYTHONIOENCODING=encoding, PYTHONUTF8="1")
    half = _ran("$K ask $'\\xff' --json", small_build.folder, tmp_path, PYTHONIOENCODING=encoding, PYTHONUTF8="1")

    assert (text.returncode, text.stderr) == (0, b"")
    assert json.loads(data.stdout)["entities"]["south"]["names"][2]["text"] == "南方集团"
    assert (half.returncode, json.loads(half.stdout)["state"]) == (1, "not known")


def test_colours_are_wanted_or_not(small_build: Build, tmp_path: Path) -> None:
    """A pipe has none, FORCE_COLOR puts them in, NO_COLOR is stronger; JSON never has any."""
    steered = {
        words: b"\x1b[" in _ran(f"$K show South {words}", small_build.folder, tmp_path, **env).stdout
        for words, env in (("", {}), (" ", {"FORCE_COLOR": "1"}), ("  ", {"FORCE_COLOR": "1", "NO_COLOR": "1"}),
                           ("--json", {"FORCE_COLOR": "1"}))
    }  # fmt: skip

    assert list(steered.values()) == [False, True, False, False]
