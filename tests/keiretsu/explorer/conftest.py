"""The explorer of the bundled graph as a file, and open in a browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from keiretsu.explorer import page
from keiretsu_graph.sqlite import SqliteView
from visits import Visit


@pytest.fixture(scope="session")
def seeds_page(seeds: SqliteView, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The explorer of the bundled graph."""
    file = tmp_path_factory.mktemp("page") / "explorer.html"
    file.write_text(page(seeds), encoding="utf-8")
    return file


@pytest.fixture
def visit(browser: Browser, seeds_page: Path) -> Iterator[Visit]:
    """The explorer of the bundled graph, open on what it begins with."""
    opened = Visit(browser, seeds_page)
    opened.page.locator(".told").wait_for()
    yield opened
    opened.close()
