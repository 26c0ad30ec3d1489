"""A made-up graph for questions about the whole: two triangles of companies, joined by one ferry.

reef, atoll and lagoon are partners, so are delta, marsh and creek; ferry alone goes between reef and delta. Reef's unit
coral develops the models of the family pearl, atoll the chip opal. Two sources tell of it, the paper and the wire.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from factories import a_deal, a_statement, a_when, an_entity, an_observation, an_occurrence, small_dataset
from keiretsu_ontology.claims import AnyClaim, Scope
from keiretsu_ontology.conflicts import find_conflicts
from keiretsu_ontology.dataset import Dataset
from keiretsu_ontology.dates import Held, Period
from keiretsu_ontology.entities import Entity, Name
from keiretsu_ontology.evidence import Source, digest
from keiretsu_ontology.values import Quantity

SPRING, SUMMER = a_when("2025-03-01", date(2025, 3, 1)), a_when("2025-07", date(2025, 7, 1), date(2025, 7, 31))
YEAR = Period("year", date(2024, 1, 1), date(2024, 12, 31))
EXAM = Scope(benchmark="exam")


def islands() -> list[Entity]:
    """Return the things, a hostile name among them."""
    companies = [an_entity(slug) for slug in ("atoll", "creek", "delta", "ferry", "lagoon", "marsh")]
    reef = an_entity("reef", name="Reef Group", names=(Name("Reef Group", "en", preferred=True), Name("Reef", "en")))
    return [
        *companies, reef, an_entity("coral", "business_unit"), an_entity("pearl", "model_family"),
        *(an_entity(f"pearl-{size}", "ai_model") for size in (1, 2, 3)), an_entity("opal", "chip"),
        an_entity("exam", "benchmark"), an_entity("quiz", "benchmark"), an_entity("kim", "person", "Kim Ito"),
        an_entity("lee", "person", "Lee Park"), an_entity("quay", "person", "<b>Quay</b>"),
        an_entity("reporter", "voice"), an_entity("parameters", "metric", "parameters", dimension="count"),
        an_entity("benchmark-score", "metric", "benchmark score", dimension="score"),
        an_entity("revenue", "metric", "revenue", dimension="money"),
    ]  # fmt: skip


def tides() -> list[AnyClaim]:
    """Return the claims."""
    return [
        a_statement("reef-atoll", "reef", "partner_of", "atoll"),
        a_statement("atoll-lagoon", "atoll", "partner_of", "lagoon"),
        a_statement("lagoon-reef", "lagoon", "partner_of", "reef"),
        a_statement("delta-marsh", "delta", "partner_of", "marsh"),
        a_statement("marsh-creek", "marsh", "partner_of", "creek"),
        a_statement("creek-delta", "creek", "partner_of", "delta"),
        a_statement("reef-ferry", "reef", "supplier_of", "ferry"),
        a_statement("reef-ferry-wire", "reef", "supplier_of", "ferry", source="wire", restates="reef-ferry"),
        a_statement("ferry-delta", "ferry", "supplier_of", "delta", held=Held(a_when("2025-06", date(2025, 6, 1),
                                                                                     date(2025, 6, 30)), None)),
        a_statement("lagoon-delta", "lagoon", "competitor_of", "delta", modality="forecast"),
        a_statement("no-pact", "delta", "partner_of", "reef", modality="denied"),
        a_statement("coral-unit", "coral", "unit_of", "reef"),
        a_statement("coral-pearl", "coral", "develops", "pearl"),
        *(a_statement(f"pearl-{size}-member", f"pearl-{size}", "variant_of", "pearl") for size in (1, 2, 3)),
        a_statement("atoll-opal", "atoll", "develops", "opal"),
        a_statement("kim-leads", "kim", "chief_executive_of", "reef"),
        a_statement("lee-serves", "lee", "officer_of", "coral", scope=Scope(note="chief scientist")),
        a_statement("delta-opal", "delta", "develops", "opal", modality="opinion"),
        a_deal("marsh-coral", "adoption", {"marsh": "customer", "coral": "provider"}, held=Held(SUMMER, None)),
        an_occurrence("pearl-1-out", "launch", {"pearl-1": "product", "coral": "agent"}, held=Held(SPRING, SPRING)),
        an_occurrence("pearl-2-out", "launch", {"pearl-2": "product"}, held=Held(SUMMER, SUMMER)),
        an_occurrence("pearl-2-again", "launch", {"pearl-2": "product"}, held=Held(SUMMER, SUMMER), source="wire",
                      restates="pearl-2-out"),
        *(an_observation(f"size-{size}", f"pearl-{size}", "parameters",
                         quantity=Quantity(number, "parameters", sign, "billion"))  # type: ignore[arg-type]
          for size, number, sign in ((1, "7", "="), (2, "30", ">"), (3, "32", "="))),
        an_observation("score-1", "pearl-1", "benchmark-score", quantity=Quantity("70", "percent"), scope=EXAM),
        an_observation("score-3", "pearl-3", "benchmark-score", quantity=Quantity("72.5", "percent"), scope=EXAM),
        an_observation("score-2", "pearl-2", "benchmark-score", quantity=Quantity("80", "points"), scope=EXAM),
        an_observation("hope-2", "pearl-2", "benchmark-score", quantity=Quantity("99", "percent"), scope=EXAM,
                       modality="forecast"),
        an_observation("quiz-1", "pearl-1", "benchmark-score", quantity=Quantity("9", "percent"),
                       scope=Scope(benchmark="quiz")),
        an_observation("sales-reef", "reef", "revenue", quantity=Quantity("5", "CNY", scale="billion"), period=YEAR),
        an_observation("sales-reef-wire", "reef", "revenue", quantity=Quantity("6", "CNY", scale="billion"),
                       period=YEAR, source="wire"),
        an_observation("sales-delta", "delta", "revenue", quantity=Quantity("1", "USD", scale="billion"), period=YEAR),
    ]  # fmt: skip


def archipelago(claims: Sequence[AnyClaim] | None = None) -> Dataset:
    """Return the graph as a dataset."""
    listed = tides() if claims is None else [*claims]
    paper = small_dataset([]).sources[0]
    wire = Source("wire", "The wire", "article", paper.recorded, paper.published)
    return replace(
        small_dataset([]), name="archipelago", title="Archipelago", digest=digest("archipelago"),
        entities=tuple(sorted(islands(), key=lambda entity: entity.id)), sources=(paper, wire),
        claims=tuple(sorted(listed, key=lambda claim: claim.id)), conflicts=tuple(find_conflicts(listed)),
    )  # fmt: skip
