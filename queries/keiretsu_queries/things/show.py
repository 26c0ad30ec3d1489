"""Show: all that is known of one thing, by group."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from shlex import quote
from typing import TYPE_CHECKING, Annotated, NamedTuple

from keiretsu_graph.view import ClaimFilter, View
from keiretsu_ontology.claims import AnyClaim, Observation, Statement, Tie, topic_of
from keiretsu_ontology.clocks import date_of
from keiretsu_ontology.entities import KINDS, Entity
from keiretsu_ontology.metrics import METRICS
from keiretsu_ontology.relations import GROUPS, RELATIONS
from keiretsu_queries.base import ALWAYS, Answer, Clocks, answer
from keiretsu_queries.lines import Line, folded, lines_of
from keiretsu_queries.parameters import Most, Name, Param, StatedOnly
from keiretsu_queries.sheets import BLANK, Block, line, spans
from keiretsu_queries.sparql_texts import about as sparql_about
from keiretsu_queries.sparql_texts import these
from keiretsu_queries.subjects import known_of, meant
from keiretsu_queries.telling import header, tied, told
from keiretsu_queries.wording import tie_words

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
    focused: bool = False  # only one side was asked for: its claims stand in one list, the best first


Only = Annotated[
    str | None,
    Param("Only this: a relation from either side, a deal, an event, a metric, a heading.", "TOPIC", "t"),
]
Speaking = Annotated[
    str | None, Param("Only what names this or says these words.", "NAME-OR-WORDS", "a", completes="entity")
]


def show(
    view: View, name: Name, *, clocks: Clocks = ALWAYS, only: Only = None, about: Speaking = None,
    stated_only: StatedOnly = False, limit: Most = 8,
) -> Answer[Page]:  # fmt: skip
    """Return all that is known of the thing with a name: claims by group, then the ties that follow from them.

    Under each heading stand the first ones and how many more there are; the answer rests on all of them. Where only
    one side is asked for, its claims come in one list: facts before forecasts, what goes on before what is over, the
    newest first; and where nothing is said, what is said of the wholes that the thing belongs to is told instead.

    Raises:
        AmbiguousNameError: Several things have this name.
        UsageError: There is no such topic.
    """
    found = meant(view, name)
    if found.entity is None:
        question = f"What is known of {name}?"
        return answer(view, question, Page(None, (), (), ()), (), sparql=sparql_about([]), instead=found.nearest)
    entity = found.entity
    if only is not None or about is not None:
        return _focused(view, entity, _Wanted(only, about, stated_only, limit), clocks)
    claims = view.claims(clocks.claims(entities=(entity.id,)))
    derived = () if stated_only else _derived(view, entity.id, clocks)
    shown = derived[: limit or None]
    rests = {claim for tie in shown for claim in tie.claims} - {claim.id for claim in claims}
    beside = tuple(view.claims(ClaimFilter(ids=tuple(sorted(rests))))) if rests else ()
    page = Page(
        entity, tuple(_groups(view, claims, clocks, limit)), shown, beside, len(derived) - len(shown), len(claims),
        len({claim.source for claim in claims}), len({claim.speaker for claim in claims}),
    )  # fmt: skip
    return answer(
        view, f"What is known of {entity.name}?", page, claims, sparql=sparql_about([entity.id]),
        entities=[entity.id, *_ends(shown)], instead=() if claims else known_of(view, entity),
        notes=_notes(claims, clocks), beside=beside, clocks=clocks,
    )  # fmt: skip


class _Wanted(NamedTuple):
    """What is wanted of a thing."""

    only: str | None
    about: str | None
    stated_only: bool
    limit: int


def _focused(view: View, entity: Entity, wanted: _Wanted, clocks: Clocks) -> Answer[Page]:
    """Return one side of a thing; where nothing is said of it, what is said of what stands above it, instead."""
    from keiretsu_queries.things.focus import best_first, speaking_of
    from keiretsu_queries.words.sentences import sentence_of
    from keiretsu_queries.words.topics import ALL, topic_named  # reads the tables of the ontology, as few look-ups do

    topic = topic_named(view, wanted.only, entity) if wanted.only is not None else ALL
    claims = [c for c in view.claims(clocks.claims(entities=(entity.id,))) if topic.place(c, entity.id) is not None]
    if wanted.about is not None:
        claims = speaking_of(view, claims, wanted.about, entity.id)
    derived = _following(view, entity, topic, wanted, clocks, claims)
    shown = derived[: wanted.limit or None]
    rests = {claim for tie in shown for claim in tie.claims} - {claim.id for claim in claims}
    beside = tuple(view.claims(ClaimFilter(ids=tuple(sorted(rests))))) if rests else ()
    lines = best_first(folded(lines_of(view, claims, clocks)), topic, entity.id)
    kept = tuple(lines[: 2 * wanted.limit or None])
    page = Page(
        entity, (Group("", kept, len(lines) - len(kept)),) if kept else (), shown, beside, len(derived) - len(shown),
        len(claims), len({claim.source for claim in claims}), len({claim.speaker for claim in claims}),
        focused=True,
    )  # fmt: skip
    grounds = [*claims, *beside]
    instead, wider = ((), ()) if grounds else _above(view, entity, wanted, clocks)
    return answer(
        view, sentence_of(topic, entity.name, _name(view, wanted.about)), page, grounds,
        sparql=these([claim.id for claim in grounds]), entities=[entity.id, *_ends(shown)], instead=instead,
        notes=_notes(claims, clocks), beside=(*beside, *wider), clocks=clocks,
    )  # fmt: skip


def _following(
    view: View, entity: Entity, topic: Topic, wanted: _Wanted, clocks: Clocks, claims: Sequence[AnyClaim]
) -> tuple[Tie, ...]:
    """Return the ties of a topic that follow from claims which do not stand on the page themselves."""
    if wanted.stated_only:
        return ()
    own = {claim.id for claim in claims}
    ties = [tie for tie in _derived(view, entity.id, clocks) if topic.takes_tie(tie, entity.id)]
    if wanted.about is not None:
        meant_too = {found.entity for found in view.names(wanted.about, limit=4, exact=True)}
        ties = [tie for tie in ties if meant_too & {tie.subject, tie.object}]
    return tuple(tie for tie in ties if not own.issuperset(tie.claims))


def _name(view: View, text: str | None) -> str | None:
    """Return what a thing is called that a text names, or the text itself."""
    if text is None:
        return None
    found = next(iter(view.names(text, limit=1, exact=True)), None)
    return view.entities([found.entity])[found.entity].name if found else text


def _above(
    view: View, entity: Entity, wanted: _Wanted, clocks: Clocks
) -> tuple[tuple[str, ...], tuple[AnyClaim, ...]]:  # fmt: skip
    """Return what to say where nothing is said, and the claims: the same side of what stands above, if it is known."""
    from keiretsu_queries.above import above
    from keiretsu_queries.things.focus import gist

    under = f" under {wanted.only!r}" if wanted.only is not None else ""
    speaking = f" that speaks of {wanted.about!r}" if wanted.about is not None else ""
    told = [f"nothing is said of {entity.name}{under}{speaking}"]
    for whole in above(view, entity.id):
        page = show(view, whole.entity, clocks=clocks, only=wanted.only, about=wanted.about,
                    stated_only=wanted.stated_only, limit=wanted.limit)  # fmt: skip
        lines = [row for group in page.result.groups for row in group.lines]
        if page.result.entity is not None and (words := gist(lines, page.entities, page.result.entity)):
            names = view.entities([end for tie in whole.ties for end in (tie.subject, tie.object)])
            told.append(f"{'; '.join(tie_words(tie, names) for tie in whole.ties)}, and of {page.result.entity.name}"
                        f" it is said: {words} ({lines[0].claim.key})")  # fmt: skip
            told.append(f"see: keiretsu show {whole.entity}" + _flags(wanted))
            return (*told, *known_of(view, entity)), page.claims
    return (*told, *known_of(view, entity)), ()


def _flags(wanted: _Wanted) -> str:
    named = (("only", wanted.only), ("about", wanted.about))
    return "".join(f" --{flag} {quote(text)}" for flag, text in named if text is not None)


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
    yield from _top(page, answer) if page.focused else (*header(page.entity), line(_extent(page), 0, "quiet"))
    for group in page.groups:
        number = len(group.lines) + group.more
        yield BLANK
        if group.title:
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


def _top(page: Page, answer: Answer[Page]) -> Iterator[Block]:
    """Yield what a thing is, and what its claims come to."""
    from keiretsu_queries.things.focus import gist, gist_of_ties

    if page.entity is None:
        return
    yield spans((page.entity.name, "title"), f"  {KINDS[page.entity.kind].label}  ", (page.entity.id, "quiet"))
    lines = [row for group in page.groups for row in group.lines]
    if any(topic_of(row.claim) == "listed_on" for row in lines):
        yield line(", ".join(f"{found.scheme} {found.value}" for found in page.entity.identifiers))
    words = gist(lines, answer.entities, page.entity)
    yield line(words or gist_of_ties(page.derived, answer.entities, page.entity.id), 0, "good" if words else None)


def _extent(page: Page) -> str:
    """Return in words how much is said."""
    counts = ((page.claims, "claim"), (page.speakers, "speaker"), (page.sources, "source"))
    claims, speakers, sources = (f"{number} {word}{'s' * (number != 1)}" for number, word in counts)
    return f"{claims} by {speakers} in {sources}"
