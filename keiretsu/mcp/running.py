"""Running the MCP server: over standard input and output, or as a part of the HTTP server."""

from __future__ import annotations

import json

from starlette.routing import Route

from keiretsu.http.settings import Settings
from keiretsu.mcp.server import make_server
from keiretsu.workers.crew import Crew
from keiretsu.workers.limits import Limits
from keiretsu.workers.plan import Plan


async def about(crew: Crew) -> tuple[str, str]:
    """Return the title of the graph and what it holds."""
    record = json.loads((await crew.run("resource", kind="dataset", name="")).body)
    counts = f"{record['entities']} things, {record['claims']} claims from {record['sources']} sources"
    return record["title"], f"It has {counts}."


async def serve_standard(plan: Plan, limits: Limits) -> None:
    """Serve one assistant over standard input and output, until it closes them.

    Raises:
        KeiretsuError: The graph cannot be opened.
    """
    from mcp.server.stdio import stdio_server

    async with Crew(limits) as crew:
        await crew.open(plan)
        title, told = await about(crew)
        server = make_server(crew, title=title, about=told)
        async with stdio_server() as (reading, writing):
            await server.run(reading, writing, server.create_initialization_options())


class Mounted:
    """The server as a part of an HTTP server: its address, and what must run as long as that does."""

    def __init__(self, crew: Crew, settings: Settings, *, title: str, about: str) -> None:
        from mcp.server.transport_security import TransportSecuritySettings

        server = make_server(crew, title=title, about=about)
        hosts = [name if ":" not in name else f"[{name}]" for name in sorted(settings.known_hosts)]
        origins = [f"{scheme}://{host}" for host in hosts for scheme in ("http", "https")]
        security = TransportSecuritySettings(
            enable_dns_rebinding_protection="*" not in settings.origins,
            allowed_hosts=[*hosts, *(f"{host}:*" for host in hosts)],
            allowed_origins=[*origins, *(f"{origin}:*" for origin in origins), *settings.origins],
        )
        app = server.streamable_http_app(
            json_response=True,
            stateless_http=True,
            transport_security=security,
            max_request_body_size=settings.limits.body,
        )
        self.routes = [row for row in app.routes if isinstance(row, Route)]
        self.run = server.session_manager.run
