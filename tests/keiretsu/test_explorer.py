"""The explorer, by looking into it and by clicking and typing as a person would."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from factories import a_statement, small_claims, small_dataset
from keiretsu.explorer import page
from keiretsu_graph.build import build
from keiretsu_graph.sqlite import SqliteView
from keiretsu_loaders import SourceTexts
from keiretsu_ontology.entities import Entity, Name
from visits import Visit

HOSTILE = "</script><img src=x onerror=alert(1)><script>alert(2)</script>" + "W" * 230


def test_the_page_allows_only_itself(small_view: SqliteView) -> None:
    """Script and style are allowed by their digests, and nothing else at all."""
    html = page(small_view)

    policy = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', html)[0].replace("&#x27;", "'")
    for tag in ("script", "style"):
        (text,) = re.findall(rf"<{tag}>(.*?)</{tag}>", html, re.DOTALL)
        assert f"{tag}-src 'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'" in policy
    assert policy.startswith("default-src 'none'")
    assert not re.findall(r"""(?:src|href)\s*=\s*["']?(?:https?:)?//""", html)


def test_the_same_facts_make_the_same_page(small_view: SqliteView) -> None:
    """Two pages of one graph are equal."""
    assert page(small_view) == page(small_view)


def test_the_data_is_inert(small_view: SqliteView) -> None:
    """No name can end the element that the data stands in."""
    (data,) = re.findall(r'id="graph">(.*?)</script>', page(small_view), re.DOTALL)

    assert not set("<>&") & set(data)
    assert len(json.loads(data)["nodes"]) == 11


def test_words_are_shown_only_where_the_text_lies(small_view: SqliteView, tmp_path: Path) -> None:
    """Without the text there are only places; with it, the words at them."""
    from factories import TEXT

    (tmp_path / "paper.txt").write_text(TEXT, encoding="utf-8")

    assert "The chip Spark" not in page(small_view)
    assert "The chip Spark" in page(small_view, texts=SourceTexts([tmp_path]))


