"""A graph that is served elsewhere is asked as one that is here."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

import keiretsu
from examples import EXAMPLES, call_of
from factories import small_dataset
from keiretsu.library import Graph
from keiretsu_graph.build import Build, build
from keiretsu_ontology.errors import (
    GraphChangedError,
    QueryRefusedError,
    StoreError,
    UnknownClaimError,
    UsageError,
)
from keiretsu_queries.parameters import parameters_of
from servers import serving


@pytest.fixture(scope="module")
def address(seeds_build: Build) -> Iterator[str]:
    """A server of the bundled graph."""
    with serving(str(seeds_build.folder), "--log", "none") as at:
        yield at


def asked(graph: Graph, example: str) -> dict[str, Any]:
    """Return what a graph answers to an example of the command line, as plain data."""
    question, given = call_of(example)
    rows = parameters_of(question.ask)
    about = [given.pop(row.name) for row in rows if row.positional and row.name in given]
    about = about[0] if rows[0].several else about
    named = {row.name: given[row.name.rstrip("_")] for row in rows if row.name.rstrip("_") in given}
    named |= {name: value for name, value in given.items() if name in ("as_of", "known_by")}
    found: dict[str, Any] = getattr(graph, question.function)(*about, **named).to_dict()
    return found


def test_every_example_is_answered_as_here(address: str, seeds_build: Build) -> None:
    """Each example of each question has the same answer, to the last field."""
    assert len(EXAMPLES) > 40
    with keiretsu.connect(address) as there, keiretsu.open(seeds_build.folder) as here:
        for example in EXAMPLES:
            assert asked(there, example) == asked(here, example), example
        assert repr(there) == repr(here)


def test_the_rest_of_a_graph_is_there_too(address: str, seeds_build: Build) -> None:
    """SPARQL, networkx, rows and errors are those of a graph that is here."""
    with keiretsu.connect(address) as there, keiretsu.open(seeds_build.folder) as here:
        _compare(there, here)


def _compare(there: Graph, here: Graph) -> None:
    query = "SELECT ?s ?name { ?s a kei:Chip ; kei:name ?name } ORDER BY ?s"

    assert there.sparql(query).rows() == here.sparql(query).rows()
    made = "CONSTRUCT { ?s a ?c } WHERE { ?s a kei:Chip, ?c }"
    assert set(there.sparql(made).triples) == set(here.sparql(made).triples)
    assert there.sparql("ASK { ?s a kei:Chip }").truth is True
    assert sorted(there.to_networkx().edges(keys=True)) == sorted(here.to_networkx().edges(keys=True))
    assert there.partners("Bosch").rows() == here.partners("Bosch").rows()
    for graph in (there, here):
        with pytest.raises(UnknownClaimError, match="did you mean"):
            graph.why("bosch-dael")
        with pytest.raises(QueryRefusedError, match="line 1"):
            graph.sparql("SELECT * {")
        with pytest.raises(UsageError):
            graph.show("Bosch", limit=-1)


def test_one_answer_is_of_one_graph(tmp_path: Path) -> None:
    """Where another graph is built meanwhile, what was seen of the one before is not mixed into an answer."""
    out, dataset = tmp_path / "out", small_dataset()
    build(dataset, out)
    with serving(str(out), "--log", "none") as address, keiretsu.connect(address) as graph:
        before = graph.view.about()
        build(replace(dataset, claims=dataset.claims[:-1], digest="f" * 64), out)
        with pytest.raises(GraphChangedError, match="ask again"):
            _ask_on(graph)

        assert graph.show("south").state == "known"
        after = graph.view.about()
        assert (after.digest, after.claims) == ("f" * 64, before.claims - 1)


def _ask_on(graph: Graph) -> None:
    """Ask anew again and again; the server looks for a new build once a second."""
    for number in range(10_000):
        graph.view.names(f"north {number}")


def test_a_question_is_asked_again_of_the_new_graph(tmp_path: Path) -> None:
    """Whoever asks a question while the graph becomes another one gets an answer, of the new graph alone."""
    out, dataset = tmp_path / "out", small_dataset()
    build(dataset, out)
    with serving(str(out), "--log", "none") as address, keiretsu.connect(address) as graph:
        build(replace(dataset, claims=dataset.claims[:-1], digest="f" * 64), out)
        for number in range(10_000):
            assert graph.find(f"north {number}").answer
            if graph.view._graph == "f" * 64:  # type: ignore[attr-defined]
                break

        assert graph.view.about().digest == "f" * 64


@pytest.mark.parametrize(
    "address", ["127.0.0.1:5340", "file:///etc/passwd", "http://", "http://user:pass@localhost", "http://[", "ftp://a/"]
)
def test_only_addresses_of_servers_are_taken(address: str) -> None:
    """What is no http address is refused before anything is sent."""
    with pytest.raises(UsageError):
        keiretsu.connect(address)


ANSWERS: dict[str, tuple[int, dict[str, str], bytes]] = {
    "a page": (200, {"Content-Type": "text/html"}, b"<h1>hello</h1>"),
    "nothing": (200, {}, b""),
    "another version": (200, {}, json.dumps({"version": 99, "graph": "x", "next": None, "items": []}).encode()),
    "no items": (200, {}, json.dumps({"version": 1, "graph": "x", "next": None}).encode()),
    "odd items": (200, {}, json.dumps({"version": 1, "graph": "x", "next": None, "items": [[1], {}, None]}).encode()),
    "no next": (200, {}, json.dumps({"version": 1, "graph": "x", "items": []}).encode()),
    "too deep": (200, {}, b"[" * 100_000),
    "no gzip": (200, {"Content-Encoding": "gzip"}, b"plain"),
    "a fault": (500, {}, b"oops"),
    "an odd problem": (400, {"Content-Type": "application/problem+json"}, b'{"detail": 7}'),
    "elsewhere": (302, {"Location": "http://127.0.0.1:1/"}, b""),
}


@pytest.mark.parametrize("answer", ANSWERS)
def test_a_strange_server_is_an_error(answer: str) -> None:
    """Whatever a server that is not ours answers, a clear error comes of it; nothing is followed elsewhere."""
    status, headers, body = ANSWERS[answer]

    class Odd(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            self.send_response(status)
            for name, value in {**headers, "Content-Length": str(len(body))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Odd) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            with pytest.raises(StoreError):
                keiretsu.connect(f"http://127.0.0.1:{server.server_port}", timeout=5)
        finally:
            server.shutdown()
            thread.join()


def test_a_server_that_is_not_there_is_an_error() -> None:
    """Nobody listens: a sentence says so."""
    with pytest.raises(StoreError, match="cannot be reached"):
        keiretsu.connect("http://127.0.0.1:1", timeout=1)
