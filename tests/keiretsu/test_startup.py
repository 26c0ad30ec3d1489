"""A look-up starts quickly because it imports little; held by looking at what was imported, not at a clock."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest

from keiretsu_graph.build import Build

HEAVY = {"rdflib", "networkx", "numpy", "pyvis", "pyoxigraph", "yaml", "edtf", "iso4217", "rapidfuzz", "rich", "jinja2",
         "keiretsu_loaders.convert", "keiretsu_ontology.entries"}  # fmt: skip
HEAVY |= {"pydantic"} if version("typer") < "0.29" else set()  # which imports pydantic itself
# What a look-up in a graph that is built already has no use for, though it is light.
IDLE = {"hashlib", "random", "tempfile", "keiretsu_ontology.owl"}
ROOMS = {"words", "chains", "figures", "times", "doubts", "whole", "editions", "english"}
CHILD = """
import sys
from keiretsu.__main__ import main
sys.argv = ["keiretsu", *sys.argv[1:]]
try:
    main()
except SystemExit as end:
    code = end.code
print(sorted({name for name in sys.modules}), file=sys.stderr)
raise SystemExit(code)
"""


def _run(*words: str, dataset: Path, cache: Path) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "KEIRETSU_DATASET": str(dataset), "KEIRETSU_CACHE": str(cache)}
    return subprocess.run([sys.executable, "-c", CHILD, *words], capture_output=True, text=True, env=env, check=False)


@pytest.mark.parametrize(
    "words", [("show", "South"), ("partners", "North"), ("path", "North", "Spark"), ("why", "lab-unit")]
)
def test_a_lookup_in_a_build_imports_nothing_heavy(words: tuple[str, ...], small_build: Build, tmp_path: Path) -> None:
    """Names that fit exactly are looked up by SQLite alone."""
    done = _run(*words, dataset=small_build.folder, cache=tmp_path)

    modules = set(done.stderr.strip().splitlines()[-1].strip("[]").replace("'", "").split(", "))
    assert done.returncode == 0, done.stderr
    assert not modules & HEAVY


def test_a_lookup_in_the_bundled_graph_imports_nothing_heavy(tmp_path: Path) -> None:
    """Once built, the bundled graph is opened without the loaders."""
    env = {key: value for key, value in os.environ.items() if not key.startswith("KEIRETSU_")}
    runs = [
        subprocess.run([sys.executable, "-c", CHILD, "show", "Bosch"], capture_output=True, text=True,
                       env={**env, "KEIRETSU_CACHE": str(tmp_path)}, check=False)
        for _ in range(2)
    ]  # fmt: skip

    modules = set(runs[1].stderr.strip().splitlines()[-1].strip("[]").replace("'", "").split(", "))
    assert [run.returncode for run in runs] == [0, 0], runs[1].stderr
    assert not modules & (HEAVY | IDLE)
    assert {name for name in modules if name.startswith(tuple(f"keiretsu_queries.{room}" for room in ROOMS))} == set()
    assert runs[0].stdout == runs[1].stdout


def test_help_imports_nothing_that_opens_a_graph(tmp_path: Path) -> None:
    """The help of one command is told from that command alone."""
    done = _run("show", "--help", dataset=tmp_path, cache=tmp_path)

    modules = set(done.stderr.strip().splitlines()[-1].strip("[]").replace("'", "").split(", "))
    assert done.returncode == 0, done.stderr
    assert not modules & (HEAVY | IDLE | {"sqlite3", "keiretsu_graph.sqlite", "keiretsu.rendering"})
