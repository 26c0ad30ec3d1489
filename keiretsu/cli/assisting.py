"""The command for AI assistants: mcp."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from keiretsu.cli.answering import progress
from keiretsu.cli.options import Sources, see_system
from keiretsu_ontology.errors import UsageError


def mcp(
    graph: Annotated[
        Path | None,
        typer.Argument(metavar="[DIR]", help="A dataset or a build; the bundled graph without.", show_default=False),
    ] = None,
    seconds: Annotated[float, typer.Option("--timeout", metavar="SECONDS", min=0.1, help="For one answer.")] = 10.0,
    memory: Annotated[int, typer.Option("--memory", metavar="MB", min=50, help="For one worker.")] = 2000,
    sources: Sources = None,
) -> None:
    """Serve the graph to an AI assistant over standard input and output (Model Context Protocol), read-only.

    The assistant starts it: name this command in its configuration. `keiretsu serve` has the same at /mcp.

    \b
    Example:
      keiretsu mcp build/my-graph
    """
    import asyncio
    from importlib.util import find_spec

    from keiretsu.opening import find_build, text_folders
    from keiretsu.workers.limits import MEGABYTE, Limits
    from keiretsu.workers.plan import Plan

    see_system()
    if find_spec("mcp") is None:
        raise UsageError("assistants need the package mcp: pip install 'keiretsu[mcp]'")
    from keiretsu.mcp.running import serve_standard

    build = find_build(graph, progress=progress)
    texts = tuple(str(folder.resolve()) for folder in text_folders(graph, sources))
    plan = Plan(build=str(build.folder.resolve()), current=build.manifest.current, texts=texts)
    asyncio.run(serve_standard(plan, Limits(seconds=seconds, memory=memory * MEGABYTE, workers=2)))
