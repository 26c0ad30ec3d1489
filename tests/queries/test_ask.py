"""Questions in plain English: what people ask, what is understood, and what is honestly not known."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest

from keiretsu.rendering import to_text
from keiretsu.terminal import Paper
from keiretsu_graph.sqlite import SqliteView
from keiretsu_ontology.entities import KINDS, Entity
from keiretsu_ontology.errors import AmbiguousNameError, UsageError
from keiretsu_queries.base import Clocks
from keiretsu_queries.english.ask import LONGEST, ask
from keiretsu_queries.english.days import find_days
from keiretsu_queries.english.lexicon import ABOVE, DOES, DONE_TO, EVENTS, PARTS, PLACES
from keiretsu_queries.english.mentions import tag
from keiretsu_queries.english.names import known_names
from keiretsu_queries.english.patterns import rules, understood
from keiretsu_queries.english.phrasing import plainly
from keiretsu_queries.questions import QUESTIONS
from keiretsu_queries.words.topics import topic_named

HERE = Path(__file__).parent
TOP = 18  # lines that one reads before scrolling


class Case(NamedTuple):
    """A question, and what its answer must hold."""

    text: str
    question: str
    claims: frozenset[str]
    says: str


def _lines(file: str) -> Iterator[str]:
    listed = (HERE / file).read_text(encoding="utf-8").splitlines()
    yield from (line for line in listed if line and not line.startswith("#"))


def _cases() -> list[Case]:
    rows = ([cell.strip() for cell in line.split("|")] for line in _lines("asked.txt"))
    return [Case(row[0], row[1], frozenset(key.strip() for key in row[2].split(",")), row[3]) for row in rows]


CASES = _cases()
IN_VAIN = list(_lines("asked-in-vain.txt"))


def _printed(view: SqliteView, text: str) -> str:
    return to_text("ask", ask(view, text), Paper(100, colour=False))


def test_many_questions_are_tried() -> None:
    """The lists of questions are not emptied unseen, and hold all sorts of questions."""
    assert len(CASES) >= 400
    assert len(IN_VAIN) >= 90
    assert len({case.question for case in CASES}) >= 14


@pytest.mark.parametrize("first", range(0, len(CASES), 25))
def test_what_people_ask_is_answered(seeds: SqliteView, first: int) -> None:
    """Each question is understood as meant, its answer rests on the right claims, and begins with what was asked."""
    missed = []
    for case in CASES[first : first + 25]:
        answer = ask(seeds, case.text)
        found = {claim.key for claim in answer.claims}
        top = "\n".join(_printed(seeds, case.text).splitlines()[:TOP])
        if answer.result.question != case.question or not case.claims <= found or case.says not in top:
            missed.append((case.text, answer.result.command, sorted(case.claims - found)))

    assert not missed


@pytest.mark.parametrize("text", IN_VAIN)
def test_what_nobody_says_is_not_known(seeds: SqliteView, text: str) -> None:
    """Nothing is made up: the answer is "not known", rests on no claim, and tells what comes nearest."""
    answer = ask(seeds, text)

    assert answer.state == "not known"
    assert answer.claims == ()
    assert answer.instead


def test_every_topic_of_the_lexicon_exists(small_view: SqliteView) -> None:
    """Each topic that a word stands for is one that `show --only` takes, whatever it is asked of."""
    listed = [*PARTS.values(), *DONE_TO.values(), *DOES.values(), EVENTS, ABOVE, PLACES]
    for kind in ("company", "person", "ai_model", "place"):
        for topics in listed:
            assert topic_named(small_view, topics, Entity("x", kind, "X")).aims, (kind, topics)
    assert "company" in KINDS


def test_every_example_is_understood(seeds: SqliteView) -> None:
    """The examples that are offered to somebody who was not understood are understood themselves."""
    names = known_names(seeds)
    examples = [rule.example for rule in rules() if rule.example]

    assert len(examples) > 40
    for example in examples:
        found = understood(tag(example, names, weak=False)) or understood(tag(example, names, weak=True))
        assert found, example
        assert all(call.question in QUESTIONS for call in found)


def test_widening_to_the_group_is_told(seeds: SqliteView) -> None:
    """Where a unit is asked for and the claims name its group, that is said, and the question itself stays open."""
    text = _printed(seeds, "Does Bosch use Alibaba Cloud?")

    assert text.startswith("not known\n")
    assert "Alibaba Cloud is a unit of Alibaba Group" in text
    assert "of Bosch and Alibaba Group together there are 2 claims:" in text
    assert "bosch-deal in margins-article" in text


def test_two_steps_are_told(seeds: SqliteView) -> None:
    """A question in two steps names both, and where the second is only known of the group, that is marked."""
    answer = ask(seeds, "Who leads the company that made the Hanguang 800?")
    text = _printed(seeds, "Who leads the company that made the Hanguang 800?")

    assert answer.result.command is not None
    assert answer.result.command.startswith("keiretsu follow hanguang-800 --by developed_by,")
    assert "T-Head: Alibaba Group, of which it is a part, has the chief executive Eddie Wu" in text
    assert {"t-head-hanguang", "eddie-wu-leads-alibaba", "t-head-unit"} <= {claim.key for claim in answer.claims}


def test_what_nobody_names_is_not_answered_with_something_else(seeds: SqliteView) -> None:
    """An unknown name or a word that no claim says is told, with what is known without it."""
    answer = ask(seeds, "Does Volkswagen use Qwen?")

    assert answer.instead[0].startswith("nothing in this graph is named 'Volkswagen'")
    assert answer.instead[1].startswith("without that: ")
    assert answer.instead[2].startswith("keiretsu show qwen --only 'used_by,")


def test_words_of_claims_narrow_an_answer(seeds: SqliteView) -> None:
    """A word that is no name is looked for in what claims say."""
    answer = ask(seeds, "How much does Alibaba want to invest in Turkey?")

    assert {claim.key for claim in answer.claims} >= {"alibaba-turkey-investment", "alibaba-turkey-deal"}
    assert all("Turk" in claim.text or "Trendyol" in claim.text for claim in answer.claims)


def test_nothing_is_said_of_just_that(seeds: SqliteView) -> None:
    """Two things that are tied in another way do not answer the question, though that tie is told."""
    answer = ask(seeds, "When did Alibaba buy NVIDIA?")

    assert answer.state == "not known"
    assert "no claim says that; what comes nearest:" in answer.instead
    assert any("nvidia-alibaba-cloud-deal" in line for line in answer.instead)


def test_slips_are_mended_and_told(seeds: SqliteView) -> None:
    """A slip of the fingers in an ordinary word is mended, and this is said; names are never mended."""
    assert "'waht' is read as 'what'" in _printed(seeds, "waht is the revenue of alibaba in fy2025")
    assert "ask again: keiretsu ask 'Who is the CEO of Alibaba Group?'" in _printed(seeds, "Who is the CEO of Alibba?")


def test_a_part_of_a_name_is_told(seeds: SqliteView) -> None:
    """Two or more words that only one name has stand for it, and this is said."""
    text = _printed(seeds, "How long does the battery of the Quark glasses last?")

    assert "'Quark glasses' is taken for quark-ai-glasses, the one name that has these words" in text


def test_the_clock_of_a_question_goes_before_the_one_in_it(seeds: SqliteView) -> None:
    """A day in the question sets the clock; one that was given beside it counts more."""
    told = ask(seeds, "Who was CEO of Alibaba in 2022?", clocks=Clocks(as_of=date(2025, 1, 1)))

    assert ask(seeds, "Who was CEO of Alibaba in 2022?").result.command == (
        "keiretsu show alibaba --only has_chief_executive --as-of 2022-12-31"
    )
    assert told.result.command == "keiretsu show alibaba --only has_chief_executive --as-of 2025-01-01"


@pytest.mark.parametrize(
    "text",
    [
        "who " * 125, "\"'" * 250, "Alibaba's " * 50, "a b " * 125, "((((" * 125, "<e0>" * 125, "Qwen3 or " * 55,
        "the company that owns " * 22, "models made by Alibaba of " * 19, "\u202e\x00\x1b[31m who runs Alibaba" * 10,
        "阿里巴巴" * 120, "2025-13-45 " * 45,
    ],
)  # fmt: skip
def test_hostile_questions_end_soon(seeds: SqliteView, text: str) -> None:
    """However long and odd a question is, it is answered or refused as ambiguous; none runs away."""
    with contextlib.suppress(AmbiguousNameError):
        told = ask(seeds, text[:LONGEST])
        assert told.result.question is None or told.result.command


def test_too_long_a_question_is_refused(seeds: SqliteView) -> None:
    """A question has at most 500 characters."""
    with pytest.raises(UsageError, match="at most 500 characters, not 501"):
        ask(seeds, "x" * (LONGEST + 1))


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        ("fiscal q2 2026", ["FY2026 Q2"]), ("fy26q2", ["FY2026 Q2"]), ("second quarter of fiscal 2026", ["FY2026 Q2"]),
        ("h1 fy2026", ["FY2026 H1"]), ("fiscal year 2025", ["FY2025"]), ("2021 and 2023", ["2021", "2023"]),
        ("the quarter ended september 30, 2025", ["2025-07-01/2025-09-30"]), ("q3 2025", ["2025-Q3"]),
        ("september 2025 quarter", ["2025-07-01/2025-09-30"]), ("may 2025", ["2025-05"]), ("qwen3 2507", []),
    ],
)  # fmt: skip
def test_periods_are_read_in_all_forms(text: str, periods: list[str]) -> None:
    """Quarters, halves and fiscal years are read however they are written."""
    assert [said.period for said in find_days(text)[1]] == periods


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Could you please tell me who runs Alibaba?", "who runs Alibaba?"),
        ("I'd like to know who runs Alibaba", "who runs Alibaba"),
        ("whos the ceo", "who is the ceo"), ("Isn't it so?", "Is not it so?"),
        ("Is it true that Bosch uses Qwen?", "Bosch uses Qwen?"), ("L'Oréal’s partners", "L'Oréal's partners"),
    ],
)  # fmt: skip
def test_politeness_is_left_aside(text: str, plain: str) -> None:
    """What is merely polite is left out, and contractions are written out; names stay as they are."""
    assert plainly(text) == plain


@pytest.mark.parametrize(
    ("text", "gist"),
    [
        ("Who was CEO of Alibaba in 2022?", "has the chief executive Daniel Zhang, 2015 to 2023-09-10"),
        ("Who is CEO of Alibaba?", "has the chief executive Eddie Wu, since 2023-09-10"),
        ("Who was CEO of Alibaba in February 2025?", "has the chief executive Eddie Wu, since 2023-09-10  [possibly]"),
    ],
)
def test_what_is_certain_on_the_day_is_the_gist(seeds: SqliteView, text: str, gist: str) -> None:
    """Who certainly held an office on the day comes before who possibly did; a missing end is only possibly "still"."""
    assert gist in _printed(seeds, text).splitlines()


def test_a_year_in_which_it_changed_tells_both(seeds: SqliteView) -> None:
    """Of a time that is longer than a day the end counts; where it began otherwise, that is told."""
    text = _printed(seeds, "Who was CEO of Alibaba in 2023?")

    assert "has the chief executive Eddie Wu, since 2023-09-10" in text
    assert "so on 2023-12-31; on 2023-01-01: has the chief executive Daniel Zhang, 2015 to 2023-09-10" in text
    assert "so on" not in _printed(seeds, "Who was CEO of Alibaba in 2022?").split("Alibaba Group  company")[0]
