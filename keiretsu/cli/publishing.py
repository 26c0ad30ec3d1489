"""The commands that hand the graph on: sparql, export."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from keiretsu.cli.answering import progress, say
from keiretsu.cli.options import Dataset
from keiretsu_ontology.errors import UsageError

Out = Annotated[
    Path | None,
    typer.Option("--out", "-o", metavar="FILE", help="Write here; - is standard output."),
]


def sparql(
    query: Annotated[
        str | None,
        typer.Argument(metavar="[QUERY]", help="A query, a file of one, the name of a saved one, or - for stdin."),
    ] = None,
    dataset: Dataset = None,
    fmt: Annotated[
        str,
        typer.Option(
            "--format",
            "-f",
            help="table, json, csv, tsv, xml; for graphs turtle, ntriples, jsonld, rdfxml, trig, nquads.",
        ),
    ] = "table",
    as_json: Annotated[bool, typer.Option("--json", help="Short for --format json.")] = False,
    out: Out = None,
    listed: Annotated[bool, typer.Option("--list", help="List the saved queries.")] = False,
    timeout: Annotated[
        float | None,
        typer.Option("--timeout", metavar="SECONDS", min=0.1, help="End with an error after so long."),
    ] = None,
) -> None:
    """Ask the graph in SPARQL 1.1; the prefixes kei, entity, claim, source, rdfs ... are known.

    Saved queries are the .rq files in the dataset's folder `queries` and those that come with the program.

    \b
    Examples:
      keiretsu sparql 'SELECT ?who { ?who kei:customerOf entity:alibaba }'
      keiretsu sparql partners --format csv
      cat my.rq | keiretsu sparql - --format turtle
    """
    from keiretsu.opening import dataset_folder, find_build
    from keiretsu.saved import saved_queries, title_of

    saved = saved_queries(dataset_folder(dataset))
    if listed or query is None:
        for name, text in saved.items():
            typer.echo(f"{name:28} {title_of(text)}")
        return
    from keiretsu.saved import query_text
    from keiretsu_graph.answers import printed
    from keiretsu_graph.guard import admit
    from keiretsu_graph.oxigraph import open_store

    build = find_build(dataset, progress=progress)
    asked = admit(query_text(query, saved))
    with ended_by_interrupt(), _ended_after(timeout):
        found = printed(open_store(build.store), asked, "json" if as_json else fmt)
    write_out(found.body, out)
    if not found.rows and asked.form != "ASK":
        say("no results: not known")
        raise typer.Exit(1)


@contextmanager
def ended_by_interrupt() -> Iterator[None]:
    """Let Ctrl-C end the process at once: the engine does not listen to Python while it works."""
    import signal

    before = signal.signal(signal.SIGINT, signal.SIG_DFL)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


@contextmanager
def _ended_after(seconds: float | None) -> Iterator[None]:
    """Let the process end by itself after a while: the engine cannot be stopped, but lets other threads run."""
    import os
    from threading import Timer

    def end() -> None:
        say(f"the query took longer than {seconds:g} seconds, and was ended")
        os._exit(2)

    timer = Timer(seconds, end) if seconds is not None else None
    if timer is not None:
        timer.daemon = True
        timer.start()
    try:
        yield
    finally:
        if timer is not None:
            timer.cancel()


def write_out(data: bytes, out: Path | None) -> None:
    """Write to a file, whole or not at all, or to standard output.

    Raises:
        StoreError: The file cannot be written.
    """
    if out is None or str(out) == "-":
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    from keiretsu_graph.exports import write_whole

    write_whole(out, data)


def export(
    fmt: Annotated[
        str | None, typer.Argument(metavar="[FORMAT]", help="A format; without one they are listed.")
    ] = None,
    out: Out = None,
    dataset: Dataset = None,
) -> None:
    """Write the graph in another format; each says what it cannot hold.

    \b
    Examples:
      keiretsu export
      keiretsu export turtle -o alibaba.ttl
      keiretsu export gexf -o alibaba.gexf
    """
    from keiretsu_graph.exports import EXPORTS, export_to
    from keiretsu_ontology.notation import nearest

    if fmt is None:
        for name, kind in EXPORTS.items():
            typer.echo(f"{name:20} {' '.join(kind.suffixes):10} {kind.loses}")
        return
    if fmt not in EXPORTS:
        raise UsageError(f"unknown format {fmt!r}{nearest(fmt, EXPORTS)}; there are {', '.join(EXPORTS)}")
    from keiretsu.opening import find_build

    build = find_build(dataset, progress=progress)
    data = export_to(build, fmt)
    write_out(data, out)
    say(f"{fmt}: {EXPORTS[fmt].loses}")
