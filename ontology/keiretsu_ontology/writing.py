"""What a written name, id, address or identifier may hold.

Each function returns what is wrong, in words for the person who wrote it, or None.
"""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import urlsplit

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
SLUG_MAX = 80
NAME_MAX = 300
TEXT_MAX = 2_000

_JOINERS = {"\u200c", "\u200d"}  # needed between letters of some scripts
_BIDI = {*map(chr, range(0x202A, 0x202F)), *map(chr, range(0x2066, 0x206A)), "\u200e", "\u200f", "\u061c"}
_JOINING_SCRIPTS = ("ARABIC", "SYRIAC", "DEVANAGARI", "BENGALI", "TAMIL", "TELUGU", "KANNADA", "MALAYALAM", "SINHALA")

IDENTIFIER_SCHEMES: dict[str, tuple[str, str]] = {
    "wikidata": (r"Q[1-9]\d{0,9}", "Q and a number, e.g. Q1359568"),
    "lei": (r"[0-9A-Z]{18}\d{2}", "20 letters and digits with two check digits (ISO 17442)"),
    "isin": (r"[A-Z]{2}[0-9A-Z]{9}\d", "two letters, nine letters or digits and a check digit (ISO 6166)"),
    "cik": (r"\d{10}", "ten digits"),
    "sec_file": (r"\d{3}-\d{5,6}", "three digits, a hyphen and five or six, e.g. 001-36614"),
    "ticker": (r"[A-Z0-9]{2,10}:[A-Z0-9.\-]{1,12}", "EXCHANGE:SYMBOL, e.g. NYSE:BABA"),
}


def slug_fault(slug: str) -> str | None:
    """Return what is wrong with an id.

    Example:
        >>> slug_fault("t-head"), slug_fault("T-Head")
        (None, "an id is lower-case letters, digits and single hyphens, such as 't-head'")
    """
    if not SLUG.fullmatch(slug):
        proposal = to_slug(slug)
        return "an id is lower-case letters, digits and single hyphens" + (
            f", such as {proposal!r}" if proposal else ""
        )
    if len(slug) > SLUG_MAX:
        return f"an id has at most {SLUG_MAX} characters, not {len(slug)}"
    return None


def to_slug(text: str) -> str:
    """Return an id made of the letters and digits of a text; empty where it has no plain ones."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:SLUG_MAX].strip("-")


def text_fault(text: str, *, limit: int = TEXT_MAX, lines: bool = False) -> str | None:
    """Return what is wrong with a name or a text that people will read.

    Control, bidirectional, invisible and unassigned characters are refused: they make XML files unreadable and
    names look like other names.

    Args:
        text: What was written.
        limit: The greatest number of characters.
        lines: Whether line breaks are admitted.
    """
    if not text.strip():
        return "a text is wanted here and there is none"
    if len(text) > limit:
        return f"at most {limit} characters are admitted here, not {len(text)}"
    if not (text.isascii() and text.isprintable()):  # most texts are, and need no closer look
        for place, char in enumerate(text):
            if lines and char == "\n":
                continue
            if (fault := _char_fault(char, text, place)) is not None:
                return f"{fault} U+{ord(char):04X} at character {place + 1} is not admitted"
        if unicodedata.normalize("NFC", text) != text:
            return "the text is not in Unicode normal form C; write it composed"
    if text != text.strip():
        return "the text begins or ends with white space"
    return None


def _char_fault(char: str, text: str, place: int) -> str | None:
    category = unicodedata.category(char)
    if char in _BIDI:
        return "the bidirectional control"
    if char in _JOINERS:
        around = text[max(0, place - 1) : place] + text[place + 1 : place + 2]
        joins = any(unicodedata.name(c, "").startswith(_JOINING_SCRIPTS) for c in around)
        emoji = char == "\u200d" and place > 0 and unicodedata.category(text[place - 1]) in ("So", "Sk", "Mn")
        return None if joins or emoji else "the invisible character"
    if category == "Cc":
        return "the control character"
    if category in ("Cf", "Zl", "Zp") or char in "\u115f\u1160\u3164\uffa0\u2800":
        return "the invisible character"
    if category == "Cs":
        return "the lone surrogate"
    if category == "Co":
        return "the private character"
    if category == "Cn":
        return "the unassigned character"
    return None


def url_fault(url: str) -> str | None:
    """Return what is wrong with an address: only http and https with a host are admitted.

    Example:
        >>> url_fault("javascript:alert(1)")
        "an address begins with http:// or https://, not 'javascript:'"
    """
    if (fault := text_fault(url, limit=2_000)) is not None:
        return fault
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        return f"not an address: {error}"
    if parts.scheme not in ("http", "https"):
        return f"an address begins with http:// or https://, not {parts.scheme + ':'!r}"
    if not host or not re.fullmatch(r"[\w.\-]+|[0-9a-f:.]+", host):
        return "the address names no host"
    if parts.username is not None or parts.password is not None:
        return "the address holds a user name or password"
    if re.search(r"[\s<>\"{}|\\^`]", url) or re.search(r"%(?![0-9A-Fa-f]{2})", url):
        return "the address holds a character that must be escaped"
    return None


def identifier_fault(scheme: str, value: str) -> str | None:
    """Return what is wrong with an external identifier, its check digits included.

    Source: ISO 17442 (LEI, with ISO 7064 MOD 97-10) and ISO 6166 (ISIN, with the Luhn check).

    Example:
        >>> identifier_fault("lei", "5493001NTNQJDH60PM02"), identifier_fault("lei", "5493001NTNQJDH60PM03")
        (None, 'the check digits of this lei are wrong')
    """
    pattern, form = IDENTIFIER_SCHEMES[scheme]
    if not re.fullmatch(pattern, value, re.ASCII):
        return f"a value of {scheme} is {form}"
    digits = "".join(str(int(char, 36)) for char in value if char.isalnum())
    if scheme == "lei" and int(digits) % 97 != 1:
        return "the check digits of this lei are wrong"
    if scheme == "isin":
        total = sum(sum(divmod(int(d) * (1 + i % 2), 10)) for i, d in enumerate(reversed(digits)))
        if total % 10:
            return "the check digit of this isin is wrong"
    return None
