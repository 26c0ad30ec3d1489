"""Clients of all sorts, for soaks: some behave, some are slow, some leave, some send half a request, some ask too much.

They speak HTTP/1.1 over plain sockets, because the odd ones do what no library of clients lets them do.
"""

from __future__ import annotations

import asyncio
import random
import socket
from collections import Counter
from collections.abc import Awaitable, Callable
from typing import NamedTuple
from urllib.parse import quote, urlsplit

_PATIENCE = 30.0  # seconds; an answer that takes longer is lost
RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


class Asked(NamedTuple):
    """A request, with what must be answered: the body for each graph that may be served."""

    path: str
    accept: str
    bodies: dict[str, bytes]


class Response(NamedTuple):
    """What was answered."""

    status: int
    headers: dict[str, str]
    body: bytes


class World:
    """What visitors know and what they found: which graph is served for certain, and how every request ended."""

    def __init__(self, address: str, asked: list[Asked], large: Asked) -> None:
        self.address = address
        self.asked = asked
        self.large = large
        self.certain: str | None = None  # the graph that must be answered from; None while it is being replaced
        self.epoch = 0  # moves with every change of it
        self.ends = asyncio.Event()
        self.found: Counter[str] = Counter()
        self.faults: list[str] = []

    def turn(self, certain: str | None) -> None:
        """Say which graph is served from now on."""
        self.certain, self.epoch = certain, self.epoch + 1

    def judge(
        self, asked: Asked, response: Response, began: tuple[str | None, int], known: bytes | None = None
    ) -> None:
        """Count a response, or tell what is wrong with it."""
        body = response.body
        if response.status == 503:
            self.found["refused with 503"] += 1
            return
        if response.status == 304 and known is not None:
            body = known
        elif response.status != 200:
            self.fault(f"{asked.path[:150]} was answered with {response.status}: {response.body[:200]!r}")
            return
        certain, epoch = began
        right = [asked.bodies[certain]] if certain and epoch == self.epoch else list(asked.bodies.values())
        if body in right:
            self.found["answered rightly"] += 1
        else:
            self.fault(f"{asked.path[:150]} was answered wrongly while {certain or 'any graph'} was served")

    def fault(self, told: str) -> None:
        """Keep what went wrong."""
        self.found["wrong or lost"] += 1
        self.faults.append(told)

    @property
    def now(self) -> tuple[str | None, int]:
        """Which graph is served for certain, and since which change."""
        return self.certain, self.epoch


class Line:
    """A connection of a visitor."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader, self.writer = reader, writer

    @classmethod
    async def to(cls, address: str, *, small: bool = False) -> Line:
        """Return a connection; a small one takes in little before it is read."""
        parts = urlsplit(address)
        opened = socket.socket()
        opened.settimeout(0)
        if small:
            opened.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 16_384)
        await asyncio.get_running_loop().sock_connect(opened, (parts.hostname, parts.port))
        return cls(*await asyncio.open_connection(sock=opened, limit=2**14 if small else 2**20))

    def send(self, path: str, accept: str = "*/*", more: str = "", *, whole: bool = True) -> None:
        """Send a request, or half of it."""
        text = f"GET {path} HTTP/1.1\r\nHost: localhost\r\nAccept: {accept}\r\n{more}\r\n".encode("ascii")
        self.writer.write(text if whole else text[: len(text) // 2])

    async def answer(self, pause: float = 0.0) -> Response:
        """Return a response, read slowly if asked so."""
        head = (await self.reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        headers = {name.lower(): value.strip() for name, _, value in (row.partition(":") for row in head[1:])}
        left, body = int(headers.get("content-length", 0)), bytearray()
        while left > 0:
            part = await self.reader.read(min(left, 100_000))
            if not part:
                raise ConnectionError("it ended within a body")
            body += part
            left -= len(part)
            await asyncio.sleep(pause)
        return Response(int(head[0].split()[1]), headers, bytes(body))

    def close(self) -> None:
        """Leave."""
        self.writer.close()


async def steady(world: World, dice: random.Random) -> None:
    """Ask one thing after the other on one connection, and at times whether something is as it was."""
    line, known = await Line.to(world.address), dict[str, tuple[str, bytes]]()
    while not world.ends.is_set():
        asked, began = dice.choice(world.asked), world.now
        tag, body = known.get(asked.path + asked.accept, ("", None)) if dice.random() < 0.3 else ("", None)
        line.send(asked.path, asked.accept, f"If-None-Match: {tag}\r\n" if tag else "")
        response = await line.answer()
        world.judge(asked, response, began, body)
        if response.status == 200:
            known[asked.path + asked.accept] = (response.headers.get("etag", ""), response.body)
        if response.headers.get("connection") == "close":
            line.close()
            line = await Line.to(world.address)
        await asyncio.sleep(dice.random() / 200)
    line.close()


async def brief(world: World, dice: random.Random) -> None:
    """Ask one thing on a connection of its own."""
    line, asked, began = await Line.to(world.address), dice.choice(world.asked), world.now
    line.send(asked.path, asked.accept, "Connection: close\r\n")
    world.judge(asked, await line.answer(), began)
    line.close()


async def slow(world: World, _: random.Random) -> None:
    """Ask for something large and read it slowly."""
    line, began = await Line.to(world.address, small=True), world.now
    line.send(world.large.path, world.large.accept)
    response = await line.answer(0.002)
    world.judge(world.large, response, began)
    line.close()


async def half(world: World, dice: random.Random) -> None:
    """Send half a request, then leave, or wait for what the server says to that."""
    line = await Line.to(world.address)
    line.send(dice.choice(world.asked).path, whole=False)
    if dice.random() < 0.8:
        await asyncio.sleep(dice.random() / 2)
    else:
        response = await line.answer()
        if response.status != 408:
            world.fault(f"half a request was answered with {response.status}")
    world.found["sent half a request"] += 1
    line.close()


async def leaving(world: World, dice: random.Random) -> None:
    """Ask for something and leave before it comes."""
    line = await Line.to(world.address)
    asked = world.large if dice.random() < 0.3 else dice.choice(world.asked)
    line.send(asked.path, asked.accept)
    await asyncio.sleep(dice.random() / 50)
    line.close()
    world.found["left before the answer"] += 1
    await asyncio.sleep(dice.random() / 2)  # whom it leaves behind is ended, and another one is hired


async def runaway(world: World, dice: random.Random) -> None:
    """Ask for what takes for ever; it must be ended and said so."""
    line = await Line.to(world.address)
    line.send(f"/sparql?query={quote(RUNAWAY)}")
    response = await line.answer()
    if response.status == 503:
        world.found["runaways ended"] += 1
    else:
        world.fault(f"a query that runs away was answered with {response.status}")
    line.close()
    await asyncio.sleep(2 + 4 * dice.random())


Visitor = Callable[[World, random.Random], Awaitable[None]]
CROWD: tuple[tuple[Visitor, int], ...] = ((steady, 6), (brief, 2), (slow, 2), (half, 2), (leaving, 2), (runaway, 1))


async def visiting(visitor: Visitor, world: World, dice: random.Random) -> None:
    """Be one visitor after the other until the world ends; whoever gets no answer tells."""
    while not world.ends.is_set():
        try:
            await asyncio.wait_for(visitor(world, dice), None if visitor is steady else _PATIENCE)
        except (OSError, EOFError, TimeoutError) as error:
            world.fault(f"a request of {getattr(visitor, '__name__', visitor)} was lost: {error!r}")
            await asyncio.sleep(0.1)
