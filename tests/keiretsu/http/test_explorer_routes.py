"""The explorer served: the page, its files, and the parts of the graph that it asks for."""

from __future__ import annotations

import gzip
import json
import re
import shlex
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import httpx
import pytest

from examples import EXAMPLES, call_of, words_of
from factories import a_statement, an_entity, small_claims, small_dataset
from formats import faults
from keiretsu.explorer import jobs
from keiretsu.explorer.told import told
from keiretsu.explorer.views import view_records
from keiretsu.http.explorer import MOST_IDS, MOST_READ
from keiretsu.http.linked.front_pages import FACES
from keiretsu.workers.limits import Limits
from keiretsu.workers.plan import Desk, Plan
from keiretsu.workers.product import LimitError
from keiretsu_graph.build import Build, build
from keiretsu_graph.sqlite import SqliteView
from keiretsu_queries.calling import call
from servers import serving

HOSTILE = "</script><script>alert(1)</script>\u202e'\"& javascript:alert(2) " + "W" * 300
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data: blob:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
GETS = ("/explore", "/explore/find?text=Bosch", "/explore/tally?id=bosch", "/explore/everything", "/explore/terms",
        "/explore/queries", "/explore/ask/path?start=NBA&end=Bosch")  # fmt: skip


@pytest.fixture(scope="module")
def client(seeds_build: Build) -> Iterator[httpx.Client]:
    """A client of a server of the bundled graph."""
    with (
        serving(str(seeds_build.folder), "--log", "none") as address,
        httpx.Client(base_url=address, timeout=30) as client,
    ):
        yield client


class Read(HTMLParser):
    """The page as a browser reads it: its tags, and the data that it holds."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.held = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep a tag."""
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        """Keep what stands in the element of data."""
        if self.tags and self.tags[-1][1].get("id") == "held":
            self.held += data

    def all(self, tag: str, attribute: str) -> list[str]:
        """Return an attribute of every tag of a sort that has it."""
        return [value for name, found in self.tags if name == tag and (value := found.get(attribute))]


def test_the_page_holds_what_is_said_of_the_whole_and_asks_for_the_rest(
    client: httpx.Client, seeds: SqliteView
) -> None:
    """It has a policy that lets it ask this server alone, no script in itself, and a view to begin with."""
    answered = client.get("/explore")
    page = Read(answered.text)

    assert (answered.status_code, answered.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert answered.headers["content-security-policy"] == POLICY
    held = json.loads(page.held.partition("\n")[0])
    assert list(held) == ["about"]
    assert faults("About", held["about"]) == []
    assert (held["about"]["served"], held["about"]["counts"]["entities"]) == (True, 711)
    assert held["about"]["views"] == view_records(seeds.views(), seeds)
    assert 10 < len(held["about"]["start"]["ids"]) <= 150
    assert {tag for tag, _ in page.tags} == {
        "html", "head", "meta", "link", "title", "body", "noscript", "a", "div", "script"
    }  # fmt: skip
    assert not [name for _, found in page.tags for name in found if name.startswith("on") or name == "style"]


def test_the_files_of_the_page_are_kept_for_good(client: httpx.Client) -> None:
    """Script, style and the panel's script are named by what stands in them, and need not be asked for again."""
    page = Read(client.get("/explore").text)
    scripts, styles, panels = page.all("script", "src"), page.all("link", "href"), page.all("div", "data-sparql")
    styles.remove("data:,")

    for (address,), kind, name in (
        (scripts, "text/javascript", r"explorer-[0-9a-f]{16}\.js"),
        (styles, "text/css", r"style-[0-9a-f]{16}\.css"),
        (panels, "text/javascript", r"sparql-[0-9a-f]{16}\.js"),
    ):
        found = client.get(f"/{address}")
        assert re.fullmatch(f"explore/{name}", address)
        assert (found.status_code, found.headers["content-type"]) == (200, f"{kind}; charset=utf-8")
        assert found.headers["cache-control"] == "public, max-age=31536000, immutable"
        assert found.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    "name",
    ["explorer.js", "explorer-0000000000000000.js", "built.py", "stamp", "..%2fjobs.py", "..%5cjobs.py", "%2e%2e", "",
     "%00", "style-" + "0" * 10_000 + ".css"],
)  # fmt: skip
def test_no_other_file_is_given(client: httpx.Client, name: str) -> None:
    """Nothing of what stands in the address is a path."""
    found = client.get(f"/explore/{name}")

    assert found.status_code in (404, 308)
    assert "import" not in found.text


def test_the_page_beneath_its_own_address_leads_back_to_it(client: httpx.Client) -> None:
    """With a slash at the end its files would be looked for in the wrong place."""
    assert client.get("/explore/").headers["location"] == "../explore"


