"""How a server is set up: where it listens, who may ask, what it allows."""

from __future__ import annotations

from typing import NamedTuple
from urllib.parse import urlsplit

from keiretsu.workers.limits import Limits

LOOPBACK = ("localhost", "127.0.0.1", "::1")


class Settings(NamedTuple):
    """The settings of a server."""

    host: str = "127.0.0.1"
    port: int = 5340
    base: str | None = None  # the address that it is known by from outside, without a slash at the end
    hosts: tuple[str, ...] = ()  # further names that it may be asked by
    origins: tuple[str, ...] = ()  # pages of which others may ask it; "*" for all
    token: str | None = None  # who shows it may change the graph; without one nobody may
    limits: Limits = Limits()
    log: str = "text"  # of requests: text, json or none

    @property
    def address(self) -> str:
        """The address that is told to clients."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return self.base or f"http://{host}:{self.port}"

    def is_own(self, origin: str) -> bool:
        """Say whether an origin is one of this server's own addresses, as a page of it sends it."""
        own = urlsplit(self.address)
        if origin == f"{own.scheme}://{own.netloc}":
            return True
        try:
            parts = urlsplit(origin)
            port = parts.port
        except ValueError:
            return False
        known = (parts.hostname or "").lower() in self.known_hosts
        return parts.scheme in ("http", "https") and port == self.port and known

    @property
    def known_hosts(self) -> frozenset[str]:
        """The names, without port, that a request may be sent to."""
        base = urlsplit(self.base).hostname if self.base else None
        return frozenset(name.lower() for name in (*LOOPBACK, self.host, *self.hosts, base) if name)
