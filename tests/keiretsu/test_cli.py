"""The command line as a person uses it: output, exit codes, bad input."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

import keiretsu.cli as cli
from keiretsu_graph.build import Build
from keiretsu_ontology.errors import KeiretsuError

APP = cli.make_app()


class Ran:
    """What a command printed and how it ended."""

    def __init__(self, *words: str, stdin: str | None = None) -> None:
        result = CliRunner().invoke(APP, list(words), input=stdin)
        self.out, self.err, self.code, self.error = result.stdout, result.stderr, result.exit_code, result.exception


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KEIRETSU_CACHE", str(tmp_path / "cache"))
    monkeypatch.delenv("KEIRETSU_DATASET", raising=False)
    monkeypatch.delenv("KEIRETSU_SOURCES", raising=False)


@pytest.fixture
def small(small_build: Build) -> str:
    """The build of the small graph."""
    return str(small_build.folder)


def test_every_command_has_help_with_an_example() -> None:
    """Nothing is offered without saying how it is used."""
    for name in cli.COMMANDS:
        ran = Ran(name, "--help")

        assert ran.code == 0, name
        assert f"keiretsu {name}" in ran.out.split("Example", 1)[1], name


def test_show_prints_speaker_modality_and_place(small: str) -> None:
    """Each line carries who says so, how, and where it was read."""
    ran = Ran("show", "Spark", "-d", small)

    assert ran.code == 0
    assert "is developed by Lab" in ran.out
    assert "Reporter, stated" in ran.out
    assert "lab-spark; paper 36-50" in ran.out
    assert "texts are not here" in ran.out


def test_not_known_is_printed_in_those_words(small: str) -> None:
    """Exit code 1, the words, and what is known instead."""
    ran = Ran("show", "Tim Cook", "-d", small)

    assert (ran.code, ran.out.splitlines()[0]) == (1, "not known")
    assert "nothing in this graph is named 'Tim Cook'" in ran.out


def test_json_is_one_document(small: str) -> None:
    """Machine output stands alone on stdout, for known and unknown things."""
    known = json.loads(Ran("partners", "North", "--json", "-d", small).out)
    unknown = json.loads(Ran("show", "Nobody", "--json", "-d", small).out)

    assert [row["entity"] for row in known["result"]] == ["south"]
    assert unknown["state"] == "not known"


def test_the_clocks_are_options(small: str) -> None:
    """A day before the deal leaves no partner; what is no day is a usage error."""
    assert Ran("partners", "North", "--as-of", "2025-06-01", "-d", small).code == 1
    assert Ran("partners", "North", "--as-of", "yesterday", "-d", small).code == 2


def test_sparql_ends_after_a_while(small: str) -> None:
    """A query that takes longer than it was given ends the process with an error, and writes nothing."""
    text = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
    command = [sys.executable, "-m", "keiretsu", "sparql", text, "-d", small, "--timeout", "0.3"]
    ran = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)

    assert (ran.returncode, ran.stdout) == (2, "")
    assert "the query took longer than 0.3 seconds, and was ended" in ran.stderr


def test_sparql_in_every_format(small: str) -> None:
    """A table for people, W3C formats for programs, from text, stdin and saved queries."""
    text = "SELECT ?who WHERE { ?who kei:customerOf entity:south }"

    assert "entity:north" in Ran("sparql", text, "-d", small).out
    rows = list(csv.DictReader(io.StringIO(Ran("sparql", "-", "-f", "csv", "-d", small, stdin=text).out)))
    assert [row["who"] for row in rows] == ["https://w3id.org/keiretsu/entity/north"]
    found = json.loads(Ran("sparql", text, "--json", "-d", small).out)
    assert found["results"]["bindings"][0]["who"]["value"].endswith("entity/north")
    assert Ran("sparql", "partners", "-d", small).code == 0
    assert "partners" in Ran("sparql", "--list", "-d", small).out
    assert Ran("sparql", "SELECT ?x { ?x a kei:Nothing }", "-d", small).code == 1


@pytest.mark.parametrize(
    "query",
    ["SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }",
     "LOAD <http://127.0.0.1:9/>", "DROP ALL", "SELECT {", "{" * 3000 + "}" * 3000],
)  # fmt: skip
def test_a_query_that_reaches_out_or_breaks_is_refused(query: str, small: str) -> None:
    """Nothing is fetched or changed, and the process lives."""
    ran = Ran("sparql", query, "-d", small)

    assert isinstance(ran.error, KeiretsuError)


def test_init_check_build_show(tmp_path: Path) -> None:
    """The way of a new dataset: written, checked, built, asked."""
    folder, out = str(tmp_path / "mine"), str(tmp_path / "build")

    assert Ran("init", folder).code == 0
    checked = Ran("check", folder)
    assert checked.code == 0, checked.err + checked.out
    assert Ran("build", folder, "-o", out).code == 0
    assert json.loads(Ran("conflicts", "--json", "-d", out).out)["version"] == 1


def test_check_names_file_line_and_column(tmp_path: Path) -> None:
    """A slip is answered at its place, with what was probably meant, and exit code 2."""
    Ran("init", str(tmp_path / "mine"))
    (file,) = (tmp_path / "mine" / "entities").glob("*.yaml")
    file.write_text(file.read_text(encoding="utf-8").replace("kind: company", "kind: compny", 1), encoding="utf-8")

    ran = Ran("check", str(tmp_path / "mine"))

    assert ran.code == 2
    assert f"{file}:" in ran.out + ran.err
    assert "did you mean 'company'" in ran.out + ran.err


def test_a_foreign_folder_is_neither(tmp_path: Path) -> None:
    """A folder that is no dataset, or none at all, is a problem in plain words."""
    for folder in (tmp_path, tmp_path / "nowhere"):
        ran = Ran("show", "Bosch", "-d", str(folder))

        assert isinstance(ran.error, KeiretsuError)


@pytest.mark.usefixtures("bundled")
def test_explore_writes_one_page(small: str, tmp_path: Path) -> None:
    """With -o the page is written and nothing is opened."""
    page = tmp_path / "page.html"

    assert Ran("explore", "-o", str(page), "-d", small).code == 0
    assert page.read_text(encoding="utf-8").startswith("<!doctype html>")


def test_export_says_what_is_lost(small: str, tmp_path: Path) -> None:
    """The file holds the graph; the word on losses goes to stderr."""
    ran = Ran("export", "graphml", "-o", str(tmp_path / "g.graphml"), "-d", small)

    assert ran.code == 0
    assert ran.err.startswith("graphml: ")
    assert (tmp_path / "g.graphml").stat().st_size > 1000


def test_a_picture_of_an_answer(small: str, tmp_path: Path) -> None:
    """Any answer can be drawn into a file."""
    page = tmp_path / "picture.html"

    assert Ran("partners", "North", "--picture", str(page), "-d", small).code == 0
    assert "North" in page.read_text(encoding="utf-8")


def test_anchor_gives_a_locator(tmp_path: Path) -> None:
    """A quote becomes offsets and a digest; a lookalike is refused."""
    text = tmp_path / "text.txt"
    text.write_text("One deal. Two deals.", encoding="utf-8")

    ran = Ran("anchor", str(text), "Two deals")
    assert ran.out.startswith("evidence: [{at: 10-19, sha256: ")
    assert isinstance(Ran("anchor", str(text), "two deals").error, KeiretsuError)


def test_main_turns_errors_into_one_line(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """What a caller may mend ends with exit code 2 and no traceback."""
    monkeypatch.setattr("sys.argv", ["keiretsu", "show", "x", "-d", "/nowhere/at/all"])

    with pytest.raises(SystemExit) as ended:
        cli.main()

    assert ended.value.code == 2
    assert capsys.readouterr().err.startswith("keiretsu: there is no folder")


def test_the_list_of_commands_is_cut_nowhere() -> None:
    """What each command does stands whole in the list: a question by what it asks."""
    ran = Ran("--help")

    assert "..." not in ran.out.partition("Commands:")[2]
    assert "Who works with whom, as what, and what for?" in ran.out
