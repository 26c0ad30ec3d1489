"""Random small graphs and random words: whatever comes, an answer or a plain refusal comes back, never a crash."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from factories import a_deal, a_statement, a_when, an_entity, an_observation, an_occurrence, small_dataset
from inquiry import Subjects, answers
from keiretsu.hypertext import to_html
from keiretsu.library import Graph
from keiretsu.markdown import to_markdown
from keiretsu.rendering import to_text
from keiretsu.terminal import Paper
from keiretsu_graph.build import build
from keiretsu_graph.sqlite import SqliteView
from keiretsu_ontology.claims import MODALITIES, RANKS, AnyClaim, Scope
from keiretsu_ontology.conflicts import find_conflicts
from keiretsu_ontology.dates import Held, Period, When
from keiretsu_ontology.errors import UsageError
from keiretsu_ontology.values import COMPARATOR_WORDS, Quantity
from keiretsu_queries.base import Clocks
from keiretsu_queries.questions import QUESTIONS
from keiretsu_queries.records import answer_record
from keiretsu_queries.rows import to_csv

_SLUGS = [f"t{number}" for number in range(5)]
_THING = st.sampled_from(_SLUGS)
_DAY = st.dates(date(1500, 1, 1), date(2200, 12, 31))
_RELATIONS = ("unit_of", "develops", "partner_of", "customer_of", "competitor_of", "uses_technology", "listed_on")


@st.composite
def _whens(draw: st.DrawFn) -> When | None:
    """Draw a point in time, open on either side or none at all."""
    first, last = sorted((draw(_DAY), draw(_DAY)))
    how = draw(st.integers(0, 4))
    if how == 0:
        return None
    if how == 1:
        return When(f"../{last}", None, last)
    if how == 2:
        return When(f"{first}/..", first, None)
    return a_when(f"{first}/{last}", first, last, inferred=draw(st.booleans())) if how == 3 else a_when(str(last), last)


@st.composite
def _helds(draw: st.DrawFn) -> Held:
    """Draw when something held; it does not end before it begins."""
    start, end = draw(_whens()), draw(_whens())
    last, first = (end.latest if end else None), (start.earliest if start else None)
    return Held(start, None if first and last and last < first else end)


@st.composite
def _quantities(draw: st.DrawFn, unit: str) -> Quantity:
    """Draw a quantity, exact, bounded or a range."""
    low = draw(st.decimals(-(10**6), 10**9, places=draw(st.integers(0, 3))))
    sign: Any = draw(st.sampled_from(sorted(COMPARATOR_WORDS)))
    return Quantity(f"{low:f}", unit, sign, draw(st.sampled_from([None, "K", "billion"])),
                    f"{low + 1:f}" if sign == "-" else None)  # fmt: skip


@st.composite
def _claims(draw: st.DrawFn, key: str) -> AnyClaim:
    """Draw a claim of any shape about any things, themselves included."""
    one, other, third = draw(_THING), draw(_THING), draw(_THING)
    more: dict[str, Any] = {
        "modality": draw(st.sampled_from(sorted(MODALITIES))), "rank": draw(st.sampled_from(RANKS)),
        "held": draw(_helds()), "speaker": draw(_THING), "relayed_by": draw(st.none() | _THING),
        "scope": Scope(product=draw(st.none() | _THING)), "retracted": draw(st.none() | st.just(date(2025, 12, 2))),
    }  # fmt: skip
    start, end = sorted((draw(_DAY), draw(_DAY)))
    periods = (Period("quarter", start, end), Period("instant", end, end), Period("span", None, end),
               Period("year", None, None, "FY2026"), None)  # fmt: skip
    period = draw(st.sampled_from(periods))
    shape = draw(st.integers(0, 4))
    if shape == 0:
        return a_deal(key, "adoption", {one: "customer", other: "provider", third: "product"}, **more,
                      amount=draw(st.none() | _quantities("USD")))  # fmt: skip
    if shape == 1:
        return an_occurrence(key, "launch", {one: "product", other: "agent"}, **more)
    if shape == 2:
        return an_observation(key, one, "revenue", quantity=draw(_quantities("USD")), period=period, **more)
    if shape == 3:
        return an_observation(key, one, "revenue", measure="change", base="year_before", direction="up", period=period,
                              quantity=draw(st.none() | _quantities("percent")), **more)  # fmt: skip
    none = draw(st.booleans())
    return a_statement(key, one, draw(st.sampled_from(_RELATIONS)), None if none else other, none=none, **more)


@st.composite
def _graphs(draw: st.DrawFn) -> list[AnyClaim]:
    """Draw the claims of a small graph, each said once."""
    drawn = [draw(_claims(f"k{number}")) for number in range(draw(st.integers(0, 8)))]
    return list({claim.id: claim for claim in drawn}.values())


_BOUNDED = settings(max_examples=25, phases=[Phase.generate], deadline=None, derandomize=True, database=None,
                    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large,
                                           HealthCheck.function_scoped_fixture])  # fmt: skip


@_BOUNDED
@given(claims=_graphs(), as_of=st.none() | _DAY, known_by=st.none() | _DAY)
def test_any_graph_can_be_asked(claims: list[AnyClaim], as_of: date | None, known_by: date | None) -> None:
    """Every question of every graph, by any clocks, gives an answer that every face of text can show."""
    things = [an_entity(slug, ("company", "chip", "business_unit", "person", "technology")[place])
              for place, slug in enumerate(_SLUGS)]  # fmt: skip
    metric = an_entity("revenue", "metric", "revenue", dimension="money")
    dataset = replace(small_dataset(claims), entities=(metric, *things), conflicts=tuple(find_conflicts(claims)))
    with TemporaryDirectory() as folder:
        view = SqliteView.open(build(dataset, Path(folder) / "out").sqlite)
        subjects = Subjects(
            ("t0", "t1", "t2"), ("none", *(claim.key for claim in claims[:2])), ("revenue",), ("paper",)
        )
        asked = set()
        for call, answer in answers(view, subjects, Clocks(as_of, known_by)):
            question = QUESTIONS[call.question]
            asked.add(call.question)
            json.dumps(answer_record(answer), allow_nan=False)
            for shown in (to_text(question.name, answer, Paper(60, colour=False)), to_csv(question, answer),
                          to_markdown(question, answer), to_html(question, answer)):  # fmt: skip
                assert shown.strip(), call
        view.close()
    assert set(QUESTIONS) - asked <= {"why", "at"}  # of no claim, and of two days at once


_TEXTS = st.text(max_size=60) | st.text("Hub0123456789-/. QFY?'\"(){}[]<>\\%_*;#@", max_size=40)


@settings(max_examples=120, deadline=None, derandomize=True, database=None,
          suppress_health_check=[HealthCheck.function_scoped_fixture])  # fmt: skip
@given(text=_TEXTS)
def test_any_text_is_answered_or_refused(small_view: SqliteView, text: str) -> None:
    """A question in English, a name, a key, a day, a period, a metric, a kind: a text is one, or is refused as such."""
    kg = Graph(small_view)
    asked: list[tuple[str, tuple[str, ...], dict[str, Any]]] = [
        ("ask", (text,), {}), ("ask", (f"Who is the {text} of South?",), {}), ("find", (text,), {}),
        ("show", (text,), {}), ("show", ("North",), {"only": text}), ("why", (text,), {}), ("list", (text,), {}),
        ("list", ("companies",), {"relation": text}), ("ties", (text,), {}), ("at", (text, "North"), {}),
        ("at", ("North", text), {}), ("metrics", ("North",), {"period": text}),
        ("metrics", ("North",), {"metric": text}),
        ("compare", ("North", text), {}), ("compare", ("North", "South"), {"period": text}), ("conflicts", (text,), {}),
        ("depends", ("North",), {"kind": text}), ("central", (), {"kind": text}), ("who_says", (text,), {}),
        ("show", ("North",), {"as_of": text}), ("changes", ("North",), {"since": text}), ("path", ("North", text), {}),
    ]  # fmt: skip
    for name, about, options in asked:
        try:
            reply = getattr(kg, name)(*about, **options)
        except UsageError as error:
            assert str(error).strip(), name  # noqa: PT017
            continue
        shown = str(reply)
        assert all(char.isprintable() or char in "\n\u200c\u200d" for char in shown), (name, shown)
        assert json.dumps(reply.to_dict()), name


_ODD = ("\ud800", "\x00", "a\x00b", "\u202e", "x" * 100_000, "²", "٢٠٢٥", "0001-01-01", "9999-12-31", "-", "--", "%",
        "\\", "{}", "{0}", "NaN", "1e999", "'", '"', "🚀", "\u0301")  # fmt: skip


@pytest.mark.parametrize("text", _ODD)
def test_odd_texts_are_answered_or_refused(small_view: SqliteView, text: str) -> None:
    """What random words seldom hit: half characters, digits of other scripts, the ends of the calendar."""
    kg = Graph(small_view)
    for name, question in QUESTIONS.items():
        for about in ((text,), ("North", text), (text, "North")):
            try:
                reply = getattr(kg, question.function)(*about)
            except (UsageError, TypeError) as error:
                assert not isinstance(error, TypeError) or "argument" in str(error), name  # noqa: PT017
                continue
            assert str(reply).encode("utf-8", "surrogatepass"), name
