"""Rules over entities, ids and claims: each yields a problem for everything that breaks it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from keiretsu_loaders.evidence_checks import evidence_is_in_the_text, texts_are_the_ones_meant
from keiretsu_loaders.facts import Facts
from keiretsu_loaders.reading import ClaimsOf, Located
from keiretsu_ontology.entries import NONE, ClaimEntry
from keiretsu_ontology.errors import Problem
from keiretsu_ontology.metrics import CHANGE_UNITS, UNITS
from keiretsu_ontology.notation import NotationError, nearest, parse_period, parse_quantity, parse_when
from keiretsu_ontology.relations import INVERSES, RELATIONS
from keiretsu_ontology.roles import DEAL_KINDS, OCCURRENCE_KINDS, ROLES, roles_of
from keiretsu_ontology.writing import slug_fault

_AGENT = ("agent",)


def _claims(facts: Facts) -> Iterator[tuple[ClaimsOf, Located[ClaimEntry]]]:
    for file in facts.entries.files:
        for claim in file.claims:
            yield file, claim


def ids_are_unique(facts: Facts) -> Iterator[Problem]:
    """No id is given twice, in whatever files."""
    yield from _twice("entity", facts.entries.entities)
    yield from _twice("claim", [claim for _, claim in _claims(facts)])
    yield from _twice("conflict", [conflict for file in facts.entries.files for conflict in file.conflicts])
    known: dict[str, str] = {}
    for file in facts.entries.files:
        slug = file.head.entry.source.id
        if slug in known:
            yield file.head.problem("source", "id", message=f"the source {slug!r} is already at {known[slug]}")
        known.setdefault(slug, file.head.place())


def _twice(what: str, listed: Iterable[Located[Any]]) -> Iterator[Problem]:
    known: dict[str, str] = {}
    for located in listed:
        slug = located.entry.id
        if slug in known:
            yield located.problem("id", message=f"the {what} {slug!r} is already at {known[slug]}")
        known.setdefault(slug, located.place())


def identifiers_are_of_one_thing(facts: Facts) -> Iterator[Problem]:
    """No two entities have the same external identifier."""
    known: dict[tuple[str, str], str] = {}
    for located in facts.entries.entities:
        for scheme, value in located.entry.identifiers.items():
            if (scheme, value) in known:
                message = f"the {scheme} {value!r} already belongs to {known[scheme, value]}"
                yield located.problem("identifiers", scheme, message=message)
            known.setdefault((scheme, value), f"{located.entry.id!r} at {located.place()}")


def names_are_given_once(facts: Facts) -> Iterator[Problem]:
    """No alias stands twice in one language of one entity, nor mixes alphabets within a word."""
    for located in facts.entries.entities:
        entry = located.entry
        if (fault := _mixed(entry.name)) is not None:
            yield located.problem("name", message=fault)
        for language, names in entry.aliases.items():
            for place, name in enumerate(names):
                if name in names[:place]:
                    yield located.problem("aliases", language, place, message=f"the alias {name!r} stands twice")
                if (fault := _mixed(name)) is not None:
                    yield located.problem("aliases", language, place, message=fault)


def _mixed(name: str) -> str | None:
    """Return what is wrong with a name whose word mixes Latin letters with ones that only look like them."""
    import unicodedata

    for word in name.split():
        alphabets = {unicodedata.name(char, "").partition(" ")[0] for char in word if char.isalpha()}
        if len(found := alphabets & {"LATIN", "CYRILLIC", "GREEK", "ARMENIAN"}) > 1:
            return (
                f"the word {word!r} mixes letters of {' and '.join(sorted(found)).title()}; one of them is a lookalike"
            )
    return None


def sources_name_known_entities(facts: Facts) -> Iterator[Problem]:
    """Publisher, author and the default speaker of a file are agents that exist."""
    for file in facts.entries.files:
        head = file.head.entry
        named = (
            (("source", "publisher"), head.source.publisher, ("organisation",)),
            (("source", "author"), head.source.author, _AGENT),
            (("defaults", "speaker"), head.defaults.speaker, _AGENT),
            (("defaults", "relayed_by"), head.defaults.relayed_by, _AGENT),
        )
        for where, slug, kinds in named:
            if slug is not None and (fault := facts.misfit(slug, kinds)) is not None:
                yield file.head.problem(*where, message=fault)


def speakers_are_agents(facts: Facts) -> Iterator[Problem]:
    """Whoever says something or passes it on is an organisation, a person or a voice."""
    for _, claim in _claims(facts):
        for name in ("speaker", "relayed_by"):
            slug = getattr(claim.entry, name)
            if slug is not None and (fault := facts.misfit(slug, _AGENT)) is not None:
                yield claim.problem(name, message=fault)


def statements_fit_their_relation(facts: Facts) -> Iterator[Problem]:
    """Subject and object exist, are of kinds that the relation joins, and are two things."""
    for _, claim in _claims(facts):
        if claim.entry.statement is None:
            continue
        subject, name, obj = claim.entry.statement
        relation = RELATIONS.get(name)
        if relation is None:
            yield claim.problem("statement", 1, message=_unknown_relation(name))
        ends = ((0, subject, relation.domain if relation else None), (2, obj, relation.range if relation else None))
        for place, slug, kinds in ends:
            if place == 2 and slug == NONE:
                continue
            if (fault := _end_fault(facts, slug, kinds or ("thing",))) is not None:
                yield claim.problem("statement", place, message=fault)
        if subject == obj:
            yield claim.problem("statement", message=f"{subject!r} stands at both ends")


def _unknown_relation(name: str) -> str:
    if name in INVERSES:
        return f"{name!r} is read from the other side; write {INVERSES[name]!r} and swap the two ends"
    return f"unknown relation {name[:60]!r}{nearest(name, RELATIONS)}"


def _end_fault(facts: Facts, slug: str, kinds: tuple[str, ...]) -> str | None:
    fault = facts.misfit(slug, kinds)
    return fault if fault is None or slug_fault(slug) is None else f"unknown entity {slug[:60]!r}{facts.likely(slug)}"


def roles_are_filled(facts: Facts) -> Iterator[Problem]:
    """A deal or an occurrence has the roles that its kind knows and needs, filled by things that may play them."""
    for _, claim in _claims(facts):
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
    for place, slug in enumerate(slugs):
        if slug in slugs[:place]:
            yield claim.problem(*where, place, message=f"{slug!r} stands twice in this role")
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


def figures_fit_their_metric(facts: Facts) -> Iterator[Problem]:
    """A figure is of a known thing and metric, in a unit of the metric's dimension, over a period that exists."""
    for _, claim in _claims(facts):
        entry = claim.entry.observation
        if entry is None:
            continue
        if (fault := facts.misfit(entry.of, ("thing",))) is not None:
            yield claim.problem("observation", "of", message=fault)
        if (fault := facts.misfit(entry.metric, ("metric",))) is not None:
            yield claim.problem("observation", "metric", message=_unknown_metric(fault, entry.metric))
        yield from _unit_problems(facts, claim)
        yield from _period_problems(facts, claim)


