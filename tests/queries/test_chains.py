"""What rests on what: depends and exposure over a graph that anyone can draw on paper (webs.py)."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from factories import a_deal, a_statement, a_when, an_entity
from keiretsu_graph.build import Build, build
from keiretsu_graph.oxigraph import OxigraphView
from keiretsu_graph.sqlite import SqliteView
from keiretsu_graph.view import View
from keiretsu_ontology.claims import AnyClaim
from keiretsu_ontology.dates import Held
from keiretsu_ontology.dependence import DEPENDENCE
from keiretsu_ontology.entities import Name
from keiretsu_ontology.errors import UsageError
from keiretsu_ontology.relations import RELATIONS
from keiretsu_queries.base import Answer, Clocks
from keiretsu_queries.chains.depends import depends, tell_depends
from keiretsu_queries.chains.exposure import exposure, rows_exposure, tell_exposure
from keiretsu_queries.chains.reached import Reach
from keiretsu_queries.questions import QUESTIONS
from keiretsu_queries.records import answer_record
from keiretsu_queries.rows import rows_of, to_csv
from keiretsu_queries.sheets import Line, Network, Said
from webs import web_claims, web_dataset

ENGINES: dict[str, Callable[[Build], View]] = {
    "sqlite": lambda build: SqliteView.open(build.sqlite),
    "oxigraph": lambda build: OxigraphView.open(build.store),
}


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


def _chains(answer: Answer[Reach]) -> dict[str, str]:
    return {
        thing.entity.id: " ".join([thing.hops[0].start, *(hop.end for hop in thing.hops)])
        for thing in answer.result.things
    }


def test_what_a_thing_rests_on_is_walked_to_the_end(web: SqliteView) -> None:
    """Each thing stands with the nearest chain of stated steps that leads to it, by kind."""
    answer = depends(web, "North")

    assert answer.state == "known"
    assert _chains(answer) == {
        "foundry": "north cloud spark foundry", "south": "north cloud division south", "cloud": "north cloud",
        "division": "north cloud division", "state": "north cloud spark state", "qubit": "north qubit",
        "qubit-8": "north app qubit-8", "spark": "north cloud spark",
    }  # fmt: skip
    kinds = [group.kind for group in answer.result.groups]
    assert kinds == ["company", "business_unit", "government_body", "model_family", "ai_model", "chip"]


def test_every_hop_has_its_claims(web: SqliteView) -> None:
    """The answer rests on the claims of every hop, and the query finds these."""
    answer = depends(web, "Glasses")

    assert {claim.key for claim in answer.claims} == {
        "south-glasses", "glasses-lens", "optics-lens"
    }  # fmt: skip
    assert all(claim.id in answer.sparql for claim in answer.claims)
    assert all(hop.ties and hop.ties[0].claims for thing in answer.result.things for hop in thing.hops)


def test_a_group_answers_for_its_units_and_products(web: SqliteView) -> None:
    """What a unit or a product rests on counts for the group, and what is its own is not among it."""
    assert _chains(depends(web, "South")) == {
        "optics": "south glasses lens optics", "foundry": "south division cloud spark foundry",
        "state": "south division cloud spark state", "lens": "south glasses lens",
        "spark": "south division cloud spark",
    }  # fmt: skip


def test_a_single_point_is_what_all_chains_pass(web: SqliteView) -> None:
    """Whatever else leads to a thing, its single points are the dominators of the walk; nobody misses a restriction."""
    points = {thing.entity.id: set(thing.only_way_to) for thing in depends(web, "North").result.single_points}

    assert points == {
        "cloud": {"division", "south", "spark", "foundry"},
        "spark": {"foundry"},
        "division": {"south"},
    }


def test_another_way_makes_no_single_point(tmp_path: Path) -> None:
    """A second maker, or a second road, and neither is the only way to what lies beyond."""
    view = _view(tmp_path, a_statement("more", "north", "uses", "spark"))
    points = {thing.entity.id: set(thing.only_way_to) for thing in depends(view, "North").result.single_points}

    assert points == {
        "cloud": {"division", "south"}, "spark": {"foundry"}, "division": {"south"}
    }  # fmt: skip


def test_a_shop_is_no_support_of_what_was_built_on_its_goods(tmp_path: Path) -> None:
    """Where a family is to be had touches its members and its makers, and not an application that is built on it."""
    view = _view(tmp_path, a_statement("shelf", "qubit", "available_on", "other"))

    assert _chains(depends(view, "Cloud"))["other"] == "cloud qubit other"
    assert _chains(depends(view, "Qubit-8"))["other"] == "qubit-8 qubit other"
    assert "other" not in _chains(depends(view, "App"))
    touched = _chains(exposure(view, "Other"))
    assert touched["qubit-8"] == "other qubit qubit-8"
    assert set(touched) == {"east", "west", "qubit", "qubit-8", "cloud", "division", "south"}


def test_what_would_be_touched_is_the_other_way_round(web: SqliteView) -> None:
    """Whatever rests on a thing is touched when it fails, except what only its owner rests on."""
    for name in ("north", "app", "glasses"):
        for end in _chains(depends(web, name)):
            assert name in _chains(exposure(web, end)), (name, end)


def test_an_owner_is_touched_through_its_own_and_nobody_further(web: SqliteView) -> None:
    """A restriction of a chip touches its maker, its users, their groups and customers, not the group's glasses."""
    answer = exposure(web, "State")

    owners = {thing.entity.id for thing in answer.result.things if thing.as_owner}
    assert set(_chains(answer)) == {
        "spark", "foundry", "cloud", "division", "south", "qubit", "qubit-8", "north", "east", "app"
    }  # fmt: skip
    assert owners == {"foundry", "division", "south"}
    assert "glasses" in _chains(exposure(web, "South"))


