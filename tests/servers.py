"""A real server for tests: `keiretsu serve` in a process of its own, on loopback, on a free port, ended afterwards."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def serving(*arguments: str) -> Iterator[str]:
    """Give the address of a server that was started with these arguments of `keiretsu serve`."""
    command = [sys.executable, "-m", "keiretsu", "serve", "--port", "0", *arguments]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, encoding="utf-8")
    assert process.stderr is not None
    try:
        said = []
        for line in process.stderr:
            said.append(line)
            if (found := re.search(r"serving .*?(http://\S+)", line)) is not None:
                yield found[1]
                return
        raise AssertionError(f"the server did not start: {''.join(said)}")
    finally:
        process.terminate()
        process.communicate(timeout=30)
