"""What a hostile client can do to a server, measured: a Markdown table of what it sees, and of how the next one fares.

    python bench/dangers.py [GRAPH]

Starts `keiretsu serve` of the graph (the bundled one without) with two workers of 500 MB, two seconds for an
answer and two seconds of patience. Queries are sent twice at once, so that both workers have one. After each danger the
next request is a small query that nobody asked before; how long its answer takes is the last column. Takes half a
minute.
"""

from __future__ import annotations

import argparse
import http.client
import json
import re
import resource
import selectors
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from itertools import count
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

SECONDS = 2
MANY, ROOM = 1_000, 1_100  # clients that are slow, and connections that the server takes
OPTIONS = (
    *("--workers", "2", "--memory", "500", "--timeout", str(SECONDS)),
    *("--patience", str(SECONDS), "--max-connections", str(ROOM)),
)
_DOUBLED = " ".join(f"BIND(CONCAT({', '.join([f'?v{i}'] * 10)}) AS ?v{i + 1})" for i in range(10))

_POST = "POST /sparql HTTP/1.1\nHost: localhost\nContent-Type: application/sparql-query\n"

# Each danger that is a query, by what it is called.
QUERIES = {
    "a regular expression that backtracks, `(a+)+$`": (
        f'SELECT (COUNT(*) AS ?n) {{ ?s ?p ?o FILTER(REGEX("{"a" * 1_000}!", "^(a+)+$")) }}'
    ),
    "a regular expression of a million states": 'SELECT ?s { ?s ?p ?o FILTER(REGEX(STR(?o), "((a{100}){100}){100}")) }',
    "10,000 brackets within each other": f"SELECT * {{ ?s ?p ?o FILTER({'(' * 10_000}1{')' * 10_000}) }}",
    "a sum of 30,000 terms": f"SELECT * {{ ?s ?p ?o FILTER({'+'.join(['1'] * 30_000)} > 0) }}",
    "a text of 10 GB, by ten CONCATs": f'SELECT (STRLEN(?v10) AS ?n) {{ BIND("x" AS ?v0) {_DOUBLED} }}',
    "a product of three patterns, counted": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "a product of two patterns, sorted": "SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?c ?f",
    "a path through everything, twice": "SELECT (COUNT(*) AS ?n) { ?a (!<x:>|^!<x:>)* ?b . ?b (!<x:>|^!<x:>)* ?c }",
}


class Seen(NamedTuple):
    """What the client of a danger saw."""

    told: str
    seconds: float


class Server:
    """The server that is tried."""

    def __init__(self, address: str) -> None:
        parts = urlsplit(address)
        self.at = (parts.hostname or "", parts.port or 80)
        self._numbers = count()

    def ask(self, text: str) -> Seen:
        """Return what a query gives."""
        line = http.client.HTTPConnection(*self.at, timeout=60)
        began = time.perf_counter()
        try:
            line.request("POST", "/sparql", text.encode(), {"Content-Type": "application/sparql-query"})
            answer = line.getresponse()
            body = answer.read()
        finally:
            line.close()
        return Seen(_told(answer.status, body), time.perf_counter() - began)

    def next_seconds(self) -> float:
        """Return how long a small query takes that nobody asked before; refusals are waited out."""
        began = time.perf_counter()
        while not self.ask(f"ASK {{ ?s ?p {next(self._numbers)} }}").told.startswith("200"):
            time.sleep(0.01)
        return time.perf_counter() - began

    def open(self) -> socket.socket:
        """Return a connection."""
        return socket.create_connection(self.at, timeout=60)


def _told(status: int, body: bytes) -> str:
    try:
        detail = json.loads(body).get("detail", "")
    except ValueError:
        detail = ""
    return f"{status} {detail[:90]}".strip()


def queried(text: str) -> Callable[[Server], Seen]:
    """Return what sends a query twice at once."""

    def run(server: Server) -> Seen:
        with ThreadPoolExecutor(2) as pool:
            return max(pool.map(server.ask, [text, text]), key=lambda seen: seen.seconds)

    return run


def _sent(lines: list[socket.socket], data: bytes) -> None:
    for line in lines:
        line.sendall(data)


def _ends(lines: list[socket.socket], *, drip: bytes = b"") -> Seen:
    """Return the statuses by which a server ends connections, and how long it took until the last one was ended.

    Args:
        lines: The connections.
        drip: What each goes on to send, again and again.
    """
    began, found, left = time.perf_counter(), Counter[str](), set(lines)
    by_number = {line.fileno(): line for line in lines}
    with selectors.DefaultSelector() as ready:
        for line in lines:
            line.settimeout(0)
            ready.register(line, selectors.EVENT_READ)
        while left and time.perf_counter() - began < 30:
            for key, _ in ready.select(timeout=0.2):
                line = by_number[key.fd]
                try:
                    first = line.recv(65_536)
                except OSError:
                    first = b""
                found[first[9:12].decode() or "closed"] += 1
                ready.unregister(line)
                left.discard(line)
            for line in list(left) if drip else ():
                try:
                    line.send(drip)
                except OSError:
                    continue
    told = ", ".join(f"{status} to {number:,}" for status, number in found.most_common())
    return Seen(told + (f", {len(left):,} left" if left else ""), time.perf_counter() - began)


