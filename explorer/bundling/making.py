"""Making `keiretsu/explorer/built`: whole or not at all, and only when it is not there or older than the sources."""

from __future__ import annotations

import os
import shutil
import tempfile
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from bundling.licences import licences
from bundling.node import BundlingError, Node, get_node
from bundling.sources import sources, stamp

BUILT = "keiretsu/explorer/built"
BUNDLES = ("explorer.js", "sparql.js", "style.css")
FILES = (*BUNDLES, "THIRD-PARTY.txt", "stamp")
INSTALL = (
    "ci",
    "--ignore-scripts",
    "--no-audit",
    "--no-fund",
    "--no-update-notifier",
    "--include=optional",
    "--prefer-offline",
)

TRIES = 5  # where several builds of one tree run at once


def is_fresh(root: Path) -> bool:
    """Tell whether every file is there, made from the sources as they are now and for passing on."""
    built = root / BUILT
    try:
        noted = (built / "stamp").read_text(encoding="utf-8").strip()
        return all((built / name).is_file() for name in FILES) and noted == stamp(root / "explorer")
    except OSError:
        return False


def make(root: Path, *, readable: bool = False, in_place: bool = False) -> None:
    """Build the explorer of a checkout or of an unpacked sdist anew.

    Args:
        root: Where `explorer/` and `keiretsu/` stand.
        readable: Keep names and lines, for a developer's browser. The stamp says so: it is never passed on.
        in_place: Keep the packages in `explorer/node_modules`; else all happens in a folder that is gone afterwards.

    Raises:
        BundlingError: There is no npm, it is too old, it failed, or a file cannot be written.
    """
    explorer = root / "explorer"
    try:
        node = get_node(explorer)
        if in_place:
            install(node, explorer)
            files = _bundle(node, explorer, readable=readable)
        else:
            with tempfile.TemporaryDirectory(prefix="keiretsu-") as folder:
                copy = Path(folder)
                for name in sources(explorer):
                    (copy / name).parent.mkdir(parents=True, exist_ok=True)
                    shutil.copyfile(explorer / name, copy / name)
                node.run([*node.npm, *INSTALL, "--omit=dev"], copy)
                files = _bundle(node, copy, readable=readable)
        _put(files, root / BUILT)
    except OSError as problem:
        raise BundlingError(f"the explorer cannot be written: {problem}") from problem


def install(node: Node, explorer: Path) -> None:
    """Bring `explorer/node_modules` to what the lock says, tools for checking included, unless it is so already."""
    noted = explorer / "node_modules" / ".installed"
    lock = sha256((explorer / "package-lock.json").read_bytes()).hexdigest()
    if not noted.is_file() or noted.read_text(encoding="utf-8") != lock:
        node.run([*node.npm, *INSTALL, "--include=dev"], explorer)
        noted.write_text(lock, encoding="utf-8")


def _bundle(node: Node, explorer: Path, *, readable: bool) -> dict[str, bytes]:
    """Return the content of every file of `built` by its name."""
    shutil.rmtree(explorer / "dist", ignore_errors=True)
    made_from = stamp(explorer)  # before: what changes while it is bundled makes it stale
    node.run([node.node, "build.mjs", *(["--readable"] if readable else [])], explorer)
    files = {name: (explorer / "dist" / name).read_bytes() for name in BUNDLES}
    files["THIRD-PARTY.txt"] = licences(explorer).encode()
    files["stamp"] = f"{made_from}{' readable' * readable}\n".encode()
    return files


def _put(files: dict[str, bytes], built: Path) -> None:
    """Write a folder beside and give it its name; a reader sees the old one, for a moment none, or the new one."""
    beside, old = (built.with_name(f".built-{os.getpid()}-{which}") for which in ("new", "old"))
    for folder in (beside, old):
        shutil.rmtree(folder, ignore_errors=True)
    beside.mkdir()
    try:
        for name, content in files.items():
            (beside / name).write_bytes(content)
        for _ in range(TRIES):
            with suppress(FileNotFoundError):
                built.rename(old)
            with suppress(OSError):  # another build was faster in this moment
                beside.rename(built)
                return
            shutil.rmtree(old, ignore_errors=True)
        raise BundlingError(f"other builds write {BUILT} without end; wait until they are done")
    finally:
        for folder in (beside, old):
            shutil.rmtree(folder, ignore_errors=True)
