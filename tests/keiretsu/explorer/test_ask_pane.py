"""Asking in the explorer by clicking and typing as a person would: the form, the answer, the picture beside it."""

from __future__ import annotations

import random
import re
import shlex
from base64 import b64encode
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from typer.testing import CliRunner

from keiretsu import cli
from keiretsu_graph.build import Build
from keiretsu_graph.sqlite import SqliteView
from keiretsu_queries.calling import call
from keiretsu_queries.chains.paths import path
from keiretsu_queries.questions import QUESTIONS
from servers import serving
from visits import Visit

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("default")]

HOSTILE = ["<script>alert(1)</script>", "javascript:alert(2)", "\u202egnp.exe", "a\x00b", "W" * 10_000, "'; rm -rf ~ #"]


@pytest.fixture(scope="module")
def still(browser: Browser, seeds_page: Path) -> Iterator[Page]:
    """The explorer open once, for what is asked of it without a picture that moves."""
    opened = Visit(browser, seeds_page)
    opened.page.locator(".told").wait_for()
    yield opened.page
    opened.close()


def begin(page: Page, question: str) -> None:
    """Open the pane and choose a question."""
    page.get_by_role("tab", name="Ask").click()
    page.get_by_label("Question", exact=True).select_option(question)


def name_thing(page: Page, field: str, text: str) -> None:
    """Type a name and take the first thing that is found."""
    page.locator(f"#ask-{field}").fill(text)
    expect(page.locator(f"#ask-{field}-list li").first).to_be_visible()
    page.locator(f"#ask-{field}").press("Enter")
    expect(page.locator(f"#ask-{field}-list")).to_be_hidden()


def ask(page: Page) -> None:
    """Ask what stands in the form."""
    page.get_by_role("button", name="Ask", exact=True).click()
    expect(page.locator(".answer h2")).to_be_visible()


def asked(page: Page, name: str, /, **given: list[str]) -> dict[str, Any]:
    """Return an answer as the page gives it to programs."""
    found: dict[str, Any] = page.evaluate("([name, given]) => window.keiretsu.ask(name, given)", [name, given])
    return found


def place(page: Page, thing: str) -> tuple[float, float]:
    """Return where a thing stands on the screen once the picture is at rest."""
    look = "id => new Promise(done => { let last = ''; const again = () => { const at = window.keiretsu.where(id); \
const now = JSON.stringify(at); if (now === last) done(at); else { last = now; setTimeout(again, 120); } }; again(); })"
    at = page.evaluate(look, thing)
    assert at is not None, f"{thing} is not in view"
    return at["x"], at["y"]


def paleness(page: Page, thing: str) -> int:
    """Return how pale the middle of a thing is drawn, from 0 to 255 (its least channel)."""
    x, y = place(page, thing)
    picture = page.screenshot(clip={"x": x - 1, "y": y - 1, "width": 2, "height": 2})
    read = "async url => { const image = new Image(); image.src = url; await image.decode(); const canvas = \
document.createElement('canvas'); canvas.width = canvas.height = 2; const pen = canvas.getContext('2d'); \
pen.drawImage(image, 0, 0); return Math.min(...pen.getImageData(0, 0, 1, 1).data.slice(0, 3)); }"
    return int(page.evaluate(read, f"data:image/png;base64,{b64encode(picture).decode()}"))


def bystander(page: Page) -> str:
    """Return a company that is well within the picture and has no part in the chains from Qualcomm to Qwen3-Omni."""
    near = "() => { const frame = document.querySelector('.drawing').getBoundingClientRect(); return ['marriott', \
'bosch', 'cainiao', 'nba', 'faw', 'apple', 'ant-group', 'banma', 'china-unionpay'].find(id => { \
const at = window.keiretsu.where(id); return at && at.x > frame.left + 40 && at.x < frame.right - 90 && \
at.y > frame.top + 40 && at.y < frame.bottom - 60; }); }"
    place(page, "qualcomm")
    found: str = page.evaluate(near)
    return found


