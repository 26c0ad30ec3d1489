"""Gaps: what is usually known of such a thing and is not known of this one?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Literal, NamedTuple

from keiretsu_graph.view import View
from keiretsu_ontology.claims import AnyClaim
from keiretsu_ontology.entities import KINDS, Entity, is_a
from keiretsu_ontology.metrics import METRICS
from keiretsu_queries.base import ALWAYS, Answer, Clocks, answer
from keiretsu_queries.doubts.bareness import Bare, bare_of
from keiretsu_queries.doubts.expectations import expected_of
from keiretsu_queries.doubts.features import Feature, Known, feature_words
from keiretsu_queries.doubts.peers import Peers, having, peers_of, usual
from keiretsu_queries.doubts.thinness import Thin, thin_spots
from keiretsu_queries.parameters import MaybeName, Most
from keiretsu_queries.sheets import BLANK, Block, Cell, Cites, line, spans, table
from keiretsu_queries.sparql_texts import about
from keiretsu_queries.subjects import meant
from keiretsu_queries.telling import header
from keiretsu_queries.wording import name as name_of

Why = Literal["declared", "usual", "older"]
_LEAST = 3  # peers of which something must be known before it counts as usual
_WHY: dict[Why, str] = {"declared": "expected", "usual": "usual", "older": "older"}


class Gap(NamedTuple):
    """Something that is not known of a thing."""

    words: str
    why: Why
    known_of: int  # peers
    of: int
    example: Entity | None  # a peer of which it is known
    claims: tuple[AnyClaim, ...]  # that say so of the example


class Gaps(NamedTuple):
    """What is not known of a thing; or, where none is named, what is thin in the whole graph."""

    entity: Entity | None
    peers: Peers | None
    gaps: tuple[Gap, ...]
    more: int  # gaps beside these
    bare: tuple[Bare, ...]  # claims that leave something open
    thin: tuple[Thin, ...] = ()


def gaps(view: View, name: MaybeName = None, *, clocks: Clocks = ALWAYS, limit: Most = 12) -> Answer[Gaps]:
    """Return what is known of a third of the things like one, or should be known of its kind, and is not known of it.

    What is usual is learned from this graph: relations, figures, events and identifiers of things of the same kind,
    and of near kinds where there are few. What should be known is declared (expectations.py). That something is not
    known here is no claim that it is not so.

    Args:
        view: The graph.
        name: A name of a thing; without one, the thin spots of the whole graph.
        clocks: The clocks to ask by.
        limit: How many gaps; 0 for all.

    Raises:
        AmbiguousNameError: Several things have this name.
    """
    if name is None:
        return _everywhere(view, clocks, limit)
    found = meant(view, name)
    question = f"What is not known of {found.entity.name if found.entity else name}?"
    if found.entity is None:
        return answer(view, question, Gaps(None, None, (), 0, ()), (), sparql=about([]), instead=found.nearest)
    entity = found.entity
    peers, known = peers_of(view, entity, clocks)
    own = view.claims(clocks.claims(entities=(entity.id,)))
    every = [*_declared(entity, peers, known), *_usual(view, entity, peers, known), *_older(view, entity, peers, known)]
    shown = tuple(every[: limit or None])
    result = Gaps(entity, peers, shown, len(every) - len(shown), bare_of(own))
    told = answer(
        view, question, result, own, sparql=about([entity.id]), clocks=clocks,
        entities=[entity.id, *(gap.example.id for gap in shown if gap.example)], instead=_instead(entity, peers),
        notes=[_learned(entity, peers)], beside=[claim for gap in shown for claim in gap.claims],
    )  # fmt: skip
    determined = len(peers.entities) >= _LEAST or (own and expected_of(entity.kind))
    return replace(told, state="known" if determined else "not known")


def _instead(entity: Entity, peers: Peers) -> tuple[str, ...]:
    number = len(peers.entities)
    told = "nothing else" if not number else f"only {number} other{'s' * (number > 1)}"
    return (f"what is usual cannot be told: {told} of the kind {KINDS[peers.kind].label!r} is known well enough, "
            f"and nothing is declared for {entity.name}",)  # fmt: skip


def _learned(entity: Entity, peers: Peers) -> str:
    kind = KINDS[peers.kind].label
    near = "" if peers.kind == entity.kind else ", as there are few of its own kind"
    return (
        f"compared with {len(peers.entities)} of the kind {kind!r} of which something is known{near}; "
        "usual is what a third of them have; that a thing is not known here does not mean that it is not so"
    )


def _gap(words: str, why: Why, have: Sequence[Entity], peers: Peers, known: Known, features: Sequence[Feature]) -> Gap:
    """Return a gap with the best documented peer as its example."""
    example = max(have, key=lambda peer: (len(known.claims[peer.id]), peer.id), default=None)
    own = known.claims[example.id] if example else {}
    claims = next((own[feature] for feature in features if own.get(feature)), [])
    return Gap(words, why, len(have), len(peers.entities), example, tuple(claims[:1]))


def _declared(entity: Entity, peers: Peers, known: Known) -> Iterator[Gap]:
    for row in expected_of(entity.kind):
        if not set(row.features) & set(known.claims[entity.id]):
            alike = Peers(peers.kind, tuple(peer for peer in peers.entities if is_a(peer.kind, row.kind)))
            have = having(alike.entities, known, row.features)
            yield _gap(row.words, "declared", have, alike, known, row.features)


def _usual(view: View, entity: Entity, peers: Peers, known: Known) -> Iterator[Gap]:
    told = {feature for row in expected_of(entity.kind) for feature in row.features}
    missing = [
        feature
        for feature in usual(peers.entities, known, _LEAST)
        if feature not in known.claims[entity.id] and feature not in told
    ]
    names = view.entities(sorted({feature.name for feature in missing if feature.sort == "metric"}))
    for feature in missing:
        have = having(peers.entities, known, [feature])
        yield _gap(feature_words(feature, names), "usual", have, peers, known, [feature])


def _older(view: View, entity: Entity, peers: Peers, known: Known) -> Iterator[Gap]:
    """Yield the figures of a thing that end before those of a third of its peers."""
    own = {metric: end for (slug, metric), end in known.latest.items() if slug == entity.id}
    names = view.entities(sorted(own))
    for metric, end in sorted(own.items()):
        dated = [peer for peer in peers.entities if (peer.id, metric) in known.latest]
        later = [peer for peer in dated if known.latest[peer.id, metric] > end]
        if len(later) > 1 and 3 * len(later) >= len(dated):
            newest = max(later, key=lambda peer: (known.latest[peer.id, metric], peer.id))
            label = METRICS[metric].label if metric in METRICS else name_of(names, metric)
            words = f"{label} after {end}; there is {known.latest[newest.id, metric]}"
            claims = known.claims[newest.id].get(Feature("metric", metric), [])
            yield Gap(words, "older", len(later), len(dated), newest, tuple(claims[-1:]))


def _everywhere(view: View, clocks: Clocks, limit: int) -> Answer[Gaps]:
    spots, claims = thin_spots(view, clocks, _LEAST)
    shown = tuple(spots[: limit or None])
    told = answer(
        view, "Where is this graph thin?", Gaps(None, None, (), len(spots) - len(shown), (), shown), claims,
        sparql=about([]), instead=("too little is known to tell what is usual",), clocks=clocks,
        notes=["usual is what a third of the things of a kind have; a thing of which nothing is said does not count"],
    )  # fmt: skip
    return replace(told, state="known" if shown else "not known")


_COLUMNS = {"missing": "not known", "why": "why", "known_of": "peers with it", "of": "of", "id": "",
            "example": "such as", "claim": "says"}  # fmt: skip
_THIN = {"kind": "kind", "missing": "thin", "known_of": "known of", "of": "of", "id": "", "lacks": "not of"}
_KEYS = 6


def tell_gaps(answer: Answer[Gaps]) -> Iterator[Block]:
    """Yield what is not known, with an example of which it is, then claims that leave something open."""
    result = answer.result
    yield Cites(tuple(claim.source for gap in result.gaps for claim in gap.claims))
    if result.entity is not None:
        yield from header(result.entity)
        yield BLANK
    if result.thin:
        yield table(
            _THIN, ((row.kind, row.words, row.known_of, row.of, row.lacks.id, row.lacks.name) for row in result.thin)
        )
    elif result.gaps:
        yield table(_COLUMNS, map(_row, result.gaps), whole=("missing", "claim"), wraps=("example",))
    else:
        yield line("all that is usual of such a thing is known")
    if result.more:
        yield line(f"... and {result.more} more: --limit 0", 0, "quiet")
    if result.bare:
        yield from (BLANK, line("Said, but left open", 0, "heading"))
    for bare in result.bare:
        keys = ", ".join(claim.key for claim in bare.claims[:_KEYS])
        more = f" and {len(bare.claims) - _KEYS} more" if len(bare.claims) > _KEYS else ""
        yield spans(f"{len(bare.claims)} of {bare.of} {bare.words}", (f"  {keys}{more}", "quiet"), indent=2)


def _row(gap: Gap) -> tuple[Cell, ...]:
    example = gap.example
    return (gap.words, _WHY[gap.why], gap.known_of, gap.of, example.id if example else None,
            example.name if example else None, gap.claims[0].key if gap.claims else None)  # fmt: skip
