"""What every question must keep on every engine and face, driven by the table: a new one is held to it at once."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from markdown_it import MarkdownIt

from factories import an_entity, small_dataset
from inquiry import Call, Subjects, answers, calls, subjects_of
from keiretsu.drawing import axis_svg, bars_svg
from keiretsu.frames import to_pandas, to_polars
from keiretsu.hypertext import to_html
from keiretsu.library import Reply
from keiretsu.markdown import to_markdown
from keiretsu.pictures import write_picture
from keiretsu.rendering import to_text
from keiretsu.terminal import Paper
from keiretsu_graph.build import Build, build
from keiretsu_graph.oxigraph import OxigraphView
from keiretsu_graph.sqlite import SqliteView
from keiretsu_graph.view import View
from keiretsu_ontology.errors import UsageError
from keiretsu_ontology.writing import NAME_MAX, text_fault, url_fault
from keiretsu_queries.base import Answer, Clocks
from keiretsu_queries.questions import QUESTIONS
from keiretsu_queries.records import answer_record
from keiretsu_queries.rows import claims_table, rows_of, to_csv
from keiretsu_queries.sheets import Axis, Bars
from masquerade import MASKS, masquerade

ENGINES: dict[str, Callable[[Build], View]] = {
    "sqlite": lambda built: SqliteView.open(built.sqlite),
    "oxigraph": lambda built: OxigraphView.open(built.store),
}
THINGS = ("Hub", MASKS["script"], MASKS["link"], MASKS["mention"], MASKS["formula"], MASKS["emoji"], MASKS["long"],
          "ring-a", "rogue", "constructor", "none", "9" * 80, "alone", "reporter")  # fmt: skip
BEFORE, AFTER = date(1499, 12, 31), date(2201, 1, 1)
TIMELESS = {"find"}  # a name is found whatever the clocks say
NAMING = {"find", "list"}  # a thing may be there of which nothing is said
OWN_STATE = {*NAMING, "gaps"}  # whether its gaps are known is another thing than whether it is
Told = list[tuple[Call, Answer[Any]]]


@pytest.fixture(scope="module")
def masked(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """The graph of masks, built."""
    return build(masquerade(), tmp_path_factory.mktemp("masked") / "out")


@pytest.fixture(scope="module")
def view(masked: Build) -> View:
    """The graph of masks, open for look-ups."""
    return ENGINES["sqlite"](masked)


@pytest.fixture(scope="module")
def subjects(view: View) -> Subjects:
    """What the graph of masks is asked about."""
    return subjects_of(view, THINGS)


@pytest.fixture(scope="module")
def told(view: View, subjects: Subjects) -> Told:
    """Every answer over the graph of masks."""
    return list(answers(view, subjects))


def _first_of_each(told: Told) -> Told:
    """Return one answer of each question: where there is one, one that knows something."""
    known = sorted(told, key=lambda pair: pair[1].state == "not known")
    return list({call.question: (call, answer) for call, answer in reversed(known)}.values())


def test_masks_are_admitted() -> None:
    """The names are ones that a file of facts may hold: what is tested here can happen."""
    assert {slug: text_fault(name, limit=NAME_MAX) for slug, name in MASKS.items()} == dict.fromkeys(MASKS)


def test_every_question_was_asked(told: Told) -> None:
    """No question passes because it was not asked: each gave several answers, and one that knows something."""
    asked = Counter(call.question for call, _ in told)

    assert set(asked) == set(QUESTIONS)
    assert min(asked.values()) >= 4, asked
    assert {call.question for call, answer in told if answer.state != "not known"} == set(QUESTIONS)


def test_the_state_follows_from_the_claims(told: Told) -> None:
    """Not known is what rests on no claim and says what is known instead; all else rests on claims."""
    for call, answer in told:
        if call.question in OWN_STATE:
            continue
        assert (answer.state == "not known") == (not answer.claims), call
        assert answer.instead or answer.state != "not known", call
        assert answer.state != "only claimed" or not any(claim.factual for claim in answer.claims), call
        assert answer.state != "conflicting" or answer.disputed, call


def test_a_record_is_whole(told: Told) -> None:
    """The record is valid JSON of one version; every claim, thing and source that it names is listed in it."""
    for call, answer in told:
        record = json.loads(json.dumps(answer_record(answer), ensure_ascii=False, allow_nan=False))
        listed = {claim["id"] for claim in [*record["claims"], *record["beside"]]}

        assert record["version"] == 1
        assert set(_claims_in(answer.result)) <= listed, call
        assert {claim["source"] for claim in record["claims"]} <= set(record["sources"]), call
        assert {claim["speaker"] for claim in record["claims"]} <= set(record["entities"]), call


def _claims_in(value: Any) -> Iterator[str]:
    """Yield the ids of claims in a result; ties that are only drawn in a picture are passed by."""
    from keiretsu_ontology.claims import Claim, Tie

    if isinstance(value, Claim):
        yield value.id
    elif isinstance(value, Tie):
        yield from value.claims
    elif isinstance(value, Answer):
        yield from _claims_in(value.result)
    elif hasattr(value, "_asdict"):
        yield from _claims_in({name: part for name, part in value._asdict().items() if name != "drawn"})
    elif isinstance(value, dict):
        yield from (found for part in value.values() for found in _claims_in(part))
    elif isinstance(value, tuple | list):
        yield from (found for part in value for found in _claims_in(part))


@pytest.mark.parametrize("paper", [Paper(40, colour=False), Paper(80, colour=True), Paper(100, colour=False),
                                   Paper(200, colour=True)])  # fmt: skip
def test_nothing_steers_a_terminal(told: Told, paper: Paper) -> None:
    """At any width only our own styles stand among the words, and only where colours are wanted."""
    for call, answer in told:
        text = to_text(call.question, answer, paper)
        bare = re.sub(r"\x1b\[[0-9;]+m", "", text) if paper.colour else text

        assert all(char.isprintable() or char in "\n\u200c\u200d" for char in bare), call
        assert bare.strip(), call


def test_rows_are_read_back_and_run_nothing(told: Told) -> None:
    """CSV comes back with as many cells a row as it has columns; no cell begins as a formula."""
    for call, answer in told:
        question = QUESTIONS[call.question]
        head, *rows = csv.reader(io.StringIO(to_csv(question, answer)))

        assert len(rows) == len(rows_of(question, answer).rows), call
        assert all(len(row) == len(head) for row in rows), call
        assert len(set(head)) == len(head), call
        for cell in (cell for row in rows for cell in row):
            assert not cell.startswith(("=", "+", "@", "\t", "\r")), (call, cell)
            assert not cell.startswith("-") or _is_number(cell), (call, cell)


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True


def test_markdown_makes_nothing_of_names(told: Told) -> None:
    """Rendered, an answer is headings, lists, tables and emphasis of ours: no HTML, link, picture, code or mention."""
    reader = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    admitted = {"heading", "paragraph", "bullet_list", "list_item", "table", "thead", "tbody", "tr", "th", "td",
                "strong", "inline", "text", "softbreak"}  # fmt: skip
    for call, answer in told:
        tokens = reader.parse(to_markdown(QUESTIONS[call.question], answer))
        flat = [part for token in tokens for part in (token, *(token.children or ()))]
        words = " ".join(part.content for part in flat if part.type == "text")

        assert {re.sub("_(open|close)$", "", part.type) for part in flat} <= admitted, call
        assert not re.search(r"://|www\.|[\w.]+@\w|(?<!\w)@\w|#\d|\bGH-\d|:\w+:", words, re.IGNORECASE), call


_TAGS = {
    "div": {"class", "style"}, "span": {"style"}, "table": {"style"}, "thead": set(), "tbody": set(), "tr": set(),
    "th": {"style"}, "td": {"style"}, "a": {"href", "rel"}, "title": set(),
    "svg": {"xmlns", "viewbox", "width", "height", "role"},
    "rect": {"x", "y", "width", "height", "rx", "fill", "fill-opacity"},
    "text": {"x", "y", "font-family", "font-size", "font-weight", "fill"},
    "line": {"x1", "y1", "x2", "y2", "stroke", "stroke-opacity"}, "circle": {"cx", "cy", "r", "fill"},
}  # fmt: skip


class _Page(HTMLParser):
    """What a browser would make of a piece of HTML."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.faults: list[str] = []
        self.feed(text)
        self.close()
        self.faults += self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open.append(tag)
        for name, value in attrs:
            if name not in _TAGS.get(tag, set()):
                self.faults.append(f"<{tag} {name}>")
            elif name == "href" and url_fault(value or "") is not None:
                self.faults.append(f"link to {value}")
            elif name == "style" and not re.fullmatch(r"[a-z0-9#.:;% -]*", value or ""):
                self.faults.append(f"style {value}")

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}>")

    def handle_comment(self, data: str) -> None:
        self.faults.append(f"comment {data}")