def test_chains_are_those_of_the_command_line(still: Page, seeds: SqliteView) -> None:
    """Sixty pairs and two known ones: the same chains in the same order, the same state, the same claims."""
    drawn = random.Random(20)  # noqa: S311  # the same pairs each time
    ids = sorted(seeds.foremost(1_000))
    firm = sorted(seeds.foremost(120))
    pairs: list[tuple[str, ...]] = [("NBA", "Bosch"), ("Qualcomm", "Qwen3-Omni")]
    pairs += [tuple(drawn.sample(ids, 2)) for _ in range(20)] + [tuple(drawn.sample(firm, 2)) for _ in range(40)]
    lengths = set()
    for start, end in pairs:
        there = path(seeds, start, end)
        told = asked(still, "path", start=[start], end=[end])

        assert told["paths"] == [list(chain.nodes) for chain in there.result], (start, end)
        assert (told["state"], told["question"]) == (there.state, there.question), (start, end)
        assert sorted(told["claims"]) == sorted(claim.id for claim in there.claims)
        lengths.add(len(there.result[0].nodes) if there.result else 0)
    assert {0, 3, 4} <= lengths  # some without a chain, some with long ones


def test_options_and_clocks_count(still: Page, seeds: SqliteView) -> None:
    """More chains, shorter ones, stated ones alone, and those of a day, as the command has them."""
    from datetime import date

    from keiretsu_queries.base import Clocks

    def nodes(told: dict[str, Any]) -> list[list[str]]:
        return list(told["paths"])

    for start, end in (("Qualcomm", "Qwen3-Omni"), ("NBA", "Bosch"), ("Apple", "Tencent")):
        every = path(seeds, start, end, limit=9)
        stated = path(seeds, start, end, stated_only=True)
        short = path(seeds, start, end, max_hops=2)
        then = path(seeds, start, end, clocks=Clocks(as_of=date(2024, 1, 1)))
        given = {"start": [start], "end": [end]}

        page = still
        assert nodes(asked(page, "path", **given, limit=["9"])) == [list(row.nodes) for row in every.result]
        assert nodes(asked(page, "path", **given, stated_only=["true"])) == [list(row.nodes) for row in stated.result]
        assert nodes(asked(page, "path", **given, max_hops=["2"])) == [list(row.nodes) for row in short.result]
        assert nodes(asked(page, "path", **given, as_of=["2024-01-01"])) == [list(row.nodes) for row in then.result]


def test_a_path_with_its_alternatives_beside_the_picture(visit: Visit) -> None:
    """Each chain is a button: it dims the rest, all of them lights all, and everything comes back."""
    page = visit.page
    begin(page, "path")
    name_thing(page, "start", "Qualcomm")
    name_thing(page, "end", "Qwen3-Omni")
    ask(page)
    expect(page.locator(".answer h2")).to_have_text("How do Qualcomm and Qwen3-Omni hang together?")
    expect(page.locator(".command code")).to_have_text("keiretsu path Qualcomm Qwen3-Omni")
    expect(page.locator(".answer .state")).to_contain_text("known")
    chains = page.locator(".lit ol button")
    expect(chains).to_have_text(
        ["Qualcomm → Intelligent vehicle cockpit → Qwen3-Omni", "Qualcomm → Alibaba Group → Qwen3 → Qwen3-Omni"]
    )

    lit = paleness(page, "vehicle-cockpit")
    aside = bystander(page)
    assert paleness(page, aside) > 150
    chains.nth(1).click()
    expect(chains.nth(1)).to_have_attribute("aria-pressed", "true")
    assert lit < 100 < 150 < paleness(page, "vehicle-cockpit")
    assert "pick=1" in page.evaluate("window.keiretsu.address()")

    page.get_by_role("button", name="All of them").click()
    expect(page.get_by_role("button", name="All of them")).to_have_attribute("aria-pressed", "true")
    assert paleness(page, "vehicle-cockpit") < 100
    chains.first.click()
    page.locator(".drawing").focus()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Show everything")).to_have_count(0)
    assert "pick" not in page.evaluate("window.keiretsu.address()")
    chains.first.click()
    page.get_by_role("button", name="Show everything").click()
    assert paleness(page, bystander(page)) < 150


def test_a_claim_of_an_answer_opens(visit: Visit) -> None:
    """Every step tells its claim with who says it and where, and opens it."""
    page = visit.page
    begin(page, "path")
    name_thing(page, "start", "NBA")
    name_thing(page, "end", "Bosch")
    ask(page)
    first = page.locator(".said").first
    expect(first).to_contain_text("Author of the margins article")
    expect(first.locator(".places")).to_contain_text("characters")
    expect(page.locator(".sources li").first).to_contain_text("Alibaba Advances AI Strategy")

    first.get_by_role("button").click()
    expect(page.get_by_role("tab", name="Details")).to_have_attribute("aria-selected", "true")
    page.get_by_role("tab", name="Ask").click()
    expect(page.locator(".answer h2")).to_have_text("How do NBA and Bosch hang together?")


