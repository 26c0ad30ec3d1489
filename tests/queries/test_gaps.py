"""What is usually known of such a thing and is not known of this one."""

from __future__ import annotations

from datetime import date

from keiretsu_graph.view import View
from keiretsu_ontology.entities import KINDS
from keiretsu_queries.base import Clocks
from keiretsu_queries.doubts.expectations import EXPECTED, expected_of
from keiretsu_queries.doubts.gaps import Gap, gaps
from keiretsu_queries.questions import QUESTIONS
from keiretsu_queries.rows import rows_of


def _by_words(found: tuple[Gap, ...]) -> dict[str, tuple[str, int, int, str | None]]:
    return {gap.words: (gap.why, gap.known_of, gap.of, gap.example.id if gap.example else None) for gap in found}


def test_what_is_usual_is_learned_from_peers(news: View) -> None:
    """Bolt, core and dune have a seat and a rival; acme has neither, and one of them stands as an example."""
    found = _by_words(gaps(news, "acme").result.gaps)

    assert found["its seat"] == ("declared", 3, 3, "core")
    assert found["competes with ..."] == ("usual", 3, 3, "core")
    assert "its chief executive" not in found


def test_figures_that_end_before_those_of_peers(news: View) -> None:
    """Acme's profit is of summer, that of the others of autumn."""
    found = _by_words(gaps(news, "acme").result.gaps)

    assert found["profit after 2025-06-30; there is 2025-09-30"] == ("older", 3, 3, "dune")


def test_claims_that_leave_something_open(news: View) -> None:
    """A deal without product, status, purpose or day is named, counted among all deals."""
    bare = {row.words: ([claim.key for claim in row.claims], row.of) for row in gaps(news, "acme").result.bare}

    assert bare["deals without a product"] == (["deal-filing"], 2)
    assert bare["deals without a date"] == (["deal-herald"], 2)
    assert bare["ties that may have begun or ended, without a date"] == (["ann-leads", "friends", "lab-acme"], 3)


def test_gaps_are_known_where_they_can_be_told(news: View) -> None:
    """They make no claim; where nothing is like the thing and nothing declared, they are not known."""
    assert gaps(news, "acme").state == "known"
    assert gaps(news, "quality").state == "not known"
    assert gaps(news, "acme", clocks=Clocks(known_by=date(2025, 9, 1))).state == "not known"


def test_an_example_says_by_which_claim(news: View) -> None:
    """Each row names a peer of which the thing is known, and the claim."""
    rows = {row["missing"]: row for row in rows_of(QUESTIONS["gaps"], gaps(news, "acme")).to_dicts()}

    assert (rows["its seat"]["id"], rows["its seat"]["claim"]) == ("core", "core-seat")


def test_without_a_name_the_graph_s_thin_spots(news: View) -> None:
    """By kind, what should be or is usual, and of how many it is known."""
    thin = {(row.kind, row.words): (row.known_of, row.of, row.lacks.id) for row in gaps(news, limit=0).result.thin}

    assert thin["company", "its chief executive"] == (1, 4, "core")
    assert gaps(news, limit=1).result.more == len(thin) - 1


def test_expectations_are_of_kinds_that_exist() -> None:
    """Each is declared of a kind; a chip is expected what every product is."""
    assert set(EXPECTED) <= set(KINDS)
    assert [row.words for row in expected_of("chip")][-2:] == ["who makes it", "when it came out"]
