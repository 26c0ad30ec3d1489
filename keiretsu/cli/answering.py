"""From a question to a printed answer: what every asking command does."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

if TYPE_CHECKING:
    from keiretsu.rendering import Excerpts
    from keiretsu_graph.view import View
    from keiretsu_queries.base import Answer, Clocks
    from keiretsu_queries.questions import Question


def say(text: str) -> None:
    """Print words for a person, away from the data."""
    typer.echo(text, err=True)


def progress(text: str) -> None:
    """Print what is going on, where someone looks on."""
    if sys.stderr.isatty():
        say(text)


def to_json(record: Any) -> str:
    """Return plain data as JSON, with every character that standard output cannot show by its number."""
    import json

    unicode = (sys.stdout.encoding or "").replace("-", "").casefold() in ("utf8", "utf16", "utf32")
    return json.dumps(record, ensure_ascii=not unicode, indent=2)


def clocks_of(as_of: date | None, known_by: date | None) -> Clocks:
    """Return the two clocks as the options give them."""
    from keiretsu_queries.base import Clocks

    return Clocks(as_of, known_by)


Form = str  # one of FORMS


def give(
    question: Question,
    ask: Callable[[View], Answer[Any]],
    *,
    dataset: Path | None,
    sources: Path | None = None,
    fmt: Form = "text",
    picture: Path | None = None,
) -> None:
    """Ask one question and print its answer; exit 1 where it is not known.

    Raises:
        UsageError: There is no such form of output.
    """
    from keiretsu.cli.options import FORMS
    from keiretsu.opening import open_view
    from keiretsu_ontology.errors import UsageError

    if fmt not in FORMS:
        from keiretsu_ontology.notation import nearest

        raise UsageError(f"unknown form {fmt!r}{nearest(fmt, FORMS)}; there are {', '.join(FORMS)}")
    view = open_view(dataset, progress=progress)
    found = ask(view)
    if picture is not None:
        from keiretsu.pictures import write_picture

        write_picture(view, question, found, picture)
        say(f"picture: {picture}")
    for line in _printed(question, found, fmt, view, dataset, sources):
        typer.echo(line, color=True)  # the paper has decided
    if found.state == "not known":
        raise typer.Exit(1)


def _printed(
    question: Question, found: Answer[Any], fmt: Form, view: View, dataset: Path | None, sources: Path | None
) -> Iterable[str]:
    """Return the lines of an answer in one of the forms."""
    if fmt == "json":
        from keiretsu_queries.records import answer_record

        return [to_json(answer_record(found))]
    if fmt == "csv":
        from keiretsu_queries.rows import to_csv

        return [to_csv(question, found).rstrip("\r\n")]
    if fmt == "markdown":
        from keiretsu.markdown import to_markdown

        return [to_markdown(question, found)]
    from keiretsu.rendering import Desk, render
    from keiretsu.terminal import paper

    return render(question.name, found, Desk(paper(), excerpts(view, dataset, sources)))


def excerpts(view: View, dataset: Path | None, sources: Path | None) -> Excerpts:
    """Return what gives the words at a place: from the texts that are at hand."""
    from keiretsu.opening import text_folders

    if not (folders := text_folders(dataset, sources)):
        return lambda _: None
    from keiretsu_loaders.texts import SourceTexts

    texts, known = SourceTexts(folders), {source.id: source for source in view.sources()}
    return lambda place: texts.excerpt(place, known[place.source]) if place.source in known else None
