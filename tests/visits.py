"""Visits to a page in a real browser."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

_DRIVER = "GL Driver Message (OpenGL, Performance"  # a graphics driver in software says that it is slow


def worth_hearing(message: str) -> list[str]:
    """Return a message of the console, unless it is about this machine alone."""
    return [] if _DRIVER in message else [message]


class Visit:
    """A page that was opened from a file, and everything that it asked for or complained of."""

    def __init__(self, browser: Browser, file: Path, *, width: int = 1280, height: int = 800, state: str = "") -> None:
        self.context = browser.new_context(viewport={"width": width, "height": height})
        self.page: Page = self.context.new_page()
        self.requests: list[str] = []
        self.complaints: list[str] = []
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("console", lambda message: self.complaints.extend(worth_hearing(message.text)))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("dialog", lambda dialog: self.complaints.append(dialog.message))
        self.page.goto(file.as_uri() + state)

    def close(self) -> None:
        """Close the page; it must have asked for nothing but itself, and complained of nothing."""
        self.context.close()
        assert self.complaints == []
        assert [url.partition("#")[0] for url in self.requests if not url.startswith("data:")] == [
            self.requests[0].partition("#")[0]
        ]


AXE = Path(__file__).parents[1] / "explorer" / "node_modules" / "axe-core" / "axe.min.js"


def obstacles(page: Page) -> list[str]:
    """Return what axe finds against WCAG 2.2 AA and its own best practice."""
    if not AXE.is_file():
        if os.environ.get("CI"):
            pytest.fail("CI has no axe-core: npm ci in explorer/")
        pytest.skip("no axe-core")
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found: Any = page.evaluate(
        "axe.run({runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']})"
    )
    return [f"{row['id']} ({row['impact']}): {row['nodes'][0]['html'][:200]}" for row in found["violations"]]
