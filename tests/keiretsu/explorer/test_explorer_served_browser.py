"""The served explorer in a browser: it asks the server for what is in view, and shows the same."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from servers import serving
from visits import worth_hearing

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("default")]


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """A server of the bundled graph."""
    with serving("--log", "none") as at:
        yield at


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """The page, which must complain of nothing and ask nobody else."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    opened = context.new_page()
    complaints: list[str] = []
    opened.on("console", lambda message: complaints.extend(worth_hearing(message.text)))
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    asked: list[str] = []
    opened.on("request", lambda request: asked.append(request.url))
    opened.goto(f"{address}/explore")
    opened.locator(".told").wait_for()
    yield opened
    context.close()
    assert complaints == []
    assert [url for url in asked if not url.startswith((address, "data:", "blob:"))] == []


def test_things_come_as_they_are_wanted(page: Page) -> None:
    """Found, expanded and read as in a file."""
    page.fill("#search", "阿里云")
    page.locator("#search-list li").first.click()
    expect(page.locator(".pane h2")).to_have_text("Alibaba Cloud")
    before = page.locator(".told").inner_text()
    page.get_by_role("button", name="Expand", exact=True).click()
    expect(page.locator(".told")).not_to_have_text(before)
    expect(page.locator(".claim").first).to_be_visible()


def test_all_questions_can_be_asked(page: Page) -> None:
    """Those that a file cannot answer as well, with the command line beside the answer."""
    page.get_by_role("tab", name="Ask").click()
    questions = page.locator("select option").all_inner_texts()
    assert len(questions) > 20
    page.goto(page.url.partition("#")[0] + "#ask=partners&p.name=Bosch&pane=ask")
    page.reload()
    expect(page.locator(".pane")).to_contain_text("keiretsu partners Bosch")
    expect(page.locator(".pane")).to_contain_text("Internet of Things")


def test_the_same_path_as_in_a_file(page: Page) -> None:
    """A path is worked out by the server, and shown in the picture."""
    page.goto(page.url.partition("#")[0] + "#ask=path&p.start=NBA&p.end=Bosch&pane=ask")
    page.reload()
    expect(page.locator(".pane")).to_contain_text("NBA → Alibaba Group → Bosch")
    expect(page.locator(".pane")).to_contain_text("keiretsu path NBA Bosch")


def test_everything_is_shown_when_asked_for(page: Page) -> None:
    """The whole graph comes in one piece."""
    page.get_by_role("button", name="all", exact=True).click()
    expect(page.locator(".told")).to_contain_text("things,")
    assert int(page.locator(".told").inner_text().split(" ")[0].replace(",", "")) > 300


def test_a_server_that_is_gone_is_told(browser: Browser) -> None:
    """The page stays, and says in words what is wrong."""
    context = browser.new_context()
    page = context.new_page()
    with serving("--log", "none") as at:
        page.goto(f"{at}/explore")
        page.locator(".told").wait_for()
    page.fill("#search", "Bosch")
    expect(page.get_by_role("alert")).to_contain_text("the server does not answer")
    context.close()


def test_the_page_of_a_thing_leads_to_the_explorer(page: Page, address: str) -> None:
    """And back."""
    page.goto(f"{address}/entity/bosch")
    page.locator("a[href*='explore#']").first.click()
    expect(page.locator(".pane h2")).to_have_text("Bosch")
    page.get_by_role("link", name="Its page").click()
    expect(page.locator("h1")).to_have_text("Bosch")
