"""A real server for tests: `keiretsu serve` in a process of its own, on loopback, on a free port, ended afterwards."""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_PATIENCE = 60.0  # seconds to start


@contextmanager
def serving(*arguments: str, log: Path | None = None, command: str = "serve") -> Iterator[str]:
    """Give the address of a server that was started with these arguments of `keiretsu serve`.

    Args:
        arguments: What follows `keiretsu serve`.
        log: A file for what the server says; a temporary one without.
        command: Another one that serves.
    """
    with tempfile.TemporaryDirectory(prefix="keiretsu-serving-") as folder:
        said = log or Path(folder) / "log"
        words = [sys.executable, "-m", "keiretsu", command, "--port", "0", *arguments]
        with said.open("wb") as stream:
            process = subprocess.Popen(words, stderr=stream)
        try:
            yield address_of(process, said)
        finally:
            process.terminate()
            process.wait(timeout=30)


def address_of(process: subprocess.Popen[bytes], said: Path) -> str:
    """Return the address that a server says it serves at."""
    ends = time.monotonic() + _PATIENCE
    while time.monotonic() < ends and process.poll() is None:
        found = re.search(r"^serving .*?(http://\S+)", said.read_text(encoding="utf-8"), re.MULTILINE)
        if found is not None:
            return found[1]
        time.sleep(0.02)
    raise AssertionError(f"the server did not start: {said.read_text(encoding='utf-8')}")
