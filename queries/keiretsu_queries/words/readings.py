"""From a word to a relation and the side that it is read from."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from keiretsu_ontology.entities import is_a
from keiretsu_ontology.errors import UsageError
from keiretsu_ontology.notation import nearest
from keiretsu_ontology.relations import RELATIONS


class Reading(NamedTuple):
    """A relation read from one of its sides."""

    relation: str
    inverse: bool = False  # read from its object

    @property
    def words(self) -> str:
        """The words between the thing that it is read from and the other."""
        row = RELATIONS[self.relation]
        return row.inverse_label if self.inverse else row.label


# What somebody is to another, where the name of the relation does not hold the word.
_NOUNS = {
    "developer": Reading("develops"), "maker": Reading("develops"), "manufacturer": Reading("manufactures"),
    "founder": Reading("founded"), "user": Reading("uses"), "executive": Reading("officer_of"),
    "ceo": Reading("chief_executive_of"), "shareholder": Reading("owns_stake_in"), "owner": Reading("owns_stake_in"),
    "investor": Reading("investor_in"), "variant": Reading("variant_of"),
}  # fmt: skip


def _nouns() -> dict[str, Reading]:
    """Return what one thing is to another: the "customer" of "customer_of", "basis" of the inverse "basis_of"."""
    found = dict(_NOUNS)
    for row in RELATIONS.values():
        for name, inverse in ((row.name, False), (row.inverse, not row.symmetric)):
            if name.endswith("_of"):
                found.setdefault(name.removesuffix("_of").replace("_", " "), Reading(row.name, inverse))
    return found


NOUNS: dict[str, Reading] = _nouns()


def reading_named(text: str) -> Reading:
    """Return the relation that a word means, by its name or its words, from either side.

    Raises:
        UsageError: It means none; the nearest word that does is offered.

    Example:
        >>> reading_named("developed_by"), reading_named("is developed by"), reading_named("develops")[1]
        (Reading(relation='develops', inverse=True), Reading(relation='develops', inverse=True), False)
    """
    words = reading_words()
    if (found := words.get(_folded(text))) is not None:
        return found
    raise UsageError(f"no relation is called {text!r}{nearest(_folded(text), words)}")


@cache
def reading_words() -> dict[str, Reading]:
    """Return every word for a relation; its own name goes before its words."""
    words: dict[str, Reading] = {}
    for row in RELATIONS.values():
        words[_folded(row.name)] = Reading(row.name)
        words.setdefault(_folded(row.inverse), Reading(row.name, inverse=not row.symmetric))
    for row in RELATIONS.values():
        words.setdefault(_folded(row.label), Reading(row.name))
        words.setdefault(_folded(row.inverse_label), Reading(row.name, inverse=not row.symmetric))
    for noun, reading in NOUNS.items():
        words.setdefault(_folded(noun), reading)
    return words


def _folded(text: str) -> str:
    return " ".join(text[:200].replace("-", "_").replace("_", " ").casefold().split())


def readable(reading: Reading, kinds: tuple[str, ...]) -> Reading:
    """Return a reading turned round where things of these kinds can stand on its other side alone.

    Example:
        >>> readable(Reading("develops"), ("chip",)).words
        'is developed by'
    """
    row = RELATIONS[reading.relation]
    own, others = (row.range, row.domain) if reading.inverse else (row.domain, row.range)
    fits = any(is_a(kind, *own) for kind in kinds)
    fits_other = any(is_a(kind, *others) for kind in kinds)
    return Reading(reading.relation, not reading.inverse) if fits_other and not fits else reading
