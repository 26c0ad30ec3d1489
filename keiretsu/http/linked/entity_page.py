"""The page of an entity: what is said of it, by whom, where they disagree, and what follows.

Long lists are cut, and what is left out stands on pages of its own (`?part=figures&page=2`), never unsaid.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from keiretsu.http.linked.facts import Names, disputed_of, fact_of, figure_of, follows_of, newest_day, work_of
from keiretsu.http.linked.neighbourhood import Picture, picture_of
from keiretsu.workers.plan import Desk
from keiretsu_graph.view import TieFilter
from keiretsu_ontology.claims import AnyClaim, Observation
from keiretsu_ontology.entities import KINDS, Entity
from keiretsu_ontology.errors import NotThereError
from keiretsu_ontology.vocabulary import camel
from keiretsu_queries.base import ALWAYS, Answer
from keiretsu_queries.doubts.disputes import disputes_of
from keiretsu_queries.figures.series import Point, Series, key_of, series_of
from keiretsu_queries.figures.series_sheets import values_words
from keiretsu_queries.things.show import TITLES, Group, Page, show

_FIRST = 10  # of each group on the page of a thing
_DISPUTES = 5
_SIZE = 150  # lines of a page that shows one part
_PLOTS, _BARS, _FEWEST = 2, 10, 3
PARTS = (*TITLES, "derived", "conflicts")
_NAMES = {"derived": "Follows from these", "conflicts": "Conflicts"}


class Section(NamedTuple):
    """What stands under one heading."""

    part: str  # one of PARTS
    title: str
    total: int
    rows: tuple[Any, ...]  # facts, or figures
    more: int  # that are not shown here


class Bar(NamedTuple):
    """A value in a plot, as shares of its width in percent."""

    label: str
    text: str
    sure: float
    light: float  # of a range: what comes after the sure part
    doubtful: bool


class Plot(NamedTuple):
    """Values that may be set side by side."""

    title: str
    unit: str
    bars: tuple[Bar, ...]


def shown_of(desk: Desk, entity: Entity, part: str | None, page: int) -> dict[str, Any]:
    """Return what the page of an entity shows.

    Args:
        desk: The graph.
        entity: The entity.
        part: One of `PARTS`, where only that is wanted.
        page: Which page of that part.

    Raises:
        NotThereError: There is no such part, or no such page of it.
    """
    if part is not None and part not in PARTS:
        raise NotThereError(f"there is no part {part[:40]!r} of a page; there are {', '.join(PARTS)}")
    answer = show(desk.view, entity.id, limit=0)
    names = answer.entities
    first, size = ((page - 1) * _SIZE, _SIZE) if part else (0, _FIRST)
    sections = [
        section
        for group in answer.result.groups
        if (section := _section(group, answer, entity, first, size)) and part in (None, section.part)
    ]
    derived = answer.result.derived
    keys = {claim.id: claim.key for claim in (*answer.claims, *answer.beside)}
    follows = follows_of(derived[first : first + size], keys, names, entity.id) if part in (None, "derived") else []
    number = _DISPUTES if part is None else size
    disputes = _disputes(desk, answer, first, number) if part in (None, "conflicts") else []
    if part is not None and not (any(row.rows for row in sections) or follows or disputes):
        raise NotThereError(f"nothing of {entity.name} stands there")
    total = _total(part, sections, len(derived), len(answer.conflicts))
    return {
        "entity": entity,
        "kind": KINDS[entity.kind],
        "kind_anchor": camel(entity.kind),
        "aliases": [name for name in entity.names if name.text != entity.name],
        "extent": answer.result,
        "state": answer.state,
        "instead": answer.instead if answer.state == "not known" else (),
        "sections": sections,
        "follows": follows,
        "follows_total": len(derived),
        "disputes": disputes,
        "disputes_total": len(answer.conflicts),
        "open": len(answer.disputed),
        "plots": _plots(desk, answer, entity) if part in (None, "figures") and page == 1 else [],
        "works": _works(answer, sections),
        "works_total": len({claim.source for claim in answer.claims}),
        "picture": _picture(desk, entity, names) if part is None else None,
        "part": part,
        "part_title": {**TITLES, **_NAMES}.get(part or "", ""),
        "page_number": page,
        "page_count": max(1, -(-total // _SIZE)),
        "day": newest_day(answer.claims),
    }  # fmt: skip


def _total(part: str | None, sections: Sequence[Section], derived: int, conflicts: int) -> int:
    if part == "derived":
        return derived
    return conflicts if part == "conflicts" else sum(section.total for section in sections) if part else 0


_HEADINGS = {title: heading for heading, title in TITLES.items()}


def _section(group: Group, answer: Answer[Page], entity: Entity, first: int, size: int) -> Section:
    part, rows = _HEADINGS[group.title], group.lines[first : first + size]
    names, sources = answer.entities, answer.sources
    made: list[Any] = [
        figure_of(row, names, sources, entity.id)
        if part == "figures"
        else fact_of(row.claim, names, sources, entity.id, row)
        for row in rows
    ]
    return Section(part, group.title, len(group.lines), tuple(made), len(group.lines) - first - len(rows))


def _disputes(desk: Desk, answer: Answer[Page], first: int, number: int) -> list[Any]:
    """Return the conflicts of a thing, open ones first; only those that are shown are looked at in full."""
    order = {"open": 0, "settled": 1, "explained": 2}
    ranked = sorted(answer.conflicts, key=lambda one: (order[answer.standings.get(one.id, "open")], one.id))
    disputes = disputes_of(desk.view, ranked[first : first + number], ALWAYS)
    claims = [claim for dispute in disputes for side in dispute.sides for claim in side.claims]
    names = {**answer.entities, **_named(desk, claims, answer.entities)}
    sources = {**answer.sources, **_read(desk, claims, answer.sources)}
    return [disputed_of(dispute, names, sources) for dispute in disputes]


def _named(desk: Desk, claims: Sequence[AnyClaim], known: Mapping[str, Any]) -> Mapping[str, Entity]:
    from keiretsu_queries.base import named_in

    missing = {slug for claim in claims for slug in named_in(claim)} - set(known)
    return desk.view.entities(sorted(missing)) if missing else {}


def _read(desk: Desk, claims: Sequence[AnyClaim], known: Mapping[str, Any]) -> Mapping[str, Any]:
    missing = sorted({claim.source for claim in claims} - set(known))
    return {source.id: source for source in desk.view.sources(missing)} if missing else {}


def _works(answer: Answer[Page], sections: Sequence[Section]) -> list[Any]:
    """Return the sources of what the page shows, the most used first."""
    facts = [getattr(row, "fact", row) for section in sections for row in section.rows]
    used = Counter(fact.source.id for fact in facts)
    return [work_of(answer.sources[slug], answer.entities) for slug, _ in used.most_common() if slug in answer.sources]


def _picture(desk: Desk, entity: Entity, names: Names) -> Picture:
    ties = desk.view.neighbours([entity.id], TieFilter(factual=True, walkable=True))
    missing = {end for tie in ties for end in (tie.subject, tie.object)} - set(names)
    around = {**names, **desk.view.entities(sorted(missing))} if missing else names
    return picture_of(entity, ties, around)


def _plots(desk: Desk, answer: Answer[Page], entity: Entity) -> list[Plot]:
    """Return the longest series of figures whose values may be set side by side."""
    own = [claim for claim in answer.claims if isinstance(claim, Observation) and claim.about == entity.id]
    numbers = Counter(key_of(claim) for claim in own if claim.measure == "value" and claim.quantity is not None)
    longest = {key for key, number in numbers.most_common(2 * _PLOTS) if number >= _FEWEST}
    if not longest:
        return []
    kept = [claim for claim in own if key_of(claim) in longest]
    fit = series_of(desk.view, kept, ALWAYS, {entity.id: entity}, {entity.id: entity.fiscal_year_end})
    plots = [plot for row in fit if (plot := _plot(row)) is not None]
    return sorted(plots, key=lambda plot: -len(plot.bars))[:_PLOTS]


def _plot(row: Series) -> Plot | None:
    points = [(point, amounts) for point in row.points if (amounts := _amounts(point))][-_BARS:]
    if len(points) < _FEWEST or any(low < 0 for _, (low, _) in points):
        return None
    most = max(high for _, (_, high) in points)
    if most <= 0:
        return None
    bars = tuple(_bar(point, low / most, high / most) for point, (low, high) in points)
    return Plot(row.label, row.comparable, bars)


def _amounts(point: Point) -> tuple[Decimal, Decimal] | None:
    facts = [line.claim for line in point.lines if line.claim.factual]
    known = [point.value] if point.value is not None else [one for one in facts if isinstance(one, Observation)]
    amounts = [one.quantity.amount for one in known if one.quantity is not None]
    return (min(amounts), max(amounts)) if amounts else None


def _bar(point: Point, low: Decimal, high: Decimal) -> Bar:
    sure, light = round(float(low) * 100, 2), round(float(high - low) * 100, 2)
    return Bar(point.label or point.days, values_words(point), sure, light, point.disputed)
