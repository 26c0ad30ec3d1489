"""A Keiretsu graph is changed over HTTP as RDF, and only into one that the loader would take."""

from __future__ import annotations

import resource
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest

from factories import small_dataset
from keiretsu_graph.build import Build, build, open_build
from keiretsu_graph.sqlite import SqliteView
from keiretsu_graph.view import ClaimFilter
from keiretsu_ontology.evidence import digest
from keiretsu_ontology.named_views import NamedView, Scene
from keiretsu_ontology.vocabulary import GRAPHS, claim_iri
from servers import serving
from working import behind, limit

TOKEN = "a-token-for-tests-0123456789"  # noqa: S105
BEARER = {"Authorization": f"Bearer {TOKEN}"}
CURATED = GRAPHS["curated"]
WITH = f"WITH <{CURATED}> "
DAY = '"2025-12-01"^^xsd:date'
NEW = f"""claim:mine a kei:Claim, kei:Statement ; dcterms:identifier "north-east" ; rdfs:label "North serves East." ;
  rdf:subject entity:north ; rdf:predicate kei:partnerOf ; rdf:object entity:east ; kei:claimedBy entity:reporter ;
  kei:modality kei:modality-stated ; dcterms:source source:paper ; kei:recordedOn {DAY} ;
  kei:heldFrom [ kei:edtf "2025-07" ] ;
  kei:evidence [ oa:hasSource source:paper ; kei:sha256 "{"0" * 64}" ;
                 oa:hasSelector [ oa:start 0 ; oa:end 5 ] ] ."""


class Served:
    """A server of a working copy."""

    def __init__(self, address: str, copy: Path) -> None:
        self.address = address
        self.copy = copy

    def change(self, update: str, headers: dict[str, str] | None = None) -> httpx.Response:
        """Return the response to an update."""
        told = {"Content-Type": "application/sparql-update", **(BEARER if headers is None else headers)}
        return httpx.post(f"{self.address}/sparql", content=update.encode(), headers=told, timeout=60)

    def insert(self, triples: str) -> httpx.Response:
        """Return the response to triples that are added to the curated graph."""
        return self.change(f"INSERT DATA {{ GRAPH <{CURATED}> {{ {triples} }} }}")

    def problems(self, update: str) -> dict[str, list[str]]:
        """Return what is wrong with an update that is refused, by thing; everything is as it was."""
        before = self.state()
        response = self.change(update)
        assert (response.status_code, response.headers["content-type"]) == (422, "application/problem+json"), (
            response.text
        )
        assert self.state() == before
        found: dict[str, list[str]] = {}
        for row in response.json()["problems"]:
            found.setdefault(row["node"].removeprefix("https://w3id.org/keiretsu/"), []).append(row["message"])
        return found

    def state(self) -> tuple[Any, ...]:
        """Return everything that is served and that lies on disk."""
        files = {
            str(file.relative_to(self.copy)): file.read_bytes()
            for file in self.copy.rglob("*")
            if file.is_file() and "oxigraph" not in file.parts
        }
        whole = httpx.get(f"{self.address}/store", headers={"Accept": "application/n-quads"})
        return files, sorted(whole.text.splitlines()), httpx.get(f"{self.address}/api/claims").text

    def asked(self, query: str) -> Any:
        """Return the answer to a query."""
        headers = {"Accept": "application/sparql-results+json"}
        answer = httpx.get(f"{self.address}/sparql", params={"query": query}, headers=headers).json()
        return answer["boolean"] if "boolean" in answer else answer["results"]["bindings"]

    @property
    def ids(self) -> dict[str, str]:
        """Return the id of every claim by its key, as it lies on disk."""
        return {key: claim for claim, key in self.view.keys().items()}

    @property
    def view(self) -> SqliteView:
        """What lies on disk, open for look-ups."""
        return SqliteView.open(open_build(self.copy).sqlite)


VIEWS = (NamedView("v", "North", "", Scene(("north",))),)


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """The small graph, which the loader would take: North has a fiscal year."""
    facts = small_dataset()
    entities = tuple(replace(row, fiscal_year_end="03-31") if row.id == "north" else row for row in facts.entities)
    facts = replace(facts, entities=entities, views=VIEWS)
    return build(facts, tmp_path_factory.mktemp("original") / "out")


