"""Large responses: sent piece by piece as the client reads, and only so many at once."""

from __future__ import annotations

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

LARGE = 1_000_000  # bytes
_PIECE = 250_000


class Outgoing:
    """How many bytes of large responses are on their way."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.size = 0

    def takes(self, size: int) -> bool:
        """Say whether a response of this size may be sent now."""
        return self.size + size <= self.most or self.size == 0


class LargeResponse(Response):
    """A response that is handed to the connection only as fast as it is read."""

    outgoing: Outgoing

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002  as ASGI has it
        """Send the response."""
        whole = memoryview(bytes(self.body))
        self.outgoing.size += len(whole)
        try:
            await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
            for start in range(0, len(whole), _PIECE):
                more = start + _PIECE < len(whole)
                piece = bytes(whole[start : start + _PIECE])
                await send({"type": "http.response.body", "body": piece, "more_body": more})
        finally:
            self.outgoing.size -= len(whole)
