"""What SHACL says of the built graph agrees with what the loader says of the files."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pyshacl
import pytest
import rdflib

from factories import a_deal, a_statement, a_when, an_observation, as_graph, small_claims, small_dataset
from keiretsu_graph.build import Build
from keiretsu_graph.derive import all_ties
from keiretsu_graph.terms import quads
from keiretsu_ontology import owl, shapes
from keiretsu_ontology.claims import AnyClaim, Scope
from keiretsu_ontology.dataset import Dataset
from keiretsu_ontology.dates import Held, Period
from keiretsu_ontology.values import Quantity

AUTUMN = Period("quarter", date(2025, 7, 1), date(2025, 9, 30))


@pytest.fixture(scope="module")
def judge() -> object:
    """Says whether lines of N-Quads conform, and what is wrong where they do not."""
    wanted = rdflib.Graph().parse(data=shapes.to_turtle(), format="turtle")
    ontology = rdflib.Graph().parse(data=owl.to_turtle(), format="turtle")

    def judged(lines: str) -> tuple[bool, str]:
        graph = as_graph(line for line in lines.splitlines() if line)
        conforms, _, text = pyshacl.validate(graph, shacl_graph=wanted, ont_graph=ontology)
        return bool(conforms), str(text)

    return judged


def _lines(dataset: Dataset) -> str:
    return "\n".join(quads(dataset, all_ties(dataset.claims, dataset.entities)))


def test_the_small_graph_conforms(judge: object) -> None:
    """What the loader would take, SHACL takes."""
    assert callable(judge)
    assert judge(_lines(small_dataset())) == (True, judge(_lines(small_dataset()))[1])


def test_the_bundled_graph_conforms(judge: object, seeds_build: Build) -> None:
    """The facts that ship with the program pass both fences."""
    assert callable(judge)
    conforms, text = judge(seeds_build.quads.read_text(encoding="utf-8"))

    assert conforms, text[:2000]


def test_a_deal_with_sums_conforms(judge: object) -> None:
    """An amount in money and a share in percent are as they should be."""
    assert callable(judge)
    deal = a_deal(
        "good", "acquisition", {"north": "acquirer", "east": "target"}, amount=Quantity("41", "USD", "-", None, "60"),
        share=Quantity("33", "percent"), scope=Scope(counterparty="south"),
    )  # fmt: skip
    assert judge(_lines(small_dataset([*small_claims(), deal])))[0]


def _money(unit: str) -> AnyClaim:
    return an_observation("bad", "north", "revenue", quantity=Quantity("3", unit), period=AUTUMN)


MISFITS: dict[str, AnyClaim] = {
    "a person as a unit": a_statement("bad", "ann", "unit_of", "south"),
    "a chip as a parent": a_statement("bad", "lab", "unit_of", "spark"),
    "a company as a chief": a_statement("bad", "north", "chief_executive_of", "south"),
    "a tie to itself": a_statement("bad", "north", "partner_of", "north"),
    "an object that is not there": a_statement("bad", "north", "partner_of", "nobody"),
    "a product that speaks": a_statement("bad", "north", "partner_of", "east", speaker="spark"),
    "a deal without provider": a_deal("bad", "adoption", {"north": "customer", "cloud": "product"}),
    "a chip as customer": a_deal("bad", "adoption", {"spark": "customer", "south": "provider"}),
    "money in users": _money("users"),
    "people in dollars": an_observation("bad", "cloud", "daily-active-users", quantity=Quantity("3", "USD")),
    "no value at all": an_observation("bad", "north", "revenue", period=AUTUMN),
    "a deal paid in percent": a_deal(
        "bad", "acquisition", {"north": "acquirer", "east": "target"}, amount=Quantity("3", "percent")
    ),
    "a deal on a share in dollars": a_deal(
        "bad", "acquisition", {"north": "acquirer", "east": "target"}, share=Quantity("3", "USD")
    ),
    "a metric that is none": an_observation("bad", "north", "spark", direction="up"),
    "a period backwards": an_observation(
        "bad", "north", "revenue", direction="up", period=Period("span", date(2025, 9, 1), date(2025, 7, 1))
    ),
    "a date backwards": a_statement(
        "bad", "north", "partner_of", "east",
        held=Held(a_when("2025", date(2025, 12, 1), date(2025, 1, 1)), None),
    ),
    "evidence without a source": a_statement("bad", "north", "partner_of", "east", source="nowhere"),
}  # fmt: skip


@pytest.mark.parametrize("name", MISFITS)
def test_a_misfit_is_refused(name: str, judge: object) -> None:
    """What the loader refuses, SHACL refuses, where it gets past the loader."""
    assert callable(judge)
    dataset = small_dataset()
    claims = [*small_claims(), MISFITS[name]]
    lines = "\n".join(quads(replace(dataset, claims=tuple(claims), conflicts=()), []))

    conforms, _ = judge(lines)
    assert not conforms
