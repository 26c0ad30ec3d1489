"""Which of the forms that we have a client takes best (RFC 9110, 12.5.1)."""

from __future__ import annotations

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
        return mimeparse.best_match(list(reversed(offered)), accept) or None
    except (mimeparse.MimeTypeParseException, ValueError):
        return offered[0]
