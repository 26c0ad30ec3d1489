"""One-line makers of entities, claims and a small graph that anyone can draw on paper.

north -- deal --> south        south has the unit lab, which develops the chip spark
north makes 3 billion USD (says north) or 4 (says a reporter): a conflict
ann leads south; a reporter expects south to compete with east
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

import rdflib

from keiretsu_ontology.claims import AnyClaim, Deal, Observation, Occurrence, Part, Scope, Statement
from keiretsu_ontology.conflicts import find_conflicts
from keiretsu_ontology.dataset import Dataset
from keiretsu_ontology.dates import Held, Period, When
from keiretsu_ontology.entities import Entity, Identifier, Merged, Name
from keiretsu_ontology.evidence import Evidence, Source, digest
from keiretsu_ontology.identity import mint
from keiretsu_ontology.values import Quantity

TEXT = "North took up the systems of South. The chip Spark comes from the Lab of South. 上海"
DAY = date(2025, 12, 1)


def an_entity(slug: str, kind: str = "company", name: str | None = None, **more: Any) -> Entity:
    """Return an entity whose name is its id with a capital."""
    title = name or slug.capitalize()
    more.setdefault("names", (Name(title, "en", preferred=True),))
    return Entity(slug, kind, title, **more)


def a_when(edtf: str, first: date, last: date | None = None, **more: Any) -> When:
    """Return a point in time with its bounds."""
    return When(edtf, first, last or first, **more)


def a_place(quote: str) -> Evidence:
    """Return the place of a quote in TEXT."""
    start = TEXT.index(quote)
    return Evidence("paper", start, start + len(quote), digest(quote))


def _common(key: str, more: dict[str, Any]) -> dict[str, Any]:
    published = When("2025-11-25", date(2025, 11, 25), date(2025, 11, 25))
    base = {"id": "", "key": key, "text": f"What {key} says.", "speaker": "reporter", "source": "paper"}
    return {**base, "published": published, "recorded": DAY, "evidence": (a_place("North"),), **more}


def a_statement(key: str, subject: str, relation: str, obj: str | None, **more: Any) -> Statement:
    """Return a statement with an id."""
    return mint(Statement(subject=subject, relation=relation, object=obj, **_common(key, more)))


def a_deal(key: str, kind: str, parts: dict[str, str], **more: Any) -> Deal:
    """Return a deal; parts maps an entity to its role."""
    roles = tuple(sorted(Part(role, entity) for entity, role in parts.items()))
    return mint(Deal(kind=kind, parts=roles, **_common(key, more)))


def an_observation(key: str, about: str, metric: str, **more: Any) -> Observation:
    """Return an observation with an id."""
    return mint(Observation(about=about, metric=metric, **_common(key, more)))


def an_occurrence(key: str, kind: str, parts: dict[str, str], **more: Any) -> Occurrence:
    """Return an occurrence; parts maps an entity to its role."""
    roles = tuple(sorted(Part(role, entity) for entity, role in parts.items()))
    return mint(Occurrence(kind=kind, parts=roles, **_common(key, more)))


def as_graph(lines: Iterable[str]) -> rdflib.Graph:
    """Return lines of N-Quads as one rdflib graph, whatever named graph each is in."""
    graph = rdflib.Graph()
    graph.parse(data="\n".join(line.rsplit(" <", 1)[0] + " ." for line in lines), format="nt")
    return graph


def small_claims() -> list[AnyClaim]:
    """Return the claims of the small graph, one of each shape and modality that matters."""
    autumn = Period("quarter", date(2025, 7, 1), date(2025, 9, 30), "FY2026 Q2", "the quarter")
    spring = a_when("2025-04-29", date(2025, 4, 29))
    return [
        a_deal("north-south", "adoption", {"north": "customer", "south": "provider", "cloud": "product"},
               purpose="running its shops", status="announced", speaker="south", relayed_by="reporter",
               modality="reported", held=Held(a_when("2025-07", date(2025, 7, 1), date(2025, 7, 31),
                                                    stated="late July", inferred=True), None)),
        a_statement("lab-unit", "lab", "unit_of", "south"),
        a_statement("lab-spark", "lab", "develops", "spark", evidence=(a_place("The chip Spark"),)),
        a_statement("spark-reason", "spark", "optimized_for", "reasoning", scope=Scope(note="in data centres")),
        a_statement("ann-leads", "ann", "chief_executive_of", "south"),
        a_statement("ann-wants", "ann", "prioritizes", "reasoning", speaker="ann", relayed_by="reporter"),
        a_statement("rivals", "south", "competitor_of", "east", modality="forecast"),
        a_statement("no-listing", "east", "listed_on", None, none=True),
        an_observation("sales-own", "north", "revenue", quantity=Quantity("3.00", "USD", scale="billion"),
                       period=autumn, speaker="north", relayed_by="reporter", modality="reported"),
        an_observation("sales-press", "north", "revenue", quantity=Quantity("4", "USD", scale="billion"),
                       period=autumn),
        an_observation("sales-growth", "north", "revenue", measure="change", base="year_before",
                       quantity=Quantity("5", "percent"), direction="up", period=autumn),
        an_observation("users-over", "cloud", "daily-active-users", quantity=Quantity("360", "users", ">", "million")),
        an_occurrence("spark-out", "launch", {"spark": "product", "lab": "agent"}, held=Held(spring, spring)),
        a_statement("old-word", "north", "partner_of", "east", rank="deprecated", rank_reason="taken back"),
    ]  # fmt: skip


def small_dataset(claims: list[AnyClaim] | None = None) -> Dataset:
    """Return the small graph as a dataset."""
    listed = small_claims() if claims is None else claims
    entities = [
        an_entity("north"), an_entity("east", description="A rival."),
        an_entity("south", name="South Group", names=(
            Name("South Group", "en", preferred=True), Name("South", "en"), Name("南方集团", "zh")),
            identifiers=(Identifier("ticker", "NYSE:STH"), Identifier("wikidata", "Q1359568")),
            fiscal_year_end="03-31", merged=(Merged("south-gp"), Merged("southern-group", "a spelling"))),
        an_entity("lab", "business_unit"), an_entity("ann", "person", "Ann Wu"), an_entity("reporter", "voice"),
        an_entity("cloud", "platform"), an_entity("spark", "chip"), an_entity("reasoning", "technology"),
        an_entity("revenue", "metric", "revenue", dimension="money"),
        an_entity("daily-active-users", "metric", "daily active users", dimension="people"),
    ]  # fmt: skip
    published = When("2025-11-25", date(2025, 11, 25), date(2025, 11, 25))
    source = Source("paper", "The paper", "article", DAY, published, author="reporter", url="https://example.org/paper",
                    language="en", file="paper.txt", characters=len(TEXT), sha256=digest(TEXT))  # fmt: skip
    return Dataset(
        "small", "A small graph", digest("small"),
        tuple(sorted(entities, key=lambda entity: entity.id)), (source,),
        tuple(sorted(listed, key=lambda claim: claim.id)), tuple(find_conflicts(listed)),
    )  # fmt: skip
