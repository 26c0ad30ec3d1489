"""A whole set of facts, checked: what the loaders yield and the graph is built from."""

from __future__ import annotations

from dataclasses import dataclass

from keiretsu_ontology.claims import AnyClaim, Conflict
from keiretsu_ontology.entities import Entity
from keiretsu_ontology.evidence import Source
from keiretsu_ontology.named_views import NamedView


@dataclass(frozen=True, slots=True)
class Dataset:
    """Facts that passed every check; each tuple is in the order of ids, so that the same facts build the same bytes."""

    name: str
    title: str
    digest: str  # SHA-256 over the files that it was read from
    entities: tuple[Entity, ...]
    sources: tuple[Source, ...]
    claims: tuple[AnyClaim, ...]
    conflicts: tuple[Conflict, ...]  # curated ones and found ones
    description: str | None = None
    licence: str | None = None
    views: tuple[NamedView, ...] = ()  # in the order of the file