def test_what_could_stand_in_is_named(web: SqliteView) -> None:
    """East knows another model, North none; a member goes with its family, and what is built on it."""
    things = {thing.entity.id: thing for thing in exposure(web, "Qubit").result.things}

    assert {slug: thing.instead for slug, thing in things.items() if thing.instead} == {"east": ("other",)}
    assert {slug for slug, thing in things.items() if thing.single_point} == {"north", "qubit-8", "app"}


def test_a_user_outlives_what_it_uses(web: SqliteView) -> None:
    """A company that uses a restricted chip has a single point there; of its customers nothing is said."""
    single = {thing.entity.id for thing in exposure(web, "State").result.things if thing.single_point}

    assert single == {"spark", "cloud"}


def test_what_falls_with_it_cannot_stand_in(tmp_path: Path) -> None:
    """Two members of one family do not stand in for each other when the family fails; two makers do."""
    view = _view(
        tmp_path, a_statement("two", "north", "uses", "qubit-8"), a_statement("maker", "west", "develops", "qubit")
    )
    by_qubit = {thing.entity.id: thing for thing in exposure(view, "Qubit").result.things}
    by_cloud = {thing.entity.id: thing for thing in exposure(view, "Cloud").result.things}

    assert by_qubit["north"].single_point
    assert (by_cloud["qubit"].single_point, by_cloud["qubit"].instead) == (False, ("west",))


def test_parties_of_one_deal_do_not_stand_in(tmp_path: Path) -> None:
    """What two develop together rests on both."""
    view = _view(tmp_path, a_deal("joint", "co_development", {"west": "developer", "optics": "developer",
                                                              "app": "product"}))  # fmt: skip

    app = {thing.entity.id: thing for thing in exposure(view, "West").result.things}["app"]
    assert app.instead == ("north",)


def test_only_facts_are_walked(web: SqliteView) -> None:
    """A forecast makes nothing rest on anything; remarks never do."""
    assert "west" not in _chains(exposure(web, "Qubit"))
    assert depends(web, "West").state == "not known"
    assert exposure(web, "Reasoning").state == "not known"


