"""Times of whole commands and of what happens inside them.

    python bench/lookups.py [RUNS]

Prints the minimum and the median of CPU milliseconds over some runs, each in a process of its own. The graph is the
bundled one and a made-up one with so many claims; both are built before anything is timed.
"""

from __future__ import annotations

import gc
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from made_up import MANY, made_up


def cpu_ms(words: list[str], env: dict[str, str]) -> float:
    """Return the CPU time of a process in milliseconds."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(words, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return 1000 * (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


def report(name: str, times: list[float]) -> None:
    """Print one row."""
    print(f"| {name} | {min(times):.0f} | {statistics.median(times):.0f} |")


def whole_processes(runs: int, env: dict[str, str], many: Path) -> None:
    """Time commands from start to end."""
    from keiretsu_loaders import bundled

    keiretsu = [sys.executable, "-m", "keiretsu"]
    commands = {
        "python -c pass": [sys.executable, "-c", "pass"],
        "python -c 'import typer'": [sys.executable, "-c", "import typer"],
        "a Typer program of one command": [sys.executable, "-c", HELLO, "x"],
        "keiretsu show --help": [*keiretsu, "show", "--help"],
        "keiretsu --help": [*keiretsu, "--help"],
        "keiretsu show Bosch": [*keiretsu, "show", "Bosch"],
        "keiretsu show Alibaba": [*keiretsu, "show", "Alibaba"],
        "keiretsu path NBA Bosch": [*keiretsu, "path", "NBA", "Bosch"],
        "keiretsu partners Alibaba": [*keiretsu, "partners", "Alibaba"],
        "keiretsu why bosch-deal": [*keiretsu, "why", "bosch-deal"],
        "keiretsu find 'Alibba Clod' (rapidfuzz)": [*keiretsu, "find", "Alibba Clod"],
        "keiretsu sparql partners (Oxigraph)": [*keiretsu, "sparql", "partners"],
        "keiretsu check, the bundled facts": [*keiretsu, "check", str(bundled())],
        "keiretsu explore -o page.html": [*keiretsu, "explore", "-o", str(many / "page.html")],
        f"keiretsu show c17, {MANY} claims": [*keiretsu, "show", "c17", "-d", str(many / "out")],
        f"keiretsu path c17 c1234, {MANY} claims": [*keiretsu, "path", "c17", "c1234", "-d", str(many / "out")],
    }
    for name, words in commands.items():
        cpu_ms(words, env)
        report(name, [cpu_ms(words, env) for _ in range(runs)])


HELLO = "import typer\napp = typer.Typer(rich_markup_mode=None)\n@app.command()\ndef hi(x: str): print(x)\napp()"


def timed(name: str, work: Callable[[], object]) -> object:
    """Print how long something takes in CPU milliseconds, and return what it gives."""
    start = time.process_time()
    found = work()
    print(f"| {name} | {1000 * (time.process_time() - start):.0f} | |")
    return found


def main() -> None:
    """Build what is needed, then print the table."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    from keiretsu_graph.build import build
    from keiretsu_graph.sqlite import SqliteView
    from keiretsu_loaders import bundled, load
    from keiretsu_queries.things.show import show

    gc.set_threshold(100_000, 50, 50)  # as the command does
    with tempfile.TemporaryDirectory() as made:
        many = Path(made)
        env = {**os.environ, "KEIRETSU_CACHE": str(many / "cache"), "NO_COLOR": "1"}
        env.pop("PYTHONDONTWRITEBYTECODE", None)
        print("| what | min CPU ms | median CPU ms |\n|---|---|---|")
        seeds = timed("load the bundled facts", lambda: load(bundled()))
        timed("build them", lambda: build(seeds, many / "seeds"))  # type: ignore[arg-type]
        made_up(many / "data")
        dataset = timed(f"load {MANY} claims", lambda: load(many / "data"))
        built = build(dataset, many / "out")  # type: ignore[arg-type]
        timed(f"build {MANY} claims", lambda: build(dataset, many / "out", force=True))  # type: ignore[arg-type]
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        view = SqliteView.open(built.sqlite)
        timed("1,000 x show, in one process", lambda: [show(view, f"c{i}") for i in range(1, 1001)])
        whole_processes(runs, env, many)
        print(f"\nBuilding {MANY} claims took at most {peak} MB.")


if __name__ == "__main__":
    main()
