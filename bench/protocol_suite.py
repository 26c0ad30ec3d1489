"""How many of the W3C's tests of the SPARQL protocols a server passes, and which it does not.

    python bench/protocol_suite.py CHECKOUT [--suite query|protocol|description|store]... [--endpoint URL]

CHECKOUT is one of github.com/w3c/rdf-tests. Without an endpoint `keiretsu serve` is started with the graphs that the
tests expect, and with what follows `--` (options that let it be changed). With one, that server is asked: it should
hold those graphs (`--write-data FILE` writes them), and updates change it. `--update URL` and `--store URL` say where
it takes changes, `--header 'Authorization: Bearer ...'` who asks.
"""

from __future__ import annotations

import argparse
import contextlib
import http.client
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

import pyoxigraph as ox
from exchanges import Case, Exchange, Expected, cases
from rdflib import RDF, Graph, Namespace, URIRef
from rdflib.compare import isomorphic

AUTHORITY = "www.example"  # by which the tests call a server
MANIFESTS = {
    "query": ("protocol/manifest.ttl",),
    "protocol": ("protocol/manifest.ttl",),
    "store": ("graph-store-protocol/manifest-direct.ttl", "graph-store-protocol/manifest-indirect.ttl"),
}
SUITES = (*MANIFESTS, "description")
RESULTS = {
    "application/sparql-results+json": ox.QueryResultsFormat.JSON,
    "application/sparql-results+xml": ox.QueryResultsFormat.XML,
    "text/tab-separated-values": ox.QueryResultsFormat.TSV,
}
GRAPHS = {
    "text/turtle": "turtle",
    "application/n-triples": "nt",
    "application/rdf+xml": "xml",
    "application/ld+json": "json-ld",
}
SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
# What a property of the vocabulary of service descriptions is said of, and of what kind that is which it names.
SCHEMA = {
    "endpoint": ("Service", None),
    "supportedLanguage": ("Service", None),
    "feature": ("Service", None),
    "resultFormat": ("Service", None),
    "inputFormat": ("Service", None),
    "extensionFunction": ("Service", None),
    "extensionAggregate": ("Service", None),
    "languageExtension": ("Service", None),
    "propertyFeature": ("Service", None),
    "defaultEntailmentRegime": ("Service", None),
    "defaultSupportedEntailmentProfile": ("Service", None),
    "availableGraphs": ("Service", "GraphCollection"),
    "defaultDataset": ("Service", "Dataset"),
    "defaultGraph": ("Dataset", "Graph"),
    "namedGraph": (None, "NamedGraph"),
    "name": ("NamedGraph", None),
    "graph": ("NamedGraph", "Graph"),
    "entailmentRegime": ("NamedGraph", None),
    "supportedEntailmentProfile": ("NamedGraph", None),
}


class Server(NamedTuple):
    """Who is judged."""

    query: str
    update: str
    store: str
    headers: tuple[tuple[str, str], ...] = ()
    authority: str | None = None

    def place_of(self, exchange: Exchange) -> str:
        """Return where a request goes; the paths of the tests begin with a name of their own."""
        asked = re.sub(r"^/(sparql/?|gsp)", "", exchange.path)
        if exchange.path.startswith("/gsp"):
            return self.store + asked
        said = [value for name, value in exchange.headers if name.lower() == "content-type"]
        changing = "update" in f"{exchange.path}{said}" or exchange.body.startswith(b"update")
        return (self.update if changing else self.query) + asked


class Response(NamedTuple):
    """What came back."""

    status: int
    media: str
    body: bytes
    location: str


def sent(server: Server, exchange: Exchange, known: dict[str, str]) -> Response:
    """Return the response to a request in which names are replaced by what earlier responses told."""
    place, body = server.place_of(exchange), exchange.body
    for name, value in known.items():
        place, body = place.replace(name, value), body.replace(name.encode(), value.encode())
    parts = urlsplit(place)
    line = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=30)
    headers = dict(exchange.headers) | dict(server.headers)
    if server.authority:
        headers["Host"] = server.authority
    target = place.removeprefix(f"{parts.scheme}://{parts.netloc}")
    with contextlib.closing(line):
        line.request(exchange.method, target, body or None, headers)
        found = line.getresponse()
        media = (found.getheader("content-type") or "").split(";")[0]
        return Response(found.status, media, found.read(), found.getheader("location") or "")


def fault(response: Response, expected: Expected) -> str | None:
    """Return what is wrong with a response, or None."""
    if not expected.has(response.status):
        return f"status {response.status}, not {' or '.join(expected.statuses)}: {response.body[:200]!r}"
    if expected.form == "RDF":
        return None if _is_graph(response) else f"{response.media} is not RDF"
    if expected.form in ("boolean", "tabular"):
        return _unlike(response, expected)
    if expected.graph is not None:
        wanted = Graph().parse(data=expected.graph[1], format=GRAPHS[expected.graph[0]])
        if not _is_graph(response) or not isomorphic(wanted, _graph(response)):
            return f"another graph: {response.body[:300]!r}"
    return None


def _unlike(response: Response, expected: Expected) -> str | None:
    kind = RESULTS.get(response.media)
    if kind is None:
        return f"{response.media} is no form of results"
    found = ox.parse_query_results(response.body, format=kind)
    if isinstance(found, ox.QueryBoolean) != (expected.form == "boolean"):
        return f"not {expected.form}"
    if isinstance(found, ox.QueryBoolean) and bool(found) is not (expected.boolean in (True, None)):
        return f"{bool(found)}, not {expected.boolean}"
    return None


