"""The page as a file, by looking into it."""

from __future__ import annotations

import gzip
import json
import re
from base64 import b64decode, b64encode
from dataclasses import replace
from hashlib import sha256
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from factories import TEXT, a_statement, small_claims, small_dataset
from keiretsu.explorer import built, page
from keiretsu.explorer.inert import block, gzipped
from keiretsu_graph.build import build
from keiretsu_graph.sqlite import SqliteView
from keiretsu_loaders import SourceTexts
from keiretsu_ontology.entities import Entity, Name
from keiretsu_ontology.errors import StoreError

pytestmark = pytest.mark.usefixtures("bundled")

HOSTILE = "</script><img src=x onerror=alert(1)><script>alert(2)</script>\u202egnp.exe\u2028" + "W" * 10_000


class Elements(HTMLParser):
    """The elements of a page, each with its attributes and its text, as an HTML reader finds them."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[str, dict[str, str | None], str]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin an element."""
        self.found.append((tag, dict(attrs), ""))

    def handle_data(self, data: str) -> None:
        """Add to the text of the element that began last."""
        if self.found:
            tag, attrs, text = self.found[-1]
            self.found[-1] = tag, attrs, text + data

    def one(self, tag: str, **wanted: str) -> tuple[dict[str, str | None], str]:
        """Return the attributes and the text of the one element that has some attributes."""
        ((attrs, text),) = [
            (attrs, text) for name, attrs, text in self.found if name == tag and wanted.items() <= attrs.items()
        ]
        return attrs, text


def data_of(html: str, name: str) -> Any:
    """Return the data that a block of a page holds."""
    attrs, text = Elements(html).one("script", id=name)
    return json.loads(gzip.decompress(b64decode(text)) if attrs.get("data-packed") == "gzip" else text)


def test_the_page_allows_only_itself(small_view: SqliteView) -> None:
    """Script and style are allowed by their digests as a browser takes them, and nothing else at all."""
    html = page(small_view)

    attrs, _ = Elements(html).one("meta", **{"http-equiv": "Content-Security-Policy"})
    digests = {}
    for tag in ("script", "style"):
        (text,) = re.findall(rf"<{tag}>(.*?)</{tag}>", html, re.DOTALL)
        digests[tag] = b64encode(sha256(text.encode()).digest()).decode()
    assert attrs["content"] == (
        f"default-src 'none'; script-src 'sha256-{digests['script']}'; style-src 'sha256-{digests['style']}'; "
        "img-src data: blob:; base-uri 'none'; form-action 'none'"
    )
    assert not re.findall(r"""(?:src|href)\s*=\s*["']?(?:https?:)?//""", html)
    assert "\r" not in html


def test_the_bundle_cannot_end_its_element(small_view: SqliteView) -> None:
    """What the bundled code and style hold in texts is written in another way that means the same."""
    html = page(small_view)

    assert 'document.title = "<\\/SCRIPT>\\x3c!--" + "\\u2028";' in html
    assert 'content: "<\\/style>"' in html
    assert html.lower().count("</script") == 4


def test_the_licences_stand_in_the_page_as_text(small_view: SqliteView) -> None:
    """What could end their element is written as in HTML, and read back it is the text as it was."""
    html = page(small_view)

    (written,) = re.findall(r'<script type="text/plain" id="licences">(.*?)</script>', html, re.DOTALL)
    assert unescape(written) == "MIT & </script><script>alert(1)</script>\n<!-- &lt; -->"
    assert "<" not in written


def test_the_page_has_what_it_is_made_into(small_view: SqliteView) -> None:
    """A language, a viewport, a title, one main element, and words for who has no scripts."""
    found = Elements(page(small_view))

    assert found.one("html")[0] == {"lang": "en"}
    assert found.one("meta", name="viewport")
    assert found.one("title")[1].strip() == "A small graph - Keiretsu"
    assert found.one("div")[0] == {"id": "app"}
    assert "scripts are off" in found.one("noscript")[1]


def test_the_same_facts_make_the_same_page(small_view: SqliteView) -> None:
    """Two pages of one graph are equal."""
    assert page(small_view) == page(small_view)


def test_the_data_is_inert(tmp_path: Path) -> None:
    """No name, text, title or address can end the element that the data stands in, or add one."""
    odd = Entity("odd", "company", HOSTILE, (Name(HOSTILE, "en", preferred=True),), description=HOSTILE)
    dataset = small_dataset([*small_claims(), a_statement("bad", "odd", "partner_of", "north", text=HOSTILE)])
    sources = tuple(replace(source, url="javascript:alert(3)", title=HOSTILE) for source in dataset.sources)
    entities = tuple(sorted((*dataset.entities, odd), key=lambda entity: entity.id))
    made = build(replace(dataset, entities=entities, sources=sources, title=HOSTILE), tmp_path / "out")
    html = page(SqliteView.open(made.sqlite))

    tags = [tag for tag, _, _ in Elements(html).found]
    assert (tags.count("script"), tags.count("img"), html.count("javascript:")) == (4, 0, 0)
    assert data_of(html, "held")["about"]["title"] == HOSTILE
    assert data_of(html, "details")["entities"]["odd"]["description"] == HOSTILE


def test_words_are_shown_only_where_the_text_lies(small_view: SqliteView, tmp_path: Path) -> None:
    """Without the text there are only places; with it the words at them, and how many there are."""
    (tmp_path / "paper.txt").write_text(TEXT, encoding="utf-8")
    without, with_it = page(small_view), page(small_view, texts=SourceTexts([tmp_path]))

    assert "The chip Spark" not in without
    assert "The chip Spark" in with_it
    assert data_of(without, "held")["about"]["coverage"] == {"read": 0, "places": 14}
    assert data_of(with_it, "held")["about"]["coverage"] == {"read": 14, "places": 14}


def test_large_data_is_packed_and_unpacks() -> None:
    """A block of more than a megabyte is written as gzip without time or name, a small one as it is."""
    large = ["<é>" * 400_000]
    attrs, text = Elements(block("much", large)).one("script", id="much")

    assert attrs == {"type": "application/json", "id": "much", "data-packed": "gzip"}
    assert json.loads(gzip.decompress(b64decode(text))) == large
    assert gzipped(b"x")[:10] == bytes.fromhex("1f8b08000000000002ff")
    assert "data-packed" not in block("few", ["<é>"])


def test_a_file_holds_so_many_things_and_no_more(small_view: SqliteView) -> None:
    """What is in view at first is kept, then the most tied things; details are of those alone."""
    html = page(small_view, focus="ann", most=4)

    nodes = [row[0] for row in data_of(html, "held")["fragment"]["nodes"]]
    assert nodes[:2] == ["ann", "south"]
    assert len(nodes) == 4
    assert set(data_of(html, "details")["entities"]) == set(nodes)


def test_a_page_that_was_not_bundled_says_so(
    small_view: SqliteView, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without the script there is an error in words."""
    monkeypatch.setattr(built, "FOLDER", tmp_path / "nowhere")

    with pytest.raises(StoreError, match="made without the explorer"):
        page(small_view)


def test_an_empty_graph_has_a_page(tmp_path: Path) -> None:
    """Without things there is nothing in view, and no error."""
    nothing = replace(small_dataset([]), entities=(), sources=())
    held = data_of(page(SqliteView.open(build(nothing, tmp_path / "out").sqlite)), "held")

    assert held["about"]["start"] == {"ids": [], "chosen": None, "title": ""}
    assert held["fragment"] == {"nodes": [], "ties": [], "claims": [], "names": {}}
