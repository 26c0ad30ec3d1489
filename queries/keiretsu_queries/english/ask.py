"""Ask: a question in plain English, answered by the other questions; what was understood is told with the command."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from shlex import quote
from typing import Annotated, Any, NamedTuple

from keiretsu_graph.view import View
from keiretsu_ontology.errors import AmbiguousNameError, UsageError
from keiretsu_queries.base import ALWAYS, Answer, Clocks, answer
from keiretsu_queries.english.calls import Call, Calls, command_of, things, without_bounds
from keiretsu_queries.english.gists import gist_blocks
from keiretsu_queries.english.lexicon import COMMON
from keiretsu_queries.english.mentions import Tagged, tag
from keiretsu_queries.english.names import Names, known_names
from keiretsu_queries.english.nested import nested
from keiretsu_queries.english.patterns import rules, understood
from keiretsu_queries.parameters import Param
from keiretsu_queries.questions import QUESTIONS
from keiretsu_queries.sheets import BLANK, Block, Line, Said, line, spans
from keiretsu_queries.sparql_texts import these
from keiretsu_queries.things.focus import gist
from keiretsu_queries.wording import speaker_words, when_words

Text = Annotated[str, Param("A question in English; names may be Chinese.", "QUESTION")]
LONGEST = 500  # characters of a question
_STRANGE = 4  # words of no rule: a question with more of them is about something else
_PAGES = 3  # pages that are searched for such words
_WORD = 5  # letters of a word that is looked for in claims
_TRIED = 6  # questions that are asked in turn, until one is known


class Asked(NamedTuple):
    """Which question was understood, and its answer."""

    question: str | None  # a name in the table; None where nothing was understood
    command: str | None  # asks the same
    answer: Answer[Any] | None
    understood: str | None = None  # as a sentence
    readings: tuple[str, ...] = ()  # what was taken for what
    counting: bool = False  # how many were asked for


class _Told(NamedTuple):
    """A call and its answer."""

    call: Call
    clocks: Clocks
    answer: Answer[Any]


def ask(view: View, text: Text, *, clocks: Clocks = ALWAYS) -> Answer[Asked]:
    """Return the answer of the question that an English sentence means, with the command that asks the same.

    The sentence is matched with fixed rules and with the names of the graph; nothing is guessed about the facts. What
    is not understood, names what is not in the graph, or speaks of what no claim says, is not known: the nearest that
    can be asked is told.

    Raises:
        AmbiguousNameError: Several things have a name in it.
        UsageError: The question is too long, or no days of the calendar are named.
    """
    if len(text) > LONGEST:
        raise UsageError(f"a question has at most {LONGEST} characters, not {len(text)}")
    tagged, calls = _read(view, text)
    understood_at_all = bool(calls)
    calls = calls[:_TRIED] or _speaking(tagged)
    if not calls:
        return _nothing(view, text, tagged)
    words = (*tagged.unknown, *tagged.strange)
    narrowed, left = _narrowed(view, calls, words, clocks)
    told = narrowed or _first(view, calls, clocks)
    if not understood_at_all and told.answer.state == "not known" and not left:
        return _nothing(view, text, tagged)
    if left:
        return _astray(view, text, tagged, told, left)
    if told.call.loosely and told.answer.state != "not known":
        return _loosely(view, text, tagged, _asked(view, calls[0], clocks), told)
    readings = (*tagged.readings, *_at_its_beginning(view, tagged, told, clocks))
    counting = re.search(r"\bhow many\b|\bnumber of\b", tagged.plain) is not None
    command = command_of(told.call, told.clocks)
    asked = Asked(told.call.question, command, told.answer, _sentence(told), readings, counting)
    instead = told.answer.instead
    if told.answer.state == "not known":
        instead = (f"understood: {asked.understood}", asked.command or "", *asked.readings, *instead)
    return replace(told.answer, question=text, result=asked, instead=instead)


def _read(view: View, text: str) -> tuple[Tagged, Calls]:
    """Return what is named and the calls that a question means, in one step or two.

    Ideas and markets count as names only where nothing else does, or where it is not understood without them.
    """
    names = known_names(view)
    tagged = tag(text, names, weak=False)
    calls = _calls(tagged)
    asked_whether = re.match(r"(?:do|does|did|can|could|is|are|was|were|has|have|had|will)\b", tagged.plain) is not None
    if len(tagged.entities) < 2 and (not tagged.entities or not calls or tagged.strange or asked_whether):
        tagged, calls = _wider(text, names, tagged, calls)
    for ids in tagged.entities:
        if len(ids) > 1:
            named = view.entities(ids).values()
            raise AmbiguousNameError(text, [f"{entity.id} ({entity.name})" for entity in named])
    return tagged, calls


def _wider(text: str, names: Names, tagged: Tagged, calls: Calls) -> tuple[Tagged, Calls]:
    wider = tag(text, names, weak=True)
    found = _calls(wider) if len(wider.entities) > len(tagged.entities) else ()
    return (wider, found) if found else (tagged, calls)


def _speaking(tagged: Tagged) -> Calls:
    """Return the calls for whatever is said of a thing in the words of a question that no rule takes."""
    if not tagged.entities or re.match(r"(?:should|will|would|may|might|shall)\b", tagged.plain):
        return ()
    if tagged.unknown or tagged.strange:  # `_narrowed` looks for these
        return (Call("show", things(tagged, 1), {"only": None}),)
    said = re.sub(r"<[ed]\d+>|[^\w\s]", " ", tagged.plain).split()
    words = [word for word in dict.fromkeys(said) if word not in COMMON and len(word) >= _WORD]
    groups = [words[start : start + size] for size in (3, 2, 1) for start in range(len(words) - size + 1)]
    return tuple(Call("show", things(tagged, 1), {"about": " ".join(group)}) for group in groups[:_TRIED])


def _calls(tagged: Tagged) -> Calls:
    bare = without_bounds(tagged)
    return nested(bare) or understood(bare)


def _first(view: View, calls: Sequence[Call], clocks: Clocks) -> _Told:
    """Return the first call of which anything is known, with its answer; else the first one."""
    first: _Told | None = None
    problem: UsageError | None = None
    for call in calls:
        try:
            told = _asked(view, call, clocks)
        except UsageError as error:  # such as a fiscal period of a thing that has none
            problem = problem or error
            continue
        if told.answer.state != "not known":
            return told
        first = told if first is None or (told.answer.beside and not first.answer.beside) else first
    if first is None:
        raise problem or UsageError("nothing can be asked")
    return first


def _asked(view: View, call: Call, clocks: Clocks) -> _Told:
    asked_by = replace(clocks, as_of=call.as_of) if clocks.as_of is None else clocks
    options = {name: value for name, value in call.options.items() if value is not None}
    return _Told(call, asked_by, QUESTIONS[call.question].ask(view, *call.about, **options, clocks=asked_by))


def _narrowed(view: View, calls: Calls, words: Sequence[str], clocks: Clocks) -> tuple[_Told | None, tuple[str, ...]]:
    """Return the answer that speaks of words which are no name, and the words of which no claim speaks.

    "How much will Alibaba invest in Turkey?" asks for the investments of Alibaba that speak of Turkey.
    """
    words = tuple(dict.fromkeys(words))
    pages = [call for call in calls if call.question in ("show", "follow") and call.options.get("about") is None][
        :_PAGES
    ]
    if not words or not pages or len(words) > _STRANGE:
        return None, words
    anything = Call("show", pages[0].about, {"only": None}, pages[0].as_of)
    pages += [anything] if pages[0].question == "show" and anything not in pages else []
    for size in range(len(words), 0, -1):
        for start in range(len(words) - size + 1):
            about = " ".join(words[start : start + size])
            for page in pages:
                told = _asked(view, page._replace(options={**page.options, "about": about}), clocks)
                if told.answer.state != "not known":
                    return told, (*words[:start], *words[start + size :])
    return None, words


def _at_its_beginning(view: View, tagged: Tagged, told: _Told, clocks: Clocks) -> tuple[str, ...]:
    """Return how it stood at the beginning of a time that was named, where that is not how it stood at its end."""
    said = tagged.days[0] if tagged.days else None
    if said is None or said.is_day or told.call.question != "show" or told.clocks.as_of != said.end or clocks.as_of:
        return ()
    before = _asked(view, told.call._replace(as_of=said.start), clocks)
    words, now = _gist(before.answer), _gist(told.answer)
    return (f"so on {said.end}; on {said.start}: {words}",) if words and words != now else ()


def _gist(answer: Answer[Any]) -> str | None:
    page = answer.result
    if page.entity is None or not page.focused:
        return None
    return gist([row for group in page.groups for row in group.lines], answer.entities, page.entity)


def _sentence(told: _Told) -> str:
    """Return what was understood, with the day that it is asked as of."""
    day = told.clocks.as_of
    said = told.answer.question
    return f"{said} As of {day}." if day is not None and str(day) not in said else said


def _loosely(view: View, text: str, tagged: Tagged, wanted: _Told, found: _Told) -> Answer[Asked]:
    """Return that no claim says what was asked for, and what is said that comes nearest."""
    command = command_of(wanted.call, wanted.clocks)
    instead = [f"understood: {_sentence(wanted)}", command, *tagged.readings, "no claim says that; what comes nearest:"]
    instead += [*_in_short(found), f"see: {command_of(found.call, found.clocks)}"]
    return answer(
        view, text, Asked(wanted.call.question, command, wanted.answer, _sentence(wanted), tagged.readings), (),
        sparql=wanted.answer.sparql, entities=[ids[0] for ids in tagged.entities], instead=instead,
        beside=found.answer.claims,
    )  # fmt: skip


def _in_short(told: _Told, most: int = 12) -> list[str]:
    """Return the first lines of an answer as sentences, each claim with its voice, time, key and source."""
    names, lines = told.answer.entities, []
    for block in QUESTIONS[told.call.question].tell(told.answer):
        if isinstance(block, Line) and block.text.strip():
            lines.append(block.text.strip())
        elif isinstance(block, Said):
            said = block.claim
            voice = (speaker_words(said, names), when_words(said), said.key, said.source)
            lines.append(f"({'; '.join(words for words in voice if words)})")
    return lines[:most]


def _astray(view: View, text: str, tagged: Tagged, told: _Told, left: Sequence[str]) -> Answer[Asked]:
    """Return that a question speaks of what nobody here speaks of, and what is known without these words."""
    instead = [*_unknown(view, left), *_again(view, text, tagged.unknown)]
    instead += list(tagged.readings)
    instead.append(f"without that: {_sentence(told)}")
    instead.append(command_of(told.call, told.clocks))
    if told.answer.state != "not known":
        instead += _in_short(told, most=3)
    return answer(
        view, text, Asked(None, None, None), (), sparql=these([]), entities=[ids[0] for ids in tagged.entities],
        instead=instead, beside=told.answer.claims,
    )  # fmt: skip


def _unknown(view: View, words: Sequence[str]) -> list[str]:
    """Return for each word that it is unknown here, with the names that come near it."""
    told = []
    for word in words:
        ids = list(dict.fromkeys(found.entity for found in view.names(word, limit=8)))[:3]
        entities = view.entities(ids)
        near = [entities[slug].name for slug in ids]
        hint = f"; did you mean {' or '.join(map(repr, near))}?" if near else ""
        told.append(f"nothing in this graph is named {word!r}, and no claim that fits says it{hint}")
    return told


def _again(view: View, text: str, names: Sequence[str]) -> list[str]:
    """Return the command that asks again with the one name that is like an unknown one, where there is just one."""
    if len(names) != 1 or names[0] not in text:
        return []
    near = list(dict.fromkeys(found.entity for found in view.names(names[0], limit=8)))
    if len(near) != 1:
        return []
    name = view.entities(near)[near[0]].name
    return [f"ask again: keiretsu ask {quote(text.replace(names[0], name))}"]


def _nothing(view: View, text: str, tagged: Tagged) -> Answer[Asked]:
    """Return that a question is not understood or names the unknown, and the nearest that can be asked."""
    instead = [*_unknown(view, (*tagged.unknown, *tagged.strange)), *_again(view, text, tagged.unknown)]
    if not instead:
        instead.append("this question is not understood; it is matched with fixed forms, and none of them fits")
    things = [ids[0] for ids in tagged.entities if len(ids) == 1]
    if things:
        instead.append(f"ask for all of it: keiretsu show {things[0]}, keiretsu timeline {things[0]}")
    instead.append("what can be asked, for example: " + "; ".join(_examples(tagged)))
    return answer(view, text, Asked(None, None, None), (), sparql=these([]), entities=things, instead=instead)


def _examples(tagged: Tagged) -> list[str]:
    """Return examples of rules, those that share words with the question first."""
    words = set(re.findall(r"\w+", tagged.plain))
    examples = dict.fromkeys(rule.example for rule in rules() if rule.example)
    return sorted(examples, key=lambda example: -len(words & set(example.casefold().rstrip("?").split())))[:4]


def tell_ask(answer: Answer[Asked]) -> Iterator[Block]:
    """Yield which question was understood, what its answer comes to, and then all of it."""
    asked = answer.result
    if asked.question is None or asked.answer is None:
        return
    yield spans(("understood: ", "quiet"), asked.understood or "")
    yield line(asked.command or "", 0, "quiet")
    for reading in asked.readings:
        yield line(reading, 0, "warn")
    yield BLANK
    first = list(gist_blocks(asked.question, asked.answer, counting=asked.counting))
    if first:
        yield from first
        yield BLANK
    yield from QUESTIONS[asked.question].tell(asked.answer)
