"""Chains of dependence: what a thing rests on, and what rests on it, walked hop by hop to any depth.

Only ties of one step are walked (derive.DIRECT): the others are chains of such steps put into one. A group answers for
its units and a maker for its products: beneath them the walk begins with all that is theirs, and above a thing that is
touched they are touched through it, and nobody further.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from keiretsu_graph.derive import DIRECT
from keiretsu_graph.view import TieFilter, View
from keiretsu_ontology.claims import Tie
from keiretsu_ontology.dependence import DEPENDENCE, can_stand_in, ends_of
from keiretsu_ontology.entities import Entity, is_a
from keiretsu_queries.base import Clocks
from keiretsu_queries.chains.paths import Hop

Ends = defaultdict[str, dict[str, list[Tie]]]
Paths = dict[str, tuple[Hop, ...]]  # from the thing that was asked about to each other, in order of nearness
# Gives what lies one step on from a thing, with the ties that lead there.
Onward = Callable[[str], Mapping[str, list[Tie]]]


class Web(NamedTuple):
    """The ties of dependence that a walk has seen."""

    view: View
    where: TieFilter
    below: Ends  # by what rests: what it rests on
    above: Ends  # by what is rested on: what rests on it
    owned_by: Ends  # by owner: what belongs to it
    owners_of: Ends  # by what belongs: its owners
    seen: set[str]

    @classmethod
    def empty(cls, view: View, clocks: Clocks, *, stated_only: bool) -> Web:
        """Return a web in which nothing has been looked up yet."""
        where = clocks.ties(relations=tuple(DEPENDENCE), stated_only=stated_only)
        return cls(view, where, defaultdict(dict), defaultdict(dict), defaultdict(dict), defaultdict(dict), set())

    def look_up(self, ids: Iterable[str]) -> None:
        """Find the ties of a whole frontier at once."""
        new = sorted(set(ids) - self.seen)
        self.seen.update(new)
        for tie in self.view.neighbours(new, self.where) if new else ():
            rests, on = ends_of(tie)
            if tie.rule in DIRECT and tie not in self.below[rests].get(on, ()):
                ties = self.below[rests].setdefault(on, self.above[on].setdefault(rests, []))
                ties.append(tie)
                if DEPENDENCE[tie.relation].owned:
                    own = self.owners_of[rests].setdefault(on, self.owned_by[on].setdefault(rests, []))
                    own.append(tie)

    def rests_on(self, node: str, *, near: bool) -> Mapping[str, list[Tie]]:
        """Return what a thing rests on; without the near ends where one only builds on it."""
        ends = self.below.get(node, {})
        return ends if near else _apart(ends, near=False)

    def owned(self, owner: str) -> Mapping[str, list[Tie]]:
        """Return what belongs to a thing."""
        return self.owned_by.get(owner, {})

    def owners(self, owned: str) -> Mapping[str, list[Tie]]:
        """Return what a thing belongs to."""
        return self.owners_of.get(owned, {})

    def groups(self, owned: str) -> set[str]:
        """Return whatever a thing belongs to, and that belongs to, as far as it was looked up."""
        found, frontier = set[str](), {owned}
        while frontier:
            frontier = {owner for node in frontier for owner in self.owners(node)} - found
            found |= frontier
        return found


def _apart(ends: Mapping[str, list[Tie]], *, near: bool) -> dict[str, list[Tie]]:
    """Return the ends of near ties, which reach no further than what belongs to a thing, or of all others."""
    found = {end: [tie for tie in ties if DEPENDENCE[tie.relation].near is near] for end, ties in ends.items()}
    return {end: ties for end, ties in found.items() if ties}


class Walk(NamedTuple):
    """What was found from one thing on, with the chain to each."""

    start: str
    paths: Paths  # to what was asked for, nearest first
    theirs: Paths  # beneath: to what belongs to the thing; above: to those whose things are touched
    web: Web
    depth: int


def beneath(web: Web, start: str, depth: int) -> Walk:
    """Return what a thing rests on, or what belongs to it rests on, to a depth."""
    theirs = _spread(web, {start: ()}, lambda node: web.owned(node), depth)
    found = _spread(
        web, theirs, lambda node: web.rests_on(node, near=node in theirs or node in web.groups(start)), depth
    )
    return Walk(start, {end: hops for end, hops in found.items() if end not in theirs}, theirs, web, depth)


def over(web: Web, start: str, depth: int) -> Walk:
    """Return what rests on a thing, to a depth, and beside it whose things are among them."""
    far = _spread(web, {start: ()}, lambda node: _apart(web.above.get(node, {}), near=False), depth)
    found = _spread(
        web, far, lambda node: _apart(web.above.get(node, {}), near=True) if node in far else web.owned(node), depth
    )
    theirs = _spread(web, found, lambda node: web.owners(node), depth)
    web.look_up(found)
    rests = {end: hops for end, hops in found.items() if end != start}
    return Walk(start, rests, {end: hops for end, hops in theirs.items() if end not in found}, web, depth)


def _spread(web: Web, begin: Paths, onward: Onward, depth: int) -> Paths:
    """Return the nearest chain to everything within reach, breadth first.

    Of chains alike the one comes first whose last step is no mere belonging, then the first by name.
    """
    found = dict(begin)
    for length in range(depth):
        frontier = sorted(node for node, hops in found.items() if len(hops) == length)
        web.look_up(frontier)
        steps = [_step(node, end, ties) for node in frontier for end, ties in onward(node).items()]
        for hop in sorted(steps, key=lambda hop: (hop.end, DEPENDENCE[hop.ties[0].relation].owned, hop.start)):
            if hop.end not in found or len(found[hop.end]) > length + 1:
                found[hop.end] = (*found[hop.start], hop)
    return dict(sorted(found.items(), key=lambda row: (len(row[1]), row[0])))


def _step(start: str, end: str, ties: Iterable[Tie]) -> Hop:
    """Return a hop whose first tie says most, and says it plainly."""

    def plainest(tie: Tie) -> tuple[object, ...]:
        return DEPENDENCE[tie.relation].owned, tie.rule is not None, tie.relation, tie.subject, tie.claims

    return Hop(start, end, tuple(sorted(ties, key=plainest)))


def only_ways(walk: Walk) -> dict[str, tuple[str, ...]]:
    """Return what is reached through one thing only, by that thing: the dominators of the walk from its start.

    Source: Cooper, Harvey and Kennedy, A Simple, Fast Dominance Algorithm (2001), by networkx.
    """
    import networkx as nx

    reached = {*walk.theirs, *walk.paths}
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_node(walk.start)
    kin = {*walk.theirs, *walk.web.groups(walk.start)}
    for node in sorted(reached):
        for end in walk.web.rests_on(node, near=node in kin):
            if end in reached and (end not in walk.theirs):
                graph.add_edge(node, end)
        graph.add_edges_from((node, end) for end in walk.web.owned(node) if node in walk.theirs and end in walk.theirs)
    above = nx.immediate_dominators(graph, walk.start)
    held: defaultdict[str, list[str]] = defaultdict(list)
    for node, hops in walk.paths.items():
        if hops[-1].ties[0].relation == "restricts":
            continue  # nobody misses a restriction
        one = above.get(node)
        while one is not None and one != walk.start:
            held[one].append(node)
            one = above.get(one)
    return {one: tuple(ends) for one, ends in held.items() if one in walk.paths}


class Standing(NamedTuple):
    """How a thing stands that rests on another."""

    single_point: bool  # nothing is known that could stand in for it
    instead: tuple[str, ...] = ()  # what could


def standings(walk: Walk, entities: Mapping[str, Entity]) -> dict[str, Standing]:
    """Return how each thing stands that something would befall if the start of a walk were cut off.

    A thing has its single point of failure in what is cut off, unless another is known by the same relation, of a
    kind that can stand in for it, said by another claim and not cut off itself. It is then cut off too, except
    whoever only uses, buys or licenses it, or is restricted: a company outlives the loss of one supplier, so what
    rests on it is touched, and no more is said.
    """
    web, cut = walk.web, {walk.start}
    found: dict[str, Standing] = {}
    grown = True
    while grown:
        grown = False
        for node in (node for node in walk.paths if node not in cut):
            ends = [end for end in web.below[node] if end in cut]
            spares = {end: _spares(web, node, end, cut, entities) for end in ends}
            if ends:
                lost = [end for end in ends if not spares[end]]
                instead = () if lost else tuple(sorted(set().union(*spares.values())))
                found[node] = Standing(bool(lost), instead)
                if any(_goes_with(web.below[node][end], entities[node]) for end in lost):
                    cut.add(node)
                    grown = True
    return found


def _goes_with(ties: Iterable[Tie], entity: Entity) -> bool:
    """Say whether a thing is cut off with what it rests on."""
    return not is_a(entity.kind, "agent") or any(DEPENDENCE[tie.relation].owned for tie in ties)


def _spares(web: Web, node: str, end: str, cut: set[str], entities: Mapping[str, Entity]) -> set[str]:
    """Return what can stand in for one end of every tie that a thing has with it; its own group cannot."""
    own = web.groups(end)
    return set.intersection(
        *(
            {
                other
                for other, ties in web.below[node].items()
                if other not in cut
                and other not in own
                and any(_stands_in(tie, spare) for spare in ties)
                and can_stand_in(tie.relation, entities[end].kind, entities[other].kind)
            }
            for tie in web.below[node][end]
        )
    )


def _stands_in(tie: Tie, other: Tie) -> bool:
    """Say whether one tie may hold without another: the same is said, by another claim."""
    return other.relation == tie.relation and not set(other.claims) & set(tie.claims)
