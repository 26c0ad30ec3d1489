"""Why: who else says it, who denies it, and what curators decided."""

from __future__ import annotations

from datetime import date

from keiretsu_graph.view import View
from keiretsu_queries.base import Clocks
from keiretsu_queries.questions import QUESTIONS
from keiretsu_queries.sheets import Line
from keiretsu_queries.things.why import why


def test_others_that_say_the_same_stand_beside(news: View) -> None:
    """The wire says what the filing says and is the same voice; the papers' figure is the other side."""
    answer = why(news, "rev-filing")

    assert [claim.key for claim in answer.result.also] == ["rev-wire"]
    assert answer.result.voices == 1
    assert {claim.key for claim in answer.beside} == {"rev-daily", "rev-herald"}
    assert answer.state == "conflicting"


def test_a_deal_is_the_same_with_or_without_its_product(news: View) -> None:
    """Two sources on one deal are two voices, though one names the product and the day."""
    assert (why(news, "deal-filing").result.voices, [c.key for c in why(news, "deal-filing").result.also]) == (
        2, ["deal-herald"],
    )  # fmt: skip


def test_a_denial_is_shown(news: View) -> None:
    """Who denies a tie stands with it, and the other way round."""
    assert [claim.key for claim in why(news, "friends").result.denied] == ["no-friends"]
    assert [claim.key for claim in why(news, "no-friends").result.denied] == ["friends"]


def test_ranks_stand_with_their_reasons(news: View) -> None:
    """What is preferred says why; what is outranked says by what."""
    told = {
        key: [block.text for block in QUESTIONS["why"].tell(why(news, key)) if isinstance(block, Line)]
        for key in ("lab-acme", "lab-bolt")
    }

    assert "preferred, because the filing is later" in told["lab-acme"]
    assert "outranked by lab-acme, because the filing is later" in told["lab-bolt"]


def test_what_came_out_later_does_not_stand_beside(news: View) -> None:
    """By the day of the filing the wire had not passed it on, and nobody contradicted it."""
    answer = why(news, "rev-filing", clocks=Clocks(known_by=date(2025, 10, 1)))

    assert (answer.result.also, answer.beside, answer.state) == ((), (), "known")