@pytest.fixture
def served(original: Build, tmp_path: Path) -> Iterator[Served]:
    """A server of the small graph that may be changed."""
    token = tmp_path / "token"
    token.write_text(TOKEN, encoding="utf-8")
    copy = tmp_path / "copy"
    with serving(str(original.folder), "--write", "--copy", str(copy), "--token-file", str(token)) as address:
        yield Served(address, copy)


def test_an_alias_is_found_by_every_engine(served: Served, original: Build) -> None:
    """What is added is found by look-ups and SPARQL alike, outlives the server, and is not in the graph given."""
    before = original.quads.read_bytes()

    assert served.insert('entity:north skos:altLabel "Nordwind"@de').status_code == 204

    found = httpx.get(f"{served.address}/api/find", params={"text": "Nordwind"}).json()["result"]
    assert (found[0]["entity"], found[0]["score"]) == ("north", 100.0)
    assert served.asked('ASK { entity:north skos:altLabel "Nordwind"@de }')
    assert [row.entity for row in served.view.names("Nordwind")][:1] == ["north"]
    assert (open_build(original.folder).manifest, original.quads.read_bytes()) == (original.manifest, before)


def test_views_stay(served: Served) -> None:
    """A change neither sees nor loses the views that the dataset keeps."""
    assert served.insert('entity:north skos:altLabel "Nordwind"@de').status_code == 204

    assert served.view.views() == VIEWS


def test_what_follows_from_a_claim_goes_with_it(served: Served) -> None:
    """Where a claim is deleted, its direct triple and the ties that rest on it are gone, in every engine."""
    claim = claim_iri(served.ids["lab-unit"])
    assert served.asked("ASK { entity:south kei:develops entity:spark }")

    assert served.change(f"{WITH} DELETE {{ <{claim}> ?p ?o }} WHERE {{ <{claim}> ?p ?o }}").status_code == 204

    assert not served.asked("ASK { entity:south kei:develops entity:spark }")
    assert not served.asked("ASK { entity:lab kei:unitOf entity:south }")
    assert not served.asked(f"ASK {{ ?s ?p ?o FILTER(STRSTARTS(STR(?s), '{claim}')) }}")
    assert "lab-unit" not in served.ids


def test_a_new_claim_gets_the_id_that_follows_from_what_it_says(served: Served) -> None:
    """A claim may be added under any name, its parts under none; the same claim has the same id everywhere."""
    assert served.insert(NEW.replace("0" * 64, digest("North"))).status_code == 204

    claim = served.view.claims(ClaimFilter(ids=(served.ids["north-east"],)))[0]
    assert (claim.id[:1], len(claim.id), str(claim.held.start)) == ("c", 17, "2025-07")
    assert not served.asked("ASK { claim:mine ?p ?o }")
    assert served.asked(f"ASK {{ <{claim_iri(claim.id)}> kei:factual true ; kei:about entity:east }}")
    assert served.asked("ASK { entity:north kei:partnerOf entity:east }")


def test_what_names_a_claim_follows_it_to_its_id(served: Served) -> None:
    """A conflict that names a new claim names it by its id afterwards, and so after each edit, which keeps the key."""
    rivals = claim_iri(served.ids["rivals"])
    conflict = (f"<https://w3id.org/keiretsu/conflict/friends> a kei:Conflict ; kei:reason kei:reason-wording ; "
                f"kei:side claim:mine, <{rivals}> ; rdfs:comment 'Partners or rivals.' .")  # fmt: skip
    assert served.insert(NEW.replace("0" * 64, digest("North")) + conflict).status_code == 204
    first = served.ids["north-east"]
    edit = f"{WITH} DELETE {{ ?c kei:modality ?m }} INSERT {{ ?c kei:modality kei:modality-opinion }} WHERE {{ "
    assert served.change(f"{edit} ?c dcterms:identifier 'north-east' ; kei:modality ?m }}").status_code == 204

    second = served.ids["north-east"]
    sides = next(row.claims for row in served.view.conflicts() if row.id == "friends")
    assert first != second
    assert set(sides) == {second, served.ids["rivals"]}
    assert not served.asked("ASK { entity:north kei:partnerOf entity:east }")


