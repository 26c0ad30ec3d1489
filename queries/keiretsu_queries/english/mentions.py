"""Things, measures, kinds and days named in a question.

A name counts where it stands exactly, with spaces and hyphens left aside ("Qwen 3" is Qwen3). Nothing is guessed:
where only a part of a name stands, or a word was mended, that is told; words that look like a name and are none are
told as unknown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple, TypeVar

from keiretsu_ontology.entities import KINDS
from keiretsu_ontology.metrics import METRICS
from keiretsu_queries.english.days import Said, find_days
from keiretsu_queries.english.lexicon import COMMON, COUNTED, COUNTING, KIND_WORDS, METRIC_WORDS
from keiretsu_queries.english.names import CJK, EDGE, Names, Place, bare, longest_at, partly_at
from keiretsu_queries.english.phrasing import mended, plainly
from keiretsu_queries.english.vocabulary import is_plain, mendable, spoken

_Found = TypeVar("_Found")
_MEASURE = 5  # words in what one calls a measure
_TITLED = 0.6  # share of capitals from which on a sentence is written like a title
_CODE = re.compile(r"^(?=.*[a-z])(?=.*\d)[\w.\-]{3,}$", re.IGNORECASE)


class Tagged(NamedTuple):
    """A question and what is named in it."""

    plain: str  # lower case, with <e0>, <e1> for things and <d0>, <d1> for days
    entities: tuple[tuple[str, ...], ...]  # ids: several where a name is ambiguous
    metrics: tuple[tuple[str, ...], ...]  # ids that a word may mean, best first
    kinds: tuple[str, ...]
    days: tuple[Said, ...]
    unknown: tuple[str, ...]  # words that look like names and are none
    strange: tuple[str, ...] = ()  # other words that no rule and no name knows
    readings: tuple[str, ...] = ()  # what was taken for what, in sentences


class _Notes(NamedTuple):
    """What is gathered while a question is read."""

    entities: list[tuple[str, ...]]
    unknown: list[str]
    readings: list[str]


def tag(question: str, names: Names, *, weak: bool) -> Tagged:
    """Return a question with what it names.

    Args:
        question: What was asked.
        names: The names of the graph.
        weak: Whether ideas, markets and the like count as names too.
    """
    words = _spaced(plainly(question), names).split()
    notes = _Notes([], [], [])
    pieces = list(_replaced(words, names, notes, weak=weak))
    plain, days = find_days(" ".join(pieces))
    return Tagged(
        plain, tuple(notes.entities), _metrics(names, plain), _kinds(plain), tuple(days), tuple(notes.unknown),
        _strange(plain, names, notes.unknown), tuple(notes.readings),
    )  # fmt: skip


def _spaced(question: str, names: Names) -> str:
    """Return a question in which Chinese names stand apart from the words around them."""
    text = re.sub(r"[<>]", " ", question)
    for name in names.chinese if CJK.search(text) else ():
        if name in text.casefold():
            text = re.sub(re.escape(name), lambda found: f" {found[0].replace(' ', '')} ", text, flags=re.IGNORECASE)
    return text


def _replaced(words: list[str], names: Names, notes: _Notes, *, weak: bool) -> Iterator[str]:
    """Yield the words of a question with a mark for each name; what seems to be a name and is none is noted."""
    titled = sum(word[:1].isupper() for word in words) > max(4, _TITLED * len(words))
    place = 0
    while place < len(words):
        found = longest_at(words, place, names, COMMON, weak=weak)
        part = _part(words, place, names)
        if found is not None and (part is None or part[1].size <= found.size):
            notes.entities.append(found.entities)
            yield f"<e{len(notes.entities) - 1}>{found.rest}"
            place += found.size
            continue
        if part is not None:
            text, found = part
            notes.entities.append(found.entities)
            notes.readings.append(f"{text!r} is taken for {found.entities[0]}, the one name that has these words")
            yield f"<e{len(notes.entities) - 1}>{found.rest}"
            place += found.size
            continue
        size = _unknown(words, place, titled=titled)
        if size:
            notes.unknown.append(" ".join(words[place : place + size]).strip(EDGE + ".").removesuffix("'s"))
        for word in words[place : place + max(size, 1)]:
            yield word.casefold() if size else _mended(word, notes)
        place += max(size, 1)


def _part(words: Sequence[str], place: int, names: Names) -> tuple[str, Place] | None:
    first = words[place].strip(EDGE).casefold()
    if first in COMMON or (first in spoken() and not words[place][:1].isupper()) or len(first) < 3:
        return None
    return partly_at(words, place, names)


def _mended(word: str, notes: _Notes) -> str:
    """Return a word in lower case, without a slip where it is sure what was meant."""
    lower = word.casefold()
    letters = lower.strip(EDGE + ".")
    if not letters.isalpha() or not letters.isascii() or is_plain(letters):
        return lower
    better = mended(letters, mendable())
    if better is None:
        return lower
    notes.readings.append(f"{letters!r} is read as {better!r}")
    return lower.replace(letters, better)


def _unknown(words: Sequence[str], place: int, *, titled: bool) -> int:
    """Return how many words from here on look like a name: capitals within a sentence, Chinese letters, codes."""
    size = 0
    while place + size < len(words) and _looks_like_a_name(words[place + size], first=place + size == 0, titled=titled):
        size += 1
        if words[place + size - 1][-1:] in ",?!;:":
            break
    return 0 if size and _is_common(words[place : place + size]) else size


def _looks_like_a_name(word: str, *, first: bool, titled: bool) -> bool:
    text = bare(word)[0]
    if CJK.search(text) or (_CODE.match(text) and not find_days(text.casefold())[1]):
        return True
    lower = text.casefold()
    if first or not text[:1].isupper() or lower in COMMON:
        return False
    return not (titled and is_plain(lower)) and lower not in spoken()


def _is_common(words: Sequence[str]) -> bool:
    text = " ".join(words).strip(EDGE + ".").casefold()
    return text in COMMON or text in METRIC_WORDS or text in KIND_WORDS or bool(find_days(text)[1])


def _strange(plain: str, names: Names, unknown: Sequence[str]) -> tuple[str, ...]:
    """Return the words of a question that no rule knows, each once; those of unknown names aside."""
    taken = {word for text in unknown for word in re.findall(r"\w+", text.casefold())}
    measured = {word for label in names.metrics for word in label.split()}
    found = (word for word in re.findall(r"[^\W\d_]{3,}", re.sub(r"<[ed]\d+>", " ", plain)))
    return tuple(dict.fromkeys(w for w in found if w not in taken and w not in measured and not is_plain(w)))


def _metrics(names: Names, plain: str) -> tuple[tuple[str, ...], ...]:
    own = {row.label.casefold(): (slug,) for slug, row in METRICS.items()}
    counting = re.search(COUNTING, plain) is not None
    found = _named(plain, {**own, **names.metrics, **METRIC_WORDS})
    found.sort(key=lambda row: -row[0].count(" "))  # of two, the one that says more: "earn from customer management"
    return tuple(ids for words, ids in found if ids and (counting or words not in COUNTED))


def _kinds(plain: str) -> tuple[str, ...]:
    words = {row.label.casefold(): name for name, row in KINDS.items()}
    words |= {f"{label}s": name for label, name in words.items()}
    return tuple(kind for _, kind in _named(plain, {**words, **KIND_WORDS}))


def _named(plain: str, words: Mapping[str, _Found]) -> list[tuple[str, _Found]]:
    """Return what the words of a list stand for that are in a text, in its order; of overlapping ones the longest."""
    tokens = [token.strip(EDGE + ".") for token in plain.split()]
    found: list[tuple[str, _Found]] = []
    place = 0
    while place < len(tokens):
        for size in range(min(_MEASURE, len(tokens) - place), 0, -1):
            text = " ".join(tokens[place : place + size])
            known = next((one for one in (text, text.removesuffix("s")) if one in words), None)
            if known is not None and not text.startswith("<"):
                found.append((known, words[known]))
                place += size
                break
        else:
            place += 1
    return found
