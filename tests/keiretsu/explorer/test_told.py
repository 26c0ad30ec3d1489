"""Answers laid out for the page."""

from __future__ import annotations

import json
import shlex
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from examples import EXAMPLES, call_of, words_of
from factories import a_statement, an_entity, small_claims, small_dataset
from formats import faults
from keiretsu.explorer.commands import command_words
from keiretsu.explorer.marks import MOST
from keiretsu.explorer.told import told
from keiretsu_graph.build import build
from keiretsu_graph.sqlite import SqliteView
from keiretsu_queries.base import Answer
from keiretsu_queries.calling import call
from keiretsu_queries.cells import cell_text
from keiretsu_queries.questions import QUESTIONS, Question
from keiretsu_queries.sheets import Axis, Bars, Line, Said, Table
from keiretsu_queries.wording import speaker_words, when_words

HOSTILE = "</script><script>alert(1)</script>\u202e javascript:alert(2) " + "W" * 10_000


def asked(view: SqliteView, example: str) -> tuple[Question, Answer[Any]]:
    question, given = call_of(example)
    listed = {name: value if isinstance(value, list) else [value] for name, value in given.items()}
    return question, call(view, question, listed)


def laid_out(view: SqliteView, example: str) -> dict[str, Any]:
    question, answer = asked(view, example)
    return told(question, answer, words_of(example))


def test_every_question_has_an_example() -> None:
    """No question is left out below."""
    assert {words_of(example)[0] for example in EXAMPLES} == set(QUESTIONS)


@pytest.mark.parametrize("example", EXAMPLES)
def test_every_answer_has_the_form_that_the_page_reads(seeds: SqliteView, example: str) -> None:
    """Every example is as format.ts says, is JSON, and is the same when it is asked again."""
    record = laid_out(seeds, example)

    assert faults("Told", record) == []
    assert json.loads(json.dumps(record, allow_nan=False)) == record
    assert json.dumps(laid_out(seeds, example)) == json.dumps(record)
    assert record["command"] == shlex.join(["keiretsu", *words_of(example)])


@pytest.mark.parametrize("example", EXAMPLES)
def test_nothing_of_an_answer_is_lost(seeds: SqliteView, example: str) -> None:
    """Every line, claim, cell, bar and stretch that the command line shows is there, in its order."""
    question, answer = asked(seeds, example)
    shown: list[Any] = []
    for block in question.tell(answer):
        match block:
            case Line():
                shown.append(block.text)
            case Said(claim):
                said = (speaker_words(claim, answer.entities), when_words(claim), claim.key)
                shown.append((claim.id, *said, *(str(place) for place in claim.evidence)))
            case Table():
                people = block.to_people()
                shown.append([[column.label for column in people.columns], *map(_texts, people.rows)])
            case Bars():
                shown.append([block.title, *((bar.label, bar.text) for bar in block.bars)])
            case Axis():
                shown.append([(row.lane, row.label) for row in block.stretches])

    record = told(question, answer, words_of(example))

    assert [_shown(block, wanted) for block, wanted in zip(record["blocks"], shown, strict=True)] == shown
    assert record["state"] == answer.state
    assert (record["notes"], record["instead"]) == (list(answer.notes), list(answer.instead))
    assert record["sources"].keys() == answer.sources.keys()


def _texts(row: tuple[Any, ...]) -> list[str]:
    return [cell_text(cell) for cell in row]


def _shown(block: dict[str, Any], wanted: Any) -> Any:
    """Return what a block shows, in the form that it is wanted in."""
    match block["sort"]:
        case "line":
            return "".join(text for text, _ in block["spans"])
        case "said":
            places = wanted[4:] if all(place in block["places"] for place in wanted[4:]) else block["places"]
            return (block["claim"], block["who"], block["when"], block["key"], *places)
        case "table":
            return [[column["label"] for column in block["columns"]], *block["rows"]]
        case "bars":
            return [block["title"], *((bar["label"], bar["text"]) for bar in block["bars"])]
        case _:
            return [(row["lane"], row["label"]) for row in block["stretches"]]


@pytest.mark.parametrize("example", EXAMPLES)
def test_marks_are_things_and_claims_of_the_graph(seeds: SqliteView, example: str) -> None:
    """What is marked is there, each thing once, and never everything that there is."""
    record = laid_out(seeds, example)

    marked = [*record["nodes"], *(node for row in (*record["paths"], *record["layers"]) for node in row)]
    assert set(seeds.entities(marked)) == set(marked)
    assert len(set(record["nodes"])) == len(record["nodes"]) <= MOST < len(seeds.all_entities())
    assert record["claims"] == [claim.id for claim in asked(seeds, example)[1].claims]


