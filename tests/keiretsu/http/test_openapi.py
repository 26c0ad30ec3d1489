"""The description of the API, and that the server does as it says."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from keiretsu_graph.build import Build
from keiretsu_queries.questions import QUESTIONS
from servers import serving


def test_every_question_is_described(small_build: Build) -> None:
    """Each question has an operation, each parameter a schema, and every reference leads somewhere."""
    with serving(str(small_build.folder)) as address:
        document = httpx.get(f"{address}/api/openapi.json").json()
        same = httpx.get(f"{address}/openapi.json").json()

    assert document == same
    assert document["servers"] == [{"url": address}]
    assert {f"/api/{name}" for name in QUESTIONS} <= set(document["paths"])
    references = set(re.findall(r'"#/components/schemas/(\w+)"', json.dumps(document)))
    assert references <= set(document["components"]["schemas"])
    for path in document["paths"].values():
        assert all("schema" in row and row["description"] for row in path["get"]["parameters"])


def test_the_server_does_as_its_description_says(small_build: Build, tmp_path: Path) -> None:
    """Requests made from the description, right ones and wrong ones, are all answered as it says (schemathesis)."""
    pytest.importorskip("schemathesis")
    examples = os.environ.get("KEIRETSU_API_EXAMPLES", "3")
    with serving(str(small_build.folder), "--log", "none") as address:
        command = [
            *(sys.executable, "-c", "from schemathesis.cli import schemathesis; schemathesis()", "run"),
            *(f"{address}/api/openapi.json", "--max-examples", examples, "--seed", "1", "--phases", "fuzzing"),
        ]
        found = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, timeout=600)

    assert found.returncode == 0, found.stdout[-3000:]
    assert re.search(r"Tested: +(7[5-9]|[89]\d)", found.stdout), found.stdout[-1000:]
