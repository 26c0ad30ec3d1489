"""Sharing a view by clicking as a person would: its link, its files, its frame, its paper, its colours."""

from __future__ import annotations

import csv
import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from playwright.sync_api import Browser, Page, expect

from factories import a_statement, small_claims, small_dataset
from keiretsu.explorer import page as page_of
from keiretsu_graph.build import build
from keiretsu_graph.sqlite import SqliteView
from keiretsu_ontology.entities import Entity, Name
from visits import Visit

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("default")]

FORMULA = "=HYPERLINK(\"javascript:alert(1)\",\"a, b\")"  # fmt: skip
MARKUP = "</text><script>alert(2)</script>\u202egnp.exe & 'co'" + "W" * 10_000
SVG = "{http://www.w3.org/2000/svg}"
GEXF = "{http://gexf.net/1.3}"


@pytest.fixture(scope="module")
def hostile_page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The explorer of a graph whose names are formulas and markup, open on all of it."""
    names = {"formula": FORMULA, "plus": "+1", "minus": "-1", "at": "@SUM(A1)", "markup": MARKUP, "wide": "＝1"}
    odd = [Entity(slug, "company", name, (Name(name, "en", preferred=True),)) for slug, name in names.items()]
    claims = [a_statement(f"{slug}-is", slug, "partner_of", "north") for slug in names]
    dataset = small_dataset([*small_claims(), *claims])
    entities = tuple(sorted((*dataset.entities, *odd), key=lambda entity: entity.id))
    folder = tmp_path_factory.mktemp("hostile")
    made = build(replace(dataset, entities=entities, title=f"{MARKUP[:40]}/../{FORMULA}"), folder / "out")
    file = folder / "page & <b>.html"
    file.write_text(page_of(SqliteView.open(made.sqlite), focus="north", depth=1), encoding="utf-8")
    return file


@pytest.fixture
def shared(browser: Browser, seeds_page: Path) -> Iterator[Visit]:
    """The bundled graph with Alibaba chosen, people filtered out and a day set, open where it can be shared."""
    yield from _opened(browser, seeds_page, "#chosen=entity:alibaba&off=family:person&asof=2025-11-01&pane=share")


@pytest.fixture
def hostile(browser: Browser, hostile_page: Path) -> Iterator[Visit]:
    """The hostile graph, open where it can be shared."""
    yield from _opened(browser, hostile_page, "#pane=share")


def _opened(browser: Browser, file: Path, state: str) -> Iterator[Visit]:
    opened = Visit(browser, file, state=state)
    opened.context.grant_permissions(["clipboard-read", "clipboard-write"])
    expect(opened.page.get_by_role("heading", name="Share this view")).to_be_visible()
    yield opened
    opened.requests = [url for url in opened.requests if not url.startswith("blob:")]  # files that were saved
    opened.close()


def saved(page: Page, name: str, folder: Path) -> Path:
    """Return the file that a button of the pane saves."""
    with page.expect_download() as download:
        page.get_by_role("button", name=name, exact=True).click()
    expect(page.locator("[role=status][aria-live]")).to_contain_text(name)
    assert re.fullmatch(r"keiretsu-[a-z0-9-]+\.[a-z]+", download.value.suggested_filename)
    file = folder / download.value.suggested_filename
    download.value.save_as(file)
    return file


def tree(file: Path) -> ET.Element:
    """Return the root of a document that the page has made."""
    return ET.parse(file).getroot()  # noqa: S314  # our own


def scene(page: Page) -> dict[str, Any]:
    """Return what is in view, as other programs have it."""
    found: dict[str, Any] = page.evaluate("window.keiretsu.scene()")
    return found


def rows(file: Path) -> list[dict[str, str]]:
    """Return the rows of a file of comma-separated values."""
    with file.open(encoding="utf-8-sig", newline="") as text:
        return list(csv.DictReader(text))


def test_the_link_opens_the_same_view(browser: Browser, shared: Visit) -> None:
    """What was copied shows somebody else the same things at the same places, the same choice, day and filter."""
    shared.page.get_by_role("button", name="Copy link").click()
    expect(shared.page.locator(".copied").first).to_contain_text("copied")
    link = shared.page.evaluate("navigator.clipboard.readText()")

    other = browser.new_page()
    other.goto(link)
    expect(other.locator(".pane h2")).to_have_text("Alibaba Group")
    here, there = scene(shared.page), scene(other)
    other.close()
    assert there == here
    assert here["shown"]
    assert here["places"]
    assert (here["chosen"], here["asOf"]) == ("entity:alibaba", "2025-11-01")
    assert "family:person" in here["off"]


def test_a_file_says_that_its_link_needs_the_file(shared: Visit, seeds_page: Path) -> None:
    """Who shares a link of a file is told what the other one must have."""
    expect(shared.page.locator(".share")).to_contain_text("needs the same file, explorer.html")
    assert seeds_page.name == "explorer.html"


def test_without_leave_to_copy_the_text_is_selected(shared: Visit) -> None:
    """A browser that lets no page copy leaves the link selected, and the person is told the keys."""
    shared.page.evaluate(
        "navigator.clipboard.writeText = () => Promise.reject(new Error()); document.execCommand = () => false"
    )
    shared.page.get_by_role("button", name="Copy link").click()

    expect(shared.page.locator(".copied").first).to_contain_text("press Ctrl C")
    selected = shared.page.evaluate("const f = document.activeElement; f.value.slice(f.selectionStart, f.selectionEnd)")
    assert selected == shared.page.get_by_label("Link to this view").input_value()


def test_the_picture_is_saved_at_twice_its_size(shared: Visit, tmp_path: Path) -> None:
    """A PNG with two pixels for each of the screen, and more than paper in it."""
    file = saved(shared.page, "PNG", tmp_path)

    raw, box = file.read_bytes(), shared.page.locator(".drawing").bounding_box()
    assert box
    assert raw[:8] == b"\x89PNG\r\n\x1a\n"
    size = int.from_bytes(raw[16:20], "big"), int.from_bytes(raw[20:24], "big")
    assert size == (round(box["width"]) * 2, round(box["height"]) * 2)
    assert len(raw) > 20_000


def test_the_drawing_holds_every_name_as_text(shared: Visit, tmp_path: Path) -> None:
    """An SVG with a sign and a name for each thing, a line for each tie, title, legend and the facts' digest."""
    file = saved(shared.page, "SVG", tmp_path)
    view = json.loads(saved(shared.page, "JSON", tmp_path).read_text(encoding="utf-8"))

    root = tree(file)
    titles = [element.text for element in root.iter(f"{SVG}title")]
    words = {"".join(element.itertext()) for element in root.iter(f"{SVG}text")}
    assert {thing["name"] for thing in view["things"]} <= set(titles)
    assert len(titles) == 1 + len(view["things"]) + len(view["ties"])
    assert {"Alibaba and its ecosystem", "Organisations", "several sources", "disputed"} <= words
    assert any(f"built from {view['digest']}" in text for text in words)
    assert any("as it was on 2025-11-01" in text for text in words)
    assert all(float(element.get("r", 0)) > 0 for element in root.iter(f"{SVG}circle"))


