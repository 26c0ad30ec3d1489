"""A soak: one server under mixed load for a while, its workers killed and its graph replaced meanwhile.

    python bench/soak.py [--seconds S] [--claims N] [--seed N] [--json FILE]

Every answer is compared with what the graph that is served, or where it is just being replaced one of the two, must
answer; that was worked out in this process before. Memory and open files are looked at after a first part of the
time and at its end, each time when nobody asks. Ends with 1 where an answer was wrong, a request was lost that was not
refused with 503, or more was taken than before: 20 % and 20 MB of memory, ten open files, or any process.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import signal
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections import Counter
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote, unquote, urlsplit

from asked import KINDS, ROWS, numbers, path_of
from made_up import made_up
from rivals import Server, free_port, ours, running, tree
from visitors import CROWD, Asked, World, brief, visiting

_WORKERS = 2
_PUBLIC = "http://soak.example"  # the address that answers may name, the same on every port
_LARGE = "SELECT ?s ?p ?o { ?s ?p ?o } LIMIT 20000"
_PAGES = (("/entity/c%d", "application/n-triples"), ("/entity/c%d", "application/ld+json"))
_QUESTIONS = {"show": "name", "partners": "name", "find": "text", "metrics": "entity", "timeline": "names"}


class Graph(NamedTuple):
    """One of the two graphs that are served in turn."""

    name: str
    facts: Path
    current: str  # as the server's health tells it


class Taken(NamedTuple):
    """What all processes of a server take when nobody asks."""

    memory: int  # kilobytes: PSS, so that what is shared counts once
    files: int
    processes: int


def taken(server: Server) -> Taken:
    """Return what a server takes."""
    memory = files = 0
    processes = tree(server.process.pid)
    for pid in processes:
        with suppress(OSError):
            rows = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
            memory += sum(int(row.split()[1]) for row in rows if row.startswith("Pss:"))
            files += len(list(Path(f"/proc/{pid}/fd").iterdir()))
    return Taken(memory, files, len(processes))


def workers_of(server: Server) -> list[int]:
    """Return the processes that work: those three levels below the one that listens."""
    parents = {pid: int(Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[1])
               for pid in tree(server.process.pid)}  # fmt: skip

    def depth(pid: int) -> int:
        return 0 if pid == server.process.pid else 1 + depth(parents[pid])

    return [pid for pid in parents if depth(pid) == 3]


def health(server: Server) -> Any:
    """Return what the server tells of itself; it does so with 503 while all its workers have just been killed."""
    try:
        with urllib.request.urlopen(f"{server.address}/health", timeout=30) as found:
            return json.load(found)
    except urllib.error.HTTPError as error:
        return json.load(error)


def made(folder: Path, claims: int) -> list[Graph]:
    """Return two graphs that differ in what every claim says, each built in a folder of its own."""
    from keiretsu_graph.build import build
    from keiretsu_loaders import load

    found = []
    for name, says in (("one", "says so."), ("other", "says otherwise.")):
        facts = folder / name
        made_up(facts, claims)
        for file in (facts / "claims").glob("*.yaml"):
            file.write_text(file.read_text(encoding="utf-8").replace("says so.", says), encoding="utf-8")
        built = build(load(facts), folder / f"{name}-built")
        found.append(Graph(name, facts, built.manifest.current))
    return found


def expected(folder: Path, graphs: list[Graph], claims: int) -> tuple[list[Asked], Asked]:
    """Return what is asked, with the right answers: the jobs behind the addresses, done in this process."""
    from keiretsu import jobs
    from keiretsu.workers.limits import Limits
    from keiretsu.workers.plan import Desk, Plan

    plans = {graph.name: Plan(build=str(folder / f"{graph.name}-built"), base=_PUBLIC) for graph in graphs}
    desks = {name: Desk(plan, Limits()) for name, plan in plans.items()}

    def all_of(path: str, media: str, job: str, **given: Any) -> Asked:
        bodies = {name: jobs.JOBS[job](desk, **given).body for name, desk in desks.items()}
        return Asked(path, media, bodies)

    def sparql(path: str, text: str) -> Asked:
        return all_of(path, ROWS, "sparql", text=text, accept=ROWS, base=f"{_PUBLIC}/sparql")

    found = []
    for number in numbers(claims * 7 // 40 - 1, 30):
        for kind in KINDS:
            path = path_of(kind, number, "/sparql")
            found.append(sparql(path, unquote(path.partition("query=")[2])))
        for question, name in _QUESTIONS.items():
            given = {name: [f"Company {number}"]}
            path = f"/api/{question}?{name}={quote(given[name][0])}"
            found.append(all_of(path, "application/json", "answer", question=question, given=given, form="json"))
    return found, sparql(f"/sparql?query={quote(_LARGE)}", _LARGE)


def pages(folder: Path, graphs: list[Graph], claims: int) -> list[Asked]:
    """Return the pages of entities, where there are some, as a server answers them that nobody else asks."""
    found: dict[tuple[str, str], dict[str, bytes]] = {}
    for graph in graphs:
        with _started(folder / f"{graph.name}-built") as server:
            for number in numbers(claims * 7 // 40 - 1, 15):
                for path, accept in _PAGES:
                    request = urllib.request.Request(server.address + path % number, headers={"Accept": accept})
                    with suppress(OSError), urllib.request.urlopen(request, timeout=30) as answer:
                        shown = urlsplit(answer.url).path
                        found.setdefault((shown, accept), {})[graph.name] = answer.read()
    return [Asked(path, accept, bodies) for (path, accept), bodies in found.items() if len(bodies) == len(graphs)]


def _started(build: Path) -> Any:
    port = free_port()
    bounds = ["--base", _PUBLIC, "--timeout", "2", "--patience", "3", "--workers", str(_WORKERS)]
    return running("keiretsu", [*ours(build, port), *bounds], port, "/sparql")


class Soak:
    """A server, the two graphs, and everything that is done to it."""

    def __init__(self, server: Server, world: World, graphs: list[Graph], folder: Path, dice: random.Random) -> None:
        self.server = server
        self.world = world
        self.graphs = graphs
        self.folder = folder
        self.dice = dice
        self.done: Counter[str] = Counter()

    async def part(self, seconds: float) -> Taken:
        """Have the crowd for so long, then return what the server takes when it is quiet again."""
        self.world.ends.clear()
        crowd = [
            asyncio.ensure_future(visiting(visitor, self.world, self._die()))
            for visitor, many in CROWD
            for _ in range(many)
        ]
        killing = asyncio.ensure_future(self._kill())
        ends = time.monotonic() + seconds
        while True:  # each part ends with the graph that it began with
            for graph in reversed(self.graphs):
                await self._replace(graph)
            if time.monotonic() > ends:
                break
        self.world.ends.set()
        await asyncio.gather(*crowd, killing)
        return await self._quiet()

    def _die(self) -> random.Random:
        return random.Random(self.dice.random())

    async def _replace(self, graph: Graph) -> None:
        """Build a graph into the folder that is served, and wait until it is."""
        self.world.turn(None)
        command = ["-m", "keiretsu", "build", str(graph.facts), "-o", str(self.folder / "served")]
        process = await asyncio.create_subprocess_exec(
            sys.executable, *command, stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.PIPE
        )
        _, said = await process.communicate()
        if process.returncode:
            raise RuntimeError(said.decode())
        ends = time.monotonic() + 60
        while (await asyncio.to_thread(health, self.server))["graph"] != graph.current:
            if time.monotonic() > ends:
                self.world.fault(f"the new build {graph.current} was not taken up")
                return
            await asyncio.sleep(0.1)
        self.world.turn(graph.name)
        self.done["graphs replaced"] += 1
        await asyncio.sleep(self.dice.random())

    async def _kill(self) -> None:
        """Kill a worker every now and then."""
        while not self.world.ends.is_set():
            await asyncio.sleep(0.2 + self.dice.random())
            with suppress(OSError, KeyError, ValueError, IndexError):
                os.kill(self.dice.choice(workers_of(self.server)), signal.SIGKILL)
                self.done["workers killed"] += 1

    async def _quiet(self) -> Taken:
        ends = time.monotonic() + 20
        while time.monotonic() < ends:
            await asyncio.gather(*(brief(self.world, self.dice) for _ in range(4 * _WORKERS)))  # a worker that was
            await asyncio.sleep(0.3)  # killed while it rested is missed when its turn comes
            told = await asyncio.to_thread(health, self.server)
            if told["workers"] == _WORKERS and not told["working"] and len(workers_of(self.server)) == _WORKERS:
                break
        await asyncio.sleep(1.0)
        return taken(self.server)


def grown(before: Taken, after: Taken) -> list[str]:
    """Return what a server takes more of than it may."""
    found = []
    if after.memory > 1.2 * before.memory + 20_000:
        found.append(f"memory grew from {before.memory:,} kB to {after.memory:,} kB")
    if after.files > before.files + 10:
        found.append(f"open files grew from {before.files} to {after.files}")
    if after.processes > before.processes:
        found.append(f"processes grew from {before.processes} to {after.processes}")
    return found


async def soaked(soak: Soak, seconds: float) -> dict[str, Any]:
    """Return what a soak found."""
    world, began = soak.world, time.monotonic()
    before = await soak.part(min(seconds / 4, 60))
    after = await soak.part(seconds - (time.monotonic() - began))
    return {
        "seconds": round(time.monotonic() - began),
        "requests": dict(sorted(world.found.items())),
        "done": dict(sorted(soak.done.items())),
        "before": before._asdict(),
        "after": after._asdict(),
        "faults": [*world.faults, *grown(before, after)],
    }


def main() -> int:
    """Make the graphs, start the server, soak it, tell."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--claims", type=int, default=1_000, help="of each of the two graphs")
    parser.add_argument("--seed", type=int, default=1, help="of chance")
    parser.add_argument("--json", type=Path, help="write what was found into this file, too")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="keiretsu-soak-") as place:
        folder = Path(place)
        graphs = made(folder, given.claims)
        asked, large = expected(folder, graphs, given.claims)
        asked += pages(folder, graphs, given.claims)
        (folder / "one-built").rename(folder / "served")
        with _started(folder / "served") as server:
            world = World(server.address, asked, large)
            soak = Soak(server, world, graphs, folder, random.Random(given.seed))
            found = asyncio.run(soaked(soak, given.seconds))
    text = json.dumps({**found, "faults": found["faults"][:20]}, indent=1)
    print(text)
    if given.json:
        given.json.write_text(text + "\n", encoding="utf-8")
    return 1 if found["faults"] or not found["requests"].get("answered rightly") else 0


if __name__ == "__main__":
    sys.exit(main())
