"""Which sources stand beneath an answer: those of the claims that it shows, the most used first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any, NamedTuple

from keiretsu_ontology.evidence import Source
from keiretsu_queries.base import Answer
from keiretsu_queries.sheets import Block, Said

_MOST = 12  # where no claim is shown with its source


class Cited(NamedTuple):
    """The sources that are listed, and how many more the answer rests on."""

    sources: tuple[Source, ...]
    more: int


def cited(blocks: Iterable[Block], answer: Answer[Any]) -> Cited:
    """Return the sources of the claims that blocks show; where they show none, the first of all.

    An answer may rest on hundreds of claims and show twenty: every source that stands beside a claim on the page is
    listed, and the others are counted.
    """
    shown = {block.claim.id: block.claim for block in blocks if isinstance(block, Said)}
    used = Counter(source for claim in shown.values() for source in {claim.source, *_places(claim.evidence)})
    known = answer.sources
    listed = [known[slug] for slug in sorted(used, key=lambda slug: (-used[slug], slug)) if slug in known]
    if not listed:
        listed = list(known.values())[:_MOST]
    return Cited(tuple(listed), len(known) - len(listed))


def _places(evidence: Iterable[Any]) -> set[str]:
    return {place.source for place in evidence}


def more_words(found: Cited) -> str:
    """Return how many sources are not listed, in words; empty where all are."""
    if not found.more:
        return ""
    which = "1 more source" if found.more == 1 else f"{found.more} more sources"
    return f"... and {which}, of claims that are not shown: keiretsu sources"
