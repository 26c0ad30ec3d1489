"""How processes of ours speak: a frame is a head in JSON and a body of bytes, each told by its length."""

from __future__ import annotations

import json
import socket
import struct
from typing import Any, NamedTuple

HEAD = struct.Struct("!II")
Record = dict[str, Any]


class Frame(NamedTuple):
    """One message."""

    head: Record
    body: bytes


def pack(head: Record, body: bytes = b"") -> bytes:
    """Return a message as it goes over a socket."""
    text = json.dumps(head, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    return HEAD.pack(len(text), len(body)) + text + body


def unpack(buffer: bytearray) -> Frame | None:
    """Take one whole message off the beginning of a buffer, or return None where it has not all come."""
    if len(buffer) < HEAD.size:
        return None
    head, body = HEAD.unpack_from(buffer)
    end = HEAD.size + head + body
    if len(buffer) < end:
        return None
    text = bytes(buffer[HEAD.size : HEAD.size + head])
    frame = Frame(json.loads(text.decode("utf-8", "surrogatepass")), bytes(buffer[HEAD.size + head : end]))
    del buffer[:end]
    return frame


def send(line: socket.socket, head: Record, body: bytes = b"", *, handing: socket.socket | None = None) -> None:
    """Send a message, with an open socket where one is handed over."""
    data = pack(head, body)
    if handing is not None:
        sent = socket.send_fds(line, [data[:1]], [handing.fileno()])
        data = data[sent:]
    line.sendall(data)


def receive(line: socket.socket) -> tuple[Frame, socket.socket | None] | None:
    """Return the next message and the socket that came with it, or None where the other side is gone."""
    try:
        first, handed, _, _ = socket.recv_fds(line, 1, 1)
        rest = _exactly(line, HEAD.size - 1) if first else None
        if rest is None:
            return None
        head, body = HEAD.unpack(first + rest)
        data = _exactly(line, head + body)
    except OSError:
        return None
    if data is None:
        return None
    frame = Frame(json.loads(data[:head].decode("utf-8", "surrogatepass")), data[head:])
    return frame, socket.socket(fileno=handed[0]) if handed else None


def _exactly(line: socket.socket, number: int) -> bytes | None:
    data = bytearray()
    while len(data) < number:
        part = line.recv(min(number - len(data), 1 << 20))
        if not part:
            return None
        data += part
    return bytes(data)
