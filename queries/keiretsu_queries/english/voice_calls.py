"""From what a sentence names to questions about who says what, where it was read, and where sources disagree."""

from __future__ import annotations

import re

from keiretsu_queries.english.calls import Call, Calls, things
from keiretsu_queries.english.mentions import Tagged

_DISPUTED = (
    (r"\bfound", "founding"), (r"\b(?:launch|releas|c[oa]me out)", "launch"),
    (r"\b(?:ceo|chief exec|l[ea]+ds?\b)", "ceo"),
    (r"\b(?:owns?|owner|stake)", "stake,has_shareholder"), (r"\b(?:licen)", "licensed_under"),
    (r"\b(?:announc)", "announcement"), (r"\b(?:develop|mak|made)", "developed_by,develops"),
)  # fmt: skip


def conflicts(tagged: Tagged) -> Calls:
    """Return the calls for conflicts: a figure of which every side is shown, those about a thing, or all."""
    named = things(tagged, 1)
    said = next((topic for words, topic in _DISPUTED if re.search(words, tagged.plain)), None)
    topic = tagged.metrics[0][0] if tagged.metrics else said
    figure = {"only": topic} if topic else None
    first = (Call("show", named, figure),) if named and figure else ()
    return (*first, Call("conflicts", named), Call("conflicts", named, {"settled": True, "explained": True}))


def says(tagged: Tagged) -> Calls:
    """Return the call for what a speaker says, about another thing where one is named."""
    named = things(tagged)
    whole = Call("who-says", named[:1])
    return (whole._replace(options={"about": named[1]}), whole._replace(loosely=True)) if len(named) > 1 else (whole,)


def said_of(tagged: Tagged) -> Calls:
    """Return the call for who speaks of a thing, or for all that is said of two together."""
    named = things(tagged)
    if len(named) == 1:
        return (Call("who-says", (), {"about": named[0]}),)
    return (Call("between", named[:2]),)


def sources(tagged: Tagged) -> Calls:
    """Return the call for the sources of a thing, of two things together, or all."""
    named = things(tagged)
    return (Call("between", named[:2]),) if len(named) > 1 else (Call("sources", named),)
