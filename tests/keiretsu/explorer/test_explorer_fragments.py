"""Fragments of a graph, and what is said of it as a whole."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from factories import a_statement, a_when, an_entity, small_claims, small_dataset
from formats import faults
from keiretsu.explorer.about import Start, about
from keiretsu.explorer.fragments import everything, fragment
from keiretsu.explorer.views import view_records
from keiretsu_graph.build import build
from keiretsu_graph.derive import RULES
from keiretsu_graph.sqlite import SqliteView
from keiretsu_graph.view import TieFilter
from keiretsu_ontology.claims import MODALITIES
from keiretsu_ontology.dates import Held
from keiretsu_ontology.entities import KINDS
from keiretsu_ontology.relations import RELATIONS
from keiretsu_ontology.roles import ROLES
from keiretsu_queries.base import Clocks

HERE = Start((), None, "")


def ties_of(made: dict[str, Any]) -> set[tuple[str, str, str, str | None, tuple[str, ...]]]:
    """Return the ties of a fragment in words."""
    nodes, claims, rules = made["nodes"], made["claims"], list(RULES)
    return {
        (nodes[s][0], list(RELATIONS)[r], nodes[o][0], None if rule < 0 else rules[rule],
         tuple(sorted(claims[row][0] for row in rests)))
        for s, r, o, rule, rests, *_ in made["ties"]
    }  # fmt: skip


def test_nodes_stand_as_asked(small_view: SqliteView) -> None:
    """Things come in the order asked, once each, with kind, place and ties; strangers are left out."""
    made = fragment(small_view, ["south", "nobody", "north", "south"])

    assert [row[0] for row in made["nodes"]] == ["south", "north"]
    assert [row[1] for row in made["nodes"]] == ["South Group", "North"]
    assert {list(KINDS)[row[2]] for row in made["nodes"]} == {"company"}
    assert all(-1.2 <= coordinate <= 1.2 for row in made["nodes"] for coordinate in row[3:5])
    assert all(row[5] > 0 for row in made["nodes"])


def test_every_tie_between_any_two(small_view: SqliteView) -> None:
    """Stated, derived and merely claimed ties between things asked for are there, and no others."""
    names = ["north", "south", "lab", "spark", "reasoning", "ann", "east"]
    made = fragment(small_view, names)

    every = small_view.ties(TieFilter(factual=None))
    wanted = {
        (tie.subject, tie.relation, tie.object, tie.rule, tie.claims)
        for tie in every
        if {tie.subject, tie.object} <= set(names)
    }
    assert ties_of(made) == wanted
    assert {"competitor_of", "prioritizes", "unit_of"} <= {tie[1] for tie in wanted}
    assert any(tie[3] for tie in wanted)
    assert fragment(small_view, ["ann", "spark"])["ties"] == []


def test_claims_say_who_how_and_in_which_role(small_view: SqliteView) -> None:
    """A claim has its speaker, manner, source, roles and days; names of speakers and sources stand beside."""
    made = fragment(small_view, ["north", "south", "east"])

    by_speaker = {row[1]: row for row in made["claims"] if row[1] == "south"}
    row = by_speaker["south"]
    assert list(MODALITIES)[row[2]] == "reported"
    assert {list(ROLES)[role] for role in row[4]} == {"customer", "provider", "product"}
    assert row[3:4] + row[5:] == ["paper", 1, 0, "2025-07-01", None, "2025-11-25"]
    assert made["names"] == {"paper": "The paper", "reporter": "Reporter", "south": "South Group"}
    assert {row[5] for row in made["claims"]} == {0, 1}  # a forecast is no fact


def test_open_disputes_are_marked(tmp_path: Path) -> None:
    """The sides of an open conflict are marked, a settled one is not."""
    rivals = [a_statement("one", "lab", "reported_in", "north"), a_statement("two", "lab", "reported_in", "east")]
    settled = [rivals[0], replace(rivals[1], rank="deprecated", rank_reason="a slip")]
    marks = []
    for number, claims in enumerate((rivals, settled)):
        made = build(small_dataset([*small_claims(), *claims]), tmp_path / str(number))
        rows = fragment(SqliteView.open(made.sqlite), ["lab", "north", "east"])["claims"]
        marks.append(sorted(row[6] for row in rows if row[0] in {claim.id for claim in rivals}))

    assert marks == [[1, 1], [0]]


def test_everything_keeps_the_foremost(seeds: SqliteView) -> None:
    """The whole graph has every tie; cut, what is named comes first and then what is most tied."""
    whole, part = everything(seeds), everything(seeds, 30, first=["nba", "bosch"])

    assert len(whole["nodes"]) == seeds.about().entities
    assert len(whole["ties"]) == len(seeds.ties(TieFilter(factual=None)))
    assert [row[0] for row in part["nodes"][:3]] == ["nba", "bosch", "alibaba"]
    assert len(part["nodes"]) == 30
    kept = {row[0] for row in part["nodes"]}
    assert ties_of(part) == {tie for tie in ties_of(whole) if {tie[0], tie[2]} <= kept}
    assert ties_of(fragment(seeds, sorted(kept))) == ties_of(part)


def test_clocks_leave_out_what_was_not_so(tmp_path: Path) -> None:
    """A tie is there only where every claim that it rests on may have been so, and known, by the days."""
    old = Held(a_when("2001", date(2001, 1, 1)), a_when("2005", date(2005, 12, 31)))
    made = build(small_dataset([a_statement("old", "north", "partner_of", "south", held=old)]), tmp_path / "out")
    view = SqliteView.open(made.sqlite)

    def ties(**days: date) -> int:
        return len(everything(view, clocks=Clocks(**days))["ties"])

    assert (ties(), ties(as_of=date(2003, 1, 1)), ties(as_of=date(2010, 1, 1))) == (1, 1, 0)
    assert (ties(known_by=date(2025, 11, 25)), ties(known_by=date(2025, 11, 24))) == (1, 0)
    told = about(view, served=False, start=HERE, clocks=Clocks(date(2010, 1, 1), date(2026, 1, 1)))
    assert told["clocks"] == {"asOf": "2010-01-01", "knownBy": "2026-01-01"}
    assert (told["counts"]["claims"], told["counts"]["ties"]) == (0, 0)


def test_about_says_what_there_is(seeds: SqliteView) -> None:
    """Counts are those of the graph; questions tell how each is asked."""
    told = about(seeds, served=True, start=HERE)

    whole = seeds.about()
    assert (told["counts"]["entities"], told["counts"]["claims"]) == (whole.entities, whole.claims)
    assert told["counts"]["ties"] == len(seeds.ties(TieFilter(factual=None)))
    asked = {row["name"]: {one["name"]: one for one in row["parameters"]} for row in told["questions"]}
    assert [asked["path"][name]["sort"] for name in ("start", "stated_only", "limit")] == ["entity", "flag", "number"]
    assert (asked["timeline"]["from"]["sort"], asked["central"]["measure"]["sort"]) == ("day", "choice")
    assert (asked["compare"]["names"]["many"], asked["compare"]["names"]["required"]) == (True, True)
    assert asked["path"]["limit"]["value"] == "3"
    assert {row["id"]: row["many"] for row in told["kinds"]}["person"] == "People"


@pytest.mark.parametrize("served", [True, False])
def test_the_format_is_kept(seeds: SqliteView, *, served: bool) -> None:
    """What is written is what explorer/src/format.ts says."""
    kept = view_records(seeds.views(), seeds)
    told = about(seeds, served=served, start=Start(("nba",), "nba", "NBA"), views=kept, clocks=Clocks())

    assert len(told["views"]) == 4
    assert faults("About", told) == []
    assert faults("Fragment", everything(seeds)) == []
    assert faults("Fragment", fragment(seeds, [])) == []


def test_an_empty_graph_has_an_empty_fragment(tmp_path: Path) -> None:
    """Without claims there are things alone."""
    dataset = replace(small_dataset([]), entities=(an_entity("north"),))
    made = everything(SqliteView.open(build(dataset, tmp_path / "out").sqlite))

    assert (len(made["nodes"]), made["ties"], made["claims"], made["names"]) == (1, [], [], {})


def test_what_a_deal_plans_is_no_fact(seeds: SqliteView) -> None:
    """A tie that is no fact though its claims are is marked by a last 0, and no other one."""
    made = fragment(seeds, ["alibaba", "trendyol", "nba", "bosch"])
    claims = made["claims"]
    marked = {
        (made["nodes"][s][0], list(RELATIONS)[r], made["nodes"][o][0])
        for s, r, o, _, rests, *last in made["ties"]
        if last == [0] and all(claims[row][5] for row in rests)
    }

    wished = {
        (tie.subject, tie.relation, tie.object)
        for tie in seeds.among(["alibaba", "trendyol", "nba", "bosch"])
        if not tie.factual
    }
    assert ("alibaba", "investor_in", "trendyol") in marked
    assert marked <= wished
