"""Partners: who works with whom, as what, and what for?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

from keiretsu_graph.derive import DIRECT
from keiretsu_graph.view import ClaimFilter, View
from keiretsu_ontology.claims import AnyClaim, Deal, Occurrence, Statement, Tie
from keiretsu_ontology.entities import KINDS, Entity, is_a
from keiretsu_ontology.relations import RELATIONS
from keiretsu_queries.base import ALWAYS, Answer, Clocks, answer
from keiretsu_queries.parameters import Name, StatedOnly
from keiretsu_queries.sheets import BLANK, Block, Said, line, spans
from keiretsu_queries.sparql_texts import these
from keiretsu_queries.subjects import STRUCTURE, group_of, known_of, meant
from keiretsu_queries.wording import listed_words, scope_words

Sort = Literal["agreement", "investment", "use"]
BUSINESS = ("partner_of", "customer_of", "supplier_of", "licensee_of", "investor_in", "sponsor_of")


SORTS: tuple[Sort, ...] = ("agreement", "investment", "use")


class Partner(NamedTuple):
    """Somebody that an entity works with."""

    of: Entity  # the entity that was asked about
    entity: Entity  # the group, where the graph ties its unit's group too
    sort: Sort  # an agreement comes before money put in, and that before mere use of what the other makes
    ties: tuple[Tie, ...]  # as they are said; the same ties of a group stand in none
    relations: tuple[str, ...]  # in words, read from the entity that was asked about
    through: tuple[str, ...]  # units of either side and products that the tie goes through, by name
    what_for: tuple[str, ...]  # purposes of deals
    claims: tuple[AnyClaim, ...]  # that tie the two
    chain: tuple[AnyClaim, ...]  # that lead from a unit or product to whom it belongs
    doubt: str | None  # where no claim that ties the two certainly passes the clocks


def partners(
    view: View, name: Name, *, clocks: Clocks = ALWAYS, stated_only: StatedOnly = False
) -> Answer[tuple[Partner, ...]]:
    """Return everybody that an entity or one of its units works with: by agreement, by money, by use of what it makes.

    A forecast or an opinion makes no partner. What the units of a group agree is counted as the group's, on either
    side and once, and the units are named. Stated is what a statement or deal says of the two; who only uses what the
    other makes is a partner by rule.

    Raises:
        AmbiguousNameError: Several things have this name.
    """
    found = meant(view, name)
    question = f"Who are the partners of {found.entity.name if found.entity else name}?"
    if found.entity is None:
        return answer(view, question, (), (), sparql=these([]), instead=found.nearest)
    group = group_of(view, found.entity.id, clocks.ties(relations=STRUCTURE, stated_only=True))
    around = view.neighbours(group, clocks.ties(relations=BUSINESS))
    said = [tie for tie in around if tie.rule in DIRECT] if stated_only else around
    ties = _with_agents(view, said, set(group))
    claims = {claim.id: claim for claim in view.claims(ClaimFilter(ids=_rests(ties)))} if ties else {}
    listed = tuple(_partners(view, group, ties, claims, clocks))
    return answer(
        view, question, listed, claims.values(), sparql=these(list(claims)),
        entities=[found.entity.id, *(end for tie in ties for end in (tie.subject, tie.object))],
        instead=() if listed else tuple(_none(view, found.entity)), clocks=clocks,
    )  # fmt: skip


def _none(view: View, entity: Entity) -> Iterator[str]:
    """Yield that nobody is known, and where to look for those who work with a product."""
    yield f"no partner of {entity.name} is known"
    if not is_a(entity.kind, "agent"):
        yield f"only who can agree has partners; who uses it or builds on it: keiretsu exposure {entity.id}"
    yield from known_of(view, entity)


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
    listed = (_partner(other, by_other[other], group, names, claims, clocks) for other in by_other)
    return sorted(listed, key=lambda row: (SORTS.index(row.sort), row.entity.name.casefold(), row.entity.id))


def _partner(
    other: str, every: Sequence[Tie], group: Sequence[str], names: dict[str, Entity], claims: dict[str, AnyClaim],
    clocks: Clocks,
) -> Partner:  # fmt: skip
    own = _shortest(every)
    rests = [claims[claim] for claim in dict.fromkeys(claim for tie in own for claim in tie.claims)]
    said = [claim for claim in rests if _ties_the_two(claim)] or rests
    doubts = sorted((clocks.doubt(claim) or "" for claim in said), key=lambda doubt: (doubt == "undated", doubt))
    units = {end for tie in own for end in (tie.subject, tie.object)} - {group[0], other}
    return Partner(
        names[group[0]], names[other], _sort(own), tuple(own),
        tuple(dict.fromkeys(_relation(tie, group) for tie in own)),
        tuple(names[slug].name for slug in sorted((units | _products(rests, names)) & set(names))),
        tuple(dict.fromkeys(deal.purpose for deal in said if isinstance(deal, Deal) and deal.purpose)),
        tuple(said), tuple(claim for claim in rests if claim not in said), (all(doubts) and doubts[0]) or None,
    )  # fmt: skip


def _ties_the_two(claim: AnyClaim) -> bool:
    """Say whether a claim is of business, and not of who belongs to whom or makes what."""
    return not isinstance(claim, Occurrence) and not (
        isinstance(claim, Statement) and RELATIONS[claim.relation].group in ("structure", "making")
    )


def _sort(ties: Sequence[Tie]) -> Sort:
    direct = [tie for tie in ties if tie.rule in DIRECT]
    if any(tie.relation != "investor_in" for tie in direct):
        return "agreement"
    return "investment" if any(tie.relation == "investor_in" for tie in ties) else "use"


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


_HEADINGS: dict[Sort, str] = {
    "agreement": "By agreement",
    "investment": "By investment",
    "use": "By use of what the other makes",
}


def tell_partners(answer: Answer[tuple[Partner, ...]]) -> Iterator[Block]:
    """Yield how many there are, then each with what it is, what for and through what, and the claims."""
    listed = answer.result
    if not listed:
        return
    yield line(f"{len(listed)} partner{'s' * (len(listed) != 1)} of {listed[0].of.name}", 0, "title")
    for sort in SORTS:
        own = [partner for partner in listed if partner.sort == sort]
        if own:
            yield from (BLANK, spans((_HEADINGS[sort], "heading"), (f"  {len(own)}", "quiet")))
            yield from (block for partner in own for block in _told(partner, answer))


def _told(partner: Partner, answer: Answer[tuple[Partner, ...]]) -> Iterator[Block]:
    doubt = f"  [{partner.doubt}]" if partner.doubt else ""
    yield spans((partner.entity.name, "name"), f"  {KINDS[partner.entity.kind].label}{doubt}", indent=2)
    for_what = f", for {'; '.join(partner.what_for)}" if partner.what_for else ""
    found = dict.fromkeys(scope_words(claim.scope, answer.entities) for claim in partner.claims)
    scopes = "; ".join(scope for scope in found if scope)
    yield line(_as_what(partner) + for_what + (f" ({scopes})" if scopes else ""), 4)
    for claim in partner.claims:
        yield Said(claim, 8)
    if partner.through:
        keys = f": {', '.join(claim.key for claim in partner.chain)}" if partner.chain else ""
        yield line(f"through {', '.join(partner.through)}{keys}", 8, "quiet")


def _as_what(partner: Partner) -> str:
    """Return what a partner is: "is a partner and a customer of North, has the investor North"."""
    same = [words[len("is ") : -len(" of")] for words in partner.relations if words[:3] + words[-3:] == "is  of"]
    said = [f"is {listed_words(same)} of {partner.of.name}"] if same else []
    others = (words for words in partner.relations if words[:3] + words[-3:] != "is  of")
    return ", ".join([*said, *(f"{words} {partner.of.name}" for words in others)])