def _unknown_metric(fault: str, metric: str) -> str:
    from keiretsu_ontology.metrics import METRICS

    return f"unknown metric {metric!r}{nearest(metric, METRICS)}" if fault.startswith("unknown") else fault


def _unit_problems(facts: Facts, claim: Located[ClaimEntry]) -> Iterator[Problem]:
    entry = claim.entry.observation
    dimension = facts.dimension(entry.metric) if entry else None
    if entry is None or dimension is None:
        return
    if entry.change is not None:
        unit = parse_quantity(entry.change).unit
        if unit not in CHANGE_UNITS:
            message = f"a change is in {', '.join(CHANGE_UNITS)}, not in {unit}"
            yield claim.problem("observation", "change", message=message)
    if entry.value is not None:
        quantity = parse_quantity(entry.value)
        fits = dimension == "money" if quantity.is_currency else dimension in UNITS[quantity.unit].dimensions
        if not fits:
            message = f"{entry.metric!r} is of the dimension {dimension}, which is not given in {quantity.unit}"
            yield claim.problem("observation", "value", message=message)


def _period_problems(facts: Facts, claim: Located[ClaimEntry]) -> Iterator[Problem]:
    entry = claim.entry.observation
    if entry is None or entry.period is None:
        return
    try:
        parse_period(entry.period.period, entry.period.kind, fiscal_year_end=fiscal_year_end(facts, entry.of))
    except NotationError as error:
        yield claim.problem("observation", "period", message=str(error))


def fiscal_year_end(facts: Facts, slug: str) -> str | None:
    """Return the fiscal year end of an entity, or of the group that it is said to be a unit or product of."""
    seen: set[str] = set()
    while slug in facts.entities and slug not in seen:
        seen.add(slug)
        if (found := facts.entities[slug].entry.fiscal_year_end) is not None:
            return found
        slug = _above(facts, slug) or ""
    return None


def _above(facts: Facts, slug: str) -> str | None:
    for _, claim in facts.claims.values():
        said = claim.entry.statement
        if said is not None and said[0] == slug and said[1] in ("unit_of", "subsidiary_of", "part_of", "variant_of"):
            return str(said[2])
        if said is not None and said[2] == slug and said[1] in ("develops", "offers"):
            return str(said[0])
    return None


def scopes_name_known_things(facts: Facts) -> Iterator[Problem]:
    """What a scope names exists and is of the right kind."""
    kinds = {"product": ("product", "technology"), "market": ("market", "topic"), "place": ("place",),
             "benchmark": ("benchmark", "topic")}  # fmt: skip
    for _, claim in _claims(facts):
        scope = claim.entry.scope
        for name, wanted in kinds.items() if scope is not None else ():
            slug = getattr(scope, name)
            if slug is not None and (fault := facts.misfit(slug, wanted)) is not None:
                yield claim.problem("scope", name, message=fault)
        for place, slug in enumerate(scope.excludes if scope is not None else ()):
            if (fault := facts.misfit(slug, ("thing",))) is not None:
                yield claim.problem("scope", "excludes", place, message=fault)


