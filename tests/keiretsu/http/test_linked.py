"""Every thing has an address that answers in the form that a client takes, and says what it is."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from urllib.parse import urljoin

import httpx
import pyoxigraph as ox
import pytest

from keiretsu.http.linked.forms import FORMS, ONTOLOGY, RDF
from keiretsu_graph.build import Build
from keiretsu_ontology import context
from keiretsu_ontology.vocabulary import KEI
from servers import serving

BASE = "http://kg.example.org"
LINKS = ("entity/bosch", "claim/cdb27a6a4b21e5ef8", "source/margins-article", "conflict/ai-plan-in-dollars")


@pytest.fixture(scope="module")
def client(seeds_build: Build) -> Iterator[httpx.Client]:
    """A client of a server of the bundled graph that is known by another address."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with (
        serving(str(seeds_build.folder), "--base", BASE, "--port", str(port)),
        httpx.Client(base_url=f"http://127.0.0.1:{port}") as client,
    ):
        yield client


def forms_linked(response: httpx.Response) -> dict[str, str]:
    """Return the addresses of the forms that a response links to, by media type."""
    found = {}
    for link in response.headers["link"].split(", "):
        address, *told = link.split("; ")
        kinds = [part.removeprefix('type="').rstrip('"') for part in told if part.startswith("type=")]
        if kinds:
            found[kinds[0]] = address.strip("<>")
    return found


@pytest.mark.parametrize("path", LINKS)
@pytest.mark.parametrize(
    ("accept", "suffix"),
    [
        (None, "html"),
        ("text/html,application/xhtml+xml,*/*;q=0.8", "html"),
        ("text/turtle", "ttl"),
        ("application/ld+json", "jsonld"),
        ("application/rdf+xml;q=0.9, text/turtle;q=0.5", "rdf"),
        ("application/json", "json"),
        ("application/n-triples", "nt"),
    ],
)
def test_a_thing_sends_to_the_document_that_a_client_takes(
    client: httpx.Client, path: str, accept: str | None, suffix: str
) -> None:
    """The thing itself is no document: 303, with what the choice hangs on and all the choices."""
    found = client.get(f"/{path}", headers={"Accept": accept} if accept else {})

    assert found.status_code == 303
    assert urljoin(f"/{path}", found.headers["location"]) == f"/{path}.{suffix}"
    assert "Accept" in found.headers["vary"]
    assert forms_linked(found) == {form.type: f"{BASE}/{path}.{form.suffix}" for form in FORMS.values()}


@pytest.mark.parametrize("path", LINKS)
def test_every_form_of_a_document_answers(client: httpx.Client, path: str) -> None:
    """Each has its media type, names itself and the other forms, may be asked for again, and for its headers alone."""
    for form in FORMS.values():
        address = f"/{path}.{form.suffix}"
        found = client.get(address)
        again = client.get(address, headers={"If-None-Match": found.headers["etag"]})
        head = client.head(address)

        assert (found.status_code, found.headers["content-type"]) == (200, form.media)
        assert found.headers["content-location"] == f"{BASE}{address}"
        assert f'<{BASE}{address}>; rel="canonical"' in found.headers["link"]
        assert f'<https://w3id.org/keiretsu/{path}>; rel="describes"' in found.headers["link"]
        assert set(forms_linked(found)) == {other.type for other in FORMS.values() if other != form}
        assert again.status_code == 304
        assert (head.status_code, head.content, head.headers["etag"]) == (200, b"", found.headers["etag"])


def test_what_no_form_fits_is_told_with_the_forms(client: httpx.Client) -> None:
    """406 names everything that there is."""
    found = client.get("/entity/bosch", headers={"Accept": "image/png"})

    assert found.status_code == 406
    assert all(form.type in found.json()["detail"] for form in FORMS.values())


def test_an_id_that_was_merged_leads_to_the_other_for_good(client: httpx.Client) -> None:
    """301, in the form that was asked for."""
    for suffix in ("", ".ttl", ".html"):
        found = client.get(f"/entity/alibaba-group{suffix}")

        assert (found.status_code, found.headers["location"]) == (301, f"alibaba{suffix}")


def test_a_claim_is_found_by_its_key(client: httpx.Client) -> None:
    """A key leads to the one address of the claim; it may come to mean another one, so not for good."""
    found = client.get("/claim/bosch-deal.ttl")

    assert (found.status_code, found.headers["location"]) == (302, "cdb27a6a4b21e5ef8.ttl")


@pytest.mark.parametrize(
    "path",
    [
        "/entity/boscch", "/entity/Bosch", "/entity/", "/entity/..%2f..%2fetc%2fpasswd", "/entity/bosch%00",
        "/entity/bosch/x", "/entity/%F0%9F%98%80", "/entity/" + "a" * 5_000, "/entity/bosch.exe",
        "/entity/%3Cscript%3Ealert(1)%3C%2Fscript%3E", "/claim/nothing-like-this", "/claim/c0000000000000000",
        "/source/x'--", "/conflict/none", "/tie/0000", "/entity/bosch.html?part=x", "/entity/bosch.ttl?page=2",
    ],
)  # fmt: skip
def test_what_is_not_there_is_told_so(client: httpx.Client, path: str) -> None:
    """404 as problem details to a program and as a page to a browser, with nothing of the address in its markup."""
    program = client.get(path, headers={"Accept": "application/json, text/turtle;q=0.1"})
    browser = client.get(path, headers={"Accept": "text/html"})

    assert program.status_code == browser.status_code == 404
    if "." not in path.rpartition("/")[2].replace("..", "") or path.endswith("exe"):
        assert program.headers["content-type"] == "application/problem+json"
        assert program.json()["status"] == 404
        assert browser.headers["content-type"] == "text/html; charset=utf-8"
        assert "<script" not in browser.text.lower()