def test_html_is_ours_alone(told: Told) -> None:
    """A notebook gets whole elements of our own with no script, no event and no link but to http(s)."""
    for call, answer in told:
        assert _Page(to_html(QUESTIONS[call.question], answer)).faults == [], call


def test_drawings_are_xml(told: Told) -> None:
    """Bars and axes are well-formed SVG in which names are text."""
    drawn = 0
    for call, answer in told:
        for block in QUESTIONS[call.question].tell(answer) if answer.state != "not known" else ():
            if isinstance(block, Bars | Axis):
                svg = bars_svg(block) if isinstance(block, Bars) else axis_svg(block)
                tags = {found.tag.split("}")[1] for found in ElementTree.fromstring(svg).iter()} if svg else set()  # noqa: S314

                assert tags <= set(_TAGS), call
                drawn += 1
    assert drawn > 10


def test_a_picture_reaches_for_nothing(told: Told, view: View, tmp_path: Path) -> None:
    """A page has a policy that admits nothing from elsewhere, and the only scripts are those it came with."""
    drawn = []
    for call, answer in _first_of_each(told):
        file = tmp_path / f"{call.question}.html"
        try:
            write_picture(view, QUESTIONS[call.question], answer, file)
        except UsageError:  # there is nothing to draw
            continue
        page = file.read_text(encoding="utf-8")
        drawn.append(call.question)

        assert "default-src 'none'" in unescape(page), call
        assert not re.search(
            r"<(?:script|link|img|iframe|object|embed)\b[^>]*(?:src|href)\s*=\s*[\"'](?!data:)", page
        ), call
        assert not any(mask in page for mask in (MASKS["breakout"], MASKS["comment"], MASKS["script"])), call
    assert len(drawn) > 10


