"""Follow: find things by one tie, and show one side of each: who leads the makers of a thing, who uses its models."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated, NamedTuple

from keiretsu_graph.view import ClaimFilter, View
from keiretsu_ontology.entities import KINDS, Entity
from keiretsu_queries.base import ALWAYS, Answer, Clocks, answer
from keiretsu_queries.parameters import Most, Name, Param
from keiretsu_queries.sheets import BLANK, Block, line, spans
from keiretsu_queries.sparql_texts import these
from keiretsu_queries.subjects import meant
from keiretsu_queries.telling import told
from keiretsu_queries.things.focus import gist
from keiretsu_queries.things.show import Speaking
from keiretsu_queries.things.ways import Side, Step, Way, said_in, steps_of, ways_from
from keiretsu_queries.wording import listed_words, tie_words
from keiretsu_queries.words.kinds import OnlyKind, kinds_named
from keiretsu_queries.words.sentences import phrase_of, sentence_of
from keiretsu_queries.words.topics import topic_named

_LINES = 4  # of each thing
_NAMED = 12  # names in one line
_FIRST = 8  # lines that sum up

By = Annotated[str, Param("By what they are found: 'developed by', partners, 'acquisition as acquirer'.", "TOPIC", "b")]
Shown = Annotated[str, Param("What to show of each: ceo, uses, parameters, 'used by', deals.", "TOPIC", "t")]


class Followed(NamedTuple):
    """What was reached, and what is said of it."""

    start: Entity | None
    steps: tuple[Step, ...]  # of which something is said
    silent: tuple[Entity, ...]  # that were reached as well, and nothing is said
    more: int = 0  # steps beside these


def follow(
    view: View, name: Name, *, by: By = "partners", only: Shown = "people", kind: OnlyKind = None,
    about: Speaking = None,
    clocks: Clocks = ALWAYS, limit: Most = 12,
) -> Answer[Followed]:  # fmt: skip
    """Return the things that a tie or deal leads to, and one side of each: two steps, with evidence for both.

    Only facts are followed. What is a member, version or part of a product that was reached counts as reached. Where
    nothing is said of any of the things, what is said of the groups that they belong to is shown, and marked so.

    Args:
        view: The graph.
        name: Where to begin.
        by: What leads to the things.
        only: What is shown of each.
        kind: Only things of this kind.
        about: Only what names this thing or says these words.
        clocks: The clocks to ask by, for both steps.
        limit: How many things at most; 0 for all.

    Raises:
        AmbiguousNameError: Several things have this name.
        UsageError: There is no such topic or kind.
    """
    found = meant(view, name)
    if found.entity is None:
        empty = Followed(None, (), ())
        return answer(view, f"What is known of {name}?", empty, (), sparql=these([]), instead=found.nearest)
    start = found.entity
    kinds = kinds_named(kind) if kind is not None else None
    topic = topic_named(view, by, start)
    ways = ways_from(view, start, topic, kinds, clocks)
    steps = steps_of(view, start, ways, Side(only, about, clocks))
    shown = steps[: limit or None]
    reached = {step.way.entity.id for step in steps}
    silent = tuple(way.entity for way in ways if way.entity.id not in reached and not way.within)
    phrase = phrase_of(topic, start.name, kinds.many if kinds else None)
    example = ways[0].entity if ways else start
    claims = [claim for step in shown for claim in (*step.way.by, *said_in(step.lines))]
    ties = [tie for step in shown for tie in (*step.way.within, *step.upwards)]
    behind = tuple(sorted({claim for tie in ties for claim in tie.claims}))
    claims += view.claims(ClaimFilter(ids=behind)) if behind else []
    named = [start.id, *(way.entity.id for way in ways), *(step.of.id for step in shown)]
    return answer(
        view, sentence_of(topic_named(view, only, example), phrase, about),
        Followed(start, tuple(shown), silent, len(steps) - len(shown)), claims,
        sparql=these([claim.id for claim in claims]),
        entities=[*named, *(end for tie in ties for end in (tie.subject, tie.object))],
        instead=() if claims else _instead(phrase, ways, only), clocks=clocks,
        beside=() if claims else [claim for way in ways for claim in way.by],
    )  # fmt: skip


def _instead(phrase: str, ways: Sequence[Way], only: str) -> tuple[str, ...]:
    if not ways:
        return (f"nothing is known of {phrase}",)
    names = list(dict.fromkeys(way.entity.name for way in ways))
    keys = list(dict.fromkeys(claim.key for way in ways for claim in way.by))
    return (
        f"known are {phrase}: {_named(names)} ({', '.join(keys[:_LINES])})",
        f"nothing is said of {'it' if len(names) == 1 else 'them'} under {only!r}",
    )


def _named(names: Sequence[str]) -> str:
    return listed_words([*names[:_NAMED], *([f"{len(names) - _NAMED} more"] if len(names) > _NAMED else [])])


def tell_follow(answer: Answer[Followed]) -> Iterator[Block]:
    """Yield what it comes to, then each thing with what is said of it, and the things of which nothing is said."""
    result = answer.result
    yield from _summary(answer)
    for step in result.steps:
        yield BLANK
        yield from _step(step, answer)
    if result.silent:
        yield BLANK
        yield line(
            f"nothing is said of {_named([entity.name for entity in result.silent])}, reached as well", 0, "quiet"
        )
    if result.more:
        yield line(f"... and {result.more} more: --limit 0", 0, "quiet")


def _summary(answer: Answer[Followed]) -> Iterator[Block]:
    """Yield in a line what is said of each thing; of which the same is said stand together."""
    same: dict[str, list[str]] = {}
    for step in answer.result.steps:
        said = gist(step.lines, answer.entities, step.of) or ""
        of = "" if step.of.id == step.way.entity.id else f"{step.of.name}, of which it is a part, "
        same.setdefault(of + said, []).append(step.way.entity.name)
    for said, names in list(same.items())[:_FIRST]:
        yield line(f"{_named(names)}: {said}", 0, "good")
    if len(same) > _FIRST:
        yield line(f"... and {len(same) - _FIRST} more below", 0, "quiet")


def _step(step: Step, answer: Answer[Followed]) -> Iterator[Block]:
    entity = step.way.entity
    yield spans((entity.name, "title"), f"  {KINDS[entity.kind].label}  ", (entity.id, "quiet"))
    down = [tie_words(tie, answer.entities) for tie in step.way.within]
    keys = dict.fromkeys(claim.key for claim in step.way.by)
    yield line(f"reached by {', '.join([*list(keys)[:_LINES], *down])}", 2, "quiet")
    if step.upwards:
        up = "; ".join(tie_words(tie, answer.entities) for tie in step.upwards)
        yield line(f"nothing is said of {entity.name} itself; {up}:", 2, "warn")
    for row in step.lines[:_LINES]:
        yield from told(row, answer, None)
    if len(step.lines) > _LINES:
        yield line(f"... and {len(step.lines) - _LINES} more: keiretsu show {step.of.id}", 2, "quiet")
