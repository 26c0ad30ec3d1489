"""What panes read of things, claims, figures, conflicts and sources."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from factories import an_observation, small_dataset
from formats import faults
from keiretsu.explorer.details import details
from keiretsu.explorer.figures import figure, likeness
from keiretsu.explorer.links import identifier_address, web_address
from keiretsu_graph.build import build
from keiretsu_graph.sqlite import SqliteView
from keiretsu_graph.view import ClaimFilter
from keiretsu_ontology.claims import Observation
from keiretsu_ontology.conflicts import why_not_comparable
from keiretsu_ontology.evidence import Evidence
from keiretsu_ontology.values import Quantity
from keiretsu_queries.base import ALWAYS, Clocks
from keiretsu_queries.figures.series import series_of
from keiretsu_queries.figures.side_by_side import side_by_side


def nowhere(_: Evidence) -> None:
    """Have no text at hand."""


def by_key(made: dict[str, Any]) -> dict[str, Any]:
    """Return the claims of details by key."""
    return {row["key"]: row for row in made["claims"].values()}


def test_a_thing_has_all_its_claims(small_view: SqliteView) -> None:
    """Everything that names a thing is told, and who says it; names of all that is named stand beside."""
    made = details(small_view, nowhere, entities=["south"])

    south = made["entities"]["south"]
    keys = [made["claims"][claim]["key"] for claim in south["claims"]]
    assert keys == ["ann-leads", "lab-unit", "north-south", "rivals"]
    assert south["names"] == [["South", "en"], ["南方集团", "zh"]]
    assert south["identifiers"] == [
        ["ticker", "NYSE:STH", None],
        ["wikidata", "Q1359568", "https://www.wikidata.org/wiki/Q1359568"],
    ]
    deal = by_key(made)["north-south"]
    assert (deal["who"], deal["speaker"], deal["modality"]) == ("South Group via Reporter", "south", "reported")
    assert (deal["group"], deal["shape"], deal["day"]) == ("deal", "deal", "2025-07-01")
    assert deal["about"] == ["cloud", "north", "south"]
    assert deal["places"] == [{"source": "paper", "at": "characters 0 to 5", "words": None}]
    assert set(made["sources"]) == {"paper"}
    assert {"north", "cloud", "reporter", "ann", "lab", "east"} <= set(made["names"])


def test_a_claim_brings_what_stands_against_it(small_view: SqliteView) -> None:
    """Asked for one side of a dispute, all sides come, with how it stands; nothing else does."""
    made = details(small_view, nowhere, claims=["sales-own"])

    assert sorted(by_key(made)) == ["sales-own", "sales-press"]
    (conflict,) = made["conflicts"]
    assert (conflict["why"], conflict["standing"]) == ("the figures differ", "open")
    assert sorted(conflict["claims"]) == sorted(made["claims"])
    assert made["entities"] == {}


def test_a_rank_comes_with_its_reason(small_view: SqliteView) -> None:
    """What was put aside says why."""
    made = by_key(details(small_view, nowhere, entities=["north"]))

    assert (made["old-word"]["rank"], made["old-word"]["factual"]) == ("deprecated", False)
    assert made["old-word"]["why"] == "taken back"


def test_words_come_where_they_are_at_hand(small_view: SqliteView) -> None:
    """A place has the words that are read there."""
    made = details(small_view, lambda place: f"from {place.start}", claims=["lab-spark"])

    assert [row["words"] for claim in made["claims"].values() for row in claim["places"]] == ["from 36"]


def test_figures_are_numbers_where_they_may_be(small_view: SqliteView) -> None:
    """A figure has its bounds, unit and period; one that is only bounded on one side is open on the other."""
    made = by_key(details(small_view, nowhere, entities=["north", "cloud"]))

    sales, users = made["sales-own"]["figure"], made["users-over"]["figure"]
    assert {name: sales[name] for name in ("label", "value", "low", "high", "unit", "period", "from", "until")} == {
        "label": "revenue", "value": "3.00 billion USD", "low": 3_000_000_000, "high": 3_000_000_000, "unit": "USD",
        "period": "FY2026 Q2", "from": "2025-07-01", "until": "2025-09-30",
    }  # fmt: skip
    assert (users["low"], users["high"], users["period"], users["from"]) == (360_000_000, None, "", None)
    assert made["sales-own"]["figure"]["like"] == made["sales-press"]["figure"]["like"]
    assert made["sales-own"]["figure"]["like"] != made["sales-growth"]["figure"]["like"]


def test_what_went_down_is_below_nought() -> None:
    """A fall is drawn as one; a number beyond what a page can hold has no bar."""
    fall = an_observation("f", "a", "revenue", measure="change", direction="down", quantity=Quantity("5.5", "percent"))
    vast = an_observation("v", "a", "revenue", quantity=Quantity("1" + "0" * 400, "USD"))

    assert [figure(fall, {}, None)[side] for side in ("low", "high")] == [-5.5, -5.5]
    assert [figure(vast, {}, None)[side] for side in ("low", "high")] == [None, None]


def test_like_is_what_the_project_sets_side_by_side(seeds: SqliteView) -> None:
    """Figures stand in one series, and rows of one comparison, exactly where they are alike."""
    figures = [claim for claim in seeds.claims(ClaimFilter(shapes=("observation",))) if isinstance(claim, Observation)]
    about = seeds.entities(sorted({claim.about for claim in figures}))
    series = series_of(seeds, figures, ALWAYS, about, {})

    lines = [(line.claim, number) for number, row in enumerate(series) for point in row.points for line in point.lines]
    own = [(claim, number) for claim, number in lines if isinstance(claim, Observation)]
    assert len(own) > 300
    pairs = {(claim.about, likeness(claim), number) for claim, number in own}
    assert len(pairs) == len({pair[:2] for pair in pairs}) == len({number for *_, number in pairs})
    dated = {(likeness(claim), claim.metric, claim.period, claim.held): claim for claim, _ in own if claim.quantity}
    for (like, metric, *_), one in dated.items():
        for (other_like, other_metric, *_), other in dated.items():
            if metric == other_metric and why_not_comparable(one, other) is None:
                assert like == other_like
    rows = side_by_side(series, list(about.values()))
    assert len(rows) > 5
    for row in rows:
        assert len({likeness(claim) for claim in row.claims if isinstance(claim, Observation)}) == 1


@pytest.mark.parametrize("address", [
    "javascript:alert(1)", "JavaScript:alert(1)", " javascript:alert(1)", "data:text/html,x", "//example.org/x",
    "https://example.org/\x00", "https://user:pass@example.org/", "ftp://example.org/", "", None,
])  # fmt: skip
def test_only_addresses_of_the_web_are_given(address: str | None) -> None:
    """Whatever else is written as an address is none."""
    assert web_address(address) is None
    assert web_address("http://example.org/a?b=c") == "http://example.org/a?b=c"


@pytest.mark.parametrize(("scheme", "value", "address"), [
    ("lei", "5493001NTNQJDH60PM02", "https://search.gleif.org/#/record/5493001NTNQJDH60PM02"),
    ("cik", "0001577552", "https://www.sec.gov/cgi-bin/browse-edgar?action=getcompany&CIK=0001577552"),
    ("wikidata", "Q1#<script>", None), ("wikidata", "javascript:alert(1)", None), ("isin", "US01609W1027", None),
    ("nothing", "x", None),
])  # fmt: skip
def test_identifiers_lead_to_known_registers(scheme: str, value: str, address: str | None) -> None:
    """Only where a register has a page, and the value its form."""
    assert identifier_address(scheme, value) == address


def test_hostile_sources_have_no_address(tmp_path: Path) -> None:
    """A script in place of an address is not handed on; a title stays a text, whatever it is."""
    dataset = small_dataset()
    title = "</script><script>alert(1)</script>\u202e\x00" + "W" * 10_000
    sources = tuple(replace(source, url="javascript:alert(1)", title=title) for source in dataset.sources)
    made = build(replace(dataset, sources=sources), tmp_path / "out")

    read = details(SqliteView.open(made.sqlite), nowhere, entities=["north"])["sources"]["paper"]
    assert (read["url"], read["title"]) == (None, title)


def test_clocks_leave_out_claims(small_view: SqliteView) -> None:
    """What was not so, or not known, is not told, and a dispute needs two sides that are."""
    every = details(small_view, nowhere, entities=["north"])
    before = details(small_view, nowhere, entities=["north"], clocks=Clocks(as_of=date(2025, 6, 1)))

    assert {row["key"] for row in every["claims"].values()} - {row["key"] for row in before["claims"].values()} == {
        "north-south", "sales-own", "sales-press", "sales-growth",
    }  # fmt: skip
    assert before["conflicts"] == []


def test_the_format_is_kept(seeds: SqliteView) -> None:
    """What is written is what explorer/src/format.ts says; every id in it is told."""
    made = details(seeds, nowhere, entities=[entity.id for entity in seeds.all_entities()])

    assert faults("Details", made) == []
    assert len(made["claims"]) == seeds.about().claims
    assert {slug for row in made["claims"].values() for slug in (*row["about"], row["speaker"])} <= set(made["names"])
    assert {place["source"] for row in made["claims"].values() for place in row["places"]} <= set(made["sources"])
    assert {side for row in made["conflicts"] for side in row["claims"]} <= set(made["claims"])
    assert {claim for row in made["entities"].values() for claim in row["claims"]} <= set(made["claims"])


def test_nothing_is_asked_and_nothing_told(small_view: SqliteView) -> None:
    """Strangers are left out."""
    assert details(small_view, nowhere, entities=["nobody"], claims=["nothing"]) == {
        "entities": {}, "claims": {}, "conflicts": [], "sources": {}, "names": {},
    }  # fmt: skip
