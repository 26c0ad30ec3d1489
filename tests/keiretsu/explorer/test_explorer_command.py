"""The command that writes the page into a file."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from factories import small_dataset
from keiretsu.cli import make_app
from keiretsu.explorer import fragments
from keiretsu_graph.build import Build, build
from keiretsu_ontology.errors import KeiretsuError
from keiretsu_ontology.named_views import NamedView, Scene, Step

pytestmark = pytest.mark.usefixtures("bundled")


class Ran:
    """What the command wrote and said."""

    def __init__(self, build: Build, file: Path, *words: str) -> None:
        ran = CliRunner().invoke(make_app(), ["explore", "-d", str(build.folder), "-o", str(file), *words])
        self.code, self.said, self.out, self.error = ran.exit_code, ran.stderr, ran.stdout, ran.exception
        self.html = file.read_text(encoding="utf-8") if file.is_file() else self.out

    @property
    def about(self) -> dict[str, Any]:
        """What the page says of the whole."""
        (text,) = re.findall(r'id="held">(.*?)</script>', self.html)
        told: dict[str, Any] = json.loads(text)["about"]
        return told


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where the page is written."""
    return tmp_path / "page.html"


def test_it_begins_around_a_thing(small_build: Build, file: Path) -> None:
    """A name by any alias, and how many steps."""
    ran = Ran(small_build, file, "--focus", "南方集团", "--depth", "2")

    assert (ran.code, ran.about["start"]["chosen"], ran.about["start"]["ids"][0]) == (0, "south", "south")
    assert ran.said == f"explorer: {file}\n"


def test_it_begins_with_what_a_query_finds(small_build: Build, file: Path, tmp_path: Path) -> None:
    """A file of a query, or the query itself."""
    query = tmp_path / "units.rq"
    query.write_text("# Which units are there?\nSELECT ?unit { ?unit kei:unitOf ?of }", encoding="utf-8")

    start = Ran(small_build, file, "--query", str(query)).about["start"]
    assert start == {"ids": ["lab"], "chosen": None, "title": "Which units are there?"}
    assert Ran(small_build, file, "--query", query.read_text("utf-8")).about["start"] == start


def test_it_is_narrowed_by_both_clocks(small_build: Build, file: Path) -> None:
    """The page says by which days, and holds what passes."""
    ran = Ran(small_build, file, "--as-of", "2025-06-01", "--known-by", "2025-11-24")

    assert ran.about["clocks"] == {"asOf": "2025-06-01", "knownBy": "2025-11-24"}
    assert ran.about["counts"]["claims"] == 0


def test_it_holds_the_views_of_the_dataset(file: Path, tmp_path: Path) -> None:
    """Whatever their words are: as texts, with the addresses that the page reads; their titles are said."""
    odd = "</script><img src=x onerror=alert(1)>"
    views = (NamedView("v", odd, "", Scene(("north",)), (Step("One", odd, Scene(around="lab")),)),)
    ran = Ran(build(replace(small_dataset(), views=views), tmp_path / "out"), file)

    assert ran.about["views"] == [{
        "id": "v", "title": odd, "note": "", "state": "show=north&view=v", "claims": [],
        "steps": [{"title": "One", "note": odd, "state": "around=lab~1&view=v&step=1", "claims": []}],
    }]  # fmt: skip
    assert ran.said == f"views: {odd}\nexplorer: {file}\n"
    assert odd not in ran.html


def test_standard_output_gets_the_page_alone(small_build: Build) -> None:
    """With - nothing but the page is printed."""
    ran = Ran(small_build, Path("-"))

    assert ran.out.startswith("<!doctype html>")
    assert ran.said == ""


def test_a_large_graph_is_cut_in_words(small_build: Build, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What does not fit is said; with --all nothing is left out."""
    monkeypatch.setattr(fragments, "MOST", 5)

    cut, whole = Ran(small_build, file), Ran(small_build, file, "--all")
    assert cut.said.startswith("the file holds the 5 things with the most ties, of 11; --all puts in every one\n")
    assert whole.said == f"explorer: {file}\n"


@pytest.mark.parametrize(("words", "why"), [
    (["--focus", "Sout"], "did you mean"), (["--focus", "\x00" + "W" * 10_000], "no entity"),
    (["--query", "nothing.rq"], "not a file"), (["--query", "nothing"], "neither a query"),
    (["--query", "SELECT"], "neither a query"), (["--query", "SELECT ?s { ?s"], "line 1"),
    (["--query", "ASK {}"], "yes or no"), (["--query", "INSERT DATA { <a:b> <a:b> <a:b> }"], "line 1"),
    (["--query", "SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }"], "SERVICE"),
    (["--query", "SELECT * {}", "--focus", "north"], "not with both"),
])  # fmt: skip
def test_errors_are_told_in_words(small_build: Build, file: Path, words: list[str], why: str) -> None:
    """Nothing is written where something is asked wrongly."""
    ran = Ran(small_build, file, *words)

    assert isinstance(ran.error, KeiretsuError)
    assert why in str(ran.error)
    assert not file.exists()
