"""A small graph of companies through the years, for questions on figures and time.

harbor, whose year ends on 31 March, has the unit sky; pier is its rival. Harbor's autumn quarters are 100, 110 and
about 121 billion CNY; of net income two say different things. Bo led harbor until 10 September 2023, Cy from then on.
"""

from __future__ import annotations

import tempfile
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from factories import DAY, TEXT, a_deal, a_statement, a_when, an_entity, an_observation, an_occurrence
from keiretsu_graph.build import Build, build
from keiretsu_graph.derive import all_ties
from keiretsu_graph.sqlite import SqliteView
from keiretsu_graph.sqlite_writer import write_sqlite
from keiretsu_ontology.claims import AnyClaim, Scope
from keiretsu_ontology.conflicts import find_conflicts
from keiretsu_ontology.dataset import Dataset
from keiretsu_ontology.dates import Held, Period
from keiretsu_ontology.evidence import Source, digest
from keiretsu_ontology.metrics import METRICS
from keiretsu_ontology.notation import parse_period, parse_quantity, parse_when


def on(edtf: str) -> Held:
    """Return that something is known to have held on a date, and no more."""
    return Held.on(parse_when(edtf))


def at(edtf: str, **more: Any) -> Held:
    """Return that something took place on a date."""
    when = parse_when(edtf, **more)
    return Held(when, when)


def since(edtf: str, until: str | None = None) -> Held:
    """Return that something began on a date, and ended where that is said."""
    return Held(parse_when(edtf), parse_when(until) if until else None)


def period(text: str, kind: str | None = None) -> Period:
    """Return a period; fiscal years end on 31 March."""
    return parse_period(text, kind, fiscal_year_end="03-31")


def a_figure(key: str, about: str, metric: str, value: str, when: str | None = None, **more: Any) -> AnyClaim:
    """Return a figure of a period."""
    kind = more.pop("kind", None)
    return an_observation(
        key, about, metric, quantity=parse_quantity(value), period=period(when, kind) if when else None, **more
    )


def a_change(key: str, about: str, metric: str, value: str, when: str, **more: Any) -> AnyClaim:
    """Return a change on the year before, as a source states it."""
    return a_figure(key, about, metric, value, when, **{"measure": "change", "base": "year_before", **more})


def figures() -> list[AnyClaim]:
    """Return the figures of harbor, sky and pier."""
    return [
        a_figure("h-23", "harbor", "revenue", "100,000 million CNY", "FY2024 Q2", speaker="harbor"),
        a_figure("h-24", "harbor", "revenue", "110,000 million CNY", "FY2025 Q2", speaker="harbor"),
        a_figure("h-25", "harbor", "revenue", "121,550 million CNY", "FY2026 Q2", speaker="harbor"),
        a_figure("h-25-spring", "harbor", "revenue", "120,000 million CNY", "FY2026 Q1", speaker="harbor"),
        a_figure("h-half", "harbor", "revenue", "241,550 million CNY", "FY2026 H1"),
        a_figure("h-year", "harbor", "revenue", "450 billion CNY", "FY2025"),
        a_figure("h-usd", "harbor", "revenue", "17.1 billion USD", "FY2026 Q2"),
        a_figure("h-wish", "harbor", "revenue", "118 billion CNY", "FY2026 Q2", modality="forecast"),
        a_change("h-grew", "harbor", "revenue", "10%", "FY2026 Q2", direction="up"),
        a_change("h-grew-before", "harbor", "revenue", "15%", "FY2025 Q2", direction="up"),
        a_figure("h-net-own", "harbor", "net-income", "20 billion CNY", "FY2026 Q2", speaker="harbor"),
        a_figure("h-net-press", "harbor", "net-income", "25 billion CNY", "FY2026 Q2"),
        a_figure("h-net-24", "harbor", "net-income", "30 billion CNY", "FY2025 Q2"),
        a_figure("h-margin-25", "harbor", "operating-margin", "2%", "FY2026 Q2"),
        a_figure("h-margin-24", "harbor", "operating-margin", "15%", "FY2025 Q2"),
        a_figure("s-25", "sky", "revenue", "39.8 billion CNY", "FY2026 Q2"),
        a_figure("p-25", "pier", "revenue", "150 billion CNY", "2025-Q3"),
        a_figure("p-24", "pier", "revenue", "130 billion CNY", "2024-Q3"),
        a_figure("p-year", "pier", "revenue", "560 billion CNY", "2024"),
        a_figure("p-net", "pier", "net-income", "5 billion USD", "2025-Q3"),
        a_figure("gull-size", "gull-30b", "parameters", "30.5 billion parameters"),
        a_figure("gull-test", "gull-30b", "benchmark-score", "70.9%", scope=Scope(benchmark="sums")),
        a_figure("tern-test", "tern", "benchmark-score", "81.5%", scope=Scope(benchmark="sums")),
        a_figure("tern-other", "tern", "benchmark-score", "60%", scope=Scope(benchmark="sums", note="no tools")),
    ]  # fmt: skip