def times_run_forwards(facts: Facts) -> Iterator[Problem]:
    """Nothing ends before it begins, and nothing was recorded before its source came out."""
    for _, claim in _claims(facts):
        entry = claim.entry
        if entry.from_ is not None and entry.to is not None:
            start, end = parse_when(entry.from_.date), parse_when(entry.to.date)
            if start.earliest and end.latest and end.latest < start.earliest:
                yield claim.problem("to", message=f"{entry.to.date!r} is before {entry.from_.date!r}")
    for file in facts.entries.files:
        head = file.head.entry
        if head.source.published is not None:
            published, recorded = parse_when(head.source.published.date), parse_when(head.recorded)
            if published.earliest and recorded.latest and recorded.latest < published.earliest:
                message = f"recorded on {head.recorded}, before the source came out on {head.source.published.date}"
                yield file.head.problem("recorded", message=message)


def restatements_lead_to_a_claim(facts: Facts) -> Iterator[Problem]:
    """What a claim says again is another claim, and the chain of them ends."""
    for _, claim in _claims(facts):
        wanted = claim.entry.restates
        if wanted is None or wanted in facts.entries.malformed:
            continue
        if wanted not in facts.claims:
            yield claim.problem("restates", message=f"no claim {wanted!r}{nearest(wanted, facts.claims)}")
            continue
        seen = {claim.entry.id}
        while wanted is not None and wanted in facts.claims and wanted not in seen:
            seen.add(wanted)
            wanted = facts.claims[wanted][1].entry.restates
        if wanted == claim.entry.id:
            yield claim.problem("restates", message="a claim cannot say itself again")


def conflicts_have_sides(facts: Facts) -> Iterator[Problem]:
    """A conflict names at least two claims that exist, each once."""
    for file in facts.entries.files:
        for conflict in file.conflicts:
            for place, key in enumerate(conflict.entry.claims):
                if key not in facts.claims and key not in facts.entries.malformed:
                    message = f"no claim {key!r}{nearest(key, facts.claims)}"
                    yield conflict.problem("claims", place, message=message)
                if key in conflict.entry.claims[:place]:
                    yield conflict.problem("claims", place, message=f"the claim {key!r} stands twice")


def nothing_is_part_of_itself(facts: Facts) -> Iterator[Problem]:
    """Relations that lead upwards never lead back."""
    for group in (("unit_of", "subsidiary_of"), ("part_of",), ("variant_of",), ("successor_of",), ("built_on",)):
        above: dict[str, list[tuple[str, Located[ClaimEntry]]]] = {}
        for _, claim in _claims(facts):
            said = claim.entry.statement
            if said is not None and said[1] in group and said[0] != said[2]:
                above.setdefault(said[0], []).append((said[2], claim))
        yield from _cycles(above)


def _cycles(above: dict[str, list[tuple[str, Located[ClaimEntry]]]]) -> Iterator[Problem]:
    done: set[str] = set()
    for start in above:
        stack, path = [(start, iter(above[start]))], [start]
        while stack and start not in done:
            node, rest = stack[-1]
            step = next(rest, None)
            if step is None:
                done.add(node)
                stack.pop()
                path.pop()
            elif step[0] in path:
                cycle = [*path[path.index(step[0]) :], step[0]]
                yield step[1].problem("statement", message=f"this closes a circle: {' > '.join(cycle)}")
            elif step[0] in above and step[0] not in done:
                path.append(step[0])
                stack.append((step[0], iter(above[step[0]])))


def promises_are_kept(facts: Facts) -> Iterator[Problem]:
    """A file holds as many claims as it promises."""
    for file in facts.entries.files:
        bounds, number = file.head.entry.expect, len(file.claims)
        if bounds is None or any(problem.path == file.head.document.path for problem in facts.entries.problems):
            continue
        most = bounds.claims.max
        if number < bounds.claims.min or (most is not None and number > most):
            promised = f"at least {bounds.claims.min}" if number < bounds.claims.min else f"at most {most}"
            yield file.head.problem("expect", message=f"the file promises {promised} claims and holds {number}")


RULES: tuple[Callable[[Facts], Iterator[Problem]], ...] = (
    ids_are_unique,
    identifiers_are_of_one_thing,
    names_are_given_once,
    sources_name_known_entities,
    speakers_are_agents,
    statements_fit_their_relation,
    roles_are_filled,
    figures_fit_their_metric,
    scopes_name_known_things,
    times_run_forwards,
    restatements_lead_to_a_claim,
    conflicts_have_sides,
    nothing_is_part_of_itself,
    promises_are_kept,
    texts_are_the_ones_meant,
    evidence_is_in_the_text,
)
