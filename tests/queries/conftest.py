"""The made-up graph for questions about the whole, built once."""

from __future__ import annotations

import pytest

from archipelago import archipelago
from keiretsu_graph.build import Build, build
from keiretsu_graph.sqlite import SqliteView


@pytest.fixture(scope="session")
def sea_build(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """The graph of archipelago.py, built."""
    return build(archipelago(), tmp_path_factory.mktemp("sea") / "out")


@pytest.fixture(scope="session")
def sea(sea_build: Build) -> SqliteView:
    """The graph of archipelago.py, open for look-ups."""
    return SqliteView.open(sea_build.sqlite)
