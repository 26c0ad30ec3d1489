"""Comunica, the client of the web's developers, asks a real server."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from oddities import DATA, QUESTIONS, Asked, Found, cell_of_record, found_of_record
from servers import serving

HERE = Path(__file__).parents[2] / "comunica"


@pytest.fixture(scope="module")
def packages() -> Path:
    """The folder that Comunica is installed in; where there is none a skip, in CI a failure."""
    folder = Path(os.environ.get("KEIRETSU_COMUNICA") or HERE)
    if shutil.which("node") and (folder / "node_modules" / "@comunica" / "query-sparql").is_dir():
        return folder
    if os.environ.get("CI"):
        pytest.fail(
            "CI has no Comunica: npm install @comunica/query-sparql@4, and name the folder in KEIRETSU_COMUNICA"
        )
    pytest.skip("no Comunica")


def found_of(asked: Asked, record: dict[str, Any]) -> Found:
    if "graph" in record:
        return frozenset(tuple(map(cell_of_record, row)) for row in record["graph"])
    return found_of_record(asked, record)


@pytest.mark.npm
def test_comunica_has_every_answer(packages: Path, tmp_path: Path) -> None:
    """Comunica reads the right answer to every question."""
    (tmp_path / "odd.nq").write_text(DATA, encoding="utf-8")
    questions = [{"text": one.text, "variables": one.variables} for one in QUESTIONS]
    with serving("--rdf", str(tmp_path / "odd.nq")) as address:
        given = json.dumps({"endpoint": f"{address}/sparql", "questions": questions})
        command = ["node", str(HERE / "ask.cjs"), str(packages)]
        done = subprocess.run(command, input=given.encode(), capture_output=True, timeout=120, check=False)

    assert done.returncode == 0, done.stderr.decode()
    answers = zip(QUESTIONS, json.loads(done.stdout), strict=True)
    assert {asked.name: found_of(asked, record) for asked, record in answers} == {
        asked.name: asked.answer for asked in QUESTIONS
    }