def test_every_problem_is_told_at_once(served: Served) -> None:
    """An unknown relation, a missing speaker, a bad date, an address that is a script and a name that turns round."""
    bad = NEW.replace("kei:partnerOf", "kei:partnersOf").replace("kei:claimedBy entity:reporter ;", "")
    found = served.problems(
        f"INSERT DATA {{ GRAPH <{CURATED}> {{ {bad.replace('2025-07', '2025-13')} "
        'entity:north skos:altLabel "Nor\u202eth"@de . } '
        f"GRAPH <{GRAPHS['sources']}> {{ source:page a kei:Source ; dcterms:title 'A page' ; "
        f"kei:sourceKind kei:source-news ; kei:recordedOn {DAY} ; schema:url 'javascript:alert(1)' }} "
        f"GRAPH <{GRAPHS['derived']}> {{ entity:north kei:develops entity:spark }} }} ; "
        "INSERT DATA { entity:north kei:name 'Elsewhere' } ; INSERT DATA { GRAPH <urn:x> { <urn:a> <urn:b> <urn:c> } }"
    )

    assert found == {
        "claim/mine": ["kei:claimedBy is missing",
                       "rdf:predicate: unknown relation kei:partnersOf; did you mean 'kei:partnerOf'?"],
        "entity/north": ["aliases.de.0: the bidirectional control U+202E at character 4 is not admitted"],
        "graph/": [f"facts stand in <{CURATED}> and <{GRAPHS['sources']}>, not in the default graph, where 1 would "
                   "change; say WITH, GRAPH or ?graph="],
        "graph/derived": ["this graph follows from the others; 1 triples of it would change"],
        "source/page": ["source.url: an address begins with http:// or https://, not 'javascript:'"],
        "urn:x": [f"unknown graph; facts stand in <{CURATED}> and <{GRAPHS['sources']}>"],
    }  # fmt: skip


REFUSED = {
    "a kind that does not fit": (NEW.replace("kei:partnerOf", "kei:developedBy"), "unknown relation kei:developedBy"),
    "a thing of another kind": (
        NEW.replace("kei:partnerOf", "kei:develops"), "'east' is of the kind company; wanted here is one of the kind"),
    "a date that is none": (NEW.replace("2025-07", "2025-13"), "2025-13"),
    "an unknown entity": (NEW.replace("entity:east", "entity:esat"), "unknown entity 'esat'; did you mean 'east'?"),
    "a figure without a unit": ("claim:{sales} kei:unit \"EUR\"", "kei:unit stands 2 times"),
    "what no model holds": ("entity:north <urn:secret> 'x'", "would be lost"),
    "a part of nothing": ("claim:none\\#x kei:edtf '2025'", "would be lost"),
    "a second word for one thing": ("entity:north kei:name 'Other'", "kei:name stands 2 times"),
    "a fact that nobody says": ("entity:north kei:competitorOf entity:south", "would be lost"),
    "a mark that is worked out": ("claim:{rivals} kei:factual true", "would be lost"),
    "a name beyond the model": ("<https://w3id.org/keiretsu/entity/a/b> a kei:Company ; kei:name 'A'", "the name of"),
    "what nobody sees in a name": ("entity:north skos:altLabel 'Nor\u200bth'@en", "the invisible character U+200B"),
    "a name in no language": ("entity:north skos:altLabel 'Nord'", "cannot be read"),
}  # fmt: skip


