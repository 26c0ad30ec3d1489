"""From what a sentence names to questions about figures, lists, comparisons and time."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

from keiretsu_queries.english.calls import Call, Calls, as_of, day_of, things, together
from keiretsu_queries.english.days import Said
from keiretsu_queries.english.mentions import Tagged

# What people ask for as companies may be units; in a market, or on a benchmark, they ask who is there.
_SETTINGS = ("company", "market", "place", "benchmark")


def _period(tagged: Tagged) -> dict[str, Any]:
    day = day_of(tagged)
    return {"period": day.period or str(day.start)} if day else {}


def _metric(tagged: Tagged) -> dict[str, Any]:
    return {"metric": tagged.metrics[0][0]} if tagged.metrics else {}


def measures(tagged: Tagged) -> Calls:
    """Return the calls for a figure: with regard to a second thing, of a period, or wherever it is said."""
    named, told = things(tagged), []
    every = [metric for ids in tagged.metrics[:1] for metric in ids]
    topics = ",".join(every)
    if len(named) > 1:
        told += [
            Call("show", (one,), {"only": topics, "about": other}, as_of(tagged))
            for one, other in ((named[0], named[1]), (named[1], named[0]))
        ]
        if day_of(tagged) and every:  # the period may lie where the two are not named together
            told.append(Call("metrics", named[:1], {"metric": every[0], **_period(tagged)}))
        return (*told, *together(tagged))
    told = [Call("metrics", named, {"metric": metric, **_period(tagged)}) for metric in every]
    return (*told, Call("show", named, {"only": topics}, as_of(tagged)))


def compare(tagged: Tagged) -> Calls:
    """Return the call that sets things side by side."""
    about = things(tagged)
    metric = _metric(tagged) or ({"metric": "revenue"} if re.search(r"\bgr[eo]w", tagged.plain) else {})
    options = {**metric, **_period(tagged)} if metric else {}
    return (Call("compare", about, options),) if len(about) > 1 else ()


def market_shares(tagged: Tagged) -> Calls:
    """Return the call that sets the market shares of things side by side."""
    return (Call("compare", things(tagged), {"metric": "market-share", **_period(tagged)}),)


def common(tagged: Tagged) -> Calls:
    """Return the call for what things share."""
    return (Call("common", things(tagged)),) if len(things(tagged)) > 1 else ()


def timeline(tagged: Tagged) -> Calls:
    """Return the call for several things in time."""
    return (Call("timeline", things(tagged)),)


def _span(tagged: Tagged) -> dict[str, Any]:
    """Return since and until, where days are named."""
    if not tagged.days:
        return {}
    first, last = tagged.days[0], tagged.days[-1]
    if re.search(r"\b(?:since|after|from)(?: the)? <d0>", tagged.plain) and len(tagged.days) == 1:
        return {"since": first.start if "since" in tagged.plain or "from" in tagged.plain else _after(first)}
    if re.search(r"\b(?:before|until|till|by)(?: the)? <d0>", tagged.plain):
        early = re.search(r"\bbefore(?: the)? <d0>", tagged.plain) is not None
        return {"until": first.start - timedelta(days=1) if early else first.end}
    return {"since": first.start, "until": last.end}


def _after(said: Said) -> date:
    return said.end + timedelta(days=1)


def _of(tagged: Tagged, option: str = "of") -> dict[str, Any]:
    return {option: things(tagged)[0]} if tagged.entities else {}


def listed(tagged: Tagged) -> Calls:
    """Return the call for the things of a kind."""
    return (Call("list", (tagged.kinds[0],), {**_of(tagged), **_metric(tagged), **_span(tagged)}),)


def dated(tagged: Tagged) -> Calls:
    """Return the call for the things of a kind that came in some time."""
    return (Call("list", (tagged.kinds[0],), {**_of(tagged), **_span(tagged)}),)


def best(tagged: Tagged) -> Calls:
    """Return the calls for the things of a kind with the figure of each, on what is named or else of it."""
    metric = _metric(tagged) or {"metric": "parameters"}
    named = tagged.kinds[0] if tagged.kinds else "company"
    kind = "organisation" if named in _SETTINGS or tagged.plain.startswith("who ") else named
    calls = tuple(Call("list", (kind,), {**metric, **_of(tagged, option), "sort": "value"}) for option in ("on", "of"))
    scoped = metric["metric"] in ("benchmark-score", "market-share", "rank")
    ordered = calls if scoped else calls[::-1]
    return (
        (*ordered, Call("list", (kind,), {**metric, "sort": "value"}, loosely=True)) if tagged.entities else calls[1:]
    )


def scored(tagged: Tagged) -> Calls:
    """Return the call for the models by their scores on a benchmark."""
    on = {"metric": "benchmark-score", "on": things(tagged)[-1], "sort": "value"}
    return (Call("list", (tagged.kinds[0] if "ai_model" in tagged.kinds[:1] else "ai_model",), on),)


def grown(tagged: Tagged) -> Calls:
    """Return the calls for how something has grown, by its revenue where nothing else is named."""
    with_metric = tagged._replace(metrics=tagged.metrics or (("revenue",),))
    return measures(with_metric)


def newest(tagged: Tagged) -> Calls:
    """Return the call for the things of a kind by date."""
    return (Call("list", (tagged.kinds[0],), {"sort": "date", **_of(tagged)}),)


def licensed(tagged: Tagged) -> Calls:
    """Return the call for the things of a kind under a licence."""
    return (Call("list", (tagged.kinds[0],), {"relation": "licensed_under", "of": things(tagged)[-1]}),)


def changes(tagged: Tagged) -> Calls:
    """Return the call for what happened since a day."""
    return (Call("changes", things(tagged, 1), {"since": tagged.days[0].start, **_span(tagged)}),)


def at(tagged: Tagged) -> Calls:
    """Return the call for how a thing stood on a day."""
    return (Call("at", (tagged.days[0].end, things(tagged)[0])),)


def succession(tagged: Tagged) -> Calls:
    """Return the call for who holds the offices now that a person held."""
    offices = "chief_executive_of,chair_of"
    return (Call("follow", things(tagged, 1), {"by": offices, "only": "has_chief_executive,has_chair"}),)


def central(tagged: Tagged) -> Calls:
    """Return the call for the most central things, of a kind where one is named."""
    return (Call("central", (), {"kind": tagged.kinds[0]} if tagged.kinds else {}),)


def counted(tagged: Tagged) -> Calls:
    """Return the call for the number of deals, launches, events or ties."""
    kinds = (
        ("acquisition", "acquisition"), ("takeover", "acquisition"), ("investment", "investment"), ("spin", "spin_off"),
        ("joint venture", "joint_venture"), ("deal", "deal"), ("partnership", "deal"), ("launch", "launch"),
        ("reorgani", "reorganisation"), ("event", "occurrence"),
    )  # fmt: skip
    kind = next((name for word, name in kinds if word in tagged.plain), None)
    year = {"by": "year"} if re.search(r"\b(?:by|per|each) year\b", tagged.plain) else {}
    return (Call("ties", (kind,) if kind else (), {**_of(tagged, "about"), **year}),)
