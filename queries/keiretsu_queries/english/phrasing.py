"""A question as its rules want it: without what is merely polite, contractions written out, small slips mended."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cache

from keiretsu_queries.english.lexicon import POLITE

_ENDS = {"n't": " not", "'re": " are", "'ve": " have", "'ll": " will", "'d": " would"}
_CONTRACTED = re.compile(
    r"\b(who|what|where|when|how|why|which|that|there|it|he|she)['’]?s\b(?=\s)|\b(whos|whats|wheres|hows)\b",
    re.IGNORECASE,
)
_MARKS = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "，": ",", "？": "?", "。": ".", "、": ",", "：": ":"})


def plainly(text: str) -> str:
    """Return a question without polite words at its beginning, with contractions written out.

    Example:
        >>> plainly("Hi, could you please tell me who's the CEO of L'Oréal?")
        "who is the CEO of L'Oréal?"
    """
    said = " ".join(text.translate(_MARKS).split())
    said = _CONTRACTED.sub(lambda found: f"{(found[1] or found[2][:-1])} is", said)
    for end, words in _ENDS.items():
        said = re.sub(rf"(?<=[a-z]){end}\b", words, said, flags=re.IGNORECASE)
    for _ in range(4):
        shorter = _polite().sub("", said, count=1)
        if shorter == said or not shorter.strip(" ?.!"):
            break
        said = shorter.strip()
    return said


@cache
def _polite() -> re.Pattern[str]:
    return re.compile("^(?:" + "|".join(POLITE) + ")", re.IGNORECASE)


def mended(word: str, known: Collection[str]) -> str | None:
    """Return the word of a vocabulary that a slip of the fingers made into this one, or None where it is not sure.

    Example:
        >>> mended("waht", {"what", "who", "founded"}), mended("foundde", {"what", "founded"}), mended("zzz", {"what"})
        ('what', 'founded', None)
    """
    from rapidfuzz.distance import OSA

    if word in _SLIPS:
        return _SLIPS[word]
    if len(word) < _SHORT:
        return None
    most = 1 if len(word) < _LONG else 2
    near = [other for other in known if abs(len(other) - len(word)) <= most and other[0] == word[0]]
    found = sorted((OSA.distance(word, other, score_cutoff=most), other) for other in near if _slipped(word, other))
    found = [(distance, other) for distance, other in found if distance <= most]
    return found[0][1] if found and (len(found) == 1 or found[0][0] < found[1][0]) else None


def _slipped(word: str, other: str) -> bool:
    """Say whether a word may be a slip: of short words only turned, left out or doubled letters, no other ones."""
    if len(word) >= _MIDDLE:
        return True
    return sorted(word) == sorted(other) or (len(word) > _SHORT and len(word) != len(other))


_SLIPS = {"hwo": "who", "teh": "the", "adn": "and", "fo": "of"}  # that might be several words otherwise
_SHORT, _MIDDLE, _LONG = 3, 6, 8  # letters: shorter words may be anything, in long ones two slips are forgiven
