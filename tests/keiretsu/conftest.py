"""A real browser for the pages, and a script to stand for the bundled one."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from keiretsu.explorer import built

ARGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync",
        "--disable-component-update", "--disable-quic", "--enable-unsafe-swiftshader"]  # fmt: skip


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium of the system, with an event loop that ends with it; where there is none a skip, in CI a failure."""
    found = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if found is None:
        if os.environ.get("CI"):
            pytest.fail("CI has no Chromium")
        pytest.skip("no Chromium")
    with sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=found, args=ARGS)
        yield opened
        opened.close()


CODE = 'document.title = "</SCRIPT><!--" + "\u2028";\r\n'
SHEET = 'main::after { content: "</style>" }\r\n'
LICENCES = "MIT & </script><script>alert(1)</script>\r\n<!-- &lt; -->"


@pytest.fixture
def bundled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A script and a style as hostile as a bundle may be, in place of the bundled ones."""
    folder = tmp_path / "built"
    folder.mkdir()
    (folder / "explorer.js").write_bytes(CODE.encode("utf-8"))
    (folder / "style.css").write_bytes(SHEET.encode("utf-8"))
    (folder / "THIRD-PARTY.txt").write_bytes(LICENCES.encode("utf-8"))
    monkeypatch.setattr(built, "FOLDER", folder)
