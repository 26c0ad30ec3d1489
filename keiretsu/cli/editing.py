"""The commands that edit files of facts in place: tidy, resolve, merge."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from keiretsu.cli.answering import say, to_json
from keiretsu.cli.options import Dataset, Json, Sources
from keiretsu_ontology.errors import UsageError

if TYPE_CHECKING:
    from keiretsu_loaders.decisions import Decision
    from keiretsu_loaders.mergers import Merger


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

        write_files(changed)
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


def resolve(
    conflict: Annotated[str, typer.Argument(metavar="CONFLICT", help="Its id; `keiretsu conflicts` lists them.")],
    prefer: Annotated[str | None, typer.Option("--prefer", metavar="CLAIM", help="The side that is right.")] = None,
    deprecate: Annotated[
        list[str] | None, typer.Option("--deprecate", metavar="CLAIM", help="A side that is wrong; may be repeated.")
    ] = None,
    reason: Annotated[str | None, typer.Option("--reason", metavar="TEXT", help="Why; shown with the claims.")] = None,
    undo: Annotated[bool, typer.Option("--undo", help="Take back what was decided on this conflict.")] = False,
    diff: Annotated[bool, typer.Option("--diff", help="Write nothing; print what would change.")] = False,
    dataset: Dataset = None,
    sources: Sources = None,
    as_json: Json = False,
) -> None:
    """Record in the files which side of a conflict is preferred and why; every side stays visible.

    \b
    Examples:
      keiretsu resolve amap-users --prefer amap-dau --reason "the body names the day" -d my-graph
      keiretsu resolve amap-users --deprecate amap-dau-over --reason "a misprint" -d my-graph --diff
      keiretsu resolve amap-users --undo -d my-graph

    Exit codes: 0 it is recorded, 2 it is refused, or the dataset does not load; nothing is written then.
    """
    from keiretsu.opening import own_folder, text_folders
    from keiretsu_loaders.decisions import decide
    from keiretsu_loaders.decisions import undo as take_back

    folder = own_folder(dataset)
    texts = text_folders(folder, sources)
    if undo:
        if prefer or deprecate or reason:
            raise UsageError("--undo takes a decision back; it goes without --prefer, --deprecate and --reason")
        decision = take_back(folder, conflict, sources=texts)
    else:
        decision = decide(folder, conflict, prefer=prefer, deprecate=deprecate or (), reason=reason, sources=texts)
    _finish(decision, diff=diff, as_json=as_json)


def merge(
    kept: Annotated[str, typer.Argument(metavar="KEPT", help="The id of the entity that stays.")],
    other: Annotated[str, typer.Argument(metavar="OTHER", help="The id of the one that goes; it leads to KEPT then.")],
    reason: Annotated[str | None, typer.Option("--reason", metavar="TEXT", help="Why they are one.")] = None,
    undo: Annotated[bool, typer.Option("--undo", help="Take the merger back.")] = False,
    diff: Annotated[bool, typer.Option("--diff", help="Write nothing; print what would change.")] = False,
    dataset: Dataset = None,
    sources: Sources = None,
    as_json: Json = False,
) -> None:
    """Record in the files that two entities are one: everything that named OTHER names KEPT, and OTHER leads there.

    \b
    Examples:
      keiretsu merge alibaba-cloud aliyun --reason "its name until 2017" -d my-graph --diff
      keiretsu merge alibaba-cloud aliyun --reason "its name until 2017" -d my-graph
      keiretsu merge alibaba-cloud aliyun --undo -d my-graph

    Exit codes: 0 it is recorded, 2 the two cannot be one, or the dataset would break a rule; nothing is written then.
    """
    from keiretsu.opening import own_folder, text_folders
    from keiretsu_loaders import mergers

    folder = own_folder(dataset)
    texts = text_folders(folder, sources)
    if undo:
        if reason:
            raise UsageError("--undo takes a merger back; it goes without --reason")
        made = mergers.undo(folder, kept, other, sources=texts)
    else:
        made = mergers.merge(folder, kept, other, reason=reason, sources=texts)
    _finish(made, diff=diff, as_json=as_json)


def _finish(made: Decision | Merger, *, diff: bool, as_json: bool) -> None:
    """Write what was decided, or only show it."""
    from keiretsu_loaders.editing import write_files

    if not diff:
        write_files(made.files)
    if as_json:
        typer.echo(to_json(made.to_record()))
        return
    for line in made.to_lines():
        typer.echo(line)
    for file in made.files:
        typer.echo(file.to_diff(), nl=False) if diff else say(f"{'wrote' if file.after else 'removed'} {file.path}")
    if not made.files:
        say("this is recorded already; nothing is written")
