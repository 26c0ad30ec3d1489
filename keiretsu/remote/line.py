"""The line to a server: requests that end in time, answers that are not too large, errors as they were raised there."""

from __future__ import annotations

import gzip
import http.client
import io
import json
import socket
import threading
from typing import Any
from urllib.parse import urlsplit

from keiretsu.workers.product import to_fault
from keiretsu_ontology.errors import KeiretsuError, StoreError, UsageError

LARGEST = 256_000_000  # bytes of one answer, unpacked
_PIECE = 1_000_000


class Line:
    """A connection to one server, kept open between requests; threads may share it."""

    def __init__(self, address: str, *, timeout: float) -> None:
        """Remember an address; nothing is sent yet.

        Raises:
            UsageError: It is no address of a server.
        """
        try:
            parts = urlsplit(address)
            port = parts.port
        except ValueError:
            raise UsageError(f"{address!r} is not an address such as http://127.0.0.1:5340") from None
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
            raise UsageError(f"{address!r} is not an address such as http://127.0.0.1:5340")
        if parts.username is not None:
            raise UsageError("an address holds no name and password here")
        self.address = address.rstrip("/")
        self._path = parts.path.rstrip("/")
        kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
        self._line = kind(parts.hostname, port, timeout=timeout)
        self._lock = threading.Lock()

    def close(self) -> None:
        """Close the connection."""
        self._line.close()

    def post(self, path: str, body: bytes, media: str, accept: str) -> tuple[str, bytes]:
        """Return the media type and the bytes that a server answers.

        Raises:
            KeiretsuError: As it was raised there.
            StoreError: The server cannot be reached, or its answer is none.
        """
        headers = {"Content-Type": media, "Accept": accept, "Accept-Encoding": "gzip"}
        with self._lock:
            for last in (False, True):
                try:
                    self._line.request("POST", self._path + path, body, headers)
                    response = self._line.getresponse()
                    data = _read(response)
                    break
                except (http.client.RemoteDisconnected, ConnectionError) as error:
                    self._line.close()  # it was idle for long, perhaps: once more
                    if last:
                        raise StoreError(f"{self.address} cannot be reached: {error}") from None
                except (OSError, http.client.HTTPException, EOFError, gzip.BadGzipFile) as error:
                    self._line.close()
                    late = isinstance(error, TimeoutError | socket.timeout)
                    reason = "it did not answer in time" if late else str(error) or type(error).__name__
                    raise StoreError(f"{self.address} cannot be reached: {reason}") from None
        media = response.headers.get("Content-Type", "").partition(";")[0].strip()
        if response.status != 200:
            raise self._fault(response.status, media, data)
        return media, data

    def _fault(self, status: int, media: str, data: bytes) -> KeiretsuError:
        """Return the error that a server tells of; one that is not ours is told by its status."""
        if media == "application/problem+json":
            try:
                record = json.loads(data)
                if isinstance(record, dict) and isinstance(record.get("detail"), str):
                    told = {key: value for key, value in record.items() if key not in _OF_PROBLEMS}
                    return to_fault({**told, "error": record.get("kind", ""), "message": record["detail"]})
            except (ValueError, RecursionError, TypeError):
                pass
        return StoreError(f"{self.address} answered {status}: is that a server of Keiretsu?")


_OF_PROBLEMS = ("type", "title", "status", "detail", "kind", "error", "message")


def _read(response: http.client.HTTPResponse) -> bytes:
    """Return the body of a response, unpacked; one that is too large is an error."""
    stream: Any = response
    if response.headers.get("Content-Encoding") == "gzip":
        stream = gzip.GzipFile(fileobj=io.BufferedReader(response, _PIECE))
    data = bytearray()
    while part := stream.read(_PIECE):
        data += part
        if len(data) > LARGEST:
            raise http.client.HTTPException(f"its answer has more than {LARGEST} bytes")
    response.read()
    return bytes(data)