def test_hostile_names_stay_text_in_a_drawing(hostile: Visit, tmp_path: Path) -> None:
    """No script, no link, no attribute that runs: the names are there whole, as text, and what is too long is cut."""
    file = saved(hostile.page, "SVG", tmp_path)

    root = tree(file)
    assert {element.tag.removeprefix(SVG) for element in root.iter()} <= {
        "svg", "title", "desc", "rect", "text", "tspan", "defs", "clipPath", "g", "path", "polygon", "circle"
    }  # fmt: skip
    assert not [name for element in root.iter() for name in element.attrib if name.startswith("on") or "href" in name]
    assert {MARKUP, FORMULA} <= {element.text for element in root.iter(f"{SVG}title")}
    assert max(len("".join(element.itertext())) for element in root.iter(f"{SVG}text")) < 500


def test_the_tables_are_saved_as_they_are_shown(shared: Visit, tmp_path: Path) -> None:
    """A file of ties has the columns and as many rows as the table on the page; a file of things too."""
    ties, things = saved(shared.page, "Ties as CSV", tmp_path), saved(shared.page, "Things as CSV", tmp_path)
    shared.page.get_by_role("tab", name="Table").click()
    labels = [text.strip(" ▴▾▲▼↑↓") for text in shared.page.locator(".scroller th").all_inner_texts()]
    told = shared.page.locator(".narrow [role=status]")

    found = rows(ties)
    assert list(found[0]) == labels
    expect(told).to_have_text(f"{len(found)} rows")
    assert any(row["Subject"] == "Alibaba Group" for row in found)
    shared.page.get_by_role("button", name="Things", exact=True).click()
    expect(told).to_have_text(f"{len(rows(things))} rows")
    assert b"\r\n" in ties.read_bytes()


