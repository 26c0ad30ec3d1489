"""Times of every question, inside the program and as whole processes, on the bundled graph and on one of 20,000 claims.

    python bench/questions.py [RUNS]

Prints the median of CPU milliseconds over some runs: the examples of every question on the bundled graph, and the rows
of ASKED on the large one.
"""

from __future__ import annotations

import gc
import os
import shlex
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from lookups import cpu_ms
from made_up import MANY, made_up

# What the large graph is asked: c0 is its hub, v0 its busiest speaker, s0 one of its sources.
ASKED: tuple[str, ...] = (
    'ask "Who are the partners of Company 17?"',
    "show c17", "show c0", "find 'Company 17'", "find 'Compny 17'",
    "partners c17", "partners c0", "why k17", "why k1",
    "list companies", "list customers --of c17", "list companies --relation supplied_by --of c17",
    "ties", "ties supplier_of", "ties --by speaker",
    "path c17 c1234", "between c17 c1234", "between c0 c17", "common c17 c1234", "common c0 c17",
    "depends c17", "depends c0", "exposure c17", "exposure c0",
    "metrics c17", "metrics c0", "compare c17 c1234", "compare c0 c17",
    "timeline c17", "timeline c0", "at 2020-06-30 c17", "at 2020-06-30 c0",
    "changes c17 --since 2024-01-01", "changes --since 2024-01-01",
    "conflicts", "conflicts c0", "who-says", "who-says v17", "who-says v0",
    "sources", "sources c0", "gaps", "gaps c17", "gaps c0",
    "central", "central --measure closeness", "central --measure eigenvector", "communities", "bridges",
)  # fmt: skip


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
    return [*bundled, *((words, folder) for words in ASKED)]


def main() -> None:
    """Build both graphs, then print the table."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    from keiretsu_graph.build import build
    from keiretsu_loaders import load

    gc.set_threshold(100_000, 50, 50)  # as the command does
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
