"""A small world of several papers: who says what of Acme, where they disagree, and what nobody says.

acme files revenue of 3 billion, the wire passes it on; the daily and the herald say 4 of their own knowledge.
spark came out on the 24th by the filing, on the 25th by the daily; lab belongs to acme, bolt was put aside.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from factories import DAY, a_deal, a_statement, a_when, an_entity, an_observation, an_occurrence
from keiretsu_ontology.claims import AnyClaim, Conflict
from keiretsu_ontology.conflicts import find_conflicts
from keiretsu_ontology.dataset import Dataset
from keiretsu_ontology.dates import Held, Period
from keiretsu_ontology.evidence import Evidence, Source, digest
from keiretsu_ontology.values import Quantity

SUMMER = Period("quarter", date(2025, 4, 1), date(2025, 6, 30))
AUTUMN = Period("quarter", date(2025, 7, 1), date(2025, 9, 30))
PUBLISHED = {"filing": date(2025, 10, 1), "wire-story": date(2025, 10, 2), "daily-story": date(2025, 10, 20),
             "herald-story": date(2025, 10, 25)}  # fmt: skip


def _read(source: str, speaker: str, relay: str | None = None, **more: Any) -> dict[str, Any]:
    """Return where a claim was read and who makes it."""
    when = a_when(str(PUBLISHED[source]), PUBLISHED[source])
    return {"source": source, "speaker": speaker, "relayed_by": relay, "published": when,
            "evidence": (Evidence(source, 0, 9, "0" * 64),), **more}  # fmt: skip


def _dollars(written: str) -> Quantity:
    return Quantity(written, "USD", scale="billion")


def on(day: str) -> Held:
    """Return that something took place on a day."""
    when = a_when(day, date.fromisoformat(day))
    return Held(when, when)


def news_claims() -> list[AnyClaim]:
    """Return what the papers say."""
    filing, wire = _read("filing", "acme"), _read("wire-story", "acme", "wire")
    daily, herald = _read("daily-story", "daily"), _read("herald-story", "herald")
    return [
        an_observation("rev-filing", "acme", "revenue", quantity=_dollars("3.00"), period=AUTUMN, **filing),
        an_observation("rev-wire", "acme", "revenue", quantity=_dollars("3.00"), period=AUTUMN, **wire),
        an_observation("rev-daily", "acme", "revenue", quantity=_dollars("4"), period=AUTUMN, **daily),
        an_observation("rev-herald", "acme", "revenue", quantity=_dollars("4"), period=AUTUMN, **herald),
        an_observation("rev-hoped", "acme", "revenue", quantity=_dollars("2.5"), period=AUTUMN,
                       **_read("wire-story", "analysts", "wire", modality="forecast")),
        an_observation("rev-next", "acme", "revenue", quantity=_dollars("9"), modality="forecast",
                       period=Period("year", date(2027, 1, 1), date(2027, 12, 31)),
                       **_read("wire-story", "analysts", "wire")),
        an_occurrence("spark-out", "launch", {"spark": "product", "acme": "agent"}, held=on("2025-03-24"), **filing),
        an_occurrence("spark-later", "launch", {"spark": "product"}, held=on("2025-03-25"), **daily),
        an_occurrence("flint-plan", "planned_launch", {"flint": "product"}, modality="forecast",
                      held=Held(a_when("2025-05", date(2025, 5, 1), date(2025, 5, 31)),
                                a_when("2025-05", date(2025, 5, 1), date(2025, 5, 31))), **daily),
        an_occurrence("flint-out", "launch", {"flint": "product"}, held=on("2025-05-10"), **herald),
        a_statement("lab-acme", "lab", "unit_of", "acme", rank="preferred", rank_reason="the filing is later",
                    **filing),
        a_statement("lab-bolt", "lab", "unit_of", "bolt", outranked=True, **daily),
        a_statement("ann-leads", "ann", "chief_executive_of", "acme", **filing),
        a_deal("deal-filing", "supply", {"acme": "provider", "bolt": "customer"}, purpose="chips", status="in_force",
               held=Held(a_when("2025-02", date(2025, 2, 1), date(2025, 2, 28)), None), **filing),
        a_deal("deal-herald", "supply", {"acme": "provider", "bolt": "customer", "spark": "product"}, **herald),
        a_statement("friends", "acme", "partner_of", "core", **filing),
        a_statement("no-friends", "acme", "partner_of", "core", modality="denied", **_read("herald-story", "core")),
        a_statement("good-maker", "acme", "assessed_on", "quality", modality="opinion", **daily),
        *(a_statement(f"{who}-seat", who, "located_in", "town", **daily) for who in ("bolt", "core", "dune")),
        *(a_statement(f"{who}-rival", who, "competitor_of", "east", **daily) for who in ("bolt", "core", "dune")),
        *(an_observation(f"{who}-rev", who, "profit", quantity=_dollars("1"), period=AUTUMN, **daily)
          for who in ("bolt", "core", "dune")),
        an_observation("acme-profit", "acme", "profit", quantity=_dollars("1"), period=SUMMER, **filing),
    ]  # fmt: skip


def news_conflicts(claims: list[AnyClaim]) -> tuple[Conflict, ...]:
    """Return the conflicts that curators wrote down, and those that are found."""
    ids = {claim.key: claim.id for claim in claims}

    def curated(name: str, why: str, note: str, *keys: str) -> Conflict:
        return Conflict(name, tuple(sorted(ids[key] for key in keys)), why, note, curated=True)

    written = [
        curated("spark-date", "time", "A day apart.", "spark-out", "spark-later"),
        curated("lab-owner", "object", "Only one can own it.", "lab-acme", "lab-bolt"),
        curated("friend-or-not", "wording", "One says so, the other denies it.", "friends", "no-friends"),
    ]
    sides = [set(conflict.claims) for conflict in written]
    found = [conflict for conflict in find_conflicts(claims) if not any(set(conflict.claims) <= own for own in sides)]
    return tuple(sorted([*written, *found], key=lambda conflict: conflict.id))


def news_dataset() -> Dataset:
    """Return the world of the papers as a dataset."""
    claims = news_claims()
    kinds = {"acme": "company", "bolt": "company", "core": "company", "dune": "company", "east": "company",
             "lab": "business_unit", "ann": "person", "wire": "news_agency", "daily": "news_agency",
             "herald": "news_agency", "analysts": "voice", "reporter": "voice", "spark": "chip", "flint": "chip",
             "town": "place", "quality": "topic", "revenue": "metric", "profit": "metric"}  # fmt: skip
    makers = {"filing": "acme", "wire-story": "wire", "daily-story": "daily", "herald-story": "herald"}
    sources = [
        Source(slug, f"What the {slug} says", "article", DAY, a_when(str(day), day), publisher=makers[slug])
        for slug, day in PUBLISHED.items()
    ]
    return Dataset(
        "news", "A small world of papers", digest("news"),
        tuple(an_entity(slug, kind) for slug, kind in sorted(kinds.items())),
        tuple(sorted(sources, key=lambda source: source.id)), tuple(sorted(claims, key=lambda claim: claim.id)),
        news_conflicts(claims),
    )  # fmt: skip
