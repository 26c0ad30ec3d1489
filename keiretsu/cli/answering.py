"""From a question to a printed answer: what every asking command does."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

if TYPE_CHECKING:
    from keiretsu.rendering import Excerpts
    from keiretsu_graph.view import View
    from keiretsu_queries.base import Answer, Clocks


def say(text: str) -> None:
    """Print words for a person, away from the data."""
    typer.echo(text, err=True)


def progress(text: str) -> None:
    """Print what is going on, where someone looks on."""
    if sys.stderr.isatty():
        say(text)


def clocks_of(as_of: date | None, known_by: date | None) -> Clocks:
    """Return the two clocks as the options give them."""
    from keiretsu_queries.base import Clocks

    return Clocks(as_of, known_by)


def give(
    question: str,
    ask: Callable[[View], Answer[Any]],
    *,
    dataset: Path | None,
    sources: Path | None = None,
    as_json: bool = False,
    picture: Path | None = None,
) -> None:
    """Ask one question and print its answer; exit 1 where it is not known."""
    from keiretsu.opening import open_view

    view = open_view(dataset, progress=progress)
    found = ask(view)
    if picture is not None:
        from keiretsu.pictures import write_picture

        write_picture(view, found, picture)
        say(f"picture: {picture}")
    if as_json:
        import json

        from keiretsu_queries.records import answer_record

        typer.echo(json.dumps(answer_record(found), ensure_ascii=False, indent=2))
    else:
        from keiretsu.rendering import Desk, render
        from keiretsu.terminal import paper

        for line in render(question, found, Desk(paper(), excerpts(view, dataset, sources))):
            typer.echo(line)
    if found.state == "not known":
        raise typer.Exit(1)


def excerpts(view: View, dataset: Path | None, sources: Path | None) -> Excerpts:
    """Return what gives the words at a place: from the texts that are at hand."""
    from keiretsu.opening import text_folders

    if not (folders := text_folders(dataset, sources)):
        return lambda _: None
    from keiretsu_loaders.texts import SourceTexts

    texts, known = SourceTexts(folders), {source.id: source for source in view.sources()}
    return lambda place: texts.excerpt(place, known[place.source]) if place.source in known else None
