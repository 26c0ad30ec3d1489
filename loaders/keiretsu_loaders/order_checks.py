"""Rules over how claims hang together: scope, time, restatement, conflict, hierarchy and number."""

from __future__ import annotations

from collections.abc import Iterator

from keiretsu_loaders.facts import Facts
from keiretsu_loaders.reading import ClaimsOf, Located, repeated
from keiretsu_ontology.dates import When
from keiretsu_ontology.entries import ClaimEntry
from keiretsu_ontology.errors import Problem
from keiretsu_ontology.notation import parse_when
from keiretsu_ontology.relations import RELATIONS

_STRUCTURE = ("unit_of", "subsidiary_of")  # both lead to what a part of a group belongs to


def scopes_name_known_things(facts: Facts) -> Iterator[Problem]:
    """What a scope names exists and is of the right kind."""
    kinds = {"product": ("product", "technology"), "market": ("market", "topic"), "place": ("place",),
             "benchmark": ("benchmark", "topic"), "counterparty": ("agent", "product")}  # fmt: skip
    for _, claim in facts.each_claim():
        scope = claim.entry.scope
        for name, wanted in kinds.items() if scope is not None else ():
            slug = getattr(scope, name)
            if slug is not None and (fault := facts.misfit(slug, wanted)) is not None:
                yield claim.problem("scope", name, message=fault)
        for place, slug in enumerate(scope.excludes if scope is not None else ()):
            if (fault := facts.misfit(slug, ("thing",))) is not None:
                yield claim.problem("scope", "excludes", place, message=fault)


def times_run_forwards(facts: Facts) -> Iterator[Problem]:
    """Nothing ends before it begins, and nothing is recorded or taken back before its source came out."""
    for file in facts.entries.files:
        head = file.head.entry
        published = parse_when(head.source.published.date) if head.source.published is not None else None
        if published is not None and _is_before(head.recorded, published):
            message = f"recorded on {head.recorded}, before the source came out on {published.edtf}"
            yield file.head.problem("recorded", message=message)
        for claim in file.claims:
            entry = claim.entry
            if entry.from_ and entry.to and _is_before(entry.to.date, parse_when(entry.from_.date)):
                yield claim.problem("to", message=f"{entry.to.date!r} is before {entry.from_.date!r}")
            if published is not None and entry.retracted and _is_before(entry.retracted, published):
                message = f"retracted on {entry.retracted}, before the source came out on {published.edtf}"
                yield claim.problem("retracted", message=message)


def _is_before(date: str, when: When) -> bool:
    """Say whether a date is certainly before another."""
    last = parse_when(date).latest
    return last is not None and when.earliest is not None and last < when.earliest


def restatements_lead_to_a_claim(facts: Facts) -> Iterator[Problem]:
    """What a claim says again is another claim, and the chain of them ends."""
    for _, claim in facts.each_claim():
        wanted = claim.entry.restates
        if wanted is not None and not facts.has_claim(wanted):
            yield claim.problem("restates", message=f"no claim {wanted!r}{facts.hint(wanted, facts.claims)}")
    above = {key: [(claim.entry.restates, claim)] for key, (_, claim) in facts.claims.items() if claim.entry.restates}
    for claim, circle in _circles(above):
        yield claim.problem("restates", message=f"a claim cannot say itself again: {' > '.join(circle)}")


def conflicts_have_sides(facts: Facts) -> Iterator[Problem]:
    """A conflict names at least two claims that exist, each once."""
    for conflict in facts.entries.conflicts:
        for place, key in enumerate(conflict.entry.claims):
            if not facts.has_claim(key):
                message = f"no claim {key!r}{facts.hint(key, facts.claims)}"
                yield conflict.problem("claims", place, message=message)
        for place in repeated(conflict.entry.claims):
            yield conflict.problem("claims", place, message="this claim stands twice")


def nothing_is_part_of_itself(facts: Facts) -> Iterator[Problem]:
    """Relations that lead upwards never lead back, as far as claims hold that are neither denied nor put aside."""
    single = [(name,) for name, relation in RELATIONS.items() if relation.acyclic and name not in _STRUCTURE]
    for group in (_STRUCTURE, ("located_in",), *single):
        above: dict[str, list[tuple[str, Located[ClaimEntry]]]] = {}
        for file, claim in facts.each_claim():
            said = claim.entry.statement
            if said is not None and said[1] in group and said[0] != said[2] and _holds(file, claim.entry):
                above.setdefault(said[0], []).append((said[2], claim))
        for claim, circle in _circles(above):
            yield claim.problem("statement", message=f"this closes a circle: {' > '.join(circle)}")


def _holds(file: ClaimsOf, entry: ClaimEntry) -> bool:
    modality = entry.modality or file.head.entry.defaults.modality
    return modality != "denied" and entry.rank != "deprecated" and entry.retracted is None


def _circles(
    above: dict[str, list[tuple[str, Located[ClaimEntry]]]],
) -> Iterator[tuple[Located[ClaimEntry], list[str]]]:
    """Yield each step that leads back to where a walk came from, with the circle that it closes."""
    done: set[str] = set()
    for start in above:
        stack, path = [(start, iter(above[start]))], {start: None}  # the keys of path keep their order
        while stack and start not in done:
            node, rest = stack[-1]
            step = next(rest, None)
            if step is None:
                done.add(node)
                stack.pop()
                del path[node]
            elif step[0] in path:
                walked = list(path)
                yield step[1], [*walked[walked.index(step[0]) :], step[0]][:20]
            elif step[0] in above and step[0] not in done:
                path[step[0]] = None
                stack.append((step[0], iter(above[step[0]])))


def promises_are_kept(facts: Facts) -> Iterator[Problem]:
    """A file holds as many claims as it promises."""
    broken = {problem.path for problem in facts.entries.problems}
    for file in facts.entries.files:
        bounds, number = file.head.entry.expect, len(file.claims)
        if bounds is None or file.head.document.path in broken:
            continue
        most = bounds.claims.max
        if number < bounds.claims.min or (most is not None and number > most):
            promised = f"at least {bounds.claims.min}" if number < bounds.claims.min else f"at most {most}"
            yield file.head.problem("expect", message=f"the file promises {promised} claims and holds {number}")
