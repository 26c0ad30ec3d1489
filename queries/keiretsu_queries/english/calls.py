"""From what a sentence names to a question of ours and what it is asked with."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
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
    as_of: Said | None = None


Caller = Callable[[Tagged], Call | None]  # None: the sentence does not fit after all


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


def _day(tagged: Tagged) -> Said | None:
    return tagged.days[0] if tagged.days else None


def asks(question: str, number: int = 1) -> Caller:
    """Return what asks a question about so many things, as of the day that is named."""

    def call(tagged: Tagged) -> Call | None:
        about = things(tagged, number)
        return Call(question, about, {}, _day(tagged)) if len(about) >= min(number, 2) else None

    return call


def asks_whole(question: str) -> Caller:
    """Return what asks a question about the whole graph."""
    return lambda _: Call(question)


def shows(topics: str) -> Caller:
    """Return what shows one side of a thing."""
    return lambda tagged: Call("show", things(tagged, 1), {"only": topics}, _day(tagged))


def _period(tagged: Tagged) -> dict[str, Any]:
    day = _day(tagged)
    return {"period": day.period or str(day.start)} if day else {}


def _metric(tagged: Tagged) -> dict[str, Any]:
    return {"metric": tagged.metrics[0][0]} if tagged.metrics else {}


def metrics(tagged: Tagged) -> Call:
    """Return the call for a figure, of a period where one is named."""
    return Call("metrics", things(tagged, 1), {**_metric(tagged), **_period(tagged)})


def compare(tagged: Tagged) -> Call | None:
    """Return the call that sets things side by side."""
    about = things(tagged)
    return Call("compare", about, {**_metric(tagged), **_period(tagged)}) if len(about) > 1 else None


def common(tagged: Tagged) -> Call | None:
    """Return the call for what things share."""
    return Call("common", things(tagged)) if len(things(tagged)) > 1 else None


def timeline(tagged: Tagged) -> Call:
    """Return the call for several things in time."""
    return Call("timeline", things(tagged))


def when(topics: str) -> Caller:
    """Return what asks for the time of a figure, or else of what is said under some topics."""
    return lambda tagged: metrics(tagged) if tagged.metrics else shows(topics)(tagged)


def _span(tagged: Tagged) -> dict[str, Any]:
    """Return since and until, where days are named."""
    if not tagged.days:
        return {}
    first, last = tagged.days[0], tagged.days[-1]
    if re.search(r"\b(?:since|after|from)(?: the)? <d0>", tagged.plain) and len(tagged.days) == 1:
        return {"since": first.start}
    if re.search(r"\b(?:before|until|till|by)(?: the)? <d0>", tagged.plain):
        return {"until": first.end}
    return {"since": first.start, "until": last.end}


def _of(tagged: Tagged, option: str = "of") -> dict[str, Any]:
    return {option: things(tagged)[0]} if tagged.entities else {}


def listed(tagged: Tagged) -> Call:
    """Return the call for the things of a kind."""
    return Call("list", (tagged.kinds[0],), {**_of(tagged), **_metric(tagged), **_span(tagged)})


def best(tagged: Tagged) -> Call:
    """Return the call for the things of a kind with the figure of each."""
    metric = _metric(tagged) or {"metric": "parameters"}
    scoped = metric["metric"] in ("benchmark-score", "market-share")
    return Call("list", (tagged.kinds[0],), {**metric, **_of(tagged, "on" if scoped else "of")})


def newest(tagged: Tagged) -> Call:
    """Return the call for the things of a kind by date."""
    return Call("list", (tagged.kinds[0],), {"sort": "date", **_of(tagged)})


def licensed(tagged: Tagged) -> Call:
    """Return the call for the things of a kind under a licence."""
    return Call("list", (tagged.kinds[0],), {"relation": "licensed_under", "of": things(tagged)[-1]})


def changes(tagged: Tagged) -> Call:
    """Return the call for what happened since a day."""
    return Call("changes", things(tagged, 1), {"since": tagged.days[0].start, **_span(tagged)})


def at(tagged: Tagged) -> Call:
    """Return the call for how a thing stood on a day."""
    return Call("at", (tagged.days[0].end, things(tagged)[0]))


def conflicts(tagged: Tagged) -> Call:
    """Return the call for conflicts about a thing, or all."""
    return Call("conflicts", things(tagged, 1))


def says(tagged: Tagged) -> Call:
    """Return the call for what a speaker says, about another thing where one is named."""
    named = things(tagged)
    return Call("who-says", named[:1], {"about": named[1]} if len(named) > 1 else {})


def said_of(tagged: Tagged) -> Call:
    """Return the call for who speaks of a thing, or for all that is said of two together."""
    named = things(tagged)
    return Call("who-says", (), {"about": named[0]}) if len(named) == 1 else Call("between", named[:2])


def sources(tagged: Tagged) -> Call:
    """Return the call for the sources of a thing, of two things together, or all."""
    named = things(tagged)
    return Call("between", named[:2]) if len(named) > 1 else Call("sources", named)


def central(tagged: Tagged) -> Call:
    """Return the call for the most central things, of a kind where one is named."""
    return Call("central", (), {"kind": tagged.kinds[0]} if tagged.kinds else {})


def counted(tagged: Tagged) -> Call:
    """Return the call for the number of deals, launches, events or ties."""
    kinds = (("deal", "deal"), ("partnership", "deal"), ("launch", "launch"), ("event", "occurrence"))
    kind = next((name for word, name in kinds if word in tagged.plain), None)
    year = {"by": "year"} if "year" in tagged.plain else {}
    return Call("ties", (kind,) if kind else (), {**_of(tagged, "about"), **year})


def part_of(topics: str) -> Caller:
    """Return what asks whether one thing is part of another, or what it is part of."""
    return lambda tagged: asks("between", 2)(tagged) or shows(topics)(tagged)
