"""What a worker may not do, held by the system: no network, no more files, bounded memory and time of the processor.

The guard refuses queries that reach out before an engine sees them; this is what holds where a guard errs. A system
that has not all of it gives what it has (docs/operating.md lists it).
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import resource
import sys
from pathlib import Path

_CLONE_NEWUSER, _CLONE_NEWNET = 0x1000_0000, 0x4000_0000
_PR_SET_PDEATHSIG, _SIGKILL = 1, 9
_SPARE_FILES = 8  # for a text of a source, a temporary file of SQLite


def die_with_parent() -> None:
    """Have the system end this process as soon as the one that forked it is gone (Linux)."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, _SIGKILL)


def outlive_parent() -> None:
    """Have this process go on when the one that forked it ends (Linux)."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, 0)


def leave_network() -> bool:
    """Move this process to a network of its own that has nothing in it, and return whether the system let us.

    It must be single-threaded. Source: unshare(2), network_namespaces(7).
    """
    if sys.platform != "linux":
        return False
    return bool(ctypes.CDLL(None, use_errno=True).unshare(_CLONE_NEWUSER | _CLONE_NEWNET) == 0)


def close_standard_streams() -> None:
    """Send what libraries print nowhere, and read nothing."""
    null = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(null, stream)
    os.close(null)


def bound_memory(more: int) -> None:
    """Let this process take so many bytes more than it has, and leave no core."""
    _set(resource.RLIMIT_CORE, 0)
    with contextlib.suppress(OSError, ValueError):
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        _set(resource.RLIMIT_AS, pages * resource.getpagesize() + more)


def bound_files(folder: Path | None) -> None:
    """Let this process open the files of a store's folder and a few more, and nothing beyond."""
    tables = sum(1 for _ in folder.glob("*.sst")) if folder is not None else 0
    with contextlib.suppress(OSError, ValueError):
        highest = max(int(entry.name) for entry in Path("/proc/self/fd").iterdir())
        _set(resource.RLIMIT_NOFILE, highest + 1 + tables + _SPARE_FILES)


def bound_processor(seconds: float) -> None:
    """Have the system end this process after so many seconds more of the processor, if nobody else does."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    with contextlib.suppress(OSError, ValueError):
        _, hard = resource.getrlimit(resource.RLIMIT_CPU)
        resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime + seconds) + 1, hard))


def _set(which: int, most: int) -> None:
    with contextlib.suppress(OSError, ValueError):
        _, hard = resource.getrlimit(which)
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(which, (most, most))
