"""Every question with arguments of its own parameters: a question that joins the table is asked without a word here."""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple, get_args

from keiretsu_graph.view import ClaimFilter, View
from keiretsu_ontology.errors import KeiretsuError, UsageError
from keiretsu_queries.base import ALWAYS, Answer, Clocks
from keiretsu_queries.parameters import Parameter, parameters_of
from keiretsu_queries.questions import QUESTIONS, Question

_Kind = inspect.Parameter
# What a text may mean that is neither a name nor one of some choices. A question takes what fits and refuses the rest.
WORDS = ("companies", "develops", "deals", "2025-08-01", "2025", "FY2026 Q2", "What does Hub develop?", "agents",
         "structure", "value")  # fmt: skip


class Call(NamedTuple):
    """One way of asking a question."""

    question: str
    about: tuple[Any, ...]
    options: Mapping[str, Any]

    def __str__(self) -> str:
        return f"{self.question}{self.about}{dict(self.options)}"

    def ask(self, view: View, clocks: Clocks = ALWAYS) -> Answer[Any]:
        """Return the answer."""
        return QUESTIONS[self.question].ask(view, *self.about, **self.options, clocks=clocks)


class Subjects(NamedTuple):
    """What a graph is asked about."""

    entities: tuple[str, ...]  # names, aliases or ids; the first one has most to tell
    claims: tuple[str, ...] = ()
    metrics: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


def values_of(told: Parameter, subjects: Subjects) -> Sequence[Any]:
    """Return values that a parameter may be given, the most telling first."""
    if told.told.choices:
        return told.told.choices
    if told.told.completes is not None:
        named = {"entity": subjects.entities, "claim": subjects.claims, "metric": subjects.metrics,
                 "source": subjects.sources}  # fmt: skip
        return named[told.told.completes]
    kinds = {told.kind, *get_args(told.kind)}
    if date in kinds:
        return (date(2025, 8, 1), date(1500, 1, 1), date(2200, 12, 31), date.min, date.max)
    if bool in kinds:
        return (True,)
    if int in kinds:
        least, most = told.told.least, told.told.most
        return [value for value in (least, least + 1 if least is not None else 1, most) if value is not None]
    if float in kinds:
        return (0.5, 1.0, 3.0)
    return WORDS


def calls(view: View, question: Question, subjects: Subjects) -> Iterator[Call]:
    """Yield calls of a question: about each subject, then about the first that it takes with each option's values."""
    told = parameters_of(question.ask)
    ways = [Call(question.name, way, {}) for way in _about([row for row in told if row.positional], subjects)]
    yield from ways
    taken = next((call for call in ways if not is_refused(call, view)), ways[0])
    for row in told:
        if not row.positional:
            for value in values_of(row, subjects):
                yield taken._replace(options={row.name: value})


def _about(rows: Sequence[Parameter], subjects: Subjects) -> Iterator[tuple[Any, ...]]:
    """Yield what a question may be about, as many ways as its most varied parameter has values."""
    if not rows:
        yield ()
        return
    lists = [list(values_of(row, subjects)) for row in rows]
    if not all(lists):
        yield from () if rows[0].row.default is _Kind.empty else [()]
        return
    named = [row.told.completes == "entity" for row in rows]
    if not all(named) and len(rows) > 1:  # a name beside another text: each text about the first name as well
        texts = next(values for values, is_name in zip(lists, named, strict=True) if not is_name)
        yield from (tuple(v[0] if n else text for v, n in zip(lists, named, strict=True)) for text in texts)
    for turn in range(max(map(len, lists))):
        ends = [values[(turn + place) % len(values)] for place, values in enumerate(lists)]
        yield (*ends, lists[-1][(turn + 1) % len(lists[-1])]) if rows[-1].several else tuple(ends)
    if rows[0].several or rows[0].row.default is not _Kind.empty:
        yield (lists[0][0],) if rows[0].several else ()


def answers(view: View, subjects: Subjects, clocks: Clocks = ALWAYS) -> Iterator[tuple[Call, Answer[Any]]]:
    """Yield every answer that every question gives; what it refuses in its own words is passed by."""
    for question in QUESTIONS.values():
        for call in calls(view, question, subjects):
            try:
                answer = call.ask(view, clocks)
            except UsageError:
                continue
            yield call, answer


def subjects_of(view: View, entities: Sequence[str], *, most: int = 12) -> Subjects:
    """Return what a graph is asked about: some entities, and claims, metrics and sources that it has."""
    claims = [claim.key for claim in view.claims(ClaimFilter())]
    metrics = [entity.id for entity in view.all_entities() if entity.kind == "metric"]
    step = max(1, len(claims) // most)
    return Subjects(tuple(entities), tuple(claims[::step]), tuple(metrics), tuple(row.id for row in view.sources()))


def is_refused(call: Call, view: View) -> bool:
    """Say whether a question refuses a call in its own words; any other error is a bug and is raised."""
    try:
        call.ask(view)
    except KeiretsuError:
        return True
    return False
