"""Ids of entities that are gone, and what stands for them now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, Literal, NamedTuple

from keiretsu_ontology.claims import AnyClaim, Part
from keiretsu_ontology.entities import Entity
from keiretsu_ontology.evidence import Source
from keiretsu_queries.base import named_in
from keiretsu_queries.editions.edition import Edition

How = Literal["recorded", "by its claims", "by its name"]


class Merger(NamedTuple):
    """An id that is gone, and the entity that stands for it now."""

    old: Entity
    new: Entity
    how: How
    renamed: bool  # the other id is new as well: it was only given another one
    reason: str | None = None  # where it is recorded


def find_mergers(old: Edition, new: Edition, renamed: Mapping[str, str]) -> tuple[Merger, ...]:
    """Return for each id that is gone what stands for it, where that can be told.

    It is looked for in what an entity says it was merged from, in the names, and in the claims that named it.

    Args:
        old: The edition before.
        new: The edition after.
        renamed: Keys of claims that are called otherwise now.
    """
    gone = sorted(old.entities.keys() - new.entities.keys())
    recorded = {row.id: (entity.id, row.reason) for entity in new.entities.values() for row in entity.merged}
    votes, named = _votes(old, new, renamed, gone), _by_name(new)
    found = []
    for slug in gone:
        entity = old.entities[slug]
        how: How = "recorded"
        target, reason = recorded.get(slug, (None, None))
        if target is None and (target := _namesake(entity, old, named, votes[slug])) is not None:
            how = "by its name"
        if target is None and len(votes[slug]) == 1:
            target, how = min(votes[slug]), "by its claims"
        if target in new.entities:
            found.append(Merger(entity, new.entities[target], how, target not in old.entities, reason))
    return tuple(found)


def _by_name(edition: Edition) -> dict[str, set[str]]:
    named: dict[str, set[str]] = {}
    for entity in edition.entities.values():
        for name in entity.names:
            named.setdefault(name.text.casefold(), set()).add(entity.id)
    return named


def _namesake(entity: Entity, old: Edition, named: Mapping[str, set[str]], votes: set[str]) -> str | None:
    """Return the one entity that bears the name of one that is gone; two that always shared it are not one."""
    found = named.get(entity.name.casefold(), set())
    if len(found) != 1 or (votes and votes != found):
        return None
    (slug,) = found
    before = old.entities.get(slug)
    shared = before is not None and any(name.text.casefold() == entity.name.casefold() for name in before.names)
    return None if shared and not votes else slug


def _votes(old: Edition, new: Edition, renamed: Mapping[str, str], gone: Iterable[str]) -> dict[str, set[str]]:
    """Return for each id that is gone the ids that claims name in its place."""
    votes: dict[str, set[str]] = {slug: set() for slug in gone}
    for key, claim in old.claims.items():
        now = new.claims.get(renamed.get(key, key))
        if now is None:
            continue
        before, after = named_in(claim), named_in(now)
        if (
            len(lost := before - after) == 1
            and len(came := after - before) == 1
            and (slug := next(iter(lost))) in votes
        ):
            votes[slug] |= came
    return votes


_SCOPE = ("product", "market", "place", "benchmark", "counterparty")


def moved_source(source: Source, ids: Mapping[str, str]) -> Source:
    """Return a source as it would be if it named entities by the ids that stand for them now."""
    publisher, author = (ids.get(slug or "", slug) for slug in (source.publisher, source.author))
    return replace(source, publisher=publisher, author=author)


def moved(claim: AnyClaim, ids: Mapping[str, str]) -> AnyClaim:
    """Return a claim as it would be if it named entities by the ids that stand for them now."""
    if not ids:
        return claim
    changed: dict[str, Any] = {}
    for name in ("subject", "object", "about", "metric", "speaker", "relayed_by"):
        if (slug := str(getattr(claim, name, None))) in ids:
            changed[name] = ids[slug]
    if isinstance(parts := getattr(claim, "parts", None), tuple):
        changed["parts"] = tuple(sorted(Part(part.role, ids.get(part.entity, part.entity)) for part in parts))
    scope = claim.scope
    named = {name: ids[slug] for name in _SCOPE if (slug := getattr(scope, name)) in ids}
    excludes = tuple(sorted(ids.get(slug, slug) for slug in scope.excludes))
    return replace(claim, scope=replace(scope, excludes=excludes, **named), **changed)
