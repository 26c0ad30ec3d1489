"""The made-up graphs that questions are tested on, each built once."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from archipelago import archipelago
from keiretsu_graph.build import Build, build
from keiretsu_graph.oxigraph import OxigraphView
from keiretsu_graph.sqlite import SqliteView
from keiretsu_graph.view import View
from newsroom import news_dataset

ENGINES: dict[str, Callable[[Build], View]] = {
    "sqlite": lambda build: SqliteView.open(build.sqlite),
    "oxigraph": lambda build: OxigraphView.open(build.store),
}


@pytest.fixture(scope="session")
def sea_build(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """The graph of archipelago.py, built."""
    return build(archipelago(), tmp_path_factory.mktemp("sea") / "out")


@pytest.fixture(scope="session")
def sea(sea_build: Build) -> SqliteView:
    """The graph of archipelago.py, open for look-ups."""
    return SqliteView.open(sea_build.sqlite)


@pytest.fixture(scope="session")
def news_build(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """The graph of the papers, built."""
    return build(news_dataset(), tmp_path_factory.mktemp("news") / "out")


@pytest.fixture(params=ENGINES)
def news(request: pytest.FixtureRequest, news_build: Build) -> View:
    """The graph of the papers, in either engine."""
    return ENGINES[request.param](news_build)
