"""Which entity is meant by a name: those of the dataset and those that a table makes, by every name that they have."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from rapidfuzz import fuzz, process

from keiretsu_graph.names import fold
from keiretsu_loaders.hints import Hints
from keiretsu_loaders.reading import Entries
from keiretsu_ontology.entities import is_a
from keiretsu_ontology.evidence import digest
from keiretsu_ontology.metrics import METRICS
from keiretsu_ontology.writing import SLUG_MAX, to_slug


def similar(word: str, known: Iterable[str]) -> str:
    """Return a hint at the most similar of many known words, such as the names in a table."""
    found = process.extractOne(word[:200], list(known), scorer=fuzz.ratio, score_cutoff=75)
    return f"; did you mean {found[0]!r}?" if found is not None else ""


def id_of_name(name: str, kind: str) -> str:
    """Return the id that an entity of a name gets; where that would not tell names apart, a digest of the name helps.

    Example:
        >>> id_of_name("A. O. Smith", "company"), id_of_name("阿里巴巴", "company")
        ('a-o-smith', 'company-47c1e53c')
    """
    found = to_slug(name)
    if len(found) >= SLUG_MAX - 1:
        return f"{found[: SLUG_MAX - 9].rstrip('-')}-{_short(name)}"
    return found or f"{to_slug(kind) or 'thing'}-{_short(name)}"


def _short(text: str) -> str:
    return digest(text.encode("utf-8", "replace").decode())[:8]


class Names:
    """Finds entities by id, name, alias and identifier."""

    def __init__(self, entries: Entries) -> None:
        self.kinds: dict[str, str] = {}
        self.known: dict[str, Any] = {}  # identifiers of the entities of the dataset, by id
        self.hints = Hints(similar)
        self._entries = entries
        self._names: dict[str, list[str]] = {}
        self._identifiers: dict[tuple[str, str], list[str]] = {}
        self._values: dict[str, list[str]] = {}  # of identifiers, whatever the scheme
        for located in entries.entities:
            entry = located.entry
            self.known[entry.id] = entry.identifiers
            names = [entry.name, *(name for listed in entry.aliases.values() for name in listed)]
            self.add(entry.id, entry.kind, names, entry.identifiers)
        for metric in METRICS.values():
            if metric.name not in self.kinds:
                self.add(metric.name, "metric", [metric.label], {})

    def add(self, slug: str, kind: str, names: Iterable[str], identifiers: Mapping[str, list[str]]) -> None:
        """Take in an entity."""
        self.kinds.setdefault(slug, kind)
        for name in (slug, *names):
            listed = self._names.setdefault(fold(name), [])
            if slug not in listed:
                listed.append(slug)
        for scheme, value in _pairs(identifiers):
            self._identifiers.setdefault((scheme, value), []).append(slug)
            self._values.setdefault(value, []).append(slug)

    def bears(self, slug: str, name: str) -> bool:
        """Say whether an entity is called so."""
        return slug in self._names.get(fold(name), ())

    def find(self, text: str, kinds: tuple[str, ...] = ()) -> str:
        """Return the id of the one entity that is called so.

        Raises:
            ValueError: There is none, or there are several.
        """
        found = self._names.get(fold(text)) or list(dict.fromkeys(self._values.get(text, ())))
        fitting = [slug for slug in found if not kinds or is_a(self.kinds[slug], *kinds)]
        if len(fitting) == 1:
            return fitting[0]
        if fitting:
            raise ValueError(
                f"{text[:60]!r} may be any of {', '.join(sorted(fitting)[:10])}; say which by a lookup or by kind"
            )
        if "entities" in self._entries.unread:
            return to_slug(text) or "unknown"  # it may well be there, in what cannot be read
        if found:
            raise ValueError(f"{found[0]!r} is of the kind {self.kinds[found[0]]}; wanted here is {' or '.join(kinds)}")
        raise ValueError(f"no entity is named {text[:60]!r}{self.hints.of(fold(text), self._names)}")

    def match(self, kind: str, names: Iterable[str], identifiers: Mapping[str, list[str]]) -> str | None:
        """Return the id of the entity of the dataset that is meant, or None; kinds have to go together."""
        found = [slug for row in _pairs(identifiers) for slug in self._identifiers.get(row, ())]
        found = found or [slug for name in names for slug in self._names.get(fold(name), ())]
        fitting = {slug for slug in found if slug in self.known and self._goes_with(slug, kind)}
        return fitting.pop() if len(fitting) == 1 else None

    def _goes_with(self, slug: str, kind: str) -> bool:
        return is_a(self.kinds[slug], kind) or is_a(kind, self.kinds[slug])


def _pairs(identifiers: Mapping[str, list[str]]) -> list[tuple[str, str]]:
    return [(scheme, value) for scheme, values in identifiers.items() for value in values]
