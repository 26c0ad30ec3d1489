"""What claims and ties say, in the words that every face uses, with the names in them as links.

The words are made by `keiretsu_queries.wording` of names that carry the id of what they name; here they are parted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

from keiretsu_ontology.claims import AnyClaim, Tie
from keiretsu_ontology.entities import Entity
from keiretsu_queries.wording import tie_words, words_of

# A name within words: mark, id, colon, how long the name is, mark, name. Both marks are for private use and in no name
# that a loader admits; where a text of another origin forges one, it can but link to a thing that there is.
_MARKED = re.compile("\ue000([a-z0-9-]{1,80}):([0-9]{1,4})\ue001")


class Piece(NamedTuple):
    """A stretch of words; one that names an entity has its id."""

    text: str
    entity: str | None = None


Pieces = tuple[Piece, ...]


class _Marked(Mapping[str, Entity]):
    """Entities whose names carry their ids."""

    def __init__(self, names: Mapping[str, Entity]) -> None:
        self._names = names

    def __getitem__(self, slug: str) -> Entity:
        entity = self._names[slug]
        return replace(entity, name=f"\ue000{slug}:{len(entity.name)}\ue001{entity.name}")

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)

    def __contains__(self, slug: object) -> bool:
        return slug in self._names


def claim_pieces(claim: AnyClaim, names: Mapping[str, Entity], seen_from: str | None = None) -> Pieces:
    """Return what a claim says in a few words."""
    return parted(words_of(claim, _Marked(names), seen_from), names)


def tie_pieces(tie: Tie, names: Mapping[str, Entity], seen_from: str | None = None) -> Pieces:
    """Return a tie in words, read from one of its ends."""
    return parted(tie_words(tie, _Marked(names), seen_from), names)


def parted(text: str, names: Mapping[str, Entity]) -> Pieces:
    """Return words in pieces: those that name an entity, and what stands between them."""
    pieces: list[Piece] = []
    start = 0
    for found in _MARKED.finditer(text):
        if found.start() < start:
            continue
        pieces.append(Piece(text[start : found.start()]))
        start = found.end() + int(found[2])
        named = found[1] if found[1] in names else None
        pieces.append(Piece(text[found.end() : start], named))
    pieces.append(Piece(text[start:]))
    return tuple(piece for piece in pieces if piece.text)


def named_pieces(names: Mapping[str, Entity], *slugs: str | None) -> Pieces:
    """Return the names of some entities; what is not among the names is called by its id."""
    return tuple(Piece(names[slug].name if slug in names else slug, slug) for slug in slugs if slug)
