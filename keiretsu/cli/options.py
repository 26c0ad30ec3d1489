"""Arguments and options that several commands share."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from keiretsu_ontology.errors import KeiretsuError

FORMS = ("text", "json", "csv", "markdown")

if TYPE_CHECKING:
    from keiretsu_graph.view import View
    from keiretsu_queries.parameters import Completion


def see_system() -> None:
    """Raise where this system cannot run a server: work is done in forked processes.

    Raises:
        UsageError: It cannot.
    """
    import os

    from keiretsu_ontology.errors import UsageError

    if not hasattr(os, "fork"):
        raise UsageError("the server needs a system with fork, such as Linux or macOS; on Windows use WSL")


def parse_day(text: str) -> date:
    """Return a day of the calendar."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"{text!r} is not a day such as 2025-10-01") from None


def complete_name(incomplete: str) -> list[str]:
    """Return ids and plain names of things for the shell's completion; silent where there is no graph."""
    return _completed(incomplete, _entities)


def completion(what: Completion | None, choices: Collection[str] = ()) -> Callable[[str], list[str]] | None:
    """Return what completes a parameter on the shell: the values that there are, or words of the graph, or None."""
    if choices:
        return lambda incomplete: [word for word in choices if word.startswith(incomplete)]
    if what is None:
        return None
    return lambda incomplete: _completed(incomplete, _NAMED[what])


def _completed(incomplete: str, named: Callable[[View], Iterable[str]]) -> list[str]:
    from keiretsu.opening import open_view

    try:
        return sorted({word for word in named(open_view()) if word.startswith(incomplete)})
    except KeiretsuError:
        return []


_PLAIN = re.compile(r"[\w.-]+")  # a name that a shell reads as one word and runs nothing of


def _entities(view: View) -> Iterable[str]:
    """Yield the ids of things, and those of their names that are plain words, in any script."""
    for entity in view.all_entities():
        yield entity.id
        yield from (name.text for name in entity.names if _PLAIN.fullmatch(name.text))


_NAMED: dict[Completion, Callable[[View], Iterable[str]]] = {
    "entity": _entities,
    "metric": lambda view: (entity.id for entity in view.all_entities() if entity.kind == "metric"),
    "source": lambda view: (source.id for source in view.sources()),
    "claim": lambda view: view.keys().values(),
}


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
Json = Annotated[bool, typer.Option("--json", help="Short for --format json.")]
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
Format = Annotated[
    str,
    typer.Option(
        "--format",
        "-f",
        metavar="FORM",
        help="text, json, csv (the rows of the answer) or markdown.",
        autocompletion=completion(None, FORMS),
    ),
]
Picture = Annotated[
    Path | None,
    typer.Option("--picture", metavar="FILE", help="Also draw the answer into this file (.html or .svg)."),
]