def test_the_menu_of_a_thing_fills_in_the_beginning(visit: Visit) -> None:
    """`Path from here` asks nothing yet: it fills in the start, and the end is still wanted."""
    page = visit.page
    x, y = place(page, "nba")
    page.mouse.click(x, y, button="right")
    page.get_by_role("menuitem", name="Path from here …").click()
    expect(page.locator("#ask-start")).to_have_value("NBA")
    expect(page.locator(".answer")).to_have_count(0)

    page.get_by_role("button", name="Ask", exact=True).click()
    expect(page.locator(".askform [role=alert]")).to_have_text("still wanted: end")
    name_thing(page, "end", "Marriott")
    ask(page)
    expect(page.locator(".answer h2")).to_have_text("How do NBA and Marriott hang together?")


@pytest.mark.parametrize(
    "state", ["#ask=path&p.start=NBA&p.end=Bosch&pick=0", "#ask=path&p.start=nba&p.end=bosch&pick=0"]
)
def test_an_address_asks(browser: Browser, seeds_page: Path, state: str) -> None:
    """By names or ids: the form is filled in, the answer there, its chain picked."""
    visit = Visit(browser, seeds_page, state=state)
    expect(visit.page.locator(".answer h2")).to_have_text("How do NBA and Bosch hang together?")
    expect(visit.page.locator(".command code")).to_have_text("keiretsu path NBA Bosch")
    expect(visit.page.locator(".lit ol button")).to_have_attribute("aria-pressed", "true")
    visit.close()


def test_an_address_that_lacks_something_only_fills_the_form(browser: Browser, seeds_page: Path) -> None:
    """Nothing is asked, and nothing is complained of."""
    visit = Visit(browser, seeds_page, state="#ask=path&p.start=nba&pane=ask")
    expect(visit.page.locator("#ask-start")).to_have_value("NBA")
    expect(visit.page.locator(".answer")).to_have_count(0)
    expect(visit.page.locator(".problem")).to_have_count(0)
    visit.close()


def test_what_things_share(visit: Visit) -> None:
    """Things are chips that can be taken away; what is shared stands by kind, with how each is tied."""
    page = visit.page
    begin(page, "common")
    for chip in page.locator(".chips button").all():
        chip.click()
    for text in ("NBA", "Qwen", "Bosch"):
        name_thing(page, "names", text)
    page.get_by_role("button", name="Remove Qwen").click()
    expect(page.locator(".chips li span")).to_have_text(["NBA", "Bosch"])
    ask(page)

    expect(page.locator(".command code")).to_have_text("keiretsu common NBA Bosch")
    expect(page.locator(".blocks h3")).to_have_text(["NBA and Bosch", "Companies"])
    expect(page.locator(".blocks")).to_contain_text("share 1 company")
    expect(page.locator(".blocks .said")).to_have_count(2)
    expect(page.locator(".notes")).to_contain_text("the command also counts")


@pytest.mark.parametrize("names", [["Banma", "Qualcomm"], ["Qwen3", "Qwen2.5-VL"], ["Apple", "Bosch", "NBA"]])
def test_what_is_shared_by_ties_is_what_the_command_finds(still: Page, seeds: SqliteView, names: list[str]) -> None:
    """Nothing that the command does not know of; the command may know more."""
    there = call(seeds, QUESTIONS["common"], {"names": names})
    told = asked(still, "common", names=names)

    shared = {row.entity.id for row in there.result.shared}
    found = set(told["nodes"]) - {entity.id for entity in there.result.entities}
    assert found
    assert found <= shared


def test_what_a_thing_rests_on_stands_in_columns(visit: Visit, seeds: SqliteView) -> None:
    """From the left to the right, the thing itself last; the view before comes back by a press."""
    page = visit.page
    before = page.locator(".told").inner_text()
    begin(page, "depends")
    name_thing(page, "name", "Quark AI Glasses")
    ask(page)
    expect(page.locator(".lit")).to_contain_text("The picture stands in columns")
    layers = asked(page, "depends", name=["quark-ai-glasses"])["layers"]
    assert layers[-1] == ["quark-ai-glasses"]
    assert len(layers) > 2
    columns = [[round(place(page, slug)[0]) for slug in layer] for layer in layers]
    assert all(len(set(column)) == 1 for column in columns)
    assert [column[0] for column in columns] == sorted({column[0] for column in columns})

    page.get_by_role("button", name="Back to the view before").click()
    expect(page.locator(".told")).to_have_text(before)


def test_what_a_file_does_not_hold_is_said(still: Page, seeds: SqliteView) -> None:
    """An answer that was not written into the file has its command."""
    last = seeds.foremost(100_000)[-1]
    told = asked(still, "exposure", name=[last])
    assert told["state"] == "not known"
    assert told["instead"] == [f"this file does not hold that answer; type: {told['command']}"]


