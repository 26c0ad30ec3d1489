"""The command that brings in tables: import."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from keiretsu.cli.answering import progress, say, to_json
from keiretsu.cli.options import Json
from keiretsu_ontology.errors import SeedError, UsageError

if TYPE_CHECKING:
    from keiretsu_loaders.tables.importing import Import

_SHOWN = 3  # claims of a preview


def import_table(
    table: Annotated[
        Path,
        typer.Argument(metavar="TABLE", help="A table: .csv, .tsv, .jsonl, .json or .parquet.", show_default=False),
    ],
    mapping: Annotated[
        Path | None,
        typer.Option(
            "--map",
            "-m",
            metavar="FILE",
            help="The mapping; by default NAME.map.yaml beside the table.",
            show_default=False,
        ),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            "-o",
            metavar="DATASET",
            help="The dataset, new or there; without one a preview.",
            show_default=False,
        ),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Check everything and write nothing.")] = False,
    limit: Annotated[
        int | None, typer.Option("--limit", min=1, metavar="N", help="Read so many rows.", show_default=False)
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace files that are there already.")] = False,
    keep: Annotated[
        bool, typer.Option("--keep", help="Lay the table and its mapping into the dataset as they are.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Turn a table into facts by a mapping; every problem is told at its row and column.

    \b
    Examples:
      keiretsu import companies.csv
      keiretsu import companies.csv --map companies.map.yaml -o my-graph
      keiretsu import deals.parquet -m deals.map.yaml -o my-graph --dry-run --json

    Exit codes: 0 written or shown, 2 the table, the mapping or the dataset has problems; nothing is written then.
    """
    from keiretsu_loaders.tables.importing import preview, read_import, write_import

    if keep and limit is not None:
        raise UsageError("--keep takes the table as it is; --limit does not go with it")
    if mapping is None:
        mapping = table.with_name(f"{table.stem}.map.yaml")
        if not mapping.exists():
            if not table.exists():
                raise UsageError(f"there is no table {str(table)!r}")
            raise UsageError(f"there is no mapping {mapping.name!r} beside the table; write one, or name it with --map")
    made = read_import(table, mapping, out, limit=limit, force=force, keep=keep, progress=progress)
    if out is not None and not dry_run and not made.problems:
        write_import(made, out)
    if as_json:
        typer.echo(to_json(made.to_record()))
        if made.problems:
            raise typer.Exit(2)
        return
    if made.problems:
        raise SeedError(made.problems)
    if out is None:
        typer.echo(preview(made, _SHOWN), nl=False)
    _tell(made, out, dry_run=dry_run)


def _tell(made: Import, out: Path | None, *, dry_run: bool) -> None:
    counts = made.to_record()["counts"]
    shapes = ", ".join(_counted(number, name, f"{name}s") for name, number in made.shapes.items())
    known = f", {counts['known']} more are known already" if counts["known"] else ""
    claims = _counted(counts["claims"], "claim", "claims") + (f" ({shapes})" if shapes else "")
    say(
        f"{_counted(counts['rows'], 'row', 'rows')}: {_counted(counts['entities'], 'entity', 'entities')}{known}; "
        f"{_counted(counts['sources'], 'source', 'sources')}; {claims}"
    )
    for note in made.notes:
        say(note)
    if counts["skipped"]:
        say(f"{_counted(counts['skipped'], 'row', 'rows')} passed over, as the mapping says")
    if counts["unmatched"]:
        say(f"{_counted(counts['unmatched'], 'row', 'rows')} that no rule for claims takes")
    if out is None:
        say("nothing written; name a dataset with -o")
    elif dry_run:
        say(f"nothing written; this would write {', '.join(made.files)}")
    else:
        say(f"wrote {', '.join(made.files)} in {out}")


def _counted(number: int, one: str, several: str) -> str:
    return f"{number} {one if number == 1 else several}"
