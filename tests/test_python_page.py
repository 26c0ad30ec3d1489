"""The page about Python shows what Python says now."""

from __future__ import annotations

import doctest
from pathlib import Path

import pytest

PAGE = Path(__file__).parents[1] / "docs" / "python.md"


def test_the_page_is_what_comes_out(seeds_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each example on the page gives what stands under it; three dots stand for the rest."""
    import datetime

    monkeypatch.setenv("KEIRETSU_CACHE", str(tmp_path))
    monkeypatch.setenv("KEIRETSU_DATASET", str(seeds_folder))
    flags = doctest.ELLIPSIS | doctest.REPORT_NDIFF
    done = doctest.testfile(str(PAGE), module_relative=False, optionflags=flags, globs={"datetime": datetime})

    assert done.attempted >= 12
    assert done.failed == 0