def test_things_side_by_side(visit: Visit) -> None:
    """What they share, what only one has, and figures of the same days in one row; a table that sorts."""
    page = visit.page
    begin(page, "compare")
    for chip in page.locator(".chips button").all():
        chip.click()
    for text in ("Qwen3-8B", "Qwen3-32B"):
        name_thing(page, "names", text)
    ask(page)
    expect(page.locator(".blocks")).to_contain_text("kind: AI model")
    headings = page.locator(".told-table").last.locator("th")
    expect(headings).to_contain_text(["figure", "Qwen3-8B", "Qwen3-32B"])

    table = page.locator(".told-table").last
    first = table.locator("tbody tr td:first-child")
    up = first.all_inner_texts()
    table.locator("th button").first.click()
    expect(table.locator("th").first).to_have_attribute("aria-sort", "ascending")
    table.locator("th button").first.click()
    expect(table.locator("th").first).to_have_attribute("aria-sort", "descending")
    assert first.all_inner_texts() == sorted(up, key=str.lower, reverse=True)


def test_unlike_figures_never_stand_in_one_row(still: Page, seeds: SqliteView) -> None:
    """The rows of the page are rows of the command: its figure, days and values."""
    for names in (["Qwen3-8B", "Qwen3-32B"], ["Alibaba Group", "Tencent"]):
        told = asked(still, "compare", names=names)
        there = call(seeds, QUESTIONS["compare"], {"names": names})
        tables = [
            block for block in told["blocks"] if block["sort"] == "table" and block["columns"][0]["label"] == "figure"
        ]
        rows = [row for table in tables for row in table["rows"]]
        assert len(rows) == len(there.result.figures)


def test_conflicts_side_by_side(visit: Visit, seeds: SqliteView) -> None:
    """All, or those about one thing and its units: as many as the command finds, each side with its speaker."""
    page = visit.page
    begin(page, "conflicts")
    page.locator("#ask-name").fill("")
    name_thing(page, "name", "NBA")
    ask(page)
    expect(page.locator(".answer .state")).to_contain_text("conflicting")
    expect(page.locator(".blocks h3")).to_contain_text(["open"])
    assert page.locator(".blocks .said").count() >= 2

    for given in ({"name": ["NBA"]}, {"name": ["Alibaba Group"]}, {"name": ["Alibaba Group"], "settled": ["true"]}):
        there = call(seeds, QUESTIONS["conflicts"], given)
        told = asked(page, "conflicts", **given)
        heads = [
            block["spans"][0][0]
            for block in told["blocks"]
            if block["sort"] == "line" and block["spans"] and block["spans"][0][1] == "heading"
        ]
        assert set(heads) <= {row.conflict.id for row in there.result}
        assert len(heads) == min(6, len(there.result))
        assert told["state"] == there.state
    assert asked(page, "conflicts")["blocks"]


def test_a_name_that_nothing_has(visit: Visit) -> None:
    """Not known, by colour and word; what comes near is told, and nothing is taken for it."""
    page = visit.page
    begin(page, "path")
    page.locator("#ask-start").fill("Alibba Clod")
    name_thing(page, "end", "Bosch")
    ask(page)
    expect(page.locator(".answer .state")).to_contain_text("not known")
    expect(page.locator(".instead")).to_contain_text("nothing in this graph is named 'Alibba Clod'")
    expect(page.locator(".instead")).to_contain_text("did you mean")
    expect(page.locator(".command code")).to_have_text("keiretsu path 'Alibba Clod' Bosch")


def test_hostile_names(browser: Browser, seeds_page: Path) -> None:
    """Typed or by the address, a name is text: no script runs, no link leads out, nothing grows out of the page."""
    visit = Visit(browser, seeds_page, width=390)
    page = visit.page
    page.locator(".told").wait_for()
    begin(page, "path")
    for text in HOSTILE:
        page.locator("#ask-start").fill(text)
        page.locator("#ask-end").fill(text[::-1])
        page.locator("#ask-end").press("Escape")
        ask(page)
        expect(page.locator(".answer .state")).to_contain_text("not known")
        asked_by = {"start": [text], "end": ["Bosch"]}
        told = asked(page, "path", **asked_by)
        assert shlex.split(told["command"])[:2] == ["keiretsu", "path"]
        assert shlex.split(told["command"])[-2] == text.replace("\x00", " ")
        assert "\x00" not in told["command"]
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        assert page.locator(".pane :is(script, img, iframe, a[href^=javascript])").count() == 0
    visit.close()


