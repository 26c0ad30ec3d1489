"""A fresh copy of the small dataset that `init` writes, for tests that break it."""

from __future__ import annotations

from pathlib import Path

import pytest

from keiretsu_loaders import init


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder of a dataset in which everything is right."""
    init(tmp_path / "set", "harbour", "Harbour and its partners")
    return tmp_path / "set"
