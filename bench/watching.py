"""What a page costs in headless Chromium, from its address on: run by explorer.py, a process for each page.

    python bench/watching.py FILE [--state "#..."] [--width W --height H] [--limit S] [--pyvis] [--shot FILE.png]

Prints lines of JSON as it learns more, so that of a page that is given up is known what was reached. No GPU is used:
WebGL runs in software. Milliseconds of the main thread are those without the drawing of pixels: what remains where
there is a GPU.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import time
from contextlib import suppress
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rivals import cpu_of, tree

if TYPE_CHECKING:
    from playwright.sync_api import CDPSession, Page

MOMENTS = Path(__file__).parent / "explorer" / "moments.js"
ARGS = ("--no-sandbox", "--disable-gpu", "--enable-unsafe-swiftshader", "--disable-quic", "--no-first-run",
        "--disable-background-networking", "--disable-component-update", "--disable-sync",
        "--enable-precise-memory-info", "--js-flags=--max-old-space-size=4096")  # fmt: skip
_REST = 10.0  # seconds that a layout in the page is given to come to rest


def chromium() -> str | None:
    """Return the path of Chromium."""
    return os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")


def say(**figures: Any) -> None:
    """Print figures for whoever started this."""
    print(json.dumps(figures), flush=True)


class Watched:
    """A page in a browser of its own."""

    def __init__(self, page: Page, limit: float, width: int, height: int) -> None:
        self.page = page
        self.width, self.height = width, height
        self.ends = time.monotonic() + limit
        self.session: CDPSession = page.context.new_cdp_session(page)
        self.session.send("Performance.enable", {"timeDomain": "threadTicks"})

    def open(self, address: str, *, rests: bool) -> bool:
        """Open the page, and say when its first complete picture stood; False where it did not in time."""
        before = browser_seconds()
        self.page.goto(address, wait_until="commit")
        told: dict[str, Any] = {}
        until = self.ends
        while time.monotonic() < until:
            told = self.page.evaluate("() => ({...window.__bench})")
            painted = (told.get("firstPaint") or -1) > 0
            if painted and until == self.ends:
                say(paint_s=told["firstPaint"] / 1000, paint_cpu_s=browser_seconds() - before)
                until = min(self.ends, time.monotonic() + _REST) if rests else 0.0
            if told.get("error") or (painted and (told.get("stable") or -1) > 0):
                break
            time.sleep(0.1)
        if told.get("error"):
            say(error=str(told["error"])[:200])
        return (told.get("firstPaint") or -1) > 0

    def move(self, seconds: float) -> None:
        """Pan and zoom for a while, and say how that went."""
        mouse = self.page.mouse
        start = self.page.evaluate("() => { __frames.times = []; __frames.on = true; return performance.now(); }")
        drawn, main, everything = self._drawings(), self._main_seconds(), browser_seconds()
        ends, step = time.monotonic() + seconds, 0
        while time.monotonic() < ends:
            part, place = divmod(step % 60, 20)
            if part < 2:  # in, then out again
                mouse.move(self.width / 2, self.height / 2)
                mouse.wheel(0, -120 if part == 0 else 120)
            else:
                self._drag(place)
            step += 1
            time.sleep(0.01)
        end, times = self.page.evaluate("() => { __frames.on = false; return [performance.now(), __frames.times]; }")
        drawn, took = self._drawings() - drawn, (end - start) / 1000
        main, everything = self._main_seconds() - main, browser_seconds() - everything
        moments = [start, *times, end]
        gaps = [later - earlier for earlier, later in pairwise(moments)]
        say(fps=len(times) / took, worst_ms=max(gaps), draws_per_s=drawn / took, main_ms=1000 * main / max(drawn, 1),
            cpu_ms=1000 * everything / max(drawn, 1), drawings=drawn)  # fmt: skip

    def _drag(self, place: int) -> None:
        """Make one of twenty steps of dragging the ground, from a corner where hardly a node stands."""
        mouse = self.page.mouse
        x, y = self.width * 0.3 + 15 * place, self.height * 0.12 + 10 * place
        mouse.move(x, y)
        if place == 0:
            mouse.down()
        elif place == 19:
            mouse.up()

    def weigh(self) -> None:
        """Say what it takes of memory."""
        heap = self.page.evaluate("() => performance.memory?.usedJSHeapSize ?? 0")
        say(heap_mb=heap / 1e6, memory_mb=sum(_kilobytes(pid) for pid in browsers()) / 1000)

    def _drawings(self) -> int:
        return int(self.page.evaluate("() => window.__bench.renders"))

    def _main_seconds(self) -> float:
        metrics = self.session.send("Performance.getMetrics")["metrics"]
        return float({metric["name"]: metric["value"] for metric in metrics}["TaskDuration"])


def browsers() -> list[int]:
    """Return the processes of Chromium beneath this one."""
    return [pid for pid in tree(os.getpid()) if pid != os.getpid() and "chrom" in _name(pid)]


def _name(pid: int) -> str:
    with suppress(OSError):
        return Path(f"/proc/{pid}/comm").read_text(encoding="utf-8")
    return ""


def browser_seconds() -> float:
    """Return what all processes of Chromium took of the processor so far."""
    return sum(cpu_of(pid) for pid in browsers())


def _kilobytes(pid: int) -> int:
    """Return the memory that a process holds, what it shares with others in part."""
    with suppress(OSError):
        rows = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
        return sum(int(row.split()[1]) for row in rows if row.startswith("Pss:"))
    return 0


def main() -> None:
    """Watch one page."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("--state", default="", help="what follows the file in the address")
    parser.add_argument("--width", type=int, default=1280, help="of its window")
    parser.add_argument("--height", type=int, default=800, help="of its window")
    parser.add_argument("--limit", type=float, default=120, help="seconds until the first complete picture")
    parser.add_argument("--moves", type=float, default=5, help="seconds of panning and zooming")
    parser.add_argument("--pyvis", action="store_true", help="the page is one of pyvis")
    parser.add_argument("--shot", type=Path, help="keep a picture of it")
    given = parser.parse_args()
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium(), headless=True, args=list(ARGS))
        page = browser.new_page(viewport={"width": given.width, "height": given.height})
        page.set_default_timeout(given.limit * 1000)
        page.route(lambda address: address.startswith("http"), lambda route: route.abort())  # pyvis asks for Bootstrap
        page.add_init_script(f"window.__pyvis = {str(given.pyvis).lower()};")
        page.add_init_script(MOMENTS.read_text(encoding="utf-8"))
        watched = Watched(page, given.limit, given.width, given.height)
        if watched.open(given.file.resolve().as_uri() + given.state, rests=given.pyvis):
            if given.shot:
                page.screenshot(path=given.shot)
            watched.move(given.moves)
        watched.weigh()
        browser.close()


if __name__ == "__main__":
    main()
