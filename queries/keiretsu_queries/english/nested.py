"""Questions in two steps: "the company that made X", "models made by X", "the partners of X" within a question.

Such a phrase stands for the things that it leads to. It is taken out, the rest is understood by the same rules as any
other question, and both steps are put together into one question that follows the one tie and shows the other side.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

from keiretsu_ontology.entities import KINDS
from keiretsu_queries.english.calls import Call, Calls
from keiretsu_queries.english.lexicon import DOES, DONE_TO, KIND_WORDS, PARTS
from keiretsu_queries.english.mentions import Tagged
from keiretsu_queries.english.patterns import understood

_AGENT = "agent"
_MADE = ("model", "chip", "product", "application")
_MAKES = "develops,offers,has_variant,manufactures,launch"
_NAMED = 6  # things: a question that names more is no question in two steps
_FOUND = "?"  # stands among the things of the rest for what the phrase leads to
# What people say of units too, and the word that takes families with models.
_WIDER = {"company": "organisation", "ai_model": "model"}
# What somebody is to a thing, or a thing to another: phrases that lead from one to others.
_LEADING = {
    "maker": _AGENT, "developer": _AGENT, "creator": _AGENT, "owner": _AGENT, "shareholder": _AGENT, "parent": _AGENT,
    "partner": _AGENT, "customer": _AGENT, "client": _AGENT, "supplier": _AGENT, "investor": _AGENT,
    "competitor": _AGENT, "rival": _AGENT, "unit": "organisation", "subsidiary": "organisation",
    "subsidiaries": "organisation",
    "division": "organisation", "founder": _AGENT, "user": _AGENT, "ceo": "person", "chief executive": "person",
    "chairman": "person", "director": "person", "member": None, "version": None, "variant": None, "model": "model",
    "chip": "chip", "product": "product", "app": "application", "successor": None, "predecessor": None, "licence": None,
}  # fmt: skip


class Phrase(NamedTuple):
    """A phrase that leads from a thing to others."""

    form: re.Pattern[str]  # of the whole phrase; <e0> and the like stand in `mark`
    topics: str
    kind: str | None  # of the things that it leads to; None: the noun in `kind` says it


def nested(tagged: Tagged) -> Calls:
    """Return the calls for a question in two steps, innermost phrase first; none where it is asked in one."""
    for phrase in _phrases() if len(tagged.entities) <= _NAMED else ():
        for found in phrase.form.finditer(tagged.plain):
            mark = int(found["mark"])
            word = found.groupdict().get("kind")
            kind = phrase.kind or _kind(word)
            if word is not None and kind is None:
                continue  # no noun that things are called by
            rest = _rest(tagged, found, mark)
            calls = tuple(
                made for call in understood(rest) if (made := _followed(call, tagged, mark, phrase.topics, kind))
            )
            if calls:
                return calls
    return ()


def _rest(tagged: Tagged, found: re.Match[str], mark: int) -> Tagged:
    """Return a question in which a mark alone stands for a phrase."""
    plain = f"{tagged.plain[: found.start()]}<e{mark}>{tagged.plain[found.end() :]}"
    entities = tuple((_FOUND,) if place == mark else ids for place, ids in enumerate(tagged.entities))
    counts = [word for word in (found.groupdict().get("kind"), found.groupdict().get("noun")) if word]
    kinds = tuple(kind for kind in tagged.kinds if not any(_kind(word) == kind for word in counts))
    metrics = tuple(ids for ids in tagged.metrics if not any(word.rstrip("s") in one for word in counts for one in ids))
    return tagged._replace(plain=plain, entities=entities, kinds=kinds, metrics=metrics)


def _followed(call: Call, tagged: Tagged, mark: int, topics: str, kind: str | None) -> Call | None:
    """Return the two steps as one question, where the second one shows a side of what the first leads to."""
    start = tagged.entities[mark][0]
    options: dict[str, Any] = {"by": topics, "kind": kind}
    if call.question == "metrics" and call.about == (_FOUND,) and call.options.get("metric"):
        return Call("follow", (start,), {**options, "only": call.options["metric"]}, call.as_of)
    if call.question != "show" or not call.options.get("only"):
        return None
    if call.about == (_FOUND,) and call.options.get("about") != _FOUND:
        return Call("follow", (start,), {**options, **_shown(call)}, call.as_of)
    return None


def _shown(call: Call) -> dict[str, Any]:
    return {name: value for name, value in call.options.items() if name in ("only", "about")}


def _kind(noun: str | None) -> str | None:
    if noun is None:
        return None
    word = noun.removesuffix("s")
    named = {row.label: name for name, row in KINDS.items()}
    found = KIND_WORDS.get(noun) or KIND_WORDS.get(word) or named.get(word)
    return (
        _WIDER.get(found, found)
        if found
        else _AGENT
        if noun in ("who", "those", "whoever", "group", "groups")
        else None
    )


@cache
def _phrases() -> tuple[Phrase, ...]:
    return tuple(_forms())


def _forms() -> Iterator[Phrase]:
    first = r"(?:business |sports |news |ai |model )?"
    noun = rf"(?:the |a |an |any |all |its )?(?P<kind>{first}[a-z-]+)(?: <e\d+>)?"
    mark = r"(?:the )?<e(?P<mark>\d+)>"
    having = r"(?: (?:has|have|had|is|are|was|were|been))*"
    for verb, topics in DONE_TO.items():
        yield Phrase(
            re.compile(rf"\b{noun} (?:that|which|who|whose){having}(?: also)? (?:{verb})(?: the| in| by)* {mark}"),
            topics,
            None,
        )
    for verb, topics in DOES.items():
        yield Phrase(re.compile(rf"\b{noun}(?: that| which){having} (?:{verb})(?:d|ed)? by {mark}"), topics, None)
        yield Phrase(re.compile(rf"\b{noun} (?:{verb})(?:d|ed)? by {mark}"), topics, None)
        yield Phrase(
            re.compile(
                rf"\b{noun}(?: that| which| whom)? {mark}{having} (?:{verb})(?:d|ed|s)?(?: in| on| with| from)?\b"
            ),
            topics,
            None,
        )
    for word, kind in _LEADING.items():
        topics = _MAKES if kind in _MADE else next(own for part, own in PARTS.items() if re.fullmatch(part, word))
        joint = "of" if kind in _MADE else "(?:of|behind|in|to)"
        yield Phrase(
            re.compile(
                rf"\b(?:the |a |an |any |all )?(?P<noun>{word}s?)(?: company| companies)? {joint} {mark}(?! 's)"
            ),
            topics,
            kind,
        )
        yield Phrase(re.compile(rf"{mark} 's (?P<noun>{word}s?)(?: company| companies)?\b"), topics, kind)
