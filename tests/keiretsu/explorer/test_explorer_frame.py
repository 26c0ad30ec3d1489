"""The explorer in a notebook: in a frame that reaches nothing around it."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from factories import small_dataset
from keiretsu.explorer import built, frame, page
from keiretsu.explorer.frame import Explorer
from keiretsu.library import Graph
from keiretsu_graph.build import build
from keiretsu_graph.sqlite import SqliteView
from keiretsu_graph.view import View
from keiretsu_ontology.errors import UnknownEntityError, UsageError
from visits import Visit

pytestmark = [pytest.mark.usefixtures("bundled"), pytest.mark.filterwarnings("default")]


def shown(explorer: Explorer) -> str:
    """Return what a notebook is given."""
    return explorer._repr_html_()


def framed(html: str) -> str:
    """Return the page in the frame of what a notebook is given."""
    (text,) = re.findall(r'srcdoc="([^"]*)"', html)
    return unescape(text)


def test_the_frame_holds_the_same_page(small_view: SqliteView) -> None:
    """What stands in the frame is the page as a file has it; the frame may run scripts and nothing more."""
    html = shown(Graph(small_view).explore("South", depth=2))

    assert framed(html) == page(small_view, focus="south", depth=2)
    assert re.findall(r'sandbox="([^"]*)"', html) == ["allow-scripts allow-downloads allow-popups"]
    assert re.sub(r'srcdoc="[^"]*"', "", html).count("<") == 2


def test_it_tells_what_it_is_as_text(small_view: SqliteView) -> None:
    """Where nothing can be shown there are words."""
    assert repr(Graph(small_view).explore("South")) == (
        "<explorer of 'A small graph': South Group, 1 step around it; .save('page.html') keeps it as a file>"
    )


def test_it_is_kept_as_a_file(small_view: SqliteView, tmp_path: Path) -> None:
    """The file is the one that the command writes."""
    file = Graph(small_view).explore("南方集团").save(tmp_path / "page.html")

    assert file.read_text(encoding="utf-8") == page(small_view, focus="south")


def test_days_may_be_texts(small_view: SqliteView) -> None:
    """Both clocks narrow the page; what is no day is told."""
    html = shown(Graph(small_view).explore(as_of="2024-01-01", known_by="2025-01-01"))

    assert '"clocks":{"asOf":"2024-01-01","knownBy":"2025-01-01"}' in framed(html)
    with pytest.raises(UsageError, match="is not a day"):
        Graph(small_view).explore(as_of="yesterday")
    with pytest.raises(UnknownEntityError, match="did you mean"):
        Graph(small_view).explore("Sout")


def test_a_large_graph_is_cut_in_words(small_view: SqliteView, monkeypatch: pytest.MonkeyPatch) -> None:
    """A notebook holds so many things, and says that there are more; a file holds them all."""
    monkeypatch.setattr(frame, "FRAMED", 5)
    explorer = Graph(small_view).explore()

    assert "the 5 things with the most ties, of 11." in shown(explorer)
    assert framed(shown(explorer)) == page(small_view, most=5)


def test_a_graph_elsewhere_is_explored_there(small_view: SqliteView) -> None:
    """What is on a server is not drawn from here."""

    class Elsewhere:
        def about(self) -> object:
            return small_view.about()

    view: View = Elsewhere()  # type: ignore[assignment]
    with pytest.raises(UsageError, match="open the address of the server"):
        Graph(view).explore()


@pytest.mark.browser
def test_the_frame_reaches_nothing_around_it(browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a browser its script runs, sees its data whatever stands in them, and neither the notebook nor the network."""
    folder = tmp_path / "code"
    folder.mkdir()
    (folder / "THIRD-PARTY.txt").write_text("MIT", encoding="utf-8")
    (folder / "style.css").write_text("#app { color: rgb(1, 2, 3) }", encoding="utf-8")
    (folder / "explorer.js").write_text(
        """const held = JSON.parse(document.getElementById("held").textContent);
        let reached = "no";
        try { reached = parent.document.title; } catch { reached = "nothing"; }
        const main = document.getElementById("app");
        main.textContent = [held.about.title, reached, getComputedStyle(main).color, "</script>"].join("|");""",
        encoding="utf-8",
    )
    monkeypatch.setattr(built, "FOLDER", folder)
    title = "\"'></iframe></script><script>alert(1)</script>&quot;\u202e"
    view = SqliteView.open(build(replace(small_dataset(), title=title), tmp_path / "out").sqlite)
    file = tmp_path / "notebook.html"
    file.write_text(f"<!doctype html><title>Secret</title>{shown(Graph(view).explore())}", encoding="utf-8")

    visit = Visit(browser, file)
    inside = visit.page.frame_locator("iframe").locator("#app")
    assert inside.inner_text() == f"{title}|nothing|rgb(1, 2, 3)|</script>"
    visit.requests = [url for url in visit.requests if url != "about:srcdoc"]
    visit.close()


@pytest.mark.browser
def test_a_packed_page_unpacks_in_a_browser(browser: Browser, tmp_path: Path) -> None:
    """What is packed is what a browser unpacks."""
    from keiretsu.explorer.inert import block

    file = tmp_path / "packed.html"
    file.write_text(f"<!doctype html><title>x</title>{block('held', {'a': '<é>' * 400_000})}", encoding="utf-8")
    visit = Visit(browser, file)
    length = visit.page.evaluate(
        """async () => {
          const held = document.getElementById("held");
          const bytes = Uint8Array.from(atob(held.textContent), (char) => char.charCodeAt(0));
          const opened = new Blob([bytes]).stream().pipeThrough(new DecompressionStream(held.dataset.packed));
          return JSON.parse(await new Response(opened).text()).a.length;
        }"""
    )
    visit.close()

    assert length == 1_200_000
