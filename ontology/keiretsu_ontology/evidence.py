"""Sources, and places in their text.

A place is a pair of character offsets and the SHA-256 of the exact text between them: the shape of the W3C Web
Annotation data model's text position selector, with a digest in place of a quote that may not be copied.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from keiretsu_ontology.dates import When
from keiretsu_ontology.entities import Slug

Standing = Literal["verified", "moved", "orphaned", "unchecked"]
SOURCE_KINDS = (
    "article", "news", "analysis", "filing", "press_release", "report", "research_summary", "blog", "model_card",
    "documentation", "dataset", "aggregator", "web_page", "post", "book",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Source:
    """A text that claims were read from."""

    id: Slug
    title: str
    kind: str
    recorded: date  # when its claims were entered: the latest day on which it can have come out
    published: When | None = None
    publisher: Slug | None = None
    author: Slug | None = None
    url: str | None = None
    language: str | None = None
    licence: str | None = None
    quotable: bool = False  # its licence allows quotes to be kept
    file: str | None = None  # name of its text in a folder of source texts
    characters: int | None = None  # length of that text in code points
    sha256: str | None = None  # of that text in UTF-8


@dataclass(frozen=True, slots=True)
class Evidence:
    """A place in the text of a source; without offsets, the source as a whole."""

    source: Slug
    start: int | None = None  # code points from the beginning of the text
    end: int | None = None
    sha256: str | None = None  # of the exact text between start and end, in UTF-8
    quote: str | None = None  # only where the source is quotable

    def __str__(self) -> str:
        return self.source if self.start is None else f"{self.source} {self.start}-{self.end}"


def digest(text: str) -> str:
    """Return the SHA-256 of a text in UTF-8, in hexadecimal.

    Example:
        >>> digest("Qwen3")[:8]
        '9562c4fc'
    """
    from hashlib import sha256  # which takes longer to import than a look-up takes

    return sha256(text.encode("utf-8")).hexdigest()


def standing(evidence: Evidence, text: str | None) -> Standing:
    """Say how a place in a source stands beside the source's text.

    Args:
        evidence: The place.
        text: The whole text, or None where it is not at hand.

    Returns:
        "verified" where the digest fits, "moved" where the same text stands elsewhere exactly once, "orphaned"
        where it does not, "unchecked" where there is no text or no place. Nothing but the exact text is ever taken.
    """
    if text is None or evidence.start is None or evidence.end is None or evidence.sha256 is None:
        return "unchecked"
    if digest(text[evidence.start : evidence.end]) == evidence.sha256 and evidence.end <= len(text):
        return "verified"
    return "orphaned" if find_moved(evidence, text) is None else "moved"


def find_moved(evidence: Evidence, text: str) -> int | None:
    """Return the offset at which the text of a place stands now, or None where it stands nowhere or twice."""
    if evidence.start is None or evidence.end is None:
        return None
    width = evidence.end - evidence.start
    places = [i for i in range(len(text) - width + 1) if digest(text[i : i + width]) == evidence.sha256]
    return places[0] if len(places) == 1 else None