@pytest.fixture(scope="module")
def steady(original: Build, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server whose graph stays as it is, since all that it is told is refused."""
    folder = tmp_path_factory.mktemp("steady")
    (folder / "token").write_text(TOKEN, encoding="utf-8")
    options = ("--write", "--copy", str(folder / "copy"), "--token-file", str(folder / "token"))
    with serving(str(original.folder), *options) as address:
        yield Served(address, folder / "copy")


@pytest.mark.parametrize("case", REFUSED)
def test_what_the_loader_would_not_take_is_refused(steady: Served, case: str) -> None:
    """A change into what cannot be is refused with what is wrong, and everything is as it was."""
    triples, words = REFUSED[case]
    keys = steady.ids
    triples = triples.replace("{sales}", keys["sales-own"]).replace("{rivals}", keys["rivals"])

    found = steady.problems(f"INSERT DATA {{ GRAPH <{CURATED}> {{ {triples} }} }}")

    assert [line for lines in found.values() for line in lines if words in line], found


def test_shacl_has_its_say(steady: Served) -> None:
    """A claim without what every claim has breaks the shapes, too."""
    found = steady.problems(f"INSERT DATA {{ GRAPH <{CURATED}> {{ claim:mine a kei:Claim ; kei:claimedBy source:paper "
                            "} }")  # fmt: skip
    assert any(line.startswith("SHACL: kei:claimedBy") for line in found["claim/mine"]), found


def test_half_a_deletion_is_refused(steady: Served) -> None:
    """A thing that others name stays; a claim goes whole or not at all; the side of a curator's conflict stays."""
    keys = steady.ids
    gone = steady.problems(f"{WITH} DELETE {{ entity:spark ?p ?o }} WHERE {{ entity:spark ?p ?o }}")
    half = steady.problems(f"{WITH} DELETE {{ ?c a ?t }} WHERE {{ ?c dcterms:identifier 'rivals' ; a ?t }}")

    assert "unknown entity 'spark'" in str(gone)
    assert list(half) == [f"claim/{keys['rivals']}"]


def test_whoever_has_no_token_changes_nothing(steady: Served) -> None:
    """No token and a wrong one are 401 with a challenge; what cannot be parsed is 400; reading needs none."""
    before = steady.state()
    update = f"{WITH} DELETE {{ ?s ?p ?o }} WHERE {{ ?s ?p ?o }}"
    found = [steady.change(update, headers) for headers in ({}, {"Authorization": "Bearer wrong"},
                                                            {"Authorization": f"Basic {TOKEN}"})]  # fmt: skip

    assert [(row.status_code, "Bearer" in row.headers["www-authenticate"]) for row in found] == [(401, True)] * 3
    assert steady.change("INSERT DATA {").status_code == 400
    assert steady.state() == before


def test_a_copy_is_continued_by_one_server_at_a_time(served: Served, original: Build, tmp_path: Path) -> None:
    """What was changed is there when the server is started again; a second server beside it is refused."""
    assert served.insert('entity:north skos:altLabel "Nordwind"@de').status_code == 204
    options = ("--write", "--copy", str(served.copy))
    with (
        pytest.raises(AssertionError, match="another server has the working copy"),
        serving(str(original.folder), *options),
    ):
        pass
    with (
        pytest.raises(AssertionError, match="which is never changed"),
        serving(str(original.folder), "--write", "--copy", str(original.folder)),
    ):
        pass


@pytest.mark.skipif(sys.platform != "linux", reason="needs /proc")
def test_a_full_disk_leaves_the_graph(served: Served) -> None:
    """Where nothing can be written the change is 503, all is as it was, and the next change is made."""
    before, working = served.state(), behind(int(urlsplit(served.address).port or 0))
    limit(working, 10_000)
    response = served.insert('entity:north skos:altLabel "Nordwind"@de')
    limit(working, resource.RLIM_INFINITY)

    assert (response.status_code, "written" in response.json()["detail"]) == (503, True), response.text
    assert served.state() == before
    assert served.insert('entity:north skos:altLabel "Nordwind"@de').status_code == 204


def test_changes_at_once_are_all_made(served: Served) -> None:
    """Of clients that change at the same time none is lost."""
    texts = [f'entity:north skos:altLabel "Nord {number}"@de' for number in range(6)]
    with ThreadPoolExecutor(3) as clients:
        found = [answer.status_code for answer in clients.map(served.insert, texts)]

    names = [name.text for name in served.view.entities(["north"])["north"].names if name.language == "de"]
    assert (found, names) == ([204] * 6, [f"Nord {number}" for number in range(6)])


def test_a_change_that_changes_nothing_makes_no_version(served: Served) -> None:
    """An update without effect is 204 and leaves the very same build."""
    before = served.state()
    assert served.change(f"{WITH} DELETE {{ ?s ?p ?o }} WHERE {{ ?s ?p ?o FILTER(false) }}").status_code == 204
    assert served.state() == before


def test_the_way_back_leads_to_the_same_graph(served: Served) -> None:
    """A graph that is read, put, changed and changed back is the same graph, whatever the digest of its files was."""
    curated = {"graph": CURATED}
    first = httpx.get(f"{served.address}/store", params=curated, headers={"Accept": "text/turtle"})
    put = httpx.put(f"{served.address}/store", params=curated, content=first.content,
                    headers={**BEARER, "Content-Type": "text/turtle"}, timeout=60)  # fmt: skip
    assert served.insert('entity:north skos:altLabel "Nordwind"@de').status_code == 204
    assert served.change(f'{WITH} DELETE {{ entity:north skos:altLabel "Nordwind"@de }} WHERE {{}}').status_code == 204
    again = httpx.get(f"{served.address}/store", params=curated, headers={"Accept": "text/turtle"})

    assert put.status_code == 204
    assert sorted(first.text.splitlines()) == sorted(again.text.splitlines())
