"""The command that stands under a question in English asks the same."""

from __future__ import annotations

import json
import shlex

import pytest
from typer.testing import CliRunner

from keiretsu import cli
from keiretsu_graph.build import Build
from keiretsu_graph.sqlite import SqliteView
from keiretsu_queries.english.ask import ask

ASKED = (
    "Who was CEO of Alibaba in 2022?",
    "What was Alibaba's net income in fiscal Q2 2026?",
    "Which chips has T-Head developed?",
    "Which model scores best on AIME25?",
    "How is NBA connected to Bosch?",
    "What do Bosch and Marriott have in common?",
    "Which has more parameters, Qwen3-8B or Qwen3-32B?",
    "Where do the sources disagree about Kimi?",
    "What does Bloomberg say about Kimi?",
    "Which sources report on Moonshot AI?",
    "What changed at Alibaba after 2025-06-01?",
    "How did Alibaba look on 2023-09-11?",
    "What does the Qwen app depend on?",
    "Which companies use models made by Alibaba Cloud?",
    "To whom did Alibaba sell Sun Art?",
    "Is Meituan a rival of Alibaba?",
    "How many acquisitions has Alibaba made?",
    "Who are Alibaba's partners?",
    "How much does Alibaba want to invest in Turkey?",
)


@pytest.mark.parametrize("text", ASKED)
def test_the_command_asks_the_same(seeds: SqliteView, seeds_build: Build, text: str) -> None:
    """Running the command that is told gives the same claims, in the same state."""
    told = ask(seeds, text)
    assert told.result.command is not None

    words = [*shlex.split(told.result.command)[1:], "--json", "--dataset", str(seeds_build.folder)]
    ran = CliRunner().invoke(cli.make_app(), words)
    record = json.loads(ran.stdout)

    assert ran.exit_code == 0
    assert {claim["id"] for claim in record["claims"]} == {claim.id for claim in told.claims}
    assert record["state"] == told.state
