"""From a word to the kinds of thing that it means: a label, a plural, a family, or what one is to another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import cache
from typing import Annotated, NamedTuple

from keiretsu_ontology.entities import FAMILIES, KINDS, Entity, is_a
from keiretsu_ontology.errors import UsageError
from keiretsu_ontology.notation import nearest
from keiretsu_ontology.relations import RELATIONS
from keiretsu_queries.parameters import Param
from keiretsu_queries.words.readings import NOUNS, Reading

KindText = Annotated[str, Param("A kind, in the singular or plural: chips, 'AI models', people, customers.", "KIND")]
OnlyKind = Annotated[str | None, Param("Only things of this kind or family: companies, people, products.", "KIND", "k")]

_IRREGULAR = {"person": "people"}
_OTHERWISE = {
    "organization": "organisation", "firm": "company", "app": "application", "llm": "ai_model", "league":
    "sports_league", "processor": "chip", "license": "licence", "model": "ai_model", "unit": "business_unit",
}  # fmt: skip
# What one reads into a kind that another kind holds: shown beside it, never counted with it.
BESIDE = {"ai_model": "model_family"}


class Kinds(NamedTuple):
    """What a word for things means."""

    one: str  # "chip"
    many: str  # "chips"
    kinds: tuple[str, ...]  # every kind that falls under it
    reading: Reading | None = None  # of a word such as "customers": what they are to something

    def called(self, number: int) -> str:
        """Return a number of such things in words."""
        return f"{number:,} {self.one if number == 1 else self.many}"

    def of(self, entity: Entity) -> bool:
        """Say whether a thing is one of them."""
        return entity.kind in self.kinds


def plural(word: str) -> str:
    """Return a word for several.

    Example:
        >>> plural("company"), plural("launch"), plural("news organisation"), plural("person")
        ('companies', 'launches', 'news organisations', 'people')
    """
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return word[:-1] + "ies"
    return word + ("es" if word.endswith(("s", "x", "ch", "sh")) else "s")


def folded(text: str) -> str:
    """Return a word as it is looked up: small letters, single spaces.

    Example:
        >>> folded(" AI_Model ")
        'ai model'
    """
    return " ".join(text[:200].replace("_", " ").replace("-", " ").casefold().split())


def kinds_named(text: str) -> Kinds:
    """Return the kinds that a word means.

    Raises:
        UsageError: It means none; the nearest word that does is offered.
    """
    words = _words()
    if (found := words.get(folded(text))) is not None:
        return found
    raise UsageError(f"no kind of thing is called {text!r}{nearest(folded(text), words)}; {_offered()}")


def _offered() -> str:
    return "there are " + ", ".join(plural(kind.label) for kind in KINDS.values() if kind.name != "thing")


@cache
def _words() -> dict[str, Kinds]:
    """Return every word for things; what is a kind goes before a family, and a family before what one is to another."""
    words: dict[str, Kinds] = {}
    for kind in KINDS.values():
        beneath = tuple(name for name in KINDS if is_a(name, kind.name))
        _add(words, Kinds(kind.label, plural(kind.label), beneath), kind.name)
    for word, name in _OTHERWISE.items():
        if name in KINDS:
            _add(words, words[folded(KINDS[name].label)], word)
    for family, label in FAMILIES.items():
        members = tuple(kind.name for kind in KINDS.values() if kind.family == family)
        _add(words, Kinds(family, label.lower(), members), label)
    for noun, reading in NOUNS.items():
        relation = RELATIONS[reading.relation]
        ends = relation.range if reading.inverse else relation.domain
        kinds = tuple(name for name in KINDS if is_a(name, *ends))
        _add(words, Kinds(noun, plural(noun), kinds, reading), noun)
    return words


def _add(words: dict[str, Kinds], kinds: Kinds, *others: str) -> None:
    for word in (kinds.one, kinds.many, *others, *(plural(other) for other in others)):
        words.setdefault(folded(word), kinds)


def kinds_of(entities: Iterable[Entity]) -> list[str]:
    """Return in words how many things there are of each kind, commonest first."""
    counts = Counter(entity.kind for entity in entities)
    ordered = sorted(counts.items(), key=lambda row: (-row[1], row[0]))
    return [f"{number:,} {KINDS[kind].label if number == 1 else plural(KINDS[kind].label)}" for kind, number in ordered]
