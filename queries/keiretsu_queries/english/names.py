"""The names of a graph as a question may hold them, and which of them stand at a place of a text."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from keiretsu_graph.names import fold
from keiretsu_graph.view import View
from keiretsu_ontology.entities import Entity
from keiretsu_queries.english.vocabulary import is_plain, spoken

LONGEST = 9  # words in a name
CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+")
EDGE = "\"'“”‘’«»()[]{},;:!?"
_FIRM = ("benchmark", "place", "policy")  # of the families that are ideas or settings: names all the same
_IDEAS = ("AI",)  # written so they are names, where ideas count as such
_LEAST = 2  # words of a name that stand for all of it


class Names(NamedTuple):
    """What may be found in a text, by folded name."""

    entities: Mapping[str, tuple[str, ...]]
    loose: Mapping[str, tuple[str, ...]]  # without spaces and hyphens
    weak: frozenset[str]  # ids of ideas and measures: words of a sentence before they are names
    chinese: tuple[str, ...]  # names of Chinese, Japanese or Korean letters, longest first
    metrics: Mapping[str, tuple[str, ...]]  # the measures of the graph itself


class Place(NamedTuple):
    """A name that stands in a text."""

    entities: tuple[str, ...]
    size: int  # words
    rest: str  # what follows it at once: a possessive, a comma


def known_names(view: View) -> Names:
    """Return every name of a graph by which a question may mean a thing, in one pass over its things."""
    exact: defaultdict[str, set[str]] = defaultdict(set)
    metrics: dict[str, tuple[str, ...]] = {}
    weak = set()
    for entity in view.all_entities():
        if entity.kind == "metric":
            metrics |= {fold(name.text): (entity.id,) for name in entity.names}
        elif entity.kind != "source":
            if _is_weak(entity):
                weak.add(entity.id)
            for text in _texts(entity):
                exact[fold(text)].add(entity.id)
    loose: defaultdict[str, set[str]] = defaultdict(set)
    for name, ids in exact.items():
        loose[_loose(name)] |= ids
    chinese = sorted((name for name in exact if CJK.search(name)), key=lambda name: (-len(name), name))
    return Names(_sorted(exact), _sorted(loose), frozenset(weak), tuple(chinese), metrics)


def _is_weak(entity: Entity) -> bool:
    if entity.family not in ("idea", "setting") or entity.kind in _FIRM:
        return False
    return not (entity.kind == "market" and "market" in entity.name)


def _texts(entity: Entity) -> Iterator[str]:
    yield from (entity.id, entity.name)
    yield from (name.text for name in entity.names)
    for found in entity.identifiers:
        yield found.value
        if found.scheme == "ticker" and len(symbol := found.value.partition(":")[2]) > 2:
            yield symbol


def _sorted(found: Mapping[str, Iterable[str]]) -> dict[str, tuple[str, ...]]:
    return {name: tuple(sorted(ids)) for name, ids in found.items()}


def _loose(text: str) -> str:
    return re.sub(r"[\s\-‐‑_]+", "", fold(text))


def longest_at(words: Sequence[str], place: int, names: Names, common: Iterable[str], *, weak: bool) -> Place | None:
    """Return the longest name that begins at a word, with spaces, hyphens and possessives within it left aside.

    Args:
        words: The words of a text.
        place: Where it must begin.
        names: The names of the graph.
        common: Words that are no name when they stand alone.
        weak: Whether ideas, markets and the like count as names too.
    """
    for size in range(min(LONGEST, len(words) - place), 0, -1):
        text, rest = bare(" ".join(words[place : place + size]))
        broken = any(word[-1:] in "?!;" for word in words[place : place + size - 1])
        if broken or (size == 1 and _is_word(text, common) and not (weak and text in _IDEAS)):
            continue
        ids = names.entities.get(fold(text)) or _nearly(text, names)
        ids = ids if weak else tuple(slug for slug in ids if slug not in names.weak)
        if ids:
            owning = (
                not rest and fold(text) not in names.entities and _loose(text) not in names.loose and text[-1:] == "s"
            )
            return Place(ids, size, " 's" if owning else rest)
    return None


def _is_word(text: str, common: Iterable[str]) -> bool:
    """Say whether a word that stands alone is more likely a word than a name: "parameter", not "Parameter"."""
    return text.casefold() in common or (text.islower() and text in spoken())


def _nearly(text: str, names: Names) -> tuple[str, ...]:
    if len(text) > 3 and (ids := names.loose.get(_loose(text))):
        return ids
    if (
        len(text) > 5
        and text.endswith("s")
        and not is_plain(text.casefold())
        and (ids := names.entities.get(fold(text[:-1])))
    ):
        return ids  # "alibabas"
    return names.entities.get(fold(text.replace("'s ", " ")), ()) if "'s " in text else ()


def bare(text: str) -> tuple[str, str]:
    """Return a text without punctuation and possessive at its end, and what of these matters to a sentence.

    Example:
        >>> bare("Alibaba's"), bare("(Bosch,")
        (('Alibaba', " 's"), ('Bosch', ' ,'))
    """
    stripped = text.strip(EDGE).rstrip(".")
    for ending in ("'s", "'"):
        if stripped.endswith(ending):
            return stripped.removesuffix(ending), " 's"
    return stripped, " ," if text.endswith(",") else ""


def partly_at(words: Sequence[str], place: int, names: Names) -> tuple[str, Place] | None:
    """Return the one name that has all of two or more words which begin here, with the text; None where several have.

    "Quark glasses" is the name "Quark AI Glasses"; of a family and its members, which begin alike, it is the family.
    """
    for size in range(min(4, len(words) - place), _LEAST - 1, -1):
        text, rest = bare(" ".join(words[place : place + size]))
        wanted = fold(text.replace("'s ", " ")).split()
        if len(wanted) < _LEAST:
            continue
        fits = [name for name in names.entities if name.startswith(wanted[0]) and set(wanted) <= set(name.split())]
        shortest = min(fits, key=len, default=None)
        if shortest is not None and all(name.startswith(shortest) for name in fits):
            return text, Place(names.entities[shortest], size, rest)
    return None
