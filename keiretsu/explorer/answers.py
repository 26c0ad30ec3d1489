"""Answers that a file is given, so that it can tell them without a server."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from keiretsu.explorer.commands import command_words
from keiretsu.explorer.told import told
from keiretsu_queries.base import ALWAYS, Clocks
from keiretsu_queries.questions import QUESTIONS

if TYPE_CHECKING:
    from keiretsu.explorer.blocks import Excerpt
    from keiretsu_graph.sqlite import SqliteView

MOST = 2_000_000  # characters of JSON, all answers together
THINGS = 60  # whose answers are held, the most tied first
LARGEST = 5_000  # things in a graph: in a larger one a walk along all that hangs together takes seconds
_ABOUT_THINGS = ("depends", "exposure")


def held_answers(
    view: SqliteView, excerpt: Excerpt = lambda _: None, clocks: Clocks = ALWAYS, *, first: Sequence[str] = ()
) -> dict[str, Any]:
    """Return answers that a page cannot work out, by "question id", and "conflicts"; none that is not known.

    Args:
        view: The graph.
        excerpt: Gives the words at a place, or None where they are not at hand.
        clocks: What the page is narrowed by.
        first: Things whose answers come before those of the most tied.

    Returns:
        As many as there is room for; none of a large graph.
    """
    if view.about().entities > LARGEST:
        return {}
    things = list(dict.fromkeys([*first, *view.foremost(THINGS)]))
    wanted: list[tuple[str, dict[str, list[str]]]] = [("conflicts", {})]
    wanted += [(name, {"name": [slug]}) for slug in things for name in _ABOUT_THINGS]
    found: dict[str, Any] = {}
    room = MOST
    for name, given in wanted:
        answer = _answer(view, name, given, excerpt, clocks)
        room -= len(json.dumps(answer, ensure_ascii=False))
        if room < 0:
            break
        if answer["state"] != "not known":
            found[" ".join([name, *given.get("name", ())])] = answer
    return found


def _answer(
    view: SqliteView, name: str, given: dict[str, list[str]], excerpt: Excerpt, clocks: Clocks
) -> dict[str, Any]:
    question = QUESTIONS[name]
    answer = question.ask(view, *given.get("name", ()), clocks=clocks)
    days = {"as_of": clocks.as_of, "known_by": clocks.known_by}
    clocked = {clock: [str(day)] for clock, day in days.items() if day is not None}
    return told(question, answer, command_words(question, given | clocked), excerpt)
