"""Data, code and style as they may stand inside a page: none of them can end its element."""

from __future__ import annotations

import json
import re
import zlib
from base64 import b64encode
from html import escape
from typing import Any

LARGE = 1_000_000  # bytes of JSON from which on a block is packed
_ENDS_SCRIPT = re.compile(r"</(?=script)", re.IGNORECASE)
_ENDS_STYLE = re.compile(r"</(?=style)", re.IGNORECASE)
_GZIP = bytes.fromhex("1f8b08000000000002ff")  # no name, no time, no system


def inert(data: Any) -> str:
    """Return data as JSON that cannot end the element it stands in: no angle bracket or ampersand is left in it."""
    text = json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":"), sort_keys=True)
    for char in "<>&\u2028\u2029":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return text


def block(name: str, data: Any) -> str:
    """Return the element that holds data: as JSON, and packed where that is large."""
    text = inert(data)
    if len(raw := text.encode("utf-8")) <= LARGE:
        return f'<script type="application/json" id="{name}">{text}</script>'
    packed = b64encode(gzipped(raw)).decode("ascii")
    return f'<script type="application/json" id="{name}" data-packed="gzip">{packed}</script>'


def text_block(name: str, text: str) -> str:
    """Return the element that holds a plain text: what could end it is written as in HTML (heldText reads it).

    Example:
        >>> print(text_block("licences", "MIT & </script>"))
        <script type="text/plain" id="licences">MIT &amp; &lt;/script&gt;</script>
    """
    return f'<script type="text/plain" id="{name}">{escape(_lines(text), quote=False)}</script>'


def gzipped(raw: bytes) -> bytes:
    """Return bytes in the form of gzip, the same for the same bytes (RFC 1952: no name, no time)."""
    deflate = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    body = deflate.compress(raw) + deflate.flush()
    return _GZIP + body + zlib.crc32(raw).to_bytes(4, "little") + (len(raw) % 2**32).to_bytes(4, "little")


def script_text(code: str) -> str:
    r"""Return code that means the same and cannot end its element, with the line ends that a browser reads.

    In JavaScript such an escape changes nothing in texts and patterns, the only places where bundled code needs it.

    Example:
        >>> print(script_text("a = '</script>'"))
        a = '<\/script>'
    """
    text = _ENDS_SCRIPT.sub(r"<\\/", _lines(code)).replace("<!--", "\\x3c!--")
    return text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def style_text(sheet: str) -> str:
    """Return a style sheet that cannot end its element, with the line ends that a browser reads."""
    return _ENDS_STYLE.sub(r"<\\/", _lines(sheet))


def _lines(text: str) -> str:
    """Return a text as an HTML reader gives it to the page: with one form of line end, and no NUL."""
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "\ufffd")
