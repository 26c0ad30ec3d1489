"""Places in the text of a source."""

from __future__ import annotations

import pytest

from factories import TEXT, a_place
from keiretsu_ontology.evidence import Evidence, find_moved, standing


def test_the_exact_text_is_verified() -> None:
    """Offsets and digest fit."""
    assert standing(a_place("The chip Spark"), TEXT) == "verified"


def test_the_same_text_elsewhere_has_moved() -> None:
    """Text before it shifts a place; the words are found again because they stand there once."""
    place = a_place("The chip Spark")

    assert standing(place, "New. " + TEXT) == "moved"
    assert find_moved(place, "New. " + TEXT) == (place.start or 0) + 5


@pytest.mark.parametrize(
    "text",
    ["Nothing of the kind.", "", TEXT.replace("Spark", "Spаrk"), TEXT.replace("chip", "Chip"), "x" + TEXT + TEXT],
)
def test_a_lookalike_is_never_taken(text: str) -> None:
    """Another letter, another case, or the words standing twice: the place is orphaned."""
    assert standing(a_place("The chip Spark"), text) == "orphaned"


def test_without_the_text_nothing_is_checked() -> None:
    """No text or no place is said to be unchecked."""
    assert standing(a_place("North"), None) == "unchecked"
    assert standing(Evidence("paper"), TEXT) == "unchecked"


def test_a_place_beyond_the_end_is_orphaned() -> None:
    """Offsets past the end of the text do not count as its end."""
    place = a_place("上海")
    beyond = Evidence("paper", place.start, (place.end or 0) + 50, place.sha256)

    assert standing(beyond, TEXT) == "orphaned"
