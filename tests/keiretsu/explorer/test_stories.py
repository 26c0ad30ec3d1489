"""The views that a dataset keeps, and the stories that they tell, by clicking and by keys."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from keiretsu.explorer import page as page_of
from keiretsu_graph.sqlite import SqliteView
from keiretsu_graph.view import ClaimFilter
from visits import Visit

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("default")]

HOSTILE = "</script><img src=x onerror=alert(1)>\u202egnp" + "W" * 10_000

CLEAR = """async () => {
    for (let look = 0; look < 100; look += 1) {
        const box = document.querySelector('.story').getBoundingClientRect();
        const places = window.keiretsu.scene().shown.map((id) => window.keiretsu.where(id));
        if (places.every((at) => at && (at.x > box.right || at.y < box.top))) return true;
        await new Promise(requestAnimationFrame);
    }
    return false;
}"""


@pytest.fixture(scope="module")
def told_page(seeds: SqliteView, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bundled graph with three views: a story of four steps, a neighbourhood, and a hostile one."""
    claims = {claim.key: claim.id for claim in seeds.claims(ClaimFilter())}
    steps = [
        _step("One cockpit", "Three makers.", "show=alibaba,banma,qualcomm,vehicle-cockpit", [claims["cockpit-deal"]]),
        _step("The model", "Inside it.", "show=vehicle-cockpit,qwen3-omni,qwen3&chosen=entity:qwen3-omni"),
        _step("Asked", "What disagrees.", "show=alibaba,banma&ask=conflicts"),
        _step("Before", "An early day.", "show=alibaba,faw-group,banma&asof=2020-01-01&off=family:person"),
    ]
    views: list[dict[str, Any]] = [
        {"id": "cars", "title": "Qwen in cars", "note": "Who builds it in.", "claims": [], "steps": steps,
         "state": "show=alibaba,banma,qwen,faw-group&chosen=entity:faw-group&view=cars"},
        {"id": "chips", "title": "Chips", "note": "", "claims": [], "state": "around=t-head~1&view=chips", "steps": []},
        {"id": "odd", "title": HOSTILE, "note": HOSTILE, "claims": [], "steps": [],
         "state": "show=alibaba,no-such-thing&view=odd"},
    ]  # fmt: skip
    file = tmp_path_factory.mktemp("told") / "told.html"
    file.write_text(page_of(seeds, views=views), encoding="utf-8")
    return file


def _step(title: str, note: str, state: str, claims: list[str] | None = None) -> dict[str, Any]:
    return {"title": title, "note": note, "state": state, "claims": claims or []}


@pytest.fixture
def told(browser: Browser, told_page: Path) -> Iterator[Visit]:
    """The page with its views, open at its beginning."""
    opened = Visit(browser, told_page)
    expect(opened.page.locator(".views")).to_be_visible()
    yield opened
    opened.close()


def shown(page: Page) -> list[str]:
    """Return the ids of what is in view."""
    found: list[str] = page.evaluate("window.keiretsu.scene().shown")
    return found


def choose(page: Page, title: str) -> None:
    """Choose a view by its tab."""
    page.locator(".views").get_by_role("button", name=title, exact=True).click()
    expect(page.locator(".views [aria-current=true]")).to_have_text(title)


def test_the_views_are_tabs_over_the_picture(told: Visit) -> None:
    """The first is the beginning; a view shows what it says and chooses what it says."""
    labels = told.page.locator(".views button").all_inner_texts()
    assert labels[:3] == ["Beginning", "Qwen in cars", "Chips"]
    expect(told.page.locator(".views [aria-current=true]")).to_have_text("Beginning")

    choose(told.page, "Qwen in cars")
    expect(told.page.locator(".pane h2")).to_have_text("FAW Group")
    assert shown(told.page) == ["alibaba", "banma", "qwen", "faw-group"]
    expect(told.page).to_have_url(re.compile("view=cars"))


