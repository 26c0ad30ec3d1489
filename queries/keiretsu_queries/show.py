"""Show: all that is known of one thing, by group."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from keiretsu_graph.view import ClaimFilter, View
from keiretsu_ontology.claims import AnyClaim, Observation, Statement, Tie, topic_of
from keiretsu_ontology.entities import Entity
from keiretsu_ontology.relations import GROUPS, RELATIONS
from keiretsu_queries.base import ALWAYS, Answer, Clocks, answer
from keiretsu_queries.sparql_texts import about
from keiretsu_queries.subjects import known_of, meant

TITLES = {
    **{name: title for name, title in GROUPS.items() if name != "remarks"},
    "deals": "Deals",
    "figures": "Figures",
    "events": "Events",
    "remarks": GROUPS["remarks"],
}


class Line(NamedTuple):
    """One thing said, with every claim that says it again."""

    claim: AnyClaim
    restated: tuple[AnyClaim, ...]
    conflicts: tuple[str, ...]  # ids of the conflicts that it is a side of
    doubt: str | None  # how it stands to the clocks where it does not certainly pass them


class Group(NamedTuple):
    """What is said under one heading."""

    title: str
    lines: tuple[Line, ...]


class Page(NamedTuple):
    """All that is known of an entity."""

    entity: Entity | None
    groups: tuple[Group, ...]
    derived: tuple[Tie, ...]  # ties that follow from what is said
    beside: tuple[AnyClaim, ...]  # claims about other things that these rest on


def show(view: View, name: str, *, clocks: Clocks = ALWAYS, stated_only: bool = False) -> Answer[Page]:
    """Return all that is known of the thing with a name: claims by group, then the ties that follow from them.

    Raises:
        AmbiguousNameError: Several things have this name.
    """
    found = meant(view, name)
    question = f"What is known of {found.entity.name if found.entity else name}?"
    if found.entity is None:
        return answer(view, question, Page(None, (), (), ()), (), sparql=about([]), instead=found.nearest)
    entity = found.entity
    claims = view.claims(clocks.claims(entities=(entity.id,)))
    derived = () if stated_only else _derived(view, entity.id, clocks)
    rests = {claim for tie in derived for claim in tie.claims} - {claim.id for claim in claims}
    beside = tuple(view.claims(ClaimFilter(ids=tuple(sorted(rests))))) if rests else ()
    page = Page(entity, tuple(_groups(view, claims, clocks)), derived, beside)
    return answer(
        view, question, page, claims, sparql=about([entity.id]), entities=[entity.id, *_ends(derived)],
        instead=() if claims else known_of(view, entity), notes=_notes(claims, clocks),
    )  # fmt: skip


def _derived(view: View, entity: str, clocks: Clocks) -> tuple[Tie, ...]:
    ties = view.neighbours([entity], clocks.ties(factual=None))
    return tuple(tie for tie in ties if tie.rule is not None)


def _ends(ties: Iterable[Tie]) -> list[str]:
    return [end for tie in ties for end in (tie.subject, tie.object)]


def lines_of(view: View, claims: Sequence[AnyClaim], clocks: Clocks) -> list[Line]:
    """Return claims as lines: what is said again stands with what it repeats."""
    by_key = {claim.key: claim for claim in claims}
    again: defaultdict[str, list[AnyClaim]] = defaultdict(list)
    for claim in claims:
        if claim.restates in by_key:
            again[claim.restates or ""].append(claim)
    disputes = _disputes(view, claims)
    return [
        Line(claim, tuple(again[claim.key]), tuple(disputes[claim.id]), clocks.doubt(claim))
        for claim in claims
        if claim.restates not in by_key
    ]


def _disputes(view: View, claims: Sequence[AnyClaim]) -> defaultdict[str, list[str]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for conflict in view.conflicts([claim.id for claim in claims]) if claims else ():
        for side in conflict.claims:
            found[side].append(conflict.id)
    return found


def _groups(view: View, claims: Sequence[AnyClaim], clocks: Clocks) -> Iterable[Group]:
    sorted_lines: defaultdict[str, list[Line]] = defaultdict(list)
    for line in lines_of(view, claims, clocks):
        sorted_lines[_heading(line.claim)].append(line)
    for heading, title in TITLES.items():
        if lines := sorted_lines[heading]:
            yield Group(title, tuple(sorted(lines, key=_place)))


def _heading(claim: AnyClaim) -> str:
    if isinstance(claim, Statement):
        return RELATIONS[claim.relation].group
    return {"Deal": "deals", "Observation": "figures", "Occurrence": "events"}[type(claim).__name__]


def _place(line: Line) -> tuple[object, ...]:
    """Facts before forecasts and opinions; then what belongs together, newest figures first."""
    claim = line.claim
    end = claim.period.end if isinstance(claim, Observation) and claim.period else None
    return (not claim.factual, topic_of(claim), -(end.toordinal() if end else 0), claim.key)


def _notes(claims: Sequence[AnyClaim], clocks: Clocks) -> tuple[str, ...]:
    undated = sum(clocks.doubt(claim) is not None for claim in claims)
    return (f"{undated} of {len(claims)} claims are undated or only possibly pass the clocks",) if undated else ()