def happenings() -> list[AnyClaim]:
    """Return what happened around harbor."""
    rough = Held(parse_when("2025-07-21/2025-07-31", "late July", inferred=True), None)
    return [
        a_statement("sky-unit", "sky", "unit_of", "harbor", held=since("2023-03-28")),
        a_statement("old-unit", "quay", "unit_of", "harbor", held=since("2018", "2022-12-31")),
        a_statement("bo-led", "bo", "chief_executive_of", "harbor", held=since("2015-05-10", "2023-09-09")),
        a_statement("cy-leads", "cy", "chief_executive_of", "harbor", held=since("2023-09-10")),
        a_statement("cy-led-on", "cy", "chief_executive_of", "harbor", held=on("2025-08-29")),
        a_statement("di-chairs", "di", "officer_of", "harbor", held=since("2020", "2030"), scope=Scope(note="chair")),
        a_statement("flo-sits", "flo", "officer_of", "harbor", scope=Scope(note="director")),
        a_statement("listed", "harbor", "listed_on", "bourse", held=since("2014-09-19", "2027")),
        a_statement("stake", "harbor", "owns_stake_in", "pier", held=on("2023-09-26"), scope=Scope(note="33%")),
        a_statement("sky-makes", "sky", "develops", "gull"),
        a_statement("gull-kin", "gull-30b", "variant_of", "gull"),
        a_statement("pier-makes", "pier", "develops", "tern"),
        a_statement("gull-on", "gull", "uses_technology", "attention"),
        a_statement("tern-on", "tern", "uses_technology", "attention"),
        a_statement("tern-kin", "tern", "uses_technology", "sparsity"),
        a_deal("mill-deal", "adoption", {"mill": "customer", "harbor": "provider"}, purpose="its shops",
               status="announced", held=rough),
        a_deal("mill-pier", "adoption", {"mill": "customer", "pier": "provider"}, held=since("2022", "2026")),
        an_occurrence("gull-out", "launch", {"gull": "product", "sky": "agent"}, held=at("2023-08-03")),
        an_occurrence("gull-30b-out", "launch", {"gull-30b": "product"}, held=at("2025-04-29")),
        an_occurrence("gull-30b-late", "launch", {"gull-30b": "product"}, held=at("2025-04"), source="blog",
                      published=a_when("2025-05-01", date(2025, 5, 1))),
        an_occurrence("abroad", "planned_launch", {"gull": "product"}, held=at("2026"), modality="forecast"),
        a_statement("rivals", "pier", "competitor_of", "harbor", modality="opinion"),
    ]  # fmt: skip


KINDS = {
    "harbor": "company", "sky": "business_unit", "quay": "business_unit", "pier": "company", "mill": "company",
    "bourse": "organisation", "bo": "person", "cy": "person", "di": "person", "flo": "person",
    "gull": "model_family", "gull-30b": "ai_model", "tern": "ai_model", "attention": "technology",
    "sparsity": "technology", "sums": "benchmark", "reporter": "voice", "revenue": "metric", "net-income": "metric",
    "operating-margin": "metric", "parameters": "metric", "benchmark-score": "metric",
}  # fmt: skip


def timely_dataset(*more: AnyClaim, claims: list[AnyClaim] | None = None) -> Dataset:
    """Return the graph as a dataset, with further claims."""
    listed = [*(figures() + happenings() if claims is None else claims), *more]
    years = {"harbor": {"fiscal_year_end": "03-31"}}
    names = {slug: {"name": METRICS[slug].label} for slug, kind in KINDS.items() if kind == "metric"}
    names |= {"gull-30b": {"name": "Gull-30B"}}
    entities = [an_entity(slug, kind, **names.get(slug, {}), **years.get(slug, {})) for slug, kind in KINDS.items()]
    paper = Source("paper", "The paper", "article", DAY, a_when("2025-11-25", date(2025, 11, 25)), author="reporter",
                   language="en", file="paper.txt", characters=len(TEXT), sha256=digest(TEXT))  # fmt: skip
    blog = Source("blog", "The blog", "article", DAY, a_when("2025-05-01", date(2025, 5, 1)), author="reporter")
    return Dataset(
        "timely", "A timely graph", digest("timely"), tuple(sorted(entities, key=lambda entity: entity.id)),
        (blog, paper), tuple(sorted(listed, key=lambda claim: claim.id)), tuple(find_conflicts(listed)),
    )  # fmt: skip


@cache
def timely_build() -> Build:
    """Return the graph, built once."""
    return build(timely_dataset(), Path(tempfile.mkdtemp()) / "out")


def view_of(*claims: AnyClaim) -> SqliteView:
    """Return a graph of the same things with other claims, open for look-ups."""
    dataset = timely_dataset(claims=list(claims))
    file = Path(tempfile.mkdtemp()) / "graph.sqlite"
    write_sqlite(dataset, all_ties(dataset.claims, dataset.entities), file)
    return SqliteView.open(file)


@cache
def timely_view() -> SqliteView:
    """Return the graph, open for look-ups."""
    return SqliteView.open(timely_build().sqlite)
