"""The answers that a file is given."""

from __future__ import annotations

import json
import shlex
from datetime import date
from typing import Any

import pytest

from examples import call_of
from formats import faults
from keiretsu.explorer import answers
from keiretsu.explorer.answers import held_answers
from keiretsu.explorer.told import told
from keiretsu_graph.sqlite import SqliteView
from keiretsu_queries.base import Clocks
from keiretsu_queries.calling import call


def asked_again(view: SqliteView, record: dict[str, Any]) -> dict[str, Any]:
    """Return what the command of an answer gives."""
    _, *words = shlex.split(record["command"])
    question, given = call_of(shlex.join(words))
    listed = {name: value if isinstance(value, list) else [value] for name, value in given.items()}
    return told(question, call(view, question, listed), words)


def test_each_is_what_its_command_gives(seeds: SqliteView) -> None:
    """Conflicts first, then what the most tied things rest on and what rests on them; none that is not known."""
    held = held_answers(seeds)

    assert list(held)[:3] == ["conflicts", "depends alibaba", "exposure alibaba"]
    assert len(held) > 80
    for key, record in held.items():
        assert faults("Told", record) == []
        assert record["state"] != "not known"
        assert key.partition(" ")[0] == record["name"]
    for key in list(held)[:9]:
        assert asked_again(seeds, held[key]) == held[key]


def test_they_are_asked_by_the_clocks_of_the_file(seeds: SqliteView) -> None:
    """What a file leaves out, its answers leave out, and their commands say so."""
    held = held_answers(seeds, Clocks(as_of=date(2024, 1, 1), known_by=date(2025, 11, 1)))

    assert held["exposure alibaba"]["command"] == ("keiretsu exposure alibaba --as-of 2024-01-01 --known-by 2025-11-01")
    assert asked_again(seeds, held["exposure alibaba"]) == held["exposure alibaba"]


def test_they_are_no_more_than_a_file_should_hold(seeds: SqliteView, monkeypatch: pytest.MonkeyPatch) -> None:
    """The most tied things come first, and what has no room is left out."""
    whole = held_answers(seeds)
    monkeypatch.setattr(answers, "MOST", 100_000)

    some = held_answers(seeds)

    assert len(json.dumps(list(some.values()), ensure_ascii=False)) <= 101_000
    assert list(some) == list(whole)[: len(some)]
    assert 1 < len(some) < len(whole)


def test_what_a_page_begins_with_comes_first(seeds: SqliteView, monkeypatch: pytest.MonkeyPatch) -> None:
    """A thing that is tied to little has its answers where a page begins with it."""
    monkeypatch.setattr(answers, "THINGS", 1)

    assert "depends signify" not in held_answers(seeds)
    assert list(held_answers(seeds, first=["signify"]))[:2] == ["conflicts", "depends signify"]
