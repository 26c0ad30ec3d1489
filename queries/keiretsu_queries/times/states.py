"""The state of something on a day: ties in force, people in office, products out, newest figures."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from keiretsu_graph.view import View
from keiretsu_ontology.claims import AnyClaim, Deal, Observation, Occurrence, Statement
from keiretsu_ontology.dates import Certainty
from keiretsu_ontology.entities import Entity, is_a
from keiretsu_ontology.relations import RELATIONS
from keiretsu_queries.base import Clocks
from keiretsu_queries.figures.periods import bounds_of, fiscal_year_ends
from keiretsu_queries.figures.series import Series, series_of
from keiretsu_queries.lines import Line
from keiretsu_queries.times.weighing import Weighed, out_by, weighed

_ABOVE = ("unit_of", "subsidiary_of", "part_of", "reported_in", "variant_of")
_MAKING = ("develops", "offers", "manufactures")
_STAKES = ("owns_stake_in", "investor_in")
_STAKE_DEALS = ("investment", "acquisition", "joint_venture", "spin_off")
_NOT_IN_FORCE = ("planned", "considered", "cancelled", "ended")


class Section(NamedTuple):
    """What is so under one heading."""

    title: str
    standings: tuple[Weighed, ...]  # certain ones first, undated ones last


class Product(NamedTuple):
    """A product, and whether it was out."""

    entity: Entity
    certainty: Certainty  # "no": it came out later
    launches: tuple[Occurrence, ...]


class StateOfThings(NamedTuple):
    """How things stood with an entity on a day."""

    entity: Entity | None
    day: date
    sections: tuple[Section, ...]
    products: tuple[Product, ...]
    figures: tuple[Series, ...]  # each with its newest period that was over
    limit: int


TITLES = (
    "Belongs to", "Units and parts", "Made by", "In office", "Offices", "Stakes", "Listings", "Partners and customers",
    "Also",
)  # fmt: skip


def is_in_force(claim: AnyClaim) -> bool:
    """Say whether a claim is a fact, and no deal that is only wished for or over."""
    return claim.factual and not (isinstance(claim, Deal) and claim.status in _NOT_IN_FORCE)


def sections_of(lines: Iterable[Line], entity: Entity, ids: Sequence[str], day: date) -> tuple[Section, ...]:
    """Return what is so of an entity and its group, under the headings of TITLES."""
    sorted_lines: defaultdict[str, list[Line]] = defaultdict(list)
    for row in lines:
        if (title := _title(row.claim, entity, ids)) is not None:
            sorted_lines[title].append(row)
    found = (Section(title, _standing(sorted_lines[title], day)) for title in TITLES if sorted_lines[title])
    return tuple(section for section in found if section.standings)


def _standing(lines: Iterable[Line], day: date) -> tuple[Weighed, ...]:
    order = ("certainly", "possibly", "undated")
    found = [row for row in weighed(lines, day) if row.certainty != "no"]
    return tuple(sorted(found, key=lambda row: (order.index(row.certainty), _began_after(row, day))))


def _began_after(row: Weighed, day: date) -> bool:
    """Whether a thing is known to have been so of a later day only: it says less of this one."""
    start = row.first.claim.held.start
    return start is None or start.latest is None or start.latest > day


def _title(claim: AnyClaim, entity: Entity, ids: Sequence[str]) -> str | None:
    """Return the heading that a claim stands under, or None where it is no state."""
    if isinstance(claim, Deal):
        return "Stakes" if claim.kind in _STAKE_DEALS else "Partners and customers"
    if not isinstance(claim, Statement) or RELATIONS[claim.relation].group == "remarks":
        return None
    below = claim.subject in ids
    if claim.relation in _ABOVE:
        return "Belongs to" if below else None if is_a(entity.kind, "product") else "Units and parts"
    if claim.relation in _MAKING:
        return None if below else "Made by"
    if claim.relation in _STAKES:
        return "Stakes"
    if claim.relation == "listed_on":
        return "Listings"
    group = RELATIONS[claim.relation].group
    if group == "people" and claim.relation != "founded":
        return "Offices" if below else "In office"
    return "Partners and customers" if group == "business" else "Also"


def products_of(view: View, entity: Entity, ids: Sequence[str], day: date, clocks: Clocks) -> tuple[Product, ...]:
    """Return the products of a maker, or the members of a family, with whether they were out."""
    if is_a(entity.kind, "product"):
        ties = view.neighbours(ids, clocks.ties(relations=("variant_of",)))
        made = {tie.subject for tie in ties if tie.object in ids} | {entity.id}
    else:
        ties = view.neighbours(ids, clocks.ties(relations=_MAKING))
        made = {tie.object for tie in ties if tie.subject in ids}
    launches = _launches(view, sorted(made), clocks) if made else {}
    entities = view.entities(sorted(made))
    found = [
        Product(row, out_by(launches.get(slug, ()), day), tuple(launches.get(slug, ())))
        for slug, row in entities.items()
        if is_a(row.kind, "product") and (slug != entity.id or slug in launches)
    ]
    return tuple(sorted(found, key=lambda row: (_came_out(row), row.entity.name.casefold(), row.entity.id)))


def _launches(view: View, products: Sequence[str], clocks: Clocks) -> Mapping[str, list[Occurrence]]:
    where = clocks.claims(entities=tuple(products), roles=("product",), topics=("launch",), factual=True)
    found: defaultdict[str, list[Occurrence]] = defaultdict(list)
    for claim in view.claims(where):
        if isinstance(claim, Occurrence):
            for part in claim.parts:
                if part.role == "product":
                    found[part.entity].append(claim)
    return found


def _came_out(row: Product) -> date:
    return min((bounds_of(launch)[0] or date.max for launch in row.launches), default=date.max)


def newest_figures(
    view: View, facts: Sequence[AnyClaim], ids: Sequence[str], day: date, clocks: Clocks
) -> tuple[Series, ...]:
    """Return each series of values cut to its newest period that was over."""
    own = [fact for fact in facts if isinstance(fact, Observation) and fact.about in ids and fact.measure == "value"]
    over = [fact for fact in own if (last := bounds_of(fact)[1]) is None or last <= day]
    entities = view.entities(ids)
    years = fiscal_year_ends(view, entities.values())
    series = series_of(view, over, clocks, {slug: entities[slug] for slug in ids}, years)
    return tuple(row._replace(points=row.points[-1:]) for row in series)


def shown_in(result: StateOfThings) -> Iterator[AnyClaim]:
    """Yield every claim that a state rests on."""
    for section in result.sections:
        for standing in section.standings:
            for row in standing.lines:
                yield from (row.claim, *row.restated)
    for product in result.products:
        yield from (launch for launch in product.launches if product.certainty != "no")
    for series in result.figures:
        yield from series.claims