def test_the_nearest_ids_are_offered(client: httpx.Client) -> None:
    """A slip of the pen is answered with what was probably meant."""
    program = client.get("/entity/hanguan-800").json()
    browser = client.get("/entity/hanguan-800", headers={"Accept": "text/html"}).text

    assert program["nearest"][0] == {
        "id": "hanguang-800", "name": "Hanguang 800", "address": f"{BASE}/entity/hanguang-800",
    }  # fmt: skip
    assert 'href="../entity/hanguang-800.html"' in browser


def test_a_page_number_must_be_one(client: httpx.Client) -> None:
    """Anything but a whole number is refused."""
    for page in ("0", "-1", "x", "1e3", "²", "9" * 40):
        assert client.get("/entity/bosch.html", params={"page": page}).status_code == 400


def test_names_lead_to_things(client: httpx.Client) -> None:
    """What names one thing exactly leads there; what may mean several is listed; what means nothing is told."""
    for name in ("Bosch", "bosch", "NYSE:BABA", "阿里巴巴"):
        assert client.get("/find", params={"q": name}).headers["location"].startswith("entity/")
    several = client.get("/find", params={"q": "cloud"})
    nothing = client.get("/find", params={"q": "<b>zzzz"})

    assert several.status_code == nothing.status_code == 200
    assert several.text.count('href="./entity/') > 3
    assert "&lt;b&gt;zzzz" in nothing.text
    assert "Nothing in this graph has such a name" in nothing.text
    assert client.get("/find").status_code == 200


def test_the_front_page_says_what_is_served(client: httpx.Client) -> None:
    """It has the title, the counts, and the addresses of every way to ask, by the base."""
    page = client.get("/").text

    assert "Alibaba and its ecosystem" in page
    for address in ("api/", "sparql", "ontology", "reconcile", "dataset.ttl"):
        assert f"{BASE}/{address}" in page
        assert client.get(f"/{address}").status_code in (200, 400)


def test_the_dataset_is_described(client: httpx.Client) -> None:
    """The well-known address leads to VoID with the endpoint and the beginnings of IRIs."""
    found = client.get("/.well-known/void", follow_redirects=True)
    triples = {quad.triple for quad in ox.parse(found.content, format=ox.RdfFormat.TURTLE)}
    told = {(triple.predicate.value.rpartition("#")[2], str(getattr(triple.object, "value", ""))) for triple in triples}

    assert found.headers["content-type"] == "text/turtle; charset=utf-8"
    assert ("sparqlEndpoint", f"{BASE}/sparql") in told
    assert ("uriSpace", "https://w3id.org/keiretsu/entity/") in told
    assert client.get("/dataset", headers={"Accept": "text/html"}).headers["location"] == "."


def test_the_ontology_answers_at_the_address_of_its_hashes(client: httpx.Client) -> None:
    """A term is a hash of one document, which comes at once in the form that is taken; each form says the same."""
    graphs = []
    for suffix in ONTOLOGY[1:]:
        form = FORMS[suffix]
        chosen, named = client.get("/ontology", headers={"Accept": form.type}), client.get(f"/ontology.{suffix}")

        assert (chosen.status_code, chosen.headers["content-type"], chosen.content) == (200, form.media, named.content)
        assert "Accept" in chosen.headers["vary"]
        assert chosen.headers["content-location"] == f"{BASE}/ontology.{suffix}"
        graphs.append(ox.Dataset(ox.parse(chosen.content, format=getattr(ox.RdfFormat, form.rdf or ""))))
    for graph in graphs:
        graph.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    assert all(graph == graphs[0] for graph in graphs)
    assert client.get("/ontology", headers={"Accept": "image/png"}).status_code == 406


def test_every_term_has_an_anchor(client: httpx.Client) -> None:
    """Whatever the ontology defines, the page has under its name; an address of its own leads there."""
    page = client.get("/ontology.html").text
    quads = ox.parse(client.get("/ontology.nt").content, format=ox.RdfFormat.N_TRIPLES)
    terms = {quad.subject.value for quad in quads if isinstance(quad.subject, ox.NamedNode)}
    anchors = {term.removeprefix(KEI) for term in terms if term.startswith(KEI)} - {"functionalInTime"}

    assert len(anchors) > 150
    assert {anchor for anchor in anchors if f'id="{anchor}"' not in page} == set()
    assert client.get("/ontology/Company").headers["location"] == "../ontology#Company"
    assert client.get("/ontology/Compny").status_code == 404


def test_the_context_is_served(client: httpx.Client) -> None:
    """The short names of all terms, as the ontology's own file has them."""
    found = client.get("/ontology/context.jsonld")

    assert found.headers["content-type"] == "application/ld+json"
    assert found.json() == json.loads(context.to_json())


def test_plain_rdf_has_a_front_page_and_no_things(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Where files of RDF are served, the front page says so and a thing is not there to be told of."""
    file = tmp_path_factory.mktemp("plain") / "x.ttl"
    file.write_text("<http://example.org/a> a <http://example.org/B> .", encoding="utf-8")
    with serving("--rdf", str(file)) as address:
        front, thing = httpx.get(address), httpx.get(f"{address}/entity/a")
        terms = httpx.get(f"{address}/ontology", headers={"Accept": "text/html"})

    assert (front.status_code, terms.status_code, thing.status_code) == (200, 200, 503)
    assert "Plain RDF" in front.text
    assert thing.json()["detail"].startswith("plain RDF is served here")


def test_forms_of_rdf_are_told_apart_from_others() -> None:
    """The table says of each form whether it is RDF."""
    assert RDF == ("ttl", "jsonld", "nt", "rdf", "trig")