def test_answers_are_frames_and_words(told: Told, view: View) -> None:
    """Rows and claims become frames of pandas and polars with the same columns; a reply names itself."""
    for call, answer in _first_of_each(told):
        question = QUESTIONS[call.question]
        for rows in (rows_of(question, answer), claims_table(answer)):
            columns = [column.name for column in rows.columns]

            assert list(to_pandas(rows).columns) == to_polars(rows).columns == columns, call
            assert len(to_pandas(rows)) == len(to_polars(rows)) == len(rows.rows), call
        reply = Reply(view, question, answer)
        assert str(reply).isprintable() or "\n" in str(reply)
        assert repr(reply).startswith("<")


def test_the_same_question_gives_the_same_bytes(told: Told, view: View, subjects: Subjects) -> None:
    """Asked again, every answer is the same to the last byte, on every face of text."""
    again = list(answers(view, subjects))

    assert [str(call) for call, _ in again] == [str(call) for call, _ in told]
    for (call, one), (_, other) in zip(told, again, strict=True):
        assert _faces(call, one) == _faces(call, other), call


def _faces(call: Call, answer: Answer[Any]) -> tuple[str, ...]:
    question = QUESTIONS[call.question]
    record = json.dumps(answer_record(answer), ensure_ascii=False)
    return record, to_text(call.question, answer, Paper(80, colour=True)), to_markdown(question, answer)


