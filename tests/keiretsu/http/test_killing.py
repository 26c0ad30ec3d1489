"""Whatever is ended at whatever moment, a graph on disk is the old one or the new one, and what was promised is there.

KEIRETSU_KILLS says how often each program is killed (20 without).
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest

from changers import aliases, numbers, two_datasets, update_to
from keiretsu_graph.build import build, open_build
from keiretsu_graph.oxigraph import OxigraphView
from keiretsu_graph.sqlite import SqliteView
from servers import address_of, serving

KILLS = int(os.environ.get("KEIRETSU_KILLS", "20"))
TESTS = Path(__file__).parents[2]
TOKEN = "a-token-for-tests-0123456789"  # noqa: S105
TOLD = {"Authorization": f"Bearer {TOKEN}", "Content-Type": "application/sparql-update"}

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="needs process groups")


def killed(kind: str, folder: Path, number: int) -> list[str]:
    """Return what a changer had told when it was killed with all that it had started: each time a little later."""
    command = [sys.executable, str(TESTS / "changers.py"), kind, str(folder)]
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, start_new_session=True, env={**os.environ, "PYTHONPATH": str(TESTS)}
    )
    assert process.stdout is not None
    with process.stdout as stream:
        assert stream.readline() == b"ready\n"
        told = b"".join(stream.readline() for _ in range(number // 5))
        time.sleep(0.0037 * number)  # in no step with what is done meanwhile
        os.killpg(process.pid, signal.SIGKILL)
        told += stream.read()
    process.wait()
    return told[: told.rfind(b"\n") + 1].decode().splitlines()


def test_a_change_that_was_told_is_there_after_any_end(tmp_path: Path) -> None:
    """After each kill the copy holds the last change that was told or the one under way, whole, and goes on from it."""
    copy, before = tmp_path / "copy", 0
    for number in range(KILLS):
        told = killed("change", copy, number)
        left, right = map(int, numbers(copy))
        last = int(told[-1]) if told else before
        assert (left == right, left in (last, last + 1)) == (True, True), (left, right, last)
        before = left
    assert before > 0


def test_a_checked_change_that_was_told_is_there_after_any_end(tmp_path: Path) -> None:
    """After each kill the working copy of a Keiretsu graph holds what was told, whole in both engines."""
    copy, before = tmp_path / "copy", 0
    for number in range(1 + KILLS // 5):
        told = killed("graph", copy, 5 * number)
        found, last = len(aliases(open_build(copy))), int(told[-1]) if told else before
        assert found in (last, last + 1)
        before = found
    assert before > 0


def test_a_build_over_a_build_is_the_old_or_the_new_one(tmp_path: Path) -> None:
    """After each kill the folder holds one of both builds, whole in every engine, and can be built over again."""
    facts = two_datasets()
    whole = {row.digest: build(row, tmp_path / row.digest).quads.read_bytes() for row in facts}
    out, seen = tmp_path / "out", set()
    for number in range(KILLS):
        told = killed("build", out, number)
        found = open_build(out)
        seen.add(found.manifest.digest)
        assert found.quads.read_bytes() == whole[found.manifest.digest]
        looked, stored = SqliteView.open(found.sqlite), OxigraphView.open(found.store)
        assert looked.about() == stored.about()
        assert looked.entities(["east"]) == stored.entities(["east"])
        assert not told or found.manifest.digest in whole
    assert build(facts[0], out, force=True).manifest.digest == facts[0].digest
    assert seen <= set(whole)


def test_a_served_graph_outlives_its_server(tmp_path: Path) -> None:
    """A server that is killed with all processes behind it leaves what it told was done to the next one."""
    copy, token = tmp_path / "copy", tmp_path / "token"
    token.write_text(TOKEN, encoding="utf-8")
    (tmp_path / "start.nt").write_text('<urn:left> <urn:number> "0" .', encoding="utf-8")
    options = ["--rdf", str(tmp_path / "start.nt"), "--write", "--copy", str(copy), "--token-file", str(token)]
    command = [sys.executable, "-m", "keiretsu", "serve", "--port", "0", *options]
    with (tmp_path / "log").open("wb") as log:
        process = subprocess.Popen(command, stderr=log, start_new_session=True)
    try:
        address = address_of(process, tmp_path / "log")
        for number in (1, 2, 3):
            told = httpx.post(f"{address}/sparql", content=update_to(number), headers=TOLD)
            assert told.status_code == 204
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    with serving(*options) as again:
        query = {"query": "SELECT ?n { ?s <urn:number> ?n }"}
        found = httpx.get(f"{again}/sparql", params=query, headers={"Accept": "text/csv"}).text.split()
    assert found == ["n", "3", "3"]
    assert numbers(copy) == ["3", "3"]
