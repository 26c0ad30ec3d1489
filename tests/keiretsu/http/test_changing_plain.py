"""Plain RDF is changed over HTTP: updates and whole graphs, one change after the other, each whole or not at all."""

from __future__ import annotations

import gzip
import resource
import socket
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

from keiretsu_graph.working_copy import read_copy
from servers import serving
from working import behind, limit

TOKEN = "a-token-for-tests-0123456789"  # noqa: S105
BEARER = {"Authorization": f"Bearer {TOKEN}"}
UPDATE = {**BEARER, "Content-Type": "application/sparql-update"}
TURTLE = {**BEARER, "Content-Type": "text/turtle"}
PROBLEM = "application/problem+json"
START = "".join(f'<urn:s{n}> <urn:p> "{n}" .\n' for n in range(300)) + '<urn:a> <urn:n> "0" .\n<urn:b> <urn:n> "0" .\n'
SECONDS = 2.0  # for a change


class Served:
    """A server of plain RDF that may be changed."""

    def __init__(self, address: str, copy: Path) -> None:
        self.address = address
        self.copy = copy

    def change(
        self, update: str, headers: dict[str, str] | None = None, using: dict[str, str] | None = None
    ) -> httpx.Response:
        """Return the response to an update."""
        told = UPDATE if headers is None else headers
        return httpx.post(f"{self.address}/sparql", params=using, content=update, headers=told, timeout=30)

    def store(self, method: str, body: bytes | str = b"", headers: dict[str, str] = TURTLE, **target: str
              ) -> httpx.Response:  # fmt: skip
        """Return the response to a request for a graph."""
        return httpx.request(method, f"{self.address}/store", params=target, content=body, headers=headers, timeout=30)

    def values(self, pattern: str) -> list[str]:
        """Return the values of ?v in a pattern, sorted."""
        query = {"query": f"SELECT ?v {{ {pattern} }}"}
        answer = httpx.get(f"{self.address}/sparql", params=query, headers={"Accept": "text/csv"})
        assert answer.status_code == 200, answer.text
        return sorted(answer.text.split()[1:])

    def on_disk(self) -> list[str]:
        """Return the quads of the working copy, sorted."""
        return sorted(map(str, read_copy(self.copy) or ()))

    def served(self) -> list[str]:
        """Return the quads that are served, sorted."""
        whole = httpx.get(f"{self.address}/store", headers={"Accept": "application/n-quads"})
        return sorted(line.removesuffix(" .") for line in whole.text.splitlines())


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """One server for all tests, each of which has names of its own."""
    folder = tmp_path_factory.mktemp("plain")
    (folder / "start.nt").write_text(START, encoding="utf-8")
    (folder / "token").write_text(TOKEN, encoding="utf-8")
    options = ("--rdf", str(folder / "start.nt"), "--write", "--copy", str(folder / "copy"),
               "--token-file", str(folder / "token"), "--change-timeout", str(SECONDS))  # fmt: skip
    with serving(*options) as address:
        yield Served(address, folder / "copy")


def test_a_change_that_runs_away_is_ended(served: Served) -> None:
    """An update without end is 503 within its time; the graph is as it was and the next change is made."""
    before, began = served.served(), time.monotonic()
    many = " ".join(f"?a{n} ?b{n} ?c{n} ." for n in range(5))

    response = served.change(f"INSERT {{ <urn:x> <urn:y> ?c0 . ?a1 <urn:z> ?c2 }} WHERE {{ {many} }}")

    assert (response.status_code, response.headers["content-type"]) == (503, PROBLEM)
    assert time.monotonic() - began < SECONDS + 5
    assert (served.served(), served.on_disk()) == (before, before)
    assert served.change("INSERT DATA { <urn:after> <urn:runaway> 1 }").status_code == 204


def test_readers_see_the_old_graph_or_the_new_one(served: Served) -> None:
    """While changes are made nobody sees half of one, and nobody an error."""
    stop, seen = threading.Event(), []

    def read() -> None:
        while not stop.is_set():
            seen.append(tuple(served.values("?s <urn:n> ?v")))

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    for number in range(1, 9):
        update = f'DELETE {{ ?s <urn:n> ?o }} INSERT {{ ?s <urn:n> "{number}" }} WHERE {{ ?s <urn:n> ?o }}'
        assert served.change(update).status_code == 204
    stop.set()
    for reader in readers:
        reader.join()

    assert seen
    assert {len(values) for values in seen} == {2}
    assert {len(set(values)) for values in seen} == {1}
    assert served.values("?s <urn:n> ?v") == ["8", "8"]