def test_a_path_marks_its_chains(seeds: SqliteView) -> None:
    """Each chain can be picked, and its things are what is marked."""
    record = laid_out(seeds, "path Qualcomm Qwen3-Omni --limit 5")

    assert record["paths"] == [["qualcomm", "vehicle-cockpit", "qwen3-omni"], *record["paths"][1:]]
    assert len(record["paths"]) == 2
    assert record["nodes"] == list(dict.fromkeys(node for chain in record["paths"] for node in chain))
    assert record["layers"] == []


def test_what_a_thing_rests_on_stands_to_its_left(seeds: SqliteView) -> None:
    """The thing comes last, before it what it rests on at once, first what is farthest from it."""
    left, right = laid_out(seeds, "depends Signify")["layers"], laid_out(seeds, "exposure Alibaba --depth 2")["layers"]

    assert left[-1] == ["signify"]
    assert "qwen" in left[-2]
    assert right[0] == ["alibaba"]
    assert len(right) == 3
    assert all(layer and len(set(layer)) == len(layer) for layer in (*left, *right))


def test_partners_are_marked_before_what_they_are_partners_for(seeds: SqliteView) -> None:
    """What is listed comes before what is only named."""
    _, answer = asked(seeds, "partners Alibaba")
    listed = list(dict.fromkeys(end for row in answer.result for end in (row.of.id, row.entity.id)))

    assert laid_out(seeds, "partners Alibaba")["nodes"][: len(listed)] == listed


def test_a_sentence_marks_what_its_question_marks(seeds: SqliteView) -> None:
    """A path that is asked for in English can be picked, too; the command stays the one that was given."""
    record = laid_out(seeds, 'ask "How are NBA and Bosch connected?"')

    assert record["paths"] == laid_out(seeds, "path NBA Bosch")["paths"] != []
    assert record["command"] == "keiretsu ask 'How are NBA and Bosch connected?'"


def test_what_is_not_known_has_no_blocks(seeds: SqliteView) -> None:
    """As on the command line, only what is known instead is told."""
    record = laid_out(seeds, "path Nobody Bosch")

    assert faults("Told", record) == []
    assert (record["state"], record["blocks"], record["nodes"], record["paths"]) == ("not known", [], [], [])
    assert record["instead"]


def test_hostile_names_are_told_as_they_are(tmp_path: Path) -> None:
    """A name stays a text of the record, whole: it is for the page to show it as one."""
    dataset = small_dataset([*small_claims(), a_statement("odd", "odd", "develops", "spark")])
    entities = sorted([*dataset.entities, an_entity("odd", name=HOSTILE)], key=lambda entity: entity.id)
    view = SqliteView.open(build(replace(dataset, entities=tuple(entities)), tmp_path / "out").sqlite)
    question = QUESTIONS["show"]

    record = told(question, call(view, question, {"name": ["odd"]}), ["show", HOSTILE])

    assert faults("Told", record) == []
    assert record["blocks"][0]["spans"][0] == [HOSTILE, "title"]
    assert shlex.split(record["command"]) == ["keiretsu", "show", HOSTILE]


def test_the_words_at_a_place_stand_beside_it_where_they_may(seeds: SqliteView) -> None:
    """A place whose words are at hand shows them."""
    question, answer = asked(seeds, "path NBA Bosch")

    record = told(question, answer, ["path"], lambda _: "what it says")

    said = [block for block in record["blocks"] if block["sort"] == "said"]
    assert said
    assert all("“" in block["places"] for block in said)


@pytest.mark.parametrize("example", EXAMPLES)
def test_the_command_of_what_a_program_gives_asks_the_same(example: str) -> None:
    """The words of a call, read as a command again, are the same call."""
    question, given = call_of(example)
    listed = {name: value if isinstance(value, list) else [value] for name, value in given.items()}

    again, same = call_of(shlex.join(command_words(question, listed)))

    assert (again, same) == (question, given)


@pytest.mark.parametrize(
    ("name", "given", "words"),
    [
        ("find", {"text": ["--json"]}, ["find", "--", "--json"]),
        ("show", {"name": ["$(rm -rf ~); 'x"], "as_of": ["2025-01-01"]},
         ["show", "$(rm -rf ~); 'x", "--as-of", "2025-01-01"]),
        ("path", {"start": ["-a"], "end": ["b"], "limit": ["5"]}, ["path", "--limit", "5", "--", "-a", "b"]),
        ("bridges", {"stated_only": ["false"]}, ["bridges"]),
        ("bridges", {"stated_only": ["yes"]}, ["bridges", "--stated-only"]),
        ("metrics", {"entity": ["x"], "metric": ["-m"]}, ["metrics", "x", "--metric=-m"]),
    ],
)  # fmt: skip
def test_what_looks_like_an_option_is_none(name: str, given: dict[str, list[str]], words: list[str]) -> None:
    """A value that begins with a dash, or steers a shell, is still a value."""
    assert command_words(QUESTIONS[name], given) == words
