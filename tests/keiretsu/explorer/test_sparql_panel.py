"""The SPARQL panel of the served explorer, by typing and clicking as a person would."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect

from servers import serving
from visits import obstacles, worth_hearing

pytestmark = pytest.mark.browser

CUSTOMERS = "SELECT ?who ?name { ?who kei:customerOf entity:alibaba ; kei:name ?name } ORDER BY ?who LIMIT 3"
ENTITY = "https://w3id.org/keiretsu/entity/"
JSON = "application/sparql-results+json"
SCRIPT = "</td></script><script>alert(1)</script><img src=x onerror=alert(2)>"


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """Give the address of a server with the bundled graph."""
    with serving() as found:
        yield found


class Desk:
    """The panel on a page, and everything that the page complained of."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.pane: Locator = page.locator("[data-pane=sparql]")
        self.editor = self.pane.get_by_role("textbox", name="SPARQL query")
        self.status = self.pane.get_by_role("status")
        self.options = self.pane.get_by_role("listbox", name="Completions").get_by_role("option")
        self.cells = self.pane.locator("tbody td")

    def write(self, query: str) -> None:
        """Put a query in the place of what stands there, without the help that comes while one types."""
        self.editor.click()
        self.page.keyboard.press("ControlOrMeta+a")
        self.page.keyboard.insert_text(query)

    def run(self, query: str) -> None:
        """Ask a query from the keyboard."""
        self.write(query)
        self.page.keyboard.press("ControlOrMeta+Enter")


