"""What every request passes first, as a client of a real server sees it."""

from __future__ import annotations

import json
import re
import socket
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

from keiretsu_graph.build import Build
from servers import serving


@pytest.fixture(scope="module")
def address(small_build: Build) -> Iterator[str]:
    """A server of the small graph."""
    with serving(str(small_build.folder), "--allow-origin", "https://friend.example", "--allow-host", "kg.test") as at:
        yield at


def ask(address: str, path: str = "/health", method: str = "GET", **headers: str) -> httpx.Response:
    return httpx.request(method, f"{address}{path}", headers={k.replace("_", "-"): v for k, v in headers.items()})


def raw(address: str, data: bytes, *, patience: float = 5.0) -> bytes:
    """Return all that a server answers to some bytes until it closes, or until it says nothing more for a while."""
    parts = urlsplit(address)
    assert parts.hostname is not None
    found = b""
    with socket.create_connection((parts.hostname, parts.port or 80), timeout=patience) as line:
        try:
            line.sendall(data)
            while part := line.recv(65536):
                found += part
        except (TimeoutError, ConnectionError):
            pass
    return found


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "[::1]", "kg.test", "KG.test", "localhost:1"])
def test_names_of_this_server_are_answered(address: str, host: str) -> None:
    """A request to a name of this machine, or to one that its owner allowed, is answered."""
    assert ask(address, Host=host).status_code == 200


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example", "kg.test.", "["])
def test_other_names_are_refused(address: str, host: str) -> None:
    """A request to a strange name (DNS rebinding) gets nothing."""
    found = ask(address, Host=host)
    assert (found.status_code, found.headers["content-type"]) == (421, "application/problem+json")


def test_a_request_without_a_name_is_refused(address: str) -> None:
    """HTTP/1.0 clients without Host are refused like those with a strange one."""
    assert raw(address, b"GET /health HTTP/1.0\r\n\r\n").startswith(b"HTTP/1.1 421")


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "null", "http://127.0.0.1:1", "http://[", "http://localhost"]
)
@pytest.mark.parametrize("method", ["GET", "POST", "OPTIONS"])
def test_pages_of_others_are_refused(address: str, origin: str, method: str) -> None:
    """A page of another site, or of another server on this machine, may not ask."""
    found = ask(address, method=method, Origin=origin)
    assert found.status_code == 403
    assert "access-control-allow-origin" not in found.headers


def test_pages_of_friends_may_ask(address: str) -> None:
    """A page that the owner allowed is answered, and its browser is told so, for it alone."""
    found = ask(address, Origin="https://friend.example")
    assert found.status_code == 200
    assert found.headers["access-control-allow-origin"] == "https://friend.example"
    assert "Origin" in found.headers["vary"]
    assert "access-control-allow-credentials" not in found.headers


def test_own_pages_may_ask(address: str) -> None:
    """A page of this server may ask it."""
    assert ask(address, Origin=address).status_code == 200