def test_a_view_may_be_a_neighbourhood(told: Visit) -> None:
    """What is around a thing is looked up, and a view without note and steps has no card."""
    choose(told.page, "Chips")

    expect(told.page.locator(".told")).not_to_contain_text("40 of")
    assert shown(told.page)[0] == "t-head"
    assert len(shown(told.page)) > 3
    expect(told.page.locator(".story")).to_have_count(0)


def test_a_story_goes_on_and_back(told: Visit) -> None:
    """Next and Back go step by step, each to its view; at the last there is no next."""
    choose(told.page, "Qwen in cars")
    story, said = told.page.locator(".story"), told.page.locator("[role=status][aria-live]")
    expect(story).to_contain_text("A story in 4 steps")

    story.get_by_role("button", name="Next").click()
    expect(story.locator(".at")).to_have_text("1 of 4")
    expect(story.locator("h2")).to_have_text("One cockpit")
    expect(story.locator(".note")).to_have_text("Three makers.")
    expect(said).to_have_text("step 1 of 4: One cockpit. Three makers.")
    assert shown(told.page) == ["alibaba", "banma", "qualcomm", "vehicle-cockpit"]
    story.get_by_role("button", name="Next").click()
    expect(told.page.locator(".pane h2")).to_have_text("Qwen3-Omni")
    for _ in range(2):
        story.get_by_role("button", name="Next").click()
    expect(story.locator(".at")).to_have_text("4 of 4")
    scene = told.page.evaluate("window.keiretsu.scene()")
    assert (scene["asOf"], "family:person" in scene["off"]) == ("2020-01-01", True)
    expect(story.get_by_role("button", name="Next")).to_be_disabled()
    told.page.keyboard.press("]")
    expect(story.locator(".at")).to_have_text("4 of 4")
    story.get_by_role("button", name="Back").click()
    expect(story.locator(".at")).to_have_text("3 of 4")
    assert told.page.evaluate("window.keiretsu.scene().asOf") is None


def test_the_keys_go_on_and_back(told: Visit) -> None:
    """] is the next step and [ the one before, but not while something is typed."""
    choose(told.page, "Qwen in cars")
    at = told.page.locator(".story .at")
    for _ in range(2):
        told.page.keyboard.press("]")
    expect(at).to_have_text("2 of 4")
    told.page.keyboard.press("[")
    expect(at).to_have_text("1 of 4")

    told.page.locator("#search").press("]")
    expect(told.page.locator("#search")).to_have_value("]")
    expect(at).to_have_text("1 of 4")


def test_undo_leaves_the_story(told: Visit) -> None:
    """A view and a step are one act each: undo goes back through them to what was in view before."""
    before = shown(told.page)
    choose(told.page, "Qwen in cars")
    told.page.keyboard.press("]")
    expect(told.page.locator(".story .at")).to_have_text("1 of 4")
    undo = told.page.get_by_role("button", name="Undo")

    undo.click()
    expect(told.page.locator(".story")).to_contain_text("A story in 4 steps")
    undo.click()
    expect(told.page.locator(".story")).to_have_count(0)
    expect(undo).to_be_disabled()
    assert shown(told.page) == before
    told.page.get_by_role("button", name="Redo").click()
    expect(told.page.locator(".views [aria-current=true]")).to_have_text("Qwen in cars")


def test_a_step_that_asks_is_one_act_too(told: Visit) -> None:
    """The answer of a step brings things into view; one undo takes step, answer and things back."""
    choose(told.page, "Qwen in cars")
    before = told.page.evaluate("window.keiretsu.scene()")
    told.page.keyboard.press("]")
    expect(told.page.locator(".story .at")).to_have_text("1 of 4")
    for at in ("2 of 4", "3 of 4"):
        told.page.get_by_role("button", name="Next").click()
        expect(told.page.locator(".story .at")).to_have_text(at)
    expect(told.page).to_have_url(re.compile("ask=conflicts"))
    assert len(shown(told.page)) > 2

    undo = told.page.get_by_role("button", name="Undo")
    for at in ("2 of 4", "1 of 4", "A story in 4 steps"):
        undo.click()
        expect(told.page.locator(".story .at")).to_have_text(at)
    assert told.page.evaluate("window.keiretsu.scene()") == before


