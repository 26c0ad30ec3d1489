"""A graph of who rests on whom that anyone can draw on paper.

state restricts spark (chip, by foundry); cloud, a unit of the division, a unit of south, uses spark and makes the
model family qubit with its member qubit-8; west makes the family other
north is a customer of cloud and uses qubit; east uses qubit and other; the app of north is built on qubit-8
glasses of south build in lens (chip, by optics); ann is an officer of north and of east
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from factories import a_deal, a_statement, a_when, an_entity, an_observation, an_occurrence, small_dataset
from keiretsu_ontology.claims import AnyClaim, Scope
from keiretsu_ontology.dataset import Dataset
from keiretsu_ontology.dates import Held
from keiretsu_ontology.values import Quantity

KINDS = {
    "ann": "person", "app": "application", "cloud": "business_unit", "division": "business_unit", "east": "company",
    "foundry": "company", "glasses": "device", "lens": "chip", "north": "company", "optics": "company",
    "other": "model_family", "qubit": "model_family", "qubit-8": "ai_model", "reporter": "voice", "south": "company",
    "spark": "chip", "state": "government_body", "west": "company", "revenue": "metric", "fair": "event",
    "reasoning": "technology", "alone": "company",
}  # fmt: skip
SINCE_2024 = Held(a_when("2024-01-01", date(2024, 1, 1)), None)


def web_claims() -> list[AnyClaim]:
    """Return the claims of the graph."""
    return [
        a_statement("state-spark", "state", "restricts", "spark"),
        a_statement("foundry-spark", "foundry", "develops", "spark"),
        a_statement("cloud-unit", "cloud", "unit_of", "division"),
        a_statement("division-unit", "division", "unit_of", "south"),
        a_statement("cloud-spark", "cloud", "uses", "spark", held=SINCE_2024),
        a_statement("cloud-qubit", "cloud", "develops", "qubit"),
        a_statement("qubit-member", "qubit-8", "variant_of", "qubit"),
        a_statement("west-other", "west", "develops", "other"),
        a_deal("north-cloud", "adoption", {"north": "customer", "cloud": "provider"}, purpose="its shops"),
        a_statement("north-qubit", "north", "uses", "qubit"),
        a_statement("east-qubit", "east", "uses", "qubit"),
        a_statement("east-other", "east", "uses", "other"),
        a_statement("app-qubit", "app", "built_on", "qubit-8"),
        a_statement("north-app", "north", "develops", "app"),
        a_statement("south-glasses", "south", "develops", "glasses"),
        a_statement("glasses-lens", "glasses", "integrates", "lens"),
        a_statement("optics-lens", "optics", "develops", "lens"),
        a_statement("ann-north", "ann", "officer_of", "north"),
        a_statement("ann-east", "ann", "officer_of", "east"),
        a_statement("west-hopes", "west", "uses", "qubit", modality="forecast"),
        a_statement("south-likes", "south", "prioritizes", "reasoning", speaker="south"),
        an_occurrence("fair-show", "showcase", {"cloud": "agent", "north": "participant", "east": "participant",
                                                "fair": "setting"}),
        an_observation("north-sales", "north", "revenue", quantity=Quantity("3", "USD"), scope=Scope(product="qubit")),
    ]  # fmt: skip


def web_dataset(claims: list[AnyClaim] | None = None) -> Dataset:
    """Return the graph as a dataset."""
    entities = [an_entity(slug, kind) for slug, kind in sorted(KINDS.items()) if kind != "metric"]
    entities.append(an_entity("revenue", "metric", dimension="money"))
    base = small_dataset(web_claims() if claims is None else claims)
    return replace(base, name="web", entities=tuple(sorted(entities, key=lambda entity: entity.id)), conflicts=())
