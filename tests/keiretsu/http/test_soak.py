"""A short soak: the long one is run by command."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

SOAK = Path(__file__).parents[3] / "bench" / "soak.py"


def test_no_answer_is_wrong_under_mixed_load() -> None:
    """While workers are killed and the graph is replaced, no answer is wrong, no request is lost, nothing leaks."""
    command = [sys.executable, str(SOAK), "--seconds", "8", "--claims", "100"]
    found = subprocess.run(command, capture_output=True, text=True, check=False)
    assert found.returncode == 0, f"{found.stdout}{found.stderr}"