@pytest.mark.parametrize("path", GETS)
def test_what_has_not_changed_is_not_sent_again(client: httpx.Client, path: str) -> None:
    """Each address has a tag, packs what is long, and has the same headers where only they are asked for."""
    first = client.get(path)

    again = client.get(path, headers={"If-None-Match": first.headers["etag"]})
    head = client.head(path)

    assert (first.status_code, again.status_code, again.content) == (200, 304, b"")
    for name in ("content-security-policy", "cache-control", "vary"):
        assert again.headers[name] == head.headers[name] == first.headers[name]
    assert (head.status_code, head.content, head.headers["etag"]) == (200, b"", first.headers["etag"])
    assert first.headers.get("content-encoding", "") == ("gzip" if len(first.content) >= 1_000 else "")
    assert client.get(path, headers={"Accept-Encoding": "identity"}).content == first.content


def test_things_are_found_by_any_name(client: httpx.Client) -> None:
    """Names in any script, with slips, each thing once with the name that fits."""
    for text, wanted in (("阿里巴巴", "alibaba"), ("Alibba Clod", "alibaba-cloud"), ("Bosch", "bosch")):
        found = client.get("/explore/find", params={"text": text, "limit": 5}).json()
        assert found[0]["id"] == wanted
        assert all(faults("Found", row) == [] for row in found)
        assert len({row["id"] for row in found}) == len(found) <= 5
    assert client.get("/explore/find", params={"text": "阿里巴巴"}).json()[0]["match"] == "阿里巴巴"
    assert client.get("/explore/find").json() == []
    assert client.get("/explore/find", params={"text": HOSTILE}).json() == []


def test_neighbours_are_counted_by_relation_and_direction(client: httpx.Client, seeds: SqliteView) -> None:
    """The largest group first, each with at most fifty of the most tied."""
    found = client.get("/explore/tally", params={"id": "alibaba"}).json()

    assert all(faults("Tally", row) == [] for row in found)
    assert [row["count"] for row in found] == sorted((row["count"] for row in found), reverse=True)
    assert [(row["count"], [one[0] for one in row["top"]]) for row in found] == [
        (row.count, list(row.top)) for row in seeds.tally("alibaba")
    ]
    assert max(len(row["top"]) for row in found) == 50


def post(client: httpx.Client, path: str, body: Any, **headers: str) -> httpx.Response:
    return client.post(path, content=json.dumps(body), headers={"Content-Type": "application/json", **headers})


def test_a_fragment_has_every_tie_between_its_things(client: httpx.Client) -> None:
    """What is not there is left out, whatever it is called."""
    strange = ["nobody", "", "\0", "\ud800", "../etc/passwd", "' OR 1=1 --", HOSTILE, "W" * 10_000]
    found = post(client, "/explore/fragment", {"ids": ["bosch", *strange, "alibaba", "bosch"]})

    assert found.status_code == 200
    assert faults("Fragment", found.json()) == []
    assert [row[0] for row in found.json()["nodes"]] == ["bosch", "alibaba"]
    assert {frozenset(row[:3:2]) for row in found.json()["ties"]} == {frozenset({0, 1})}


def test_everything_is_one_fragment(client: httpx.Client, seeds: SqliteView) -> None:
    """Each thing once, the most tied first, with every tie."""
    found = client.get("/explore/everything").json()

    assert faults("Fragment", found) == []
    assert {row[0] for row in found["nodes"]} == {entity.id for entity in seeds.all_entities()}
    assert len(found["ties"]) == len(seeds.ties(seeds_filter()))


def seeds_filter() -> Any:
    from keiretsu_graph.view import TieFilter

    return TieFilter(factual=None)


def test_details_are_those_of_things_and_of_claims(client: httpx.Client, seeds: SqliteView) -> None:
    """All claims of a thing, and the claims that were named."""
    first = client.get("/explore/ask/path", params={"start": "NBA", "end": "Bosch"}).json()["claims"][0]
    found = post(client, "/explore/details", {"entities": ["qualcomm", "nobody"], "claims": [first, "none"]}).json()

    assert faults("Details", found) == []
    assert list(found["entities"]) == ["qualcomm"]
    assert {first, *found["entities"]["qualcomm"]["claims"]} <= set(found["claims"])
    assert post(client, "/explore/details", {}).json()["claims"] == {}


@pytest.mark.parametrize("example", EXAMPLES)
def test_each_question_is_answered_as_it_is_elsewhere(client: httpx.Client, seeds: SqliteView, example: str) -> None:
    """Every example of every question gives what its answer is laid out as, with a command that asks the same."""
    question, given = call_of(example)
    listed = {name: value if isinstance(value, list) else [value] for name, value in given.items()}

    found = client.get(f"/explore/ask/{question.name}", params=given)

    assert found.status_code == 200
    assert faults("Told", found.json()) == []
    program, *words = shlex.split(found.json()["command"])
    assert (program, call_of(shlex.join(words))) == ("keiretsu", (question, given))
    answer = call(seeds, question, listed)
    assert found.json() == {**told(question, answer, words_of(example)), "command": found.json()["command"]}


