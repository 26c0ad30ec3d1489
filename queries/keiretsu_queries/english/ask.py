"""Ask: a question in plain English, answered by the other questions; what was understood is told with the command."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Annotated, Any, NamedTuple

from keiretsu_graph.view import ClaimFilter, View
from keiretsu_ontology.errors import AmbiguousNameError, UsageError
from keiretsu_queries.base import ALWAYS, Answer, Clocks, answer
from keiretsu_queries.english.calls import Call, command_of
from keiretsu_queries.english.mentions import Tagged, known_names, tag
from keiretsu_queries.english.patterns import rules, understood
from keiretsu_queries.parameters import Param
from keiretsu_queries.questions import QUESTIONS
from keiretsu_queries.sheets import BLANK, Block, line, spans
from keiretsu_queries.sparql_texts import these

Text = Annotated[str, Param("A question in English; names may be Chinese.", "QUESTION")]
LONGEST = 500  # characters of a question


class Asked(NamedTuple):
    """Which question was understood, and its answer."""

    question: str | None  # a name in the table; None where nothing was understood
    command: str | None  # asks the same
    answer: Answer[Any] | None


def ask(view: View, text: Text, *, clocks: Clocks = ALWAYS) -> Answer[Asked]:
    """Return the answer of the question that an English sentence means, with the command that asks the same.

    The sentence is matched with fixed rules and with the names of the graph; nothing is guessed about the facts. What
    is not understood, or names what is not in the graph, is not known: the nearest that can be asked is told.

    Raises:
        AmbiguousNameError: Several things have a name in it.
        UsageError: The question is too long, or no days of the calendar are named.
    """
    if len(text) > LONGEST:
        raise UsageError(f"a question has at most {LONGEST} characters, not {len(text)}")
    tagged = _tagged(view, text)
    call = None if tagged.unknown and not tagged.entities else understood(tagged)
    if call is None or call.question not in QUESTIONS:
        return _nothing(view, text, tagged)
    call = _known_metric(view, call, tagged)
    clocks = replace(clocks, as_of=_as_of(call)) if clocks.as_of is None and call.as_of is not None else clocks
    told = QUESTIONS[call.question].ask(view, *call.about, **call.options, clocks=clocks)
    asked = Asked(call.question, command_of(call, clocks), told)
    unknown = [f"nothing in this graph is named {word!r}: it was passed over" for word in tagged.unknown]
    return replace(told, question=text, result=asked, notes=(*told.notes, *unknown))


def _tagged(view: View, text: str) -> Tagged:
    """Return what is named; ideas and markets count as names only where nothing else does."""
    names = known_names(view)
    tagged = tag(view, text, names, weak=False)
    if len(tagged.entities) < 2:
        wider = tag(view, text, names, weak=True)
        tagged = wider if not tagged.entities or understood(tagged) is None else tagged
    for ids in tagged.entities:
        if len(ids) > 1:
            named = view.entities(ids).values()
            raise AmbiguousNameError(text, [f"{entity.id} ({entity.name})" for entity in named])
    return tagged


def _known_metric(view: View, call: Call, tagged: Tagged) -> Call:
    """Return a call in which, of the measures that a word may mean, the first that is known of the thing stands."""
    meant = next((ids for ids in tagged.metrics if ids[0] == call.options.get("metric")), ())
    if len(meant) < 2 or not call.about:
        return call
    counts = view.counts(ClaimFilter(entities=(str(call.about[0]),), shapes=("observation",)), "topic")
    found = next((metric for metric in meant if metric in counts), meant[0])
    return call._replace(options={**call.options, "metric": found})


def _as_of(call: Call) -> date | None:
    return call.as_of.end if call.as_of else None


def _nothing(view: View, text: str, tagged: Tagged) -> Answer[Asked]:
    """Return that a question is not understood or names the unknown, and the nearest that can be asked."""
    instead: list[str] = []
    for word in tagged.unknown:
        near = list(dict.fromkeys(found.name for found in view.names(word, limit=5)))[:3]
        hint = f"; did you mean {' or '.join(map(repr, near))}?" if near else ""
        instead.append(f"nothing in this graph is named {word!r}{hint}")
    if not tagged.unknown:
        instead.append("this question is not understood; it is matched with fixed forms, and none of them fits")
    things = [ids[0] for ids in tagged.entities]
    if things:
        instead.append(f"ask for all of it: keiretsu show {things[0]}, keiretsu timeline {things[0]}")
    instead.append("what can be asked, for example: " + "; ".join(_examples(tagged)))
    return answer(view, text, Asked(None, None, None), (), sparql=these([]), entities=things, instead=instead)


def _examples(tagged: Tagged) -> list[str]:
    """Return examples of rules, those that share words with the question first."""
    words = set(tagged.plain.split())
    examples = dict.fromkeys(rule.example for rule in rules() if rule.example)
    return sorted(examples, key=lambda example: -len(words & set(example.casefold().rstrip("?").split())))[:4]


def tell_ask(answer: Answer[Asked]) -> Iterator[Block]:
    """Yield which question was understood, and then its answer."""
    asked = answer.result
    if asked.question is None or asked.answer is None:
        return
    question = QUESTIONS[asked.question]
    yield spans(("understood: ", "quiet"), asked.answer.question)
    yield line(asked.command or "", 0, "quiet")
    yield BLANK
    yield from question.tell(asked.answer)