def test_no_cell_is_a_formula(hostile: Visit, tmp_path: Path) -> None:
    """What a spreadsheet would work out stands behind an apostrophe; commas, quotes and markup come back whole."""
    names = {row["Name"] for row in rows(saved(hostile.page, "Things as CSV", tmp_path))}
    subjects = {row["Subject"] for row in rows(saved(hostile.page, "Ties as CSV", tmp_path))}

    assert {f"'{FORMULA}", "'+1", "'-1", "'@SUM(A1)", "'＝1", MARKUP} <= names
    assert f"'{FORMULA}" in subjects
    assert not [cell for cell in names | subjects if cell[:1] in "=+-@\t"]


def test_a_program_has_the_view_with_its_evidence(shared: Visit, tmp_path: Path) -> None:
    """JSON holds the ids of what is in view, every claim in words with its source, and the address."""
    view = json.loads(saved(shared.page, "JSON", tmp_path).read_text(encoding="utf-8"))

    things, claims = {thing["id"] for thing in view["things"]}, {claim["id"]: claim for claim in view["claims"]}
    assert things <= set(scene(shared.page)["shown"])
    assert "alibaba" in things
    assert all({tie["subject"], tie["object"]} <= things for tie in view["ties"])
    assert {claim for tie in view["ties"] for claim in tie["claims"]} == set(claims)
    assert all(claim["text"] and claim["speaker"]["name"] for claim in claims.values())
    assert all(view["sources"][claim["source"]]["title"] for claim in claims.values())
    assert (view["as_of"], view["known_by"]) == ("2025-11-01", None)
    assert "file:" not in json.dumps(view["address"])
    assert "pane=share" not in view["address"]


def test_gephi_and_networkx_have_the_graph(shared: Visit, tmp_path: Path) -> None:
    """GEXF holds each thing and each tie once, with kinds, relations, colours, places and the days of the ties."""
    file = saved(shared.page, "GEXF", tmp_path)
    view = json.loads(saved(shared.page, "JSON", tmp_path).read_text(encoding="utf-8"))

    graph = nx.read_gexf(file)
    assert (graph.number_of_nodes(), graph.number_of_edges()) == (len(view["things"]), len(view["ties"]))
    assert graph.nodes["alibaba"]["label"] == "Alibaba Group"
    assert graph.nodes["alibaba"]["kind"] == "company"
    assert set(graph.nodes["alibaba"]["viz"]) >= {"color", "position", "size"}
    assert {data["relation"] for _, _, data in graph.edges(data=True)} == {tie["label"] for tie in view["ties"]}
    spells = [spell.attrib for spell in tree(file).iter(f"{GEXF}spell")]
    assert spells
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\d", day) for spell in spells for day in spell.values())
    assert all(spell.get("start", "2025-11-01") <= "2025-11-01" for spell in spells)


def test_hostile_names_stay_text_in_gexf(hostile: Visit, tmp_path: Path) -> None:
    """The labels are the names, whatever stands in them."""
    graph = nx.read_gexf(saved(hostile.page, "GEXF", tmp_path))

    assert {graph.nodes[slug]["label"] for slug in ("formula", "markup")} == {FORMULA, MARKUP}


def test_the_frame_shows_the_picture_alone(browser: Browser, hostile: Visit, hostile_page: Path) -> None:
    """The frame names the file without its folder; in another page it shows picture, legend, title and a way out."""
    hostile.page.get_by_role("button", name="Copy frame").click()
    frame = hostile.page.evaluate("navigator.clipboard.readText()")
    title = re.search(r' title="([^"]*)"', frame)
    assert title
    assert unescape(title[1]).startswith("</text><script>")
    assert "<script" not in frame
    assert str(hostile_page.parent) not in frame

    around = hostile_page.parent / "around.html"
    around.write_text(f"<!doctype html><meta charset=utf-8><title>x</title>{frame}", encoding="utf-8")
    other = browser.new_page()
    other.goto(around.as_uri())
    inner = other.frame_locator("iframe")
    expect(inner.locator(".signs")).to_contain_text("Organisations")
    expect(inner.locator(".foot")).to_contain_text("1 source")
    for gone in (".bar", ".filter", ".panel", ".time"):
        expect(inner.locator(gone)).to_have_count(0)
    with other.expect_popup() as popup:
        inner.get_by_role("link", name="Open in full").click()
    expect(popup.value.locator(".bar")).to_be_visible()
    assert "embed" not in popup.value.url
    popup.value.close()
    other.close()


