"""The commands that edit files of facts in place: tidy."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from keiretsu.cli.answering import say


def tidy(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[DIR|FILE]...", help="Datasets, folders or files; by default the dataset."),
    ] = None,
    check: Annotated[bool, typer.Option("--check", help="Write nothing; exit 1 where a file is not tidy.")] = False,
    diff: Annotated[bool, typer.Option("--diff", help="Write nothing; print what would change.")] = False,
) -> None:
    """Write files of facts in their canonical form: the same facts, keys in order, short things in one line.

    \b
    Examples:
      keiretsu tidy my-graph
      keiretsu tidy my-graph/claims/article.yaml --diff
      keiretsu tidy my-graph --check

    Exit codes: 0 all is tidy (now), 1 with --check where something is not, 2 where files have problems; those are
    left as they are.
    """
    from keiretsu.opening import own_folder
    from keiretsu_loaders.tidy import tidy as tidy_files

    rows = list(tidy_files([own_folder(path) for path in paths] if paths else [own_folder()]))
    changed = [row for row in rows if row.changed]
    for row in changed:
        if diff:
            typer.echo(row.to_diff(), nl=False)
        elif check:
            typer.echo(f"{row.path}: not tidy")
    if not check and not diff:
        from keiretsu_loaders.editing import write_files

        write_files({row.path: (row.before, row.after) for row in changed})
        for row in changed:
            typer.echo(f"{row.path}: tidied")
    for problem in sorted(problem for row in rows for problem in row.problems):
        say(str(problem))
    broken = sum(bool(row.problems) for row in rows)
    counted = [
        f"{len(changed)} {'would be tidied' if check or diff else 'tidied'}",
        f"{len(rows) - len(changed) - broken} tidy already",
        *([f"{broken} left alone for the problems above"] if broken else []),
    ]
    say(f"{len(rows)} file{'s' * (len(rows) != 1)}: {', '.join(counted)}")
    if broken:
        raise typer.Exit(2)
    if check and changed:
        raise typer.Exit(1)
