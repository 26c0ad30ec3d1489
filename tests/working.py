"""The processes behind a real server, for tests that take something away from them (Linux)."""

from __future__ import annotations

import contextlib
import os
import resource
from pathlib import Path


def limit(processes: list[int], most: int) -> None:
    """Let processes write files of so many bytes, and no longer ones."""
    for pid in processes:
        with contextlib.suppress(ProcessLookupError):
            resource.prlimit(pid, resource.RLIMIT_FSIZE, (most, resource.RLIM_INFINITY))


def behind(port: int) -> list[int]:
    """Return the processes behind the server at a port: those that it started, and those that these forked."""
    listed = [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdecimal()]
    session = next(os.getsid(pid) for pid in listed if listens(pid, port))
    return [pid for pid in listed if works(pid, session)]


def works(pid: int, session: int) -> bool:
    """Say whether a process is one of those that work behind a server of a session."""
    with contextlib.suppress(OSError):
        return os.getsid(pid) == session and b"keiretsu.workers" in Path(f"/proc/{pid}/cmdline").read_bytes()
    return False


def listens(pid: int, port: int) -> bool:
    """Say whether a process is the server that was started at a port."""
    with contextlib.suppress(OSError):
        rows = [line.split() for line in Path("/proc/net/tcp").read_text(encoding="ascii").splitlines()[1:]]
        inodes = {row[9] for row in rows if row[1].endswith(f":{port:04X}") and row[3] == "0A"}
        links = [str(link.readlink()) for link in Path(f"/proc/{pid}/fd").iterdir()]
        return any(f"socket:[{inode}]" in links for inode in inodes)
    return False
