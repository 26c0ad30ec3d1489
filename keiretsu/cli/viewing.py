"""The command that tells the views that a dataset keeps."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import typer

from keiretsu.cli.answering import progress, say, to_json
from keiretsu.cli.options import Dataset, Json

if TYPE_CHECKING:
    from keiretsu_ontology.named_views import NamedView


def views(dataset: Dataset = None, as_json: Json = False) -> None:
    """List the views that a dataset keeps in views.yaml: the explorer shows them as tabs, with the steps of stories.

    \b
    Examples:
      keiretsu views
      keiretsu views -d my-graph --json

    With --json each view and step has its state too: the part of the explorer's address after the number sign.
    """
    from keiretsu.opening import open_view

    graph = open_view(dataset, progress=progress)
    kept = graph.views()
    if as_json:
        from keiretsu.explorer.views import view_records

        typer.echo(to_json({"version": 1, "views": view_records(kept, graph)}))
    for line in _lines(kept) if not as_json else ():
        typer.echo(line)
    if not kept:
        say("no views are kept in this dataset; they stand in its file views.yaml (docs/curating.md)")
        raise typer.Exit(1)


def _lines(kept: tuple[NamedView, ...]) -> Iterator[str]:
    """Yield views for a person."""
    width = max((len(view.id) for view in kept), default=0)
    for view in kept:
        yield f"{view.id.ljust(width)}  {view.title}"
        yield from (f"{'':{width}}  {number}. {step.title}" for number, step in enumerate(view.steps, 1))
