"""Times of every question, inside the program and as whole processes, on the bundled graph and on one of 20,000 claims.

    python bench/questions.py [RUNS]

Prints the median of CPU milliseconds over some runs. A question that has no row in ASKED is asked by its first example,
on the bundled graph alone.
"""

from __future__ import annotations

import os
import shlex
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from lookups import MANY, cpu_ms, made_up

# What the large graph is asked: its things are called c0, c1 ... and supply each other.
ASKED: dict[str, tuple[str, ...]] = {
    "show": ("show c17",),
    "find": ("find 'Company 17'",),
    "partners": ("partners c17",),
    "path": ("path c17 c4711",),
    "timeline": ("timeline c17",),
    "metrics": ("metrics c17",),
    "conflicts": ("conflicts",),
    "why": ("why k17",),
    "central": ("central", "central --measure closeness", "central --measure eigenvector"),
    "communities": ("communities",),
    "bridges": ("bridges",),
    "ties": ("ties", "ties supplier_of", "ties --by speaker"),
    "list": ("list companies", "list customers --of c17", "list companies --relation supplied_by --of c17"),
}


def inside(words: str, folder: Path | None) -> Callable[[], object]:
    """Return what asks a question without a process of its own, laid out for a page."""
    from typer.testing import CliRunner

    from keiretsu import cli

    app = cli.make_app(shlex.split(words))
    given = [*shlex.split(words), *(["-d", str(folder)] if folder else [])]
    return lambda: CliRunner().invoke(app, given)


def median_ms(work: Callable[[], object], runs: int) -> float:
    """Return the median of CPU milliseconds of some runs in this process, the first left out."""
    work()
    times = []
    for _ in range(runs):
        start = time.process_time()
        work()
        times.append(1000 * (time.process_time() - start))
    return statistics.median(times)


def rows(folder: Path) -> list[tuple[str, Path | None]]:
    """Return what is asked of which graph."""
    from keiretsu_queries.questions import QUESTIONS

    bundled = [(example, None) for row in QUESTIONS.values() for example in row.examples]
    return [*bundled, *((words, folder) for name in QUESTIONS for words in ASKED.get(name, ()))]


def main() -> None:
    """Build both graphs, then print the table."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    from keiretsu_graph.build import build
    from keiretsu_loaders import load

    with tempfile.TemporaryDirectory() as made:
        many = Path(made)
        os.environ["KEIRETSU_CACHE"] = str(many / "cache")
        os.environ["NO_COLOR"] = "1"
        made_up(many / "data")
        build(load(many / "data"), many / "out")
        cpu_ms([sys.executable, "-m", "keiretsu", "find", "x"], {**os.environ})  # builds the bundled graph
        print(f"| question, on the bundled graph or {MANY:,} claims | inside ms | whole process ms |\n|---|---|---|")
        for words, folder in rows(many / "out"):
            whole = [sys.executable, "-m", "keiretsu", *shlex.split(words), *(["-d", str(folder)] if folder else [])]
            process = statistics.median(cpu_ms(whole, {**os.environ}) for _ in range(runs))
            graph = f"{words} ({MANY:,})" if folder else words
            print(f"| {graph} | {median_ms(inside(words, folder), runs):.0f} | {process:.0f} |", flush=True)


if __name__ == "__main__":
    main()