def test_the_beginning_is_what_the_page_opens_on(told: Visit) -> None:
    """From a step with a filter and a day the first tab leads back to the first view, without either."""
    before = told.page.evaluate("window.keiretsu.scene()")
    choose(told.page, "Qwen in cars")
    told.page.keyboard.press("]")
    choose(told.page, "Beginning")

    assert told.page.evaluate("window.keiretsu.scene()") == before


def test_a_step_has_an_address(browser: Browser, told_page: Path, told: Visit) -> None:
    """The view and the step alone lead there; a number that is no step leads to the view."""
    choose(told.page, "Qwen in cars")
    told.page.keyboard.press("]")
    expect(told.page).to_have_url(re.compile("view=cars&step=1"))

    for state, words in (("#view=cars&step=2", "2 of 4"), ("#view=cars&step=9", "A story in 4 steps")):
        other = Visit(browser, told_page, state=state)
        expect(other.page.locator(".story .at")).to_have_text(words)
        other.close()


def test_a_note_leads_to_the_claims_it_rests_on(told: Visit) -> None:
    """They stand under the note in words, and one press opens one with its evidence."""
    choose(told.page, "Qwen in cars")
    told.page.keyboard.press("]")
    claim = told.page.locator(".story .rests button")
    expect(claim).to_have_count(1)
    expect(claim).not_to_have_text("claim 1")
    claim.click()

    expect(told.page.locator(".pane")).to_contain_text("cockpit-deal")
    expect(told.page.locator(".pane .places").first).to_be_visible()


def test_a_story_can_be_closed(told: Visit) -> None:
    """The card goes and the picture stays."""
    choose(told.page, "Qwen in cars")
    told.page.get_by_role("button", name="Close the story").click()

    expect(told.page.locator(".story")).to_have_count(0)
    assert shown(told.page) == ["alibaba", "banma", "qwen", "faw-group"]


def test_the_card_hides_nothing(told: Visit) -> None:
    """The things of a step stand beside or above its card."""
    choose(told.page, "Qwen in cars")
    told.page.keyboard.press("]")
    expect(told.page.locator(".story .at")).to_have_text("1 of 4")

    assert told.page.evaluate(CLEAR)


def test_a_hostile_view_is_text(told: Visit) -> None:
    """Title and note are words, long ones end in an ellipsis or wrap, and what is not in the graph is left out."""
    told.page.locator(".views button").nth(3).click()
    expect(told.page.locator(".story .note")).to_contain_text("<img src=x")

    assert shown(told.page) == ["alibaba"]
    for selector in (".views button >> nth=3", ".story"):
        box = told.page.locator(selector).bounding_box()
        assert box
        assert box["width"] <= 360


def test_a_story_can_be_read_on_a_narrow_screen(browser: Browser, told_page: Path) -> None:
    """At the width of a telephone the card stands under the picture, and nothing sticks out."""
    narrow = Visit(browser, told_page, width=390, height=844, state="#view=cars&step=1")
    card, picture = narrow.page.locator(".story"), narrow.page.locator(".canvas")
    expect(card).to_be_visible()

    below, above = card.bounding_box(), picture.bounding_box()
    assert below
    assert above
    assert below["y"] >= above["y"] + above["height"]
    assert narrow.page.evaluate("document.documentElement.scrollWidth") == 390
    narrow.close()


def test_without_views_there_are_no_tabs(visit: Visit) -> None:
    """A dataset that keeps none shows nothing of them."""
    expect(visit.page.locator(".views, .story")).to_have_count(0)
