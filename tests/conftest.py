"""The few fixtures that rooms share."""

from __future__ import annotations

from pathlib import Path

import pytest

from factories import small_dataset
from keiretsu_graph.build import Build, build
from keiretsu_graph.sqlite import SqliteView
from keiretsu_loaders import bundled, load


@pytest.fixture(scope="session")
def small_build(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """The small graph of factories.py, built."""
    return build(small_dataset(), tmp_path_factory.mktemp("small") / "out")


@pytest.fixture(scope="session")
def small_view(small_build: Build) -> SqliteView:
    """The small graph, open for look-ups."""
    return SqliteView.open(small_build.sqlite)


@pytest.fixture(scope="session")
def seeds_folder() -> Path:
    """The folder of the facts that ship with the program."""
    return bundled()


@pytest.fixture(scope="session")
def seeds_build(seeds_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Build:
    """The bundled graph, built once."""
    return build(load(seeds_folder), tmp_path_factory.mktemp("seeds") / "out")


@pytest.fixture(scope="session")
def seeds(seeds_build: Build) -> SqliteView:
    """The bundled graph, open for look-ups."""
    return SqliteView.open(seeds_build.sqlite)
