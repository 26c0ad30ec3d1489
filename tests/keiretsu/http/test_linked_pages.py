"""Pages of linked data: names are never markup, long lists are never cut unsaid, every link leads somewhere."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from html.parser import HTMLParser

import pytest

from factories import DAY, a_statement, an_entity, small_dataset
from keiretsu.http.linked import entity_page, other_pages
from keiretsu.http.linked.addresses import SORTS
from keiretsu.http.linked.citation import Citation
from keiretsu.jobs import JOBS
from keiretsu.workers.limits import Limits
from keiretsu.workers.plan import Desk, Plan
from keiretsu.workers.product import Product
from keiretsu_graph.build import Build, build
from keiretsu_ontology.evidence import Evidence, digest
from masquerade import MASKS, masquerade

VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
TAGS = {
    "html", "head", "meta", "title", "link", "style", "body", "header", "a", "nav", "form", "input", "button", "label",
    "main", "article", "aside", "section", "footer", "div", "span", "p", "h1", "h2", "h3", "ul", "ol", "li", "dl", "dt",
    "dd", "table", "thead", "tbody", "tr", "th", "td", "bdi", "cite", "code", "pre", "b", "br", "details", "summary",
    "blockquote", "figure", "figcaption", "svg", "path", "circle", "text", "rect",
}  # fmt: skip
ATTRIBUTES = {
    "lang", "charset", "name", "content", "class", "href", "rel", "type", "title", "id", "aria-label",
    "aria-labelledby", "aria-hidden", "role", "action", "method", "placeholder", "value", "for", "dir", "scope",
    "viewbox", "preserveaspectratio", "d", "cx", "cy", "r", "x", "y", "width", "height",
}  # fmt: skip


class Read(HTMLParser):
    """A page as a browser reads it."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.links: list[str] = []
        self.ids: list[str] = []
        self.headings: list[int] = []
        self.open: list[str] = []
        self.unbalanced: list[str] = []
        self.words: list[str] = []
        self.labels: set[str] = set()
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep what a tag brings."""
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        told = {name: value or "" for name, value in attrs}
        self.links += [told[name] for name in ("href", "action") if name in told]
        self.ids += [told["id"]] if "id" in told else []
        self.labels |= {told["aria-labelledby"]} if "aria-labelledby" in told else set()
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """See that the tag is the one that is open."""
        if not self.open or self.open.pop() != tag:
            self.unbalanced.append(tag)

    def handle_data(self, data: str) -> None:
        """Keep the words."""
        self.words.append(data)


def a_desk(built: Build) -> Desk:
    return Desk(Plan(build=str(built.folder), base="https://kg.example.org"), Limits())


def a_page(desk: Desk, sort: str, name: str, part: str | None = None, page: int = 1) -> Product:
    return JOBS["document"](desk, sort=sort, name=f"{name}.html", part=part, page=page)


def read(product: Product) -> Read:
    return Read(product.body.decode("utf-8"))


@pytest.fixture(scope="module")
def masked(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """The graph of masks."""
    return a_desk(build(masquerade(), tmp_path_factory.mktemp("masked") / "out"))


def everything(desk: Desk) -> Iterator[tuple[str, str]]:
    """Yield the sort and the id of everything in a graph that has a page."""
    yield from (("entity", entity.id) for entity in desk.view.all_entities())
    yield from (("claim", claim) for claim, _ in desk.view.keys().items())
    yield from (("source", source.id) for source in desk.view.sources())
    yield from (("conflict", conflict.id) for conflict in desk.view.conflicts())


def test_names_and_texts_are_never_markup(masked: Desk) -> None:
    """No page has a tag, an attribute or a link that we did not write, whatever its names say."""
    pages = [a_page(masked, sort, slug) for sort, slug in everything(masked)]
    pages += [JOBS["candidates"](masked, text=text) for text in MASKS.values()]
    pages += [JOBS["document"](masked, sort="entity", name=text, accept="text/html") for text in MASKS.values()]
    pages.append(JOBS["front"](masked))
    seen = [read(page) for page in pages if page.media.startswith("text/html")]

    assert len(seen) > 200
    for page in seen:
        assert page.tags <= TAGS
        assert page.attributes <= ATTRIBUTES
        assert (page.unbalanced, page.open) == ([], [])
        links = [link for link in page.links if link != "data:,"]  # no icon, and none is asked for
        schemes = {link.partition(":")[0] for link in links if re.match("[a-z]+:", link.lower())}
        assert schemes <= {"https", "http"}


def test_the_policy_admits_the_style_and_nothing_else(masked: Desk) -> None:
    """The digest in the header is that of the style in the page; no script may run, no other page may frame it."""
    product = a_page(masked, "entity", "hub")
    style = re.search("<style>(.*?)</style>", product.body.decode(), re.DOTALL)
    policy = dict(product.headers)["Content-Security-Policy"]

    assert style is not None
    assert f"'sha256-{base64.b64encode(sha256(style[1].encode()).digest()).decode()}'" in policy
    assert policy.startswith("default-src 'none'; ")
    assert "frame-ancestors 'none'" in policy
    assert "script" not in policy


def test_pages_can_be_read_aloud(masked: Desk) -> None:
    """One first heading, none skipped; ids are unique, and what labels a section is there."""
    for sort, slug in everything(masked):
        page = read(a_page(masked, sort, slug))

        assert page.headings.count(1) == 1, (sort, slug)
        assert all(after - before <= 1 for before, after in zip(page.headings, page.headings[1:], strict=False))
        assert len(page.ids) == len(set(page.ids))
        assert page.labels <= set(page.ids)


def test_every_link_leads_somewhere(small_build: Build) -> None:
    """What a page links to is a page of this server that answers, an anchor of it, or an address of the web."""
    desk = a_desk(small_build)
    known = {f"../{sort}/{slug}.html" for sort, slug in everything(desk)}
    for sort, slug in everything(desk):
        page = read(a_page(desk, sort, slug))
        things = {link for link in page.links if re.match(rf"\.\./({'|'.join(SORTS)})/", link)}
        anchors = {link[1:] for link in page.links if link.startswith("#")}

        assert things <= known
        assert anchors <= set(page.ids)


def test_a_long_group_is_cut_and_told_in_whole(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is not on the page of a hub is counted there, and pages of its own have all of it."""
    others = [an_entity(f"rival-{number:02}") for number in range(25)]
    claims = [a_statement(f"claim-{row.id}", "north", "competitor_of", row.id) for row in others]
    dataset = small_dataset(list(claims))
    whole = replace(dataset, entities=tuple(sorted([*dataset.entities, *others], key=lambda row: row.id)))
    desk = a_desk(build(whole, tmp_path_factory.mktemp("hub") / "out"))
    monkeypatch.setattr(entity_page, "_SIZE", 10)
    first = a_page(desk, "entity", "north").body.decode()
    group = re.search(r"\?part=(\w+)\">and 15 more", first)
    assert group is not None
    pages = [a_page(desk, "entity", "north", group[1], page + 1).body.decode() for page in range(3)]
    shown = [set(re.findall(r"/claim/(c[0-9a-f]+)\.html", page)) for page in pages]

    assert [len(found) for found in shown] == [10, 10, 5]
    assert set().union(*shown) == set(desk.view.keys())
    assert a_page(desk, "entity", "north", group[1], 4).status == 404


