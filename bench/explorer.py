"""The explorer beside other libraries in headless Chromium, and expanding a node of a million from the server.

    python bench/explorer.py [--nodes 200,1000,5000] [--only "NAME;NAME"] [--repeat N] [--limit S] [--json FILE]
    python bench/explorer.py served [--things N | --build DIR] [--json FILE]

Needs Chromium, npm and Playwright. Graphs are made up: scale-free ones, and ones made of groups. All pages draw the
same nodes, ties and places, each in a browser of its own: our page with the whole graph in view and as it opens,
sigma with its cheapest programs ("bare") and as it comes, vis-network without physics, and pyvis as it comes, which
makes its own places. Every picture is 1280 by 800: our page has panes beside it, so its window is larger. A page that
shows no complete picture in time is not tried with a larger graph. Figures are medians of the runs: file size;
seconds until the first complete picture stands, and what all of Chromium took of the processor by then; while
somebody pans and zooms for 5 s, the main thread's milliseconds for a drawing, drawings and frames a second, and the
longest gap between two frames; then the heap and all of Chromium's memory. Ends with 1 where a goal is missed.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from bare_build import bare_build
from company_graphs import SORTS, company_graph
from expanding import expanded
from explorer_figures import Goal, Row, brief_table, expanding_goals, expanding_table, goals, middle, table
from graph_pages import PAGES, PYVIS, Page, installed, picture_of, write_page
from rivals import tree
from watching import chromium

NODES = (200, 1_000, 5_000, 20_000, 100_000)
_MILLION, _HUBS = 1_000_000, 20
_SLACK = 60.0  # seconds that a page has beyond its limit, for panning and for the browser to end


def watched(page: Page, file: Path, limit: float, moves: float = 5.0) -> dict[str, Any]:
    """Return what a page cost, in a process of its own that is ended where it takes too long."""
    command = [sys.executable, str(Path(__file__).with_name("watching.py")), str(file)]
    command += [f"--limit={limit}", f"--moves={moves}", f"--width={page.width}", f"--height={page.height}"]
    command += [f"--state={page.state}", *(["--pyvis"] if page.name == PYVIS else [])]
    found: dict[str, Any] = {"file_kb": file.stat().st_size / 1000, "load": os.getloadavg()[0]}
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        told, complaint = process.communicate(timeout=limit + _SLACK)
    except subprocess.TimeoutExpired:
        for pid in reversed(tree(process.pid)):
            with suppress(OSError):
                os.kill(pid, signal.SIGKILL)
        told, complaint = process.communicate()
        found["error"] = f"ended after {limit + _SLACK:g} s"
    for line in told.splitlines():
        found |= json.loads(line)
    if process.returncode and "error" not in found:
        found["error"] = (complaint.strip().splitlines() or ["ended by itself"])[-1][:200]
    if "paint_s" not in found:
        found["gave_up"] = "fails" if "error" in found else f"none in {limit:g} s"
    return found


def measured(sort: str, nodes: int, pages: Sequence[Page], given: argparse.Namespace, place: Path) -> Iterator[Row]:
    """Yield the figures of pages with one graph."""
    out = place / f"{sort}-{nodes}"
    out.mkdir()
    tell(f"making a graph of {nodes:,} nodes, {sort}")
    build = bare_build(company_graph(nodes, sort), out / "build")
    picture = picture_of(build)
    libraries = place / "libraries"
    for page in pages:
        file = write_page(page, build, picture, out, libraries if libraries.exists() else None)
        runs = []
        for _ in range(given.repeat):
            runs.append(watched(page, file, given.limit, given.moves))
            tell(f"  {page.name}: " + json.dumps({k: round(v, 2) if isinstance(v, float) else v
                                                  for k, v in runs[-1].items()}))  # fmt: skip
            if "gave_up" in runs[-1]:
                break
        yield Row(sort, nodes, len(picture.ties), page.name, middle(runs))


def warm(place: Path) -> None:
    """Start the browser once unwatched: its files are read from the disk by then."""
    file = place / "warm.html"
    file.write_text("<!doctype html><script>__drawn(); __soon('stable')</script>", encoding="utf-8")
    found = watched(Page("warm", 0), file, 60)
    if "gave_up" in found:
        raise RuntimeError(f"Chromium shows nothing: {found.get('error', found['gave_up'])}")


def pages_compared(given: argparse.Namespace) -> list[Row]:
    """Return the figures of all pages and graphs."""
    words = [word.strip() for word in given.only.split(";") if word.strip()]
    pages = [page for page in PAGES.values() if not words or page.name in words]
    rows: list[Row] = []
    with tempfile.TemporaryDirectory(prefix="keiretsu-explorer-") as folder:
        place = Path(folder)
        if any(page.library in ("sigma", "vis-network") for page in pages):
            installed(place / "libraries")
        warm(place)
        for sort in given.sorts.split(","):
            given_up: set[str] = set()
            for nodes in sorted(int(number) for number in given.nodes.split(",")):
                tried = [page for page in pages if page.name not in given_up and nodes <= page.most]
                rows += measured(sort, nodes, tried, given, place) if tried else ()
                given_up |= {row.page for row in rows if "gave_up" in row.figures and row.sort == sort}
    return rows


def million(given: argparse.Namespace, folder: Path) -> Path:
    """Return a build of a very large graph, made where none is named."""
    if given.build:
        return Path(given.build)
    began = time.monotonic()
    tell(f"making a graph of {given.things:,} things")
    build = bare_build(company_graph(given.things, hubs=_HUBS), folder / "build")
    size = build.sqlite.stat().st_size / 1e9
    tell(f"{build.manifest.ties:,} ties, {size:.1f} GB, in {time.monotonic() - began:.0f} s")
    return build.folder


def tell(text: str) -> None:
    """Say how far the bench is."""
    print(text, file=sys.stderr, flush=True)


def conclude(told: Sequence[str], found: Sequence[Goal], record: Any, file: Path | None) -> int:
    """Print the table and the goals, keep the figures, and return 1 where a goal is missed."""
    print("", *told, "", *found, sep="\n")
    if file:
        goals_told = [goal._asdict() for goal in found]
        file.write_text(json.dumps({"figures": record, "goals": goals_told}, indent=1) + "\n", encoding="utf-8")
    return 1 if any(goal.holds is False for goal in found) else 0


def main() -> int:
    """Measure, print the table, hold it to the goals."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", nargs="?", choices=("pages", "served"), default="pages")
    parser.add_argument("--nodes", default=",".join(map(str, NODES)), help="sizes of the graphs")
    parser.add_argument("--sorts", default=",".join(SORTS), help=f"of graphs: {', '.join(SORTS)}")
    parser.add_argument("--only", default="", help="only these pages, parted by semicolons")
    parser.add_argument("--repeat", type=int, default=1, help="how often each page is opened")
    parser.add_argument("--limit", type=float, default=120, help="seconds until the first complete picture")
    parser.add_argument("--moves", type=float, default=5, help="seconds of panning and zooming")
    parser.add_argument("--things", type=int, default=_MILLION, help="of the graph that is served")
    parser.add_argument("--build", type=Path, help="serve this build instead")
    parser.add_argument("--json", type=Path, help="write all figures into this file, too")
    given = parser.parse_args()
    if given.what == "served":
        with tempfile.TemporaryDirectory(prefix="keiretsu-explorer-") as folder:
            served = expanded(million(given, Path(folder)))
        record = [row._asdict() for row in served]
        return conclude(list(expanding_table(served)), list(expanding_goals(served)), record, given.json)
    if chromium() is None:
        parser.error("there is no Chromium; name one in CHROMIUM")
    rows = pages_compared(given)
    brief = [line for sort in given.sorts.split(",") for line in ("", *brief_table(rows, sort))]
    return conclude([*table(rows), *brief], list(goals(rows)), [row._asdict() for row in rows], given.json)


if __name__ == "__main__":
    sys.exit(main())
