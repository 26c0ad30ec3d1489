"""The commands of those who write facts: check, build, init, anchor."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Literal

import typer

from keiretsu.cli.answering import progress, say, to_json
from keiretsu.cli.options import Json, Sources
from keiretsu_ontology.errors import UsageError

Folder = Annotated[Path, typer.Argument(metavar="DIR", help="The folder of a dataset.")]


def check(folder: Folder, sources: Sources = None, as_json: Json = False) -> None:
    """Check the facts in a folder: every problem at once, each with file, line and column.

    \b
    Examples:
      keiretsu check seeds
      keiretsu check my-graph --sources texts --json
    """
    from keiretsu.asked_views import views_ask_what_can_be_asked
    from keiretsu.opening import text_folders
    from keiretsu_loaders import check as check_folder

    texts, rules = text_folders(folder, sources), (views_ask_what_can_be_asked,)
    report = check_folder(folder, sources=texts, progress=progress, rules=rules)
    if as_json:
        typer.echo(to_json(report.to_record()))
    else:
        for line in report.to_lines():
            typer.echo(line)
    if report.problems:
        raise typer.Exit(2)


def build(
    folder: Folder,
    out: Annotated[Path, typer.Option("--out", "-o", metavar="OUT", help="The folder to build into.")],
    sources: Sources = None,
    force: Annotated[bool, typer.Option("--force", help="Build even where nothing changed.")] = False,
    fresh_layout: Annotated[
        bool, typer.Option("--fresh-layout", help="Lay the picture of the whole graph out anew, whatever stood where.")
    ] = False,
) -> None:
    """Build the graph of a dataset into a folder, for look-ups and SPARQL; readers see the old one or the new one.

    In the explorer's picture of the whole graph things stay where the build before had them; new ones are set beside.

    \b
    Examples:
      keiretsu build my-graph -o build/my-graph && keiretsu show Bosch -d build/my-graph
      keiretsu build my-graph -o build/my-graph --fresh-layout
    """
    from keiretsu.asked_views import views_ask_what_can_be_asked
    from keiretsu.opening import text_folders
    from keiretsu_graph.build import build as build_graph
    from keiretsu_loaders import load

    texts, rules = text_folders(folder, sources), (views_ask_what_can_be_asked,)
    dataset = load(folder, sources=texts, progress=progress, rules=rules)
    layout: Literal["now", "afresh"] = "afresh" if fresh_layout else "now"
    made = build_graph(dataset, out, progress=progress, force=force, layout=layout)
    say(
        f"built {dataset.title!r} in {out}: {len(dataset.entities)} entities, {len(dataset.claims)} claims, "
        f"{len(dataset.sources)} sources, {len(dataset.conflicts)} conflicts ({made.manifest.digest[:12]})"
    )


def init(
    folder: Folder,
    name: Annotated[str | None, typer.Option("--name", help="Id of the dataset; by default the folder's name.")] = None,
    title: Annotated[str | None, typer.Option("--title", help="Its title.")] = None,
) -> None:
    """Write a small working dataset to start from: three companies, a product, a deal, a view and a source text.

    \b
    Example:
      keiretsu init my-graph && keiretsu check my-graph && keiretsu explore -d my-graph
    """
    from keiretsu_loaders import init as write_template
    from keiretsu_ontology.writing import to_slug

    slug = name or to_slug(folder.resolve().name) or "my-graph"
    write_template(folder, slug, title or slug.replace("-", " ").capitalize())
    say(f"wrote a dataset into {folder}; next: keiretsu check {folder}")


def anchor(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A text, or a claims file with `quote:` lines.")],
    quote: Annotated[str | None, typer.Argument(metavar="[QUOTE]", help="The exact words; - reads them.")] = None,
    sources: Sources = None,
    nth: Annotated[int | None, typer.Option("--nth", min=1, help="Which one, where the words stand often.")] = None,
    write: Annotated[bool, typer.Option("--write", help="Replace the quotes of a claims file in place.")] = False,
) -> None:
    """Turn a quote into a locator: offsets and a digest, so that the words themselves need not be copied.

    \b
    Examples:
      keiretsu anchor sources/article.txt "launched in late July"
      keiretsu anchor claims/article.yaml --sources texts --write
    """
    from keiretsu_loaders.anchor import locate_in_file, rewrite_file

    if quote is None:
        from keiretsu.opening import SOURCES, text_folders

        folders = text_folders(file.parent.parent, sources)
        if not folders:
            raise UsageError(f"the text of the source is needed: name its folder with --sources or {SOURCES}")
        rewritten = rewrite_file(file, folders, write=write)
        typer.echo(rewritten, nl=False) if not write else say(f"rewrote {file}")
        return
    words = sys.stdin.read().rstrip("\n") if quote == "-" else quote
    place = locate_in_file(file, words, nth=nth)
    typer.echo(f"evidence: [{{at: {place.start}-{place.end}, sha256: {place.sha256}}}]")