def test_a_source_is_told_page_by_page(small_build: Build, monkeypatch: pytest.MonkeyPatch) -> None:
    """All claims that were read from it, none twice."""
    desk = a_desk(small_build)
    monkeypatch.setattr(other_pages, "SIZE", 4)
    total = len(desk.view.keys())
    pages = [a_page(desk, "source", "paper", page=page + 1).body.decode() for page in range(-(-total // 4))]
    shown = [claim for page in pages for claim in dict.fromkeys(re.findall(r"/claim/(c[0-9a-f]+)\.html", page))]

    assert sorted(shown) == sorted(desk.view.keys())
    assert a_page(desk, "source", "paper", page=len(pages) + 1).status == 404


def test_words_are_shown_only_where_they_may_be(tmp_path_factory: pytest.TempPathFactory) -> None:
    """A text at hand is quoted where its licence allows that; otherwise its place and digest stand alone."""
    folder = tmp_path_factory.mktemp("texts")
    text = "North makes Spark. This is so."
    (folder / "paper.txt").write_text(text, encoding="utf-8")
    place = Evidence("paper", 0, 18, digest(text[:18]))
    claim = a_statement("made", "north", "develops", "spark", evidence=(place,))
    for quotable in (True, False):
        dataset = small_dataset([claim])
        source = replace(dataset.sources[0], quotable=quotable, sha256=digest(text), characters=len(text))
        built = build(replace(dataset, sources=(source,)), tmp_path_factory.mktemp("quoting") / "out")
        desk = Desk(Plan(build=str(built.folder), texts=(str(folder),)), Limits())
        page = a_page(desk, "claim", desk.view.keys().popitem()[0]).body.decode()

        assert ("North makes Spark." in page) is quotable
        assert "verified" in page
        assert digest(text[:18]) in page


def test_a_citation_is_safe_in_every_form() -> None:
    """What has a meaning in TeX is taken for text; the date is that of the facts."""
    cited = Citation(
        r"50% of {A} & B_c #1 ~ \end", "Graph", "0123456789abcdef", DAY.isoformat(), "https://x/a", "urn:a"
    )

    assert r"title = {50\% of \{A\} \& B\_c \#1 \textasciitilde{} \textbackslash{}end}" in cited.bibtex
    assert f"as recorded by {DAY}" in cited.words
    assert "version 0123456789ab" in cited.words
    assert '"issued"' in cited.csl


def test_the_same_graph_gives_the_same_page(small_build: Build) -> None:
    """No clock and no chance is in a page."""
    for name in ("south.html", "south.ttl", "south.jsonld", "south.bib"):
        once, again = (JOBS["document"](a_desk(small_build), sort="entity", name=name) for _ in range(2))

        assert once == again
