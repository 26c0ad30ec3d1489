"""Partners: who works with whom, as what, and what for?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from keiretsu_graph.derive import DIRECT
from keiretsu_graph.view import ClaimFilter, View
from keiretsu_ontology.claims import AnyClaim, Deal, Statement, Tie
from keiretsu_ontology.entities import KINDS, Entity, is_a
from keiretsu_ontology.relations import RELATIONS
from keiretsu_queries.base import ALWAYS, Answer, Clocks, answer
from keiretsu_queries.parameters import Name, StatedOnly
from keiretsu_queries.sheets import Block, Said, apart, line, spans
from keiretsu_queries.sparql_texts import these
from keiretsu_queries.subjects import STRUCTURE, group_of, known_of, meant
from keiretsu_queries.wording import scope_words

BUSINESS = ("partner_of", "customer_of", "supplier_of", "licensee_of", "investor_in", "sponsor_of")


class Partner(NamedTuple):
    """Somebody that an entity works with."""

    entity: Entity  # the group, where the graph ties its unit's group too
    ties: tuple[Tie, ...]  # as they are said; the same ties of a group stand in none
    relations: tuple[str, ...]  # in words, read from the entity that was asked about
    through: tuple[str, ...]  # units of either side and products that the tie goes through, by name
    what_for: tuple[str, ...]
    claims: tuple[AnyClaim, ...]
    doubt: str | None  # where no claim certainly passes the clocks


def partners(
    view: View, name: Name, *, clocks: Clocks = ALWAYS, stated_only: StatedOnly = False
) -> Answer[tuple[Partner, ...]]:
    """Return everybody that an entity or one of its units works with by agreement, by name.

    A forecast or an opinion makes no partner. What the units of a group agree is counted as the group's, on either
    side and once, and the units are named.

    Raises:
        AmbiguousNameError: Several things have this name.
    """
    found = meant(view, name)
    question = f"Who are the partners of {found.entity.name if found.entity else name}?"
    if found.entity is None:
        return answer(view, question, (), (), sparql=these([]), instead=found.nearest)
    group = group_of(view, found.entity.id, clocks.ties(relations=STRUCTURE, stated_only=True))
    wanted = clocks.ties(relations=BUSINESS, stated_only=stated_only)
    ties = _with_agents(view, view.neighbours(group, wanted), set(group))
    claims = {claim.id: claim for claim in view.claims(ClaimFilter(ids=_rests(ties)))} if ties else {}
    listed = tuple(_partners(view, group, ties, claims, clocks))
    return answer(
        view, question, listed, claims.values(), sparql=these(list(claims)),
        entities=[found.entity.id, *(end for tie in ties for end in (tie.subject, tie.object))],
        instead=() if listed else (f"no partner of {found.entity.name} is known", *known_of(view, found.entity)),
    )  # fmt: skip


def _with_agents(view: View, ties: Sequence[Tie], group: set[str]) -> list[Tie]:
    """Return the ties that lead out of a group to somebody who can act: money put into a product makes no partner."""
    outside = [tie for tie in ties if not {tie.subject, tie.object} <= group]
    ends = view.entities({end for tie in outside for end in (tie.subject, tie.object)})
    return [tie for tie in outside if all(is_a(ends[end].kind, "agent") for end in (tie.subject, tie.object))]


def _rests(ties: Iterable[Tie]) -> tuple[str, ...]:
    return tuple(sorted({claim for tie in ties for claim in tie.claims}))


def _partners(
    view: View, group: Sequence[str], ties: Sequence[Tie], claims: dict[str, AnyClaim], clocks: Clocks
) -> Iterable[Partner]:
    others = {tie.object if tie.subject in group else tie.subject for tie in ties}
    tops = _tops(view, others, clocks)
    by_other: defaultdict[str, list[Tie]] = defaultdict(list)
    for tie in ties:
        by_other[tops[tie.object if tie.subject in group else tie.subject]].append(tie)
    names = view.entities(sorted({*group, *others, *_named(claims.values())}))
    for other in sorted(by_other, key=lambda slug: (names[slug].name.casefold(), slug)):
        own = _shortest(by_other[other])
        rests = [claims[claim] for claim in dict.fromkeys(claim for tie in own for claim in tie.claims)]
        doubts = [clocks.doubt(claim) for claim in rests]
        units = {end for tie in own for end in (tie.subject, tie.object)} - {group[0], other}
        yield Partner(
            names[other], tuple(own), tuple(dict.fromkeys(_relation(tie, group) for tie in own)),
            tuple(names[slug].name for slug in sorted(units | _products(rests, names))),
            tuple(dict.fromkeys(words for claim in rests if (words := purpose_of(claim, names)))),
            tuple(rests), doubts[0] if doubts and all(doubts) else None,
        )  # fmt: skip


def _shortest(ties: Sequence[Tie]) -> list[Tie]:
    """Return ties, stated ones first, without those that say again what a shorter chain of claims says."""

    def again(tie: Tie) -> bool:
        return any(other.relation == tie.relation and set(other.claims) < set(tie.claims) for other in ties)

    return sorted((tie for tie in ties if not again(tie)), key=lambda tie: tie.rule not in DIRECT)


def _tops(view: View, others: set[str], clocks: Clocks) -> dict[str, str]:
    """Return for each of some entities the highest group above it that is among them."""
    above = {
        tie.subject: tie.object
        for tie in view.neighbours(sorted(others), clocks.ties(relations=STRUCTURE, stated_only=True))
        if {tie.subject, tie.object} <= others
    }
    found = {}
    for other in others:
        chain = [other]
        while (top := above.get(chain[-1])) is not None and top not in chain:
            chain.append(top)
        found[other] = chain[-1]
    return found


def _relation(tie: Tie, group: Sequence[str]) -> str:
    relation = RELATIONS[tie.relation]
    return relation.inverse_label if tie.subject in group else relation.label


def _named(claims: Iterable[AnyClaim]) -> set[str]:
    return {part.entity for claim in claims if isinstance(claim, Deal) for part in claim.parts} | {
        slug for claim in claims if isinstance(claim, Statement) for slug in (claim.subject, claim.object or "") if slug
    }


def _products(claims: Iterable[AnyClaim], names: dict[str, Entity]) -> set[str]:
    return {slug for slug in _named(claims) if slug in names and is_a(names[slug].kind, "product")}


def purpose_of(claim: AnyClaim, names: dict[str, Entity]) -> str:
    """Return what a deal or tie is for, in the words of its curator; empty where nothing is said."""
    if isinstance(claim, Deal):
        return claim.purpose or scope_words(claim.scope, names)
    return scope_words(claim.scope, names)


def tell_partners(answer: Answer[tuple[Partner, ...]]) -> Iterator[Block]:
    """Yield each partner with what it is, what for and through what, and the claims."""
    yield from apart(_told(partner) for partner in answer.result)


def _told(partner: Partner) -> Iterator[Block]:
    doubt = f"  [{partner.doubt}]" if partner.doubt else ""
    yield spans((partner.entity.name, "name"), f"  {KINDS[partner.entity.kind].label}{doubt}")
    yield line(", ".join(partner.relations), 4)
    if partner.what_for:
        yield line("for " + "; ".join(partner.what_for), 4)
    if partner.through:
        yield line("through " + ", ".join(partner.through), 4)
    for claim in partner.claims:
        yield Said(claim, 8)
