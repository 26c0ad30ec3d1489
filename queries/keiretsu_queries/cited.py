"""Which sources stand beneath an answer: those of the claims that it shows, the most used first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from keiretsu_ontology.claims import AnyClaim
from keiretsu_ontology.evidence import Source
from keiretsu_queries.base import Answer
from keiretsu_queries.sheets import Block, Cites, Said

_MOST = 12  # where no claim is shown with its source


class Cited(NamedTuple):
    """The sources that are listed, and how many more the answer rests on."""

    sources: tuple[Source, ...]
    more: int


def cited(blocks: Sequence[Block], answer: Answer[Any]) -> Cited:
    """Return the sources of the claims that blocks show; where they show none, those that most claims rest on.

    Where blocks say which sources they speak of (`Cites`), these are listed. An answer may rest on hundreds of claims
    and show twenty: every source that stands beside a claim on the page is listed, and the others are counted.
    """
    shown = {block.claim.id: block.claim for block in blocks if isinstance(block, Said)}
    used = Counter(source for claim in shown.values() for source in _read_in(claim))
    spoken = [block for block in blocks if isinstance(block, Cites)]
    used.update(source for block in spoken for source in block.sources)
    known = answer.sources
    listed = [known[slug] for slug, _ in used.most_common() if slug in known]  # equals in the order of the page
    if not listed and not spoken:
        every = Counter(claim.source for claim in answer.claims)
        listed = sorted(known.values(), key=lambda source: (-every[source.id], source.id))[:_MOST]
    return Cited(tuple(listed), len(known) - len(listed))


def _read_in(claim: AnyClaim) -> Iterable[str]:
    return dict.fromkeys((claim.source, *(place.source for place in claim.evidence)))


def more_words(found: Cited) -> str:
    """Return how many sources are not listed, in words; empty where all are."""
    if not found.more:
        return ""
    which = f"{found.more}{' more' if found.sources else ''} source{'s' * (found.more != 1)}"
    return f"{'... and ' if found.sources else ''}{which}, of claims that are not shown: keiretsu sources"