def test_the_colours_go_from_the_system_to_light_and_dark(browser: Browser, seeds_page: Path, shared: Visit) -> None:
    """Each press is another; dark is dark, the address keeps it, and undo leaves it alone."""
    colours = shared.page.get_by_role("button", name=re.compile("^Colours"))
    expect(colours).to_have_accessible_name("Colours: as the system")
    ground = "getComputedStyle(document.body).backgroundColor"
    light = shared.page.evaluate(ground)

    colours.click()
    expect(colours).to_have_accessible_name("Colours: light")
    shared.page.locator("label", has_text="Products").first.click()
    colours.click()
    expect(colours).to_have_accessible_name("Colours: dark")
    dark = shared.page.evaluate(ground)
    shared.page.get_by_role("button", name="Undo").click()

    assert light == "rgb(255, 255, 255)"
    assert dark == "rgb(17, 22, 29)"
    expect(colours).to_have_accessible_name("Colours: dark")
    expect(shared.page).to_have_url(re.compile("theme=dark"))
    assert shared.page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]") == [0, 0, ""]
    other = Visit(browser, seeds_page, state="#theme=dark")
    expect(other.page.get_by_role("button", name="Colours: dark")).to_be_visible()
    assert other.page.evaluate(ground) == dark
    other.close()


def test_paper_has_title_picture_legend_and_evidence(shared: Visit) -> None:
    """Printing puts an image of the picture in light colours and every claim in view on paper, and then goes back."""
    page = shared.page
    page.get_by_role("button", name=re.compile("^Colours")).click(click_count=2)
    page.evaluate("window.print = () => { document.body.dataset.asked = 'yes' }")
    page.get_by_role("button", name="Print the view").click()
    expect(page.locator("body[data-asked=yes]")).to_have_count(1)
    page.emulate_media(media="print")

    sheet = page.locator(".printed")
    expect(sheet.get_by_role("heading", name="Alibaba and its ecosystem")).to_be_visible()
    expect(sheet.get_by_role("img")).to_be_visible()
    assert page.evaluate("document.querySelector('.printed img').naturalWidth") > 800
    assert page.evaluate("document.documentElement.dataset.theme") == "light"
    expect(sheet.locator(".signs")).to_contain_text("Organisations")
    assert sheet.locator(".evidence li").count() >= sheet.locator(".evidence section").count() > 5
    for gone in (".bar", ".filter", ".canvas", ".panel", ".foot"):
        expect(page.locator(gone).first).not_to_be_visible()
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    expect(sheet).to_have_count(0)
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"


def test_the_menu_of_the_browser_prints_the_picture_too(visit: Visit) -> None:
    """Without our button the picture stands on the first page as an image."""
    assert re.search(rb"/Subtype\s*/Image", visit.page.pdf())


def test_the_licences_can_be_read(shared: Visit) -> None:
    """The foot opens the texts of all that is bundled."""
    shared.page.get_by_role("button", name="Licences").click()

    box = shared.page.get_by_role("dialog", name="Licences")
    expect(box).to_contain_text("preact")
    expect(box).to_contain_text("THE SOFTWARE IS PROVIDED")
    box.get_by_role("button", name="Close").click()
    expect(box).not_to_be_visible()


def test_it_can_be_shared_on_a_narrow_screen(browser: Browser, seeds_page: Path) -> None:
    """At the width of a telephone nothing sticks out, and every button is there."""
    narrow = Visit(browser, seeds_page, width=390, height=844, state="#pane=share")
    expect(narrow.page.get_by_role("button", name="GEXF")).to_be_visible()

    assert narrow.page.evaluate("document.documentElement.scrollWidth") == 390
    narrow.close()
