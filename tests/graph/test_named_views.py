"""Views are kept in the build: no dataset folder is needed to read them, and a changed one is another build."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import date
from pathlib import Path

from factories import small_dataset
from keiretsu_graph.build import build
from keiretsu_graph.keys import key_of, known_key
from keiretsu_graph.sqlite import SqliteView
from keiretsu_ontology.named_views import NamedView, Scene, Step

FULL = Scene(
    ("north", "south"), "south", 3, date(2025, 7, 1), date(2025, 12, 1), ("family:person",), ("group:remarks",),
    "south", "lab-spark", 'path north "South Group"', ("lab-spark", "lab-unit"),
)  # fmt: skip
VIEWS = (
    NamedView("z-first", "<script>alert(1)</script>", "", Scene(("north",))),
    NamedView("a-last", "上海", "Two\nlines.", FULL, (Step("One", "", FULL), Step("Two", "n", Scene(around="lab")))),
)


def test_views_come_back_as_they_were_kept(tmp_path: Path) -> None:
    """Every field, in the order of the file; without any there is none."""
    kept = SqliteView.open(build(replace(small_dataset(), views=VIEWS), tmp_path / "one").sqlite)
    bare = SqliteView.open(build(small_dataset(), tmp_path / "two").sqlite)

    assert kept.views() == VIEWS
    assert bare.views() == ()


def test_the_same_views_make_the_same_bytes(tmp_path: Path) -> None:
    """Twice the same; views are no part of the RDF."""
    one, two, bare = (
        build(replace(small_dataset(), views=views), tmp_path / name)
        for name, views in (("one", VIEWS), ("two", VIEWS), ("bare", ()))
    )

    assert one.sqlite.read_bytes() == two.sqlite.read_bytes()
    assert one.quads.read_bytes() == bare.quads.read_bytes()


def test_the_key_of_the_cache_covers_views(tmp_path: Path) -> None:
    """A changed view is another key, by the files and by the note of them."""
    (tmp_path / "facts").mkdir()
    file, keys = tmp_path / "facts" / "views.yaml", set()
    for number, text in enumerate(("views: []\n", "views: [] \n")):
        file.write_text(text)
        os.utime(file, (number, number))
        keys |= {key_of(tmp_path / "facts"), known_key(tmp_path / "facts", tmp_path, now_ns=1 << 62)}

    assert len(keys) == 2
