"""Throughput and latency of servers on loopback, all in one run: ours, Oxigraph's, rdflib-endpoint.

    python bench/serve.py [--claims N | --build DIR] [--seconds S] [--store DIR] [--only WORD] [--json FILE]

Needs `wrk`, and `pip install oxigraph rdflib-endpoint[cli]`. All serve the same graph.nq. Before anything is timed,
the servers' answers are compared row by row. There are two loads, which are told apart: "distinct" asks nothing twice,
so that no response that is kept can help; "again" asks for 500 companies over and over, as the visitors of a site do.
Prints a table in Markdown.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any, NamedTuple

from asked import COMPARED, KINDS, ROWS, Kind, fetched, numbers, path_of, rows_of
from made_up import made_up
from rivals import Server, free_port, load_oxigraph, ours, oxigraph, rdflib_endpoint, running

OURS, THEIRS, RDFLIB = "keiretsu", "Oxigraph's server", "rdflib-endpoint"
_MOST_FOR_RDFLIB = 5_000  # claims; it reads the whole file into Python before it answers
_SAMPLE = 20
_WORKING_SET = 500
_CONNECTIONS = (1, 16)
_LUA = """
local paths, count, nonce = {}, 0, %(nonce)s
local n = %(start)d
for line in io.lines("%(file)s") do paths[#paths + 1] = line end
function request()
  n = n + 1
  local path, accept = paths[n %% #paths + 1], "%(accept)s"
  if nonce then
    if %(sparql)s then path = path .. "%%23" .. n else accept = accept .. ", x/n" .. n .. ";q=0.1" end
  end
  return wrk.format("GET", path, {["Accept"] = accept})
end
function done(summary, latency, requests)
  local e = summary.errors
  io.write(string.format('{"requests": %%d, "seconds": %%f, "p50": %%f, "p99": %%f, "failed": %%d, "bytes": %%d}',
    summary.requests, summary.duration / 1e6, latency:percentile(50) / 1000, latency:percentile(99) / 1000,
    e.connect + e.read + e.write + e.status + e.timeout, summary.bytes))
end
"""


class Figures(NamedTuple):
    """What was measured with one server, one kind of request, one load and so many connections."""

    server: str
    kind: str
    by: str  # SPARQL, or the address of ours
    load: str
    connections: int
    rate: float  # answers in a second
    p50: float  # milliseconds
    p99: float
    cpu: float  # milliseconds of the processor for an answer, of all processes of the server
    failed: int
    size: float  # bytes of an answer, with its headers


class Load(NamedTuple):
    """How a server is asked."""

    name: str
    distinct: bool
    start: int  # from which request on, so that no two runs ask the same


def timed(server: Server, paths: Sequence[str], load: Load, *, sparql: bool, connections: int, seconds: int) -> Any:
    """Return what wrk measured, with the time of the processor."""
    with tempfile.TemporaryDirectory() as folder:
        file, script = Path(folder) / "paths", Path(folder) / "ask.lua"
        file.write_text("\n".join(paths) + "\n", encoding="utf-8")
        words = {
            "file": file, "nonce": str(load.distinct).lower(), "start": load.start, "sparql": str(sparql).lower(),
            "accept": ROWS if sparql else "*/*",
        }  # fmt: skip
        script.write_text(_LUA % words, encoding="utf-8")
        before = server.cpu_seconds()
        command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "20s", "-s", str(script)]
        with subprocess.Popen([*command, server.address], stdout=subprocess.PIPE, text=True) as asking:
            time.sleep(0.8 * seconds)  # at its end workers are gone, for clients that left, and their time with them
            cpu = (server.cpu_seconds() - before) / 0.8
            found, _ = asking.communicate()
        return {**json.loads(found[found.rindex("{") :]), "cpu": cpu}


def measured(server: Server, companies: int, seconds: int, kinds: Sequence[Kind]) -> Iterator[Figures]:
    """Yield the figures of a server, for every kind by every address that it has."""
    start = 0
    for kind in kinds:
        for own in [None, *(kind.own if server.name == OURS else ())]:
            if own is not None and not _is_there(server, own):
                continue
            for distinct in (True, False):
                some = numbers(companies, companies if distinct else _WORKING_SET)
                paths = [path_of(kind, number, server.sparql, own) for number in some]
                if not distinct:  # everything has been asked when the clock starts
                    timed(
                        server,
                        paths,
                        Load("again", distinct=False, start=0),
                        sparql=own is None,
                        connections=16,
                        seconds=2,
                    )
                for connections in _CONNECTIONS:
                    start += 1_000_003
                    load = Load("distinct" if distinct else "again", distinct, start)
                    told = timed(server, paths, load, sparql=own is None, connections=connections, seconds=seconds)
                    answers = max(told["requests"], 1)
                    yield Figures(
                        server.name, kind.name, own.partition("?")[0].replace("cNUMBER", "ID") if own else "SPARQL",
                        load.name, connections, told["requests"] / told["seconds"], told["p50"], told["p99"],
                        1000 * told["cpu"] / answers, told["failed"], told["bytes"] / answers,
                    )  # fmt: skip


def _is_there(server: Server, own: str) -> bool:
    try:
        fetched(server.address + own.replace("NUMBER", "1"), "*/*", read=False)
    except OSError:
        return False
    return True


def compared(servers: Sequence[Server], companies: int) -> Iterator[str]:
    """Yield every difference between the answers of servers about some companies."""
    for kind in KINDS:
        for number in numbers(companies, _SAMPLE):
            found = {one.name: rows_of(one.address + path_of(kind, number, one.sparql)) for one in servers}
            first, *others = found.items()
            yield from (
                f"{kind.name} of c{number}: {first[0]} has {len(first[1])} rows, {name} has {len(rows)}"
                for name, rows in others
                if len(rows) != len(first[1]) or ("LIMIT" not in kind.query and rows != first[1])
            )
            if kind.name in COMPARED and servers[0].name == OURS:
                of_rows, of_answer = COMPARED[kind.name]
                shown = of_answer(fetched(servers[0].address + path_of(kind, number, "", kind.own[0])))
                if missing := of_rows(first[1]) - shown:
                    yield f"{kind.own[0]} of c{number} misses {len(missing)}: {sorted(missing)[:3]}"


def table(rows: Sequence[Figures]) -> Iterator[str]:
    """Yield the lines of the table."""
    yield (
        "| asked | load | by | req/s, 1 | p50 ms | p99 ms | req/s, 16 | p50 ms | p99 ms | CPU ms | to Oxigraph, 1, 16 |"
    )
    yield "|---|---|---|---|---|---|---|---|---|---|---|"
    theirs = {(row.kind, row.load, row.connections): row.rate for row in rows if row.server == THEIRS}
    grouped: dict[tuple[str, str, str, str], dict[int, Figures]] = {}
    for row in rows:
        grouped.setdefault((row.kind, row.load, row.server, row.by), {})[row.connections] = row
    order = {name: place for place, name in enumerate((THEIRS, OURS, RDFLIB))}
    names = [kind.name for kind in KINDS]
    for key, found in sorted(grouped.items(), key=lambda item: (names.index(item[0][0]), item[0][1] != "distinct",
                                                               order[item[0][2]])):  # fmt: skip
        kind, load, server, by = key
        told = " | ".join(f"{_rate(one.rate)} | {one.p50:.1f} | {one.p99:.1f}" for one in map(found.get, _CONNECTIONS)
                          if one)  # fmt: skip
        ratios = [found[many].rate / theirs[kind, load, many] for many in _CONNECTIONS if (kind, load, many) in theirs]
        shown = "" if server == THEIRS else ", ".join(f"{ratio:.2f}" for ratio in ratios)
        who = f"{server}, {by}" if server == OURS else server
        last = found[max(_CONNECTIONS)]
        failed = f" ({last.failed} failed)" if last.failed else ""
        yield f"| {kind} | {load} | {who}{failed} | {told} | {last.cpu:.2f} | {shown} |"


def _rate(rate: float) -> str:
    return f"{rate:,.0f}" if rate >= 10 else f"{rate:.1f}"


def prepared(folder: Path, claims: int) -> Path:
    """Return a new build of a made-up graph."""
    from keiretsu_graph.build import build
    from keiretsu_loaders import load

    made_up(folder / "facts", claims)
    build(load(folder / "facts"), folder / "out")
    return folder / "out"


def main() -> int:
    """Start each server in turn, compare, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--claims", type=int, default=25_000, help="of the made-up graph; each is some 40 quads")
    parser.add_argument("--build", type=Path, help="serve this build of such a graph instead")
    parser.add_argument("--store", type=Path, help="a store that Oxigraph's server has loaded it into")
    parser.add_argument("--seconds", type=int, default=4, help="of each measurement")
    parser.add_argument("--only", default="", help="only kinds whose name holds this word")
    parser.add_argument("--no-rdflib", action="store_true", help="leave rdflib-endpoint out")
    parser.add_argument("--json", type=Path, help="write all figures into this file, too")
    given = parser.parse_args()
    from keiretsu_graph.build import open_build

    with tempfile.TemporaryDirectory() as made, ExitStack() as held:
        folder = Path(made)
        build = open_build(given.build or prepared(folder, given.claims))
        claims, companies = build.manifest.claims, build.manifest.claims * 7 // 40 - 1
        store = given.store or folder / "store"
        if given.store is None:
            load_oxigraph(build.quads, store)
        ports = [free_port() for _ in range(3)]
        servers = [
            held.enter_context(running(OURS, ours(build.folder, ports[0]), ports[0], "/sparql")),
            held.enter_context(running(THEIRS, oxigraph(store, ports[1]), ports[1], "/query")),
        ]
        note = f"{RDFLIB} is not tried with more than {_MOST_FOR_RDFLIB:,} claims"
        if claims <= _MOST_FOR_RDFLIB and not given.no_rdflib:
            starting = running(RDFLIB, rdflib_endpoint(build.quads, ports[2]), ports[2], "/", patience=120)
            try:
                servers.append(held.enter_context(starting))
                note = ""
            except TimeoutError as error:
                note = str(error)
        if differences := list(compared(servers, companies)):
            print(*differences, sep="\n", file=sys.stderr)
            return 1
        kinds = [kind for kind in KINDS if given.only in kind.name]
        # kind by kind, so that what else the machine does meets all servers alike
        rows = [row for kind in kinds for one in servers for row in measured(one, companies, given.seconds, [kind])]
        print(f"{claims:,} claims, {companies:,} companies; {given.seconds} s each; the answers are the same.", note)
        print("", *table(rows), sep="\n")
        if given.json:
            given.json.write_text(json.dumps([row._asdict() for row in rows], indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
