"""Quick pictures by pyvis: offline, and names only ever as text."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from factories import a_statement, small_claims, small_dataset
from keiretsu.pictures import picture, write_picture
from keiretsu_graph.build import build
from keiretsu_graph.sqlite import SqliteView
from keiretsu_graph.view import TieFilter
from keiretsu_ontology.entities import Entity, Name
from keiretsu_ontology.errors import UsageError
from keiretsu_queries.questions import QUESTIONS
from keiretsu_queries.things.find import find
from keiretsu_queries.things.partners import partners
from visits import Visit

HOSTILE = '</script><img src=x onerror=alert(1)> href="javascript:alert(2)"'


def test_nothing_is_loaded(small_view: SqliteView) -> None:
    """What pyvis would load from elsewhere is gone: no script, style or font has an address."""
    html = picture(small_view, small_view.ties(TieFilter()), "Small")

    assert not re.findall(r"<(?:script|link|img)\b[^>]*(?:src|href)\s*=\s*[\"'](?!data:)", html)
    assert "default-src &#x27;none&#x27;" in html
    assert html == picture(small_view, small_view.ties(TieFilter()), "Small")


def test_an_answer_is_drawn_by_its_ties(small_view: SqliteView, tmp_path: Path) -> None:
    """Partners give a picture; names that were found have no ties, and that is said."""
    write_picture(small_view, QUESTIONS["partners"], partners(small_view, "North"), tmp_path / "p.html")
    assert "South Group" in (tmp_path / "p.html").read_text(encoding="utf-8")
    assert not (tmp_path / "lib").exists()
    with pytest.raises(UsageError, match="nothing to draw"):
        write_picture(small_view, QUESTIONS["find"], find(small_view, "North"), tmp_path / "q.html")


@pytest.mark.browser
@pytest.mark.filterwarnings("default")
def test_a_picture_opens_without_a_sound(browser: Browser, tmp_path: Path) -> None:
    """In a real browser it draws, asks for nothing, complains of nothing, and hostile names stay text."""
    odd = Entity("odd", "company", HOSTILE, (Name(HOSTILE, "en", preferred=True),))
    dataset = small_dataset([*small_claims(), a_statement("bad", "odd", "partner_of", "north", text=HOSTILE)])
    entities = tuple(sorted((*dataset.entities, odd), key=lambda entity: entity.id))
    view = SqliteView.open(build(replace(dataset, entities=entities), tmp_path / "out").sqlite)
    file = tmp_path / "picture.html"
    file.write_text(picture(view, view.ties(TieFilter(factual=None)), HOSTILE), encoding="utf-8")

    visit = Visit(browser, file)
    visit.page.wait_for_selector("canvas")
    visit.page.mouse.move(640, 400, steps=20)
    assert visit.page.evaluate("document.querySelectorAll('img').length") == 0
    assert visit.page.evaluate("edges.length") == len(view.ties(TieFilter(factual=None)))
    visit.close()