def test_what_is_not_known_is_an_answer(client: httpx.Client) -> None:
    """A name that nothing has is answered with what is known instead."""
    found = client.get("/explore/ask/show", params={"name": HOSTILE})

    assert (found.status_code, found.json()["state"], found.json()["blocks"]) == (200, "not known", [])


@pytest.mark.parametrize(
    ("path", "status", "told"),
    [
        ("/explore/ask/pth", 404, "did you mean 'path'?"),
        ("/explore/ask/path?start=Bosch", 400, "end is missing"),
        ("/explore/ask/path?start=Bosch&end=NBA&limt=3", 400, "did you mean 'limit'?"),
        ("/explore/ask/list?kind=chpis", 404, "did you mean"),
        ("/explore/find?txt=a&limit=0", 400, "'txt' is no parameter here; did you mean 'text'?"),
        ("/explore/find?txt=a&limit=0", 400, "limit is a whole number from 1 to 100, not '0'"),
        ("/explore/find?text=a&text=b", 400, "text is given 2 times"),
        ("/explore/find?text=" + "W" * 501, 400, "501 characters"),
        ("/explore/find?text=%00", 400, "no text"),
        ("/explore/find?limit=1e9", 400, "not '1e9'"),
        ("/explore/tally", 400, "id is missing"),
        ("/explore/tally?id=alibba", 404, "did you mean 'alibaba'"),
        ("/explore/tally?id=%3Cscript%3E", 404, "no entity '<script>'"),
        ("/explore/everything?most=5", 400, "'most' is no parameter"),
        ("/explore/fragment", 405, "Method Not Allowed"),
    ],
)
def test_what_cannot_be_answered_is_told(client: httpx.Client, path: str, status: int, told: str) -> None:
    """A fault is told in problem details, all of them at once, with what was probably meant."""
    found = client.get(path)

    assert (found.status_code, found.headers["content-type"]) == (status, "application/problem+json")
    assert told in json.dumps(found.json(), ensure_ascii=False)


@pytest.mark.parametrize(
    ("path", "body", "told"),
    [
        ("fragment", [], "an object with ids"),
        ("fragment", {"ids": "bosch"}, "ids is a list of texts"),
        ("fragment", {"ids": [1, None]}, "ids is a list of texts"),
        ("fragment", {"id": ["bosch"], "ids": {}}, "did you mean 'ids'?"),
        ("fragment", {"ids": ["a"] * (MOST_IDS + 1)}, f"at most {MOST_IDS} are taken"),
        ("details", {"entities": ["a"] * MOST_READ, "claims": ["b"]}, f"at most {MOST_READ} are taken"),
        ("details", {"entity": []}, "did you mean 'entities'?"),
    ],
)
def test_what_is_sent_is_bounded_and_strict(client: httpx.Client, path: str, body: Any, told: str) -> None:
    """A body of another form, or with too much in it, is refused in words."""
    found = post(client, f"/explore/{path}", body)

    assert (found.status_code, found.headers["content-type"]) == (400, "application/problem+json")
    assert told in found.json()["detail"]


@pytest.mark.parametrize("body", [b"", b"{", b"\xff", b"[" * 100_000, b'{"ids": 1e999999}'])
def test_what_is_no_json_is_refused(client: httpx.Client, body: bytes) -> None:
    """Nothing that is sent brings the server down."""
    found = client.post("/explore/fragment", content=body, headers={"Content-Type": "application/json"})

    assert found.status_code == 400


def test_a_form_of_another_site_is_refused(client: httpx.Client) -> None:
    """A page elsewhere can send neither JSON unasked, nor anything with its name on it; a body has its bound."""
    plain = client.post("/explore/fragment", content='{"ids": []}', headers={"Content-Type": "text/plain"})
    strange = post(client, "/explore/fragment", {"ids": []}, Origin="https://evil.example")
    own = post(client, "/explore/fragment", {"ids": []}, Origin=str(client.base_url).rstrip("/"))
    large = post(client, "/explore/fragment", {"ids": ["W" * 1_100_000]})

    assert [row.status_code for row in (plain, strange, own, large)] == [415, 403, 200, 413]


def test_queries_of_the_library_are_told_with_what_they_ask(client: httpx.Client) -> None:
    """Each has its name, a sentence, and its text, which the server answers."""
    found = client.get("/explore/queries").json()

    assert {"partners", "chips"} <= {row["name"] for row in found}
    for row in found:
        assert row["title"].endswith("?")
        assert client.get("/sparql", params={"query": row["text"]}).status_code == 200


