"""Things, measures, kinds and days named in a question.

A name counts only where it stands exactly, with spaces and hyphens left aside ("Qwen 3" is Qwen3). Nothing is guessed:
words that look like a name and are none are told as unknown.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple, TypeVar

from keiretsu_graph.names import fold
from keiretsu_graph.view import View
from keiretsu_ontology.entities import KINDS, Entity
from keiretsu_ontology.metrics import METRICS
from keiretsu_queries.english.days import Said, find_days
from keiretsu_queries.english.lexicon import COMMON, KIND_WORDS, METRIC_WORDS

_Found = TypeVar("_Found")
_LONGEST = 9  # words in a name
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+")
_EDGE = "\"'“”‘’«»()[]{},;:!?"


class Tagged(NamedTuple):
    """A question and what is named in it."""

    plain: str  # lower case, with <e0>, <e1> for things and <d0>, <d1> for days
    entities: tuple[tuple[str, ...], ...]  # ids: several where a name is ambiguous
    metrics: tuple[tuple[str, ...], ...]  # ids that a word may mean, best first
    kinds: tuple[str, ...]
    days: tuple[Said, ...]
    unknown: tuple[str, ...]  # words that look like names and are none


class _Names(NamedTuple):
    """What may be found in a text, by folded name."""

    entities: Mapping[str, tuple[str, ...]]
    loose: Mapping[str, tuple[str, ...]]  # without spaces and hyphens
    weak: frozenset[str]  # ids of ideas and measures: words of a sentence before they are names
    chinese: tuple[str, ...]  # names of Chinese, Japanese or Korean letters, longest first


def known_names(view: View) -> _Names:
    """Return every name of a graph by which a question may mean a thing."""
    exact: defaultdict[str, set[str]] = defaultdict(set)
    loose: defaultdict[str, set[str]] = defaultdict(set)
    weak = set()
    for entity in view.all_entities():
        if entity.kind in ("metric", "source"):
            continue
        if entity.family in ("idea", "setting") and entity.kind not in ("benchmark", "place", "policy"):
            weak.add(entity.id)
        for text in _texts(entity):
            exact[fold(text)].add(entity.id)
            loose[_loose(text)].add(entity.id)
    chinese = sorted((name for name in exact if _CJK.search(name)), key=lambda name: (-len(name), name))
    return _Names(_sorted(exact), _sorted(loose), frozenset(weak), tuple(chinese))


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


def tag(view: View, question: str, names: _Names, *, weak: bool) -> Tagged:
    """Return a question with what it names.

    Args:
        view: The graph.
        question: What was asked.
        names: The names of the graph.
        weak: Whether ideas, markets and the like count as names too.
    """
    words = _spaced(question, names).split()
    entities: list[tuple[str, ...]] = []
    unknown: list[str] = []
    pieces = list(_replaced(words, names, entities, unknown, weak=weak))
    plain, days = find_days(" ".join(pieces))
    return Tagged(plain, tuple(entities), _metrics(view, plain), _kinds(plain), tuple(days), tuple(unknown))


def _spaced(question: str, names: _Names) -> str:
    """Return a question in which Chinese names stand apart from the words around them."""
    text = re.sub(r"[<>]", " ", question)
    for name in names.chinese:
        if name in text.casefold():
            text = re.sub(re.escape(name), lambda found: f" {found[0].replace(' ', '')} ", text, flags=re.IGNORECASE)
    return text


def _replaced(
    words: list[str], names: _Names, entities: list[tuple[str, ...]], unknown: list[str], *, weak: bool
) -> Iterator[str]:
    place = 0
    while place < len(words):
        found = _longest(words, place, names, weak=weak)
        if found is not None:
            ids, size, rest = found
            entities.append(ids)
            yield f"<e{len(entities) - 1}>{rest}"
            place += size
            continue
        size = _unknown(words, place)
        if size and not _is_common(words[place : place + size]):
            unknown.append(" ".join(words[place : place + size]).strip(_EDGE + "."))
        for word in words[place : place + max(size, 1)]:
            yield word.casefold()
        place += max(size, 1)


def _longest(words: list[str], place: int, names: _Names, *, weak: bool) -> tuple[tuple[str, ...], int, str] | None:
    """Return the longest name that begins at a word: its ids, how many words it takes, and what follows it."""
    for size in range(min(_LONGEST, len(words) - place), 0, -1):
        text, rest = _bare(" ".join(words[place : place + size]))
        if size == 1 and text.casefold() in COMMON:
            continue
        ids = names.entities.get(fold(text)) or (names.loose.get(_loose(text), ()) if len(text) > 3 else ())
        ids = ids if weak else tuple(slug for slug in ids if slug not in names.weak)
        if ids:
            return ids, size, rest
    return None


def _bare(text: str) -> tuple[str, str]:
    """Return a text without punctuation and possessive at its end, and what of these matters to a sentence."""
    stripped = text.strip(_EDGE).rstrip(".")
    for ending in ("'s", "’s", "'", "’"):
        if stripped.endswith(ending):
            return stripped.removesuffix(ending), " 's"
    return stripped, " ," if text.endswith(",") else ""


def _unknown(words: list[str], place: int) -> int:
    """Return how many words from here on look like a name: capitals within a sentence, or Chinese letters."""
    size = 0
    while place + size < len(words) and _looks_like_a_name(words[place + size], first=place + size == 0):
        size += 1
        if words[place + size - 1][-1:] in ",?!;:":
            break
    return size


def _looks_like_a_name(word: str, *, first: bool) -> bool:
    bare = word.strip(_EDGE)
    if _CJK.search(bare):
        return True
    return not first and bare[:1].isupper() and bare.casefold() not in COMMON


def _is_common(words: list[str]) -> bool:
    text = " ".join(words).strip(_EDGE + ".").casefold()
    return text in COMMON or text in METRIC_WORDS or text in KIND_WORDS or bool(find_days(text)[1])


def _metrics(view: View, text: str) -> tuple[tuple[str, ...], ...]:
    words: dict[str, tuple[str, ...]] = {row.label.casefold(): (slug,) for slug, row in METRICS.items()}
    for entity in view.all_entities():
        if entity.kind == "metric":
            words |= {fold(name.text): (entity.id,) for name in entity.names}
    return _named(text, words | METRIC_WORDS)


def _kinds(text: str) -> tuple[str, ...]:
    words = {row.label.casefold(): name for name, row in KINDS.items()}
    words |= {f"{label}s": name for label, name in words.items()}
    return _named(text, words | KIND_WORDS)


def _named(text: str, words: Mapping[str, _Found]) -> tuple[_Found, ...]:
    """Return what the words of a list stand for that are in a text, in its order; of overlapping ones the longest."""
    listed = "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))
    return tuple(words[found] for found in re.findall(rf"(?<![\w<])(?:{listed})(?![\w>])", text))
