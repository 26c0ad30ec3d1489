"""Running a server: a socket, a crew, the application, and the graph that is made meanwhile."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import logging
import signal
import socket
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import uvicorn

from keiretsu.http.app import make_app
from keiretsu.http.connection import patient_protocol
from keiretsu.http.gate import Gate
from keiretsu.http.settings import Settings
from keiretsu.http.site import Site
from keiretsu.workers.crew import Crew
from keiretsu.workers.plan import Plan
from keiretsu_graph.build import open_build
from keiretsu_ontology.errors import KeiretsuError, StoreError, UsageError

if TYPE_CHECKING:
    from keiretsu.mcp.running import Mounted

_log = logging.getLogger("keiretsu")
_LOOK = 1.0  # seconds between looks for a new build


def bind(settings: Settings) -> tuple[socket.socket, Settings]:
    """Return a socket that listens, and the settings with its port, where any free one was asked for.

    Raises:
        UsageError: The address is taken or not of this machine.
    """
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    opened = socket.socket(family)
    opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        opened.bind((settings.host, settings.port))
    except (OSError, OverflowError) as error:
        opened.close()
        reason = getattr(error, "strerror", None) or error
        raise UsageError(f"cannot listen on {settings.host} port {settings.port}: {reason}") from None
    opened.listen(1024)
    return opened, settings._replace(port=opened.getsockname()[1])


async def serve(plan: Plan, settings: Settings, listening: socket.socket, *, ready: Callable[[], None]) -> None:
    """Serve a graph until the process is told to end; a build that is made meanwhile is taken up.

    Where the graph may be changed, its working copy is this server's alone, and nobody else builds there.

    Raises:
        KeiretsuError: The graph cannot be opened.
    """
    _admit_files(settings.limits.connections)
    async with Crew(settings.limits) as crew:
        await crew.open(plan)
        site = Site(crew, settings)
        assistants = await _assistants(crew, settings) if plan.build else None
        app = make_app(site, assistants.routes if assistants else ())
        server = uvicorn.Server(_config(site.settings, app))
        looking = asyncio.ensure_future(_follow(crew, plan)) if plan.build and plan.copy is None else None
        gc.collect()
        gc.freeze()  # what is there now stays; looking through it again and again would hold up answers
        ready()
        try:
            async with assistants.run() if assistants else contextlib.nullcontext():
                with _told_to_end():
                    await server.serve(sockets=[listening])
        finally:
            app.journal.flush()
            if looking is not None:
                looking.cancel()


async def _assistants(crew: Crew, settings: Settings) -> Mounted | None:
    """Return the face for AI assistants, where the package that speaks their protocol is installed."""
    if find_spec("mcp") is None:
        return None
    from keiretsu.mcp.running import Mounted, about

    title, told = await about(crew)
    return Mounted(crew, settings, title=title, about=told)


@contextlib.contextmanager
def _told_to_end() -> Iterator[None]:
    """Take a signal to end as the end of serving, after which there is still something to do.

    uvicorn stops at the first one, and then raises it again for whoever was there before: that is this.
    """
    kinds = (signal.SIGINT, signal.SIGTERM)
    before = [signal.signal(kind, lambda *_: None) for kind in kinds]
    try:
        yield
    finally:
        for kind, handler in zip(kinds, before, strict=True):
            signal.signal(kind, handler)


def _admit_files(connections: int) -> None:
    """Have the system let this process hold as many connections as it should."""
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = connections + 500
    if soft < wanted:
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted if hard < 0 else min(wanted, hard), hard))


def _config(settings: Settings, app: Gate) -> uvicorn.Config:
    limits = settings.limits
    return uvicorn.Config(
        app,
        http=patient_protocol(limits),
        ws="none",
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_keep_alive=int(limits.idle_seconds),
        timeout_graceful_shutdown=int(limits.seconds) + 2,
    )


async def _follow(crew: Crew, plan: Plan) -> None:
    """Open the build that stands in the folder whenever it is another one."""
    assert plan.build is not None  # noqa: S101  asked for builds alone
    folder, told = Path(plan.build), ""
    while True:
        await asyncio.sleep(_LOOK)
        with contextlib.suppress(StoreError):  # none at this moment: the one before is served on
            current = open_build(folder).manifest.current
            if current == crew.plan.current:
                continue
            try:
                await crew.open(crew.plan._replace(current=current))
                _log.info("serving the new build %s", current)
            except KeiretsuError as error:
                if told != current:
                    _log.warning("the new build %s cannot be opened, the one before is served on: %s", current, error)
                told = current
