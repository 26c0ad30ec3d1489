"""The page itself: one file, its data inert, its script and style allowed by their digests and nothing else."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping, Sequence
from hashlib import sha256
from html import escape
from typing import TYPE_CHECKING, Any, Protocol

from keiretsu.explorer.about import Start, about
from keiretsu.explorer.answers import held_answers
from keiretsu.explorer.built import licences, script, style
from keiretsu.explorer.details import coverage_in, details
from keiretsu.explorer.fragments import MOST, everything
from keiretsu.explorer.inert import block, script_text, style_text, text_block
from keiretsu.explorer.start import foremost_start, start_around
from keiretsu_queries.base import ALWAYS, Clocks
from keiretsu_queries.subjects import resolve

if TYPE_CHECKING:
    from keiretsu_graph.sqlite import SqliteView
    from keiretsu_ontology.evidence import Evidence, Source


class Texts(Protocol):
    """Gives the words at a place of a source, where its text is at hand."""

    def excerpt(self, place: Evidence, source: Source) -> str | None:
        """Return the words, or None."""


def page(
    view: SqliteView,
    *,
    texts: Texts | None = None,
    focus: str | None = None,
    depth: int = 1,
    start: Start | None = None,
    clocks: Clocks = ALWAYS,
    most: int | None = MOST,
    views: Sequence[Mapping[str, Any]] = (),
) -> str:
    """Return the explorer of a graph as one HTML document that reaches for nothing.

    Args:
        view: The graph.
        texts: Where texts of sources lie beside, the words at a place are shown.
        focus: A name of the thing to begin with.
        depth: How many steps around it are drawn at first.
        start: What is in view at first, where it is no thing with what is around it.
        clocks: Only claims and ties that pass are in the file.
        most: How many things the file holds, the most tied first; None for all.
        views: The views that the dataset keeps.

    Raises:
        UnknownEntityError: Nothing has the name.
        StoreError: The explorer was not bundled.
    """
    if start is None:
        start = start_around(view, resolve(view, focus), depth, clocks) if focus else foremost_start(view, clocks)
    code, sheet = script_text(script()), style_text(style())
    held, read = _data(view, texts, start, clocks, most, views)
    policy = (
        f"default-src 'none'; script-src '{_source(code)}'; style-src '{_source(sheet)}'; img-src data: blob:; "
        "base-uri 'none'; form-action 'none'"
    )
    return _PAGE.format(
        policy=escape(policy, quote=False),
        title=escape(held["about"]["title"]),
        style=sheet,
        held=block("held", held),
        details=block("details", read),
        licences=text_block("licences", licences()),
        script=code,
    )


def _data(
    view: SqliteView,
    texts: Texts | None,
    start: Start,
    clocks: Clocks,
    most: int | None,
    views: Sequence[Mapping[str, Any]],
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return what the page holds for its first picture, and what its panes read."""
    sources = {source.id: source for source in view.sources()}

    def excerpt(place: Evidence) -> str | None:
        return texts.excerpt(place, sources[place.source]) if texts and place.source in sources else None

    picture = everything(view, most, clocks, first=start.ids)
    ids = [row[0] for row in picture["nodes"]]
    read = details(view, excerpt, entities=ids, clocks=clocks)
    told = about(view, served=False, start=start, views=views, clocks=clocks, coverage=coverage_in(read))
    answers = held_answers(view, clocks, excerpt, first=[start.chosen] if start.chosen else [])
    return {"about": told, "fragment": picture, "told": answers}, read


_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<link rel="icon" href="data:,">
<title>{title} - Keiretsu</title>
<style>{style}</style>
</head>
<body>
<noscript>This page draws a graph with a script of its own, and scripts are off. All its facts are in this file; \
`keiretsu show NAME` tells them as text.</noscript>
<div id="app"></div>
{held}
{details}
{licences}
<script>{script}</script>
</body>
</html>
"""


def _source(text: str) -> str:
    """Return the source expression of an inline text (CSP level 3, 2.3.1)."""
    return "sha256-" + b64encode(sha256(text.encode("utf-8")).digest()).decode("ascii")
