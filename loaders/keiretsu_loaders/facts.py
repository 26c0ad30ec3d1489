"""What the rules look at: all entries of a dataset together, by id."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from keiretsu_loaders.hints import Hints
from keiretsu_loaders.reading import ClaimsOf, Entries, Located
from keiretsu_ontology.entities import is_a
from keiretsu_ontology.entries import ClaimEntry, EntityEntry
from keiretsu_ontology.metrics import METRICS

if TYPE_CHECKING:
    from keiretsu_loaders.texts import SourceTexts

# Relations whose object, or whose subject, stands above the other end and lends it its fiscal year.
_UPWARDS = ("unit_of", "subsidiary_of", "part_of", "variant_of")
_DOWNWARDS = ("develops", "offers")


@dataclass(frozen=True)
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

    def each_claim(self) -> Iterator[tuple[ClaimsOf, Located[ClaimEntry]]]:
        """Yield every claim with its file, those whose id is taken already too."""
        for file in self.entries.files:
            for claim in file.claims:
                yield file, claim

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
            if slug in self.entries.malformed or "entities" in self.entries.unread:
                return None  # it may well be there, in what cannot be read
            return f"unknown entity {slug[:60]!r}{self.likely(slug)}"
        if not is_a(kind, *wanted):
            named = " or ".join(kind_name.replace("_", " ") for kind_name in wanted)
            return f"{slug!r} is of the kind {kind.replace('_', ' ')}; wanted here is one of the kind {named}"
        return None

    def has_claim(self, key: str) -> bool:
        """Say whether there is a claim of this key, or may be one in what cannot be read."""
        return key in self.claims or key in self.entries.malformed or "claims" in self.entries.unread

    def likely(self, text: str) -> str:
        """Return a hint at the entity that was probably meant, by its id or one of its names."""
        if (slug := self._by_name.get(text.casefold())) is not None:
            return f"; did you mean {slug!r}?"
        return self.hint(text.replace(" ", "-"), self.entities)

    def hint(self, word: str, known: Iterable[str]) -> str:
        """Return a hint at the most similar known word; after many of them, none."""
        return self._hints.of(word, known)

    @cached_property
    def _hints(self) -> Hints:
        return Hints()

    @cached_property
    def _by_name(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for slug, entity in self.entities.items():
            for name in (
                *(row.id for row in entity.entry.merged),
                entity.entry.name,
                *(name for names in entity.entry.aliases.values() for name in names),
            ):
                found.setdefault(name.casefold(), slug)
        return found

    @cached_property
    def _above(self) -> dict[str, str]:
        """What stands above a thing: the group of a unit, the maker of a product. Groups come before makers."""
        found: dict[str, str] = {}
        said = [claim.entry.statement for _, claim in self.claims.values() if claim.entry.statement is not None]
        for subject, relation, obj in said:
            if relation in _UPWARDS:
                found.setdefault(subject, obj)
        for subject, relation, obj in said:
            if relation in _DOWNWARDS:
                found.setdefault(obj, subject)
        return found

    def fiscal_year_end(self, slug: str) -> str | None:
        """Return the fiscal year end of an entity, or of the group that it is said to be a unit or product of."""
        seen: set[str] = set()
        while slug in self.entities and slug not in seen:
            seen.add(slug)
            if (found := self.entities[slug].entry.fiscal_year_end) is not None:
                return found
            slug = self._above.get(slug, "")
        return None
