"""Communities: which things hang together more closely than with the rest, and what ties them?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Annotated, NamedTuple

from keiretsu_graph.view import View
from keiretsu_ontology.claims import AnyClaim, Tie
from keiretsu_ontology.entities import Entity
from keiretsu_queries.base import ALWAYS, Answer, Clocks, answer
from keiretsu_queries.parameters import Param, StatedOnly
from keiretsu_queries.sheets import BLANK, Block, Cell, Network, line, spans, table
from keiretsu_queries.sparql_texts import these
from keiretsu_queries.whole.tied import (
    CHAINS,
    PARALLEL,
    Web,
    bounded,
    claims_behind,
    doubtful,
    nothing_tied,
    sources_of,
    web_of,
)
from keiretsu_queries.words.kinds import kinds_of
from keiretsu_queries.words.sorts import relation_label

SEED = 7
_NAMED, _LISTED, _DRAWN = 3, 12, 600  # members in a name, members of a group on a page, ties in a picture

Resolution = Annotated[float, Param("Above 1 gives more and smaller groups, below 1 fewer and larger ones.", "R", "r")]
Groups = Annotated[int, Param("How many groups at most.", "N", "n", least=1, most=500)]


class Community(NamedTuple):
    """Things that are tied among each other more than to the rest."""

    number: int  # from 1, the largest first
    name: str  # its most central members
    members: tuple[Entity, ...]  # with most ties inside first
    relations: tuple[tuple[str, int], ...]  # that tie it, with how many ties, commonest first
    inside: int  # pairs that are tied within it
    outside: int  # pairs of which one is another group's
    conductance: float  # share of its ends of ties that lead out: 0 is a group of its own, 1 is none
    modularity: float  # what it adds to that of the whole
    claims: int  # that its ties rest on
    sources: tuple[str, ...]


class Division(NamedTuple):
    """A graph divided into communities."""

    things: int
    pairs: int
    found: int
    modularity: float  # of the whole: how much more is tied inside than chance would tie
    communities: tuple[Community, ...]
    drawn: tuple[Tie, ...]
    groups: dict[str, int]  # of all that is drawn
    sizes: dict[str, float]  # of these, by how many they are tied to


def communities(
    view: View, *, resolution: Resolution = 1.0, limit: Groups = 12, clocks: Clocks = ALWAYS,
    stated_only: StatedOnly = False,
) -> Answer[Division]:  # fmt: skip
    """Return the graph of facts divided into communities, largest first.

    Found by the method of Louvain with a fixed seed over things in the order of their ids, so that the same facts give
    the same groups. Sources: Blondel et al., J. Stat. Mech. (2008) P10008; the resolution is that of Reichardt and
    Bornholdt, Phys. Rev. E 74 (2006); modularity is that of Newman and Girvan, Phys. Rev. E 69 (2004), conductance that
    of Kannan, Vempala and Vetta, J. ACM 51 (2004).

    Raises:
        UsageError: The resolution is not above 0.
    """
    _check(resolution)
    question = "Which groups does the graph fall into?"
    web = web_of(view, clocks, stated_only=stated_only)
    if not web.pairs:
        nothing = Division(0, 0, 0, 0.0, (), (), {}, {})
        return answer(view, question, nothing, (), sparql=these([]), instead=nothing_tied(view, clocks))
    groups = _divided(web, resolution)
    claims = claims_behind(view, web.ties(web.things))
    entities = view.entities(web.things)
    found = [
        _community(web, number, group, entities, claims, resolution) for number, group in enumerate(groups[:limit], 1)
    ]
    listed = [member.id for community in found for member in community.members]
    rests = {claim for tie in web.within(listed) for claim in tie.claims}
    kept, notes = bounded([claim for claim in claims.values() if claim.id in rests])
    drawn = tuple(web.within(listed))[:_DRAWN]
    of = {member.id: community.number - 1 for community in found for member in community.members}
    ends = {end for tie in drawn for end in (tie.subject, tie.object)}
    division = Division(
        len(web.things), len(web.pairs), len(groups), _whole(web, groups, resolution), tuple(found), drawn,
        {end: of[end] for end in sorted(ends)}, _sizes(web, ends),
    )  # fmt: skip
    return answer(
        view, question, division, kept, sparql=these([claim.id for claim in kept]), entities=listed,
        notes=[f"{PARALLEL}; {CHAINS}", *notes, *doubtful(clocks, kept)], clocks=clocks,
    )  # fmt: skip


def _check(resolution: float) -> None:
    from keiretsu_ontology.errors import UsageError

    if not 0 < resolution <= 1000:  # what is no number at all is not above 0 either
        raise UsageError(f"a resolution of {resolution} divides nothing; give a number above 0, such as 0.5 or 2")


def _divided(web: Web, resolution: float) -> list[list[str]]:
    """Return the members of each group, the largest group first, then by its first member."""
    import networkx as nx

    found = nx.community.louvain_communities(web.numbered(), weight=None, resolution=resolution, seed=SEED)
    groups = ([web.things[place] for place in sorted(group)] for group in found)
    return sorted(groups, key=lambda group: (-len(group), group))


def _community(
    web: Web,
    number: int,
    group: Sequence[str],
    entities: dict[str, Entity],
    claims: dict[str, AnyClaim],
    resolution: float,
) -> Community:
    own = set(group)
    within = {thing: sum(other in own for other in web.around[thing]) for thing in group}
    ordered = sorted((entities[thing] for thing in group), key=lambda entity: _place(web, within, entity))
    ties = web.within(group)
    relations = Counter(tie.relation for tie in ties)
    rests = [claims[claim] for claim in {claim for tie in ties for claim in tie.claims}]
    inside, ends = sum(within.values()) // 2, sum(len(web.around[thing]) for thing in group)
    outside = ends - 2 * inside
    return Community(
        number, ", ".join(entity.name for entity in ordered[:_NAMED]), tuple(ordered),
        tuple(sorted(relations.items(), key=lambda row: (-row[1], row[0]))), inside, outside,
        round(outside / max(min(ends, 2 * len(web.pairs) - ends), 1), 4) if outside else 0.0,
        _share(web, inside, ends, resolution), len(rests), sources_of(rests),
    )  # fmt: skip


def _sizes(web: Web, things: Iterable[str]) -> dict[str, float]:
    most = max((len(around) for around in web.around.values()), default=1)
    return {thing: round((len(web.around[thing]) / most) ** 0.5, 4) for thing in sorted(things)}


def _place(web: Web, within: dict[str, int], entity: Entity) -> tuple[int, int, str, str]:
    return -within[entity.id], -len(web.around[entity.id]), entity.name.casefold(), entity.id


def _share(web: Web, inside: int, ends: int, resolution: float) -> float:
    """Return what a group adds to modularity: the share of ties inside, less what chance would put there."""
    whole = len(web.pairs)
    return round(inside / whole - resolution * (ends / (2 * whole)) ** 2, 4)


def _whole(web: Web, groups: Iterable[Sequence[str]], resolution: float) -> float:
    total = 0.0
    for group in groups:
        own = set(group)
        ends = sum(len(web.around[thing]) for thing in group)
        inside = sum(other in own for thing in group for other in web.around[thing]) // 2
        total += inside / len(web.pairs) - resolution * (ends / (2 * len(web.pairs))) ** 2
    return round(total, 4)


_COLUMNS = {
    "number": "#", "name": "group", "things": "things", "inside": "tied inside", "outside": "to others",
    "kept": "kept in %", "modularity": "", "claims": "claims", "sources": "sources", "members": "", "relations": "",
}  # fmt: skip


def tell_communities(answer: Answer[Division]) -> Iterator[Block]:
    """Yield how clear the division is, the groups as a table, then each with members and what ties it."""
    division = answer.result
    yield line(f"{division.things:,} things in {division.found:,} groups: {_clear(division.modularity)}", 0, "title")
    yield line(
        "modularity says how much more is tied within groups than chance would tie; kept in is the share of a group's "
        "ties that stay within it", 0, "quiet",
    )  # fmt: skip
    yield BLANK
    yield table(_COLUMNS, (_row(community) for community in division.communities))
    if left := division.found - len(division.communities):
        yield line(f"... and {left:,} smaller: --limit {division.found}", 0, "quiet")
    for community in division.communities:
        yield from _told(community)
    yield Network(division.drawn, division.sizes, division.groups)


def _clear(modularity: float) -> str:
    """Return modularity in words. From 0.3 on a division is taken for real (Newman, Phys. Rev. E 69, 2004)."""
    words = "clearly apart" if modularity >= 0.3 else "hardly apart"
    return f"{words} (modularity {modularity:.2f})"


def _row(community: Community) -> tuple[Cell, ...]:
    both = community.inside + community.outside
    kept = Decimal(round(100 * community.inside / both)) if both else Decimal(100)
    return (
        community.number, community.name, len(community.members), community.inside, community.outside, kept,
        Decimal(str(community.modularity)), community.claims, len(community.sources),
        " ".join(member.id for member in community.members), _relations(community, len(community.relations)),
    )  # fmt: skip


def _told(community: Community) -> Iterator[Block]:
    yield BLANK
    yield spans((f"{community.number}. {community.name}", "heading"))
    yield line(", ".join(kinds_of(community.members)), 3)
    names = [member.name for member in community.members]
    more = f" and {len(names) - _LISTED} more" if len(names) > _LISTED else ""
    yield line(", ".join(names[:_LISTED]) + more, 3)
    yield line("tied by: " + _relations(community, 5), 3, "quiet")


def _relations(community: Community, most: int) -> str:
    return ", ".join(f"{relation_label(relation)} ({number})" for relation, number in community.relations[:most])
