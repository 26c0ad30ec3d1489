"""Hints at what was probably meant, as many as a run can take: to compare a word with every other takes its time."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from keiretsu_ontology.notation import nearest

MAX_HINTS = 200  # of one run


@dataclass(slots=True)
class Hints:
    """Gives a hint at the most similar known word, each once; after many of them, none."""

    find: Callable[[str, Iterable[str]], str] = nearest
    left: int = MAX_HINTS
    _told: dict[tuple[str, int], str] = field(default_factory=dict)

    def of(self, word: str, known: Iterable[str]) -> str:
        """Return a hint such as "; did you mean 'x'?", or nothing."""
        asked = (word, id(known))
        if asked not in self._told:
            self.left -= 1
            self._told[asked] = self.find(word, known) if self.left >= 0 else ""
        return self._told[asked]
