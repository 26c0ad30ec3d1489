"""What the rules look at: all entries of a dataset together, by id."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from keiretsu_loaders.reading import ClaimsOf, Entries, Located
from keiretsu_ontology.entities import is_a
from keiretsu_ontology.entries import ClaimEntry, EntityEntry
from keiretsu_ontology.metrics import METRICS
from keiretsu_ontology.notation import nearest

if TYPE_CHECKING:
    from keiretsu_loaders.texts import SourceTexts


@dataclass(frozen=True, slots=True)
class Facts:
    """All entries, by id, and the texts that are at hand."""

    entries: Entries
    entities: dict[str, Located[EntityEntry]]  # the first of each id
    claims: dict[str, tuple[ClaimsOf, Located[ClaimEntry]]]
    texts: SourceTexts

    @classmethod
    def of(cls, entries: Entries, texts: SourceTexts) -> Facts:
        """Return entries by id; of several with one id the first counts."""
        entities: dict[str, Located[EntityEntry]] = {}
        for entity in entries.entities:
            entities.setdefault(entity.entry.id, entity)
        claims: dict[str, tuple[ClaimsOf, Located[ClaimEntry]]] = {}
        for file in entries.files:
            for claim in file.claims:
                claims.setdefault(claim.entry.id, (file, claim))
        return cls(entries, entities, claims, texts)

    def kind(self, slug: str) -> str | None:
        """Return the kind of an entity, or None where there is none or its entry is malformed."""
        if slug in self.entities:
            return str(self.entities[slug].entry.kind)
        return "metric" if slug in METRICS and slug not in self.entries.malformed else None

    def dimension(self, metric: str) -> str | None:
        """Return the dimension of a metric."""
        if metric in self.entities:
            return self.entities[metric].entry.dimension
        return METRICS[metric].dimension if metric in METRICS else None

    def misfit(self, slug: str, wanted: tuple[str, ...]) -> str | None:
        """Return why an id may not stand where entities of some kinds are wanted, or None where it may."""
        kind = self.kind(slug)
        if kind is None:
            if slug in self.entries.malformed:
                return None
            return f"unknown entity {slug[:60]!r}{self.likely(slug)}"
        if not is_a(kind, *wanted):
            named = " or ".join(kind_name.replace("_", " ") for kind_name in wanted)
            return f"{slug!r} is a {kind.replace('_', ' ')}; wanted here is a {named}"
        return None

    def likely(self, text: str) -> str:
        """Return a hint at the entity that was probably meant, by its id or one of its names."""
        folded = text.casefold()
        for slug, entity in self.entities.items():
            names = [entity.entry.name, *(name for listed in entity.entry.aliases.values() for name in listed)]
            if folded in (name.casefold() for name in names):
                return f"; did you mean {slug!r}?"
        return nearest(text.replace(" ", "-"), self.entities)
