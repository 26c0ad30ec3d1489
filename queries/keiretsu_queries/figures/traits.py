"""Traits: what things are tied to, sort by sort, and what of it they share."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from keiretsu_graph.view import View
from keiretsu_ontology.claims import Tie
from keiretsu_ontology.entities import Entity
from keiretsu_queries.base import Clocks
from keiretsu_queries.subjects import group_of


class Sort(NamedTuple):
    """A sort of ties that is compared, with the relations that make it."""

    label: str
    outward: tuple[str, ...]  # read from the subject
    inward: tuple[str, ...] = ()  # read from the object
    group: bool = False  # those of units count as well


SORTS = (
    Sort("belongs to", ("unit_of", "subsidiary_of", "part_of", "reported_in", "variant_of")),
    Sort("makers", (), ("develops", "offers", "manufactures")),
    Sort("licences", ("licensed_under",)),
    Sort("led by", (), ("chief_executive_of", "chair_of", "director_of", "officer_of")),
    Sort("founded by", (), ("founded",)),
    Sort("partners", ("partner_of", "customer_of", "supplier_of", "licensee_of"),
         ("partner_of", "customer_of", "supplier_of", "licensee_of"), group=True),
    Sort("investors", (), ("investor_in", "owns_stake_in")),
    Sort("stakes", ("investor_in", "owns_stake_in")),
    Sort("products", ("develops", "offers", "manufactures")),
    Sort("members", (), ("variant_of", "unit_of", "subsidiary_of"), group=False),
    Sort("technologies", ("uses_technology", "built_on", "processes", "supports")),
    Sort("made for", ("optimized_for", "serves")),
    Sort("built in", ("integrates", "uses"), ("integrates", "uses", "built_on")),
    Sort("available on", ("available_on",)),
    Sort("rivals", ("competitor_of",), ("competitor_of",)),
    Sort("markets", ("operates_in", "leads")),
    Sort("places", ("located_in", "incorporated_in", "listed_on")),
    Sort("benchmarks", ("evaluated_on",)),
)  # fmt: skip


class Trait(NamedTuple):
    """One sort of ties of each thing: what all of them share, and what each has."""

    label: str
    shared: tuple[str, ...]  # ids
    each: tuple[tuple[str, ...], ...]  # ids, in the order of the things
    claims: tuple[str, ...]  # ids of those that the shared ones rest on


def traits_of(
    view: View, entities: Sequence[Entity], clocks: Clocks, *, stated_only: bool
) -> tuple[tuple[Trait, ...], tuple[Tie, ...], list[Tie]]:
    """Return the traits of things, the ties among them, and all ties that these rest on."""
    groups = {entity.id: group_of(view, entity.id) for entity in entities}
    everybody = sorted({slug for group in groups.values() for slug in group})
    ties = view.neighbours(everybody, clocks.ties(stated_only=stated_only))
    ids = set(groups)
    between = tuple(tie for tie in ties if {tie.subject, tie.object} <= ids)
    traits, rests = [], list(between)
    for sort in SORTS:
        own = [_own(sort, ties, groups[entity.id] if sort.group else (entity.id,)) for entity in entities]
        if any(own):
            shared = set.intersection(*(set(each) for each in own))
            rests += [tie for each in own for found in each.values() for tie in found]
            claims = {claim for each in own for slug in shared for tie in each[slug] for claim in tie.claims}
            traits.append(Trait(
                sort.label, tuple(sorted(shared)), tuple(tuple(sorted(each)) for each in own), tuple(sorted(claims))
            ))  # fmt: skip
    return tuple(traits), between, rests


def _own(sort: Sort, ties: Iterable[Tie], group: Sequence[str]) -> dict[str, list[Tie]]:
    """Return what one thing is tied to in a sort, with the ties."""
    found: dict[str, list[Tie]] = {}
    for tie in ties:
        if tie.subject in group and tie.relation in sort.outward and tie.object not in group:
            found.setdefault(tie.object, []).append(tie)
        if tie.object in group and tie.relation in sort.inward and tie.subject not in group:
            found.setdefault(tie.subject, []).append(tie)
    return found
