"""From what a sentence names to questions of ours and what they are asked with, the best first."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from shlex import quote
from typing import Any, NamedTuple

from keiretsu_queries.base import ALWAYS, Clocks
from keiretsu_queries.english.days import Said
from keiretsu_queries.english.mentions import Tagged


class Call(NamedTuple):
    """A question of the table, with what it is asked with."""

    question: str
    about: tuple[Any, ...] = ()
    options: Mapping[str, Any] = {}
    as_of: date | None = None
    loosely: bool = False  # what is said of the things in any way, where nothing is said of just this


Calls = tuple[Call, ...]  # the first of which anything is known counts; none: the sentence does not fit after all
Caller = Callable[[Tagged], Calls]


def command_of(call: Call, clocks: Clocks = ALWAYS) -> str:
    """Return the command that asks a call.

    Example:
        >>> command_of(Call("show", ("qwen3",), {"only": "launch"}))
        'keiretsu show qwen3 --only launch'
    """
    options: Mapping[str, Any] = {**call.options, "as_of": clocks.as_of, "known_by": clocks.known_by}
    words = ["keiretsu", call.question, *(quote(str(word)) for word in call.about)]
    for name, value in options.items():
        if value is not None and value is not False:
            flag = f"--{name.replace('_', '-')}"
            words += [flag] if value is True else [flag, quote(str(value))]
    return " ".join(words)


def things(tagged: Tagged, most: int | None = None) -> tuple[str, ...]:
    """Return the things that were named, each once."""
    return tuple(dict.fromkeys(ids[0] for ids in tagged.entities))[:most]


def without_bounds(tagged: Tagged) -> Tagged:
    """Return a question without the things that only bound what is asked for: "before Eddie Wu", "besides Bosch"."""
    found = re.search(
        r"\b(?:before|after|besides?|other than|apart from|except(?: for)?|instead of) (?:the )?<e(\d+)>", tagged.plain
    )
    if found is None or len(tagged.entities) < 2:
        return tagged
    mark = int(found[1])
    plain = re.sub(
        r"<e(\d+)>", lambda e: f"<e{int(e[1]) - (int(e[1]) > mark)}>" if int(e[1]) != mark else "it", tagged.plain
    )
    return tagged._replace(plain=plain, entities=tagged.entities[:mark] + tagged.entities[mark + 1 :])


def either(*callers: Caller) -> Caller:
    """Return what asks by one caller, and by the next ones where nothing is known."""
    return lambda tagged: tuple(call for caller in callers for call in caller(tagged))


def day_of(tagged: Tagged) -> Said | None:
    """Return the first time that is named."""
    return tagged.days[0] if tagged.days else None


def as_of(tagged: Tagged) -> date | None:
    """Return the day that a question is asked as of: the end of the time that is named, or the day before it."""
    said = day_of(tagged)
    if said is None or (said.period or "").startswith("FY"):
        return None  # the days of a fiscal year are those of whom it is
    before = re.search(r"\b(?:before|prior to|until|till)(?: the)? <d0>", tagged.plain)
    return said.start - timedelta(days=1) if before else said.end


def asks(question: str, number: int = 1) -> Caller:
    """Return what asks a question about so many things, as of the day that is named."""

    def call(tagged: Tagged) -> Calls:
        about = things(tagged, number)
        return (Call(question, about, {}, as_of(tagged)),) if len(about) >= min(number, 2) else ()

    return call


def asks_whole(question: str) -> Caller:
    """Return what asks a question about the whole graph."""
    return lambda _: (Call(question),)


def shows(topics: str, about: str | None = None) -> Caller:
    """Return what shows one side of the thing that is named first, with regard to the second where there is one."""

    def call(tagged: Tagged) -> Calls:
        named = things(tagged)
        if not named:
            return ()
        regard = about or (named[1] if len(named) > 1 else None)
        return (Call("show", named[:1], {"only": topics, "about": regard}, as_of(tagged)),)

    return call


def together(tagged: Tagged) -> Calls:
    """Return the call for all that is said of two things, where nothing is said of just what was asked for."""
    named = things(tagged, 2)
    return (Call("between", named, {}, as_of(tagged), loosely=True),) if len(named) > 1 else ()


def related(topics: str) -> Caller:
    """Return what asks how two things are related in a certain way: by themselves, with their units, or in any way."""

    def call(tagged: Tagged) -> Calls:
        named = things(tagged, 2)
        wider = (Call("between", named, {"only": topics}, as_of(tagged)),) if len(named) > 1 else ()
        return (*shows(topics)(tagged), *wider, *together(tagged))

    return call


def if_two(caller: Caller) -> Caller:
    """Return a caller that asks only where two things are named."""
    return lambda tagged: caller(tagged) if len(things(tagged)) > 1 else ()


def first_alone(topics: str) -> Caller:
    """Return what shows one side of the first thing, whatever else is named."""
    return lambda tagged: shows(topics)(tagged._replace(entities=tagged.entities[:1]))


def last_alone(topics: str) -> Caller:
    """Return what shows one side of the last thing, whoever else is named: who is it now, who was it before."""
    return lambda tagged: shows(topics)(tagged._replace(entities=tagged.entities[1:2]))


def of_mark(caller: Caller, mark: int) -> Caller:
    """Return a caller that takes the thing with this number for the first one."""

    def call(tagged: Tagged) -> Calls:
        first = tagged.entities[mark : mark + 1]
        rest = tagged.entities[:mark] + tagged.entities[mark + 1 :]
        return caller(tagged._replace(entities=first + rest))

    return call