def test_nothing_known_is_told_with_what_is(web: SqliteView) -> None:
    """Where nothing rests on a thing the answer says so, and what else there is."""
    answer = exposure(web, "Alone")

    assert (answer.state, answer.result.groups) == ("not known", ())
    assert answer.instead == ("nothing is known that rests on Alone",
                              "Alone is named (company), and nothing is said of it")  # fmt: skip
    assert depends(web, "Norht").instead[0] == "nothing in this graph is named 'Norht'"


def test_stated_only_leaves_out_deals(web: SqliteView) -> None:
    """A tie that follows from a deal is not walked where only stated ones are wanted."""
    assert _chains(depends(web, "North"))["cloud"] == "north cloud"
    assert _chains(depends(web, "North", stated_only=True))["cloud"] == "north qubit cloud"


def test_a_kind_or_a_depth_narrows(web: SqliteView) -> None:
    """Only chips, or only the first step; what was not walked is said."""
    assert set(_chains(depends(web, "North", kind="chip"))) == {"spark"}
    assert set(_chains(depends(web, "North", kind="Product"))) == {"qubit", "qubit-8", "spark"}
    near = depends(web, "North", depth=1)
    assert set(_chains(near)) == {"cloud", "qubit"}
    assert "no more than 1 steps were walked: --depth N walks on" in near.notes
    with pytest.raises(UsageError, match="did you mean 'chip'"):
        depends(web, "North", kind="chipp")


def test_the_first_of_a_kind_are_listed_and_all_counted(web: SqliteView) -> None:
    """A limit cuts what is listed, never what is counted."""
    companies = exposure(web, "Spark", limit=1).result.groups[0]

    assert (companies.kind, companies.total, len(companies.things)) == ("company", 4, 1)


def test_the_clocks_cut_chains(web: SqliteView) -> None:
    """Before the chip was used nothing hung on it; undated claims pass and are counted as such."""
    before = Clocks(as_of=date(2023, 1, 1))

    assert "north" in _chains(exposure(web, "State", clocks=Clocks(as_of=date(2024, 6, 1))))
    early = exposure(web, "State", clocks=before)
    assert set(_chains(early)) == {"spark", "foundry"}
    assert "2 of 2 claims are undated or only possibly pass the clocks" in early.notes
    assert exposure(web, "State", clocks=Clocks(known_by=date(2020, 1, 1))).state == "not known"


def test_what_is_over_is_said(tmp_path: Path) -> None:
    """Without a day asked for, an answer says how many of its claims had ended."""
    ended = Held(None, a_when("2024", date(2024, 1, 1), date(2024, 12, 31)))
    view = _view(tmp_path, a_statement("was", "alone", "uses", "lens", held=ended))

    assert "1 of 2 claims say when they ended; --as-of DAY leaves out what was over" in depends(view, "Alone").notes
    assert depends(view, "Alone", clocks=Clocks(as_of=date(2025, 6, 1))).state == "not known"


def test_rings_end(tmp_path: Path) -> None:
    """Things that rest on each other are walked once."""
    view = _view(tmp_path, a_statement("ring", "spark", "built_on", "app"))

    chains = _chains(depends(view, "Spark", depth=50))
    assert "spark" not in chains
    assert (chains["app"], chains["qubit-8"]) == ("spark app", "spark app qubit-8")


def test_the_reading_is_said(web: SqliteView) -> None:
    """The answer names the relations that it took for dependence, from the end that rests."""
    told = "read as resting on another thing: integrates, is developed by"

    assert depends(web, "Glasses").notes == (told,)
    assert "● for 1 of 3 nothing is known that could stand in: a single point of failure" in exposure(web, "Lens").notes


