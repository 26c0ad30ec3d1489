"""From entries to the model: pure, after every check has passed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from keiretsu_loaders.evidence_checks import to_evidence
from keiretsu_loaders.facts import Facts
from keiretsu_loaders.reading import ClaimsOf, Located
from keiretsu_ontology.claims import (
    EXPLAINED,
    AnyClaim,
    Conflict,
    Deal,
    Observation,
    Occurrence,
    Part,
    Scope,
    Statement,
)
from keiretsu_ontology.conflicts import disagree
from keiretsu_ontology.dates import Held, When
from keiretsu_ontology.entities import Entity, Identifier, Merged, Name
from keiretsu_ontology.entries import ClaimEntry, ConflictEntry, DateEntry, EntityEntry, ScopeEntry
from keiretsu_ontology.evidence import Source
from keiretsu_ontology.identity import mint
from keiretsu_ontology.metrics import METRICS
from keiretsu_ontology.notation import parse_period, parse_quantity, parse_when
from keiretsu_ontology.written import NONE


def to_entity(entry: EntityEntry) -> Entity:
    """Return the entity of an entry; a name whose language is not told is taken to be English."""
    told = [(name, language) for language, listed in entry.aliases.items() for name in listed]
    own = sorted(language for name, language in told if name == entry.name)
    names = {Name(entry.name, own[0] if own else "en", preferred=True)}
    names |= {Name(name, language) for name, language in told if name != entry.name}
    return Entity(
        entry.id, entry.kind, entry.name,
        tuple(sorted(names, key=lambda name: (not name.preferred, name.language, name.text))),
        tuple(sorted(Identifier(scheme, value) for scheme, values in entry.identifiers.items() for value in values)),
        entry.description, entry.fiscal_year_end, entry.dimension,
        tuple(sorted(Merged(row.id, row.reason) for row in entry.merged)),
    )  # fmt: skip


def to_entities(facts: Facts) -> list[Entity]:
    """Return every entity, with the metrics of the ontology that are used, by id."""
    found = {slug: to_entity(located.entry) for slug, located in facts.entities.items()}
    for slug in _named(facts) & set(METRICS) - set(found):
        found[slug] = metric_entity(slug)
    return [found[slug] for slug in sorted(found)]


def metric_entity(slug: str) -> Entity:
    """Return the entity of a metric of the ontology."""
    metric = METRICS[slug]
    name = Name(metric.label, "en", preferred=True)
    return Entity(slug, "metric", metric.label, (name,), (), metric.definition, None, metric.dimension)


def _named(facts: Facts) -> set[str]:
    """Return every id that a claim names where a metric may stand."""
    named: set[str] = set()
    for _, claim in facts.claims.values():
        entry = claim.entry
        named.update(entry.statement or ())
        named.update((entry.observation.metric, entry.observation.of) if entry.observation else ())
        for shaped in (entry.deal, entry.occurrence):
            named.update(slug for slugs in (shaped.parties.values() if shaped else ()) for slug in slugs)
        named.update(entry.scope.excludes if entry.scope else ())
    return named


def to_source(file: ClaimsOf) -> Source:
    """Return the source of a file of claims."""
    entry = file.head.entry.source
    text = entry.text
    return Source(
        entry.id, entry.title, entry.kind, date.fromisoformat(file.head.entry.recorded), to_when(entry.published),
        entry.publisher, entry.author, entry.url, entry.language, entry.licence, entry.quotable,
        text.file if text else None, text.characters if text else None, text.sha256 if text else None,
    )  # fmt: skip


def to_when(entry: DateEntry | None) -> When | None:
    """Return the point in time of an entry."""
    return None if entry is None else parse_when(entry.date, entry.stated, inferred=entry.inferred)


def to_claims(facts: Facts, file: ClaimsOf) -> list[AnyClaim]:
    """Return the claims of a file, in its order, with their ids."""
    source = to_source(file)
    return [mint(_claim(facts, file, source, claim)) for claim in file.claims]


def _claim(facts: Facts, file: ClaimsOf, source: Source, claim: Located[ClaimEntry]) -> AnyClaim:
    entry, common = claim.entry, _common(file, source, claim.entry)
    if entry.statement is not None:
        subject, relation, obj = entry.statement
        if obj == NONE:
            return Statement(subject=subject, relation=relation, object=None, **{**common, "none": True})
        return Statement(subject=subject, relation=relation, object=obj, **common)
    if entry.observation is not None:
        return _observation(facts, entry, common)
    if entry.deal is not None:
        deal = entry.deal
        return Deal(
            kind=deal.kind, parts=_parts(deal.parties), purpose=deal.purpose, status=deal.status,
            amount=parse_quantity(deal.amount) if deal.amount else None,
            share=parse_quantity(deal.share) if deal.share else None, **common,
        )  # fmt: skip
    when = to_when(entry.occurrence.when) if entry.occurrence else None
    parties = entry.occurrence.parties if entry.occurrence else {}
    kind = entry.occurrence.kind if entry.occurrence else ""
    return Occurrence(kind=kind, parts=_parts(parties), **{**common, "held": Held(when, when)})


def _common(file: ClaimsOf, source: Source, entry: ClaimEntry) -> dict[str, Any]:
    defaults = file.head.entry.defaults
    speaker = entry.speaker or defaults.speaker
    relayed = entry.relayed_by or defaults.relayed_by
    return {
        "id": "",
        "key": entry.id,
        "text": entry.text,
        "speaker": speaker,
        "relayed_by": relayed if relayed != speaker else None,
        "modality": entry.modality or defaults.modality,
        "rank": entry.rank,
        "rank_reason": entry.rank_reason,
        "retracted": date.fromisoformat(entry.retracted) if entry.retracted else None,
        "none": entry.none,
        "held": _held(entry),
        "source": source.id,
        "published": source.published,
        "recorded": source.recorded,
        "scope": _scope(entry.scope),
        "evidence": tuple(to_evidence(file, place) for place in entry.evidence or ()),
        "restates": entry.restates,
    }


def _held(entry: ClaimEntry) -> Held:
    on = to_when(entry.on)
    return Held.on(on) if on is not None else Held(to_when(entry.from_), to_when(entry.to))


def _scope(entry: ScopeEntry | None) -> Scope:
    if entry is None:
        return Scope()
    return Scope(
        entry.note, entry.product, entry.market, entry.place, entry.benchmark, entry.counterparty,
        tuple(sorted(entry.excludes)),
    )  # fmt: skip


def _parts(parties: dict[str, list[str]]) -> tuple[Part, ...]:
    return tuple(sorted(Part(role, slug) for role, slugs in parties.items() for slug in slugs))


def _observation(facts: Facts, entry: ClaimEntry, common: dict[str, Any]) -> Observation:
    figure = entry.observation
    if figure is None:
        raise TypeError(f"{entry.id} is no observation")
    written, period = figure.value or figure.change, figure.period
    return Observation(
        about=figure.of, metric=figure.metric, measure="value" if figure.value or not figure.base else "change",
        quantity=parse_quantity(written) if written else None, direction=figure.direction, base=figure.base,
        period=None if period is None else parse_period(
            period.period, period.kind, fiscal_year_end=facts.fiscal_year_end(figure.of), stated=period.stated,
            inferred=period.inferred,
        ),
        **common,
    )  # fmt: skip


def to_conflict(entry: ConflictEntry, ids: dict[str, str]) -> Conflict:
    """Return a curated conflict; its claims are named by key."""
    return Conflict(entry.id, tuple(sorted(ids[key] for key in entry.claims)), entry.why, entry.note, curated=True)


def outrank(claims: list[AnyClaim], conflicts: list[Conflict]) -> list[AnyClaim]:
    """Return claims in which those that stand against a preferred one are marked as outranked.

    In a conflict that a curator wrote down every other side does, unless the reason explains how all of them may be
    right; in one that was found, those sides that cannot hold together with a preferred one.
    """
    by_id = {claim.id: claim for claim in claims}
    preferred = {claim.id for claim in claims if claim.rank == "preferred"}
    beaten: set[str] = set()
    for conflict in conflicts:
        if conflict.why in EXPLAINED:
            continue
        chosen = [by_id[side] for side in conflict.claims if side in preferred]
        others = [side for side in conflict.claims if side not in preferred]
        beaten.update(side for side in others if any(conflict.curated or disagree(by_id[side], one) for one in chosen))
    return [replace(claim, outranked=True) if claim.id in beaten else claim for claim in claims]
