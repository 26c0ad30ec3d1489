"""Answers that a file is given, so that it can tell them without a server."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from keiretsu.explorer.blocks import Excerpt
from keiretsu.explorer.commands import command_words
from keiretsu.explorer.told import told
from keiretsu_graph.sqlite import SqliteView
from keiretsu_ontology.errors import AmbiguousNameError
from keiretsu_queries.base import ALWAYS, Clocks
from keiretsu_queries.calling import call
from keiretsu_queries.questions import QUESTIONS

MOST = 2_000_000  # characters of JSON, all answers together
THINGS = 60  # the most tied ones, of which it is told what they rest on and what rests on them
LARGE = 6_000  # claims from which on a file is given none: working them out would take longer than all the rest
_OF_THINGS = ("depends", "exposure")
Given = dict[str, list[Any]]


def held_answers(
    view: SqliteView, clocks: Clocks = ALWAYS, excerpt: Excerpt = lambda _: None, *, first: Sequence[str] = ()
) -> dict[str, dict[str, Any]]:
    """Return answers by "question id", those about the most tied things first; none that is not known.

    A large graph gives none.

    Args:
        view: The graph.
        clocks: What is asked by.
        excerpt: Gives the words at a place, where they are at hand.
        first: Things whose answers come before those of the most tied.
    """
    found: dict[str, dict[str, Any]] = {}
    if view.about().claims >= LARGE:
        return found
    room = MOST
    for key, record in _answers(view, clocks, excerpt, first):
        room -= len(json.dumps(record, ensure_ascii=False))
        if room < 0:
            break
        found[key] = record
    return found


def _answers(
    view: SqliteView, clocks: Clocks, excerpt: Excerpt, first: Sequence[str]
) -> Iterator[tuple[str, dict[str, Any]]]:
    days = {"as_of": clocks.as_of, "known_by": clocks.known_by}
    asked_by: Given = {name: [day] for name, day in days.items() if day is not None}
    wanted: list[tuple[str, str, Given]] = [("conflicts", "conflicts", asked_by)]
    for slug in dict.fromkeys([*first, *view.foremost(THINGS)]):
        wanted += [(f"{name} {slug}", name, {"name": [slug], **asked_by}) for name in _OF_THINGS]
    for key, name, given in wanted:
        question = QUESTIONS[name]
        try:
            answer = call(view, question, given)
        except AmbiguousNameError:  # an id that is another one's name: nobody can ask for it by that alone
            continue
        if answer.state != "not known":
            yield key, told(question, answer, command_words(question, given), excerpt)
