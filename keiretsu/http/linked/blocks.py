"""The lines of a built graph that speak of one thing, found in its sorted N-Quads by halving.

A document is made of such lines as they stand: nothing is parsed that need not be. Small files are mapped into
memory, large ones are read at the places that are looked at, since a worker's memory is bounded.
"""

from __future__ import annotations

import contextlib
import mmap
import os
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from keiretsu_ontology.errors import StoreError

_MAPPED = 512_000_000  # bytes of a file that is mapped, at most
_STEP = 4_096
_HEAD = 400  # bytes; three IRIs of ours are shorter
_REMEMBERED = 8_192
_LABEL = b"> <http://www.w3.org/2000/01/rdf-schema#label> "


class _Line(NamedTuple):
    start: int
    end: int
    head: bytes  # as much of it as any text that is looked for is long


class Blocks:
    """A file of sorted N-Quads."""

    def __init__(self, size: int, read: Callable[[int, int], bytes]) -> None:
        self._size = size
        self._read = read
        self._probes: dict[int, _Line] = {}

    @classmethod
    def open(cls, file: Path) -> Blocks:
        """Return the blocks of a file.

        Raises:
            StoreError: It cannot be read.
        """
        try:
            descriptor = os.open(file, os.O_RDONLY)
            size = os.fstat(descriptor).st_size
        except OSError as error:
            raise StoreError(f"{file} cannot be read: {error.strerror or error}; build it again") from None
        if 0 < size <= _MAPPED:
            with contextlib.suppress(OSError):  # where there is not so much room, it is read in places
                mapped = mmap.mmap(descriptor, 0, access=mmap.ACCESS_READ)
                os.close(descriptor)
                return cls(size, lambda start, length: mapped[start : start + length])
        return cls(size, lambda start, length: os.pread(descriptor, length, start))

    def about(self, iri: str) -> list[bytes]:
        """Return the lines whose subject is a node, then those of its parts (`node#part`), in order."""
        start = f"<{iri}".encode()
        # Between "#" and ">" stand the characters of longer names: bosch-rexroth is no part of bosch.
        return self._between(start + b">", start + b"?") + self._between(start + b"#", start + b"$")

    def starting(self, text: bytes) -> list[bytes]:
        """Return the lines that begin with a text, in order."""
        return self._between(text, text + b"\xff")

    def label(self, iri: str) -> list[bytes]:
        """Return the lines that say what a node is called."""
        return self.starting(f"<{iri}".encode() + _LABEL)

    def _between(self, first: bytes, last: bytes) -> list[bytes]:
        start = self._place(first)
        lines: list[bytes] = []
        while start < self._size:
            chunk = self._whole_lines(start)
            for line in chunk.splitlines():
                if line >= last:
                    return lines
                lines.append(line)
            start += len(chunk)
        return lines

    def _whole_lines(self, start: int) -> bytes:
        """Return some whole lines from the beginning of one on."""
        chunk, length = b"", _STEP
        while (end := chunk.rfind(b"\n")) < 0 and len(chunk) < self._size - start:
            chunk = self._read(start, length)
            length *= 4
        return chunk[: end + 1] if end >= 0 else chunk

    def _place(self, wanted: bytes) -> int:
        """Return where the first line stands that is not before a text."""
        low, high = 0, self._size
        while low < high:
            middle = (low + high) // 2
            line = self._probes.get(middle) or self._probe(middle)
            if line.start >= high:
                high = middle
            elif line.head[: len(wanted)] < wanted:
                low = line.end
            else:
                high = middle
        return low

    def _probe(self, place: int) -> _Line:
        """Return the line that begins at a place or is the next to begin; the first steps of halving are remembered."""
        start = 0 if place == 0 else self._next_line(place - 1)
        line = _Line(start, self._next_line(start), self._read(start, _HEAD))
        if len(self._probes) < _REMEMBERED:
            self._probes[place] = line
        return line

    def _next_line(self, place: int) -> int:
        """Return where the line begins after the end of line that comes next, from a place on."""
        length = 256
        while place < self._size:
            found = self._read(place, length).find(b"\n")
            if found >= 0:
                return place + found + 1
            place, length = place + length, _STEP
        return self._size