def slow(server: Server) -> Seen:
    """Have many clients send their headers letter by letter, and ask for something meanwhile."""
    with ExitStack() as stack:
        lines = [stack.enter_context(server.open()) for _ in range(MANY)]
        _sent(lines, b"GET /health HTTP/1.1\r\nHost: localhost\r\nX: ")
        meanwhile = server.next_seconds()
        seen = _ends(lines, drip=b"x")
    return seen._replace(told=f"{seen.told}; another is answered meanwhile in {1000 * meanwhile:.0f} ms")


def half(server: Server) -> Seen:
    """Have clients promise a body and send half of it."""
    head = f"{_POST}Content-Length: 1000\n\n".replace("\n", "\r\n").encode()
    with ExitStack() as stack:
        lines = [stack.enter_context(server.open()) for _ in range(MANY)]
        _sent(lines, head + b"#" * 500)
        meanwhile = server.next_seconds()
        seen = _ends(lines)
    return seen._replace(told=f"{seen.told}; another is answered meanwhile in {1000 * meanwhile:.0f} ms")


def flood(server: Server) -> Seen:
    """Open more connections than there is room for, and say nothing."""
    with ExitStack() as stack:
        return _ends([stack.enter_context(server.open()) for _ in range(2 * ROOM)])


def bytes_sent(head: str, *parts: bytes) -> Callable[[Server], Seen]:
    """Return what sends one request, as far as the server takes it."""

    def run(server: Server) -> Seen:
        began = time.perf_counter()
        with server.open() as line:
            try:
                for part in (head.replace("\n", "\r\n").encode(), *parts):
                    line.sendall(part)
            except OSError:
                pass  # it said no before all was sent
            answer = http.client.HTTPResponse(line)
            try:
                answer.begin()
                told = _told(answer.status, answer.read())
            except (OSError, http.client.HTTPException):
                told = "closed"
        return Seen(told, time.perf_counter() - began)

    return run


_LONG = b"X: " + b"x" * 100_000 + b"\r\n"
_CHUNK = b"%x\r\n" % 1_000_000 + b"#" * 1_000_000 + b"\r\n"
DANGERS: dict[str, Callable[[Server], Seen]] = {
    **{name: queried(text) for name, text in QUERIES.items()},
    f"{MANY:,} clients that send headers letter by letter": slow,
    f"{MANY:,} requests of which half the body comes": half,
    f"{2 * ROOM:,} connections that say nothing, room for {ROOM:,}": flood,
    "a body of 1 GB": bytes_sent(f"{_POST}Content-Length: 1000000000\n\n"),
    "a body without a length that does not end": bytes_sent(f"{_POST}Transfer-Encoding: chunked\n\n", *[_CHUNK] * 64),
    "headers of 10 MB": bytes_sent("GET /health HTTP/1.1\nHost: localhost\n", *[_LONG] * 100),
    "an address of 100 KB": bytes_sent(f"GET /health?{'x' * 100_000} HTTP/1.1\nHost: localhost\n\n"),
}  # fmt: skip


@contextmanager
def serving(graph: str | None) -> Iterator[Server]:
    """Give a server that is ended afterwards."""
    words = [sys.executable, "-m", "keiretsu", "serve", "--port", "0", "--log", "none", *OPTIONS]
    with tempfile.TemporaryDirectory() as folder:
        said = Path(folder) / "said"
        with said.open("wb") as stream:
            process = subprocess.Popen([*words, *([graph] if graph else [])], stderr=stream)
        try:
            while (found := re.search(r"http://\S+", said.read_text())) is None:
                if process.poll() is not None:
                    raise SystemExit(said.read_text())
                time.sleep(0.05)
            yield Server(found[0])
        finally:
            process.terminate()
            process.wait()


def main() -> None:
    """Try every danger and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("graph", nargs="?")
    given = parser.parse_args()
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(8_192, hard), hard))
    with serving(given.graph) as server:
        print("| danger | what the client sees | after | the next request |\n|---|---|---|---|")
        for name, run in DANGERS.items():
            seen = run(server)
            after = 1000 * server.next_seconds()
            print(f"| {name} | {seen.told} | {1000 * seen.seconds:,.0f} ms | {after:.0f} ms |", flush=True)


if __name__ == "__main__":
    main()
