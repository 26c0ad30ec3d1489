"""Servers of one graph, started beside each other on free ports of loopback: ours, Oxigraph's and rdflib-endpoint."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

_TICK = os.sysconf("SC_CLK_TCK")


class Server(NamedTuple):
    """A server that runs."""

    name: str
    process: subprocess.Popen[bytes]
    address: str
    sparql: str  # the path of its endpoint

    def cpu_seconds(self) -> float:
        """Return what all its processes took of the processor so far."""
        return sum(cpu_of(pid) for pid in tree(self.process.pid))


def tree(root: int) -> list[int]:
    """Return a process and all below it."""
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and (fields := _fields_of(int(entry.name))):
            children.setdefault(int(fields[1]), []).append(int(entry.name))
    found = [root]
    for one in found:
        found += children.get(one, [])
    return found


def _fields_of(pid: int) -> list[str]:
    """Return the fields of /proc/PID/stat that follow the name; none where the process is gone."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
    except OSError:
        return []


def cpu_of(pid: int) -> float:
    """Return the seconds of the processor that a process took, with those of its children that have ended."""
    fields = _fields_of(pid)
    return sum(int(fields[place]) for place in (11, 12, 13, 14)) / _TICK if fields else 0.0  # with ended children


def free_port() -> int:
    """Return a port of loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def program(name: str) -> str:
    """Return the path of a program, beside this Python or on the path."""
    beside = Path(sys.executable).parent / name
    return str(beside) if beside.exists() else shutil.which(name) or name


def ours(build: Path, port: int) -> list[str]:
    """Return the command of our own server."""
    return [sys.executable, "-m", "keiretsu", "serve", str(build), "--port", str(port), "--log", "none"]


def oxigraph(store: Path, port: int) -> list[str]:
    """Return the command of Oxigraph's server."""
    found = program("oxigraph")
    bind = ["--bind", f"127.0.0.1:{port}", "--union-default-graph"]
    return [found, "serve-read-only", "--location", str(store), *bind]


def rdflib_endpoint(file: Path, port: int) -> list[str]:
    """Return the command of rdflib-endpoint, which reads a file into memory."""
    found = program("rdflib-endpoint")
    return [found, "serve", "--host", "127.0.0.1", "--port", str(port), str(file)]


def load_oxigraph(file: Path, store: Path) -> None:
    """Load a file into a store of Oxigraph's server, and have it made ready for reading."""
    found = program("oxigraph")
    for words in (["load", "--file", str(file)], ["optimize"]):
        command = [found, words[0], "--location", str(store), *words[1:]]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


@contextmanager
def running(name: str, command: list[str], port: int, sparql: str, *, patience: float = 60.0) -> Iterator[Server]:
    """Give a server once it answers; it is ended afterwards.

    Raises:
        TimeoutError: It does not answer in time.
    """
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    server = Server(name, process, f"http://127.0.0.1:{port}", sparql)
    try:
        _await(server, patience)
        yield server
    finally:
        process.terminate()
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _await(server: Server, patience: float) -> None:
    ends = time.monotonic() + patience
    while time.monotonic() < ends:
        if server.process.poll() is not None:
            raise TimeoutError(f"{server.name} ended by itself")
        try:
            with urllib.request.urlopen(f"{server.address}{server.sparql}?query=ASK%7B%7D", timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise TimeoutError(f"{server.name} did not answer within {patience:g} seconds")
