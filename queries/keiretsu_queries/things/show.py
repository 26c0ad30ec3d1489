"""Show: all that is known of one thing, by group."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Annotated, NamedTuple

from keiretsu_graph.view import ClaimFilter, View
from keiretsu_ontology.claims import AnyClaim, Observation, Statement, Tie, topic_of
from keiretsu_ontology.clocks import date_of
from keiretsu_ontology.entities import Entity
from keiretsu_ontology.metrics import METRICS
from keiretsu_ontology.relations import GROUPS, RELATIONS
from keiretsu_queries.base import ALWAYS, Answer, Clocks, answer
from keiretsu_queries.lines import Line, folded, lines_of
from keiretsu_queries.parameters import Most, Name, Param, StatedOnly
from keiretsu_queries.sheets import BLANK, Block, line, spans
from keiretsu_queries.sparql_texts import about
from keiretsu_queries.subjects import known_of, meant
from keiretsu_queries.telling import header, tied, told

if TYPE_CHECKING:
    from keiretsu_queries.words.topics import Topic

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
    more: int = 0  # derived ties beside these
    claims: int = 0  # in all
    sources: int = 0  # that these were read from
    speakers: int = 0  # who make them


Only = Annotated[
    str | None,
    Param("Only this: a relation from either side, a deal, an event, a metric, a heading.", "TOPIC", "t"),
]


def show(
    view: View, name: Name, *, clocks: Clocks = ALWAYS, only: Only = None, stated_only: StatedOnly = False,
    limit: Most = 8,
) -> Answer[Page]:  # fmt: skip
    """Return all that is known of the thing with a name: claims by group, then the ties that follow from them.

    Under each heading stand the first ones and how many more there are; the answer rests on all of them.

    Raises:
        AmbiguousNameError: Several things have this name.
        UsageError: There is no such topic.
    """
    topic = _topic(view, only) if only is not None else None
    found = meant(view, name)
    under = f", of {only.replace('_', ' ').replace(',', ', ')}" if only is not None else ""
    question = f"What is known of {found.entity.name if found.entity else name}{under}?"
    if found.entity is None:
        return answer(view, question, Page(None, (), (), ()), (), sparql=about([]), instead=found.nearest)
    entity = found.entity
    claims = view.claims(clocks.claims(entities=(entity.id,)))
    derived = () if stated_only else _derived(view, entity.id, clocks)
    if topic is not None:
        claims = [claim for claim in claims if topic.takes(claim, entity.id)]
        derived = tuple(tie for tie in derived if topic.takes_tie(tie, entity.id))
    shown = derived[: limit or None]
    rests = {claim for tie in shown for claim in tie.claims} - {claim.id for claim in claims}
    beside = tuple(view.claims(ClaimFilter(ids=tuple(sorted(rests))))) if rests else ()
    grounds = [*claims, *beside] if topic is not None else claims
    page = Page(
        entity, tuple(_groups(view, claims, clocks, limit)), shown, beside, len(derived) - len(shown), len(claims),
        len({claim.source for claim in claims}), len({claim.speaker for claim in claims}),
    )  # fmt: skip
    return answer(
        view, question, page, grounds, sparql=about([entity.id]), entities=[entity.id, *_ends(shown)],
        instead=() if grounds else _instead(view, entity, only), notes=_notes(claims, clocks), beside=beside,
        clocks=clocks,
    )  # fmt: skip


def _topic(view: View, only: str) -> Topic:
    from keiretsu_queries.words.topics import topic_named  # reads the tables of the ontology: most look-ups need none

    return topic_named(view, only)


def _instead(view: View, entity: Entity, only: str | None) -> tuple[str, ...]:
    first = (f"nothing is said of {entity.name} under {only!r}",) if only is not None else ()
    return (*first, *known_of(view, entity))


def _derived(view: View, entity: str, clocks: Clocks) -> tuple[Tie, ...]:
    ties = view.neighbours([entity], clocks.ties(factual=None))
    order = list(RELATIONS)
    return tuple(sorted((tie for tie in ties if tie.rule is not None), key=lambda tie: order.index(tie.relation)))


def _ends(ties: Iterable[Tie]) -> list[str]:
    return [end for tie in ties for end in (tie.subject, tie.object)]


def _groups(view: View, claims: Sequence[AnyClaim], clocks: Clocks, limit: int) -> Iterable[Group]:
    sorted_lines: defaultdict[str, list[Line]] = defaultdict(list)
    for row in folded(lines_of(view, claims, clocks)):
        sorted_lines[heading_of(row.claim)].append(row)
    for heading, title in TITLES.items():
        if lines := sorted_lines[heading]:
            shown = tuple(_ordered(lines))[: limit or None]
            yield Group(title, shown, len(lines) - len(shown))


def heading_of(claim: AnyClaim) -> str:
    """Return the heading (`TITLES`) that a claim stands under."""
    if isinstance(claim, Statement):
        return RELATIONS[claim.relation].group
    return {"Deal": "deals", "Observation": "figures", "Occurrence": "events"}[type(claim).__name__]


def _ordered(lines: Sequence[Line]) -> list[Line]:
    """Return lines as they are read: facts before forecasts and opinions, the newest before older ones.

    Of figures the newest of each metric comes first, in the order in which metrics are declared, then those before.
    """
    newest = sorted(lines, key=_place)
    if not newest or not isinstance(newest[0].claim, Observation):
        return newest
    declared = {metric: place for place, metric in enumerate(METRICS)}
    seen: Counter[tuple[bool, str]] = Counter()
    places = []
    for number, row in enumerate(newest):
        sort = not row.claim.factual, topic_of(row.claim)
        places.append((sort[0], seen[sort], declared.get(sort[1], len(declared)), number))
        seen[sort] += 1
    return [newest[number] for *_, number in sorted(places)]


def _place(line: Line) -> tuple[object, ...]:
    """Facts first; ties that belong together stand together, the newest of them first."""
    claim = line.claim
    when = date_of(claim)
    day = (when.latest or when.earliest) if when else None
    topic = topic_of(claim) if isinstance(claim, Statement) else ""
    return not claim.factual, topic, -(day.toordinal() if day else 0), claim.key


def _notes(claims: Sequence[AnyClaim], clocks: Clocks) -> tuple[str, ...]:
    undated = sum(clocks.doubt(claim) is not None for claim in claims)
    return (f"{undated} of {len(claims)} claims are undated or only possibly pass the clocks",) if undated else ()


def tell_show(answer: Answer[Page]) -> Iterator[Block]:
    """Yield the page of a thing."""
    page = answer.result
    if page.entity is None:
        return
    yield from header(page.entity)
    yield line(_extent(page), 0, "quiet")
    for group in page.groups:
        number = len(group.lines) + group.more
        yield BLANK
        yield spans((group.title, "heading"), (f"  {number}" if number > 1 else "", "quiet"))
        for row in group.lines:
            yield from told(row, answer, page.entity.id)
        if group.more:
            yield line(f"... and {group.more} more: --limit 0", 2, "quiet")
    if page.derived:
        yield from (BLANK, line("Follows from these", 0, "heading"))
        yield from tied(page.derived, answer, page.entity.id, page.beside)
        if page.more:
            yield line(f"... and {page.more} more: --limit 0", 2, "quiet")


def _extent(page: Page) -> str:
    """Return in words how much is said."""
    counts = ((page.claims, "claim"), (page.speakers, "speaker"), (page.sources, "source"))
    claims, speakers, sources = (f"{number} {word}{'s' * (number != 1)}" for number, word in counts)
    return f"{claims} by {speakers} in {sources}"
