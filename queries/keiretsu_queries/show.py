"""Show: all that is known of one thing, by group."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Annotated, NamedTuple

from keiretsu_graph.view import ClaimFilter, View
from keiretsu_ontology.claims import AnyClaim, Observation, Statement, Tie, topic_of
from keiretsu_ontology.entities import Entity
from keiretsu_ontology.relations import GROUPS, RELATIONS
from keiretsu_queries.base import ALWAYS, Answer, Clocks, answer
from keiretsu_queries.lines import Line, lines_of
from keiretsu_queries.parameters import Name, Param, StatedOnly
from keiretsu_queries.sheets import BLANK, Block, line
from keiretsu_queries.sparql_texts import about
from keiretsu_queries.subjects import known_of, meant
from keiretsu_queries.telling import header, tied, told

TITLES = {
    **{name: title for name, title in GROUPS.items() if name != "remarks"},
    "deals": "Deals",
    "figures": "Figures",
    "events": "Events",
    "remarks": GROUPS["remarks"],
}


class Group(NamedTuple):
    """What is said under one heading."""

    title: str
    lines: tuple[Line, ...]
    more: int = 0  # how many there are beside these


class Page(NamedTuple):
    """All that is known of an entity."""

    entity: Entity | None
    groups: tuple[Group, ...]
    derived: tuple[Tie, ...]  # ties that follow from what is said
    beside: tuple[AnyClaim, ...]  # claims about other things that these rest on


Most = Annotated[int, Param("How many under one heading; 0 for all.", "N", "n", least=0, most=100_000)]


def show(
    view: View, name: Name, *, clocks: Clocks = ALWAYS, stated_only: StatedOnly = False, limit: Most = 8
) -> Answer[Page]:
    """Return all that is known of the thing with a name: claims by group, then the ties that follow from them.

    Under each heading stand the first ones and how many more there are; the answer rests on all of them.

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
    page = Page(entity, tuple(_groups(view, claims, clocks, limit)), derived, beside)
    return answer(
        view, question, page, claims, sparql=about([entity.id]), entities=[entity.id, *_ends(derived)],
        instead=() if claims else known_of(view, entity), notes=_notes(claims, clocks),
    )  # fmt: skip


def _derived(view: View, entity: str, clocks: Clocks) -> tuple[Tie, ...]:
    ties = view.neighbours([entity], clocks.ties(factual=None))
    return tuple(tie for tie in ties if tie.rule is not None)


def _ends(ties: Iterable[Tie]) -> list[str]:
    return [end for tie in ties for end in (tie.subject, tie.object)]


def _groups(view: View, claims: Sequence[AnyClaim], clocks: Clocks, limit: int) -> Iterable[Group]:
    sorted_lines: defaultdict[str, list[Line]] = defaultdict(list)
    for row in lines_of(view, claims, clocks):
        sorted_lines[heading_of(row.claim)].append(row)
    for heading, title in TITLES.items():
        if lines := sorted_lines[heading]:
            shown = tuple(sorted(lines, key=_place))[: limit or None]
            yield Group(title, shown, len(lines) - len(shown))


def heading_of(claim: AnyClaim) -> str:
    """Return which of the titles a claim stands under."""
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


def tell_show(answer: Answer[Page]) -> Iterator[Block]:
    """Yield the page of a thing."""
    page = answer.result
    if page.entity is None:
        return
    yield from header(page.entity)
    for group in page.groups:
        yield from (BLANK, line(group.title, 0, "heading"))
        for row in group.lines:
            yield from told(row, answer, page.entity.id)
        if group.more:
            yield line(f"... and {group.more} more: --limit 0", 2, "quiet")
    if page.derived:
        yield from (BLANK, line("Follows from these", 0, "heading"))
        yield from tied(page.derived, answer, page.entity.id, page.beside)