def test_changes_at_once_are_each_made_once(served: Served) -> None:
    """Of many clients that change at the same time none is lost and none counts twice."""
    assert served.change("INSERT DATA { <urn:count> <urn:is> 0 }").status_code == 204
    update = """DELETE { <urn:count> <urn:is> ?n } INSERT { <urn:count> <urn:is> ?more }
                WHERE { <urn:count> <urn:is> ?n BIND(?n + 1 AS ?more) }"""

    with ThreadPoolExecutor(8) as clients:
        found = [answer.status_code for answer in clients.map(served.change, [update] * 24)]

    assert found == [204] * 24
    assert served.values("<urn:count> <urn:is> ?v") == ["24"]
    assert served.on_disk() == served.served()


def test_a_client_that_leaves_splits_nothing(served: Served) -> None:
    """What a client sent that did not wait is on disk exactly if it is served."""
    parts = urlsplit(served.address)
    for number in range(12):
        body = f"INSERT DATA {{ <urn:left> <urn:at> {number} }}".encode()
        head = (f"POST /sparql HTTP/1.1\r\nHost: {parts.netloc}\r\nAuthorization: Bearer {TOKEN}\r\n"
                f"Content-Type: application/sparql-update\r\nContent-Length: {len(body)}\r\n\r\n")  # fmt: skip
        with socket.create_connection((str(parts.hostname), int(parts.port or 0))) as line:
            line.sendall(head.encode() + body)
            time.sleep(0.002 * number)
    assert served.change("INSERT DATA { <urn:left> <urn:at> 100 }").status_code == 204

    assert served.on_disk() == served.served()
    assert "100" in served.values("<urn:left> <urn:at> ?v")


@pytest.mark.skipif(sys.platform != "linux", reason="needs /proc")
def test_a_full_disk_leaves_the_old_graph(served: Served) -> None:
    """Where nothing can be written the change is 503; served and on disk is what was there, and the next one works."""
    before = served.served()
    working = behind(int(urlsplit(served.address).port or 0))
    limit(working, 1_000)
    response = served.change("INSERT DATA { <urn:full> <urn:disk> 1 }")
    limit(working, resource.RLIM_INFINITY)

    assert (response.status_code, "cannot be written" in response.json()["detail"]) == (503, True)
    assert (served.served(), served.on_disk()) == (before, before)
    assert served.change("INSERT DATA { <urn:full> <urn:disk> 2 }").status_code == 204
    assert served.on_disk() == served.served()


def test_a_graph_is_put_read_added_to_and_deleted(served: Served) -> None:
    """PUT makes a graph (201) or replaces it (204), POST adds, DELETE removes; what is not there is 404."""
    graph = "urn:g:life"
    found = [
        served.store("GET", graph=graph),
        served.store("PUT", "<urn:a> <urn:b> 1 .", graph=graph),
        served.store("PUT", "<urn:a> <urn:b> 2 .", graph=graph),
        served.store("POST", "<urn:a> <urn:b> 3 .", graph=graph),
        served.store("HEAD", graph=graph),
    ]
    held = served.values(f"GRAPH <{graph}> {{ ?s ?p ?v }}")
    found += [served.store("DELETE", graph=graph), served.store("DELETE", graph=graph)]

    assert [row.status_code for row in found] == [404, 201, 204, 204, 200, 204, 404]
    assert held == ["2", "3"]
    assert served.on_disk() == served.served()


def test_a_graph_without_a_name_gets_one(served: Served) -> None:
    """POST to the store makes a graph, and Location says where it is read."""
    made = served.store("POST", "<#x> <urn:b> 'made' .")

    assert (made.status_code, made.headers["location"].startswith(f"{served.address}/store/")) == (201, True)
    read = httpx.get(made.headers["location"], headers={"Accept": "application/n-triples"})
    assert read.text == f'<{made.headers["location"]}#x> <urn:b> "made" .\n'
    assert httpx.delete(made.headers["location"], headers=BEARER).status_code == 204


def test_a_form_holds_several_graphs(served: Served) -> None:
    """The files of a form are put into one graph, each read as what it is."""
    files = [("one", ("a.ttl", b"<urn:a> <urn:b> 'turtle' .", "text/turtle")),
             ("two", ("b.nt", b'<urn:a> <urn:b> "triples" .', "application/n-triples"))]  # fmt: skip
    put = httpx.put(f"{served.address}/store", params={"graph": "urn:g:form"}, files=files, headers=BEARER)

    assert put.status_code == 201
    assert served.values("GRAPH <urn:g:form> { ?s ?p ?v }") == ["triples", "turtle"]


