"""Which of the forms that we have a client takes best (RFC 9110, 12.5.1)."""

from __future__ import annotations

import re
from collections.abc import Sequence

import mimeparse


def choose(accept: str | None, offered: Sequence[str]) -> str | None:
    """Return the media type that a client takes best, or None where it takes none.

    Args:
        accept: The header; without one, or where it cannot be read, anything is taken.
        offered: Ours, the one that we like best first; it is what a client gets that has no preference.

    Example:
        >>> choose("text/html;q=0.3, text/turtle, */*;q=0.1", ["application/ld+json", "text/html", "text/turtle"])
        'text/turtle'
        >>> choose("image/png", ["text/html"])
    """
    if not accept or not accept.strip():
        return offered[0]
    try:
        return mimeparse.best_match(list(reversed(offered)), accept.lower()) or None
    except (mimeparse.MimeTypeParseException, ValueError):
        return offered[0]


def takes_coding(header: str | None, coding: str) -> bool:
    """Say whether a client takes a coding of bodies, such as gzip (RFC 9110, 12.5.3).

    Example:
        >>> [takes_coding(header, "gzip") for header in ("br, gzip;q=0.5", "gzip;q=0, *", "*", "identity", None)]
        [True, False, True, False, False]
    """
    weights = {}
    for part in (header or "").lower().split(","):
        name, _, parameter = part.partition(";")
        weights[name.strip()] = parameter.replace(" ", "")
    told = weights.get(coding, weights.get("*"))
    return told is not None and not re.fullmatch(r"q=0(\.0*)?", told)
