"""Names are matched against the graph as the Reconciliation Service API wants it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from keiretsu_graph.build import Build
from servers import serving


@pytest.fixture(scope="module")
def client(seeds_build: Build) -> Iterator[httpx.Client]:
    """A client of a server of the bundled graph, which pages of OpenRefine may ask."""
    options = ("--allow-origin", "http://127.0.0.1:3333")
    with serving(str(seeds_build.folder), *options) as address, httpx.Client(base_url=address) as client:
        yield client


def matched(client: httpx.Client, **queries: Any) -> dict[str, Any]:
    """Return what is answered to a batch, sent as OpenRefine sends it."""
    found = client.post("/reconcile", data={"queries": json.dumps(queries)})
    assert found.status_code == 200, found.text
    answered: dict[str, Any] = found.json()
    return answered


def brief(result: dict[str, Any]) -> list[tuple[str, bool]]:
    return [(row["id"], row["match"]) for row in result["result"]]


def test_the_service_says_what_it_is(client: httpx.Client) -> None:
    """The manifest has what the specification wants, and addresses that answer."""
    told = client.get("/reconcile").json()

    assert {"versions", "name", "identifierSpace", "schemaSpace"} <= set(told)
    assert "0.2" in told["versions"]
    for part in told["suggest"].values():
        assert client.get(part["service_url"] + part["service_path"], params={"prefix": "a"}).status_code == 200
    proposed = told["extend"]["propose_properties"]
    assert client.get(proposed["service_url"] + proposed["service_path"]).status_code == 200
    assert client.get(told["preview"]["url"].replace("{{id}}", "alibaba")).status_code == 200


def test_an_exact_name_is_a_match_in_any_script(client: httpx.Client) -> None:
    """A name, an alias or an identifier that one thing has is a match; what is like it is a candidate."""
    found = matched(
        client,
        a={"query": "Bosch"},
        b={"query": "阿里巴巴"},
        c={"query": "Alibba Clod", "limit": 3},
        d={"query": "Nothing has this name at all"},
    )

    assert brief(found["a"])[0] == ("bosch", True)
    assert brief(found["b"])[0] == ("alibaba", True)
    assert ("alibaba-cloud", False) in brief(found["c"])
    assert len(found["c"]["result"]) <= 3
    assert found["d"] == {"result": []}
    first = found["a"]["result"][0]
    assert {"id", "name", "type", "score", "match", "features"} <= set(first)
    assert first["type"][0] == {"id": "company", "name": "company"}


def test_a_type_leaves_out_what_is_of_another(client: httpx.Client) -> None:
    """Only things of a kind, or of kinds beneath it, are candidates."""
    found = matched(
        client,
        company={"query": "Qwen", "type": "company"},
        model={"query": "Qwen", "type": {"id": "product"}},
        none={"query": "Bosch", "type": ["person"]},
    )

    kinds = {kind["id"] for row in found["company"]["result"] for kind in row["type"]}
    assert "company" in kinds or not found["company"]["result"]
    assert found["model"]["result"]
    assert all("product" in {kind["id"] for kind in row["type"]} for row in found["model"]["result"])
    assert found["none"] == {"result": []}


def test_properties_speak_for_and_against(client: httpx.Client) -> None:
    """What agrees raises the score; a name whose property disagrees is no match."""
    right = [{"pid": "kind", "v": "company"}]
    wrong = [{"pid": "wikidata", "v": "Q1"}]
    found = matched(client, r={"query": "Bosch", "properties": right}, w={"query": "Bosch", "properties": wrong})

    assert brief(found["r"])[0] == ("bosch", True)
    assert ("bosch", False) in brief(found["w"])
    assert found["r"]["result"][0]["score"] > found["w"]["result"][0]["score"]


def test_every_fault_of_a_batch_is_told(client: httpx.Client) -> None:
    """What is not as the specification wants it is refused, with the query in which it stands."""
    queries = {
        "q0": {"query": "a" * 501},
        "q1": {"query": 7},
        "q2": {"query": "x", "limit": 0, "type": "compny", "properties": [{"pid": "knd", "v": 1}, {"v": 2}]},
        "q3": {"query": "fine"},
    }
    found = client.post("/reconcile", data={"queries": json.dumps(queries)})

    assert found.status_code == 400
    assert found.json()["faults"] == [
        "q0: query has 501 characters; at most 500 are taken",
        "q1: a query is an object with a text under 'query'",
        "q2: limit is a whole number from 1 on, not 0",
        "q2: there is no type 'compny'; did you mean 'company'?",
        "q2: there is no property 'knd'; did you mean 'kind'?",
        "q2: a property is an object with a text under 'pid' and a value under 'v'",
    ]


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({"content": b"queries={}", "headers": {"Content-Type": "text/plain"}}, 415),
        ({"data": {"queries": "{"}}, 400),
        ({"data": {"queries": "[" * 100_000}}, 400),
        ({"data": {"queries": "[1]"}}, 400),
        ({"data": {"queries": json.dumps({str(n): {"query": "x"} for n in range(51)})}}, 400),
        ({"data": {"extend": json.dumps({"ids": [1], "properties": []})}}, 400),
        ({"content": b"\xff\xfe", "headers": {"Content-Type": "application/x-www-form-urlencoded"}}, 400),
    ],
)
def test_what_cannot_be_read_is_refused(client: httpx.Client, sent: dict[str, Any], status: int) -> None:
    """No form, no JSON, too deep, too many: a refusal and no more."""
    assert client.post("/reconcile", **sent).status_code == status


def test_entities_are_extended(client: httpx.Client) -> None:
    """Values of properties are given for entities: names, ties with their ids, nothing where nothing is known."""
    wanted = {
        "ids": ["alibaba", "hanguang-800", "no-such-thing"],
        "properties": [{"id": "kind"}, {"id": "developed_by"}, {"id": "alias", "settings": {"limit": "1"}}],
    }
    found = client.post("/reconcile", data={"extend": json.dumps(wanted)}).json()

    assert [row["id"] for row in found["meta"]] == ["kind", "developed_by", "alias"]
    assert found["rows"]["alibaba"]["kind"] == [{"str": "company"}]
    assert {"id": "t-head", "name": "T-Head"} in found["rows"]["hanguang-800"]["developed_by"]
    assert len(found["rows"]["alibaba"]["alias"]) == 1
    assert found["rows"]["no-such-thing"] == {"kind": [], "developed_by": [], "alias": []}


def test_suggestions_go_on(client: httpx.Client) -> None:
    """Names that begin with a text are suggested, the next ones by a cursor; types and properties too."""
    first = client.get("/reconcile/suggest/entity", params={"prefix": "qwen"}).json()["result"]
    later = client.get("/reconcile/suggest/entity", params={"prefix": "qwen", "cursor": "5"}).json()["result"]

    assert first[0]["id"] == "qwen"
    assert later[0] == first[5]
    types = client.get("/reconcile/suggest/type", params={"prefix": "comp"}).json()["result"]
    assert types[0]["id"] == "company"
    properties = client.get("/reconcile/suggest/property", params={"prefix": "partner"}).json()["result"]
    assert "partner_of" in {row["id"] for row in properties}
    assert client.get("/reconcile/suggest/entity?cursor=x").status_code == 400


def test_a_preview_may_be_framed_by_friends(client: httpx.Client) -> None:
    """The preview is a page without script, which pages of the origins that are allowed may show in a frame."""
    found = client.get("/reconcile/preview", params={"id": "alibaba"}, headers={"Origin": "http://127.0.0.1:3333"})

    assert found.headers["content-type"] == "text/html; charset=utf-8"
    assert "frame-ancestors 'self' http://127.0.0.1:3333" in found.headers["content-security-policy"]
    assert "阿里巴巴" in found.text
    assert "<script" not in found.text
    assert client.get("/reconcile/preview?id=../x").status_code == 404