def test_a_dataset_is_added_and_put_whole(served: Served) -> None:
    """TriG without the name of a graph is the store as a whole: POST adds its graphs, PUT leaves nothing else."""
    before = served.store("GET", headers={"Accept": "application/n-quads"}).content
    trig = {**BEARER, "Content-Type": "application/trig"}
    quads = {**BEARER, "Content-Type": "application/n-quads"}

    assert served.store("POST", "<urn:g:1> { <urn:a> <urn:b> 1 }", trig).status_code == 204
    assert served.values("GRAPH <urn:g:1> { ?s ?p ?v }") == ["1"]
    assert served.store("PUT", "<urn:g:2> { <urn:a> <urn:b> 2 }", trig).status_code == 204
    assert (len(served.served()), served.values("GRAPH ?g { ?s ?p ?v }")) == (1, ["2"])
    assert served.store("PUT", before, quads).status_code == 204
    assert served.served() == served.on_disk()


DOCTYPE = '<!DOCTYPE r [<!ENTITY a "b">]><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/>'
REFUSED: dict[str, tuple[str, bytes | str, dict[str, str], int]] = {
    "packed": ("PUT", gzip.compress(b"<urn:a> <urn:b> 1 ."), {**TURTLE, "Content-Encoding": "gzip"}, 415),
    "a type that is none": ("PUT", b"x", {**BEARER, "Content-Type": "image/png"}, 415),
    "a type of datasets for one graph": ("PUT", b"", {**BEARER, "Content-Type": "application/trig"}, 415),
    "broken": ("PUT", b"<urn:a> <urn:b> .", TURTLE, 400),
    "entities in XML": ("PUT", DOCTYPE, {**BEARER, "Content-Type": "application/rdf+xml"}, 400),
    "a context from afar": ("POST", b'{"@context": "http://127.0.0.1:1/c", "@id": "urn:a", "name": "b"}',
                            {**BEARER, "Content-Type": "application/ld+json"}, 400),
    "no token": ("PUT", b"", {"Content-Type": "text/turtle"}, 401),
    "a wrong token": ("DELETE", b"", {"Authorization": "Bearer 0123456789abcdef"}, 401),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_refused_changes_nothing(served: Served, case: str) -> None:
    """What is no graph, is packed, reaches out or comes without the token is told so, and all is as it was."""
    method, body, headers, status = REFUSED[case]
    before = served.served()

    response = served.store(method, body, headers, graph="urn:g:refused")

    assert (response.status_code, response.headers["content-type"]) == (status, PROBLEM), response.text
    assert (served.served(), served.on_disk()) == (before, before)


def test_the_graphs_of_where_are_named_beside_an_update(served: Served) -> None:
    """using-graph-uri says what WHERE is asked of; beside USING in the update it is 400."""
    for name, value in (("one", 1), ("two", 2)):
        assert served.store("PUT", f"<urn:u> <urn:v> {value} .", graph=f"urn:g:{name}").status_code == 201
    update = "INSERT { GRAPH <urn:g:found> { ?s ?p ?v } } WHERE { ?s ?p ?v }"

    assert served.change(update, using={"using-graph-uri": "urn:g:one"}).status_code == 204
    assert served.values("GRAPH <urn:g:found> { ?s ?p ?v }") == ["1"]
    twice = served.change(update.replace("WHERE", "USING <urn:g:two> WHERE"), using={"using-graph-uri": "urn:g:one"})
    assert (twice.status_code, twice.headers["content-type"]) == (400, PROBLEM)


@pytest.mark.parametrize("update", ["LOAD <file:///etc/passwd>", "LOAD <http://127.0.0.1:1/x>",
                                    "INSERT { <urn:a> <urn:b> ?o } WHERE { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }"
                                    ])  # fmt: skip
def test_updates_do_not_reach_out(served: Served, update: str) -> None:
    """What would read a file or ask another server is refused."""
    response = served.change(update)
    assert (response.status_code, response.headers["content-type"]) == (400, PROBLEM)


def test_a_server_without_write_changes_nothing(tmp_path: Path) -> None:
    """Where the owner did not say --write, everything that would change the graph is 403, token or not."""
    (tmp_path / "start.nt").write_text(START, encoding="utf-8")
    with serving("--rdf", str(tmp_path / "start.nt")) as address:
        at = Served(address, tmp_path / "none")
        found = [at.change("CLEAR ALL"), at.change("CLEAR ALL", {"Content-Type": "application/sparql-update"}),
                 at.store("PUT", "", graph="urn:g"), at.store("DELETE", default="")]  # fmt: skip
    assert [row.status_code for row in found] == [403] * 4
