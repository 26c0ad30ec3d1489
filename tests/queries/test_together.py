"""What things share and what is said of two together, over a graph that anyone can draw on paper (webs.py)."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from factories import a_deal, a_statement, a_when, an_observation, an_occurrence
from keiretsu_graph.build import Build, build
from keiretsu_graph.oxigraph import OxigraphView
from keiretsu_graph.sqlite import SqliteView
from keiretsu_ontology.claims import AnyClaim, Scope
from keiretsu_ontology.dates import Held
from keiretsu_ontology.errors import UsageError
from keiretsu_ontology.values import Quantity
from keiretsu_queries.base import Answer, Clocks
from keiretsu_queries.chains.between import Between, between, tell_between
from keiretsu_queries.chains.common import Common, common, tell_common
from keiretsu_queries.chains.paths import path
from keiretsu_queries.questions import QUESTIONS
from keiretsu_queries.records import answer_record
from keiretsu_queries.rows import rows_of
from keiretsu_queries.sheets import Line
from keiretsu_queries.things.partners import partners
from webs import web_claims, web_dataset


@pytest.fixture(scope="module")
def web_build(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """The graph of webs.py, built."""
    return build(web_dataset(), tmp_path_factory.mktemp("web") / "out")


@pytest.fixture(scope="module")
def web(web_build: Build) -> SqliteView:
    """The graph of webs.py, open for look-ups."""
    return SqliteView.open(web_build.sqlite)


def _view(folder: Path, *claims: AnyClaim) -> SqliteView:
    return SqliteView.open(build(web_dataset([*web_claims(), *claims]), folder / "out").sqlite)


def _shared(answer: Answer[Common]) -> dict[str, list[str]]:
    return {row.entity.id: [side.of for side in row.sides] for row in answer.result.shared}


def _groups(answer: Answer[Between]) -> dict[str, list[str]]:
    return {group.title: [line.claim.key for line in group.lines] for group in answer.result.groups}


def _lines(blocks: object) -> list[str]:
    return [block.text for block in blocks if isinstance(block, Line)]  # type: ignore[attr-defined]


def test_what_is_tied_to_both_is_shared(web: SqliteView) -> None:
    """Partners, people, products and events, by kind; who was merely there with them is not shared."""
    answer = common(web, "North", "East")

    assert answer.state == "known"
    assert list(_shared(answer)) == ["cloud", "ann", "qubit", "fair"]
    assert {claim.key for claim in answer.claims} == {
        "north-cloud", "fair-show", "ann-north", "ann-east", "north-qubit", "east-qubit"
    }  # fmt: skip


def test_a_unit_s_ties_are_shared_and_the_unit_is_named(web: SqliteView) -> None:
    """South shares what its cloud has to do with others."""
    sides = {row.entity.id: row.sides for row in common(web, "South", "Foundry").result.shared}

    assert {side.of: side.through for side in sides["spark"]} == {"south": ("cloud",), "foundry": ()}


def test_a_group_is_not_shared_beside_its_unit(tmp_path: Path) -> None:
    """Where both work with a unit its groups are not counted too; where one works with the group, they share that."""
    unit = a_statement("east-cloud", "east", "customer_of", "cloud")
    group = a_statement("west-south", "west", "customer_of", "south")
    view = _view(tmp_path, unit, group)

    assert {"division", "south"} & set(_shared(common(view, "North", "East"))) == set()
    assert _shared(common(view, "North", "West"))["south"] == ["north", "west"]
    assert "south" not in _shared(common(view, "North", "West", stated_only=True))


def test_of_three_some_may_share(web: SqliteView) -> None:
    """What only some share says whose it is; what all share comes first among its kind."""
    answer = common(web, "North", "East", "South")

    assert _shared(answer)["ann"] == ["north", "east"]
    assert _shared(answer)["qubit"] == ["north", "east", "south"]
    assert "Ann  North and East only" in _lines(tell_common(answer))


def test_speakers_and_sources_in_common_come_last(web: SqliteView) -> None:
    """Who speaks of all of them, with how much of each."""
    result = common(web, "North", "East").result

    assert result.speakers == (("Reporter", (6, 4)),)
    assert result.sources == (("The paper", (6, 4)),)
    assert _lines(tell_common(common(web, "North", "East")))[-1] == "The paper  claims: 6 of North, 4 of East"


def test_only_sources_in_common_is_nothing_known(web: SqliteView) -> None:
    """That one reporter speaks of both ties them to nothing, and is told instead."""
    answer = common(web, "Lens", "West")

    assert answer.state == "not known"
    assert answer.instead[:2] == ("nothing is known that they have in common",
                                  "but who speaks of them: Reporter, The paper")  # fmt: skip


def test_remarks_forecasts_and_dead_deals_are_not_shared(tmp_path: Path) -> None:
    """A priority, a hope and a cancelled deal tie nobody."""
    view = _view(
        tmp_path,
        a_statement("west-likes", "west", "prioritizes", "reasoning"),
        a_deal("dead", "adoption", {"west": "customer", "foundry": "provider"}, status="cancelled"),
        a_deal("live", "adoption", {"south": "customer", "foundry": "provider"}),
        a_statement("hope", "west", "uses", "glasses", modality="forecast"),
    )

    assert list(_shared(common(view, "South", "West"))) == ["east"]  # by rule: it uses models of both
    assert _shared(common(view, "South", "West", stated_only=True)) == {}


def test_fewer_than_two_things_are_a_misuse(web: SqliteView) -> None:
    """One thing, or one thing twice, has nothing in common with anything."""
    for names in ((), ("North",), ("North", "north")):
        with pytest.raises(UsageError, match="two different things"):
            common(web, *names)
    assert common(web, "North", "Nobody").instead[0] == "nothing in this graph is named 'Nobody'"


def test_the_rows_of_what_is_shared(web: SqliteView) -> None:
    """Each side is a row, with the claims by key."""
    rows = rows_of(QUESTIONS["common"], common(web, "North", "East")).to_dicts()

    assert [(row["id"], row["of"], row["claims"]) for row in rows][:3] == [
        ("cloud", "north", "north-cloud fair-show"), ("cloud", "east", "fair-show"), ("ann", "north", "ann-north")
    ]  # fmt: skip


def test_all_claims_that_name_both(web: SqliteView) -> None:
    """Deals and events of a unit count for its group, and ties follow; the unit is named."""
    answer = between(web, "South", "North")

    assert _groups(answer) == {"Deals": ["north-cloud"], "Events": ["fair-show"]}
    assert answer.result.units == ("cloud",)
    assert [tie.rule for tie in answer.result.derived] == ["maker"]
    assert between(web, "South", "North", stated_only=True).result.derived == ()
    assert _groups(between(web, "North", "South")) == _groups(answer)


def test_a_figure_with_regard_to_the_other_is_said_of_both(web: SqliteView) -> None:
    """A scope names the other; what a figure leaves out it is not about."""
    assert _groups(between(web, "North", "Qubit")) == {
        "Partners and customers": ["north-qubit"], "Figures": ["north-sales"]
    }  # fmt: skip


def test_what_is_left_out_of_a_figure_is_not_of_it(tmp_path: Path) -> None:
    """Sales without a unit say nothing of the two together."""
    view = _view(
        tmp_path,
        an_observation("rest", "alone", "revenue", quantity=Quantity("1", "USD"), scope=Scope(excludes=("lens",))),
    )

    assert between(view, "Alone", "Lens").state == "not known"


def test_order_is_that_of_time(tmp_path: Path) -> None:
    """Within a group dated claims come first, the earliest at the top."""
    days = {"b-first": date(2020, 1, 1), "a-second": date(2022, 1, 1)}
    claims = [
        an_occurrence(key, "announcement", {"alone": "agent", "lens": "product"},
                      held=Held(a_when(str(day), day), a_when(str(day), day)))
        for key, day in days.items()
    ]  # fmt: skip
    undated = an_occurrence("c-undated", "showcase", {"alone": "agent", "lens": "product"})
    view = _view(tmp_path, *claims, undated)

    assert _groups(between(view, "Alone", "Lens")) == {"Events": ["b-first", "a-second", "c-undated"]}
    early = between(view, "Alone", "Lens", clocks=Clocks(as_of=date(2021, 1, 1)))
    assert _groups(early) == {"Events": ["b-first", "c-undated"]}
    assert early.notes == ("1 of 2 claims are undated or only possibly pass the clocks",)


def test_what_one_says_of_the_other_is_told(tmp_path: Path) -> None:
    """A claim about one of them, by the other, is a group of its own; opinions are marked."""
    view = _view(tmp_path, a_statement("word", "east", "prioritizes", "reasoning", speaker="ann", modality="opinion"))
    answer = between(view, "Ann", "East")

    assert _groups(answer) == {"People": ["ann-east"], "What one says of the other": ["word"]}
    assert "What word says.  [opinion]" in _lines(tell_between(answer))


def test_nothing_said_points_to_other_questions(web: SqliteView) -> None:
    """Where no claim names both, paths and shared things are offered."""
    answer = between(web, "Alone", "Lens")

    assert answer.state == "not known"
    assert answer.instead[1:] == ("how they hang together: keiretsu path alone lens",
                                  "what they share: keiretsu common alone lens")  # fmt: skip
    with pytest.raises(UsageError, match="the same thing"):
        between(web, "Alone", "alone")


def test_only_forecasts_are_only_claimed(tmp_path: Path) -> None:
    """Two things that only a forecast joins are so in name only."""
    view = _view(tmp_path, a_statement("hope", "alone", "uses", "lens", modality="forecast"))

    assert between(view, "Alone", "Lens").state == "only claimed"


def test_a_unit_beside_its_group_is_itself(tmp_path: Path) -> None:
    """Asked about with its group, a unit counts for itself alone."""
    view = _view(tmp_path, a_statement("inner", "cloud", "supplier_of", "south"))

    assert _groups(between(view, "South", "Cloud")) == {
        "Structure": ["cloud-unit"], "Partners and customers": ["inner"]
    }  # fmt: skip


def test_a_partner_s_units_are_the_partner_s(tmp_path: Path) -> None:
    """Both sides of a deal are counted once: the group, with its units named."""
    view = _view(tmp_path, a_statement("west-south", "west", "customer_of", "south"))
    (found,) = partners(view, "North").result
    stated = partners(view, "South", stated_only=True).result

    assert (found.entity.id, found.through) == ("south", ("Cloud", "Qubit"))
    assert [(tie.relation, tie.rule) for tie in found.ties] == [
        ("partner_of", "deal"), ("customer_of", "deal"), ("partner_of", "maker")
    ]  # fmt: skip
    assert [row.entity.id for row in stated] == ["north", "west"]
    assert {row.entity.id for row in partners(view, "South").result} == {"east", "foundry", "north", "west"}


def test_a_path_takes_no_shortcut(web: SqliteView) -> None:
    """Every step is one that a claim makes, though a rule ties the ends at once."""
    answer = path(web, "East", "South")

    assert answer.result[0].nodes == ("east", "qubit", "cloud", "division", "south")
    assert all(tie.rule in (None, "deal", "launch") for hop in answer.result[0].hops for tie in hop.ties)


def test_a_path_has_no_hop_that_can_be_left_out(web: SqliteView) -> None:
    """North reaches the cloud by its deal; by the model as well would be a detour."""
    chains = [chain.nodes for chain in path(web, "North", "Division", limit=9).result]

    assert chains == [("north", "cloud", "division")]


def test_paths_meet_in_what_is_shared(web: SqliteView) -> None:
    """Two things that share a hub are found through it, people before nobody."""
    chains = [chain.nodes for chain in path(web, "North", "East", limit=9).result]

    assert chains[:2] == [("north", "ann", "east"), ("north", "qubit", "east")]


def test_both_engines_answer_alike(web_build: Build) -> None:
    """SQLite and Oxigraph give the same record, byte for byte, and so does asking twice."""
    for question in ("common", "between", "path"):
        views = [SqliteView.open(web_build.sqlite), OxigraphView.open(web_build.store)] * 2
        records = {json.dumps(answer_record(QUESTIONS[question].ask(view, "South", "North"))) for view in views}
        assert len(records) == 1


def test_one_claim_of_several_is_told_once(tmp_path: Path) -> None:
    """A deal that ties two to a third stands once, under both; ties that follow stand under each."""
    deal = a_deal("joint", "co_development", {"alone": "developer", "optics": "developer", "app": "product"})
    lines = _lines(tell_common(common(_view(tmp_path, deal), "Alone", "Optics")))

    assert lines.count("Alone and Optics") == 2  # the title, and both sides of what they develop
    assert {"Alone uses Qubit-8", "Optics uses Qubit-8"} <= set(lines)
