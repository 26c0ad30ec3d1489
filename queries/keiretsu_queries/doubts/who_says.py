"""Who says: what does somebody say, pass on or publish, and who says things about something?"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Annotated, NamedTuple

from keiretsu_graph.view import View
from keiretsu_ontology.claims import AnyClaim, topic_of
from keiretsu_ontology.entities import KINDS, Entity
from keiretsu_ontology.evidence import Source
from keiretsu_queries.base import ALWAYS, Answer, Clocks, answer
from keiretsu_queries.doubts.differences import short_words
from keiretsu_queries.doubts.outcomes import Outcome, Verdict, outcomes_of
from keiretsu_queries.doubts.tallies import Counting, Tally, tally_words
from keiretsu_queries.lines import Line, folded, lines_of
from keiretsu_queries.parameters import Most, Param
from keiretsu_queries.sheets import BLANK, Block, Cell, Cites, Said, Style, line, spans, table
from keiretsu_queries.sparql_texts import these
from keiretsu_queries.subjects import Meant, known_of, meant
from keiretsu_queries.telling import header, told
from keiretsu_queries.things.show import TITLES, heading_of
from keiretsu_queries.wording import name, source_words, words_of

MaybeSpeaker = Annotated[
    str | None,
    Param("Who speaks, relays or publishes; or a source, by id or title.", "[SPEAKER]", completes="entity"),
]
AboutName = Annotated[str | None, Param("Only what is said about this.", "NAME", "a", completes="entity")]
_FACTS = 3  # beside a forecast on which facts disagree; else one tells enough
_ROWS = 4  # rows of speakers for each line that a part may have


class Group(NamedTuple):
    """What is said under one heading."""

    title: str
    lines: tuple[Line, ...]
    more: int


class Part(NamedTuple):
    """What somebody says, or passes on, or publishes."""

    manner: str  # a verb
    tally: Tally
    groups: tuple[Group, ...]


class Speaker(NamedTuple):
    """Somebody who says things, counted."""

    entity: Entity
    says: Tally
    relays: int
    sources: int  # in which their claims stand


class Voice(NamedTuple):
    """What somebody says; or, where nobody is named, who says things."""

    who: Entity | None
    source: Source | None
    about: Entity | None
    parts: tuple[Part, ...]
    outcomes: tuple[Outcome, ...]  # of forecasts: the first ones, those that can be compared before others
    verdicts: Mapping[Verdict, int]  # of all of them, counted
    speakers: tuple[Speaker, ...]  # those who say most first
    more: int = 0  # speakers beside these


def who_says(
    view: View, speaker: MaybeSpeaker = None, *, about: AboutName = None, clocks: Clocks = ALWAYS, limit: Most = 5
) -> Answer[Voice]:
    """Return what a person, company, house or source says, passes on and publishes; without one, who says how much.

    Args:
        view: The graph.
        speaker: A name of whoever speaks, or the id or title of a source.
        about: Only claims about this thing.
        clocks: The clocks to ask by.
        limit: How many stand under one heading; 0 for all.

    Raises:
        AmbiguousNameError: Several things have this name.
    """
    topic = meant(view, about) if about is not None else Meant(None, ())
    source = _source(view, speaker) if speaker is not None else None
    who = meant(view, speaker) if speaker is not None and source is None else Meant(None, ())
    question = _question(speaker if who.entity is None else who.entity.name, about, source)
    if nearest := (*topic.nearest, *who.nearest):
        return answer(view, question, Voice(None, None, None, (), (), {}, ()), (), sparql=these([]), instead=nearest)
    wanted = (topic.entity.id,) if topic.entity else ()
    if speaker is None:
        return _everybody(view, question, topic.entity, wanted, clocks, limit)
    split = _by_manner(view, who.entity, source, wanted, clocks)
    counted = Counting(view, [claim for claims in split.values() for claim in claims], clocks)
    parts = tuple(
        Part(manner, counted.tally(claims), tuple(_groups(view, claims, clocks, limit)))
        for manner, claims in split.items()
        if claims
    )
    claims = [claim for own in split.values() for claim in own]
    forecasts = [claim for claim in claims if claim.modality == "forecast"]
    every = outcomes_of(view, forecasts, clocks)
    outcomes = tuple(sorted(every, key=lambda row: row.verdict == "open")[: limit or None])
    verdicts = dict(Counter(row.verdict for row in every))
    return answer(
        view, question, Voice(who.entity, source, topic.entity, parts, outcomes, verdicts, ()), claims,
        sparql=these([claim.id for claim in claims]), entities=[row.id for row in (who.entity, topic.entity) if row],
        instead=() if claims else _nothing(view, who.entity, source, topic.entity),
        beside=[fact for outcome in outcomes for fact in _told_facts(outcome)], clocks=clocks,
    )  # fmt: skip


def _question(speaker: str | None, about: str | None, source: Source | None) -> str:
    topic = f" about {about}" if about else ""
    if speaker is None:
        return f"Who says how much{topic}?"
    return f"What does {source.id if source else speaker} say{topic}?"


def _source(view: View, text: str) -> Source | None:
    """Return the source with an id or a title, or None."""
    folded_text = text.strip().casefold()
    fits = [row for row in view.sources() if folded_text in (row.id, row.title.casefold())]
    return fits[0] if len(fits) == 1 else None


def _nothing(view: View, who: Entity | None, source: Source | None, about: Entity | None) -> tuple[str, ...]:
    topic = f" about {about.name}" if about else ""
    if who is not None:
        return (f"{who.name} says nothing{topic} in this graph", *known_of(view, who))
    return (f"nothing{topic} is read in the source {source.id if source else ''}".rstrip(),)


def _by_manner(
    view: View, who: Entity | None, source: Source | None, about: tuple[str, ...], clocks: Clocks
) -> dict[str, list[AnyClaim]]:
    """Return the claims of a voice by how it has to do with them: each once, as its own before as passed on."""
    if source is not None:
        return {"holds": view.claims(clocks.claims(sources=(source.id,), entities=about))}
    slug = who.id if who else ""
    said = view.claims(clocks.claims(speakers=(slug,), entities=about))
    passed_on = view.claims(clocks.claims(relays=(slug,), entities=about))
    relayed = [claim for claim in passed_on if claim.speaker != slug]
    own = tuple(row.id for row in view.sources() if slug in (row.publisher, row.author))
    seen = {claim.id for claim in (*said, *relayed)}
    within = view.claims(clocks.claims(sources=own, entities=about)) if own else []
    published = [claim for claim in within if claim.id not in seen]
    return {"says": said, "passes on": relayed, "publishes": published}


def _groups(view: View, claims: Sequence[AnyClaim], clocks: Clocks, limit: int) -> Iterator[Group]:
    under: defaultdict[str, list[Line]] = defaultdict(list)
    for row in folded(lines_of(view, claims, clocks)):
        under[heading_of(row.claim)].append(row)
    for heading, title in TITLES.items():
        if lines := sorted(under[heading], key=_place):
            shown = tuple(lines[: limit or None])
            yield Group(title, shown, len(lines) - len(shown))


def _place(row: Line) -> tuple[object, ...]:
    """What is disputed first, then facts, then by topic."""
    return not row.conflicts, not row.claim.factual, topic_of(row.claim), row.claim.key


def _everybody(
    view: View, question: str, about: Entity | None, wanted: tuple[str, ...], clocks: Clocks, limit: int
) -> Answer[Voice]:
    """Return everybody who says something, or something about a thing, counted."""
    claims = view.claims(clocks.claims(entities=wanted))
    counted = Counting(view, claims, clocks)
    said: defaultdict[str, list[AnyClaim]] = defaultdict(list)
    for claim in claims:
        said[claim.speaker].append(claim)
    relays = Counter(claim.relayed_by for claim in claims if claim.relayed_by and claim.relayed_by != claim.speaker)
    names = view.entities(sorted({*said, *relays}))
    speakers = [
        Speaker(names[slug], counted.tally(said[slug]), relays[slug], len({claim.source for claim in said[slug]}))
        for slug in names
    ]
    speakers.sort(key=lambda row: (-row.says.claims, -row.relays, row.entity.name.casefold()))
    shown = speakers[: limit * _ROWS or None]
    instead = (f"nobody says anything about {about.name}", *known_of(view, about)) if about else ("nothing is said",)
    counted_up = answer(
        view, question, Voice(None, None, about, (), (), {}, tuple(shown), len(speakers) - len(shown)), claims,
        sparql=these([claim.id for claim in claims]), entities=names, instead=() if claims else instead, clocks=clocks,
    )  # fmt: skip
    return replace(counted_up, state="known") if claims else counted_up


_COLUMNS = {
    "id": "", "speaker": "speaker", "kind": "", "says": "says", "facts": "facts", "forecasts": "forecasts",
    "opinions": "opinions", "denied": "denials", "disputed": "disputed", "contradicted": "by others",
    "relays": "relays", "sources": "sources",
}  # fmt: skip


def tell_who_says(answer: Answer[Voice]) -> Iterator[Block]:
    """Yield who says how much; or what somebody says, under headings, and what came of forecasts."""
    voice = answer.result
    if voice.speakers:
        yield table(_COLUMNS, map(_row, voice.speakers), wraps=("speaker",))
        yield Cites(())
        if voice.more:
            yield line(f"... and {voice.more} more: --limit 0", 0, "quiet")
        return
    if voice.who is not None:
        yield from header(voice.who)
    if voice.source is not None:
        yield line(source_words(voice.source, answer.entities), 0, "title")
    for part in voice.parts:
        yield from _tell_part(part, answer)
    if voice.outcomes:
        counted = ", ".join(f"{number} {verdict}" for verdict, number in sorted(voice.verdicts.items()))
        yield BLANK
        yield spans(("Forecasts, and what came", "heading"), (f"  {counted}", "quiet"))
        for outcome in voice.outcomes:
            yield from _tell_outcome(outcome, answer)


def _row(row: Speaker) -> tuple[Cell, ...]:
    says = (number or None for number in row.says[1:])
    return (row.entity.id, row.entity.name, KINDS[row.entity.kind].label, row.says.claims, *says, row.relays or None,
            row.sources or None)  # fmt: skip


def _tell_part(part: Part, answer: Answer[Voice]) -> Iterator[Block]:
    yield BLANK
    yield spans((part.manner.capitalize(), "heading"), f"  {tally_words(part.tally)}")
    for group in part.groups:
        number = len(group.lines) + group.more
        yield spans((group.title, "name"), (f"  {number}", "quiet"))
        for row in group.lines:
            yield from told(row, answer, None)
        if group.more:
            yield line(f"... and {group.more} more: --limit 0", 2, "quiet")


def _tell_outcome(outcome: Outcome, answer: Answer[Voice]) -> Iterator[Block]:
    styles: dict[str, Style] = {"borne out": "good", "not borne out": "bad", "disputed": "warn", "open": "quiet"}
    by = f", {short_words(outcome.apart)} apart" if outcome.apart else ""
    verdict = "no later fact to compare it with" if outcome.verdict == "open" else outcome.verdict + by
    words = words_of(outcome.forecast, answer.entities)
    yield spans(f"{words}  ", (verdict, styles[outcome.verdict]), (f"  {outcome.forecast.key}", "quiet"), indent=2)
    for fact in _told_facts(outcome):
        yield line(f"{name(answer.entities, fact.speaker)}: {words_of(fact, answer.entities)}", 4)
        yield Said(fact)


def _told_facts(outcome: Outcome) -> tuple[AnyClaim, ...]:
    return outcome.facts[: _FACTS if outcome.verdict == "disputed" else 1]