def test_the_engines_give_the_same_answers(told: Told, masked: Build, subjects: Subjects) -> None:
    """Both engines give one record for every call."""
    other = ENGINES["oxigraph"](masked)
    few = subjects._replace(entities=subjects.entities[:6], claims=subjects.claims[:6])
    own = {str(call): answer for call, answer in told}
    compared = 0
    for call, answer in answers(other, few):
        if str(call) in own:
            assert answer_record(answer) == answer_record(own[str(call)]), call
            compared += 1
    assert compared > 5 * len(QUESTIONS)


def test_the_engines_know_the_same_names(masked: Build) -> None:
    """Each mask leads to its thing, with those that hold it after it; odd texts lead nowhere, on both engines."""
    one, other = (opened(masked) for opened in ENGINES.values())
    odd = ("", " ", "\x00", "a\x00b", "\ud800", "\u200d", "--", "L" * 400, "ring", "rogue", "Hub", "mask script")

    assert {name: one.names(name) for name in odd} == {name: other.names(name) for name in odd}
    for slug, name in MASKS.items():
        assert one.names(name) == other.names(name), slug
        assert f"mask-{slug}" in [found.entity for found in one.names(name) if found.match == "name"], slug
    assert [found.entity for found in one.names(MASKS["address"])] == ["mask-address", "mask-link", "mask-link"]


def test_nothing_was_so_before_all(view: View, subjects: Subjects) -> None:
    """A day before all that is dated gives nothing that is certain: what comes is undated, and says so."""
    clocks = Clocks(as_of=BEFORE)
    for call, answer in answers(view, subjects, clocks):
        if "day" not in call.options:
            assert all(clocks.doubt(claim) for claim in answer.claims), call


def test_nothing_was_known_before_all_was_published(view: View, subjects: Subjects) -> None:
    """A day before the first source came out gives nothing but what comes from sources that carry no date."""
    clocks = Clocks(known_by=BEFORE)
    for call, answer in answers(view, subjects, clocks):
        if call.question in TIMELESS:
            continue
        assert all(clocks.doubt(claim) for claim in answer.claims), call


def test_stated_only_shows_no_rule(view: View, subjects: Subjects) -> None:
    """Where derived ties are left out, none is in the result; a deal itself says who its parties are."""
    asked = 0
    for question in QUESTIONS.values():
        for call in calls(view, question, subjects):
            if call.options.get("stated_only"):
                asked += 1
                said = {"deal"} if question.name == "partners" else set()
                assert set(_rules_in(call.ask(view).result)) <= said, call
    assert asked >= 10


def _rules_in(value: Any) -> Iterator[str]:
    """Yield the rules of derived ties in a result."""
    from keiretsu_ontology.claims import Tie

    if isinstance(value, Tie):
        yield from [value.rule] if value.rule else []
    elif isinstance(value, dict):
        yield from (found for part in value.values() for found in _rules_in(part))
    elif isinstance(value, tuple | list):
        yield from (found for part in value for found in _rules_in(part))


def test_a_graph_of_nothing_is_asked(tmp_path: Path) -> None:
    """An empty graph, and one of a thing of which nothing is said, know nothing and say so on every face."""
    from dataclasses import replace

    nothing = replace(small_dataset([]), entities=(), sources=(), conflicts=())
    lonely = replace(small_dataset([]), entities=(an_entity("alone"), an_entity("other")), conflicts=())
    for place, dataset in enumerate((nothing, lonely)):
        built = build(dataset, tmp_path / str(place))
        for open_view in ENGINES.values():
            view = open_view(built)
            given = list(answers_about(view))
            for call, answer in given:
                assert answer.state == "not known" or call.question in NAMING, call
                assert to_text(call.question, answer, Paper(80, colour=False)).strip()
                assert _Page(to_html(QUESTIONS[call.question], answer)).faults == []
            assert {call.question for call, _ in given} >= set(QUESTIONS) - {"why"} - (set() if place else _NAMED)


_NAMED = {"compare", "common", "between", "path"}  # two things are wanted, and there are none


def answers_about(view: View) -> Iterator[tuple[Call, Answer[Any]]]:
    """Yield the answers of a graph that has next to nothing."""
    yield from answers(view, Subjects(("alone", "other"), ("x",), ("revenue",), ("paper",)))
