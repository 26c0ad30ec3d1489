"""Questions over the small graph that anyone can draw on paper."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from factories import a_statement, an_entity, small_claims, small_dataset
from keiretsu.rendering import to_text
from keiretsu.terminal import Paper
from keiretsu_graph.build import build
from keiretsu_graph.sqlite import SqliteView
from keiretsu_ontology.claims import AnyClaim
from keiretsu_ontology.entities import Name
from keiretsu_ontology.errors import AmbiguousNameError, UnknownClaimError, UnknownEntityError, UsageError
from keiretsu_queries.base import Answer, Clocks
from keiretsu_queries.chains.paths import path
from keiretsu_queries.doubts.conflicts import conflicts
from keiretsu_queries.figures.metrics import metrics
from keiretsu_queries.questions import QUESTIONS
from keiretsu_queries.records import answer_record
from keiretsu_queries.subjects import group_of, resolve
from keiretsu_queries.things.find import find
from keiretsu_queries.things.partners import partners
from keiretsu_queries.things.show import Page, show
from keiretsu_queries.things.why import why
from keiretsu_queries.times.timeline import timeline
from keiretsu_queries.wording import words_of


def _keys(claims: tuple[AnyClaim, ...]) -> list[str]:
    return [claim.key for claim in claims]


def _titles(answer: Answer[Page]) -> dict[str, list[str]]:
    return {group.title: [line.claim.key for line in group.lines] for group in answer.result.groups}


def test_show_gives_all_claims_by_group(small_view: SqliteView) -> None:
    """Every claim about a thing stands on its page, forecasts after facts."""
    answer = show(small_view, "South Group")

    assert answer.state == "known"
    assert _titles(answer) == {
        "Structure": ["lab-unit"],
        "People": ["ann-leads"],
        "Partners and customers": ["rivals"],
        "Deals": ["north-south"],
    }


@pytest.mark.parametrize(
    "name", ["south", "South Group", "SOUTH", "南方集团", "NYSE:STH", "Q1359568", " south  group "]
)
def test_a_thing_answers_to_all_its_names(small_view: SqliteView, name: str) -> None:
    """Id, names in any script and identifiers lead to one thing, whatever the case and spacing."""
    assert resolve(small_view, name).id == "south"


def test_a_near_name_is_offered_and_not_taken(small_view: SqliteView) -> None:
    """A slip is answered with the nearest names; nothing is guessed."""
    with pytest.raises(UnknownEntityError, match="did you mean"):
        resolve(small_view, "Suoth Group")

    answer = show(small_view, "Tim Cook")
    assert (answer.state, answer.claims) == ("not known", ())
    assert "nothing in this graph is named 'Tim Cook'" in answer.instead


def test_an_only_forecast_thing_is_only_claimed(small_view: SqliteView) -> None:
    """What rests on forecasts and opinions alone is not known."""
    chains = path(small_view, "south", "east")

    assert (chains.state, _keys(chains.claims)) == ("only claimed", ["rivals"])


def test_partners_say_what_for_and_since_when(small_view: SqliteView) -> None:
    """A deal makes partners of its parties, with its purpose, and the claim stands with it."""
    (found,) = partners(small_view, "North").result

    assert found.entity.id == "south"
    assert found.what_for == ("running its shops",)
    assert "cloud" in [name.casefold() for name in found.through]
    assert _keys(found.claims) == ["north-south"]


def test_a_unit_s_partners_are_the_group_s(small_view: SqliteView) -> None:
    """The group is the thing with all units beneath it."""
    assert group_of(small_view, "south") == ("south", "lab")


def test_stated_only_leaves_out_what_follows(tmp_path: Path) -> None:
    """A deal says itself who its parties are; who only uses what another makes is no stated partner."""
    uses = a_statement("east-spark", "east", "uses", "spark")
    view = SqliteView.open(build(small_dataset([*small_claims(), uses]), tmp_path / "out").sqlite)
    every, stated = partners(view, "South"), partners(view, "South", stated_only=True)

    assert [(row.entity.id, row.sort) for row in every.result] == [("north", "agreement"), ("east", "use")]
    assert [row.entity.id for row in stated.result] == ["north"]
    assert [(_keys(row.claims), _keys(row.chain)) for row in every.result[1:]] == [(["east-spark"], ["lab-spark"])]


def test_a_product_is_pointed_elsewhere(small_view: SqliteView) -> None:
    """Who asks for the partners of a product is told where its users stand."""
    answer = partners(small_view, "Spark")

    assert (answer.state, answer.instead[:2]) == (
        "not known",
        ("no partner of Spark is known",
         "only who can agree has partners; who uses it or builds on it: keiretsu exposure spark"),
    )  # fmt: skip


def test_a_path_shows_every_tie_and_claim(small_view: SqliteView) -> None:
    """North is tied to South, whose lab makes Spark; each hop stands with its claims."""
    answer = path(small_view, "North", "Spark")

    best = answer.result[0]
    assert best.nodes == ("north", "south", "lab", "spark")
    assert all(tie.claims for hop in best.hops for tie in hop.ties)
    assert {"north-south", "lab-unit", "lab-spark"} <= set(_keys(answer.claims))


def test_a_path_to_itself_is_a_misuse(small_view: SqliteView) -> None:
    """Two names of one thing have no path."""
    with pytest.raises(UsageError, match="same thing"):
        path(small_view, "South", "南方集团")


def test_no_path_is_not_known(small_view: SqliteView) -> None:
    """Where no chain exists the answer says what is known of both ends."""
    answer = path(small_view, "ann", "revenue")

    assert answer.state == "not known"
    assert answer.instead[0] == "no chain of at most 6 ties between Ann Wu and revenue is known"


def test_a_timeline_is_in_order_and_counts_the_undated(small_view: SqliteView) -> None:
    """Dated claims by their first day; the others are counted, not dropped in silence."""
    answer = timeline(small_view, "South", with_units=True)

    assert [moment.line.claim.key for moment in answer.result.moments] == ["spark-out", "north-south"]
    assert answer.result.undated == 4


def test_figures_stand_together_only_where_comparable(small_view: SqliteView) -> None:
    """A value and a change of the same metric are two series."""
    series = metrics(small_view, "North").result.series

    assert [(one.metric, one.comparable, [claim.key for claim in one.claims]) for one in series] == [
        ("revenue", "USD, by quarter", ["sales-own", "sales-press"]),
        ("revenue", "change, percent, by quarter, on the same period of the year before", ["sales-growth"]),
    ]


def test_an_unknown_metric_is_answered_with_the_nearest(small_view: SqliteView) -> None:
    """A slip in a metric is a misuse with a suggestion; a metric without figures is not known."""
    with pytest.raises(UsageError, match="did you mean 'revenue'"):
        metrics(small_view, "North", metric="revenu")

    assert metrics(small_view, "North", metric="net income").state == "not known"


def test_conflicts_show_every_side(small_view: SqliteView) -> None:
    """Both figures, with who says so; restatements and forecasts are not among them."""
    answer = conflicts(small_view)

    (dispute,) = answer.result
    assert answer.state == "conflicting"
    assert {side.claim.key: side.claim.speaker for side in dispute.sides} == {
        "sales-own": "north",
        "sales-press": "reporter",
    }
    assert conflicts(small_view, "South").state == "not known"


def test_why_finds_a_claim_by_key_and_id(small_view: SqliteView) -> None:
    """Key, id and the beginning of an id lead to the claim and to what rests on it."""
    answer = why(small_view, "north-south")
    claim = answer.result.claim

    assert why(small_view, claim.id).result.claim == why(small_view, claim.id[:8]).result.claim == claim
    assert {tie.relation for tie in answer.result.ties} >= {"customer_of", "partner_of"}
    with pytest.raises(UnknownClaimError, match="did you mean 'north-south'"):
        why(small_view, "north-suoth")


def test_the_clocks_leave_out_what_was_not_so(small_view: SqliteView) -> None:
    """Before the deal there is no partner; before the source came out nothing was known."""
    early, later = Clocks(as_of=date(2025, 6, 1)), Clocks(as_of=date(2025, 9, 1))

    assert partners(small_view, "North", clocks=early).state == "not known"
    (found,) = partners(small_view, "North", clocks=later).result
    assert found.doubt == "possibly so on 2025-09-01"
    assert show(small_view, "South", clocks=Clocks(known_by=date(2025, 11, 1))).state == "not known"


def test_every_question_takes_both_clocks(small_view: SqliteView) -> None:
    """Nothing is known of what had not been published; names and keys are found all the same."""
    early = Clocks(known_by=date(2025, 1, 1))
    asked = {"path": ("North", "Spark"), "why": ("north-south",), "conflicts": (), "find": ("south",),
             "central": (), "communities": (), "bridges": (), "ties": (), "list": ("companies",),
             "common": ("South", "North"), "between": ("South", "North")}  # fmt: skip
    asked |= {"compare": ("North", "South"), "at": ("2025-10-01", "South")}

    for name, question in QUESTIONS.items():
        answer = question.ask(small_view, *asked.get(name, ("South",)), clocks=early)
        assert answer.claims == (), name
        assert answer.state == ("known" if name == "find" else "not known"), name
        assert name == "find" or answer.instead, name
    assert find(small_view, "south", clocks=early).result[0].claims == 0


def test_find_forgives_slips(small_view: SqliteView) -> None:
    """Slips, parts and Chinese parts of names are found; nonsense is not."""
    found = {
        text: [row.entity.id for row in find(small_view, text).result] for text in ("Souht", "south", "南方", "qqq")
    }

    assert found["Souht"][0] == found["south"][0] == found["南方"][0] == "south"
    assert found["qqq"] == []


@pytest.mark.parametrize(
    "text", ["", " ", "'; DROP TABLE claim; --", "%", "_", "\x00", "<script>", "x" * 100_000, "*", "\\"]
)
def test_a_hostile_name_is_only_a_name(small_view: SqliteView, text: str) -> None:
    """Whatever is asked for is looked up as text, and not known."""
    assert show(small_view, text).state == "not known"
    assert find(small_view, text).result == () or len(text.strip()) == 1


def test_an_answer_is_plain_data(small_view: SqliteView) -> None:
    """Each question's answer becomes JSON with its claims, speakers and SPARQL."""
    asked = {"path": ("North", "Spark"), "why": ("north-south",), "conflicts": (), "find": ("south",),
             "central": (), "communities": (), "bridges": (), "ties": (), "list": ("companies",),
             "common": ("South", "North"), "between": ("South", "North")}  # fmt: skip
    asked |= {"compare": ("North", "South"), "at": ("2025-10-01", "South")}
    for name, question in QUESTIONS.items():
        record = json.loads(json.dumps(answer_record(question.ask(small_view, *asked.get(name, ("South",))))))

        assert {"version", "question", "state", "result", "claims", "sparql", "instead"} <= set(record), name
        assert all(claim["speaker"] and claim["says"] and claim["modality"] for claim in record["claims"]), name


