"""The explorer by clicking and typing as a person would: finding, expanding, reading, undoing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from visits import Visit

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("default")]


def in_view(page: Page) -> int:
    """Return how many things the page says are in view."""
    text = page.locator(".told").inner_text()
    return int(text.split(" ")[0].replace(",", ""))


def find(page: Page, text: str) -> None:
    """Find a thing by a name and open it."""
    page.keyboard.press("/")
    page.keyboard.type(text)
    expect(page.locator("#search-list li").first).to_be_visible()
    page.keyboard.press("Enter")


def spot(page: Page, name: str) -> tuple[float, float]:
    """Return where a thing stands on the screen."""
    place = page.evaluate("name => window.keiretsu.where(name)", name)
    assert place is not None, f"{name} is not in view"
    return float(place["x"]), float(place["y"])


def test_it_opens_on_a_small_view(visit: Visit) -> None:
    """What is foremost and what is most tied to it, not everything."""
    assert 20 <= in_view(visit.page) <= 60
    expect(visit.page.locator(".pane h2")).to_contain_text("Alibaba")


@pytest.mark.parametrize("text", ["Bosch", "bosh", "BOSCH"])
def test_a_name_leads_to_its_thing(visit: Visit, text: str) -> None:
    """A name, a slip of it, another case: Enter opens its facts."""
    find(visit.page, text)

    expect(visit.page.locator(".pane h2")).to_have_text("Bosch")
    expect(visit.page.locator("[role=status][aria-live]")).to_contain_text("Bosch")


def test_a_chinese_name_leads_to_its_thing(visit: Visit) -> None:
    """阿里巴巴 leads to Alibaba; nonsense leads nowhere and says so."""
    visit.page.fill("#search", "阿里巴巴")
    visit.page.locator("#search-list li").first.click()
    expect(visit.page.locator(".pane h2")).to_have_text("Alibaba Group")

    visit.page.fill("#search", "qqqqqqqq")
    expect(visit.page.locator("#search-list")).to_have_text("nothing has such a name")


def test_arrows_go_through_what_was_found(visit: Visit) -> None:
    """The second of the list is opened by one arrow and Enter, and the list says which is chosen."""
    visit.page.fill("#search", "qwen")
    expect(visit.page.locator("#search-list li").nth(1)).to_be_visible()
    second = visit.page.locator("#search-list li span").nth(1).inner_text()
    visit.page.keyboard.press("ArrowDown")
    expect(visit.page.locator("#search")).to_have_attribute("aria-activedescendant", "search-1")
    visit.page.keyboard.press("Enter")

    expect(visit.page.locator(".pane h2")).to_have_text(second)


def test_what_is_far_away_is_flown_to(visit: Visit) -> None:
    """A thing that is not in view comes with its neighbours."""
    find(visit.page, "Mixture of Experts")

    expect(visit.page.locator(".pane h2")).to_have_text("Mixture of Experts")
    assert spot(visit.page, "mixture-of-experts")
    assert in_view(visit.page) > 2


def test_neighbours_are_chosen_by_relation_with_counts(visit: Visit) -> None:
    """Relations stand with their counts, the largest first; two ticks bring two things in."""
    find(visit.page, "NBA")
    groups = visit.page.locator(".neighbours .group")
    counts = [
        int(re.split(r" of |\D", text)[-1] or 0) for text in visit.page.locator(".group .count").all_inner_texts()
    ]
    assert counts == sorted(counts, reverse=True)
    assert groups.count() >= 2
    before = in_view(visit.page)
    for group in groups.all():
        group.locator("summary").click()
    boxes = visit.page.locator(".neighbours li input:not(:disabled)")
    if not boxes.count():
        pytest.skip("all neighbours of the NBA are in view")
    boxes.first.check()
    visit.page.get_by_role("button", name="Add 1 ticked").click()

    expect(visit.page.locator(".told")).to_contain_text(f"{before + 1} of")


def test_the_rest_of_many_neighbours_is_counted(visit: Visit) -> None:
    """Twelve of a large group stand there, and how many more there are."""
    find(visit.page, "Qwen3")
    group = visit.page.locator(".neighbours .group").first
    group.locator("summary").click()
    expect(group.locator("li")).to_have_count(12)

    group.get_by_role("button", name=re.compile(r"^\+\d+ more$")).click()
    assert group.locator("li").count() > 12


def test_expanding_collapsing_and_back(visit: Visit) -> None:
    """Expanding adds, collapsing takes the leaves away, and undo and redo go through all of it."""
    page = visit.page
    find(page, "Quark AI Glasses")
    start = in_view(page)
    page.get_by_role("button", name="Expand", exact=True).click()
    expect(page.locator(".told")).not_to_contain_text(f"{start} of")
    more = in_view(page)
    assert start < more <= start + 12

    x, y = spot(page, "quark-ai-glasses")
    page.mouse.click(x, y, button="right")
    page.get_by_role("menuitem", name=re.compile("^Collapse")).click()
    assert in_view(page) < more

    page.get_by_role("button", name="Undo").click()
    assert in_view(page) == more
    page.keyboard.press("Control+z")
    assert in_view(page) == start
    page.keyboard.press("Control+Shift+z")
    page.get_by_role("button", name="Redo").click()
    assert in_view(page) < more


def test_a_thing_is_hidden_by_a_key(visit: Visit) -> None:
    """Delete takes the chosen thing out; it comes back by undo."""
    page = visit.page
    page.mouse.click(*spot(page, "marriott"))
    expect(page.locator(".pane h2")).to_have_text("Marriott")
    before = in_view(page)
    page.locator(".drawing").focus()
    page.keyboard.press("Delete")

    assert in_view(page) == before - 1
    assert page.evaluate("window.keiretsu.where('marriott')") is None
    page.keyboard.press("Control+z")
    assert in_view(page) == before


def test_a_thing_stays_where_it_is_put(visit: Visit) -> None:
    """Dragged by hand it is pinned: a new layout leaves it there."""
    page = visit.page
    x, y = spot(page, "marriott")
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 60, y + 40, steps=8)
    page.mouse.up()
    expect(page.get_by_role("button", name="Undo")).to_have_attribute("title", re.compile("moved Marriott"))
    moved = page.evaluate("window.keiretsu.scene().places.marriott")

    page.get_by_role("button", name="Lay out anew").click()
    page.wait_for_timeout(500)
    assert page.evaluate("window.keiretsu.scene().places.marriott") == moved
    assert "pin=marriott" in page.evaluate("window.keiretsu.address()")


def test_a_tie_opens_its_evidence(visit: Visit) -> None:
    """Clicked in the picture, a tie says who says so, how sure, when, and where it can be read."""
    page = visit.page
    a, b = spot(page, "alibaba"), spot(page, "bosch")
    for share in (0.5, 0.45, 0.55, 0.6, 0.4, 0.65):
        for aside in (0, 8, -8, 13, -13, 4, -4):
            length = ((b[0] - a[0]) ** 2 + (b[1] - a[1]) ** 2) ** 0.5
            across = (-(b[1] - a[1]) / length * aside, (b[0] - a[0]) / length * aside)
            page.mouse.move(a[0] + (b[0] - a[0]) * share + across[0], a[1] + (b[1] - a[1]) * share + across[1])
            page.wait_for_timeout(40)
            tip = page.locator(".tip")
            if tip.count() and "Bosch" in tip.inner_text() and "claim" in tip.inner_text():
                page.mouse.down()
                page.mouse.up()
                break
        else:
            continue
        break
    pane = page.locator(".pane")
    expect(pane.locator("article.tie h2")).to_contain_text("Bosch")
    for words in ("Bosch uses solutions of Alibaba", "Author of the margins article", "stated", "held", "published",
                  "characters 4364 to 4427", "by the rule"):  # fmt: skip
        expect(pane).to_contain_text(words)
    assert "chosen=tie:" in page.evaluate("window.keiretsu.address()")


def test_a_thing_shows_all_that_is_said_of_it(visit: Visit) -> None:
    """Facts by group, figures as charts, a timeline, aliases, conflicts side by side."""
    page = visit.page
    find(page, "Alibaba Group")
    pane = page.locator(".pane")
    expect(pane.locator(".names-line")).to_contain_text("阿里巴巴")
    chart = pane.locator(".figures figure", has_text="revenue").first
    expect(chart.locator("rect").nth(2)).to_be_visible()
    assert re.search(r"FY20\d\d", chart.locator("svg").get_attribute("aria-label") or "")

    pane.get_by_text(re.compile(r"^Timeline · \d+$")).click()
    days = pane.locator(".timeline time").evaluate_all("found => found.map(one => one.dateTime)")
    assert len(days) > 10
    assert days == sorted(days)

    pane.get_by_text(re.compile(r"^\d+ conflicts$")).click()
    sides = pane.locator(".dispute").first.locator(".sides > li")
    expect(sides.nth(1)).to_be_visible()


def test_a_claim_opens_by_itself(visit: Visit) -> None:
    """A claim has its own place, with the things that it names."""
    page = visit.page
    find(page, "Hanguang 800")
    page.locator(".claim").first.get_by_role("button", name=re.compile("^Open the claim")).click()

    expect(page.locator("article.one-claim")).to_contain_text("about")
    assert "chosen=claim:" in page.evaluate("window.keiretsu.address()")


def test_the_picture_is_walked_by_keys(visit: Visit) -> None:
    """Arrow keys go from thing to thing and say where one is, Enter expands, Escape lets go."""
    page = visit.page
    page.locator(".drawing").focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator(".pane h2")).to_have_text("Alibaba Group")
    page.keyboard.press("ArrowRight")
    expect(page.locator(".pane h2")).not_to_have_text("Alibaba Group")
    name = page.locator(".pane h2").inner_text()
    expect(page.locator("[role=status][aria-live]")).to_contain_text(name)
    page.locator(".drawing").focus()
    page.keyboard.press("Escape")
    expect(page.locator(".welcome")).to_be_visible()


def test_a_link_is_the_whole_view(visit: Visit, browser: Browser, seeds_page: Path) -> None:
    """The address opened elsewhere shows the same things at the same places, with the same choice and filter."""
    page = visit.page
    find(page, "Marriott")
    page.locator(".facet-row", has_text="People and voices").locator("input").uncheck()
    page.wait_for_timeout(400)
    told, state = page.locator(".told").inner_text(), "#" + page.evaluate("window.keiretsu.address()")
    scene = page.evaluate("window.keiretsu.scene()")

    other = Visit(browser, seeds_page, state=state)
    other.page.locator(".told").wait_for()
    assert other.page.locator(".told").inner_text() == told
    assert other.page.evaluate("window.keiretsu.scene()") == scene
    expect(other.page.locator(".pane h2")).to_have_text("Marriott")
    other.close()


def test_a_broken_link_shows_the_beginning(browser: Browser, seeds_page: Path) -> None:
    """Whatever stands in the address, the page opens and says nothing wrong."""
    for state in ("#show=%00%FF,<script>&at=zz.zz,~&chosen=entity:../../x&off=:::&asof=9999-99-99&pane=nowhere&ask=rm",
                  "#" + "a" * 9_000, "#show=nothing-like-it", "#chosen=tie:a~b~c&pick=-1"):  # fmt: skip
        opened = Visit(browser, seeds_page, state=state)
        opened.page.locator(".told").wait_for()
        opened.close()
