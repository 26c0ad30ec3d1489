"""Names, texts, links and addresses that mean harm, or that nobody had in mind, do nothing but stand there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from factories import a_statement, small_claims, small_dataset
from keiretsu.explorer import page
from keiretsu_graph.build import build
from keiretsu_graph.sqlite import SqliteView
from keiretsu_ontology.entities import Entity, Name
from visits import Visit

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("default")]
SCRIPT = "</script><img src=x onerror=alert(1)><script>alert(2)</script>"
NAMES = {
    "script": SCRIPT,
    "markup": "<b onmouseover=alert(3)>bold</b> &lt;i&gt; {{7*7}} ${alert(4)} `alert(5)`",
    "bidi": "\u202egnab\u202c \u2067ישראל\u2069 \u200f!",
    "long": "W" * 10_000,
    "words": "Very long name of many words " * 300,
    "proto": "__proto__",
    "lines": "two\u2028lines\u2029and\ttabs",
    "astral": "𠮷野家 👩‍👩‍👧‍👦 \u0301\u0301\u0301 ﷽",
    "formula": "=HYPERLINK(0)",
}


@pytest.fixture(scope="module")
def hostile_page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A graph in which every name, text, title and address means harm."""
    folder = tmp_path_factory.mktemp("hostile")
    odd = [Entity(slug, "company", name, (Name(name, "en", preferred=True),), description=name)
           for slug, name in NAMES.items()]  # fmt: skip
    claims = [a_statement(f"bad-{slug}", slug, "partner_of", "north", text=name) for slug, name in NAMES.items()]
    claims += [a_statement(f"one-{slug}", slug, "competitor_of", "script", text=name, modality="forecast")
               for slug, name in NAMES.items() if slug != "script"]  # fmt: skip
    dataset = small_dataset([*small_claims(), *claims])
    sources = tuple(replace(source, url="javascript:alert(6)", title=SCRIPT) for source in dataset.sources)
    entities = tuple(sorted((*dataset.entities, *odd), key=lambda entity: entity.id))
    made = build(replace(dataset, entities=entities, sources=sources, title=SCRIPT), folder / "out")
    file = folder / "page.html"
    file.write_text(page(SqliteView.open(made.sqlite)), encoding="utf-8")
    return file


@pytest.fixture
def hostile(browser: Browser, hostile_page: Path) -> Iterator[Visit]:
    """The page of it, open on everything."""
    visit = Visit(browser, hostile_page, state="#show=*")
    visit.page.locator(".told").wait_for()
    yield visit
    assert (
        visit.page.evaluate("document.querySelectorAll('img, iframe, object, a[href^=\"javascript\" i]').length") == 0
    )
    assert visit.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    visit.close()


def test_the_title_is_text(hostile: Visit) -> None:
    """The title of the graph stands in the page as it is."""
    expect(hostile.page.locator("h1")).to_have_text(SCRIPT)
    assert hostile.page.title().startswith("</script>")


@pytest.mark.parametrize("slug", NAMES)
def test_a_name_is_text_everywhere(browser: Browser, hostile_page: Path, slug: str) -> None:
    """In the details, in every pane, in what is found, in the menu, at 390 pixels: shown whole, doing nothing."""
    visit = Visit(browser, hostile_page, width=390, height=844, state=f"#show=north,script,{slug}&chosen=entity:{slug}")
    page = visit.page
    expect(page.locator(".pane h2")).to_have_text(NAMES[slug].strip())
    for tab in page.get_by_role("tab").all():
        tab.click()
        page.wait_for_timeout(120)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.fill("#search", NAMES[slug].strip()[:40])
    expect(page.locator("#search-list li").first).to_be_visible()
    assert page.evaluate("document.querySelectorAll('img, a[href^=\"javascript\" i]').length") == 0
    page.keyboard.press("Escape")
    place = page.evaluate("slug => window.keiretsu.where(slug)", slug)
    page.evaluate("scrollTo(0, 0)")
    page.mouse.click(place["x"], place["y"], button="right")
    expect(page.get_by_role("menu")).to_be_visible()
    page.keyboard.press("Escape")
    visit.close()


def test_a_script_is_no_link(hostile: Visit) -> None:
    """A source whose address is a script is text alone."""
    page = hostile.page
    page.get_by_role("tab", name="Evidence").click()
    expect(page.locator(".evidence section").first).to_contain_text(SCRIPT)
    assert page.locator(".evidence a").count() == 0


def test_what_is_typed_is_only_looked_up(hostile: Visit) -> None:
    """Whatever is typed into a box is no pattern, no query and no markup."""
    page = hostile.page
    for text in (SCRIPT, "(((", "[a-", "\\", "%_%", "'; DROP TABLE names; --", "?x . }", "a" * 5_000, "\u202e", "𠮷"):
        page.fill("#search", text)
        page.wait_for_timeout(80)
        page.keyboard.press("Enter")
    page.get_by_role("tab", name="Table").click()
    page.get_by_role("searchbox", name="Only rows").first.fill("((( [a- \\")
    expect(page.locator(".pane")).to_contain_text("No row has that")


@pytest.mark.parametrize(
    "state",
    [
        "show=<img src=x onerror=alert(7)>&chosen=entity:<script>",
        "chosen=entity:__proto__",
        "chosen=entity:constructor",
        "show=__proto__,constructor",
        "ask=__proto__&p.__proto__=x",
        "ask=path&p.start=%3Cscript%3E&p.end=north",
        "ask=depends&p.name=constructor",
        "view=__proto__&step=99",
        "query=DROP&pane=sparql",
        "at=" + "zzzz." * 3_000,
        "off=" + "family:x," * 2_000,
        "show=" + "a," * 20_000,
    ],
)
def test_an_address_is_only_looked_up(browser: Browser, hostile_page: Path, state: str) -> None:
    """Whatever stands in the address, the page comes up and nothing runs."""
    visit = Visit(browser, hostile_page, state=f"#{state}")
    visit.page.locator(".told").wait_for()
    assert visit.page.evaluate("document.querySelectorAll('img').length") == 0
    visit.close()
