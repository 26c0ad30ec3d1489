"""Ties that statements say, and ties that follow by rule, each with the claims that it rests on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from itertools import combinations
from typing import NamedTuple

from keiretsu_graph.groups import Groups, Span, meet, span_of, upward
from keiretsu_ontology.claims import AnyClaim, Deal, Occurrence, Statement, Tie
from keiretsu_ontology.entities import Entity, is_a
from keiretsu_ontology.relations import RELATIONS
from keiretsu_ontology.roles import DEAL_KINDS

_DEAD = ("cancelled", "considered", "ended")
_WISHED = ("planned",)
NO_MORE: frozenset[str | None] = frozenset({*_DEAD, *_WISHED})  # statuses of deals that are not in force, or not yet
_USES = ("integrates", "uses", "built_on")
_LIFTED = ("partner_of", "customer_of", "supplier_of", "licensee_of", "investor_in", "sponsor_of", "uses", "integrates")
# Ties that are one step of their own. Every other derived tie is a chain of such steps put into one.
DIRECT: frozenset[str | None] = frozenset({None, "deal", "launch"})


class Rule(NamedTuple):
    """A rule by which ties follow from others."""

    follow: Callable[[_Known], Iterable[Tie]]
    sentence: str  # the rule in words


class _Known(NamedTuple):
    """What the rules draw on."""

    claims: tuple[AnyClaim, ...]
    entities: Mapping[str, Entity]
    ties: defaultdict[str, list[Tie]]  # by relation: stated ones, and those of the rules before
    spans: Mapping[str, Span]  # by claim

    def agents(self, *ids: str) -> bool:
        return all(is_a(self.entities[slug].kind, "agent") for slug in ids)


def stated_ties(claims: Iterable[AnyClaim]) -> Iterator[Tie]:
    """Yield the tie of each statement that stands."""
    for claim in claims:
        if isinstance(claim, Statement) and claim.object and _stands(claim):
            yield Tie(claim.subject, claim.relation, claim.object, (claim.id,), None, claim.factual)


def _stands(claim: AnyClaim) -> bool:
    """Whether a claim says that something is so, and was not put aside: then it makes ties, if only claimed ones."""
    return not claim.none and claim.modality != "denied" and claim.rank != "deprecated" and claim.retracted is None


def all_ties(claims: Iterable[AnyClaim], entities: Iterable[Entity]) -> list[Tie]:
    """Return every tie, stated and derived, in the order of subject, relation, object, rule and claims."""
    listed = tuple(sorted(claims, key=lambda claim: claim.id))
    ties = set(stated_ties(listed))
    said = {end for tie in ties if tie.factual for end in _readings(tie)}
    spans = {claim.id: span_of(claim) for claim in listed}
    known = _Known(listed, {entity.id: entity for entity in entities}, defaultdict(list), spans)
    _add(known, ties)
    for name, rule in RULES.items():
        new = {tie for tie in rule.follow(known) if len(tie.claims) == 1 or meet(spans[c] for c in tie.claims)} - ties
        new = {tie for tie in new if name == "deal" or (tie.subject, tie.relation, tie.object) not in said}
        _add(known, new)
        ties |= new
    return sorted(ties, key=order)


def _add(known: _Known, ties: Collection[Tie]) -> None:
    """Put ties beside those that are known, each relation in its order."""
    touched = {tie.relation for tie in ties}
    for tie in ties:
        known.ties[tie.relation].append(tie)
    for relation in touched:
        known.ties[relation].sort(key=order)


def _readings(tie: Tie) -> tuple[tuple[str, str, str], ...]:
    """Return a tie as it is said, and turned round where that says the same."""
    said, turned = (tie.subject, tie.relation, tie.object), (tie.object, tie.relation, tie.subject)
    return (said, turned) if RELATIONS[tie.relation].symmetric else (said,)


def order(tie: Tie) -> tuple[str, str, str, str, tuple[str, ...]]:
    """Return what ties are sorted by."""
    return tie.subject, tie.relation, tie.object, tie.rule or "", tie.claims


def _tie(subject: str, relation: str, obj: str, rule: str, *, rests: Iterable[str], factual: bool) -> Tie:
    if RELATIONS[relation].symmetric and obj < subject:
        subject, obj = obj, subject
    return Tie(subject, relation, obj, tuple(sorted(set(rests))), rule, factual)


def _from_deals(known: _Known) -> Iterator[Tie]:
    for deal in known.claims:
        if not isinstance(deal, Deal) or not _stands(deal) or deal.status in _DEAD:
            continue
        factual = deal.factual and deal.status not in _WISHED
        for follows in DEAL_KINDS[deal.kind].follows:
            for subject, obj in _pairs(deal, follows.subject, follows.object):
                yield _tie(subject, follows.relation, obj, "deal", rests=[deal.id], factual=factual)


def _pairs(deal: Deal, subject: str, obj: str) -> Iterator[tuple[str, str]]:
    subjects, objects = (sorted({p.entity for p in deal.parts if p.role == role}) for role in (subject, obj))
    if subject == obj:
        yield from combinations(subjects, 2)
    else:
        yield from ((one, other) for one in subjects for other in objects if one != other)


def _from_launches(known: _Known) -> Iterator[Tie]:
    for event in known.claims:
        if isinstance(event, Occurrence) and event.kind == "launch" and _stands(event):
            agents = [part.entity for part in event.parts if part.role == "agent"]
            products = [part.entity for part in event.parts if part.role == "product"]
            for agent in agents:
                for product in products:
                    if is_a(known.entities[product].kind, "product"):
                        yield _tie(agent, "offers", product, "launch", rests=[event.id], factual=event.factual)


def _from_families(known: _Known) -> Iterator[Tie]:
    """Whoever develops a family develops its members."""
    makers = _by_object(known.ties["develops"])
    for member, chains in upward(known.ties["variant_of"], known.spans).items():
        for family, rests, factual in chains:
            for made in makers[family]:
                yield _tie(
                    made.subject, "develops", member, "family", rests=[*rests, *made.claims],
                    factual=factual and made.factual,
                )  # fmt: skip


def _from_units(known: _Known) -> Iterator[Tie]:
    """What a unit develops, its group develops."""
    groups = _groups(known).above
    for made in known.ties["develops"]:
        for group, rests, factual in groups.get(made.subject, ()):
            yield _tie(
                group, "develops", made.object, "group", rests=[*rests, *made.claims], factual=factual and made.factual
            )


def _from_makers(known: _Known) -> Iterator[Tie]:
    """Whoever builds in or uses a product works with its maker."""
    makers, groups = _makers(known), _groups(known)
    for relation in _USES:
        for use in known.ties[relation]:
            for made in makers[use.object]:
                rests = [*use.claims, *made.claims]
                if known.agents(use.subject, made.subject) and not groups.kin(use.subject, made.subject, rests):
                    yield _tie(
                        use.subject, "partner_of", made.subject, "maker", rests=rests,
                        factual=use.factual and made.factual,
                    )  # fmt: skip


def _from_parts(known: _Known) -> Iterator[Tie]:
    """Whoever makes a product uses what it is built on or builds in, unless that is of its own group."""
    makers, groups = _makers(known), _groups(known)
    for part in (*known.ties["built_on"], *known.ties["integrates"]):
        for made in makers[part.subject]:
            rests = [*part.claims, *made.claims]
            if not any(groups.kin(made.subject, other.subject, rests) for other in makers[part.object]):
                yield _tie(
                    made.subject, "uses", part.object, "product", rests=rests, factual=part.factual and made.factual
                )


def _from_business(known: _Known) -> Iterator[Tie]:
    """What a unit has to do with others, its group has; within one group nothing follows."""
    groups = _groups(known)
    for tie in (tie for relation in _LIFTED for tie in known.ties[relation]):
        left, right = (groups.at(end, tie.claims) for end in (tie.subject, tie.object))
        shared = {step.top for step in left} & {step.top for step in right}
        for one in (step for step in left if step.top not in shared):
            for other in (step for step in right if step.top not in shared):
                if one.rests or other.rests:
                    yield _tie(
                        one.top, tie.relation, other.top, "unit", rests=[*tie.claims, *one.rests, *other.rests],
                        factual=tie.factual and one.factual and other.factual,
                    )  # fmt: skip


def _from_chains(known: _Known) -> Iterator[Tie]:
    """What is part of a part is part of the whole."""
    for relation in (row for row in RELATIONS.values() if row.transitive):
        for bottom, chains in upward(known.ties[relation.name], known.spans).items():
            for top, rests, factual in chains:
                if len(rests) > 1 and top != bottom:
                    yield _tie(bottom, relation.name, top, "transitive", rests=rests, factual=factual)


RULES: dict[str, Rule] = {
    "deal": Rule(_from_deals, "the parties of a deal are tied as their roles say"),
    "launch": Rule(_from_launches, "whoever brings a product out offers it"),
    "transitive": Rule(_from_chains, "what belongs to a part belongs to the whole"),
    "family": Rule(_from_families, "whoever develops a family develops its members"),
    "group": Rule(_from_units, "what a unit develops, its group develops"),
    "maker": Rule(_from_makers, "whoever uses or builds in a product works with its maker"),
    "product": Rule(_from_parts, "whoever makes a product uses what it is built on or builds in"),
    "unit": Rule(_from_business, "what a unit has to do with others, its group has"),
}


def _by_object(ties: Iterable[Tie]) -> defaultdict[str, list[Tie]]:
    found: defaultdict[str, list[Tie]] = defaultdict(list)
    for tie in ties:
        found[tie.object].append(tie)
    return found


def _makers(known: _Known) -> defaultdict[str, list[Tie]]:
    """Return who develops each product; what a group is said to develop by its unit is left to the rule of units."""
    return _by_object(tie for tie in known.ties["develops"] if tie.rule != "group")


def _groups(known: _Known) -> Groups:
    return Groups(upward([*known.ties["unit_of"], *known.ties["subsidiary_of"]], known.spans), known.spans)
