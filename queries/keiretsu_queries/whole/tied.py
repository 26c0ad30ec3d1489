"""The graph as a whole: which things facts tie to each other, once for each pair, with the ties that say so.

What follows from several claims repeats a chain of ties that is there already (a member of a member, the maker of what
is used): counted as a tie of its own it would make one claim look like two and hide where the graph hangs by a thread.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from keiretsu_graph.view import ClaimFilter, View
from keiretsu_ontology.claims import AnyClaim, Tie
from keiretsu_queries.base import Clocks

if TYPE_CHECKING:
    import networkx as nx

Pair = tuple[str, str]  # two ids, the lesser first
PARALLEL = "ties side by side between two things count once"
CHAINS = "what follows from several claims repeats a chain of ties and is not counted again"
MOST_CLAIMS = 200  # that an answer about the whole graph lists


class Web:
    """Things and the pairs of them that facts tie."""

    def __init__(self, pairs: dict[Pair, tuple[Tie, ...]]) -> None:
        self.pairs = pairs

    @cached_property
    def things(self) -> tuple[str, ...]:
        """Every thing that is tied to another, by id."""
        return tuple(sorted({end for pair in self.pairs for end in pair}))

    @cached_property
    def around(self) -> dict[str, tuple[str, ...]]:
        """For each thing those that it is tied to, by id."""
        found: defaultdict[str, list[str]] = defaultdict(list)
        for one, other in self.pairs:
            found[one].append(other)
            found[other].append(one)
        return {thing: tuple(sorted(found[thing])) for thing in self.things}

    def ties(self, things: Iterable[str]) -> list[Tie]:
        """Return every tie of some things, pair by pair in the order of the things."""
        pairs = dict.fromkeys(pair_of(thing, other) for thing in things for other in self.around.get(thing, ()))
        return [tie for pair in pairs for tie in self.pairs[pair]]

    def within(self, things: Iterable[str]) -> list[Tie]:
        """Return every tie between two of some things."""
        inside = set(things)
        return [tie for tie in self.ties(sorted(inside)) if {tie.subject, tie.object} <= inside]

    def numbered(self) -> nx.Graph[int]:
        """Return the pairs as a networkx graph of the places of things in their order: integers hash alike always."""
        import networkx as nx

        place = {thing: number for number, thing in enumerate(self.things)}
        graph: nx.Graph[int] = nx.Graph()
        graph.add_nodes_from(range(len(place)))
        graph.add_edges_from((place[one], place[other]) for one, other in sorted(self.pairs))
        return graph


def web_of(view: View, clocks: Clocks, *, stated_only: bool) -> Web:
    """Return what facts tie in a view, under two clocks; remarks tie nothing."""
    pairs: defaultdict[Pair, list[Tie]] = defaultdict(list)
    for tie in view.ties(clocks.ties(walkable=True, stated_only=stated_only)):
        if tie.subject != tie.object and len(tie.claims) == 1:
            pairs[pair_of(tie.subject, tie.object)].append(tie)
    return Web({pair: tuple(pairs[pair]) for pair in sorted(pairs)})


def pair_of(one: str, other: str) -> Pair:
    """Return two ids with the lesser first."""
    return (one, other) if one < other else (other, one)


def claims_behind(view: View, ties: Iterable[Tie]) -> dict[str, AnyClaim]:
    """Return the claims that ties rest on, by id, in the order of their keys."""
    ids = tuple(sorted({claim for tie in ties for claim in tie.claims}))
    return {claim.id: claim for claim in view.claims(ClaimFilter(ids=ids))} if ids else {}


def sources_of(claims: Iterable[AnyClaim]) -> tuple[str, ...]:
    """Return the ids of the sources that claims were read from, sorted."""
    return tuple(sorted({claim.source for claim in claims}))


def bounded(claims: Sequence[AnyClaim], most: int = MOST_CLAIMS) -> tuple[tuple[AnyClaim, ...], list[str]]:
    """Return the first so many of some claims, and in a sentence how many are left out, where any are."""
    kept = tuple(claims[:most])
    left = len(claims) - len(kept)
    return kept, [f"of the {len(claims)} claims that this rests on the first {most} are listed"] if left else []


def doubtful(clocks: Clocks, claims: Sequence[AnyClaim]) -> list[str]:
    """Return in a sentence how many claims do not certainly pass the clocks, where any do not."""
    doubts = sum(clocks.doubt(claim) is not None for claim in claims)
    return [f"{doubts} of {len(claims)} claims are undated or only possibly pass the clocks"] if doubts else []


def nothing_tied(view: View, clocks: Clocks) -> list[str]:
    """Return what to say where no fact ties anything."""
    about = view.about()
    by = [f"known by {clocks.known_by}"] if clocks.known_by else []
    by += [f"so on {clocks.as_of}"] if clocks.as_of else []
    told = f"no fact{' ' + ' and '.join(by) if by else ''} ties two things of this graph"
    return [told, f"the graph {about.title!r} holds {about.entities} things and {about.claims} claims"]
