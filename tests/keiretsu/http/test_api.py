"""The JSON API: every question at an address, as the command line answers it."""

from __future__ import annotations

import json
from collections.abc import Iterator

import httpx
import pytest
from typer.testing import CliRunner

from examples import EXAMPLES, call_of, words_of
from keiretsu.cli import make_app
from keiretsu_graph.build import Build
from keiretsu_queries.questions import QUESTIONS
from servers import serving


@pytest.fixture(scope="module")
def client(seeds_build: Build) -> Iterator[httpx.Client]:
    """A client of a server of the bundled graph."""
    with serving(str(seeds_build.folder)) as address, httpx.Client(base_url=address, timeout=30) as client:
        yield client


@pytest.mark.parametrize("example", EXAMPLES)
def test_the_answer_is_that_of_the_command_line(client: httpx.Client, seeds_build: Build, example: str) -> None:
    """Each example of each question gives over HTTP what the command prints with --json."""
    question, given = call_of(example)
    printed = CliRunner().invoke(make_app(), [*words_of(example), "--json", "-d", str(seeds_build.folder)])

    answered = client.get(f"/api/{question.name}", params=given)

    assert answered.status_code == 200
    assert answered.json() == json.loads(printed.stdout)


def test_what_is_not_known_is_an_answer(client: httpx.Client) -> None:
    """A name that nothing has is answered with 200 and `not known`, and with what is known instead."""
    found = client.get("/api/show", params={"name": "Tim Cook"})

    assert (found.status_code, found.json()["state"]) == (200, "not known")
    assert found.json()["instead"]


@pytest.mark.parametrize(
    ("path", "status", "told"),
    [
        ("/api/shwo?name=Bosch", 404, "did you mean 'show'?"),
        ("/api/show", 400, "name is missing"),
        ("/api/show?name=Bosch&stated-only=true", 400, "did you mean 'stated_only'?"),
        ("/api/show?name=Bosch&format=pdf", 400, "there is no format 'pdf'"),
        ("/api/list?kind=chpis", 404, "did you mean"),
        ("/api/show/rows?name=Bosch&page_size=0", 400, "from 1 to 1000"),
        ("/api/show/rows?name=Bosch&page_size=x&cursor=", 400, "cursor is empty"),
        ("/api/show/rows?name=Bosch&cursor=abc", 409, "no cursor of this server"),
        ("/api/data/claims?shape=rumour", 400, "shape is one of statement"),
        ("/api/data/entities?knid=chip", 400, "did you mean 'kind'?"),
        ("/api/data/entities?kind=compny", 400, "did you mean 'company'?"),
        ("/api/data/ties?relation=partner_off", 400, "did you mean 'partner_of'?"),
        ("/api/data/nothing", 404, "Not Found"),
    ],
)
def test_what_cannot_be_answered_is_told(client: httpx.Client, path: str, status: int, told: str) -> None:
    """A fault is told in problem details, with what was probably meant."""
    found = client.get(path)

    assert (found.status_code, found.headers["content-type"]) == (status, "application/problem+json")
    assert told in json.dumps(found.json(), ensure_ascii=False)


def test_a_name_of_several_is_asked_back(client: httpx.Client) -> None:
    """Where several things have a name equally well, their ids are told."""
    found = client.get("/api/show", params={"name": "Qwen3 235B"})

    assert found.status_code in (200, 409)
    if found.status_code == 409:
        assert len(found.json()["candidates"]) > 1


@pytest.mark.parametrize(
    ("accept", "media", "begins"),
    [
        ("text/csv", "text/csv; charset=utf-8", "claim,shape"),
        ("text/markdown", "text/markdown; charset=utf-8", "#"),
        ("text/plain;q=0.9, application/json;q=0.1", "text/plain; charset=utf-8", "Bosch"),
        ("*/*", "application/json", "{"),
    ],
)
def test_an_answer_has_the_form_that_is_wanted(client: httpx.Client, accept: str, media: str, begins: str) -> None:
    """The form goes by what the client accepts, and caches are told so."""
    found = client.get("/api/why", params={"claim": "bosch-deal"}, headers={"Accept": accept})

    assert (found.status_code, found.headers["content-type"]) == (200, media)
    assert "Accept" in found.headers["vary"]


def test_a_form_that_there_is_not_is_refused(client: httpx.Client) -> None:
    """A client that takes only pictures is told which forms there are."""
    assert client.get("/api/show?name=Bosch", headers={"Accept": "image/png"}).status_code == 406


@pytest.mark.parametrize(
    "path", ["/api/data/claims", "/api/data/ties", "/api/show/claims?name=alibaba", "/api/partners/rows?name=alibaba"]
)
def test_pages_give_everything_once(client: httpx.Client, path: str) -> None:
    """Following `next` to the end gives each row exactly once, as many as there are said to be."""
    name = path.partition("?")[0].rpartition("/")[2]
    size = 400 if "data" in path else 7
    page = client.get(path, params=dict(httpx.QueryParams(path.partition("?")[2])) | {"page_size": size})
    rows, total = page.json()[name], page.json()["total"]
    while "link" in page.headers:
        assert page.json()["next"]
        page = client.get(page.links["next"]["url"])
        rows += page.json()[name]

    assert page.json()["next"] is None
    assert len(rows) == total > size
    assert len({json.dumps(row, sort_keys=True) for row in rows}) == total


def test_a_cursor_is_of_one_question(client: httpx.Client) -> None:
    """A cursor that was given to another question, or by another graph, goes nowhere."""
    cursor = client.get("/api/show/claims", params={"name": "alibaba", "page_size": 5}).json()["next"]

    assert client.get("/api/show/claims", params={"name": "alibaba", "cursor": cursor}).status_code == 200
    for other in ({"name": "bosch"}, {"name": "alibaba", "as_of": "2025-01-01"}):
        assert client.get("/api/show/claims", params={**other, "cursor": cursor}).status_code == 409


def test_lists_are_narrowed_by_filters(client: httpx.Client) -> None:
    """Claims are listed by whom they are about, who says so, how and what."""
    given = {"about": "bosch", "shape": "deal", "factual": "true"}

    found = client.get("/api/data/claims", params=given).json()

    assert [claim["key"] for claim in found["claims"]] == ["bosch-deal"]
    chips = client.get("/api/data/entities?kind=chip").json()["entities"]
    assert {chip["kind"] for chip in chips} == {"chip"}


def test_the_index_lists_every_question(client: httpx.Client) -> None:
    """Programs and people find every question, with what it takes."""
    listed = client.get("/api/").json()["questions"]
    page = client.get("/api/", headers={"Accept": "text/html"})

    assert [row["name"] for row in listed] == list(QUESTIONS)
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert all(f"/api/{name}<" in page.text for name in QUESTIONS)
    assert "<script" not in page.text


def test_other_methods_are_refused(client: httpx.Client) -> None:
    """Nothing can be changed here, and what can be done is told."""
    for method in ("POST", "PUT", "DELETE", "PATCH"):
        found = client.request(method, "/api/show?name=Bosch")
        assert (found.status_code, set(found.headers["allow"].split(", "))) == (405, {"GET", "HEAD"})
