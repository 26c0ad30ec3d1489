"""The command that compares two editions of a graph: diff."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from keiretsu.cli.answering import progress, to_json
from keiretsu.cli.options import Dataset, Json


def diff(
    old: Annotated[str, typer.Argument(metavar="OLD", help="A dataset, a build, or a git revision of the dataset.")],
    new: Annotated[
        str | None, typer.Argument(metavar="[NEW]", help="The same; by default the dataset as it is now.")
    ] = None,
    dataset: Dataset = None,
    form: Annotated[
        Literal["text", "json", "markdown"], typer.Option("--format", "-f", help="markdown is for a pull request.")
    ] = "text",
    as_json: Json = False,
    limit: Annotated[
        int | None, typer.Option("--limit", min=0, metavar="N", help="Rows of each section; 0 shows all [50].")
    ] = None,
    exit_code: Annotated[bool, typer.Option("--exit-code", help="Exit 1 where something differs.")] = False,
) -> None:
    """Say what changed between two versions of a dataset: claims, entities, sources, conflicts and ties.

    \b
    Examples:
      keiretsu diff HEAD~3 HEAD -d my-graph
      keiretsu diff main -d my-graph --format markdown
      keiretsu diff old-folder new-folder --json

    A name is a folder where there is one, else a revision; main:seeds names a folder in it. Exit codes: 0 it could be
    told, 2 one of them does not load; with --exit-code 1 where something differs.
    """
    from keiretsu.editions import open_editions
    from keiretsu_queries.editions.comparison import compare

    found = compare(*open_editions(old, new, dataset, progress=progress))
    if as_json or form == "json":
        from keiretsu_queries.editions.records import difference_record

        typer.echo(to_json(difference_record(found)))
    else:
        from keiretsu.change_texts import to_markdown, to_text
        from keiretsu.terminal import paper

        rows = 50 if limit is None else limit
        for line in to_markdown(found, rows) if form == "markdown" else to_text(found, paper(), rows):
            typer.echo(line, color=True)  # the paper has decided
    if exit_code and found.counts():
        raise typer.Exit(1)
