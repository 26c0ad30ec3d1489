"""Arguments and options that several commands share."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from keiretsu_ontology.errors import KeiretsuError


def parse_day(text: str) -> date:
    """Return a day of the calendar."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"{text!r} is not a day such as 2025-10-01") from None


def complete_name(incomplete: str) -> list[str]:
    """Return entity ids for the shell's completion; silent where there is no graph."""
    from keiretsu.opening import open_view

    try:
        return [entity.id for entity in open_view().all_entities() if entity.id.startswith(incomplete.casefold())]
    except KeiretsuError:
        return []


Dataset = Annotated[
    Path | None,
    typer.Option(
        "--dataset", "-d", metavar="DIR", help="A dataset or a build; also KEIRETSU_DATASET.", show_default=False
    ),
]
Sources = Annotated[
    Path | None,
    typer.Option(
        "--sources", metavar="DIR", help="Folder with the texts of sources; also KEIRETSU_SOURCES.", show_default=False
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Print the answer as JSON.")]
AsOf = Annotated[
    date | None,
    typer.Option("--as-of", parser=parse_day, metavar="DAY", help="Only what was so on this day."),
]
KnownBy = Annotated[
    date | None,
    typer.Option(
        "--known-by",
        parser=parse_day,
        metavar="DAY",
        help="Only what had been published by this day.",
        show_default=False,
    ),
]
StatedOnly = Annotated[bool, typer.Option("--stated-only", help="Leave out ties that follow from others by rule.")]
Picture = Annotated[
    Path | None,
    typer.Option("--picture", metavar="FILE.html", help="Also draw the answer into this file."),
]
Named = Annotated[
    str, typer.Argument(metavar="NAME", help="A name, alias, id or identifier.", autocompletion=complete_name)
]
