"""What stands above a thing, a group above its units, a family above its members: chains of claims and their times."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from keiretsu_ontology.claims import AnyClaim, Observation, Occurrence, Tie

Span = tuple[date | None, date | None]  # not before, not after; None where nothing is known


class Step(NamedTuple):
    """What stands above a thing, and the chain that leads there."""

    top: str
    rests: tuple[str, ...] = ()  # the claims of the chain
    factual: bool = True


class Groups(NamedTuple):
    """The groups above each unit."""

    above: Mapping[str, list[Step]]
    spans: Mapping[str, Span]  # by claim

    def at(self, end: str, rests: Iterable[str]) -> list[Step]:
        """Return a thing and its groups, as far as they may have been its groups while some claims held."""
        if not (steps := self.above.get(end)):
            return [Step(end)]
        meanwhile = common(self.spans[claim] for claim in rests)
        return [Step(end), *(step for step in steps if meet([meanwhile, *(self.spans[c] for c in step.rests)]))]

    def kin(self, one: str, other: str, rests: Iterable[str]) -> bool:
        """Say whether two may have been of one group while some claims held."""
        listed = tuple(rests)
        return not {step.top for step in self.at(one, listed)}.isdisjoint(step.top for step in self.at(other, listed))


def span_of(claim: AnyClaim) -> Span:
    """Return the days before and after which a claim certainly did not hold; what has happened stays so."""
    if isinstance(claim, Observation | Occurrence):
        return None, None
    held = claim.held
    return held.start.earliest if held.start else None, held.end.latest if held.end else None


def common(spans: Iterable[Span]) -> Span:
    """Return the days that some spans have in common.

    Example:
        >>> common([(date(2023, 1, 1), None), (None, date(2025, 6, 23))])
        (datetime.date(2023, 1, 1), datetime.date(2025, 6, 23))
    """
    listed = list(spans)
    starts, ends = [start for start, _ in listed if start], [end for _, end in listed if end]
    return max(starts, default=None), min(ends, default=None)


def meet(spans: Iterable[Span]) -> bool:
    """Say whether claims may have held at one time: nothing follows from what was over before the other began."""
    start, end = common(spans)
    return start is None or end is None or start <= end


def _covers(wide: Span, narrow: Span) -> bool:
    return common([wide, narrow]) == narrow


def upward(ties: Iterable[Tie], spans: Mapping[str, Span]) -> dict[str, list[Step]]:
    """Return for each subject what stands above it, with the claims of a shortest chain; facts before wishes.

    A thing that was moved stands under one top by chains of different times; one is kept for each time.
    """
    parents: defaultdict[str, list[Tie]] = defaultdict(list)
    for tie in sorted(ties, key=lambda tie: (not tie.factual, tie.object, tie.relation, tie.rule or "", tie.claims)):
        if tie.rule in (None, "deal"):
            parents[tie.subject].append(tie)
    return {start: _above(start, parents, spans) for start in sorted(parents)}


def _above(start: str, parents: Mapping[str, list[Tie]], spans: Mapping[str, Span]) -> list[Step]:
    seen: defaultdict[str, list[Span]] = defaultdict(list)
    found: list[Step] = []
    queue = deque([Step(start)])
    while queue:
        node, rests, factual = queue.popleft()
        for tie in parents.get(node, ()):
            span = common(spans[claim] for claim in (*rests, *tie.claims))
            if tie.object == start or not meet([span]) or any(_covers(one, span) for one in seen[tie.object]):
                continue
            seen[tie.object].append(span)
            queue.append(Step(tie.object, (*rests, *tie.claims), factual and tie.factual))
            found.append(queue[-1])
    return found
