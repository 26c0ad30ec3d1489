"""Pages of other sites ask a real server by `fetch`, as a real browser lets them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import urlencode

import pyoxigraph as ox
import pytest
from playwright.sync_api import Browser

from oddities import DATA, QUESTIONS, found_of_oxigraph, found_of_record
from servers import serving

FETCH = """async ([url, options]) => {
  try {
    const answer = await fetch(url, options);
    return {status: answer.status, tag: answer.headers.get("ETag"), body: await answer.text()};
  } catch (error) { return {error: error.name}; }
}"""


class Page(BaseHTTPRequestHandler):
    """An empty page."""

    def do_GET(self) -> None:
        """Answer every request alike."""
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(b"<!doctype html><title>elsewhere</title>")

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the library's name
        """Say nothing."""


@contextmanager
def site() -> Iterator[str]:
    """Give the origin of a small site of its own."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Page)
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str, str]]:
    """An endpoint, a site whose pages may ask it, and one whose pages may not."""
    file = tmp_path_factory.mktemp("odd") / "odd.nq"
    file.write_text(DATA, encoding="utf-8")
    with site() as friend, site() as stranger, serving("--rdf", str(file), "--allow-origin", friend) as address:
        yield f"{address}/sparql", friend, stranger


def fetched(browser: Browser, page: str, url: str, **options: Any) -> dict[str, Any]:
    """Return what a page gets by `fetch`."""
    with browser.new_context() as context:
        opened = context.new_page()
        opened.goto(page)
        found: dict[str, Any] = opened.evaluate(FETCH, [url, options])
        return found


@pytest.mark.browser
@pytest.mark.parametrize("way", ["get", "form", "direct"])
def test_an_allowed_page_has_the_answer(browser: Browser, places: tuple[str, str, str], way: str) -> None:
    """A page of an allowed site reads every answer, also where the browser asks first whether it may."""
    endpoint, friend, _ = places
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(friend)
        for asked in QUESTIONS:
            if way == "get" and len(asked.text) > 20_000:
                continue
            graph = asked.text.startswith("CONSTRUCT")
            headers = {"Accept": "application/n-triples" if graph else "application/sparql-results+json"}
            url, options = endpoint, {"method": "POST", "headers": headers, "body": urlencode({"query": asked.text})}
            if way == "get":
                url, options = f"{endpoint}?{urlencode({'query': asked.text})}", {"headers": headers}
            elif way == "direct":
                options["headers"] = headers | {"Content-Type": "application/sparql-query"}
                options["body"] = asked.text
            else:
                options["headers"] = headers | {"Content-Type": "application/x-www-form-urlencoded"}
            found = page.evaluate(FETCH, [url, options])
            assert found.get("status") == 200, (asked.name, found)
            if graph:
                assert found_of_oxigraph(asked, found["body"].encode(), ox.RdfFormat.N_TRIPLES) == asked.answer
            else:
                assert found_of_record(asked, json.loads(found["body"])) == asked.answer
            assert found["tag"].startswith('"')


@pytest.mark.browser
def test_another_page_has_nothing(browser: Browser, places: tuple[str, str, str]) -> None:
    """A page of a site that was not allowed gets no answer, whatever it sends."""
    endpoint, _, stranger = places
    ask = f"{endpoint}?{urlencode({'query': 'ASK {}'})}"

    simple = fetched(browser, stranger, ask)
    opaque = fetched(browser, stranger, ask, mode="no-cors")
    direct = fetched(browser, stranger, endpoint, method="POST", headers={"Content-Type": "application/sparql-query"})
    assert (simple, direct) == ({"error": "TypeError"}, {"error": "TypeError"})
    assert opaque.get("body", "") == ""


@pytest.mark.browser
def test_a_person_has_a_form(browser: Browser, places: tuple[str, str, str]) -> None:
    """Who opens the endpoint in a browser has a form, whose answer is the standard's, without any complaint."""
    endpoint, _, _ = places
    complaints: list[str] = []
    with browser.new_context() as context:
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(endpoint)
        style = page.evaluate("getComputedStyle(document.body).maxWidth")
        page.fill("#query", "ASK { <urn:a> <urn:is> false }")
        with page.expect_response(lambda answer: "query=" in answer.url) as answer:
            page.click("button")
        found = answer.value.json()

    assert (style, found, complaints) == ("800px", {"head": {}, "boolean": True}, [])
