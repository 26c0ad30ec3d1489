"""The one rule of the model, and ids that follow from what is said."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from factories import a_statement
from keiretsu_ontology.claims import MODALITIES, Statement
from keiretsu_ontology.identity import mint


@pytest.mark.parametrize("modality", MODALITIES)
def test_only_what_is_reported_or_stated_is_a_fact(modality: str) -> None:
    """Forecasts, opinions and denials are claims, not facts."""
    claim = a_statement("a", "north", "partner_of", "east", modality=modality)

    assert claim.factual is (modality in ("reported", "stated"))


@pytest.mark.parametrize(
    "change",
    [{"rank": "deprecated", "rank_reason": "a slip"}, {"outranked": True}, {"retracted": date(2025, 1, 1)}],
)
def test_what_was_put_aside_is_no_fact(change: dict[str, object]) -> None:
    """Deprecated, outranked and retracted claims are kept and are not facts."""
    assert not a_statement("a", "north", "partner_of", "east", **change).factual


def test_an_id_follows_from_what_is_said() -> None:
    """Another key, wording or rank is the same claim; another speaker, object or time is another."""
    claim = a_statement("a", "north", "partner_of", "east")

    same = a_statement("b", "north", "partner_of", "east", text="Put otherwise.", rank="preferred", rank_reason="x")
    others: list[Statement] = [replace(claim, object="south"), replace(claim, speaker="ann"), replace(claim, none=True)]
    assert same.id == claim.id
    assert len({claim.id, *(mint(other).id for other in others)}) == 4