@pytest.fixture
def desk(browser: Browser, address: str) -> Iterator[Desk]:
    """Open the panel; the page must complain of nothing that its policy forbids, and run no script of a text."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.extend(worth_hearing(message.text)))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("dialog", lambda dialog: complaints.append(dialog.message))
    page.goto(f"{address}/explore#pane=sparql")
    yield Desk(page)
    context.close()
    # The browser itself tells of every answer that is an error, such as the one to a wrong query.
    assert [text for text in complaints if not text.startswith("Failed to load resource")] == []


def answer(desk: Desk, media: str, body: str, **headers: str) -> None:
    """Let the endpoint answer every query with this."""

    def fulfil(route: Route) -> None:
        route.fulfill(status=200, body=body, headers={"Content-Type": media, **headers})

    desk.page.route("**/sparql", fulfil)


def rows(*values: dict[str, Any]) -> str:
    """Return a result of one column."""
    return json.dumps({"head": {"vars": ["x"]}, "results": {"bindings": [{"x": value} for value in values]}})


def _never(_: Route) -> None:
    """Leave a request without an answer."""


def literal(text: str) -> dict[str, str]:
    return {"type": "literal", "value": text}


def test_a_query_is_answered_with_a_table(desk: Desk) -> None:
    """Rows stand in a real table, entities with their prefix; the count is announced."""
    desk.run(CUSTOMERS)

    expect(desk.status).to_have_text(re.compile(r"^Ended after [\d,]+ ms: 3 rows\.$"))
    expect(desk.pane.get_by_role("columnheader")).to_have_text(["who", "name"])
    expect(desk.cells).to_have_text(
        ["entity:apple", "Apple", "entity:bosch", "Bosch", "entity:china-unicom", "China Unicom"]
    )


def test_a_table_is_sorted_by_a_column(desk: Desk) -> None:
    """A heading sorts up, then down, then as it came; numbers by value, what has none last."""
    desk.run("SELECT ?n { VALUES ?n { 10 9 UNDEF 100 } }")
    heading = desk.pane.get_by_role("columnheader")

    for order, expected in (
        ("ascending", ["9", "10", "100", ""]),
        ("descending", ["100", "10", "9", ""]),
        ("none", ["10", "9", "", "100"]),
    ):
        heading.get_by_role("button").click()
        expect(heading).to_have_attribute("aria-sort", order)
        expect(desk.cells).to_have_text(expected)


def test_many_rows_come_in_portions(desk: Desk) -> None:
    """At first there are 200 rows, then 200 more, then the rest."""
    answer(desk, JSON, rows(*(literal(f"row {number}") for number in range(450))))
    desk.run(CUSTOMERS)

    expect(desk.cells).to_have_count(200)
    desk.pane.get_by_role("button", name="200 more").click()
    expect(desk.cells).to_have_count(400)
    desk.pane.get_by_role("button", name="50 more").click()
    expect(desk.cells).to_have_count(450)


def test_yes_or_no_is_a_sentence(desk: Desk) -> None:
    """The answer to ASK is a sentence."""
    desk.run("ASK { entity:bosch kei:partnerOf entity:alibaba }")

    expect(desk.pane.get_by_text("Yes: the graph says so.")).to_be_visible()


def test_a_graph_is_a_table_of_triples(desk: Desk) -> None:
    """The answer to CONSTRUCT is its triples; what N-Triples escapes is read."""
    space = '<http://example.org/a> <http://example.org/b> "say \\"hi\\"\\n\\u963F"@zh .\n'
    answer(desk, "application/n-triples", space + f"<{ENTITY}bosch> <http://example.org/b> _:c .\n")
    desk.run("CONSTRUCT { ?a ?b ?c } { ?a ?b ?c } LIMIT 2")

    expect(desk.pane.get_by_role("columnheader")).to_have_text(["subject", "predicate", "object"])
    expect(desk.cells).to_have_text(
        [
            "http://example.org/a",
            "http://example.org/b",
            re.compile(r'^say "hi"\s阿zh$'),
            "entity:bosch",
            "http://example.org/b",
            "_:c",
        ]
    )


def test_an_entity_is_chosen(desk: Desk) -> None:
    """Pressing an entity chooses it in the explorer."""
    desk.run(CUSTOMERS)
    desk.pane.get_by_role("button", name="entity:bosch").click()

    expect(desk.page).to_have_url(re.compile(r"#.*\bbosch\b"))


def test_only_what_names_something_is_shown_as_a_graph(desk: Desk) -> None:
    """The button waits for a result that names entities or claims."""
    button = desk.pane.get_by_role("button", name="Show as graph")
    desk.run("SELECT (1 AS ?n) {}")
    expect(button).to_be_disabled()

    desk.run(CUSTOMERS)
    expect(button).to_be_enabled()
    expect(button).to_contain_text("3 things")


def test_a_mistake_is_marked(desk: Desk) -> None:
    """Where the server names a place it is marked, and one gets there; changing the query takes the mark away."""
    desk.run("SELECT ?a {\n  ?a kei:name }")

    expect(desk.status).to_contain_text("line 2, column 15: not SPARQL")
    expect(desk.pane.locator(".cm-mistaken")).to_have_text("  ?a kei:name }")
    expect(desk.editor).to_have_attribute("aria-invalid", "true")
    desk.pane.get_by_role("button", name="Go to line 2, column 15").click()
    desk.page.keyboard.type("?n ")
    expect(desk.editor).to_have_text("SELECT ?a {  ?a kei:name ?n }")
    expect(desk.pane.locator(".cm-mistaken")).to_have_count(0)


def test_an_error_in_plain_text_is_told(desk: Desk) -> None:
    """An answer that is no problem details is told as it is, and cut where it is long."""
    desk.page.route("**/sparql", lambda route: route.fulfill(status=502, body="<b>no</b> " + "x" * 10_000))
    desk.run(CUSTOMERS)

    expect(desk.status).to_have_text(re.compile(r"^<b>no</b> x{100,600}…$"))


def test_a_query_is_cancelled(desk: Desk) -> None:
    """While a query runs it can be cancelled; another one can be asked then."""
    desk.page.route("**/sparql", _never)
    desk.run(CUSTOMERS)
    desk.pane.get_by_role("button", name="Cancel").click()
    expect(desk.status).to_have_text(re.compile(r"^Cancelled after [\d,]+ ms\.$"))

    desk.page.unroute_all(behavior="ignoreErrors")
    desk.run(CUSTOMERS)
    expect(desk.status).to_contain_text("3 rows")


def test_texts_are_only_texts(desk: Desk) -> None:
    """Markup, addresses that are scripts, controls and very long texts are shown, and nothing comes of them."""
    script = {"type": "uri", "value": "javascript:alert(3)"}
    link = {"type": "uri", "value": "https://example.org/?a=1&b=<2>"}
    answer(desk, JSON, rows(literal(SCRIPT), script, link, literal("a\u202egpj.exe\0"), literal("W" * 10_000)))
    desk.run("SELECT ?x { ?x ?y ?z }")

    expect(desk.cells).to_have_count(5)
    expect(desk.cells.nth(0)).to_have_text(SCRIPT)
    expect(desk.cells.nth(1)).to_have_text("javascript:alert(3)")
    expect(desk.cells.locator("a")).to_have_count(1)
    expect(desk.cells.locator("a")).to_have_attribute("rel", "noopener noreferrer")
    expect(desk.cells.locator("img, script")).to_have_count(0)
    desk.cells.get_by_role("button", name="all 10,000 characters").click()
    expect(desk.cells.nth(4)).to_have_text("W" * 10_000)


def test_what_was_cut_is_said(desk: Desk) -> None:
    """A result that the server cut says so."""
    answer(desk, JSON, rows(literal("a"), literal("b")), **{"Keiretsu-Cut": "rows=2"})
    desk.run(CUSTOMERS)

    expect(desk.status).to_contain_text("Cut: the server gives at most 2 rows of one query, and there is more.")


def test_terms_and_names_are_completed(desk: Desk) -> None:
    """Words of the ontology are offered with their meaning, and entities by name; no PREFIX is needed for either."""
    desk.write("")
    options = desk.options
    desk.page.keyboard.type("ASK { ?x kei:customerO")
    expect(options.first).to_contain_text("kei:customerOf")
    expect(desk.pane.locator(".cm-completionInfo")).not_to_be_empty()
    options.first.click()
    desk.page.keyboard.type(" entity:china-u")
    expect(options.filter(has_text="China Unicom").first).to_be_visible()
    options.filter(has_text="China Unicom").first.click()

    expect(desk.editor).to_have_text("ASK { ?x kei:customerOf entity:china-unicom}")


def test_a_prefix_of_another_meaning_is_left_alone(desk: Desk) -> None:
    """Where the query uses a prefix for something else, a term of ours is written in full."""
    desk.write("PREFIX kei: <http://example.org/>\nASK ")
    desk.page.keyboard.type("{ ?x customerO")
    desk.options.filter(has_text="kei:customerOf").click()

    expect(desk.editor).to_contain_text("{ ?x <https://w3id.org/keiretsu/ontology#customerOf>}")


def test_a_missing_prefix_is_added(desk: Desk) -> None:
    """A term whose prefix neither the query nor the server knows brings its PREFIX along."""
    name = {
        "iri": "http://example.org/v#born",
        "prefixed": "ex:born",
        "label": "born",
        "comment": "",
        "sort": "property",
    }

    def more(route: Route) -> None:
        terms = route.fetch().json()
        terms["terms"].append(name)
        route.fulfill(json=terms)

    desk.page.route("**/explore/terms", more)
    desk.page.reload()
    desk.write("ASK ")
    desk.page.keyboard.type("{ ?x ex:bor")
    desk.options.filter(has_text="ex:born").click()

    expect(desk.editor).to_have_text("PREFIX ex: <http://example.org/v#>ASK { ?x ex:born}")


def test_an_example_is_put_there_and_undone(desk: Desk) -> None:
    """An example takes the place of the query; one step back brings the old one."""
    desk.write("ASK {}")
    desk.pane.get_by_label("Example").select_option(index=1)
    expect(desk.editor).to_contain_text("SELECT")

    desk.editor.click()
    desk.page.keyboard.press("ControlOrMeta+z")
    expect(desk.editor).to_have_text("ASK {}")


def test_the_keyboard_gets_out(desk: Desk) -> None:
    """Tab indents; after Escape it leaves the editor."""
    desk.write("ASK {}")
    desk.page.keyboard.press("Home")
    desk.page.keyboard.press("Tab")
    expect(desk.editor).to_have_text("  ASK {}")
    expect(desk.editor).to_be_focused()

    desk.page.keyboard.press("Escape")
    desk.page.keyboard.press("Tab")
    expect(desk.editor).not_to_be_focused()


def test_a_result_is_saved(desk: Desk) -> None:
    """Rows are saved as the server writes them, of the query that was asked."""
    desk.run(CUSTOMERS)
    expect(desk.cells).to_have_count(6)
    desk.write("ASK {}")
    with desk.page.expect_download() as waited:
        desk.pane.get_by_role("button", name="Save as CSV").click()

    assert waited.value.suggested_filename == "result.csv"
    assert Path(waited.value.path()).read_text(encoding="utf-8").splitlines()[:2] == [
        "who,name",
        f"{ENTITY}apple,Apple",
    ]


def test_the_query_is_in_the_address(desk: Desk) -> None:
    """Whoever gets the address gets the query that was run."""
    desk.run(CUSTOMERS)
    expect(desk.cells).to_have_count(6)
    desk.page.wait_for_url(re.compile("query="))
    address = desk.page.url
    desk.page.goto("about:blank")
    desk.page.goto(address)

    expect(desk.editor).to_have_text(CUSTOMERS)


def test_the_panel_stands_in_nobodys_way(desk: Desk) -> None:
    """Axe finds nothing in the panel, with a result beneath the query."""
    desk.run(CUSTOMERS)
    expect(desk.cells).to_have_count(6)
    assert obstacles(desk.page) == []