def test_words_keep_figures_as_written(small_view: SqliteView) -> None:
    """A figure is told with the digits of its source."""
    answer = metrics(small_view, "North")
    words = {claim.key: words_of(claim, answer.entities, "north") for claim in answer.claims}

    assert words["sales-own"] == "revenue 3.00 billion USD"
    assert words["sales-growth"] == "revenue up 5% on the same period of the year before"


def test_two_things_of_one_name_are_asked_back(tmp_path: Path) -> None:
    """No choice is made between equals."""
    north = an_entity("compass-north", name="Compass", names=(Name("Compass", "en", preferred=True),))
    south = an_entity("compass-south", name="Compass", names=(Name("Compass", "en", preferred=True),))
    twins = replace(small_dataset([]), entities=(north, south))
    view = SqliteView.open(build(twins, tmp_path / "out").sqlite)

    with pytest.raises(AmbiguousNameError, match=r"compass-north .*compass-south"):
        resolve(view, "Compass")


def test_partners_are_told_shortly(small_view: SqliteView) -> None:
    """How many there are stands first, then each with what it is, what for, and what ties the two."""
    lines = to_text("partners", partners(small_view, "North"), Paper(100, colour=False)).splitlines()

    assert lines[:6] == [
        "1 partner of North",
        "",
        "By agreement  1",
        "  South Group  company",
        "    is a partner of North, has the customer North, for running its shops",
        "        South Group via Reporter, reported; since 2025-07 (late July, year inferred); north-south;",
    ]
