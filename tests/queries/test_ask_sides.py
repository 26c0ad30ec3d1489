"""One side of a thing, the things behind a tie, and the wholes above both: what questions in English are asked with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from factories import a_statement, a_when
from keiretsu_graph.build import build
from keiretsu_graph.oxigraph import OxigraphView
from keiretsu_graph.sqlite import SqliteView
from keiretsu_graph.view import View
from keiretsu_ontology.claims import AnyClaim
from keiretsu_ontology.dates import Held
from keiretsu_ontology.entities import Entity
from keiretsu_ontology.errors import UsageError
from keiretsu_queries.above import above
from keiretsu_queries.base import Answer, Clocks
from keiretsu_queries.chains.between import between
from keiretsu_queries.questions import QUESTIONS
from keiretsu_queries.sheets import Line, Said
from keiretsu_queries.things.follow import Followed, follow
from keiretsu_queries.things.show import Page, show
from keiretsu_queries.words.sentences import sentence_of
from keiretsu_queries.words.topics import topic_named
from webs import web_claims, web_dataset

ENGINES: dict[str, Callable[[Path], View]] = {"sqlite": SqliteView.open, "oxigraph": OxigraphView.open}


def _held(first: int, last: int | None = None) -> Held:
    ends = [a_when(f"{year}-01-01", date(year, 1, 1)) if year else None for year in (first, last)]
    return Held(*ends)


def _claims() -> list[AnyClaim]:
    return [
        *web_claims(),
        a_statement("bo-led", "reporter-bo", "chief_executive_of", "south", held=_held(2010, 2020)),
        a_statement("cy-leads", "reporter-cy", "chief_executive_of", "south", held=_held(2020)),
        a_statement("dan-may", "reporter-dan", "chief_executive_of", "south", modality="forecast"),
        a_statement("eve-led", "reporter-eve", "chief_executive_of", "south", rank="deprecated", rank_reason="a slip"),
        a_statement("ann-money", "ann", "officer_of", "south", text="Ann looks after the money."),
    ]


@pytest.fixture(scope="module", params=ENGINES)
def web(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> View:
    """The graph of webs.py with people who lead South, in either engine."""
    dataset = web_dataset(_claims())
    people = [Entity(slug, "person", slug[9:].capitalize()) for slug in
              ("reporter-bo", "reporter-cy", "reporter-dan", "reporter-eve")]  # fmt: skip
    entities = tuple(sorted((*dataset.entities, *people), key=lambda entity: entity.id))
    built = build(replace(dataset, entities=entities), tmp_path_factory.mktemp("web") / "out")
    return ENGINES[request.param](built.sqlite if request.param == "sqlite" else built.store)


def _keys(answer: Answer[Page]) -> list[str]:
    return [row.claim.key for group in answer.result.groups for row in group.lines]


def _first(question: str, answer: Answer[Page] | Answer[Followed], number: int) -> str:
    lines = [block.text for block in QUESTIONS[question].tell(answer) if isinstance(block, Line)]
    return lines[number]


def test_one_side_comes_best_first(web: View) -> None:
    """Who leads goes before who led, these before who is expected to, and a slip comes last."""
    assert _keys(show(web, "south", only="ceo")) == ["cy-leads", "bo-led", "dan-may", "eve-led"]


def test_a_day_puts_first_what_was_so_then(web: View) -> None:
    """On a day what was certainly so stands first, though it is over by now; the undated follows, marked."""
    answer = show(web, "south", only="ceo", clocks=Clocks(as_of=date(2015, 1, 1)))

    assert _keys(answer) == ["bo-led", "dan-may", "eve-led"]
    assert _first("show", answer, 1) == "has the chief executive Bo, 2010-01-01 to 2020-01-01"


def test_one_side_begins_with_what_it_comes_to(web: View) -> None:
    """Beneath the name stands in one line what the best claims say."""
    assert _first("show", show(web, "south", only="ceo"), 1) == "has the chief executive Cy, since 2020-01-01"
    assert _first("show", show(web, "north", only="adoption as customer"), 1) == "adoption: Cloud, for its shops"


@pytest.mark.parametrize(
    ("name", "only", "keys"),
    [
        ("spark", "is developed by", ["foundry-spark"]), ("spark", "develops", ["foundry-spark"]),
        ("foundry", "develops", ["foundry-spark"]), ("reporter-cy", "ceo", ["cy-leads"]),
        ("south", "chief executive", ["cy-leads", "bo-led", "dan-may", "eve-led"]), ("north", "deals", ["north-cloud"]),
        ("cloud", "adoption as provider", ["north-cloud"]),
        ("qubit", "used by", ["east-qubit", "north-qubit", "west-hopes"]),
        ("north", "revenue", ["north-sales"]), ("qubit", "revenue", ["north-sales"]),
        ("division", "units", ["cloud-unit"]),
    ],
)  # fmt: skip
def test_words_are_read_from_the_right_side(web: View, name: str, only: str, keys: list[str]) -> None:
    """A noun says what others are to the thing, a verb what it does or undergoes, a role its part in a deal."""
    assert _keys(show(web, name, only=only)) == keys


def test_a_role_that_a_deal_does_not_have_is_refused(web: View) -> None:
    """Only roles of the table may be asked for."""
    with pytest.raises(UsageError, match="nothing is said under 'adoption as seller'"):
        show(web, "north", only="adoption as seller")


def test_a_side_may_be_narrowed_to_a_thing_or_to_words(web: View) -> None:
    """What is asked about is a thing that a claim names, or words that it says."""
    assert _keys(show(web, "east", only="uses", about="Qubit")) == ["east-qubit"]
    assert _keys(show(web, "south", only="has_officer", about="money")) == ["ann-money"]
    assert show(web, "south", only="has_officer", about="ships").state == "not known"


def test_where_nothing_is_said_the_whole_is_told(web: View) -> None:
    """Of a unit nobody says who leads it; the nearest whole of which it is said is told, its claims beside."""
    answer = show(web, "cloud", only="ceo")

    assert answer.state == "not known"
    assert answer.instead[:3] == (
        "nothing is said of Cloud under 'ceo'",
        "Cloud is a unit of Division; Division is a unit of South, and of South it is said: "
        "has the chief executive Cy, since 2020-01-01 (cy-leads)",
        "see: keiretsu show south --only ceo",
    )
    assert {"cy-leads", "bo-led"} <= {claim.key for claim in answer.beside}


def test_what_stands_above_comes_nearest_first(web: View) -> None:
    """The division is nearer to the cloud than the company, whatever else leads there."""
    assert [whole.entity for whole in above(web, "cloud")] == ["division", "south"]
    assert [len(whole.ties) for whole in above(web, "cloud")] == [1, 2]
    assert above(web, "alone") == ()


def test_a_tie_is_followed_to_what_stands_behind(web: View) -> None:
    """Who uses the models of the cloud: their members count, a forecast leads nowhere, both steps have evidence."""
    answer = follow(web, "cloud", by="develops", only="used by,basis of", kind="models")

    assert [step.way.entity.id for step in answer.result.steps] == ["qubit", "qubit-8"]
    assert [claim.key for claim in answer.claims] == [
        "app-qubit", "cloud-qubit", "east-qubit", "north-qubit", "qubit-member", "west-hopes"]  # fmt: skip
    assert _first("follow", answer, 0) == "Qubit: is used by East and North"


def test_only_facts_are_followed(web: View) -> None:
    """Who is only expected to use a model is not among its users."""
    reached = follow(web, "qubit", by="used by", only="uses").result

    assert [step.way.entity.id for step in reached.steps] == ["east", "north"]


def test_the_group_answers_where_no_unit_does(web: View) -> None:
    """Nobody says who leads the cloud that made the model; who leads its group is said, and marked."""
    answer = follow(web, "qubit", by="developed by", only="ceo", kind="organisation")
    (step,) = answer.result.steps

    assert (step.way.entity.id, step.of.id) == ("cloud", "south")
    assert {"cloud-unit", "division-unit", "cy-leads", "cloud-qubit"} <= {claim.key for claim in answer.claims}
    assert "nothing is said of Cloud itself" in "\n".join(
        block.text for block in QUESTIONS["follow"].tell(answer) if isinstance(block, Line)
    )


def test_what_is_followed_may_be_narrowed(web: View) -> None:
    """Of the customers, only those that use a certain model; those of which that is not said are counted aside."""
    answer = follow(web, "qubit", by="used by", only="uses", about="other")

    assert [step.way.entity.id for step in answer.result.steps] == ["east"]
    assert [entity.id for entity in answer.result.silent] == ["north"]


def test_a_first_step_alone_is_no_answer(web: View) -> None:
    """Where the second step is not known, the first is told with its claims, and the answer is not known."""
    answer = follow(web, "spark", by="developed by", only="ceo")

    assert answer.state == "not known"
    assert answer.instead == (
        "known are the things of which each develops Spark: Foundry (foundry-spark)",
        "nothing is said of it under 'ceo'",
    )


def test_two_things_are_looked_for_in_their_wholes(web: View) -> None:
    """No claim names east and the member of the family; that east uses the family is told instead, with its claim."""
    answer = between(web, "east", "qubit-8")

    assert answer.state == "not known"
    assert "Qubit-8 is a member of Qubit" in answer.instead
    assert [claim.key for claim in answer.beside] == ["east-qubit"]


def test_between_may_be_asked_for_one_side(web: View) -> None:
    """Of what is said of two things and their units, only what was asked for."""
    whole = [claim.key for claim in between(web, "north", "cloud").claims]

    assert [claim.key for claim in between(web, "north", "cloud", only="deals").claims] == ["north-cloud"]
    assert {"fair-show", "north-cloud"} <= set(whole)


def test_a_side_is_told_as_a_question(web: View) -> None:
    """What is asked for reads as an English sentence."""
    south = web.entities(["south"])["south"]
    told = {only: sentence_of(topic_named(web, only, south), "South") for only in (
        "ceo", "develops", "revenue", "acquisition as seller", "launch", "people", "ceo,chair")}  # fmt: skip

    assert told == {
        "ceo": "Who is chief executive of South?",
        "develops": "What is it that South develops?",
        "revenue": "What is the revenue of South?",
        "acquisition as seller": "Of which acquisitions is South the seller?",
        "launch": "What is known of any launch of South?",
        "people": "Which ties under People of South are known?",
        "ceo,chair": "Who is chief executive of South? Beside it: is chaired by.",
    }


def test_every_line_of_a_side_has_its_evidence(web: View) -> None:
    """Under each claim stands who says so."""
    blocks = list(QUESTIONS["show"].tell(show(web, "south", only="ceo")))

    assert [block.claim.key for block in blocks if isinstance(block, Said)] == [
        "cy-leads", "bo-led", "dan-may", "eve-led"]  # fmt: skip
