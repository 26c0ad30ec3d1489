"""The schemas of answers hold for what is really answered, and would not hold for much else."""

from __future__ import annotations

import copy
import json
import shlex
from functools import cache
from typing import Any

import jsonschema
import pytest
from typer.testing import CliRunner

from keiretsu.cli import make_app
from keiretsu_queries.questions import QUESTIONS, Question
from keiretsu_queries.schemas import answer_schema, component_schemas, result_schema


def a_judge(question: Question) -> Any:
    schema = {**answer_schema(question), "components": {"schemas": component_schemas()}}
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


@cache
def answers_to(question: Question) -> list[dict[str, Any]]:
    """Return what the command line prints for each example of a question, over the bundled graph."""
    runner, app = CliRunner(), make_app()
    lines = [[word for word in shlex.split(example) if word != "--json"] for example in question.examples]
    return [json.loads(runner.invoke(app, [*words, "--json"]).stdout) for words in lines]


def first_fault(judge: Any, record: dict[str, Any]) -> str:
    return next((f"{list(error.absolute_path)}: {error.message[:300]}" for error in judge.iter_errors(record)), "")


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=QUESTIONS)
def test_every_example_fits_its_schema(question: Question) -> None:
    """What each example of a question answers over the bundled graph is as its schema says."""
    judge = a_judge(question)
    answers = answers_to(question)

    assert answers
    assert [first_fault(judge, found) for found in answers] == [""] * len(answers)


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=QUESTIONS)
def test_a_schema_refuses_what_is_otherwise(question: Question) -> None:
    """A field too many or of another type, in the answer or its result, does not fit."""
    judge = a_judge(question)
    record = answers_to(question)[0]
    strange = [copy.deepcopy(record) for _ in range(4)]
    strange[0]["more"] = 1
    strange[1]["state"] = "sure"
    strange[2]["claims"] = [{"shape": "rumour"}]
    strange[3]["result"] = 7

    assert all(first_fault(judge, one) for one in strange)


def test_results_are_described() -> None:
    """No result is left open: each has an object or a list of which the parts are named."""
    for question in QUESTIONS.values():
        schema = result_schema(question)
        assert schema.get("properties") or schema.get("items", {}).get("properties"), question.name
