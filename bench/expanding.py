"""How long a node of a very large graph takes to expand, asked of the running server as the explorer's page asks it.

A million things with two million ties do not go through `keiretsu build` on a machine like ours: the SPARQL engine
would take 80 GB. bare_build.py leaves that one out; nothing that is asked here reads it.
"""

from __future__ import annotations

import http.client
import json
import random
import sqlite3
import time
from collections.abc import Iterable
from itertools import chain, pairwise
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from explorer_figures import Expanding, part_of_hundred
from rivals import free_port, ours, running

from keiretsu_graph.build import Build, open_build

RANDOM, HUBS = 200, 20
_SHOWN = 12  # neighbours that one click brings
_REFUSED = 503  # also by the bound on one answer
_PARTS = ("tally", "fragment", "details")


class Asking:
    """One connection, as a browser keeps it."""

    def __init__(self, address: str) -> None:
        parts = urlsplit(address)
        self.connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=120)
        self.refused = 0  # answers that would have been too large

    def ask(self, path: str, body: Any = None) -> Any:
        """Return what is answered; None where that is more than is answered at once.

        Raises:
            RuntimeError: The server fails.
        """
        headers = {"Accept": "application/json", "Accept-Encoding": "gzip", "Content-Type": "application/json"}
        sent = None if body is None else json.dumps(body)
        self.connection.request("GET" if body is None else "POST", path, sent, headers)
        answer = self.connection.getresponse()
        read = answer.read()
        if answer.status == _REFUSED:
            self.refused += 1
            return None
        if answer.status != 200:
            raise RuntimeError(f"{path}: {answer.status} {read[:300].decode(errors='replace')}")
        if answer.headers.get("Content-Encoding") == "gzip":
            from gzip import decompress

            read = decompress(read)
        return json.loads(read)

    def expand(self, entity: str) -> list[float]:
        """Return the milliseconds that each request of expanding a node took."""
        moments = [time.perf_counter()]
        tallied = self.ask(f"/explore/tally?id={quote(entity)}")
        moments.append(time.perf_counter())
        near = list(dict.fromkeys(row[0] for group in tallied for row in group["top"]))[:_SHOWN]
        self.ask("/explore/fragment", {"ids": [entity, *near]})
        moments.append(time.perf_counter())
        self.ask("/explore/details", {"entities": [entity], "claims": []})
        moments.append(time.perf_counter())
        return [1000 * (later - earlier) for earlier, later in pairwise(moments)]


def chosen(build: Build, seed: int = 7) -> dict[str, list[tuple[str, int]]]:
    """Return the nodes that are expanded with how many ties each has: some by chance, and the most tied ones."""
    file = f"file:{quote(str(build.sqlite))}?mode=ro"
    with sqlite3.connect(file, uri=True) as db:
        counts = dict(db.execute("SELECT id, 0 FROM entity ORDER BY id"))
        ends = (
            "SELECT subject, count(*) FROM tie GROUP BY subject",
            "SELECT object, count(*) FROM tie GROUP BY object",
        )
        for id_, many in chain.from_iterable(map(db.execute, ends)):
            counts[id_] += many
    dice = random.Random(seed)
    some = dice.sample(sorted(counts), min(RANDOM, len(counts)))
    most = sorted(counts, key=lambda id_: (-counts[id_], id_))[:HUBS]
    return {"by chance": [(id_, counts[id_]) for id_ in some], "largest hubs": [(id_, counts[id_]) for id_ in most]}


def figures(which: str, asked: Iterable[tuple[str, int]], server: Asking) -> Expanding:
    """Return the figures of expanding some nodes, each once."""
    listed, refused = list(asked), server.refused
    times = [server.expand(id_) for id_, _ in listed]

    def both(values: list[float]) -> tuple[float, float]:
        return part_of_hundred(values, 50), part_of_hundred(values, 95)

    ties = [many for _, many in listed]
    parts = {name: both([row[place] for row in times]) for place, name in enumerate(_PARTS)}
    return Expanding(which, len(listed), f"{min(ties):,} to {max(ties):,}", both([sum(row) for row in times]), parts,
                     server.refused - refused)  # fmt: skip


def expanded(folder: Path) -> list[Expanding]:
    """Return the figures of a build, served."""
    build = open_build(folder)
    nodes, port = chosen(build), free_port()
    with running("keiretsu", ours(folder, port), port, "/sparql") as server:
        asking = Asking(server.address)
        asking.ask("/explore/tally?id=" + quote(nodes["by chance"][0][0]))  # its first answer opens the file
        return [figures(which, some, asking) for which, some in nodes.items()]
