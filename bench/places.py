"""Times of laying out, and of look-ups in a graph of a million entities.

    python bench/places.py layouts
    python bench/places.py lookups [THINGS]

The first prints CPU seconds of a layout of groups at some sizes, how many neighbours of a thing are among the ten
nearest to it, and how far things move when a hundredth is new. The second prints milliseconds of look-ups in a graph of
THINGS entities (a million unless said) with twice as many ties, every twentieth of them of one hub.
"""

from __future__ import annotations

import random
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

Edge = tuple[int, int]


def of_groups(things: int) -> list[Edge]:
    """Return twice as many ties as things: groups of 4 to 80 with a hub each, a fourth of the ties between groups."""
    chance = random.Random(7)
    ties: set[Edge] = set()
    hubs, at = [], 0
    while at < things:
        size = min(things - at, max(4, int(chance.lognormvariate(3.2, 0.6))))
        hubs.append(at)
        ends = [at]
        for member in range(at + 1, at + size):
            for _ in range(2 if chance.random() < 0.75 else 1):
                other = chance.choice(ends)
                if other != member:
                    ties.add((other, member))
                    ends += [other, member]
            ends.append(member)
        at += size
    while len(ties) < 2 * things:
        one, other = chance.choice(hubs) if chance.random() < 0.5 else chance.randrange(things), chance.choice(hubs)
        if one != other:
            ties.add((min(one, other), max(one, other)))
    return sorted(ties)


def kept_near(places: list[tuple[float, float]], ties: list[Edge]) -> float:
    """Return the share of a thing's neighbours among the ten nearest, on the average over things with up to ten."""
    import numpy as np

    points = np.array(places)
    near: list[set[int]] = [set() for _ in places]
    for one, other in ties:
        near[one].add(other)
        near[other].add(one)
    some = [one for one in range(0, len(points), max(1, len(points) // 2000)) if 0 < len(near[one]) <= 10]
    shares = []
    for one in some:
        away = np.hypot(*(points - points[one]).T)
        away[one] = np.inf
        shares.append(len(near[one].intersection(np.argpartition(away, 10)[:10].tolist())) / len(near[one]))
    return float(np.mean(shares))


def layouts() -> None:
    """Print a row a size."""
    from keiretsu_graph.layout import lay_out

    print("| things | CPU s | neighbours near | CPU s with 1 % new | the others moved by |\n|---|---|---|---|---|")
    for things in (1_000, 5_000, 20_000, 100_000, 250_000):
        ties, names = of_groups(things), [f"{number:07}" for number in range(things)]
        start = time.process_time()
        found = lay_out(names, ties, {})
        took = time.process_time() - start
        before = {name: place for number, (name, place) in enumerate(found.items()) if number % 100}
        start = time.process_time()
        again = lay_out(names, ties, before)
        warm = time.process_time() - start
        moved = max(abs(again[name][0] - x) + abs(again[name][1] - y) for name, (x, y) in before.items())
        near = kept_near([found[name] for name in names], ties)
        print(f"| {things:,} | {took:.2f} | {near:.0%} | {warm:.2f} | {moved} |", flush=True)


def _ties(things: int) -> Iterator[tuple[str, str, str, str, str, int]]:
    chance = random.Random(5)
    relations = ("supplier_of", "customer_of", "partner_of", "investor_in", "competitor_of")
    for number in range(2 * things):
        one = 0 if number % 20 == 0 else int(things * chance.random() ** 2)
        other = number % things
        if one != other:
            yield (f"company-{one}", relations[number % 5], f"company-{other}", "", f"c{number:020}", 1)


def written(file: Path, things: int) -> None:
    """Write the tables that look-ups of neighbours read."""
    from keiretsu_graph import neighbourhoods
    from keiretsu_graph.sqlite import APPLICATION_ID, SCHEMA_VERSION
    from keiretsu_graph.sqlite_writer import _INDEXES, _SCHEMA

    with sqlite3.connect(file) as db:
        db.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;" + _SCHEMA + neighbourhoods.SCHEMA)
        meta = {"name": "x", "title": "x", "digest": "x", "entities": str(things), "claims": "0", "sources": "0"}
        db.executemany("INSERT INTO meta VALUES (?, ?)", sorted(meta.items()))
        db.executemany("INSERT INTO entity VALUES (?, 'company', '{}')", ((f"company-{n}",) for n in range(things)))
        db.executemany("INSERT INTO tie VALUES (?, ?, ?, ?, ?, ?)", sorted(_ties(things)))
        db.commit()
        db.executescript(_INDEXES)
        before, start = file.stat().st_size, time.process_time()
        db.executescript(neighbourhoods.FILL)
        took = time.process_time() - start
        grown = f"from {before >> 20} to {file.stat().st_size >> 20} MB"
        print(f"\nFilling the tables of neighbours: {took:.0f} s, {grown}.\n")
        db.executescript(f"PRAGMA application_id={APPLICATION_ID}; PRAGMA user_version={SCHEMA_VERSION};")
    db.close()


def _timed(name: str, work: Callable[[], object], runs: int = 9) -> None:
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        times.append(1000 * (time.perf_counter() - start))
    print(f"| {name} | {times[0]:.1f} | {statistics.median(times):.1f} |", flush=True)


def main() -> None:
    """Print one of the tables."""
    if sys.argv[1:2] != ["lookups"]:
        layouts()
        return
    things = int(sys.argv[2]) if len(sys.argv) > 2 else 1_000_000
    from keiretsu_graph.sqlite import SqliteView

    with tempfile.TemporaryDirectory() as made:
        file = Path(made) / "graph.sqlite"
        written(file, things)
        view = SqliteView.open(file)
        chance = random.Random(1)
        some = [f"company-{chance.randrange(things)}" for _ in range(2000)]
        print("| what | first ms | median ms |\n|---|---|---|")
        _timed("tally of the hub", lambda: view.tally("company-0"))
        _timed("tally of another", lambda: view.tally(some[0]))
        _timed("among 2,000, none a hub", lambda: view.among(some))
        _timed("among 2,000 and the hub", lambda: view.among([*some, "company-0"]))
        _timed("among the 2,000 foremost", lambda: view.among(view.foremost(2000)))
        _timed("among the hub and one", lambda: view.among(["company-0", some[1]]))
        _timed("foremost 2,000", lambda: view.foremost(2000))
        print("The hub:", view.tally("company-0")[0][:3], "ties:", len(view.among(view.foremost(2000))))
        start = time.process_time()
        view.arrange(progress=lambda words: print(words, flush=True))
        print(f"\nLaying out {things:,} things: {time.process_time() - start:.0f} s CPU.\n")
        _timed("places of 2,000", lambda: view.places(some))
        view.close()


if __name__ == "__main__":
    main()
