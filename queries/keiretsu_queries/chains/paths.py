"""Path: how do two things hang together?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise
from math import log2
from typing import Annotated, NamedTuple

from keiretsu_graph.derive import DIRECT
from keiretsu_graph.view import ClaimFilter, TieFilter, View
from keiretsu_ontology.claims import AnyClaim, Tie
from keiretsu_ontology.dependence import DEPENDENCE
from keiretsu_ontology.entities import Entity
from keiretsu_ontology.errors import UsageError
from keiretsu_queries.base import ALWAYS, Answer, Clocks, answer
from keiretsu_queries.parameters import Name, OtherName, Param, StatedOnly
from keiretsu_queries.sheets import Block, Said, apart, line
from keiretsu_queries.sparql_texts import these
from keiretsu_queries.subjects import known_of, meant
from keiretsu_queries.wording import name, tie_words

MAX_HOPS = 6
_CANDIDATES = 2_000  # paths looked at before the best are chosen
_BELONGS = frozenset(row.relation for row in DEPENDENCE.values() if row.owned)


Paths = Annotated[int, Param("How many paths at most.", "N", "n", least=1, most=50)]
Hops = Annotated[int, Param("How many ties a path may have.", "N", least=1, most=12)]


class Hop(NamedTuple):
    """One step of a path, with every tie that carries it."""

    start: str
    end: str
    ties: tuple[Tie, ...]  # stated before derived


class Path(NamedTuple):
    """A chain of ties between two entities."""

    hops: tuple[Hop, ...]

    @property
    def nodes(self) -> tuple[str, ...]:
        """The ids along the path, both ends included."""
        return (self.hops[0].start, *(hop.end for hop in self.hops))


class _Net(NamedTuple):
    """The part of the graph between two entities that a search has seen."""

    ties: dict[tuple[str, str], list[Tie]]
    around: dict[str, set[str]]

    @classmethod
    def empty(cls) -> _Net:
        return cls(defaultdict(list), defaultdict(set))

    def add(self, tie: Tie) -> None:
        """Take up a tie of one step; what follows from several is walked by these, so that each of them is seen."""
        if tie.rule in DIRECT and tie not in self.ties[tie.subject, tie.object]:
            self.ties[tie.subject, tie.object].append(tie)
            self.around[tie.subject].add(tie.object)
            self.around[tie.object].add(tie.subject)


def path(
    view: View, start: Name, end: OtherName, *, clocks: Clocks = ALWAYS, stated_only: StatedOnly = False,
    limit: Paths = 3, max_hops: Hops = MAX_HOPS,
) -> Answer[tuple[Path, ...]]:  # fmt: skip
    """Return the shortest chains of ties between two things, and alternatives at most one step longer.

    Every step is a tie that a claim makes; ties that follow from several are walked by the ones they follow from.
    Among chains of one length, those come first of which most steps join an owner and its own, then those through
    things with few other ties: they say more. Only facts are walked; where no chain of facts exists, one that leans
    on forecasts or opinions is shown as only claimed.

    Raises:
        AmbiguousNameError: Several things have one of the names.
        UsageError: Both names mean one thing.
    """
    ends = [meant(view, start), meant(view, end)]
    names = [found.entity.name if found.entity else text for found, text in zip(ends, (start, end), strict=True)]
    question = f"How do {names[0]} and {names[1]} hang together?"
    if ends[0].entity is None or ends[1].entity is None:
        told = [line for found in ends for line in found.nearest]
        return answer(view, question, (), (), sparql=these([]), instead=list(dict.fromkeys(told)))
    first, last = ends[0].entity, ends[1].entity
    if first.id == last.id:
        raise UsageError(f"{start!r} and {end!r} are the same thing: {first.id}")
    for factual in (True, None):
        where = clocks.ties(factual=factual, stated_only=stated_only, walkable=True)
        if chains := _search(view, first.id, last.id, where, limit, max_hops):
            return _found(view, question, chains, clocks)
    return _none(view, question, (first, last), max_hops)


def _found(view: View, question: str, chains: tuple[Path, ...], clocks: Clocks) -> Answer[tuple[Path, ...]]:
    ids = sorted({claim for chain in chains for hop in chain.hops for tie in hop.ties for claim in tie.claims})
    claims = view.claims(ClaimFilter(ids=tuple(ids)))
    doubts = sum(clocks.doubt(claim) is not None for claim in claims)
    notes = [f"{doubts} of {len(claims)} claims are undated or only possibly pass the clocks"] if doubts else []
    nodes = [node for chain in chains for node in chain.nodes]
    told = answer(view, question, chains, claims, sparql=these(ids), entities=nodes, notes=notes, clocks=clocks)
    return told if all(_rests_on_facts(hop) for hop in chains[0].hops) else _only_claimed(told)


def _rests_on_facts(hop: Hop) -> bool:
    return any(tie.factual for tie in hop.ties)


def _only_claimed(told: Answer[tuple[Path, ...]]) -> Answer[tuple[Path, ...]]:
    from dataclasses import replace

    return replace(told, state="only claimed")


def _none(view: View, question: str, ends: tuple[Entity, Entity], max_hops: int) -> Answer[tuple[Path, ...]]:
    instead = [f"no chain of at most {max_hops} ties between {ends[0].name} and {ends[1].name} is known"]
    instead += [line for entity in ends for line in known_of(view, entity)]
    return answer(view, question, (), (), sparql=these([]), entities=[e.id for e in ends], instead=instead)


def _search(view: View, start: str, end: str, where: TieFilter, limit: int, max_hops: int) -> tuple[Path, ...]:
    """Return the best chains: breadth first from both ends, the smaller frontier first."""
    net, seen = _Net.empty(), ({start: 0}, {end: 0})
    frontiers = [{start}, {end}]
    steps = 0
    while all(frontiers) and steps < max_hops:
        side = 0 if len(frontiers[0]) <= len(frontiers[1]) else 1
        steps += 1
        for tie in view.neighbours(sorted(frontiers[side]), where):
            net.add(tie)
        reached = {other for node in frontiers[side] for other in net.around[node]} - set(seen[side])
        seen[side].update(dict.fromkeys(reached, steps))
        frontiers[side] = reached
        if reached & set(seen[1 - side]):
            return _best(view, net, start, end, where, limit, min(steps + 1, max_hops))
    return ()


def _best(view: View, net: _Net, start: str, end: str, where: TieFilter, limit: int, longest: int) -> tuple[Path, ...]:
    inner = sorted(set(net.around) - {start, end})
    for tie in view.neighbours(inner[:400], where):  # so that alternatives and degrees are seen whole
        net.add(tie)
    nodes = []
    for chain in _chains(net, start, end, longest):
        nodes.append(chain)
        if len(nodes) == _CANDIDATES:
            break
    ranked = sorted(nodes, key=lambda chain: (len(chain), -_firm(net, chain), _generality(net, chain), chain))
    return tuple(Path(tuple(_hops(net, chain))) for chain in ranked[:limit])


def _chains(net: _Net, start: str, end: str, longest: int) -> Iterator[tuple[str, ...]]:
    """Yield every chain of at most so many ties, shortest first; one with a hop that can be left out is none."""
    distance = _distances(net, end)
    for length in range(distance.get(start, longest + 1), longest + 1):
        stack: list[tuple[str, ...]] = [(start,)]
        while stack:
            chain = stack.pop()
            left = length - len(chain) + 1
            for node in sorted(net.around[chain[-1]], reverse=True):
                if not net.around[node].isdisjoint(chain[:-1]):
                    continue
                if node == end and left == 1:
                    yield (*chain, node)
                elif node != end and node not in chain and distance.get(node, longest) <= left - 1:
                    stack.append((*chain, node))


def _distances(net: _Net, end: str) -> dict[str, int]:
    distance, frontier = {end: 0}, [end]
    while frontier:
        reached = sorted({other for node in frontier for other in net.around[node]} - set(distance))
        distance.update(dict.fromkeys(reached, distance[frontier[0]] + 1))
        frontier = reached
    return distance


def _firm(net: _Net, chain: tuple[str, ...]) -> int:
    """Return in how many steps of a chain the one belongs to the other: it leads on through nobody else."""
    pairs = (tie for one, other in pairwise(chain) for tie in (net.ties.get((one, other)), net.ties.get((other, one))))
    return sum(any(tie.relation in _BELONGS for tie in ties) for ties in pairs if ties)


def _generality(net: _Net, chain: tuple[str, ...]) -> float:
    """How little a chain says: a step through a thing that is tied to everything says least."""
    return round(sum(log2(1 + len(net.around[node])) for node in chain[1:-1]), 6)


def _hops(net: _Net, chain: tuple[str, ...]) -> Iterator[Hop]:
    for start, end in pairwise(chain):
        ties = [*net.ties.get((start, end), ()), *net.ties.get((end, start), ())]
        yield Hop(start, end, tuple(sorted(ties, key=_order)))


def _order(tie: Tie) -> tuple[object, ...]:
    vague = tie.relation == "partner_of"
    return (not tie.factual, tie.rule is not None, vague, tie.relation, tie.subject, tie.rule or "", tie.claims)


def claims_of(hop: Hop, claims: dict[str, AnyClaim]) -> list[AnyClaim]:
    """Return the claims that a hop rests on, each once, stated ties first."""
    ids = dict.fromkeys(claim for tie in hop.ties for claim in tie.claims)
    return [claims[claim] for claim in ids if claim in claims]


def tell_path(answer: Answer[tuple[Path, ...]]) -> Iterator[Block]:
    """Yield each path with every tie of every hop, and who says it."""
    yield from apart(_told(number, chain, answer) for number, chain in enumerate(answer.result, start=1))


def _told(number: int, chain: Path, answer: Answer[tuple[Path, ...]]) -> Iterator[Block]:
    claims = {claim.id: claim for claim in answer.claims}
    names = " → ".join(name(answer.entities, node) for node in chain.nodes)
    yield line(f"{number}. {names}", 0, "title")
    for hop in chain.hops:
        for words in dict.fromkeys(_words(tie, answer) for tie in _once(hop)):
            yield line(words, 3)
        for claim in claims_of(hop, claims):
            yield Said(claim, 7)


def _once(hop: Hop) -> Iterable[Tie]:
    """Return the ties of a hop, of those that rest on the same claims the first: it says most."""
    return {tie.claims: tie for tie in reversed(hop.ties)}.values()


def _words(tie: Tie, answer: Answer[tuple[Path, ...]]) -> str:
    derived = f"  [by the rule {tie.rule!r}]" if tie.rule else ""
    return tie_words(tie, answer.entities) + derived + ("" if tie.factual else "  [only claimed]")
