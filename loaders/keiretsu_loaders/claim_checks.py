"""Rules over statements, deals and occurrences: each yields a problem for everything that breaks it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from keiretsu_loaders.facts import Facts
from keiretsu_loaders.reading import Located, repeated
from keiretsu_ontology.entries import ClaimEntry
from keiretsu_ontology.errors import Problem
from keiretsu_ontology.relations import INVERSES, RELATIONS
from keiretsu_ontology.roles import DEAL_KINDS, OCCURRENCE_KINDS, ROLES, roles_of
from keiretsu_ontology.written import NONE

_AGENT = ("agent",)


def speakers_are_agents(facts: Facts) -> Iterator[Problem]:
    """Whoever says something or passes it on is an organisation, a person or a voice."""
    for _, claim in facts.each_claim():
        for name in ("speaker", "relayed_by"):
            slug = getattr(claim.entry, name)
            if slug is not None and (fault := facts.misfit(slug, _AGENT)) is not None:
                yield claim.problem(name, message=fault)


def statements_fit_their_relation(facts: Facts) -> Iterator[Problem]:
    """Subject and object exist, are of kinds that the relation joins, and are two things."""
    for _, claim in facts.each_claim():
        if claim.entry.statement is None:
            continue
        subject, name, obj = claim.entry.statement
        relation = RELATIONS.get(name)
        if relation is None:
            yield claim.problem("statement", 1, message=_unknown_relation(facts, name))
        ends = ((0, subject, relation.domain if relation else None), (2, obj, relation.range if relation else None))
        for place, slug, kinds in ends:
            if place == 2 and slug == NONE:
                continue
            if (fault := facts.misfit(slug, kinds or ("thing",))) is not None:
                yield claim.problem("statement", place, message=fault)
        if subject == obj:
            yield claim.problem("statement", message=f"{subject!r} stands at both ends")


def _unknown_relation(facts: Facts, name: str) -> str:
    if name in INVERSES:
        return f"{name!r} is read from the other side; write {INVERSES[name]!r} and swap the two ends"
    return f"unknown relation {name[:60]!r}{facts.hint(name, RELATIONS)}"


def roles_are_filled(facts: Facts) -> Iterator[Problem]:
    """A deal or an occurrence has the roles that its kind knows and needs, filled by things that may play them."""
    for _, claim in facts.each_claim():
        shape = "deal" if claim.entry.deal is not None else "occurrence"
        entry = claim.entry.deal or claim.entry.occurrence
        if entry is None:
            continue
        known = roles_of(entry.kind) if shape == "deal" else OCCURRENCE_KINDS[entry.kind].roles
        required = DEAL_KINDS[entry.kind].required if shape == "deal" else ()
        for role in sorted(set(required) - set(entry.parties)):
            yield claim.problem(shape, "parties", message=f"a deal of kind {entry.kind!r} needs a {role!r}")
        for role, slugs in entry.parties.items():
            yield from _role_problems(facts, claim, shape, role, slugs, known)
        yield from _party_problems(claim, shape, entry)


def _role_problems(
    facts: Facts, claim: Located[ClaimEntry], shape: str, role: str, slugs: list[str], known: tuple[str, ...]
) -> Iterator[Problem]:
    where = (shape, "parties", role)
    if role not in known:
        yield claim.problem(*where, message=f"there is no {role!r} here; the roles are {', '.join(known)}", key=True)
    if not slugs:
        yield claim.problem(*where, message="at least one is wanted here")
    for place in repeated(slugs):
        yield claim.problem(*where, place, message=f"{slugs[place]!r} stands twice in this role")
    for place, slug in enumerate(slugs):
        if (fault := facts.misfit(slug, ROLES[role].kinds)) is not None:
            yield claim.problem(*where, place, message=fault)


def _party_problems(claim: Located[ClaimEntry], shape: str, entry: Any) -> Iterator[Problem]:
    agents = [slug for role, slugs in entry.parties.items() if role not in ("product", "setting") for slug in slugs]
    if not entry.parties:
        yield claim.problem(shape, "parties", message="at least one party is wanted here")
    elif shape == "deal" and len(agents) > 1 and len(set(agents)) == 1:
        yield claim.problem(shape, "parties", message=f"{agents[0]!r} is alone on every side of the deal")
    elif shape == "deal" and len(set(agents)) == 1 and "product" not in entry.parties:
        yield claim.problem(shape, "parties", message=f"{agents[0]!r} has nobody to deal with")