def _graph(response: Response) -> Graph:
    return Graph().parse(data=response.body, format=GRAPHS[response.media])


def _is_graph(response: Response) -> bool:
    try:
        return response.media in GRAPHS and _graph(response) is not None
    except Exception:  # whatever a parser says of it
        return False


def judged(server: Server, case: Case) -> str | None:
    """Return the first fault in the responses to a case."""
    known: dict[str, str] = {}
    for at, exchange in enumerate(case.exchanges, start=1):
        response = sent(server, exchange, known)
        if (wrong := fault(response, exchange.expected)) is not None:
            return f"request {at}: {wrong}"
        if exchange.expected.location:
            known[exchange.expected.location] = response.location
    return None


def emptied(server: Server) -> None:
    """Have a server hold nothing."""
    parts = urlsplit(server.update)
    line = http.client.HTTPConnection(parts.hostname or "", parts.port)
    headers = {"Content-Type": "application/sparql-update", **dict(server.headers)}
    line.request("POST", parts.path, b"DROP ALL", headers)
    line.getresponse().read()
    line.close()


def described(server: Server) -> Iterator[tuple[str, str | None]]:
    """Yield the three tests of a service description, which their manifest tells in words alone."""
    expected = Expected(("2xx",), "RDF")
    asked = Exchange("GET", "/sparql", (("accept", ", ".join(GRAPHS)),), b"", expected)
    response = sent(server._replace(authority=None), asked, {})
    wrong = fault(response, expected)
    yield "returns-rdf", wrong
    graph = Graph() if wrong else _graph(response)
    there = (None, SD.endpoint, URIRef(server.query)) in graph
    yield "has-endpoint-triple", None if there else f"endpoint {list(map(str, graph.objects(None, SD.endpoint)))}"
    yield "conforms-to-schema", "; ".join(_against_schema(graph)) or None


def _against_schema(graph: Graph) -> Iterator[str]:
    """Yield what does not conform: no service, terms that there are not, things of the wrong kind."""
    if len(list(graph.subjects(RDF.type, SD.Service))) != 1:
        yield "not one service"
    for subject, name, value in graph:
        if not str(name).startswith(str(SD)):
            continue
        if (term := str(name).removeprefix(str(SD))) not in SCHEMA:
            yield f"no property {term}"
            continue
        for node, kind in zip((subject, value), SCHEMA[term], strict=True):
            if kind is not None and (node, RDF.type, SD[kind]) not in graph:
                yield f"{node} of {term} is not a {kind}"


def write_data(checkout: Path, file: Path) -> None:
    """Write the graphs that the tests expect as N-Quads."""
    quads = {
        ox.Quad(one.subject, one.predicate, one.object, ox.NamedNode(name))
        for case in cases(checkout / MANIFESTS["query"][0])
        for name, part in case.data
        for one in ox.parse(path=str(part))
    }
    file.write_bytes(b"".join(f"{quad} .\n".encode() for quad in sorted(quads, key=str)))


@contextlib.contextmanager
def launched(checkout: Path, options: list[str]) -> Iterator[str]:
    """Give the address of a server that holds the graphs of the tests."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "data.nq"
        write_data(checkout, file)
        command = [sys.executable, "-m", "keiretsu", "serve", "--rdf", str(file), "--port", "0", "--log", "none"]
        process = subprocess.Popen([*command, "--allow-host", AUTHORITY, *options], stderr=subprocess.PIPE, text=True)
        assert process.stderr is not None  # noqa: S101  a pipe
        try:
            for line in process.stderr:
                if (found := re.search(r"serving at (http://\S+)", line)) is not None:
                    yield found[1]
                    return
            raise SystemExit("the server did not start")
        finally:
            process.terminate()
            process.wait(timeout=30)


def run(server: Server, checkout: Path, suite: str) -> bool:
    """Print how a suite went, and return whether all of it passed."""
    if suite == "description":
        found = list(described(server))
    else:
        every = [case for name in MANIFESTS[suite] for case in cases(checkout / name)]
        asked = [case for case in every if suite != "query" or "update" not in case.name]
        found = []
        for case in asked:
            if suite == "store":
                emptied(server)  # each case begins with no graph
            found.append((case.name, judged(server, case)))
    passed = sum(wrong is None for _, wrong in found)
    print(f"{suite}: {passed}/{len(found)}")
    for name, wrong in found:
        if wrong is not None:
            print(f"  {name}: {wrong}")
    return passed == len(found)


def main() -> int:
    """Run what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkout", type=Path)
    parser.add_argument("--suite", action="append", choices=SUITES)
    parser.add_argument("--endpoint")
    parser.add_argument("--update")
    parser.add_argument("--store")
    parser.add_argument("--header", action="append", default=[])
    parser.add_argument("--write-data", type=Path)
    words = sys.argv[1:]
    end = words.index("--") if "--" in words else len(words)
    given = parser.parse_args(words[:end])
    checkout = given.checkout / "sparql" / "sparql11"
    if given.write_data:
        write_data(checkout, given.write_data)
        return 0
    headers = tuple((name.strip(), value.strip()) for name, value in (row.split(":", 1) for row in given.header))
    with contextlib.ExitStack() as stack:
        address = None if given.endpoint else stack.enter_context(launched(checkout, words[end + 1 :]))
        query = given.endpoint or f"{address}/sparql"
        store = given.store or query.rsplit("/", 1)[0] + "/store"
        server = Server(query, given.update or query, store, headers, AUTHORITY if address else None)
        went = [run(server, checkout, suite) for suite in given.suite or ["query", "description"]]
    return 0 if all(went) else 1


if __name__ == "__main__":
    raise SystemExit(main())
