"""How many of the W3C's SPARQL tests pass, and which do not.

    python bench/conformance.py CHECKOUT [--suite query|results|update|syntax|sparql10]... [--endpoint URL] [--json]

CHECKOUT is one of github.com/w3c/rdf-tests. Without an endpoint each case runs in this process, through the function
that answers for the server, the command line and assistants. With one, `URL` answers queries and `--update URL` takes
the updates that bring the data; it is emptied before each case, so give it a server that holds nothing of worth.
`--bare` asks the engine alone, without the guard and the mends: it tells what those are worth.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
import urllib.error
import urllib.request
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple, Protocol
from urllib.parse import urlencode, urljoin

import pyoxigraph as ox
from likeness import Result, canonical_graph, is_alike, is_alike_csv, read_expected, read_results
from manifests import SUITES, Case, Data, Part, cases

from keiretsu_ontology.errors import KeiretsuError

ROWS = {".srx": "application/sparql-results+xml", ".srj": "application/sparql-results+json"}
TABLES = {".csv": "text/csv", ".tsv": "text/tab-separated-values"}
JSON, TRIPLES = "application/sparql-results+json", "application/n-triples"


class RefusedError(Exception):
    """What was asked is not admitted; that is what a negative test wants."""


class FailedError(Exception):
    """What was asked is sound, and could not be done: a graph to be cleared that is not there."""


class Engine(Protocol):
    """Who is judged."""

    def load(self, data: Data) -> None:
        """Hold this and nothing else."""

    def ask(self, text: str, accept: str, base: str) -> tuple[bytes, str]:
        """Return the answer to a query and its media type."""

    def update(self, text: str, base: str) -> None:
        """Do an update."""

    def held(self) -> list[ox.Quad]:
        """Return what there is now."""


def quads_of(data: Data) -> list[ox.Quad]:
    """Return what the files of a case hold; blank nodes of two files are never the same."""
    found: list[ox.Quad] = []
    for part in data:
        graph = ox.DefaultGraph() if part.graph is None else ox.NamedNode(part.graph)
        if part.file is None:
            found.append(ox.Quad(*[ox.NamedNode(part.base)] * 3, graph))
            continue
        kind = ox.RdfFormat.from_extension(part.file.suffix.removeprefix("."))
        read = ox.parse(
            path=str(part.file), format=kind, base_iri=part.base, without_named_graphs=True, rename_blank_nodes=True
        )
        found.extend(ox.Quad(one.subject, one.predicate, one.object, graph) for one in read)
    return found


class InProcess:
    """The function that answers for every face, in this process."""

    def __init__(self) -> None:
        self.store = ox.Store()

    def load(self, data: Data) -> None:
        """Hold this and nothing else."""
        self.store = ox.Store()
        self.store.extend(quads_of(data))

    def ask(self, text: str, accept: str, base: str) -> tuple[bytes, str]:
        """Return what the job gives."""
        from keiretsu.http.sparql_job import answer
        from keiretsu.workers.limits import Limits
        from keiretsu.workers.plan import Desk, Plan

        desk = Desk(Plan(files=("tests.nq",), union=False), Limits(), self.store)
        try:
            product = answer(desk, text=text, accept=accept, base=base)
        except KeiretsuError as error:
            kind = FailedError if "cannot be run" in str(error) else RefusedError
            raise kind(str(error)) from None
        return product.body, product.media

    def update(self, text: str, base: str) -> None:
        """Do an update that the guard admits."""
        from keiretsu_graph.guard import refuse_update

        try:
            self.store.update(refuse_update(text), base_iri=base)
        except (KeiretsuError, SyntaxError, ValueError) as error:
            raise RefusedError(str(error)) from None
        except (RuntimeError, OSError) as error:
            raise FailedError(str(error)) from None

    def held(self) -> list[ox.Quad]:
        """Return what the store holds."""
        return list(self.store)


class Bare(InProcess):
    """The engine alone."""

    def ask(self, text: str, accept: str, base: str) -> tuple[bytes, str]:
        """Return what the engine gives."""
        fmt = ox.QueryResultsFormat.from_media_type(accept.split(",")[0])
        try:
            found = self.store.query(text, base_iri=base)
            if isinstance(found, ox.QueryTriples):
                return bytes(found.serialize(format=ox.RdfFormat.N_TRIPLES) or b""), TRIPLES
            return bytes(found.serialize(format=fmt) or b""), fmt.media_type
        except SyntaxError as error:
            raise RefusedError(str(error)) from None
        except (ValueError, RuntimeError, OSError) as error:
            raise FailedError(str(error)) from None

    def update(self, text: str, base: str) -> None:
        """Do an update."""
        try:
            self.store.update(text, base_iri=base)
        except (SyntaxError, ValueError) as error:
            raise RefusedError(str(error)) from None
        except (RuntimeError, OSError) as error:
            raise FailedError(str(error)) from None


class Endpoint:
    """A server, over HTTP; KEIRETSU_TOKEN is shown to it where that is set."""

    def __init__(self, query: str, update: str) -> None:
        self.addresses = {"query": query, "update": update}
        token = os.environ.get("KEIRETSU_TOKEN")
        self.headers = {"Authorization": f"Bearer {token}"} if token else {}

    def load(self, data: Data) -> None:
        """Empty the server and insert the data."""
        lines: dict[str, list[str]] = {}
        for quad in quads_of(data):
            lines.setdefault(str(quad.graph_name), []).append(f"{quad.triple} .")
        held = [
            " ".join(rows) if name == "DEFAULT" else f"GRAPH {name} {{ {' '.join(rows)} }}"
            for name, rows in lines.items()
        ]
        self.update(f"DROP ALL ; INSERT DATA {{ {' '.join(held)} }}", "")

    def ask(self, text: str, accept: str, base: str) -> tuple[bytes, str]:
        """Return what the server answers."""
        return self._send("query", f"BASE <{base}> {text}" if base else text, accept)

    def update(self, text: str, base: str) -> None:
        """Send an update."""
        self._send("update", f"BASE <{base}> {text}" if base else text, "*/*")

    def held(self) -> list[ox.Quad]:
        """Return what the server holds now."""
        read = "SELECT * { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }"
        rows = read_results(self.ask(read, JSON, "")[0], ".srj").rows  # type: ignore[union-attr]
        return [ox.Quad(row["s"], row["p"], row["o"], row.get("g", ox.DefaultGraph())) for row in rows]

    def _send(self, what: str, text: str, accept: str) -> tuple[bytes, str]:
        body = urlencode({what: text}).encode()
        request = urllib.request.Request(self.addresses[what], body, {"Accept": accept, **self.headers})
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return answer.read(), answer.headers.get_content_type()
        except urllib.error.HTTPError as error:
            kind = RefusedError if error.code == 400 else FailedError
            raise kind(error.read().decode("utf-8", "replace")) from None


class Judgement(NamedTuple):
    """How a case went."""

    name: str
    title: str
    passed: bool
    reason: str = ""


def judged(engine: Engine, case: Case) -> Judgement:
    """Return how a case went."""
    text = case.action.read_bytes().decode("utf-8")
    try:
        engine.load(case.data or _named_in(text, case))
        reason = _reason(engine, case, text)
    except RefusedError as error:
        reason = "" if "Negative" in case.kind else f"refused: {error}"
    except FailedError as error:
        reason = "" if "Positive" in case.kind else f"failed: {error}"
    return Judgement(case.name, case.title, not reason, reason)


def _named_in(text: str, case: Case) -> Data:
    """Return the graphs that a query names after FROM: where a test gives no data, they are files beside it.

    In a test of syntax they are no files: each holds one triple, so that it is there.
    """
    prefixes = dict(re.findall(r"\bPREFIX\s+(\S*):\s*<([^>]*)>", text, re.IGNORECASE))
    named = dict.fromkeys(re.findall(r"\bFROM\s+(?:NAMED\s+)?(?:<([^>]*)>|(\S*):(\S*))", text, re.IGNORECASE))
    names = [name or prefixes.get(prefix, "") + rest for name, prefix, rest in named]
    where = [(urljoin(case.base, name), case.action.parent / name) for name in names]
    return tuple(Part(address, file if file.is_file() else None, address) for address, file in where)


def _reason(engine: Engine, case: Case, text: str) -> str:
    """Return why a case failed, or nothing."""
    if "Update" in case.kind:
        engine.update(text, case.base)
    else:
        suffix = case.result.suffix if case.result is not None else ".srj"
        accept = (ROWS | TABLES).get(suffix, JSON)
        body, media = engine.ask(text, f"{accept},{TRIPLES}" if accept in ROWS.values() else accept, case.base)
    if "Negative" in case.kind:
        return "it was admitted"
    if case.kind == "UpdateEvaluationTest":
        return "" if _dataset(engine.held()) == _dataset(quads_of(case.after)) else "the store holds something else"
    if case.result is None:
        return ""
    expected = read_expected(case.result, case.base)
    if isinstance(expected, bytes):
        return "" if is_alike_csv(body, expected) else "another table"
    found = _read(body, media)
    ordered = "ORDER BY" in " ".join(text.upper().split())
    return "" if is_alike(found, expected, ordered=ordered, lax=case.lax) else "another result"


def _read(body: bytes, media: str) -> Result:
    media = media.partition(";")[0]
    suffix = next((suffix for suffix, name in (ROWS | TABLES).items() if name == media), None)
    if suffix is not None:
        return read_results(body, suffix)
    return canonical_graph(quad.triple for quad in ox.parse(body, format=ox.RdfFormat.from_media_type(media)))


def _dataset(quads: Iterable[ox.Quad]) -> frozenset[str]:
    held = ox.Dataset(quads)
    held.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    return frozenset(map(str, held))


def main() -> int:
    """Run the suites and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkout", type=Path)
    parser.add_argument("--suite", action="append", choices=SUITES, help="all of them where none is named")
    parser.add_argument("--endpoint", help="the address that answers queries")
    parser.add_argument("--update", help="the address that takes updates; the same where it is not told")
    parser.add_argument("--bare", action="store_true")
    parser.add_argument("--json", action="store_true")
    told = parser.parse_args()
    engine: Engine = Endpoint(told.endpoint, told.update or told.endpoint) if told.endpoint else InProcess()
    if told.bare:
        engine = Bare()
    found = {
        suite: [judged(engine, case) for case in cases(told.checkout.resolve(), suite)]
        for suite in told.suite or SUITES
    }
    if told.json:
        json.dump({suite: [row._asdict() for row in rows] for suite, rows in found.items()}, sys.stdout, indent=2)
        return 0
    for suite, rows in found.items():
        print(f"{suite:10} {sum(row.passed for row in rows):4} of {len(rows):4}")
        for row in rows:
            if not row.passed:
                print(f"           - {row.name}: {row.title}; {row.reason.splitlines()[0][:150]}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
