"""Pages that draw one graph: our own as `keiretsu explore -o` writes it, and those of other libraries.

The libraries get the nodes, ties and places of ours. They come from npm into a folder of their own, in the versions
of bench/explorer/package.json, and are bundled with each page, so that no page asks for anything.
"""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from shutil import copytree
from typing import Any, NamedTuple

from keiretsu_graph.build import Build
from keiretsu_graph.sqlite import SqliteView
from keiretsu_ontology.entities import KINDS
from keiretsu_ontology.relations import RELATIONS

HERE = Path(__file__).parent / "explorer"
_HTML = """<!doctype html>
<html lang="en"><meta charset="utf-8"><title>%(title)s</title>
<style>html, body, #host { margin: 0; width: 100%%; height: 100%%; overflow: hidden; background: #fff }</style>
<div id="host"></div><script type="application/json" id="given">%(given)s</script>
<script>window.__variant = "%(variant)s";</script><script>%(code)s</script>
"""


class Picture(NamedTuple):
    """What is drawn."""

    nodes: list[tuple[str, str, str, float, float, int]]  # id, name, family, x, y, number of ties
    ties: list[tuple[int, int, str]]  # places of both ends in `nodes`, label


class Page(NamedTuple):
    """A page that is measured."""

    name: str
    most: int  # it is not tried with more nodes
    state: str = ""  # what follows its file in the address
    variant: str = ""
    width: int = 1280  # of its window
    height: int = 800

    @property
    def library(self) -> str:
        """Who draws it."""
        return self.name.partition(",")[0]


_WIDE, _HIGH = 1280 + 600, 800 + 90  # with its panes about the picture
OURS, BARE, PYVIS = "keiretsu", "sigma, bare", "pyvis"
PAGES = {
    page.name: page
    for page in (
        Page(OURS, 100_000, "#show=*", width=_WIDE, height=_HIGH),
        Page("keiretsu, as it opens", 100_000, width=_WIDE, height=_HIGH),
        Page(BARE, 100_000, variant="bare"),
        Page("sigma", 100_000),
        Page("vis-network", 100_000),
        Page(PYVIS, 20_000),
    )
}


def picture_of(build: Build) -> Picture:
    """Return what our page draws of a build: every thing, and every tie between two of them."""
    from keiretsu.explorer.about import KIND, RELATION
    from keiretsu.explorer.fragments import everything

    drawn = everything(SqliteView.open(build.sqlite))
    families, relations = [KINDS[kind].family for kind in KIND], [RELATIONS[relation].label for relation in RELATION]
    nodes = [(id_, name, families[kind], x, y, ties) for id_, name, kind, x, y, ties in drawn["nodes"]]
    return Picture(nodes, [(one, other, relations[relation]) for one, relation, other, _, _ in drawn["ties"]])


def installed(folder: Path) -> Path:
    """Return a folder into which npm has put the libraries.

    Raises:
        RuntimeError: npm fails, or is not there.
    """
    copytree(HERE, folder)
    command = ["npm", "install", "--ignore-scripts", "--no-package-lock", "--no-audit", "--no-fund", "--silent"]
    try:
        told = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    except OSError as error:
        raise RuntimeError(f"the libraries come by npm, which does not run: {error}") from None
    if told.returncode:
        raise RuntimeError("npm fails: " + "; ".join(told.stderr.strip().splitlines()[-3:]))
    return folder


def write_page(page: Page, build: Build, picture: Picture, out: Path, libraries: Path | None) -> Path:
    """Return the file of a page, written into a folder."""
    writers: dict[str, Callable[[], str]] = {
        "keiretsu": lambda: _ours(build),
        "pyvis": lambda: _pyvis(picture),
        "sigma": lambda: _bundled("sigma", page, picture, libraries),
        "vis-network": lambda: _bundled("vis", page, picture, libraries),
    }
    file = out / f"{page.library}{page.variant}.html"
    if not file.exists():
        file.write_text(writers[page.library](), encoding="utf-8")
    return file


def _ours(build: Build) -> str:
    """Return our own page of the whole graph, as `keiretsu explore -o FILE.html --all` writes it."""
    from keiretsu.explorer import page

    return page(SqliteView.open(build.sqlite), most=None)


def _pyvis(picture: Picture) -> str:
    """Return a page as pyvis makes it, with its library inside: without that it is blank where there is no network."""
    from pyvis.network import Network

    network = Network(directed=True, cdn_resources="in_line", height="100vh")
    for place, (_, name, family, _, _, _) in enumerate(picture.nodes):
        network.add_node(place, label=name, group=family)
    for one, other, label in picture.ties:
        network.add_edge(one, other, title=label)
    return str(network.generate_html(notebook=False))


def _bundled(entry: str, page: Page, picture: Picture, libraries: Path | None) -> str:
    if libraries is None:
        raise RuntimeError(f"{page.name} needs libraries")
    given = json.dumps(picture._asdict(), separators=(",", ":")).replace("<", "\\u003c")
    words: dict[str, Any] = {"title": page.name, "given": given, "variant": page.variant}
    return _HTML % {**words, "code": _code(libraries, entry)}


def _code(libraries: Path, entry: str) -> str:
    """Return a page's script with its library in it."""
    bundled = libraries / f"{entry}.bundled"
    if not bundled.exists():
        command = [str(libraries / "node_modules/.bin/esbuild"), f"{entry}.js", "--bundle", "--minify", "--format=iife",
                   "--legal-comments=none", "--log-level=error", f"--outfile={bundled}",
                   '--define:process.env.NODE_ENV="production"']  # fmt: skip
        subprocess.run(command, cwd=libraries, check=True, env={**os.environ, "NODE_ENV": "production"})
    return bundled.read_text(encoding="utf-8").replace("</script", "<\\/script")