def test_terms_are_told_with_what_they_mean(client: httpx.Client) -> None:
    """Each class, property and value of the ontology, by its prefix, and the prefixes that a query may use."""
    found = client.get("/explore/terms").json()
    terms = {row["prefixed"]: row for row in found["terms"]}

    assert found["prefixes"]["kei"] == "https://w3id.org/keiretsu/ontology#"
    assert terms["kei:Chip"]["sort"] == "class"
    assert terms["kei:partnerOf"]["sort"] == "property"
    assert terms["kei:modality-forecast"]["sort"] == "individual"
    assert all(row["label"] for row in found["terms"])
    assert all(row["iri"] == row["prefixed"].replace("kei:", found["prefixes"]["kei"]) for row in found["terms"])
    assert len(terms) > 150


def test_pages_lead_to_the_explorer(client: httpx.Client) -> None:
    """The front page does, and each page of a thing, to it and what is around it."""
    assert 'href="explore"' in client.get("/").text
    assert FACES[0].address == "explore"
    assert 'href="../explore#around=bosch~1&amp;chosen=entity:bosch"' in client.get("/entity/bosch.html").text


def test_hostile_names_stay_text(tmp_path: Path) -> None:
    """No name ends an element of the page, and each is told whole."""
    dataset = small_dataset([*small_claims(), a_statement("odd", "odd", "develops", "spark")])
    entities = sorted([*dataset.entities, an_entity("odd", name=HOSTILE)], key=lambda entity: entity.id)
    built = build(replace(dataset, title=HOSTILE, entities=tuple(entities)), tmp_path / "out")

    with serving(str(built.folder), "--log", "none") as address, httpx.Client(base_url=address) as client:
        text = client.get("/explore").text
        drawn = post(client, "/explore/fragment", {"ids": ["odd"]}).json()
        asked = client.get("/explore/ask/show", params={"name": "odd"}).json()

    page = Read(text)
    assert [found for tag, found in page.tags if tag == "script"] == [
        {"type": "application/json", "id": "held"}, {"src": page.all("script", "src")[0]}
    ]  # fmt: skip
    assert json.loads(page.held.partition("\n")[0])["about"]["title"] == HOSTILE
    assert drawn["nodes"][0][:2] == ["odd", HOSTILE]
    assert asked["blocks"][0]["spans"][0] == [HOSTILE, "title"]


def test_plain_rdf_has_no_explorer(tmp_path: Path) -> None:
    """Files of RDF have no things to walk among: it is said in words, and nothing links there."""
    (tmp_path / "plain.ttl").write_text("<x:a> <x:b> <x:c> .")

    with serving("--rdf", str(tmp_path / "plain.ttl"), "--log", "none") as address:
        answered, front = httpx.get(f"{address}/explore"), httpx.get(address)

    assert answered.status_code == 503
    assert "only SPARQL" in answered.json()["detail"]
    assert "explore" not in front.text


def test_words_are_shown_where_the_text_may_be_copied(tmp_path: Path) -> None:
    """With the texts beside, an answer quotes the place; without the right to, it names it."""
    from factories import TEXT

    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "paper.txt").write_text(TEXT, encoding="utf-8")
    open_ = small_dataset()
    free = replace(open_, sources=tuple(replace(row, quotable=True) for row in open_.sources))

    said = []
    for number, dataset in enumerate((open_, free)):
        built = build(dataset, tmp_path / f"out{number}")
        with serving(str(built.folder), "--sources", str(tmp_path / "texts"), "--log", "none") as address:
            answered = httpx.get(f"{address}/explore/ask/why", params={"claim": "lab-spark"}).text
            read = httpx.post(f"{address}/explore/details", json={"claims": ["lab-spark"]}).text
            said.append(("“The chip Spark”" in answered, '"words":"The chip Spark"' in read))

    assert said == [(False, False), (True, True)]


def test_what_too_much_is_said_of_is_refused_before_it_is_read(
    seeds_build: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A thing with more claims than a pane can read is told so at once, and how they are had."""
    desk = Desk(Plan(build=str(seeds_build.folder)), Limits())
    monkeypatch.setattr(jobs, "MOST_CLAIMS", 100)

    assert json.loads(jobs.details(desk, entities=["bosch"], claims=[]).body)["claims"]
    with pytest.raises(LimitError, match=r"^3\d\d claims are more than are read at once.*/api/data/claims"):
        jobs.details(desk, entities=["alibaba"], claims=[])


def test_a_long_answer_is_packed_alike(client: httpx.Client) -> None:
    """The same bytes, packed or not."""
    with client.stream("GET", "/explore/everything", headers={"Accept-Encoding": "gzip"}) as packed:
        raw = b"".join(packed.iter_raw())

    assert gzip.decompress(raw) == client.get("/explore/everything").content
