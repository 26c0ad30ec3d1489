"""Which entity a text may mean: exact first, then parts of names, then names that are merely similar.

One function for every engine. A name counts in Unicode form KC, in lower case, with single spaces.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from keiretsu_graph.view import Candidate, Match
from keiretsu_ontology.entities import Entity

SIMILAR = 75.0  # what a likeness must reach, of 100
LONGEST = 300  # no name is longer
_SCORES: dict[Match, float] = {"id": 100, "identifier": 100, "name": 100, "prefix": 95, "words": 90, "similar": 0}


class NameRow(NamedTuple):
    """One text by which an entity is called."""

    entity: str
    text: str
    match: Match  # what an exact fit is: "id", "identifier" or "name"
    folded: str


def fold(text: str) -> str:
    """Return a text as names are compared.

    Example:
        >>> fold("  South   GROUP ")
        'south group'
    """
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def is_name(text: str) -> bool:
    r"""Say whether a text can be a name: one of printable characters, and of those that join letters and emoji.

    Example:
        >>> is_name("می\u200cخواهد"), is_name("a\x00b")
        (True, False)
    """
    return text.translate(_JOINERS).isprintable()


_JOINERS = {0x200C: None, 0x200D: None}


def rows_of(entity: Entity) -> list[NameRow]:
    """Return every text by which an entity is called: its id, ids merged into it, its identifiers and its names."""
    texts: list[tuple[str, Match]] = [(slug, "id") for slug in (entity.id, *(row.id for row in entity.merged))]
    for found in entity.identifiers:
        texts.append((found.value, "identifier"))
        if found.scheme == "ticker":
            texts.append((found.value.partition(":")[2], "identifier"))
    names = dict.fromkeys([entity.name, *(name.text for name in entity.names)])
    return [NameRow(entity.id, text, match, fold(text)) for text, match in [*texts, *((name, _NAME) for name in names)]]


_NAME: Match = "name"


def exact(rows: Iterable[NameRow]) -> list[Candidate]:
    """Return rows that fit exactly as candidates, each entity once for each way of fitting."""
    order = ("id", "identifier", "name")
    ranked = sorted(set(rows), key=lambda row: (order.index(row.match), row.entity, row.text))
    return [Candidate(row.entity, row.text, row.match, 100.0) for row in ranked]


def search(rows: Sequence[NameRow], text: str, *, limit: int, exact_only: bool = False) -> list[Candidate]:
    """Return candidates for a text, best first; for equal fits the shorter name, then the id decides."""
    wanted = fold(text[:LONGEST])
    if not wanted or not is_name(wanted):
        return []
    fits = exact(row for row in rows if row.folded == wanted)
    if exact_only or len(fits) >= limit:
        return fits[:limit]
    if fits:
        rest = [found for found in _partial(rows, wanted) if found.entity not in {fit.entity for fit in fits}]
        return [*fits, *rest][:limit]
    found = _partial(rows, wanted)
    if len({candidate.entity for candidate in found}) < limit:
        known = {candidate.entity for candidate in found}
        found += [candidate for candidate in _similar(rows, wanted, limit) if candidate.entity not in known]
    return found[:limit]


def _partial(rows: Sequence[NameRow], wanted: str) -> list[Candidate]:
    words = wanted.split()
    found: list[tuple[int, int, str, Candidate]] = []
    for row in rows:
        kind: Match
        if row.folded.startswith(wanted):
            kind = "prefix"
        elif wanted in row.folded or all(word in row.folded for word in words):
            kind = "words"
        else:
            continue
        candidate = Candidate(row.entity, row.text, kind, _SCORES[kind])
        found.append((kind != "prefix", len(row.text), row.entity, candidate))
    return [candidate for *_, candidate in sorted(found)]


def _similar(rows: Sequence[NameRow], wanted: str, limit: int) -> list[Candidate]:
    from rapidfuzz import fuzz, process

    scored = process.extract(
        wanted, [row.folded for row in rows], scorer=fuzz.ratio, score_cutoff=SIMILAR - 10, limit=4 * limit
    )
    found = []
    for folded, score, place in scored:
        likeness = max(score, fuzz.token_sort_ratio(wanted, folded))
        if likeness >= (SIMILAR if len(wanted) > 3 else SIMILAR + 5) or (len(wanted) <= 3 and score >= 66):
            found.append(Candidate(rows[place].entity, rows[place].text, "similar", round(likeness, 1)))
    return sorted(found, key=lambda candidate: (-candidate.score, len(candidate.name), candidate.entity))[:limit]
