"""Words on a terminal: styles where someone looks, plain text where a program reads."""

from __future__ import annotations

import os
import re
import sys
import textwrap
from shutil import get_terminal_size
from typing import Literal, NamedTuple

Style = Literal["title", "heading", "name", "quiet", "good", "warn", "bad"]

_CODES: dict[Style, str] = {
    "title": "1", "heading": "1;36", "name": "36", "quiet": "2", "good": "32", "warn": "33", "bad": "31",
}  # fmt: skip


class Paper(NamedTuple):
    """What is written on: how wide it is, and whether it takes colours."""

    width: int
    colour: bool

    def style(self, text: str, style: Style) -> str:
        """Return a text in a style."""
        return f"\x1b[{_CODES[style]}m{text}\x1b[0m" if self.colour and text else text

    def wrap(self, text: str, indent: int = 0, style: Style | None = None) -> list[str]:
        """Return a text as indented lines that fit; a name that is longer than a line is not cut."""
        room = max(30, self.width - indent)
        lines = textwrap.wrap(harmless(text), room, break_long_words=False, break_on_hyphens=False) or [""]
        return [" " * indent + (self.style(line, style) if style else line) for line in lines]


def harmless(text: str) -> str:
    """Return a text without characters that could steer a terminal."""
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() or char == " " else " " for char in text)


def plain_but_styles(line: str) -> str:
    r"""Return a line in which nothing but our own styles can steer a terminal.

    Example:
        >>> plain_but_styles("a\x1b]0;title\x07b\x1b[1mc\x1b[0m")
        'a ]0;title b\x1b[1mc\x1b[0m'
    """
    pieces = _STYLES.split(line)
    return "".join(piece if number % 2 else harmless(piece) for number, piece in enumerate(pieces))


_STYLES = re.compile(r"(\x1b\[[0-9;]{1,9}m)")


def paper() -> Paper:
    """Return the paper of standard output: colours only on a terminal, and never with NO_COLOR."""
    terminal = sys.stdout.isatty()
    forced = bool(os.environ.get("FORCE_COLOR"))
    colour = (terminal or forced) and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return Paper(min(get_terminal_size((100, 24)).columns, 120) if terminal else 100, colour)
