"""SPARQL requests as the protocol has them, and those that it has not, as a client of a real server sees them."""

from __future__ import annotations

import gzip
import http.client
from collections.abc import Iterator
from urllib.parse import quote, urlsplit

import httpx
import pytest

from keiretsu_graph.build import Build
from oddities import DATA
from servers import serving

ASK = "ASK {}"
DIRECT = {"Content-Type": "application/sparql-query"}
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
UPDATE = {"Content-Type": "application/sparql-update"}
TRUE = {"head": {}, "boolean": True}
PROBLEM = "application/problem+json"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server of odd data."""
    file = tmp_path_factory.mktemp("odd") / "odd.nq"
    file.write_text(DATA, encoding="utf-8")
    with serving("--rdf", str(file), "--allow-origin", "https://friend.example") as at:
        yield at


@pytest.fixture(scope="module")
def built(small_build: Build) -> Iterator[str]:
    """A server of the small graph."""
    with serving(str(small_build.folder)) as at:
        yield at


def posted(address: str, body: bytes | str, headers: dict[str, str], path: str = "/sparql") -> httpx.Response:
    return httpx.post(f"{address}{path}", content=body, headers=headers)


def asked(address: str, query: str = ASK, /, accept: str = "*/*", **more: str) -> httpx.Response:
    return httpx.get(f"{address}/sparql", params={"query": query, **more}, headers={"Accept": accept})


@pytest.mark.parametrize("path", ["/sparql", "/query"])
def test_queries_come_in_three_ways(address: str, path: str) -> None:
    """A query by GET, in a form and as it is has the same answer at both addresses."""
    found = [
        httpx.get(f"{address}{path}", params={"query": ASK}),
        posted(address, f"query={quote(ASK)}", FORM, path),
        posted(address, ASK, DIRECT, path),
        posted(address, ASK, {"Content-Type": 'application/sparql-query; charset="UTF-8"'}, path),
    ]
    assert [(one.status_code, one.json()) for one in found] == [(200, TRUE)] * 4


REFUSED: dict[str, tuple[int, str, dict[str, str], bytes | str]] = {
    "two queries": (400, "query=ASK{}&query=ASK{}", {}, b""),
    "two queries in a form": (400, "", FORM, "query=ASK{}&query=ASK{}"),
    "one in the address and one in the form": (400, "query=ASK{}", FORM, "query=ASK{}"),
    "one in the address and one in the body": (400, "query=ASK{}", DIRECT, ASK),
    "a query and an update": (400, "", FORM, "query=ASK{}&update=CLEAR%20ALL"),
    "a form without either": (400, "", FORM, "other=1"),
    "an empty form": (400, "", FORM, b""),
    "an empty query": (400, "", DIRECT, b""),
    "no type": (415, "", {"Content-Type": ""}, ASK),
    "another type": (415, "", {"Content-Type": "text/plain"}, ASK),
    "a type that is none": (415, "", {"Content-Type": "nonsense"}, ASK),
    "a form in parts": (415, "", {"Content-Type": "multipart/form-data; boundary=x"}, b"--x--"),
    "UTF-16": (415, "", {"Content-Type": "application/sparql-query; charset=UTF-16"}, ASK.encode("utf-16")),
    "a packed body": (415, "", DIRECT | {"Content-Encoding": "gzip"}, gzip.compress(ASK.encode())),
    "bytes that are no UTF-8": (400, "", DIRECT, b"ASK { ?s ?p '\xff' }"),
    "a form that is no UTF-8": (400, "", FORM, b"query=ASK{}&x=\xff"),
    "an encoded form that is no UTF-8": (400, "", FORM, b"query=ASK%20%FF{}"),
    "an encoded surrogate": (400, "query=ASK{%ED%A0%80}", {}, b""),
    "a NUL": (400, "query=ASK%00{}", {}, b""),
    "a NUL in the body": (400, "", DIRECT, b"ASK\0{}"),
    "a relative graph": (400, "query=ASK{}&default-graph-uri=x", {}, b""),
    "a graph with a space": (400, "query=ASK{}&named-graph-uri=http://x/a%20b", {}, b""),
    "no SPARQL": (400, "query=ASK%20{", {}, b""),
    "an unknown format": (400, "query=ASK{}&format=xls", {}, b""),
    "too many fields": (400, "query=ASK{}" + "&a=1" * 2000, {}, b""),
    "an update by GET": (405, "update=CLEAR%20ALL", {}, b""),
    "an update": (403, "", UPDATE, "CLEAR ALL"),
    "an update in a form": (403, "", FORM, "update=CLEAR%20ALL"),
    "too long": (413, "", DIRECT, b"#" * 1_000_001),
    "too long a form": (413, "", FORM, b"query=" + b"+" * 1_000_001),
    "a form of an answer that there is not": (406, "query=ASK{}", {"Accept": "image/png"}, b""),
    "a form of a description that there is not": (406, "", {"Accept": "image/png"}, b""),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_the_protocol_has_not_is_refused(address: str, name: str) -> None:
    """What is said twice, wrongly or not at all is refused, with the status that says why and words that help."""
    status, query, headers, body = REFUSED[name]
    by_post = body or "Content-Type" in headers
    found = httpx.request("POST" if by_post else "GET", f"{address}/sparql?{query}", content=body, headers=headers)

    assert (found.status_code, found.headers["content-type"]) == (status, PROBLEM)
    assert "Traceback" not in found.text
    assert len(found.json()["detail"]) > 10


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE", "PROPFIND"])
def test_other_methods_are_refused(address: str, method: str) -> None:
    """Any other method is 405 with those that there are."""
    found = httpx.request(method, f"{address}/sparql", params={"query": ASK})

    assert (found.status_code, found.headers["content-type"]) == (405, PROBLEM)
    assert {one.strip() for one in found.headers["allow"].split(",")} == {"GET", "HEAD", "POST", "OPTIONS"}


def test_a_bad_query_is_told_where(address: str) -> None:
    """A query that is no SPARQL is told its line and column."""
    found = asked(address, "ASK {\n  ?s ?p ?o\n} }").json()
    assert (found["status"], found["line"], found["column"]) == (400, 3, 4)


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        ("*/*", "application/sparql-results+json"),
        ("application/sparql-results+xml", "application/sparql-results+xml"),
        ("text/csv;q=0.5, text/tab-separated-values;q=0.9", "text/tab-separated-values"),
        ("text/csv, application/sparql-results+json;q=0", "text/csv"),
        ("text/turtle, text/*;q=0.3", "text/csv"),
        ("TEXT/CSV", "text/csv"),
    ],
)
def test_rows_come_in_the_form_that_is_taken_best(address: str, accept: str, media: str) -> None:
    """What the client takes best is sent, with its type."""
    found = asked(address, "SELECT * { ?s ?p ?o }", accept=accept)
    assert (found.status_code, found.headers["content-type"].split(";")[0]) == (200, media)


@pytest.mark.parametrize(
    ("words", "media"),
    [
        ({"format": "csv"}, "text/csv"),
        ({"output": "xml"}, "application/sparql-results+xml"),
        ({"format": "text/tab-separated-values"}, "text/tab-separated-values"),
        ({"format": "JSON", "output": "json"}, "application/sparql-results+json"),
    ],
)
def test_a_parameter_stands_for_the_header(address: str, words: dict[str, str], media: str) -> None:
    """Who can set no header names the form in the address."""
    found = asked(address, "SELECT * { ?s ?p ?o }", "text/html", **words)
    assert (found.status_code, found.headers["content-type"].split(";")[0]) == (200, media)


def test_lines_of_a_header_count_as_one(address: str) -> None:
    """A client that sends Accept in two lines has what it takes best of both, whatever was kept before."""
    url, params = f"{address}/sparql", {"query": "SELECT * { ?s ?p ?o } # lines"}
    last = ("Accept", "application/sparql-results+xml;q=0.5")
    rows = [("Accept", "text/csv"), last], [("Accept", "text/tab-separated-values"), last], [last]
    found = [httpx.get(url, params=params, headers=row).headers["content-type"].split(";")[0] for row in rows]

    assert found == ["text/csv", "text/tab-separated-values", "application/sparql-results+xml"]


@pytest.mark.parametrize("way", ["default-graph-uri", "named-graph-uri"])
def test_graphs_are_chosen_beside_the_query(address: str, way: str) -> None:
    """The parameters say which graphs are asked, with an IRI that has %20 decoded once."""
    pattern = "{ ?s ?p ?o }" if way.startswith("default") else "{ GRAPH ?g { ?s ?p ?o } }"
    query = {"query": f"SELECT ?o {pattern}", way: "http://example.org/graph%201", "format": "csv"}
    found = [
        httpx.get(f"{address}/sparql", params=query),
        httpx.post(f"{address}/sparql", data=query),
        httpx.post(
            f"{address}/sparql",
            params={name: value for name, value in query.items() if name != "query"},
            content=query["query"],
            headers=DIRECT,
        ),
    ]
    assert [one.text.split() for one in found] == [["o", "one"]] * 3


def test_head_is_get_without_the_body(address: str) -> None:
    """HEAD has the headers of GET and nothing after them."""
    params = {"query": "SELECT * { ?s ?p ?o }"}
    head, get = (httpx.request(method, f"{address}/sparql", params=params) for method in ("HEAD", "GET"))

    assert head.content == b""
    assert {k: v for k, v in head.headers.items() if k != "date"} == {
        k: v for k, v in get.headers.items() if k != "date"
    }


def test_what_the_client_has_is_not_sent_again(address: str) -> None:
    """A request with the tag of what is there is answered 304; with another tag it has the whole."""
    url, params = f"{address}/sparql", {"query": "SELECT * { ?s ?p ?o } # tags"}
    first = httpx.get(url, params=params)
    tag = first.headers["etag"]
    again = [
        httpx.get(url, params=params, headers={"If-None-Match": told}) for told in (tag, f"W/{tag}", f'"x", {tag}')
    ]
    other = httpx.get(url, params=params, headers={"If-None-Match": '"x"'})

    assert first.headers["cache-control"] == "no-cache"
    assert [(one.status_code, one.content, one.headers["etag"]) for one in again] == [(304, b"", tag)] * 3
    assert (other.status_code, other.content) == (200, first.content)


@pytest.mark.parametrize(
    ("takes", "packed"),
    [("gzip", True), ("br, gzip;q=0.5", True), ("identity", False), ("gzip;q=0", False), ("", False)],
)
def test_long_answers_are_packed_for_who_takes_that(built: str, takes: str, packed: bool) -> None:  # noqa: FBT001
    """A client that takes gzip has it, under a tag of its own; another one has plain bytes; caches are told."""
    url, params = f"{built}/sparql", {"query": "SELECT * { ?s ?p ?o } ORDER BY ?s ?p ?o LIMIT 50"}
    plain = httpx.get(url, params=params, headers={"Accept-Encoding": "identity"})
    found = httpx.get(url, params=params, headers={"Accept-Encoding": takes})

    assert (found.headers.get("content-encoding") == "gzip") is packed
    assert (found.headers["etag"] == plain.headers["etag"]) is not packed
    assert found.content == plain.content
    assert {"Accept", "Accept-Encoding"} <= {one.strip() for one in found.headers["vary"].split(",")}


def test_a_browser_that_asks_first_is_told_what_pages_may_send(address: str) -> None:
    """The answer to a preflight names methods, headers and how long it holds, for an allowed site alone."""
    wants = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "authorization, content-type"}
    friend = httpx.options(f"{address}/sparql", headers={"Origin": "https://friend.example", **wants})
    evil = httpx.options(f"{address}/sparql", headers={"Origin": "https://evil.example", **wants})
    plain = httpx.options(f"{address}/sparql")

    told = {name.removeprefix("access-control-"): v for name, v in friend.headers.items() if name.startswith("access-")}
    allowed = {one.strip().lower() for one in told["allow-headers"].split(",")}
    assert (friend.status_code, told["allow-origin"], told["allow-methods"], told["max-age"]) == (
        204,
        "https://friend.example",
        "GET, HEAD, POST, OPTIONS",
        "600",
    )
    assert {"authorization", "content-type"} <= allowed
    assert (evil.status_code, "access-control-allow-origin" in evil.headers) == (403, False)
    assert (plain.status_code, plain.headers["allow"]) == (204, "GET, HEAD, POST, OPTIONS")
    assert "access-control-allow-origin" not in plain.headers


def test_caches_know_that_answers_differ_by_site(address: str) -> None:
    """Where sites are allowed, each answer says that it depends on who asks, also to one who names no site."""
    found = asked(address)
    assert "Origin" in {one.strip() for one in found.headers["vary"].split(",")}


def test_bytes_of_the_address_that_are_no_utf8_are_refused(address: str) -> None:
    """Raw bytes in the address that are no UTF-8 are refused like encoded ones."""
    parts = urlsplit(address)
    line = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=10)
    line.putrequest("GET", "/sparql?query=ASK{}&x=%ff", skip_accept_encoding=True)
    line.endheaders()
    status = line.getresponse().status
    line.close()

    assert status == 400


def test_relative_addresses_in_a_query_are_resolved(address: str) -> None:
    """The base of a query is the address that it was sent to."""
    found = asked(address, "SELECT (STR(<x>) AS ?s) {}", accept="text/csv")
    assert found.text.split() == ["s", f"{address}/x"]
