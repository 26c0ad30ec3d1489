"""Rules over ids, entities and sources: each yields a problem for everything that breaks it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from typing import Any

from keiretsu_loaders.facts import Facts
from keiretsu_loaders.reading import Located, repeated
from keiretsu_ontology.errors import Problem
from keiretsu_ontology.writing import identifier_fault

_AGENT = ("agent",)


def ids_are_unique(facts: Facts) -> Iterator[Problem]:
    """No id is given twice, in whatever files."""
    yield from _twice("entity", facts.entries.entities)
    yield from _twice("claim", [claim for _, claim in facts.each_claim()])
    yield from _twice("conflict", facts.entries.conflicts)
    known: dict[str, str] = {}
    for file in facts.entries.files:
        slug = file.head.entry.source.id
        if slug in known:
            yield file.head.problem("source", "id", message=f"the source {slug!r} is already at {known[slug]}")
        known.setdefault(slug, file.head.place())


def _twice(what: str, listed: Iterable[Located[Any]]) -> Iterator[Problem]:
    known: dict[str, str] = {}
    for located in listed:
        slug = located.entry.id
        if slug in known:
            yield located.problem("id", message=f"the {what} {slug!r} is already at {known[slug]}")
        known.setdefault(slug, located.place())


def identifiers_have_their_form(facts: Facts) -> Iterator[Problem]:
    """External identifiers are written as their register writes them, check digits included."""
    for located in facts.entries.entities:
        for scheme, values in located.entry.identifiers.items():
            for place in repeated(values):
                yield located.problem("identifiers", scheme, place, message=f"{values[place]!r} stands twice")
            for place, value in enumerate(values):
                if (fault := identifier_fault(scheme, value)) is not None:
                    yield located.problem("identifiers", scheme, place, message=fault)


def identifiers_are_of_one_thing(facts: Facts) -> Iterator[Problem]:
    """No two entities have the same external identifier."""
    known: dict[tuple[str, str], tuple[str, str]] = {}
    for located in facts.entries.entities:
        entry = located.entry
        listed = ((scheme, place, value) for scheme, values in entry.identifiers.items()
                  for place, value in enumerate(values))  # fmt: skip
        for scheme, place, value in listed:
            owner, where = known.setdefault((scheme, value), (entry.id, located.place()))
            if where != located.place():
                message = f"the {scheme} {value!r} already belongs to {owner!r} at {where}"
                yield located.problem("identifiers", scheme, place, message=message)


def merged_ids_are_gone(facts: Facts) -> Iterator[Problem]:
    """An id that was merged into an entity is no entity of its own, and was merged into one only."""
    known: dict[str, str] = {}
    for located in facts.entries.entities:
        for place, slug in enumerate(row.id for row in located.entry.merged):
            if slug in facts.entities:
                message = f"{slug!r} is an entity of its own, at {facts.entities[slug].place()}; it is not merged"
                yield located.problem("merged", place, message=message)
            if slug in known:
                yield located.problem("merged", place, message=f"{slug!r} was already merged at {known[slug]}")
            known.setdefault(slug, located.place())


def names_are_given_once(facts: Facts) -> Iterator[Problem]:
    """No alias stands twice in one language of one entity, nor mixes alphabets within a word."""
    for located in facts.entries.entities:
        entry = located.entry
        if (fault := _mixed(entry.name)) is not None:
            yield located.problem("name", message=fault)
        for language, names in entry.aliases.items():
            for place in repeated(names):
                yield located.problem("aliases", language, place, message=f"the alias {names[place]!r} stands twice")
            for place, name in enumerate(names):
                if (fault := _mixed(name)) is not None:
                    yield located.problem("aliases", language, place, message=fault)


def _mixed(name: str) -> str | None:
    """Return what is wrong with a name whose word mixes Latin letters with ones that only look like them."""
    for word in name.split():
        alphabets = {unicodedata.name(char, "").partition(" ")[0] for char in word if char.isalpha()}
        if len(found := alphabets & {"LATIN", "CYRILLIC", "GREEK", "ARMENIAN"}) > 1:
            return (
                f"the word {word!r} mixes letters of {' and '.join(sorted(found)).title()}; one of them is a lookalike"
            )
    return None


def sources_name_known_entities(facts: Facts) -> Iterator[Problem]:
    """Publisher, author and the default speaker of a file are agents that exist."""
    for file in facts.entries.files:
        head = file.head.entry
        named = (
            (("source", "publisher"), head.source.publisher, ("organisation",)),
            (("source", "author"), head.source.author, _AGENT),
            (("defaults", "speaker"), head.defaults.speaker, _AGENT),
            (("defaults", "relayed_by"), head.defaults.relayed_by, _AGENT),
        )
        for where, slug, kinds in named:
            if slug is not None and (fault := facts.misfit(slug, kinds)) is not None:
                yield file.head.problem(*where, message=fault)