@pytest.fixture(scope="module")
def seeds_page(seeds: SqliteView, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The explorer of the bundled graph."""
    file = tmp_path_factory.mktemp("page") / "explorer.html"
    file.write_text(page(seeds), encoding="utf-8")
    return file


@pytest.fixture
def visit(browser: Browser, seeds_page: Path) -> Iterator[Visit]:
    """The explorer of the bundled graph, open."""
    opened = Visit(browser, seeds_page)
    yield opened
    opened.close()


pytestmark = pytest.mark.filterwarnings("default")


@pytest.mark.browser
@pytest.mark.parametrize("text", ["Bosch", "bosh", "BOSCH"])
def test_searching_flies_to_a_thing(visit: Visit, text: str) -> None:
    """A name, a slip of it, another case: Enter opens its facts."""
    visit.page.keyboard.press("/")
    visit.page.keyboard.type(text)
    visit.page.keyboard.press("Enter")

    expect(visit.page.locator("#pane-details h2")).to_have_text("Bosch")
    expect(visit.page.locator(".node.chosen text")).to_have_text("Bosch")
    expect(visit.page.locator("#live")).to_contain_text("Bosch")


@pytest.mark.browser
def test_chinese_names_are_found(visit: Visit) -> None:
    """阿里巴巴 leads to Alibaba; nonsense leads nowhere and says so."""
    visit.page.fill("#search", "阿里巴巴")
    visit.page.locator("#found li").first.click()
    expect(visit.page.locator("#pane-details h2")).to_have_text("Alibaba Group")

    visit.page.fill("#search", "qqqqqq")
    expect(visit.page.locator("#found")).to_have_text("nothing has such a name")


@pytest.mark.browser
def test_a_thing_shows_its_claims(visit: Visit) -> None:
    """Clicked in the picture, a thing shows who says what of it, how sure, and where."""
    visit.page.fill("#search", "Hanguang 800")
    visit.page.keyboard.press("Enter")

    pane = visit.page.locator("#pane-details")
    for words in ("T-Head", "AI inference", "Mixture of Experts", "Author of the margins article", "stated",
                  "characters 6958 to 7069", "text not here", "t-head-hanguang"):  # fmt: skip
        expect(pane).to_contain_text(words)


@pytest.mark.browser
def test_a_tie_opens_its_evidence(visit: Visit) -> None:
    """Clicked in the picture, a tie says who says so, when, how sure, by which rule, and where."""
    visit.page.fill("#search", "NBA")
    visit.page.keyboard.press("Enter")
    ties = visit.page.locator(".tie.near .reach")
    assert ties.count() == len({ties.nth(i).get_attribute("d") for i in range(ties.count())}) >= 2

    box = _middle(visit, ".tie.near .reach")
    visit.page.mouse.click(*box)

    pane = visit.page.locator("#pane-details")
    for words in ("content optimisation", "Author of the margins article", "by the rule", "stated", "characters"):
        expect(pane).to_contain_text(words)
    expect(visit.page.locator(".tie.chosen")).to_have_count(1)


def _middle(visit: Visit, selector: str) -> tuple[float, float]:
    """Return a point on the screen in the middle of a path."""
    x, y = visit.page.evaluate(
        """(selector) => { const path = document.querySelector(selector), m = path.getScreenCTM(),
        p = path.getPointAtLength(path.getTotalLength() / 2).matrixTransform(m); return [p.x, p.y]; }""",
        selector,
    )
    return float(x), float(y)


@pytest.mark.browser
def test_the_legend_filters(visit: Visit) -> None:
    """A box taken out of the legend takes its things out of the picture, with the count beside it."""
    before = visit.page.locator(".node").count()
    label = visit.page.locator("#families label", has_text="Products")
    label.locator("input").uncheck()

    assert visit.page.locator(".node").count() < before
    assert visit.page.locator(".node .shape.product").count() == 0
    label.locator("input").check()
    assert visit.page.locator(".node").count() == before
    assert int(label.locator(".count").inner_text()) > 10


@pytest.mark.browser
def test_the_table_has_everything_and_sorts(visit: Visit) -> None:
    """The table holds the ties in view and every claim; a heading sorts, a word filters."""
    visit.page.click("#tab-table")
    rows = visit.page.locator("#pane-table tbody tr")
    assert rows.count() == visit.page.locator(".tie").count()

    first = rows.first.inner_text()
    visit.page.locator("#pane-table th button").first.click()
    assert rows.first.inner_text() != first
    visit.page.get_by_role("button", name="All claims").click()
    assert rows.count() == len(json.loads(visit.page.locator("#graph").inner_text())["claims"])
    visit.page.fill("#pane-table .filter", "34.81")
    assert 0 < rows.count() < 5


@pytest.mark.browser
def test_conflicts_stand_side_by_side(visit: Visit) -> None:
    """Each conflict shows all its sides with their speakers."""
    visit.page.click("#tab-conflicts")

    conflict = visit.page.locator("#conflict-net-income-trend")
    expect(conflict.locator(".claim")).to_have_count(2)
    expect(conflict).to_contain_text("one says up where another says down or flat")


@pytest.mark.browser
def test_the_keyboard_is_enough(visit: Visit) -> None:
    """Arrows walk from thing to thing, Enter goes to the details, tabs follow the arrow keys."""
    visit.page.focus("#drawing")
    visit.page.keyboard.press("ArrowRight")
    expect(visit.page.locator("#pane-details h2")).to_have_text("Alibaba Group")
    visit.page.keyboard.press("ArrowDown")
    expect(visit.page.locator("#pane-details h2")).not_to_have_text("Alibaba Group")
    visit.page.keyboard.press("Enter")
    assert visit.page.evaluate("document.activeElement.id") == "panel"
    visit.page.focus("#tab-details")
    visit.page.keyboard.press("ArrowRight")
    expect(visit.page.locator("#pane-table")).to_be_visible()


@pytest.mark.browser
def test_the_address_keeps_what_is_chosen(browser: Browser, seeds_page: Path) -> None:
    """A link opens at a thing, and back leads back; what the address holds is only looked up."""
    visit = Visit(browser, seeds_page, state="#entity=marriott")
    expect(visit.page.locator("#pane-details h2")).to_have_text("Marriott")
    visit.page.locator("#pane-details .link", has_text="Alibaba Group").first.click()
    expect(visit.page.locator("#pane-details h2")).to_have_text("Alibaba Group")
    visit.page.go_back()
    expect(visit.page.locator("#pane-details h2")).to_have_text("Marriott")
    visit.close()

    hostile = Visit(browser, seeds_page, state="#entity=<img src=x onerror=alert(1)>&tab=table")
    expect(hostile.page.locator("#pane-table")).to_be_visible()
    hostile.close()


@pytest.mark.browser
def test_a_narrow_screen_has_room(browser: Browser, seeds_page: Path) -> None:
    """At 390 pixels nothing sticks out to the side, and the details stand below."""
    visit = Visit(browser, seeds_page, width=390, height=800, state="#entity=alibaba")

    assert visit.page.evaluate("document.documentElement.scrollWidth") <= 390
    assert visit.page.locator("#panel").bounding_box()["y"] > 300  # type: ignore[index]
    visit.close()


@pytest.mark.browser
def test_hostile_names_stay_text(browser: Browser, tmp_path: Path) -> None:
    """Markup in names and texts, and a link that is a script, are shown and do nothing."""
    odd = Entity("odd", "company", HOSTILE, (Name(HOSTILE, "en", preferred=True),), description=HOSTILE)
    dataset = small_dataset([*small_claims(), a_statement("bad", "odd", "partner_of", "north", text=HOSTILE)])
    sources = tuple(replace(source, url="javascript:alert(3)", title=HOSTILE) for source in dataset.sources)
    entities = tuple(sorted((*dataset.entities, odd), key=lambda entity: entity.id))
    made = build(replace(dataset, entities=entities, sources=sources, title=HOSTILE), tmp_path / "out")
    file = tmp_path / "page.html"
    file.write_text(page(SqliteView.open(made.sqlite)), encoding="utf-8")

    visit = Visit(browser, file, width=390, height=800, state="#entity=odd")
    expect(visit.page.locator("#pane-details h2")).to_have_text(HOSTILE)
    for tab in ("table", "conflicts", "details"):
        visit.page.click(f"#tab-{tab}")
    assert visit.page.evaluate("document.querySelectorAll('img, a[href^=\"javascript\" i]').length") == 0
    assert visit.page.evaluate("document.documentElement.scrollWidth") <= 390
    visit.close()
