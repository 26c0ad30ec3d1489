"""The commands that answer other programs: serve."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from keiretsu.cli.answering import progress, say
from keiretsu.cli.options import Sources, completion, see_system

if TYPE_CHECKING:
    from asyncio import AbstractEventLoop
    from collections.abc import Callable, Sequence
    from socket import socket

    from keiretsu.http.settings import Settings
    from keiretsu.workers.plan import Plan
    from keiretsu_graph.build import Build


LOGS = ("text", "json", "none")


def serve(
    graph: Annotated[
        Path | None,
        typer.Argument(metavar="[DIR]", help="A dataset or a build; the bundled graph without.", show_default=False),
    ] = None,
    rdf: Annotated[
        list[Path] | None,
        typer.Option("--rdf", metavar="FILE", help="Serve this file of RDF instead; may be given again."),
    ] = None,
    union: Annotated[
        bool, typer.Option("--union-default-graph", help="With --rdf: a query sees all named graphs as one.")
    ] = False,
    host: Annotated[str, typer.Option("--host", help="Listen on this address.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="On this port; 0 takes any free one.")] = 5340,
    base: Annotated[
        str | None,
        typer.Option("--base", metavar="URL", help="The address that clients know it by.", show_default=False),
    ] = None,
    allow_host: Annotated[
        list[str] | None,
        typer.Option("--allow-host", metavar="NAME", help="Answer to this host name, too; may be given again."),
    ] = None,
    allow_origin: Annotated[
        list[str] | None,
        typer.Option(
            "--allow-origin", metavar="URL", help="Let pages of this site ask (CORS); * for all. May be given again."
        ),
    ] = None,
    seconds: Annotated[float, typer.Option("--timeout", metavar="SECONDS", min=0.1, help="For one answer.")] = 10.0,
    memory: Annotated[int, typer.Option("--memory", metavar="MB", min=50, help="For one worker.")] = 2000,
    rows: Annotated[int, typer.Option("--max-rows", metavar="N", min=1, help="Of one result.")] = 100_000,
    workers: Annotated[
        int | None,
        typer.Option("--workers", metavar="N", min=1, max=256, help="How many work at once.", show_default="cores"),
    ] = None,
    queue: Annotated[
        int, typer.Option("--queue", metavar="N", min=0, help="How many may wait for a worker; more get 503.")
    ] = 64,
    connections: Annotated[int, typer.Option("--max-connections", metavar="N", min=1, help="At once.")] = 1000,
    patience: Annotated[
        float,
        typer.Option("--patience", metavar="SECONDS", min=0.1, help="For clients that are slow to send or to read."),
    ] = 10.0,
    log: Annotated[
        str,
        typer.Option(
            "--log", metavar="FORM", help="Of requests: text, json or none.", autocompletion=completion(None, LOGS)
        ),
    ] = "text",
    allow_service: Annotated[
        list[str] | None,
        typer.Option(
            "--allow-service",
            metavar="URL",
            help="Let queries reach this SPARQL endpoint (SERVICE); may be given again.",
        ),
    ] = None,
    write: Annotated[
        bool, typer.Option("--write", help="Let whoever has the token change the graph, in a working copy.")
    ] = False,
    copy: Annotated[
        Path | None,
        typer.Option(
            "--copy",
            metavar="DIR",
            help="With --write: the folder of the working copy; a temporary one without.",
            show_default=False,
        ),
    ] = None,
    token_file: Annotated[
        Path | None,
        typer.Option(
            "--token-file",
            metavar="FILE",
            help="With --write: holds the token; also KEIRETSU_TOKEN. One is made without.",
            show_default=False,
        ),
    ] = None,
    change_seconds: Annotated[
        float, typer.Option("--change-timeout", metavar="SECONDS", min=0.1, help="For one change.")
    ] = 60.0,
    sources: Sources = None,
) -> None:
    """Serve the graph to programs and browsers: SPARQL, linked data, JSON, MCP; on loopback, read-only.

    \b
    Examples:
      keiretsu serve
      keiretsu serve build/my-graph --port 8000
      keiretsu serve --rdf companies.ttl --rdf people.nq
    """
    import contextlib

    from keiretsu.http.server import bind
    from keiretsu.http.settings import Settings
    from keiretsu.workers.copies import working_folder
    from keiretsu.workers.limits import MEGABYTE, Limits
    from keiretsu_ontology.errors import UsageError

    see_system()
    limits = Limits(
        seconds=seconds,
        memory=memory * MEGABYTE,
        rows=rows,
        queue=queue,
        connections=connections,
        header_seconds=patience,
        body_seconds=2 * patience,
        idle_seconds=1.5 * patience,
        change_seconds=change_seconds,
    )
    limits = limits._replace(workers=workers) if workers else limits
    if copy is not None and not write:
        raise UsageError("--copy is for --write")
    token = _token(token_file) if write else None
    settings = Settings(
        host=host,
        port=port,
        base=base.rstrip("/") if base else None,
        hosts=tuple(allow_host or ()),
        origins=tuple(allow_origin or ()),
        token=token,
        log=_one_of(log, LOGS, "form of log"),
        limits=limits,
    )
    if write and copy is None:
        say("changes are made in a working copy that is removed at the end; --copy DIR keeps them")
    keep_log()

    def ready() -> None:
        say(f"serving at {settings.address}  (Ctrl-C ends it)")

    with working_folder(copy) if write else contextlib.nullcontext() as folder:
        plan = plan_of(graph, rdf or [], sources, union=union, copy=folder)
        listening, settings = bind(settings)
        plan = plan._replace(base=settings.address, services=tuple(allow_service or ()))
        run_server(plan, settings, listening, ready)


def run_server(plan: Plan, settings: Settings, listening: socket, ready: Callable[[], None]) -> None:
    """Serve a graph until Ctrl-C; what is to be said or done when it is there is called then."""
    import asyncio

    from keiretsu.http.server import serve as run

    with asyncio.Runner(loop_factory=_loop_factory()) as runner:
        runner.run(run(plan, settings, listening, ready=ready))


def _one_of(word: str, known: tuple[str, ...], what: str) -> str:
    from keiretsu_ontology.errors import UsageError
    from keiretsu_ontology.notation import nearest

    if word not in known:
        raise UsageError(f"unknown {what} {word!r}{nearest(word, known)}; there are {', '.join(known)}")
    return word


def _token(file: Path | None) -> str:
    """Return the token that changes need: of a file, of the environment, or one that is made and told once."""
    import os
    import secrets

    from keiretsu_ontology.errors import UsageError

    if file is not None:
        try:
            found = file.read_text(encoding="utf-8").strip()
        except (OSError, UnicodeError) as error:
            raise UsageError(f"the token in {file} cannot be read: {error}") from None
    elif (found := os.environ.get("KEIRETSU_TOKEN", "").strip()) == "":
        found = secrets.token_urlsafe(32)
        say(f"the token for changes is {found}")
    if len(found) < 16 or not found.isascii() or not found.isprintable() or " " in found:
        raise UsageError("a token is at least 16 letters, digits and signs without a space")
    return found


def plan_of(
    graph: Path | None, rdf: Sequence[Path], sources: Path | None, *, union: bool = False, copy: Path | None = None
) -> Plan:
    """Return what is to be served: a dataset or a build, or files of RDF.

    Raises:
        UsageError: Both are named.
    """
    from keiretsu.opening import find_build, text_folders
    from keiretsu.workers.plan import Plan
    from keiretsu_ontology.errors import UsageError

    if rdf:
        if graph is not None:
            raise UsageError("name a graph or files of RDF (--rdf), not both")
        copied = str(copy.resolve()) if copy else None
        return Plan(files=tuple(str(file.resolve()) for file in rdf), union=union, copy=copied)
    build = find_build(graph, progress=progress)
    texts = tuple(str(folder.resolve()) for folder in text_folders(graph, sources))
    _arrange(build)
    plan = Plan(build=str(build.folder.resolve()), current=build.manifest.current, texts=texts)
    if copy is None:
        return plan
    from keiretsu.workers.copies import graph_plan

    return graph_plan(plan, build, copy)


def _arrange(build: Build) -> None:
    """Have everything laid out for the explorer before anybody waits for it."""
    from keiretsu_graph.sqlite import SqliteView

    view = SqliteView.open(build.sqlite)
    view.arrange(progress=progress)
    view.close()


def _loop_factory() -> Callable[[], AbstractEventLoop] | None:
    """Return what makes the fastest loop of events that there is here, or None for Python's own."""
    try:
        import uvloop
    except ImportError:
        return None
    return uvloop.new_event_loop


def keep_log() -> None:
    """Write the log of the server and of its requests to standard error."""
    import logging

    logging.basicConfig(format="%(asctime)s %(message)s", level=logging.INFO)
    logging.getLogger("uvicorn").setLevel(logging.WARNING)
