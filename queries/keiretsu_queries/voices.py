"""Independent voices: who says a thing by their own knowledge, however many pass it on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from keiretsu_graph.view import TieFilter, View
from keiretsu_ontology.claims import AnyClaim

# Whoever leads or belongs to a house speaks with its voice.
_WITHIN = ("unit_of", "subsidiary_of", "chief_executive_of", "officer_of", "chair_of")
_DEEPEST = 8


def houses(view: View, claims: Iterable[AnyClaim]) -> dict[str, str]:
    """Return for everybody who says or passes on some claims the house whose voice it is: a unit's is its group.

    Who belongs to several is a house of its own.
    """
    found = {who: who for claim in claims for who in (claim.speaker, claim.relayed_by) if who}
    for _ in range(_DEEPEST):
        frontier = set(found.values())
        above: defaultdict[str, set[str]] = defaultdict(set)
        for tie in view.neighbours(sorted(frontier), TieFilter(relations=_WITHIN, stated_only=True)):
            if tie.subject in frontier:
                above[tie.subject].add(tie.object)
        up = {who: next(iter(over)) for who, over in above.items() if len(over) == 1}
        if not up:
            break
        found = {who: up.get(house, house) for who, house in found.items()}
    return found


def voices(claims: Iterable[AnyClaim], house: Mapping[str, str]) -> int:
    """Return how many independent voices say something.

    Claims with a speaker, a relay or a source in common hang together and count once: ten papers that pass on one
    company are one voice.

    Args:
        claims: They say the same.
        house: Whose voice everybody speaks with (`houses`).
    """
    groups: list[set[str]] = []
    for claim in claims:
        own = {f"source {claim.source}", *(house.get(who, who) for who in (claim.speaker, claim.relayed_by) if who)}
        joined = [group for group in groups if group & own]
        groups = [group for group in groups if not group & own]
        groups.append(own.union(*joined))
    return len(groups)


def voice_words(number: int) -> str:
    """Return a number of independent voices in words.

    Example:
        >>> voice_words(1), voice_words(3)
        ('1 voice', '3 independent voices')
    """
    return "1 voice" if number == 1 else f"{number} independent voices"
