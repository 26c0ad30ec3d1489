"""What an answer comes to, said first: the figure that was asked for, a number, what two things have to do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from keiretsu_ontology.claims import AnyClaim, Observation
from keiretsu_ontology.clocks import date_of
from keiretsu_queries.base import Answer
from keiretsu_queries.lines import Line as Row
from keiretsu_queries.sheets import Block, line
from keiretsu_queries.standing import stands
from keiretsu_queries.telling import told
from keiretsu_queries.things.focus import counted_label, goes_on
from keiretsu_queries.wording import listed_words, scope_words

_MOST = 4  # claims that are told first
_NAMED = 10


def gist_blocks(question: str, answer: Answer[Any], *, counting: bool = False) -> Iterator[Block]:
    """Yield what an answer comes to, for the questions that do not begin with it themselves."""
    if counting and question == "show":
        yield from number_blocks(answer)
    if (found := GISTS.get(question)) is not None:
        yield from found(answer)


def number_blocks(answer: Answer[Any]) -> Iterator[Block]:
    """Yield how many things stand on one side of a thing, where so many were asked for; what is over is not counted."""
    page = answer.result
    rows = [row for group in getattr(page, "groups", ()) for row in group.lines if getattr(page, "focused", False)]
    labels = Counter(counted_label(row.claim, answer.entities, page.entity.id) for row in rows if goes_on(row.claim))
    if labels:
        told = "; ".join(f"{label}: {number:,}" for label, number in labels.most_common(_MOST))
        yield line(told, 0, "good")


def _figures(answer: Answer[Any]) -> Iterator[Block]:
    """Yield the figures of the period that was asked for, or else the newest of each metric."""
    result = answer.result
    claims = [claim for claim in answer.claims if isinstance(claim, Observation) and stands(claim)]
    if result.entity is None or len({claim.metric for claim in claims}) != 1:
        return
    best = _of_period(claims, result.period) if result.period else _newest(claims)
    disputed = {side for conflict in answer.disputed for side in conflict.claims}
    for claim in best[:_MOST]:
        open_conflicts = tuple(conflict.id for conflict in answer.disputed if claim.id in conflict.claims)
        yield from told(Row(claim, (), open_conflicts if claim.id in disputed else (), None), answer, result.entity.id)


def _of_period(claims: list[Observation], period: Any) -> list[Observation]:
    same = [c for c in claims if c.period and (c.period.start, c.period.end) == (period.start, period.end)]
    within = [c for c in claims if c.period and _lies(c, period)]
    return sorted(_apart(same or within), key=_plainness)


def _lies(claim: Observation, period: Any) -> bool:
    own = claim.period
    return bool(own and own.start and own.end and period.start <= own.start and own.end <= period.end)


def _newest(claims: list[Observation]) -> list[Observation]:
    """Return the claims of the newest time of which there is a plain value, facts first; undated ones follow."""
    ordered = sorted(_apart(claims), key=lambda claim: (_plainness(claim)[:3], -_day(claim), claim.key))
    return ordered[:2]


def _apart(claims: list[Observation]) -> list[Observation]:
    """Return claims without those that say another one again."""
    keys = {claim.key for claim in claims}
    return [claim for claim in claims if claim.restates not in keys]


def _plainness(claim: Observation) -> tuple[object, ...]:
    scoped = bool(scope_words(claim.scope, {}))
    return not claim.factual, claim.measure == "change", scoped, claim.quantity is None, claim.key


def _day(claim: AnyClaim) -> int:
    when = date_of(claim)
    return ((when and (when.latest or when.earliest)) or date.min).toordinal()


def _number_of_partners(answer: Answer[Any]) -> Iterator[Block]:
    names = [row.entity.name for row in answer.result]
    more = [f"{len(names) - _NAMED} more"] if len(names) > _NAMED else []
    if names:
        word = "partner" if len(names) == 1 else "partners"
        yield line(f"{len(names)} {word}: {listed_words([*names[:_NAMED], *more])}", 0, "good")


def _figures_of_each(answer: Answer[Any]) -> Iterator[Block]:
    """Yield the figures of things that are set side by side where they are few, whether comparable or not."""
    claims = [claim for claim in answer.claims if isinstance(claim, Observation) and stands(claim)]
    if len({claim.metric for claim in claims}) == 1 and len(claims) <= _MOST:
        for claim in sorted(claims, key=lambda claim: (claim.about, claim.key)):
            yield from told(Row(claim, (), (), None), answer, None)


GISTS: dict[str, Callable[[Answer[Any]], Iterator[Block]]] = {
    "metrics": _figures,
    "compare": _figures_of_each,
    "partners": _number_of_partners,
}
