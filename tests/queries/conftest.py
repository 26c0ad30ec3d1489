"""The graph of several papers, on which doubt is tested."""

from __future__ import annotations

from collections.abc import Callable

import pytest

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
def news_build(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """The graph of the papers, built."""
    return build(news_dataset(), tmp_path_factory.mktemp("news") / "out")


@pytest.fixture(params=ENGINES)
def news(request: pytest.FixtureRequest, news_build: Build) -> View:
    """The graph of the papers, in either engine."""
    return ENGINES[request.param](news_build)
