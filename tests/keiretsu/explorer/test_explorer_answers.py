"""Answers that a file is given."""

from __future__ import annotations

import json
from datetime import date

import pytest

from formats import faults
from keiretsu.explorer import answers
from keiretsu.explorer.answers import held_answers
from keiretsu_graph.sqlite import SqliteView
from keiretsu_queries.base import Clocks


def test_answers_are_of_the_page_s_form(small_view: SqliteView) -> None:
    """Each is an answer by "question id", and none is not known."""
    found = held_answers(small_view)

    assert found
    for name, told in found.items():
        assert faults("Told", told) == []
        assert told["state"] != "not known"
        assert name.split(" ")[0] == told["name"]
    assert json.dumps(found) == json.dumps(held_answers(small_view))


def test_things_that_matter_come_first_and_no_more_than_there_is_room_for(
    seeds: SqliteView, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the page begins with comes before what is most tied, and what is over is left out."""
    monkeypatch.setattr(answers, "THINGS", 4)
    every = held_answers(seeds, first=["signify"])
    assert list(every)[:2] == ["conflicts", "depends signify"]
    monkeypatch.setattr(answers, "MOST", len(json.dumps(every["conflicts"], ensure_ascii=False)) + 10)

    assert list(held_answers(seeds, first=["signify"])) == ["conflicts"]


def test_clocks_count_and_are_in_the_command(seeds: SqliteView, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page of a day holds the answers of that day, and the command says so."""
    monkeypatch.setattr(answers, "THINGS", 1)
    found = held_answers(seeds, clocks=Clocks(as_of=date(2025, 6, 30)))

    assert found["depends alibaba"]["command"] == "keiretsu depends alibaba --as-of 2025-06-30"
    assert found["depends alibaba"] != held_answers(seeds)["depends alibaba"]


def test_a_large_graph_has_none(small_view: SqliteView, monkeypatch: pytest.MonkeyPatch) -> None:
    """A walk over it takes too long for a page to be written."""
    monkeypatch.setattr(answers, "LARGEST", 2)

    assert held_answers(small_view) == {}
