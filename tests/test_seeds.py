"""The facts that ship with the program: what every file promises, and the main ties of the graph."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from keiretsu_graph.names import rows_of
from keiretsu_graph.sqlite import SqliteView
from keiretsu_graph.view import TieFilter
from keiretsu_loaders import check, load
from keiretsu_ontology.claims import EXPLAINED, AnyClaim, Observation, Statement, shape_of
from keiretsu_ontology.clocks import held_at
from keiretsu_ontology.dataset import Dataset
from keiretsu_ontology.evidence import Source
from keiretsu_queries.standing import standing_of
from keiretsu_queries.subjects import resolve

SEEDS = Path(__file__).parents[1] / "seeds"
FILES = sorted(str(file.relative_to(SEEDS)) for file in (SEEDS / "claims").rglob("*.yaml"))
ARTICLE = "margins-article"


@pytest.fixture(scope="module")
def facts() -> Dataset:
    """The bundled facts, loaded once."""
    return load(SEEDS)


@pytest.fixture(scope="module")
def claims(facts: Dataset) -> dict[str, AnyClaim]:
    """Every claim by its key."""
    return {claim.key: claim for claim in facts.claims}


def test_the_facts_are_clean() -> None:
    """Nothing is wrong with the facts, and there are as many as promised."""
    report = check(SEEDS)

    assert report.problems == ()
    assert report.counts == {"entities": 711, "claims": 1215, "sources": 232, "conflicts": 74, "views": 4}


def test_every_shape_is_used(facts: Dataset) -> None:
    """The claims are of all four shapes, in the numbers that the review tells."""
    assert Counter(shape_of(claim) for claim in facts.claims) == {
        "observation": 547,
        "statement": 502,
        "occurrence": 106,
        "deal": 60,
    }


def test_there_is_one_file_for_each_source(facts: Dataset) -> None:
    """Each file of claims is one source, and is called by its id."""
    assert sorted(Path(name).stem for name in FILES) == sorted(source.id for source in facts.sources)


@pytest.mark.parametrize("name", FILES)
def test_a_file_keeps_its_bounds(name: str, facts: Dataset) -> None:
    """A file promises a least number of claims, and holds just as many: none was lost or slipped in."""
    text = (SEEDS / name).read_text(encoding="utf-8")
    promised = int(text.partition("expect: {claims: {min: ")[2].partition("}")[0])

    assert sum(claim.source == Path(name).stem for claim in facts.claims) == promised


def _others(facts: Dataset) -> list[Source]:
    return [source for source in facts.sources if source.id != ARTICLE]


def test_a_source_has_someone_behind_it(facts: Dataset) -> None:
    """A publisher, or an unnamed voice where the page names none."""
    voices = {entity.id for entity in facts.entities if entity.kind == "voice"}

    assert [source.id for source in facts.sources if not source.publisher and source.author not in voices] == []


def test_a_source_has_a_date_or_says_that_it_has_none(facts: Dataset) -> None:
    """Where a page shows no date, bounds are inferred from what it tells, and it is said that it is undated."""
    assert [source.id for source in facts.sources if source.published is None] == []
    loose = [source for source in _others(facts) if source.published and source.published.inferred]
    assert {str(source.published) for source in loose} == {"undated"}
    assert len(loose) == 119


def test_a_source_has_an_address(facts: Dataset) -> None:
    """Only the article has none."""
    assert [source.id for source in _others(facts) if not source.url] == []


def test_no_name_means_two_things(facts: Dataset) -> None:
    """Whatever one types, id, merged id, identifier, name or alias, leads to one thing."""
    owners: dict[str, set[str]] = {}
    for entity in facts.entities:
        for row in rows_of(entity):
            owners.setdefault(row.folded, set()).add(entity.id)

    assert {text: ids for text, ids in owners.items() if len(ids) > 1} == {}


@pytest.mark.parametrize(
    ("name", "entity"),
    [
        ("Alibaba", "alibaba"), ("BABA", "alibaba"), ("9988", "alibaba"), ("001-36614", "alibaba"),
        ("Qwen3", "qwen3"), ("Qwen3-235B-A22B", "qwen3-235b"), ("Cloud Intelligence Group", "cloud-intelligence-group"),
        ("AliCloud", "alibaba-cloud"), ("Eddie Wu", "eddie-wu"), ("吴泳铭", "eddie-wu"), ("Ant Financial", "ant-group"),
        ("Tongyi app", "qwen-app"), ("tongyi-app", "qwen-app"), ("Hema", "freshippo"), ("T-Head", "t-head"),
        ("China commerce segment", "china-commerce"), ("marriott-international", "marriott"),
        ("Sun Art Retail Group", "sun-art"), ("PPU", "t-head-ppu"), ("Alitrip", "fliggy"),
    ],
)  # fmt: skip
def test_a_name_that_one_would_type_is_found(name: str, entity: str, seeds: SqliteView) -> None:
    """Companies, units, models and people are found by the names that people use."""
    assert resolve(seeds, name).id == entity


def test_nothing_stands_in_conflict_unseen(facts: Dataset) -> None:
    """Every disagreement that comparing finds was looked at by a person and says why it is there."""
    assert [conflict.id for conflict in facts.conflicts if not conflict.curated] == []


def test_explained_differences_are_told_from_contradictions(facts: Dataset) -> None:
    """19 differences come of definitions and conversions; the rest are contradictions or tensions."""
    assert Counter(conflict.why in EXPLAINED for conflict in facts.conflicts) == {False: 55, True: 19}


def test_what_is_ranked_says_why(facts: Dataset) -> None:
    """Few claims are put aside, each with its reason and on a side of a conflict that shows it."""
    ranked = [claim for claim in facts.claims if claim.rank != "normal"]
    sides = {side for conflict in facts.conflicts for side in conflict.claims}

    assert Counter(claim.rank for claim in ranked) == {"deprecated": 14, "preferred": 1}
    assert [claim.key for claim in ranked if claim.id not in sides or not claim.rank_reason] == []


def test_what_is_put_aside_settles_its_conflict(facts: Dataset, claims: dict[str, AnyClaim]) -> None:
    """No conflict of which a side was put aside stays open over sides that agree with each other."""
    by_id = {claim.id: claim for claim in claims.values()}
    sides = {conflict.id: [by_id[side] for side in conflict.claims] for conflict in facts.conflicts}
    left = {
        conflict.id
        for conflict in facts.conflicts
        if any(side.rank == "deprecated" for side in sides[conflict.id])
        and standing_of(conflict, sides[conflict.id]) == "open"
    }

    assert left == set()


@pytest.mark.parametrize(
    ("day", "leads"),
    [(date(2020, 1, 1), {"daniel-zhang"}), (date(2023, 9, 1), {"daniel-zhang"}), (date(2024, 1, 1), {"eddie-wu"}),
     (date(2025, 2, 24), {"eddie-wu"}), (date(2025, 11, 25), {"eddie-wu"})],
)  # fmt: skip
def test_one_person_at_a_time_leads_alibaba(day: date, leads: set[str], facts: Dataset) -> None:
    """Daniel Zhang until 10 September 2023, Eddie Wu since; that a page says otherwise is seen and put aside."""
    found = {
        claim.subject
        for claim in facts.claims
        if isinstance(claim, Statement)
        and (claim.relation, claim.object) == ("chief_executive_of", "alibaba")
        and claim.factual
        and held_at(claim, day) not in ("no", "undated")
    }
    if day < date(2023, 9, 10):  # that Wu led in February 2025 does not say that he did not before
        found.discard("eddie-wu")

    assert found == leads


def _ties(view: SqliteView, subject: str, relation: str) -> set[str]:
    where = TieFilter(relations=(relation,))
    return {tie.object for tie in view.neighbours([subject], where) if tie.subject == subject}


@pytest.mark.parametrize("model", ["qwen3", "qwen3-235b", "qwen3-next-80b-a3b", "qwen2-5-72b", "qwq-32b", "qwen-image"])
def test_models_lead_to_alibaba(model: str, seeds: SqliteView) -> None:
    """Whoever makes a family makes its members, and what a unit makes its group makes."""
    assert model in _ties(seeds, "qwen-team", "develops")
    assert model in _ties(seeds, "alibaba", "develops")


@pytest.mark.parametrize(
    "unit",
    ["cloud-intelligence-group", "alibaba-cloud", "t-head", "cainiao", "china-commerce", "taobao-and-tmall-group",
     "ele-me", "fliggy", "aidc", "qwen-team", "damo-academy", "freshippo"],
)  # fmt: skip
def test_units_lead_to_alibaba(unit: str, seeds: SqliteView) -> None:
    """Every unit belongs to the group, near or far."""
    assert "alibaba" in _ties(seeds, unit, "unit_of")


@pytest.mark.parametrize(
    ("key", "written"),
    [
        ("alibaba-revenue-fy2026q2", "247795 million CNY"),
        ("alibaba-revenue-fy2026q2-usd", "34808 million USD"),
        ("qwen3-8b-context", "128K tokens"),
        ("cloud-group-valuation-2023-03", "41-60 billion USD"),
        ("alibaba-free-cash-flow-fy2026q2", "-21840 million CNY"),
        ("alibaba-stake-size-banma", "44.72%"),
    ],
)
def test_figures_stand_as_their_sources_write_them(key: str, written: str, claims: dict[str, AnyClaim]) -> None:
    """Exact figures stay exact, rounded ones round, ranges ranges."""
    claim = claims[key]

    assert isinstance(claim, Observation)
    assert str(claim.quantity) == written


def test_what_says_the_same_says_so(claims: dict[str, AnyClaim]) -> None:
    """The article's dollars are the release's, said again in fewer digits."""
    assert claims["revenue"].restates == "alibaba-revenue-fy2026q2-usd"
    assert claims["revenue-growth"].restates == "alibaba-revenue-growth-fy2026q2"
