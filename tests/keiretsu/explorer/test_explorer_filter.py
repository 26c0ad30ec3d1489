"""The legend that is the filter, the clocks under the picture, and the tables, the evidence and the conflicts."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from keiretsu_graph.sqlite import SqliteView
from keiretsu_graph.view import TieFilter
from keiretsu_queries.questions import QUESTIONS
from visits import Visit

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("default")]


def ties_in_view(page: Page) -> int:
    """Return how many ties the page says are drawn."""
    found = re.search(r"([\d,]+) ties?$", page.locator(".told").inner_text())
    assert found
    return int(found[1].replace(",", ""))


def test_the_legend_counts_what_is_in_view(visit: Visit) -> None:
    """Each row has its count, and the families together are all things in view."""
    rows = visit.page.locator(".facet").first.locator(".count").all_inner_texts()
    total = int(visit.page.locator(".told").inner_text().split(" ")[0])
    assert sum(int(row) for row in rows) == total


def test_a_tick_taken_away_takes_it_out_of_the_picture(visit: Visit) -> None:
    """People leave with their ties; the count stays; undo brings them back."""
    page = visit.page
    row = page.locator(".facet-row", has_text="People and voices")
    people, before = int(row.locator(".count").inner_text()), ties_in_view(page)
    things = int(page.locator(".told").inner_text().split(" ")[0])
    row.locator("input").uncheck()

    expect(page.locator(".told")).to_contain_text(f"{things - people} of")
    assert ties_in_view(page) < before
    assert row.locator(".count").inner_text() == str(people)
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".told")).to_contain_text(f"{things} of")


def test_only_one_row_and_all_again(visit: Visit) -> None:
    """`only` leaves one row of a facet, once more it brings the others back."""
    page = visit.page
    before = ties_in_view(page)
    row = page.locator(".facet-row", has_text="Partners and customers")
    row.hover()
    row.get_by_role("button", name=re.compile("^Only")).click()
    count = int(row.locator(".count").inner_text())
    assert 0 < ties_in_view(page) <= count < before
    row.get_by_role("button", name=re.compile("^Only")).click()
    assert ties_in_view(page) == before


def test_kinds_and_relations_unfold(visit: Visit) -> None:
    """A family has its kinds, a group its relations, each a filter of its own."""
    page = visit.page
    page.get_by_role("button", name="Unfold Organisations").click()
    inner = page.locator(".parts .facet-row", has_text="companies")
    before = int(page.locator(".told").inner_text().split(" ")[0])
    inner.locator("input").uncheck()

    expect(page.locator(".told")).to_contain_text(f"{before - int(inner.locator('.count').inner_text())} of")


@pytest.mark.parametrize(("facet", "address"), [("Speakers", "speaker"), ("Sources", "source"), ("Roles", "role")])
def test_who_says_it_filters(visit: Visit, facet: str, address: str) -> None:
    """A speaker, a source and a role can be left out, by name; the link carries it."""
    page = visit.page
    before = ties_in_view(page)
    page.locator(".facet summary", has_text=facet).click()
    page.locator(".facet[open] .facet-row").first.locator("input").uncheck()

    assert ties_in_view(page) < before
    assert re.search(rf"off=[^&]*{address}:", page.evaluate("window.keiretsu.address()"))


def test_what_follows_from_several_is_shown_when_asked_for(visit: Visit) -> None:
    """Ties that follow from several claims are off at first and marked by their rule."""
    page = visit.page
    before = ties_in_view(page)
    page.locator(".facet-row", has_text="from several claims").locator("input").check()
    assert ties_in_view(page) > before


@pytest.mark.parametrize("clock", ["asof", "knownby"])
@pytest.mark.parametrize("day", ["2019-06-30", "2025-07-01", "2025-11-25"])
def test_the_clocks_agree_with_the_command_line(
    browser: Browser, seeds_page: Path, seeds: SqliteView, clock: str, day: str
) -> None:
    """A day in the picture leaves the ties that --as-of or --known-by leaves, no other."""
    visit = Visit(browser, seeds_page, state=f"#show=*&on=group:remarks,manner:several&pane=table&{clock}={day}")
    rows = visit.page.locator(".narrow [role=status]").inner_text()
    visit.close()

    then = date.fromisoformat(day)
    where = TieFilter(factual=None, as_of=then) if clock == "asof" else TieFilter(factual=None, known_by=then)
    wanted = {(tie.subject, tie.relation, tie.object) for tie in seeds.ties(where) if tie.subject != tie.object}
    assert int(re.sub(r"\D", "", rows)) == len(wanted)


def test_the_slider_goes_through_time(visit: Visit) -> None:
    """By the keyboard the slider moves; the day is told; `All times` shows everything again; undo takes it back."""
    page = visit.page
    before = ties_in_view(page)
    slider = page.get_by_role("slider", name="as it was on")
    slider.focus()
    for _ in range(6):
        page.keyboard.press("PageDown")
    expect(page.locator(".time output")).to_contain_text(re.compile(r"as it was on \d{4}-\d\d-\d\d"))
    assert ties_in_view(page) < before
    page.get_by_role("button", name="All times").click()
    assert ties_in_view(page) == before
    page.get_by_role("button", name="Undo").click()
    assert ties_in_view(page) < before


def test_time_plays(visit: Visit) -> None:
    """Play goes on by itself and can be stopped."""
    page = visit.page
    page.get_by_role("button", name="Play through time").click()
    expect(page.locator(".time output")).to_contain_text("as it was on")
    first = page.locator(".time output").inner_text()
    expect(page.locator(".time output")).not_to_have_text(first, timeout=4_000)
    page.get_by_role("button", name="Stop").click()


def test_everything_drawn_is_in_the_table(visit: Visit) -> None:
    """As many rows as ties; a column sorts, up and down, and says so; a word narrows; a row opens its tie."""
    page = visit.page
    page.get_by_role("tab", name="Table").click()
    expect(page.locator("tbody tr")).to_have_count(ties_in_view(page))
    head = page.locator("th", has_text="Object")
    head.get_by_role("button").click()
    expect(head).to_have_attribute("aria-sort", "ascending")
    names = page.locator("tbody tr td:nth-child(3)").all_inner_texts()
    assert names == sorted(names, key=str.casefold)
    head.get_by_role("button").click()
    expect(head).to_have_attribute("aria-sort", "descending")

    page.get_by_role("searchbox", name=re.compile("^Only rows")).fill("marriott stated")
    assert 0 < page.locator("tbody tr").count() < len(names)
    page.locator("tbody tr").first.locator("td:nth-child(2) button").click()
    expect(page.locator("article.tie h2")).to_contain_text("Marriott")


def test_things_and_claims_are_tables_too(visit: Visit) -> None:
    """Things with their ties, claims with who says them."""
    page = visit.page
    page.get_by_role("tab", name="Table").click()
    page.get_by_role("button", name="Things", exact=True).click()
    expect(page.locator("tbody tr")).to_have_count(int(page.locator(".told").inner_text().split(" ")[0]))
    page.get_by_role("button", name="Claims", exact=True).click()
    expect(page.locator("tbody tr", has_text="Bosch uses solutions of Alibaba")).to_contain_text(
        "Author of the margins"
    )


def test_the_evidence_stands_by_source(visit: Visit) -> None:
    """Every claim in view stands under its source, with its place and a link."""
    page = visit.page
    page.get_by_role("tab", name="Evidence").click()
    section = page.locator(".evidence section", has_text="Alibaba Advances AI Strategy")
    expect(section).to_contain_text("characters 4364 to 4427")
    assert page.locator(".evidence section").count() > 20
    links = page.locator(".evidence a").evaluate_all("found => found.map(one => [one.protocol, one.rel])")
    assert links
    assert all(protocol in ("https:", "http:") and rel == "noopener noreferrer" for protocol, rel in links)


def test_disputes_stand_side_by_side(visit: Visit, seeds: SqliteView) -> None:
    """Open ones first, each with its sides and how it stands; everywhere has all that the command tells."""
    told = len(QUESTIONS["conflicts"].ask(seeds).conflicts)
    page = visit.page
    page.get_by_role("tab", name="Conflicts").click()
    first = page.locator(".dispute").first
    expect(first).to_have_class(re.compile("open"))
    assert first.locator(".sides > li").count() >= 2
    page.get_by_role("button", name="Everywhere").click()
    expect(page.locator(".pane")).to_contain_text(f"{told} conflicts")
    assert page.locator(".dispute").count() == told