def test_the_table_of_dependence_is_of_relations() -> None:
    """Each row is a relation of the ontology, or one that a dataset with hosts and licences adds."""
    assert set(DEPENDENCE) - set(RELATIONS) <= {"available_on", "licensed_under"}


def test_a_chain_is_told_as_a_sentence(web: SqliteView) -> None:
    """All but the last hop stand with the keys of their claims, the last one with its speaker."""
    blocks = list(tell_depends(depends(web, "Glasses")))
    lines = [block.text for block in blocks if isinstance(block, Line)]

    assert "Glasses integrates Lens (glasses-lens), which is developed by Optics" in lines
    assert {block.claim.key for block in blocks if isinstance(block, Said)} == {
        "glasses-lens", "optics-lens", "south-glasses"
    }  # fmt: skip


@pytest.mark.parametrize(("question", "side"), [("depends", -1), ("exposure", 1)])
def test_a_picture_stands_in_layers(web: SqliteView, question: str, side: int) -> None:
    """What a thing rests on stands to its left, what rests on it to its right, a step a layer, nobody on another."""
    asked = QUESTIONS[question]
    answer = asked.ask(web, "Cloud")
    (network,) = [block for block in asked.tell(answer) if isinstance(block, Network)]

    assert set(network.places) == {end for tie in network.ties for end in (tie.subject, tie.object)}
    assert len(set(network.places.values())) == len(network.places)
    for thing in answer.result.things:
        assert network.places[thing.entity.id][0] * side == pytest.approx(0.62 * len(thing.hops))


def test_rows_have_one_thing_each(web: SqliteView) -> None:
    """A table of an answer has a row for each thing, with its chain and claims."""
    answer = exposure(web, "Lens")
    rows = rows_of(QUESTIONS["exposure"], answer).to_dicts()

    assert rows == rows_exposure(answer).to_dicts()
    assert {row["id"]: (row["steps"], row["as_owner"], row["claims"]) for row in rows} == {
        "optics": (1, True, "optics-lens"), "glasses": (1, False, "glasses-lens"),
        "south": (2, True, "glasses-lens south-glasses"),
    }  # fmt: skip


def test_both_engines_answer_alike(web_build: Build) -> None:
    """SQLite and Oxigraph give the same record, byte for byte, and so does asking twice."""
    for question, name in (("depends", "south"), ("exposure", "state")):
        views = [opened(web_build) for opened in (*ENGINES.values(), *ENGINES.values())]
        records = {json.dumps(answer_record(QUESTIONS[question].ask(view, name))) for view in views}
        assert len(records) == 1


@pytest.mark.parametrize("text", ["", "'; DROP TABLE tie; --", "<script>", "%", "x" * 10_000])
def test_a_hostile_name_is_only_a_name(web: SqliteView, text: str) -> None:
    """Whatever is asked for is looked up as text, and not known."""
    assert depends(web, text).state == exposure(web, text).state == "not known"


def test_hostile_names_stay_text(tmp_path: Path) -> None:
    """A name with markup and control signs stands in sentences as it is."""
    from dataclasses import replace

    odd = "<b>\x1b[2J</b>, which is a unit of"
    dataset = web_dataset([a_statement("a", "odd", "uses", "lens")])
    entity = an_entity("odd", name=odd, names=(Name(odd, "en", preferred=True),))
    entities = tuple(sorted((*dataset.entities, entity), key=lambda row: row.id))
    view = SqliteView.open(build(replace(dataset, entities=entities), tmp_path / "out").sqlite)

    assert any(odd in block.text for block in tell_exposure(exposure(view, "Lens")) if isinstance(block, Line))


def test_an_empty_cell_stays_empty(web: SqliteView) -> None:
    """Only what a spreadsheet would run gets a mark; a cell without text gets none."""
    (head, row, *_) = to_csv(QUESTIONS["depends"], depends(web, "East")).splitlines()

    assert head.startswith("thing,id,kind,steps,chain")
    assert "'" not in row
