"""Claims in words."""

from __future__ import annotations

from datetime import date

import pytest

from factories import a_deal, a_statement, a_when, an_observation, small_dataset
from keiretsu_ontology.claims import AnyClaim, Scope
from keiretsu_ontology.dates import Held
from keiretsu_ontology.values import Quantity
from keiretsu_queries.wording import when_words, words_of

NAMES = {entity.id: entity for entity in small_dataset().entities}
MAY = a_when("2025-05-02", date(2025, 5, 2))


@pytest.mark.parametrize(
    ("held", "words"),
    [
        (Held.on(MAY), "on 2025-05-02"),
        (Held.on(a_when("2025-05", date(2025, 5, 1), date(2025, 5, 31), stated="in May")), "on 2025-05 (in May)"),
        (Held(MAY, None), "since 2025-05-02"),
        (Held(None, MAY), "until 2025-05-02"),
        (Held(MAY, MAY), "2025-05-02"),
        (Held(), ""),
    ],
)
def test_the_time_of_a_claim_is_told_as_far_as_it_is_known(held: Held, words: str) -> None:
    """One day is neither a beginning nor an end."""
    assert when_words(a_statement("a", "ann", "chief_executive_of", "south", held=held)) == words


SALE = a_deal(
    "a", "acquisition", {"north": "acquirer", "east": "target"}, status="completed", purpose="its shops",
    amount=Quantity("3.6", "USD", scale="billion"), share=Quantity("33", "percent"),
)  # fmt: skip
STAKE = an_observation(
    "b", "north", "stake", quantity=Quantity("36", "percent", "~"), scope=Scope(counterparty="east", note="by votes")
)


@pytest.mark.parametrize(
    ("claim", "words"),
    [
        (SALE, "acquisition: acquirer North, target East, 33%, 3.6 billion USD, for its shops [completed]"),
        (STAKE, "North stake about 36% (by votes; with regard to East)"),
    ],
)
def test_sums_and_counterparties_are_told(claim: AnyClaim, words: str) -> None:
    """A deal tells its share and its amount, a figure with regard to whom it is."""
    assert words_of(claim, NAMES) == words


def test_a_unit_is_not_said_twice() -> None:
    """What the metric counts is not told again as the unit; seen from the metric, the unit stays."""
    claim = an_observation("pulls", "spark", "downloads", quantity=Quantity("10", "downloads", ">", "million"))

    assert words_of(claim, {}) == "spark downloads over 10 million"
    assert words_of(claim, {}, "downloads") == "spark over 10 million downloads"
