"""The explorer without a mouse, without sight, on a small screen, in the dark, and without WebGL."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from factories import an_entity, small_dataset
from keiretsu.explorer import page as written
from keiretsu_graph.build import build
from keiretsu_graph.sqlite import SqliteView
from visits import Visit, obstacles

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("default")]
STATES = ["", "#show=alibaba,bosch,nba&chosen=entity:alibaba", "#chosen=tie:alibaba~partner_of~nba", "#show=*",
          "#pane=table", "#pane=evidence", "#pane=conflicts", "#pane=ask", "#pane=share"]  # fmt: skip


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_nothing_stands_in_anybodys_way(browser: Browser, seeds_page: Path, scheme: Any, width: int) -> None:
    """Axe finds nothing in any pane, nor in the dark and on a narrow screen in every other; nothing sticks out."""
    context = browser.new_context(
        viewport={"width": width, "height": 800}, color_scheme=scheme, reduced_motion="reduce"
    )
    found = []
    for state in STATES if (scheme, width) == ("light", 1280) else STATES[::2]:
        page = context.new_page()
        page.goto(seeds_page.as_uri() + state)
        page.locator(".told").wait_for()
        page.wait_for_timeout(400)
        found += [(state, fault) for fault in obstacles(page)]
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.close()
    context.close()
    assert found == []


def test_the_keyboard_alone_is_enough(visit: Visit) -> None:
    """From the top by Tab, Enter and arrows: find, expand, read, filter, look through the table."""
    page = visit.page
    page.keyboard.press("Tab")
    expect(page.locator("#search")).to_be_focused()
    page.keyboard.type("Bosch")
    expect(page.locator("#search-list li").first).to_be_visible()
    page.keyboard.press("Enter")
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.getAttribute('role')") == "tab":
            break
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("tab", selected=True)).not_to_have_text("Details")
    for _ in range(8):
        if page.locator("[data-pane=table]").count():
            break
        page.keyboard.press("ArrowRight")
    expect(page.locator("[data-pane=table]")).to_be_visible()
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.closest('th') !== null"):
            break
    page.keyboard.press("Enter")
    expect(page.locator("th").first).to_have_attribute("aria-sort", "descending")


def test_focus_is_always_seen(visit: Visit) -> None:
    """Whatever has the focus has an outline."""
    page = visit.page
    for _ in range(25):
        page.keyboard.press("Tab")
        seen = page.evaluate(
            "(() => { const style = getComputedStyle(document.activeElement); "
            "return document.activeElement === document.body || parseFloat(style.outlineWidth) >= 2; })()"
        )
        assert seen


def test_a_small_screen_has_everything(browser: Browser, seeds_page: Path) -> None:
    """At 390 pixels the picture, the filter and the panes stand one under the other, and work by touch."""
    visit = Visit(browser, seeds_page, width=390, height=844)
    page = visit.page
    page.fill("#search", "Marriott")
    page.locator("#search-list li").first.click()
    expect(page.locator(".pane h2")).to_have_text("Marriott")
    page.locator(".filter summary").first.click()
    page.locator(".facet-row", has_text="Organisations").locator("input").uncheck()
    expect(page.locator(".told")).to_be_visible()
    page.get_by_role("tab", name="Table").click()
    expect(page.locator("table")).to_be_visible()
    visit.close()


NO_WEBGL = """const get = HTMLCanvasElement.prototype.getContext;
HTMLCanvasElement.prototype.getContext = function (kind, ...rest) {
  return /webgl/.test(kind) ? null : get.call(this, kind, ...rest);
};"""


def test_without_webgl_it_is_drawn_on_a_canvas(browser: Browser, seeds_page: Path) -> None:
    """The same picture, found, chosen, moved and expanded."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    context.add_init_script(NO_WEBGL)
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.goto(seeds_page.as_uri())
    page.locator("canvas.plain").wait_for()
    page.wait_for_timeout(300)
    place = page.evaluate("window.keiretsu.where('marriott')")
    page.mouse.click(place["x"], place["y"])
    expect(page.locator(".pane h2")).to_have_text("Marriott")
    before = page.locator(".told").inner_text()
    page.mouse.dblclick(place["x"], place["y"])
    expect(page.locator(".told")).not_to_have_text(before)
    blank = page.evaluate(
        "(() => { const canvas = document.querySelector('canvas.plain'); const data = "
        "canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data; return !data.some(Boolean); })()"
    )
    assert not blank
    assert wrong == []
    context.close()


def test_without_webgl_too_many_things_are_a_table(browser: Browser, tmp_path: Path) -> None:
    """Beyond 2,000 things a sentence says so and leads to the table."""
    many = [an_entity(f"member-{number}") for number in range(2_100)]
    dataset = small_dataset()
    entities = tuple(sorted((*dataset.entities, *many), key=lambda entity: entity.id))
    made = build(replace(dataset, entities=entities), tmp_path / "out")
    file = tmp_path / "crowd.html"
    file.write_text(written(SqliteView.open(made.sqlite)), encoding="utf-8")
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    context.add_init_script(NO_WEBGL)
    page = context.new_page()
    page.goto(file.as_uri() + "#show=*&on=tied:alone")
    expect(page.locator(".empty")).to_contain_text("no WebGL")
    page.locator(".empty button").click()
    expect(page.locator("table")).to_be_visible()
    context.close()
