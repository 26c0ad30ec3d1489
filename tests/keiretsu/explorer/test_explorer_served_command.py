"""The command that serves the explorer on this machine and opens it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from typer.testing import CliRunner

from keiretsu.cli import make_app
from keiretsu.explorer import built
from keiretsu_graph.build import Build
from keiretsu_ontology.errors import ExplorerMissingError, KeiretsuError
from servers import address_of, serving


def fault(*words: str) -> str:
    """Return why a command was refused."""
    found = CliRunner().invoke(make_app(), ["explore", *words]).exception
    assert isinstance(found, KeiretsuError)
    return str(found)


@contextmanager
def opened(log: Path, *words: str, browser: str | None = None) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    """Give a running `keiretsu explore` and the address that it said."""
    env = os.environ | ({"BROWSER": browser} if browser else {})
    with log.open("wb") as stream:
        process = subprocess.Popen([sys.executable, "-m", "keiretsu", "explore", *words], stderr=stream, env=env)
    try:
        yield process, address_of(process, log)
    finally:
        process.kill()
        process.wait(timeout=30)


def test_it_says_where_it_begins(small_build: Build, tmp_path: Path) -> None:
    """The address leads to the page; what is in view stands after the hash. Requests are not logged."""
    log = tmp_path / "log"
    words = ("--no-browser", "--focus", "南方集团", "--depth", "2", "--as-of", "2025-07-01")
    with serving(str(small_build.folder), *words, log=log, command="explore") as address:
        page = httpx.get(address)

    assert address.partition("/explore")[2] == "#around=south~2&chosen=entity:south&asof=2025-07-01"
    assert (page.status_code, "A small graph" in page.text) == (200, True)
    assert log.read_text("utf-8").count("\n") == 1


def test_it_begins_with_what_a_query_finds(small_build: Build, tmp_path: Path) -> None:
    """What is found is in view."""
    query = "SELECT ?of { ?unit kei:unitOf ?of }"
    words = ("-d", str(small_build.folder), "--no-browser", "--query", query, "--known-by", "2026-01-01")
    with serving(*words, command="explore") as address:
        assert address.partition("/explore")[2] == "#show=south&knownby=2026-01-01"


def test_ctrl_c_ends_it(small_build: Build, tmp_path: Path) -> None:
    """It ends as a command that did what it should."""
    with opened(tmp_path / "log", str(small_build.folder), "--no-browser", "--port", "0") as (process, _):
        process.send_signal(signal.SIGINT)

        assert process.wait(timeout=30) == 0
    assert "Traceback" not in (tmp_path / "log").read_text("utf-8")


@pytest.mark.skipif(sys.platform == "win32", reason="the browser is a shell script")
def test_a_browser_is_opened_there(small_build: Build, tmp_path: Path) -> None:
    """The browser of this machine gets the whole address, as one word."""
    browser, seen = tmp_path / "browser", tmp_path / "seen"
    browser.write_text(f'#!/bin/sh\nprintf "%s|" "$#" "$1" > "{seen}.part" && mv "{seen}.part" "{seen}"\n')
    browser.chmod(0o755)
    words = (str(small_build.folder), "--port", "0", "--focus", "lab")
    with opened(tmp_path / "log", *words, browser=str(browser)) as (process, address):
        while not seen.exists() and process.poll() is None:
            httpx.get(address)

        assert seen.read_text("utf-8") == f"1|{address}|"


def test_where_the_port_is_taken_another_one_is_found(small_build: Build, tmp_path: Path) -> None:
    """The usual port may be somebody else's; one that was asked for may not."""
    with socket.socket() as taken:
        try:
            taken.bind(("127.0.0.1", 5340))
            taken.listen()
        except OSError:
            pass  # it is taken already
        with opened(tmp_path / "log", str(small_build.folder), "--no-browser") as (_, address):
            assert not address.startswith("http://127.0.0.1:5340/")
            assert httpx.get(address).status_code == 200
        port = httpx.URL(address).port or taken.getsockname()[1]
        assert port != 5340
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert f"port {port}" in fault(str(small_build.folder), "--no-browser", "--port", str(port))


def test_without_fork_it_is_a_file(small_build: Build, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A system that cannot serve opens the page as a file, and is told so."""
    seen: list[str] = []

    def open_there(address: str) -> bool:
        seen.append(address)
        return True

    monkeypatch.delattr("os.fork")
    monkeypatch.setattr("webbrowser.open", open_there)
    monkeypatch.setattr("keiretsu.cli.exploring._page_file", lambda name: tmp_path / f"{name}.html")

    ran = CliRunner().invoke(make_app(), ["explore", str(small_build.folder)])

    assert (ran.exit_code, seen) == (0, [(tmp_path / "small.html").as_uri()])
    assert "the explorer is opened as a file instead" in ran.stderr
    assert "A small graph" in (tmp_path / "small.html").read_text("utf-8")


def test_without_the_script_nothing_is_served(small_build: Build, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is said how to mend it, before anything begins."""

    def missing() -> str:
        raise ExplorerMissingError

    monkeypatch.setattr(built, "script", missing)

    assert "made without the explorer" in fault(str(small_build.folder), "--no-browser")


def test_what_cannot_be_is_refused_in_words(small_build: Build, tmp_path: Path) -> None:
    """Options that fit no other, names that nothing has, folders that are none."""
    folder = str(small_build.folder)

    assert "did you mean 'south'" in fault(folder, "--no-browser", "--focus", "soutth")
    assert "name the dataset once" in fault(folder, "-d", folder)
    assert "nothing is served" in fault(folder, "-o", str(tmp_path / "a.html"), "--port", "0")
    assert "not with both" in fault(folder, "--focus", "lab", "--query", "ASK {}")
    assert fault(str(tmp_path / "nowhere"))
