"""The explorer served on this machine for whoever sits at it: a server on loopback, and a browser that opens there."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from keiretsu.cli.answering import say

if TYPE_CHECKING:
    from socket import socket

    from keiretsu.http.settings import Settings


def serve_explorer(
    graph: Path | None, sources: Path | None = None, *, state: str = "", port: int | None = None, browser: bool = True
) -> None:
    """Serve the explorer on loopback until Ctrl-C, and open it.

    Args:
        graph: A dataset or a build; the bundled graph without.
        sources: A folder with texts of sources.
        state: What is in view: the part of the address after "#".
        port: On this port; without one the usual, or any free one where that is taken.
        browser: Whether a browser is opened.

    Raises:
        ExplorerMissingError: This install has no explorer.
        UsageError: The port is taken, or this system cannot serve.
    """
    from keiretsu.cli.options import see_system
    from keiretsu.cli.serving import plan_of, run_server
    from keiretsu.explorer.built import script

    see_system()
    script()
    plan = plan_of(graph, (), sources)
    listening, settings = _bound(port)
    address = f"{settings.address}/explore" + (f"#{state}" if state else "")
    _keep_log()

    def ready() -> None:
        say(f"serving the explorer at {address}  (Ctrl-C ends it)")
        if browser:
            _open(address)

    run_server(plan._replace(base=settings.address), settings, listening, ready)


def _keep_log() -> None:
    """Write faults and new builds to standard error, and nothing of requests."""
    import logging

    from keiretsu.cli.serving import keep_log

    keep_log()
    logging.getLogger("mcp").setLevel(logging.WARNING)


def _bound(port: int | None) -> tuple[socket, Settings]:
    from keiretsu.http.server import bind
    from keiretsu.http.settings import Settings
    from keiretsu_ontology.errors import UsageError

    settings = Settings(log="none")
    if port is not None:
        return bind(settings._replace(port=port))
    try:
        return bind(settings)
    except UsageError:  # another one is at the usual port
        return bind(settings._replace(port=0))


def _open(address: str) -> None:
    """Open a browser beside the server, which goes on answering it meanwhile."""
    import webbrowser
    from threading import Thread

    def opened() -> None:
        if not webbrowser.open(address):
            say("no browser could be opened; open the address yourself")

    Thread(target=opened, daemon=True).start()
