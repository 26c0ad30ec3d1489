"""Questions of figures and time over every engine: one graph, one answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from keiretsu.hypertext import to_html
from keiretsu.markdown import to_markdown
from keiretsu.rendering import to_text
from keiretsu.terminal import Paper
from keiretsu_graph.build import build
from keiretsu_graph.oxigraph import OxigraphView
from keiretsu_graph.sqlite import SqliteView
from keiretsu_graph.view import View
from keiretsu_ontology.entities import Name
from keiretsu_queries.base import Clocks
from keiretsu_queries.questions import QUESTIONS
from keiretsu_queries.records import answer_record
from timely import timely_build, timely_dataset

SPRING = Clocks(as_of=date(2025, 5, 1), known_by=date(2025, 11, 25))
ASKED: dict[str, tuple[str, Callable[[View], Any]]] = {
    "figures": ("metrics", lambda view: QUESTIONS["metrics"].ask(view, "Harbor", with_units=True)),
    "figures then": ("metrics", lambda view: QUESTIONS["metrics"].ask(view, "Harbor", clocks=SPRING)),
    "a period": ("metrics", lambda view: QUESTIONS["metrics"].ask(view, "Harbor", period="FY2026 Q2")),
    "side by side": ("compare", lambda view: QUESTIONS["compare"].ask(view, "Harbor", "Pier", "Gull")),
    "a line of time": ("timeline", lambda view: QUESTIONS["timeline"].ask(view, "Harbor", "Pier", with_units=True)),
    "a day": ("at", lambda view: QUESTIONS["at"].ask(view, "2023-09-11", "Harbor", with_units=True)),
    "changes": ("changes", lambda view: QUESTIONS["changes"].ask(view, "Harbor", since=date(2025, 1, 1))),
    "all changes": ("changes", lambda view: QUESTIONS["changes"].ask(view, since=date(2025, 1, 1), clocks=SPRING)),
}


@pytest.mark.parametrize("name", ASKED)
def test_engines_give_one_answer(name: str) -> None:
    """What SQLite answers Oxigraph answers, to the last field."""
    question, ask = ASKED[name]
    one, other = (
        ask(view) for view in (SqliteView.open(timely_build().sqlite), OxigraphView.open(timely_build().store))
    )

    assert one.claims
    assert answer_record(one) == answer_record(other)
    assert to_text(question, one, Paper(100, colour=False)) == to_text(question, other, Paper(100, colour=False))


@pytest.mark.parametrize("name", ASKED)
def test_hostile_names_stay_names(name: str, tmp_path: Path) -> None:
    """A name that is markup or steers a terminal is text on every face."""
    hostile = "<script>\x1b[2J|[x](javascript:y)"
    data = timely_dataset()
    things = tuple(
        replace(e, name=f"{e.id}{hostile}", names=(Name(f"{e.id}{hostile}", "en", preferred=True),))
        for e in data.entities
    )
    view = SqliteView.open(build(replace(data, entities=things), tmp_path / "out").sqlite)
    question, ask = QUESTIONS[ASKED[name][0]], ASKED[name][1]
    found = ask(view)

    assert found.claims
    assert "<script" not in to_html(question, found)
    assert "<script" not in to_markdown(question, found)
    assert "\x1b" not in to_text(question.name, found, Paper(100, colour=False))