def _run(command: str, folder: Path) -> tuple[int, str]:
    words = shlex.split(command)
    assert words[0] == "keiretsu"
    ran = CliRunner().invoke(cli.make_app(), [words[1], "-d", str(folder), *words[2:]])
    return ran.exit_code, ran.output


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("path", {"start": ["nba"], "end": ["bosch"]}),
        ("path", {"start": ["qualcomm"], "end": ["qwen3-omni"], "limit": ["5"], "stated_only": ["true"]}),
        ("path", {"start": ["-x"], "end": ["bosch"]}),
        ("common", {"names": ["nba", "bosch"]}),
        ("depends", {"name": ["qwen"]}),
        ("exposure", {"name": ["qwen"]}),
        ("compare", {"names": ["qwen3-8b", "qwen3-32b"]}),
        ("conflicts", {"name": ["alibaba"]}),
        ("conflicts", {}),
    ],
)  # fmt: skip
def test_the_command_shown_gives_the_same_state(
    still: Page, seeds_build: Build, name: str, given: dict[str, list[str]]
) -> None:
    """What the page says one types is taken, and says the same of how firm the answer is."""
    told = asked(still, name, **given)
    code, output = _run(told["command"], seeds_build.folder)

    assert code == (1 if told["state"] == "not known" else 0), output
    assert re.search(rf"^{told['state']}\b", output, re.MULTILINE), output


def test_wrong_askings_are_told(visit: Visit) -> None:
    """The same thing twice, one thing alone, a number that is none: a sentence, and the page goes on."""
    page = visit.page
    begin(page, "path")
    name_thing(page, "start", "NBA")
    name_thing(page, "end", "NBA")
    page.get_by_role("button", name="Ask", exact=True).click()
    expect(page.locator(".problem")).to_contain_text("are the same thing: nba")

    begin(page, "common")
    for chip in page.locator(".chips button").all()[1:]:
        chip.click()
    page.get_by_role("button", name="Ask", exact=True).click()
    expect(page.locator(".askform [role=alert]")).to_contain_text("two at least")


def test_one_hand_is_enough(visit: Visit) -> None:
    """A path is asked, and a chain picked, by the keyboard alone."""
    page = visit.page
    page.get_by_role("tab", name="Details").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.get_by_label("Question", exact=True)).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("NBA")
    expect(page.locator("#ask-start-list li").first).to_be_visible()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("Bosch")
    expect(page.locator("#ask-end-list li").first).to_be_visible()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    expect(page.locator(".answer h2")).to_have_text("How do NBA and Bosch hang together?")
    expect(page.locator("[role=status][aria-live]")).to_contain_text("How do NBA and Bosch hang together?")


@pytest.fixture(scope="module")
def served() -> Iterator[str]:
    """Give the address of a server with the bundled graph."""
    with serving() as found:
        yield found


def _served(browser: Browser, address: str, run: Callable[[Page], None]) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(f"{address.rstrip('/')}/explore")
    page.locator(".told").wait_for()
    page.get_by_role("tab", name="Ask").click()
    run(page)
    context.close()


def test_a_server_takes_a_sentence(browser: Browser, served: str) -> None:
    """A question in plain English is asked by Enter."""

    def run(page: Page) -> None:
        page.get_by_label("In plain English").fill("How are the NBA and Bosch connected?")
        page.keyboard.press("Enter")
        expect(page.locator(".answer .state")).to_contain_text("conflicting")
        expect(page.locator(".lit ol button")).to_have_text(["NBA → Alibaba Group → Bosch"])

    _served(browser, served, run)


def test_a_server_answers_every_question(browser: Browser, served: str) -> None:
    """A timeline is drawn and stands as text; figures are bars with their values."""

    def run(page: Page) -> None:
        begin(page, "timeline")
        for chip in page.locator(".chips button").all():
            chip.click()
        name_thing(page, "names", "Qwen3")
        ask(page)
        axis = page.locator("figure.axis")
        expect(axis.locator("svg")).to_have_attribute("aria-label", re.compile(r"^Timeline of \d+ entries from 20"))
        axis.locator("summary").click()
        assert axis.locator("li").count() > 3
        begin(page, "metrics")
        name_thing(page, "entity", "Alibaba Group")
        ask(page)
        expect(page.locator("figure.bars .value").first).to_contain_text(re.compile(r"\d"))
        assert page.locator("figure.bars li").count() == page.locator("figure.bars svg").count()

    _served(browser, served, run)
