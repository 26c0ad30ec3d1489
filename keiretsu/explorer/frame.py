"""The explorer in a notebook: the same page in a frame of its own, from which it reaches nothing around it."""

from __future__ import annotations

from functools import cached_property
from html import escape
from pathlib import Path

from keiretsu.explorer.fragments import MOST
from keiretsu.explorer.page import Texts, page
from keiretsu.explorer.start import foremost_start, start_around
from keiretsu_graph.exports import write_whole
from keiretsu_graph.sqlite import SqliteView
from keiretsu_queries.base import ALWAYS, Clocks
from keiretsu_queries.subjects import resolve

FRAMED = 2_000  # things in a notebook, where the page is kept in the notebook's file
HEIGHT = 640  # pixels


_MAY = "allow-scripts allow-downloads allow-popups"  # save the view, open a source; nothing of the notebook


class Explorer:
    """The explorer of a graph: it shows itself in a notebook, and can be kept as a file."""

    def __init__(
        self,
        view: SqliteView,
        *,
        texts: Texts | None = None,
        focus: str | None = None,
        depth: int = 1,
        clocks: Clocks = ALWAYS,
    ) -> None:
        self._view = view
        self._texts = texts
        self._clocks = clocks
        self._start = start_around(view, resolve(view, focus), depth, clocks) if focus else foremost_start(view, clocks)

    def save(self, file: str | Path, *, most: int | None = MOST) -> Path:
        """Write the page into a file that needs nothing else, and return its path.

        Args:
            file: Its name, such as "alibaba.html".
            most: How many things it holds, the most tied first; None for all.

        Raises:
            StoreError: It cannot be written.
        """
        write_whole(Path(file), self._page(most).encode("utf-8"))
        return Path(file)

    def _page(self, most: int | None) -> str:
        return page(self._view, texts=self._texts, start=self._start, clocks=self._clocks, most=most)

    @cached_property
    def _framed(self) -> str:
        return self._page(FRAMED)

    def __repr__(self) -> str:
        title = f": {self._start.title}" if self._start.title else ""
        return f"<explorer of {self._view.about().title!r}{title}; .save('page.html') keeps it as a file>"

    def _repr_html_(self) -> str:
        about = self._view.about()
        frame = (
            f'<iframe title="{escape(f"Explorer of {about.title}")}" sandbox="{_MAY}" width="100%" '
            f'height="{HEIGHT}" srcdoc="{escape(self._framed)}"></iframe>'
        )
        if about.entities <= FRAMED:
            return frame
        words = f"Here are the {FRAMED:,} things with the most ties, of {about.entities:,}."
        return f"{frame}<p>{words} <code>.save('page.html')</code> writes up to {MOST:,} into a file.</p>"
