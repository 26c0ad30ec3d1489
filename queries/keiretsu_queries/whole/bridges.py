"""Bridges: what would the graph fall apart without, and who stands between others?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Annotated, NamedTuple

from keiretsu_graph.view import View
from keiretsu_ontology.claims import AnyClaim, Tie
from keiretsu_ontology.entities import KINDS, Entity
from keiretsu_queries.base import ALWAYS, Answer, Clocks, answer
from keiretsu_queries.parameters import Param, StatedOnly
from keiretsu_queries.sheets import BLANK, Block, Cell, Network, Said, line, spans, table
from keiretsu_queries.sparql_texts import these
from keiretsu_queries.whole.cuts import Cuts, ThingCut, TieCut, find_cuts, piece_beyond, pieces_beyond
from keiretsu_queries.whole.measures import EXACT, SAMPLE, measured
from keiretsu_queries.whole.tied import (
    CHAINS,
    PARALLEL,
    Web,
    bounded,
    claims_behind,
    doubtful,
    nothing_tied,
    pair_of,
    sources_of,
    web_of,
)
from keiretsu_queries.wording import name, tie_words

_EXAMPLES, _DRAWN = 4, 300
_TELLING = 2  # what holds a single thing is an end of a chain, no bridge to speak of

Most = Annotated[int, Param("How many of each sort at most.", "N", "n", least=1, most=500)]


class KeyThing(NamedTuple):
    """A thing without which others would be cut off."""

    entity: Entity
    cut_off: int
    pieces: tuple[int, ...]  # sizes of the pieces that are cut off
    examples: tuple[str, ...]  # ids: the best tied of what is cut off
    claims: int  # that its ties rest on
    sources: tuple[str, ...]


class KeyTie(NamedTuple):
    """Two things whose tie alone holds others to the rest."""

    inside: str
    outside: str
    cut_off: int  # the outer one and what hangs on it
    examples: tuple[str, ...]
    ties: tuple[Tie, ...]  # side by side, each with its claims
    claims: tuple[AnyClaim, ...]
    sources: tuple[str, ...]  # one alone: if it errs, the graph falls apart here


class Broker(NamedTuple):
    """A thing that stands between more of the others than its own ties would let one expect."""

    entity: Entity
    degree: int
    betweenness: float
    times: float  # its share of betweenness over its share of ties


class Bridges(NamedTuple):
    """What the graph hangs by."""

    things: int
    pairs: int
    parts: tuple[int, ...]  # sizes of the parts that it is in already, largest first
    key_things: tuple[KeyThing, ...]
    key_ties: tuple[KeyTie, ...]
    brokers: tuple[Broker, ...]
    more: tuple[int, int]  # how many key things and key ties there are in all
    ends: int  # ties that hold a single thing
    drawn: tuple[Tie, ...]
    sizes: dict[str, float]


def bridges(
    view: View, *, limit: Most = 8, clocks: Clocks = ALWAYS, stated_only: StatedOnly = False
) -> Answer[Bridges]:
    """Return the things and ties without which the graph of facts would fall apart, and brokers between others.

    A thing counts by how much is cut off from the largest piece that is left, a tie by the smaller of its two sides;
    ties that hold a single thing are counted and not listed. What hangs together without any key tie is tied at least
    twice over. A broker stands on a larger share of the shortest chains than it has of the ties.
    """
    question = "What would the graph fall apart without?"
    web = web_of(view, clocks, stated_only=stated_only)
    if not web.pairs:
        nothing = Bridges(0, 0, (), (), (), (), (0, 0), 0, (), {})
        return answer(view, question, nothing, (), sparql=these([]), instead=nothing_tied(view, clocks))
    cuts = find_cuts(web.around)
    telling = [cut for cut in cuts.ties if cut.cut_off >= _TELLING]
    shown = ([cut.thing for cut in cuts.things[:limit]], telling[:limit])
    entities = view.entities(web.things)
    rests = claims_behind(view, [*web.ties(shown[0]), *(tie for cut in shown[1] for tie in _pair(web, cut))])
    found = Bridges(
        len(web.things), len(web.pairs), cuts.parts,
        tuple(_key_things(web, cuts.things[:limit], entities, rests)), tuple(_key_ties(web, telling[:limit], rests)),
        tuple(_brokers(web, entities, limit)), (len(cuts.things), len(telling)), len(cuts.ties) - len(telling),
        *_picture(web, cuts, shown),
    )  # fmt: skip
    kept, notes = bounded(_first(found.key_ties, rests))
    return answer(
        view, question, found, kept, sparql=these([claim.id for claim in kept]), entities=_named(found),
        notes=[*_notes(web), *notes, *doubtful(clocks, kept)], clocks=clocks,
    )  # fmt: skip


def _pair(web: Web, cut: TieCut) -> tuple[Tie, ...]:
    return web.pairs[pair_of(cut.inside, cut.outside)]


def _key_things(
    web: Web, cuts: Sequence[ThingCut], entities: Mapping[str, Entity], claims: Mapping[str, AnyClaim]
) -> Iterator[KeyThing]:
    for cut in cuts:
        rests = [claims[claim] for claim in {claim for tie in web.ties([cut.thing]) for claim in tie.claims}]
        beyond = [thing for piece in pieces_beyond(web.around, cut) for thing in piece]
        examples = _best(web, beyond)
        yield KeyThing(entities[cut.thing], cut.cut_off, cut.pieces, examples, len(rests), sources_of(rests))


def _key_ties(web: Web, cuts: Sequence[TieCut], claims: Mapping[str, AnyClaim]) -> Iterator[KeyTie]:
    for cut in cuts:
        ties = _pair(web, cut)
        ids = {claim for tie in ties for claim in tie.claims}
        rests = tuple(claim for claim in claims.values() if claim.id in ids)
        beyond = [thing for thing in piece_beyond(web.around, cut) if thing != cut.outside]
        yield KeyTie(cut.inside, cut.outside, cut.cut_off, _best(web, beyond), ties, rests, sources_of(rests))


def _best(web: Web, things: Sequence[str]) -> tuple[str, ...]:
    return tuple(sorted(things, key=lambda thing: (-len(web.around[thing]), thing))[:_EXAMPLES])


def _brokers(web: Web, entities: Mapping[str, Entity], limit: int) -> Iterator[Broker]:
    """Yield what stands between most for its ties. Source: Freeman (1977); "brokers" after Burt, AJS 110 (2004)."""
    between = measured(web, ["betweenness"])["betweenness"]
    total, ends = sum(between.values()), 2 * len(web.pairs)
    if not total:
        return
    found = [
        Broker(
            entities[thing], len(web.around[thing]), value, round(value / total / (len(web.around[thing]) / ends), 2)
        )
        for thing, value in between.items()
        if value > total / len(web.things)  # more than the average: a mere link of a side chain is no broker
    ]
    yield from sorted(
        (broker for broker in found if broker.times > 1),
        key=lambda broker: (-broker.times, -broker.betweenness, broker.entity.id),
    )[:limit]


def _picture(
    web: Web, cuts: Cuts, shown: tuple[list[str], Sequence[TieCut]]
) -> tuple[tuple[Tie, ...], dict[str, float]]:
    """Return what a picture shows: key things and key ties with all that they are tied to, sized by what they cut."""
    centre = list(dict.fromkeys([*shown[0], *(end for cut in shown[1] for end in (cut.inside, cut.outside))]))
    drawn = tuple(dict.fromkeys([*web.within(centre), *web.ties(centre)]))[:_DRAWN]
    ends = {end for tie in drawn for end in (tie.subject, tie.object)}
    most = cuts.things[0].cut_off if cuts.things else 1
    return drawn, {cut.thing: round((cut.cut_off / most) ** 0.5, 4) for cut in cuts.things if cut.thing in ends}


def _first(ties: Sequence[KeyTie], claims: Mapping[str, AnyClaim]) -> list[AnyClaim]:
    """Return claims with those of key ties first: they are what matters where not all can be listed."""
    return list({claim.id: claim for claim in [*(c for tie in ties for c in tie.claims), *claims.values()]}.values())


def _named(found: Bridges) -> list[str]:
    named = [end for tie in found.key_ties for end in (tie.inside, tie.outside, *tie.examples)]
    named += [end for thing in found.key_things for end in (thing.entity.id, *thing.examples)]
    named += [end for tie in found.drawn for end in (tie.subject, tie.object)]
    return [*named, *(broker.entity.id for broker in found.brokers)]


def _notes(web: Web) -> list[str]:
    sampled = [f"betweenness is estimated from {SAMPLE} of {len(web.things):,} things, always the same ones"]
    return [f"{PARALLEL}; {CHAINS}", *(sampled if len(web.things) > EXACT else [])]


def tell_bridges(answer: Answer[Bridges]) -> Iterator[Block]:
    """Yield how the graph hangs together, the key things, the key ties with their claims, and the brokers."""
    found = answer.result
    yield line(_headline(found), 0, "title")
    if found.key_things:
        yield from (BLANK, line("Without these things others would be cut off", 0, "heading"))
        yield table(_THINGS, (_thing_row(thing, answer) for thing in found.key_things), 2)
        yield from _more(found.more[0] - len(found.key_things), found.more[0])
    if found.key_ties:
        yield from (BLANK, line("Without these ties others would be cut off", 0, "heading"))
        for tie in found.key_ties:
            yield from _told(tie, answer)
        yield from _more(found.more[1] - len(found.key_ties), found.more[1])
    if found.brokers:
        yield from (BLANK, line("Brokers: on more of the shortest chains than their ties let one expect", 0, "heading"))
        yield table(_BROKERS, map(_broker_row, found.brokers), 2)
    yield Network(found.drawn, found.sizes, {})


def _headline(found: Bridges) -> str:
    parts = len(found.parts)
    whole = f"in one piece of {found.things:,} things" if parts == 1 else (
        f"in {parts:,} pieces already, the largest of {found.parts[0]:,} of {found.things:,} things"
    )  # fmt: skip
    ties = found.more[1] + found.ends
    return (
        f"What facts tie is {whole}; {found.more[0]:,} things and {ties:,} of {found.pairs:,} tied pairs hold others "
        f"alone, {found.ends:,} of these a single thing"
    )


def _more(left: int, all_of_them: int) -> Iterator[Block]:
    if left > 0:
        yield line(f"... and {left:,} more: --limit {all_of_them}", 2, "quiet")


_THINGS = {
    "id": "", "name": "name", "kind": "kind", "cut_off": "cut off", "pieces": "in pieces", "claims": "claims",
    "sources": "sources", "examples": "among them",
}  # fmt: skip
_BROKERS = {
    "id": "", "name": "name", "kind": "kind", "degree": "degree", "betweenness": "betweenness %", "times": "times",
}  # fmt: skip


def _thing_row(thing: KeyThing, answer: Answer[Bridges]) -> tuple[Cell, ...]:
    examples = ", ".join(name(answer.entities, slug) for slug in thing.examples)
    what = (thing.entity.id, thing.entity.name, KINDS[thing.entity.kind].label)
    return (*what, thing.cut_off, len(thing.pieces), thing.claims, len(thing.sources), examples)


def _broker_row(broker: Broker) -> tuple[Cell, ...]:
    between = Decimal(f"{100 * broker.betweenness:.1f}")
    what = (broker.entity.id, broker.entity.name, KINDS[broker.entity.kind].label)
    return (*what, broker.degree, between, Decimal(f"{broker.times:.1f}"))


def _told(tie: KeyTie, answer: Answer[Bridges]) -> Iterator[Block]:
    one, other = name(answer.entities, tie.inside), name(answer.entities, tie.outside)
    alone = "  [one source]" if len(tie.sources) == 1 else ""
    yield spans((f"{one} — {other}", "name"), f"  holds {tie.cut_off:,}", (alone, "warn"), indent=2)
    beyond = ", ".join(name(answer.entities, slug) for slug in tie.examples)
    left = tie.cut_off - 1 - len(tie.examples)
    yield line(f"{other} with {beyond}" + (f" and {left:,} more" if left else ""), 4)
    yield line("; ".join(dict.fromkeys(tie_words(own, answer.entities) for own in tie.ties)), 4, "quiet")
    for claim in tie.claims:
        yield Said(claim, 8)