@pytest.mark.parametrize("path", ["/health", "/none", "/sparql?query=ASK%7B%7D"])
def test_every_answer_has_the_headers_of_safety(address: str, path: str) -> None:
    """Found or not, an answer is not sniffed, framed or run."""
    headers = ask(address, path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "no-referrer"
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "server" not in headers


def test_an_address_that_does_not_exist_is_told_so(address: str) -> None:
    """There are no listings, and no way out of the tree of addresses."""
    for path in ("/..%2f..%2fetc/passwd", "/seeds/", "/graph.sqlite", "//", "/%00", "/sparql/"):
        found = ask(address, path)
        assert (found.status_code, found.json()["status"]) == (404, 404), path


def test_a_body_that_is_too_large_is_refused(address: str) -> None:
    """A length that is told is refused before the body is read; one that is not, as soon as it is too long."""
    told = raw(
        address, b"POST /update HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999\r\nConnection: close\r\n\r\nxx"
    )
    assert told.startswith(b"HTTP/1.1 4")
    chunk = b"186a0\r\n" + b"x" * 100_000 + b"\r\n"
    head = b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n"
    head += b"Content-Type: application/sparql-query\r\n\r\n"
    assert raw(address, head + chunk * 400).startswith((b"HTTP/1.1 413", b""))
    assert ask(address).status_code == 200


def test_headers_that_are_too_long_are_refused(address: str) -> None:
    """A request line or headers without end are refused, and the connection is closed."""
    line = b"GET /health?" + b"x" * 50_000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n"
    many = b"GET /health HTTP/1.1\r\nHost: localhost\r\n" + b"X: " + b"y" * 50_000
    assert raw(address, many).startswith(b"HTTP/1.1 431")
    assert raw(address, line).startswith(b"HTTP/1.1 431")


@pytest.mark.parametrize(
    "data",
    [
        b"\x16\x03\x01\x02\x00\x01\x00",  # TLS
        b"GET\r\n\r\n",
        b"GET /health HTTP/9.9\r\nHost: localhost\r\n\r\n",
        b"GET /health HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n",
        b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        b"GET http://[ HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"\x00" * 100,
    ],
)
def test_what_is_no_http_is_refused(address: str, data: bytes) -> None:
    """Bytes that are no request get 400 or nothing, and the next client is answered."""
    assert raw(address, data, patience=2.0).startswith((b"HTTP/1.1 4", b"")) is True
    assert ask(address).status_code == 200


def test_health_and_numbers_are_told(address: str) -> None:
    """Whoever watches the server is told how it is, in JSON and for Prometheus."""
    health = ask(address).json()
    numbers = ask(address, "/metrics").text

    assert (health["status"], health["workers"] > 0) == ("ok", True)
    assert re.search(r'^keiretsu_requests_total\{face="health",method="GET",status="200"\} \d+', numbers, re.MULTILINE)
    assert "process_resident_memory_bytes" in numbers


def test_the_same_answer_is_kept_for_the_same_graph(address: str) -> None:
    """The same question is not worked out again; a client that has the answer is told so."""
    path = "/sparql?query=SELECT%20*%20%7B%20%3Fs%20a%20%3Fc%20%7D%20LIMIT%203"
    first, again = ask(address, path), ask(address, path)
    tagged = ask(address, path, If_None_Match=first.headers["etag"])

    assert (again.content, again.headers["etag"]) == (first.content, first.headers["etag"])
    assert (tagged.status_code, tagged.content) == (304, b"")
    assert re.search(r"^keiretsu_responses_kept_total [1-9]", ask(address, "/metrics").text, re.MULTILINE)


@pytest.mark.parametrize("path", ["/", "/explore", "/api"])
def test_a_page_that_has_not_changed_keeps_its_policy(address: str, path: str) -> None:
    """A browser takes the policy of the newest answer, 304 as well: another one would take the page's style away."""
    first = ask(address, path, Accept="text/html")
    again = ask(address, path, Accept="text/html", If_None_Match=first.headers["etag"])

    assert (first.status_code, again.status_code) == (200, 304)
    assert again.headers["content-security-policy"] == first.headers["content-security-policy"]


def test_a_server_that_is_overrun_goes_on(small_build: Build) -> None:
    """Clients that connect and say nothing are sent away; half-sent requests end; others are answered meanwhile."""
    options = ("--max-connections", "40", "--patience", "1")
    with serving(str(small_build.folder), *options) as address:
        parts = urlsplit(address)
        assert parts.hostname is not None
        idle = [socket.create_connection((parts.hostname, parts.port or 80)) for _ in range(60)]
        for line in idle[:20]:
            line.sendall(b"GET /health HTTP/1.1\r\nHost: local")
        refused = []
        for line in idle[40:]:
            line.settimeout(3)
            refused.append(line.recv(100)[:12])
        assert set(refused) == {b"HTTP/1.1 503"}
        ended = []
        for line in idle[:40]:
            line.settimeout(5)
            ended.append(line.recv(100)[:12])
            line.close()
        assert set(ended) == {b"HTTP/1.1 408"}
        assert ask(address).status_code == 200
        for line in idle[40:]:
            line.close()


def test_a_body_that_does_not_come_is_given_up(small_build: Build) -> None:
    """A client that promises a body and sends none of it is told 408."""
    with serving(str(small_build.folder), "--patience", "1") as address:
        began = time.monotonic()
        head = b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/sparql-query\r\n"
        found = raw(address, head + b"Content-Length: 10\r\n\r\nA", patience=8)
        assert found.startswith(b"HTTP/1.1 408")
        assert time.monotonic() - began < 8


def test_the_log_tells_requests_and_no_secrets(small_build: Build, tmp_path: Path) -> None:
    """Each request is one line of the log, with its time and rows; no query, no token, nothing that ends a line."""
    log = tmp_path / "log"
    with serving(str(small_build.folder), "--log", "json", log=log) as address:
        ask(address, "/sparql?query=SELECT%20*%20%7B%3Fs%20a%20%3Fc%7D%20LIMIT%202", Authorization="Bearer topsecret")
        raw(address, b"GET /a%0d%0aHTTP/1.1%1b[31m HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
    lines = log.read_text(encoding="utf-8").splitlines()
    records = [json.loads(line) for line in lines if line.startswith("{")]

    assert [(row["path"], row["status"], row["rows"]) for row in records] == [
        ("/sparql", 200, 2),
        ("/a\r\nHTTP/1.1\x1b[31m", 404, 0),
    ]
    assert "topsecret" not in "".join(lines)
    assert "SELECT" not in "".join(lines)
