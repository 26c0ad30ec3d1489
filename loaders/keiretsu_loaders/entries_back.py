"""From the model back to entries: the inverse of convert.py, so that facts from elsewhere pass the same rules as files.

What is written as text in a file is written as text here, and so meets the same models and the same rules.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from keiretsu_loaders.reading import ClaimsOf, Entries, remember, validated
from keiretsu_loaders.yaml_reader import Location, Place
from keiretsu_ontology.claims import AnyClaim, Conflict, Deal, Observation, Occurrence, Part, Scope, Statement
from keiretsu_ontology.dates import Held, Period, When
from keiretsu_ontology.entities import Entity, is_a
from keiretsu_ontology.entries import ClaimEntry, ClaimsFile, ConflictEntry, DatasetFile, EntityEntry
from keiretsu_ontology.errors import Problem
from keiretsu_ontology.evidence import Evidence, Source
from keiretsu_ontology.metrics import METRICS
from keiretsu_ontology.values import COMPARATOR_WORDS, Quantity
from keiretsu_ontology.written import NONE


@dataclass(frozen=True, slots=True)
class Known:
    """Facts as they stand somewhere else than in files; what cannot be read there is named."""

    name: str
    title: str
    entities: tuple[Entity, ...]
    sources: tuple[Source, ...]
    claims: tuple[AnyClaim, ...]  # whose ids are what they are called where they stand
    conflicts: tuple[Conflict, ...]  # curated ones; their sides are those ids
    malformed: frozenset[str] = frozenset()  # ids and keys of what is there and cannot be read


@dataclass(frozen=True, slots=True)
class Node:
    """Where an entry stands that is in no file: a thing with a name."""

    path: Path

    def problem(self, location: Location, message: str, *, key: bool = False) -> Problem:  # noqa: ARG002  as files have it
        """Return a problem of the thing, with the key that it is about."""
        where = ".".join(str(part) for part in location)
        return Problem(self.path, 0, 0, f"{where}: {message}" if where else message)

    def place(self, location: Location, *, key: bool = False) -> Place:  # noqa: ARG002  as files have it
        """Return that there are no lines."""
        return Place(0, 0)


def to_entries(known: Known, folder: Path) -> Entries:
    """Return facts as entries, with every problem of form; the path of each is its kind and its id: claim/c12.

    Args:
        known: The facts.
        folder: What is taken for the dataset's folder; nothing is read from it but texts.
    """
    entries = Entries(folder, malformed=set(known.malformed))
    about = Node(Path("dataset"))
    told = {"name": known.name, "title": known.title or known.name}
    entries.about = validated(entries.problems, DatasetFile, about, (), told)
    for entity in known.entities:
        if entity != own_metric(entity.id):  # the loader adds those that are used
            data = entity_data(entity)
            found = validated(entries.problems, EntityEntry, Node(Path("entity") / entity.id), (), data)
            entries.entities.append(found) if found else remember(entries, "entities", data)
    _add_claims(entries, known)
    keys = {claim.id: claim.key for claim in known.claims}
    for conflict in known.conflicts:
        node, data = Node(Path("conflict") / conflict.id), conflict_data(conflict, keys)
        if (row := validated(entries.problems, ConflictEntry, node, (), data)) is not None:
            entries.conflicts.append(row)
    return entries


def own_metric(slug: str) -> Entity | None:
    """Return the entity of a metric of the ontology, or None."""
    from keiretsu_loaders.convert import metric_entity

    return metric_entity(slug) if slug in METRICS else None


def _add_claims(entries: Entries, known: Known) -> None:
    said: defaultdict[str, list[AnyClaim]] = defaultdict(list)
    for claim in known.claims:
        said[claim.source].append(claim)
    speaker = next((entity.id for entity in known.entities if is_a(entity.kind, "agent")), "nobody")
    for source in known.sources:
        head = validated(
            entries.problems, ClaimsFile, Node(Path("source") / source.id), (), source_data(source, speaker)
        )
        claims = []
        for claim in said.pop(source.id, ()):
            data = claim_data(claim)
            found = validated(entries.problems, ClaimEntry, Node(Path("claim") / claim.id), (), data)
            claims.append(found) if found else remember(entries, "claims", data)
        if head is not None:
            entries.files.append(ClaimsOf(head, tuple(claim for claim in claims if claim is not None)))
        else:
            entries.malformed.update(claim.entry.id for claim in claims if claim is not None)
    for slug, claims_of in said.items():
        for claim in claims_of:
            entries.malformed.add(claim.key)
            if slug not in known.malformed:
                node = Node(Path("claim") / claim.id)
                entries.problems.append(node.problem(("source",), f"there is no source {str(slug)[:60]!r}"))


def _given(**fields: Any) -> dict[str, Any]:
    """Return what is said: without what is None, empty or false."""
    return {name.rstrip("_"): value for name, value in fields.items() if value not in (None, (), [], {}, False)}


def entity_data(entity: Entity) -> dict[str, Any]:
    """Return an entity as it is written in a file."""
    aliases: defaultdict[str, list[str]] = defaultdict(list)
    for name in entity.names:
        if not (name.preferred and name.language == "en" and name.text == entity.name):
            aliases[name.language].append(name.text)
    identifiers: defaultdict[str, list[str]] = defaultdict(list)
    for row in entity.identifiers:
        identifiers[row.scheme].append(row.value)
    return {"name": entity.name} | _given(
        id=entity.id, kind=entity.kind, aliases=dict(aliases), identifiers=dict(identifiers),
        merged=[_given(id=row.id, reason=row.reason) for row in entity.merged], description=entity.description,
        fiscal_year_end=entity.fiscal_year_end, dimension=entity.dimension,
    )  # fmt: skip


def source_data(source: Source, speaker: str) -> dict[str, Any]:
    """Return a source as the head of a file of claims; every claim names its own speaker."""
    text = _given(file=source.file, characters=source.characters, sha256=source.sha256)
    told = {"title": source.title} | _given(
        id=source.id, kind=source.kind, publisher=source.publisher, author=source.author,
        published=when_data(source.published), url=source.url, language=source.language, licence=source.licence,
        quotable=source.quotable, text=text,
    )  # fmt: skip
    return {"source": told, "recorded": _day(source.recorded), "defaults": {"speaker": speaker}, "claims": []}


def conflict_data(conflict: Conflict, keys: Mapping[str, str]) -> dict[str, Any]:
    """Return a curated conflict as it is written in a file, its claims by key."""
    sides = [keys.get(side, side) for side in conflict.claims]
    return {"id": conflict.id, "claims": sides, "why": conflict.why, "note": conflict.note}


def claim_data(claim: AnyClaim) -> dict[str, Any]:
    """Return a claim as it is written in a file."""
    common = {"id": claim.key, "text": claim.text} | _given(
        speaker=claim.speaker, relayed_by=claim.relayed_by, modality=claim.modality, rank=claim.rank,
        rank_reason=claim.rank_reason, retracted=_day(claim.retracted), scope=_scope(claim.scope),
        restates=claim.restates, evidence=[_place(place) for place in claim.evidence],
    )  # fmt: skip
    match claim:
        case Statement():
            obj = NONE if claim.none and claim.object is None else claim.object
            shape: dict[str, Any] = {"statement": [claim.subject, claim.relation, obj]}
            return {**common, **shape, **_held(claim.held)}
        case Deal():
            deal = _given(purpose=claim.purpose, status=claim.status, amount=quantity_text(claim.amount),
                          share=quantity_text(claim.share))  # fmt: skip
            shape = {"deal": {"kind": claim.kind, "parties": _parties(claim.parts), **deal}}
            return {**common, **shape, **_held(claim.held), **_given(none=claim.none)}
        case Observation():
            shape = {"observation": _observation(claim)}
            return {**common, **shape, **_held(claim.held), **_given(none=claim.none)}
        case Occurrence():
            when = _given(when=when_data(claim.held.start))
            shape = {"occurrence": {"kind": claim.kind, "parties": _parties(claim.parts), **when}}
            return {**common, **shape, **_given(none=claim.none)}


def _observation(claim: Observation) -> dict[str, Any]:
    figure = quantity_text(claim.quantity)
    is_value = claim.measure == "value"
    return {"of": claim.about, "metric": claim.metric} | _given(
        value=figure if is_value else None, change=None if is_value else figure, base=claim.base,
        direction=claim.direction, period=_period(claim.period),
    )  # fmt: skip


def _parties(parts: Iterable[Part]) -> dict[str, list[str]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for part in parts:
        found[part.role].append(part.entity)
    return dict(found)


def _scope(scope: Scope) -> dict[str, Any]:
    return _given(
        note=scope.note, product=scope.product, market=scope.market, place=scope.place, benchmark=scope.benchmark,
        counterparty=scope.counterparty, excludes=list(scope.excludes),
    )  # fmt: skip


def _place(place: Evidence) -> dict[str, Any]:
    at = f"{place.start}-{place.end}" if place.start is not None else None
    return _given(at=at, sha256=place.sha256, quote=place.quote)


def _held(held: Held) -> dict[str, Any]:
    if (day := held.day) is not None and Held.on(day) == held:
        return {"on": when_data(day)}
    return _given(from_=when_data(held.start), to=when_data(held.end))


def when_data(when: When | None) -> dict[str, Any] | None:
    """Return a point in time as it is written in a file."""
    return None if when is None else {"date": when.edtf} | _given(stated=when.stated, inferred=when.inferred)


def _period(period: Period | None) -> dict[str, Any] | None:
    if period is None:
        return None
    return {"period": period.label or _span(period), "kind": period.kind} | _given(
        stated=period.stated, inferred=period.inferred
    )


def _span(period: Period) -> str:
    start, end = (str(day) if day is not None else ".." for day in (period.start, period.end))
    return start if start == end else f"{start}/{end}"


def quantity_text(quantity: Quantity | None) -> str | None:
    """Return a quantity as it is written in a file."""
    if quantity is None:
        return None
    number = quantity.written if quantity.upper is None else f"{quantity.written}-{quantity.upper}"
    words = (COMPARATOR_WORDS.get(quantity.comparator, quantity.comparator), number, quantity.scale, quantity.unit)
    return " ".join(str(word).replace("_", " ") for word in words if word)


def _day(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None
